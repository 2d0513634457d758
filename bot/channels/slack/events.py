"""What Slack sends, read: which kind it is, whose, where it belongs, and the keys by which it is taken once. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack.blocks import group_of

Body = dict[str, Any]

SPOKEN = (None, "file_share", "thread_broadcast", "me_message")
"""Subtypes of messages that are a person speaking; joins, deletions, bots' and all others are not."""


@dataclass(frozen=True)
class Who:
    """A person in Slack: the workspace they belong to, on Enterprise Grid the organisation, and their id in it."""

    team: str
    user: str

    @property
    def key(self) -> str:
        return f"{self.team}-{self.user}"

    def conversation(self, place: str = "") -> str:
        """``place`` is ``channel-thread``, empty for the direct messages at large."""
        return f"slack:{self.key}:{place}" if place else f"slack:{self.key}"


@dataclass(frozen=True)
class Envelope:
    """One thing that happened in Slack. ``keys``: any of them taken before means that this has been dealt with.

    ``public`` is true where others read along. ``thread`` is the thread it was written in, empty outside of one.
    ``team`` is where the app is installed (a workspace, or a whole organisation), which a stranger is no part of.
    """

    kind: str
    keys: tuple[str, ...]
    team: str
    who: Who
    channel: str = ""
    ts: str = ""
    thread: str = ""
    text: str = ""
    public: bool = False
    mention: bool = False
    files: bool = False
    seen_as: str = ""
    data: Body = field(default_factory=dict)

    @property
    def message_id(self) -> str:
        return f"{self.channel}-{self.ts}"


def read(body: Body) -> Envelope | None:
    """None for what the coach leaves alone. Raises KeyError or TypeError for what is not Slack's form."""
    if body.get("type") == "event_callback":
        return _event(body)
    if body.get("command"):
        who, channel = _who(body, body["user_id"], body["team_id"]), body["channel_id"]
        return Envelope(
            "command", (f"command:{body['trigger_id']}",), _installed(body), who, channel=channel,
            text=body.get("text", ""), public=not channel.startswith("D"), seen_as="command",
        )  # fmt: skip
    kind = body.get("type")
    if kind not in ("block_actions", "view_submission", "message_action"):
        return None
    user, team = body["user"], _installed(body)
    who = _who(body, user["id"], user.get("team_id") or (body.get("team") or {}).get("id") or team)
    if kind == "view_submission":
        return Envelope("submission", (f"view:{body['view']['id']}",), team, who, data=body, seen_as="view_submission")
    if kind == "message_action":
        return Envelope(
            "shortcut", (f"shortcut:{body['trigger_id']}",), team, who, channel=body["channel"]["id"],
            ts=body["message_ts"], data=body, seen_as="message_action",
        )  # fmt: skip
    return _tap(body, team, who)


def _installed(body: Body) -> str:
    """What a payload was sent to the app for, which in a shared channel is not where it happened."""
    grant = next(iter(body.get("authorizations") or ()), body)
    enterprise = grant.get("enterprise_id") or (body.get("enterprise") or {}).get("id")
    if enterprise and str(grant.get("is_enterprise_install")).lower() == "true":
        return str(enterprise)
    team = (body.get("view") or {}).get("app_installed_team_id") or grant.get("team_id") or body.get("team_id")
    return str(team or (body.get("team") or {}).get("id") or body["user"]["team_id"])


def _who(body: Body, user: str, team: str) -> Who:
    """A person of Enterprise Grid is the same in each workspace, and payloads name now one of them, now another.

    The organisation tells who they are; where a channel is shared, only that of the very workspace they are from does.
    """
    own = body.get("team") or {}
    named = [
        (own.get("id"), own.get("enterprise_id") or (body.get("enterprise") or {}).get("id")),
        (body.get("team_id"), body.get("enterprise_id")),
        (body.get("context_team_id"), body.get("context_enterprise_id")),
        *((grant.get("team_id"), grant.get("enterprise_id")) for grant in body.get("authorizations") or ()),
    ]
    enterprises = {workspace: enterprise for workspace, enterprise in named if enterprise}
    if team in enterprises:
        return Who(enterprises[team], user)
    anywhere = next(iter(enterprises.values()), "") if not body.get("is_ext_shared_channel") else ""
    return Who(anywhere or team, user)


def _tap(body: Body, team: str, who: Who) -> Envelope | None:
    container, action = body.get("container") or {}, body["actions"][0]
    if container.get("type") == "view":
        view = body["view"]
        if view.get("type") != "home":
            return None
        key = f"home:{view['id']}:{view.get('hash', '')}:{action['action_id']}:{value_of(action)}"
        if action["action_id"] in ("home.correct", "home.rate", "home.join"):
            key = f"tap:{body['trigger_id']}"
        return Envelope("home_tap", (key[:200],), team, who, data=body, seen_as="block_actions")
    channel, ts = container["channel_id"], container["message_ts"]
    public = not channel.startswith("D")
    group, key, _ = group_of(action.get("block_id", ""))
    taken = f"tap:{channel}:{ts}:{group}:{key}" if group else f"tap:{body['trigger_id']}"
    if opens_modal(action):
        taken = f"tap:{body['trigger_id']}"
    return Envelope(
        "tap", (f"{taken}:{who.user}" if public else taken,), team, who, channel=channel, ts=ts,
        thread=container.get("thread_ts", ""), public=public, data=body, seen_as="block_actions",
    )  # fmt: skip


def value_of(action: Body) -> str:
    """What was chosen, whatever it was chosen with; empty for an element that is none of ours."""
    option = action.get("selected_option") or {}
    return str(option.get("value") or action.get("value") or "")


def opens_modal(action: Body) -> bool:
    """Correcting opens a modal, which may be closed and opened again: its button is not used up."""
    return value_of(action).startswith('/press{"do": "correct"')


def _event(body: Body) -> Envelope | None:
    event, team = body["event"], _installed(body)
    kind = event["type"]
    seen = f"event:{body['event_id']}"
    if kind in ("app_uninstalled", "tokens_revoked"):
        return Envelope(kind, (seen,), team, _who(body, "", body["team_id"]), seen_as=kind)
    if kind == "app_home_opened":
        if event.get("tab") != "home":
            return None
        return Envelope(
            "home", (seen,), team, _who(body, event["user"], body["team_id"]), channel=event["channel"], seen_as=kind
        )
    if kind == "assistant_thread_started":
        chat = event["assistant_thread"]
        return Envelope(
            "assistant", (seen,), team, _who(body, chat["user_id"], body["team_id"]), channel=chat["channel_id"],
            thread=chat["thread_ts"], seen_as=kind,
        )  # fmt: skip
    if kind == "message" and event.get("subtype") == "message_changed":
        return _edit(body, team, seen)
    if kind not in ("message", "app_mention") or event.get("subtype") not in SPOKEN:
        return None
    if event.get("bot_id") or event.get("app_id") or not event.get("user") or event.get("hidden"):
        return None
    return _spoken(body, team, seen, kind)


def _author(body: Body, message: Body) -> Who:
    """In a shared channel ``source_team`` says whose channel it is rather than whose person."""
    return _who(body, message["user"], message.get("user_team") or message.get("team") or body["team_id"])


def _spoken(body: Body, team: str, seen: str, kind: str) -> Envelope | None:
    event = body["event"]
    channel, ts, thread = event["channel"], event["ts"], event.get("thread_ts", "")
    public = _public(event)
    mention = kind == "app_mention"
    if public and not mention and not thread:
        return None
    seen_as = kind if mention else f"message.{event.get('channel_type', 'im')}"
    return Envelope(
        "message", (f"message:{team}:{channel}:{ts}", seen), team, _author(body, event), channel, ts, thread,
        event.get("text") or "", public, mention, bool(event.get("files")), seen_as=seen_as,
    )  # fmt: skip


def _edit(body: Body, team: str, seen: str) -> Envelope | None:
    """Slack also calls it a change when it adds the preview of a link; only new words count."""
    event = body["event"]
    new, old = event["message"], event.get("previous_message") or {}
    if new.get("bot_id") or not new.get("user") or new.get("subtype") not in SPOKEN:
        return None
    if new.get("text") == old.get("text"):
        return None
    channel, ts = event["channel"], new["ts"]
    edited = (new.get("edited") or {}).get("ts") or event.get("event_ts", "")
    return Envelope(
        "edit", (f"edit:{team}:{channel}:{ts}:{edited}", seen), team, _author(body, new), channel, ts,
        new.get("thread_ts", ""), new.get("text") or "", _public(event), data={"edited": edited},
        seen_as="message_changed",
    )  # fmt: skip


def _public(event: Body) -> bool:
    return event.get("channel_type", "im" if event["channel"].startswith("D") else "channel") != "im"
