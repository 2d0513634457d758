"""What Slack sends, in the forms its documentation gives, filled with invented people."""

from __future__ import annotations

import itertools
from typing import Any

from tests.channels.slack.fake import BOT, TEAM, USER

_numbers = itertools.count(1)
DM, CHANNEL = "D0ALICE", "C0PMO"


def ts(number: int | None = None) -> str:
    return f"17{number or next(_numbers):08}.000100"


def event(inner: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A0COACH",
        "event": inner,
        "type": "event_callback",
        "event_id": event_id or f"Ev{next(_numbers):08}",
        "event_time": 1700000000,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        ],
        "is_ext_shared_channel": False,
    }


def message(text: str, *, at: str | None = None, event_id: str | None = None, **more: Any) -> dict[str, Any]:
    inner = {
        "type": "message",
        "user": USER,
        "text": text,
        "ts": at or ts(),
        "team": TEAM,
        "channel": DM,
        "channel_type": "im",
        "client_msg_id": "7f3c-0001",
        "blocks": [{"type": "rich_text", "block_id": "abc", "elements": []}],
    }
    inner.update(more)
    inner["event_ts"] = inner["ts"]
    return event({k: v for k, v in inner.items() if v is not None}, event_id)


def channel_message(text: str, **more: Any) -> dict[str, Any]:
    return message(text, channel=CHANNEL, channel_type="channel", **more)


def mention(text: str, **more: Any) -> dict[str, Any]:
    body = message(f"<@{BOT}> {text}", channel=CHANNEL, **more)
    body["event"].update(type="app_mention")
    body["event"].pop("channel_type")
    return body


def edited(text: str, before: str, at: str, **more: Any) -> dict[str, Any]:
    new = {"type": "message", "user": USER, "text": text, "ts": at, "team": TEAM, "edited": {"user": USER, "ts": ts()}}
    old = {"type": "message", "user": USER, "text": before, "ts": at, "team": TEAM}
    return event(
        {
            "type": "message", "subtype": "message_changed", "message": {**new, **more}, "previous_message": old,
            "channel": DM, "hidden": True, "ts": ts(), "event_ts": ts(), "channel_type": "im",
        }
    )  # fmt: skip


def tap(
    action: dict[str, Any], blocks: list[dict[str, Any]], at: str, channel: str = DM, **more: Any
) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": USER, "username": "alice", "name": "alice", "team_id": TEAM},
        "api_app_id": "A0COACH",
        "token": "verification",
        "container": {"type": "message", "message_ts": at, "channel_id": channel, "is_ephemeral": False},
        "trigger_id": f"{next(_numbers)}.trigger",
        "team": {"id": TEAM, "domain": "home"},
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"user": BOT, "type": "message", "ts": at, "text": "the answer", "blocks": blocks},
        "response_url": "https://hooks.slack.test/actions/1",
        "actions": [{"action_ts": "1700000000.1", **action}],
        **more,
    }


def home_tap(action_id: str, value: str = "", option: str = "") -> dict[str, Any]:
    action: dict[str, Any] = {"action_id": action_id, "block_id": "b1", "type": "button", "value": value}
    if option:
        action = {
            "action_id": action_id, "block_id": "b1", "type": "overflow",
            "selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": option},
        }  # fmt: skip
    return {
        "type": "block_actions",
        "user": {"id": USER, "username": "alice", "team_id": TEAM},
        "container": {"type": "view", "view_id": "V0HOME"},
        "trigger_id": f"{next(_numbers)}.trigger",
        "team": {"id": TEAM, "domain": "home"},
        "view": {"id": "V0HOME", "type": "home", "hash": f"1.{next(_numbers)}", "callback_id": ""},
        "actions": [{"action_ts": "1700000000.2", **action}],
    }


def submission(view: dict[str, Any], values: dict[str, Any], view_id: str | None = None) -> dict[str, Any]:
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "home"},
        "user": {"id": USER, "username": "alice", "team_id": TEAM},
        "trigger_id": f"{next(_numbers)}.trigger",
        "view": {
            "id": view_id or f"V{next(_numbers)}", "type": "modal", "callback_id": view["callback_id"],
            "private_metadata": view["private_metadata"],
            "state": {"values": {name: {"value": value} for name, value in values.items()}},
        },
    }  # fmt: skip


def shortcut(text: str, at: str) -> dict[str, Any]:
    return {
        "type": "message_action",
        "callback_id": "save_evidence",
        "trigger_id": f"{next(_numbers)}.trigger",
        "message_ts": at,
        "team": {"id": TEAM, "domain": "home"},
        "user": {"id": USER, "username": "alice", "team_id": TEAM},
        "channel": {"id": CHANNEL, "name": "pmo"},
        "message": {"type": "message", "user": "U0BOB", "ts": at, "text": text},
        "response_url": "https://hooks.slack.test/app/1",
    }


def command(text: str, channel: str = CHANNEL) -> dict[str, str]:
    return {
        "command": "/coach", "text": text, "team_id": TEAM, "team_domain": "home", "user_id": USER,
        "user_name": "alice",
        "channel_id": channel, "channel_name": "pmo", "api_app_id": "A0COACH", "token": "verification",
        "trigger_id": f"{next(_numbers)}.trigger", "response_url": "https://hooks.slack.test/commands/1",
    }  # fmt: skip
