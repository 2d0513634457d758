"""The trained coach through Slack: what it says elsewhere, and nothing personal in a channel."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.coach import Coach
from bot.runtime.settings import ROOT, Settings
from tests.channels.slack import payloads as p
from tests.channels.slack.fake import FakeSlack
from tests.talk import Talk

pytestmark = pytest.mark.model


def newest_model() -> Path | None:
    return max((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


@pytest.mark.skipif(newest_model() is None, reason="no model is trained")
async def test_the_trained_coach_in_a_channel_and_directly(
    serve: Callable[..., Any], settings: Settings, fake: FakeSlack
) -> None:
    stand = await serve(await Coach.start(settings, str(newest_model())))

    await stand.say(p.message("I have been a PMO manager for 7 years and I don't have a PMP."))
    assert "7 years" in json.dumps(fake.posts)
    assert {c["channel"] for c in fake.posts} == {p.DM}

    fake.calls.clear()
    at = p.ts()
    await stand.say(p.mention("What does the PMP cost?", at=at))
    assert [(c["channel"], c["thread_ts"]) for c in fake.posts] == [(p.CHANNEL, at)]

    fake.calls.clear()
    await stand.say(p.mention("What do you know about me?"))
    assert {c["channel"] for c in fake.posts} == {"DU0ALICE"}
    assert "7 years" in json.dumps(fake.posts)
    assert "7 years" not in json.dumps([c for _, c in fake.calls if c.get("channel") == p.CHANNEL])

    fake.calls.clear()
    await stand.say(p.message("Give me my data"))
    assert [c["filename"] for c in fake.of("files.getUploadURLExternal")] == ["my-data.json", "my-data.md"]

    fake.calls.clear()
    opened = {"type": "app_home_opened", "user": "U0ALICE", "channel": p.DM, "tab": "home", "event_ts": p.ts()}
    await stand.say(p.event(opened))
    assert "7 years" in json.dumps(fake.of("views.publish"))
    await stand.say(p.home_tap("home.erase", "erase"), "interactions")
    assert "I hold nothing about you yet" in json.dumps(fake.of("views.publish")[-1])


@pytest.mark.skipif(newest_model() is None, reason="no model is trained")
async def test_a_form_shows_what_the_correction_changes_and_codes_join_the_intranet(
    serve: Callable[..., Any], settings: Settings, fake: FakeSlack
) -> None:
    coach = await Coach.start(settings, str(newest_model()))
    stand = await serve(coach)

    await stand.say(p.message("I've been a PMO manager for one year. How do I become a head of portfolio?"))
    record = coach.services.record
    (fact,) = [f.id for f in record.facts(record.person_for("slack", "T0HOME-U0ALICE")) if f.fact.id == "pmo_manager"]
    await stand.say(p.home_tap("home.correct", option=f"correct:{fact}"), "interactions")
    view, fake.calls[:] = fake.of("views.open")[0]["view"], []
    values = {"state": {"selected_option": {"value": "has"}}, "years": {"value": "10"}}
    await stand.say(p.submission(view, values), "interactions")
    (post,) = fake.posts
    assert "Corrected: PMO Manager, 10 years" in post["text"]
    assert "That changes my advice on Head of Portfolio" in post["text"]
    assert "10 years" in json.dumps(fake.of("views.publish")[-1])
    (held,) = [f.fact for f in record.facts(record.person_for("slack", "T0HOME-U0ALICE")) if f.fact.id == "pmo_manager"]
    assert held.months == (120, 120)

    fake.calls.clear()
    await stand.say(p.command("code"), "commands")
    assert [c["channel"] for c in fake.posts] == ["DU0ALICE"]
    code = fake.posts[0]["blocks"][-1]["text"]["text"].split("*")[1]
    assert code not in json.dumps(fake.of("chat.postEphemeral"))
    ann = Talk(coach, "web:ann")
    assert "as one person" in await ann.say(code)
    assert "10 years" in await ann.say("What do you know about me?")
    fake.calls.clear()
    await stand.say(p.command("separate", p.DM), "commands")
    assert "Separated" in fake.posts[0]["text"]
    assert "10 years" not in await ann.say("What do you know about me?")

    await ann.say("I use you in Slack too")
    shown = (await ann.tap("Show me a code")).split("**")[1]
    fake.calls.clear()
    await stand.say(p.message(f"my code is {shown}"))
    assert "as one person" in fake.posts[0]["text"]
    assert coach.services.joining.joined("web", "ann")
