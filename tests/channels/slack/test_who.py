"""Who a payload is from: a workspace, an Enterprise Grid organisation, a shared channel. Forms as Slack sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.channels.slack.events import read
from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import Stand
from tests.channels.slack.fake import BOT, TEAM, FakeSlack

ORG, ELSE, ELSE_ORG = "E0ORG", "T0ELSE", "E0ELSE"
SECOND = "T0SECOND"


def granted(body: dict[str, Any], team: str | None = TEAM, *, whole: bool = False, **more: Any) -> dict[str, Any]:
    """As an app installed in a workspace of the organisation, or in the whole of it, gets an event."""
    grant = {"enterprise_id": ORG, "team_id": team, "user_id": BOT, "is_bot": True, "is_enterprise_install": whole}
    return {**body, "enterprise_id": ORG, "authorizations": [grant], **more}


def interaction(body: dict[str, Any], user_team: str, team: str | None, *, whole: bool = False) -> dict[str, Any]:
    own = {"id": team, "domain": "d", "enterprise_id": ORG, "enterprise_name": "Org"} if team else None
    return {
        **body, "team": own, "enterprise": {"id": ORG, "name": "Org"}, "is_enterprise_install": whole,
        "user": {**body["user"], "team_id": user_team},
    }  # fmt: skip


def shared(body: dict[str, Any], *, user_team: str, source: str, **outer: Any) -> dict[str, Any]:
    """From a channel shared with another company. ``team_id`` is that of the workspace it happened in."""
    event = {**body["event"], "user_team": user_team, "source_team": source, "team": user_team}
    return {**body, "event": event, "is_ext_shared_channel": True, **outer}


COMMAND = p.command("hello")
GRID = {
    "message": granted(p.message("hello")),
    "message in the second workspace": granted(p.message("hello", team=SECOND), SECOND, team_id=SECOND),
    "message, installed for all": granted(p.message("hello", team=SECOND), None, whole=True, team_id=SECOND),
    "home": granted(p.event({"type": "app_home_opened", "user": "U0ALICE", "channel": p.DM, "tab": "home"})),
    "command": {**COMMAND, "enterprise_id": ORG, "enterprise_name": "Org", "is_enterprise_install": "false"},
    "command, installed for all": {**COMMAND, "enterprise_id": ORG, "is_enterprise_install": "true"},
    "tap": interaction(p.home_tap("home.tick", "1"), TEAM, TEAM),
    # The team of a user in an interaction is now one of their workspaces, now another.
    "tap with the other workspace": interaction(p.home_tap("home.tick", "1"), SECOND, TEAM),
    "tap, installed for all": interaction(p.home_tap("home.tick", "1"), SECOND, None, whole=True),
    "shortcut": interaction(p.shortcut("x", p.ts()), SECOND, TEAM),
    "edit": granted(p.edited("new", "old", p.ts())),
}


@pytest.mark.parametrize("kind", GRID)
def test_on_enterprise_grid_a_person_is_one_whatever_the_payload_names(kind: str) -> None:
    envelope = read(GRID[kind])
    assert envelope
    assert (envelope.who.team, envelope.who.user) == (ORG, "U0ALICE")
    assert envelope.team == (ORG if "for all" in kind else SECOND if "second" in kind else TEAM)


@pytest.mark.parametrize(
    ("body", "who"),
    [
        (p.message("hello"), TEAM),
        (shared(p.mention("hello"), user_team=TEAM, source=ELSE, team_id=ELSE, context_team_id=TEAM), TEAM),
        (shared(p.mention("hello"), user_team=ELSE, source=TEAM), ELSE),
        (shared(p.mention("hello"), user_team=ELSE_ORG, source=ELSE, team_id=ELSE, enterprise_id=ELSE_ORG), ELSE_ORG),
        (shared(p.mention("hello"), user_team=ELSE, source=ELSE, team_id=ELSE, enterprise_id=ELSE_ORG), ELSE_ORG),
        (shared(granted(p.mention("hello")), user_team=ELSE, source=ELSE, team_id=ELSE, enterprise_id=None), ELSE),
        (shared(granted(p.mention("hello")), user_team=TEAM, source=ELSE, team_id=ELSE, enterprise_id=None), ORG),
        (shared(granted(p.mention("hello")), user_team=ORG, source=TEAM), ORG),
    ],
    ids=[
        "own workspace", "of ours, in their channel", "of theirs, in our channel", "of a Grid elsewhere",
        "of a workspace in a Grid elsewhere", "stranger before our Grid", "of our Grid, in their channel",
        "named by our Grid",
    ],
)  # fmt: skip
def test_in_a_shared_channel_it_is_the_persons_own_place_that_counts(body: dict[str, Any], who: str) -> None:
    envelope = read(body)
    assert envelope
    assert envelope.who.team == who
    assert envelope.team == TEAM


async def test_the_whole_organisation_is_at_home_and_nobody_else(serve: Callable[..., Any], fake: FakeSlack) -> None:
    fake.enterprise = ORG
    stand: Stand = await serve()
    await stand.say(granted(p.message("hello", team=SECOND), SECOND, team_id=SECOND))
    await stand.say(interaction(p.home_tap("home.tick", "s1"), SECOND, TEAM), "interactions")
    assert {i.conversation for i in stand.coach.heard} == {f"slack:{ORG}-U0ALICE"}
    stranger = shared(granted(p.mention("hello", user="U0EVE")), user_team=ELSE, source=ELSE, team_id=ELSE)
    await stand.say({**stranger, "enterprise_id": None})
    assert len(stand.coach.heard) == 2
    assert "another workspace" in fake.of("chat.postEphemeral")[0]["text"]


async def test_uninstalling_erases_the_organisations_people(serve: Callable[..., Any], fake: FakeSlack) -> None:
    fake.enterprise = ORG
    stand: Stand = await serve()
    record = stand.coach.services.record
    record.keep_statement(record.person_for("slack", f"{ORG}-U0ALICE"), f"slack:{ORG}-U0ALICE", "1", "mine")
    await stand.say(granted(p.event({"type": "app_uninstalled", "event_ts": "1"}), None, whole=True))
    assert record.known("slack", f"{ORG}-U0ALICE") is None
