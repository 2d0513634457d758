"""Slack busy, down or gone; turns that fail; processes that die."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text as sql

from actions.services import Services
from bot.channels.slack.app import SlackApp
from bot.channels.slack.store import SlackStore
from bot.coaching.reply import Reply
from bot.runtime.settings import Settings
from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import GivenCoach, Stand
from tests.channels.slack.fake import FakeSlack


async def test_retry_after_is_heeded(stand: Stand) -> None:
    stand.fake.fail["chat.postMessage"] = [(429, {"Retry-After": "7"}), (429, {"Retry-After": "3"})]
    await stand.say(p.message("hello"))
    assert stand.pauses == [7, 3]
    assert len(stand.fake.posts) == 3
    assert len(stand.coach.heard) == 1


async def test_slack_down_for_a_minute(stand: Stand) -> None:
    stand.fake.fail["chat.postMessage"] = [(503, {})] * 7
    await stand.say(p.message("hello"))
    assert sum(stand.pauses) >= 60
    assert stand.pauses == sorted(stand.pauses)
    assert stand.fake.posts[-1]["text"] == "About: hello"
    assert len(stand.coach.heard) == 1


async def test_an_answer_laid_aside_is_sent_later_and_not_made_anew(serve: Callable[..., Any], fake: FakeSlack) -> None:
    stand = await serve(slack_patience=5)
    stand.coach.replies = lambda i: [Reply("one"), Reply("two")]
    fake.fail["chat.postMessage"] = ["internal_error"] * 3
    await stand.say(p.message("hello"))
    fake.calls.clear()
    other = await serve()
    await fake.until("chat.postMessage", 2)
    await other.slack.desk.idle()
    assert [c["text"] for c in fake.posts] == ["one", "two"]
    assert other.coach.heard == []
    assert len(stand.coach.heard) == 1


async def test_an_event_of_a_dead_process_is_answered_by_the_next(
    serve: Callable[..., Any], settings: Settings, fake: FakeSlack
) -> None:
    services = Services(settings)
    dead = SlackStore(services.engine)
    body = p.message("hello")
    assert dead.take(["message:x", "event:x"], "message.im", "T0HOME", "T0HOME-U0ALICE", body)
    with services.engine.begin() as connection:
        connection.execute(sql("UPDATE slack_event SET lease_until = '2000-01-01 00:00:00' WHERE body IS NOT NULL"))
    stand = await serve()
    await fake.until("chat.postMessage")
    await stand.slack.desk.idle()
    assert stand.coach.heard[0].text == "hello"


async def test_token_revoked_keeps_the_answer_for_the_new_token(
    serve: Callable[..., Any], fake: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    stand = await serve()
    fake.fail["chat.postMessage"] = ["token_revoked"]
    await stand.say(p.message("hello"))
    assert "coach doctor slack" in caplog.text
    fake.calls.clear()
    await serve()
    await fake.until("chat.postMessage")
    assert fake.posts[0]["text"] == "About: hello"
    assert len(stand.coach.heard) == 1


async def test_revoked_tokens_are_told_to_the_operator_and_erase_nothing(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    record = stand.coach.services.record
    person = record.person_for("slack", "T0HOME-U0ALICE")
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}, "event_ts": "1"}
    await stand.say(p.event(revoked))
    assert "coach doctor slack" in caplog.text
    assert record.known("slack", "T0HOME-U0ALICE") == person
    assert stand.fake.calls == []


async def test_a_turn_that_fails_says_so(stand: Stand) -> None:
    def fail(_: Any) -> list[Reply]:
        raise RuntimeError("broken")

    stand.coach.replies = fail
    await stand.say(p.message("hello"))
    assert stand.fake.posts[0]["text"] == stand.slack.desk.say("utter_failed")
    await stand.say(p.mention("hello"))
    assert stand.fake.posts[1]["channel"] == "DU0ALICE"


async def test_one_call_slack_refuses_does_not_lose_the_rest(stand: Stand) -> None:
    stand.coach.replies = lambda i: [Reply("one"), Reply("two")]
    stand.fake.fail["chat.postMessage"] = ["invalid_blocks"]
    await stand.say(p.message("hello"))
    assert [c["text"] for c in stand.fake.posts] == ["one", "two"]


async def test_what_cannot_be_kept_is_asked_for_again(stand: Stand) -> None:
    with stand.coach.services.engine.begin() as connection:
        connection.execute(sql("ALTER TABLE slack_event RENAME TO away"))
    body = p.message("hello")
    status, _ = await stand.post(body)
    assert status == 503
    with stand.coach.services.engine.begin() as connection:
        connection.execute(sql("ALTER TABLE away RENAME TO slack_event"))
    await stand.say(body)
    assert len(stand.fake.posts) == 1


async def test_no_words_and_no_answer_stay_behind(stand: Stand) -> None:
    await stand.say(p.message("my secret"))
    with stand.coach.services.engine.connect() as connection:
        rows = connection.execute(sql("SELECT body, calls FROM slack_event")).all()
    assert rows
    assert {tuple(row) for row in rows} == {(None, None)}


async def test_tokens_are_never_logged(
    serve: Callable[..., Any], fake: FakeSlack, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    caplog.set_level(logging.DEBUG)
    stand = await serve()
    fake.fail["chat.postMessage"] = ["invalid_auth"]
    await stand.say(p.message("hello"))
    for secret in (settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token):
        assert secret not in caplog.text
        assert secret not in repr(settings)


@pytest.mark.parametrize("rule", ["erase", "keep"])
async def test_uninstall_erases_the_team_as_the_setting_says(serve: Callable[..., Any], rule: str) -> None:
    stand = await serve(slack_on_uninstall=rule)
    record = stand.coach.services.record
    ids = [("slack", "T0HOME-U0ALICE"), ("slack", "T0OTHER-U0ALICE"), ("web", "alice")]
    people = [record.person_for(*i) for i in ids]
    stand.slack.desk.store.follow("T0HOME", p.CHANNEL, "1.1", "T0HOME-U0ALICE")
    stand.slack.desk.store.keep_tokens("T0HOME-U0ALICE", {"token:1": "/ask_plan"})
    for (channel, who), person in zip(ids, people, strict=True):
        record.keep_statement(person, f"{channel}:{who}", "1", f"said by {who}")
    stand.slack.desk.people.joining.join("web", "alice", stand.slack.desk.people.joining.code(people[0]))
    await stand.say(p.event({"type": "app_uninstalled", "event_ts": "1"}))
    here = record.known("slack", "T0HOME-U0ALICE")
    assert (stand.slack.desk.store.payload("T0HOME-U0ALICE", "token:1") == "") == (rule == "erase")
    assert (stand.slack.desk.store.follows("T0HOME", p.CHANNEL, "1.1", "T0HOME-U0ALICE") == "") == (rule == "erase")
    assert (here is None) == (rule == "erase")
    assert record.known("slack", "T0OTHER-U0ALICE") == people[1]
    alice = record.export(record.known("web", "alice"))
    assert "said by alice" in [s["text"] for s in alice["statement"]]
    if rule == "erase":
        assert [s["text"] for s in alice["statement"]] == ["said by alice"]


async def test_forgetting_erases_the_channels_traces(stand: Stand) -> None:
    at = p.ts()
    await stand.say(p.mention("hello", at=at))
    stand.coach.replies = lambda i: [Reply("Erased.", about={"erased": True})]
    await stand.say(p.message("forget me"))
    assert stand.slack.desk.store.follows("T0HOME", p.CHANNEL, at, "T0HOME-U0ALICE") == ""
    assert stand.slack.desk.store.answer("T0HOME", p.CHANNEL, at) is None


async def test_forgetting_on_the_intranet_erases_what_slack_keeps_of_the_same_person(stand: Stand) -> None:
    at = p.ts()
    await stand.say(p.mention("hello", at=at))
    services, store = stand.coach.services, stand.slack.desk.store
    store.keep_tokens("T0HOME-U0ALICE", {"token:1": "/ask_plan"})
    person = services.record.person_for("web", "alice")
    services.joining.join("slack", "T0HOME-U0ALICE", services.joining.code(person))
    services.erase(person)
    assert store.follows("T0HOME", p.CHANNEL, at, "T0HOME-U0ALICE") == ""
    assert store.answer("T0HOME", p.CHANNEL, at) is None
    assert store.payload("T0HOME-U0ALICE", "token:1") == ""
    assert services.record.known("slack", "T0HOME-U0ALICE") is None


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"slack_mode": "smoke"}, "COACH_SLACK_MODE"),
        ({"slack_bot_token": ""}, "COACH_SLACK_BOT_TOKEN"),
        ({"slack_bot_token": "xapp-1"}, "COACH_SLACK_BOT_TOKEN"),
        ({"slack_signing_secret": ""}, "COACH_SLACK_SIGNING_SECRET"),
        ({"slack_mode": "socket", "slack_app_token": "xoxb-1"}, "COACH_SLACK_APP_TOKEN"),
        ({"slack_on_uninstall": "perhaps"}, "COACH_SLACK_ON_UNINSTALL"),
    ],
)
def test_a_wrong_setting_is_named(settings: Settings, changes: dict[str, str], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        SlackApp(GivenCoach(Services(settings)), replace(settings, **changes))


async def test_stopping_lets_answers_end(stand: Stand) -> None:
    stand.coach.hold = asyncio.Event()
    await stand.post(p.message("hello"))
    stopping = asyncio.create_task(stand.slack.desk.stop())
    await asyncio.sleep(0)
    stand.coach.hold.set()
    await stopping
    assert len(stand.fake.posts) == 1
