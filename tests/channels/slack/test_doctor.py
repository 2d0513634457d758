"""``coach doctor slack`` against the fake Slack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.slack.doctor import Finding, examine, manifest
from bot.runtime.settings import Settings
from tests.channels.slack import payloads as p
from tests.channels.slack.fake import SCOPES, FakeSlack


def by_name(found: list[Finding]) -> dict[str, Finding]:
    return {f.about: f for f in found}


async def test_all_well(serve: Callable[..., Any], fake: FakeSlack, settings: Settings) -> None:
    stand = await serve()
    await stand.say(p.message("hello"))
    found = by_name(await examine(replace(settings, slack_api=fake.api), stand.url))
    assert all(f.well for f in found.values()), found
    assert set(found) == {"settings", "bot token", "scopes", "clock", "request URL", "events"}
    assert "message.im" in found["events"].seen


async def test_socket_mode(fake: FakeSlack, settings: Settings) -> None:
    found = by_name(await examine(replace(settings, slack_api=fake.api, slack_mode="socket")))
    assert found["app token and socket"].well
    fake.fail["apps.connections.open"] = ["invalid_auth"]
    found = by_name(await examine(replace(settings, slack_api=fake.api, slack_mode="socket")))
    assert not found["app token and socket"].well


@pytest.mark.parametrize(
    ("change", "about"),
    [
        (lambda fake: setattr(fake, "scopes", SCOPES.replace("im:write", "")), "scopes"),
        (lambda fake: setattr(fake, "date", "Mon, 01 Jan 2024 00:00:00 GMT"), "clock"),
        (lambda fake: fake.fail.update({"auth.test": ["token_revoked"]}), "bot token"),
        (lambda fake: None, "events"),
        (lambda fake: None, "request URL"),
    ],
)
async def test_what_is_wrong_is_said(
    fake: FakeSlack, settings: Settings, change: Callable[[FakeSlack], None], about: str
) -> None:
    change(fake)
    finding = by_name(await examine(replace(settings, slack_api=fake.api), "http://127.0.0.1:5139"))[about]
    assert not finding.well
    assert finding.mend


async def test_settings_come_first(settings: Settings) -> None:
    (finding,) = await examine(replace(settings, slack_bot_token=""))
    assert "COACH_SLACK_BOT_TOKEN" in finding.seen


def test_the_manifest_asks_for_what_the_code_uses() -> None:
    loaded = manifest()
    assert set(loaded["oauth_config"]["scopes"]["bot"]) == set(SCOPES.split(","))
    assert loaded["features"]["shortcuts"][0]["callback_id"] == "save_evidence"
    assert loaded["features"]["slash_commands"][0]["command"] == "/coach"
