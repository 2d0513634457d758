"""Messages over HTTP: signed, taken once, answered where they belong."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.coaching.reply import Attachment, Picture, Reply
from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import Stand
from tests.channels.slack.fake import BOT, FakeSlack


async def test_direct_message_is_answered(stand: Stand) -> None:
    await stand.say(p.message("How do I become a portfolio manager?"))
    (post,) = stand.fake.posts
    assert post["channel"] == p.DM
    assert "thread_ts" not in post
    assert post["text"] == "About: How do I become a portfolio manager?"
    assert post["blocks"][0]["text"] == {"type": "mrkdwn", "text": "About: How do I become a portfolio manager?"}
    assert stand.coach.heard[0].conversation == "slack:T0HOME-U0ALICE"


async def test_slacks_handshake(stand: Stand) -> None:
    status, text = await stand.post({"type": "url_verification", "challenge": "abc", "token": "verification"})
    assert (status, json.loads(text)) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    "how", [{"secret": "another"}, {"at": time.time() - 600}, {"sign": False}], ids=["bad", "old", "missing"]
)
async def test_what_is_not_signed_by_slack_is_refused(stand: Stand, how: dict[str, Any]) -> None:
    status, _ = await stand.post(p.message("hello"), **how)
    await stand.slack.desk.idle()
    assert status == 401
    assert stand.coach.heard == []
    assert stand.fake.calls == []


@pytest.mark.parametrize(
    "reason",
    ["http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error"],
)
async def test_a_retry_is_not_answered_again(stand: Stand, reason: str) -> None:
    body = p.message("hello")
    await stand.say(body)
    status, _ = await stand.post(body, headers={"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": reason})
    await stand.slack.desk.idle()
    assert status == 200
    assert len(stand.fake.posts) == 1


async def test_the_first_delivery_lost_its_retry_is_answered(stand: Stand) -> None:
    await stand.post(p.message("hello"), headers={"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"})
    await stand.slack.desk.idle()
    assert len(stand.fake.posts) == 1


async def test_one_event_on_two_processes_is_answered_once(serve: Callable[..., Any], fake: FakeSlack) -> None:
    one, two = await serve(), await serve()
    body = p.message("hello")
    statuses = await asyncio.gather(*(s.post(body) for s in (one, two) for _ in range(4)))
    await one.slack.desk.idle()
    await two.slack.desk.idle()
    assert {status for status, _ in statuses} == {200}
    assert len(fake.posts) == 1


async def test_acknowledged_while_the_turn_still_runs(stand: Stand) -> None:
    stand.coach.hold = asyncio.Event()
    status, _ = await stand.post(p.message("hello"))
    assert status == 200
    assert stand.fake.posts == []
    stand.coach.hold.set()
    await stand.slack.desk.idle()
    assert len(stand.fake.posts) == 1


async def test_messages_of_one_person_are_answered_in_order(serve: Callable[..., Any], fake: FakeSlack) -> None:
    """Across two processes, and though the first takes longest."""
    one, two = await serve(), await serve()
    one.coach.hold = asyncio.Event()
    await one.post(p.message("first"))
    await two.post(p.message("second"))
    await one.post(p.message("third"))
    assert fake.posts == []
    one.coach.hold.set()
    await one.slack.desk.idle()
    await two.slack.desk.idle()
    assert [post["text"] for post in fake.posts] == ["About: first", "About: second", "About: third"]


async def test_mention_and_message_event_of_one_message(stand: Stand) -> None:
    """In a followed thread both come; the person gets one answer."""
    stand.coach.replies = lambda i: [Reply("ok", private=False)]
    at = p.ts()
    await stand.say(p.mention("first?", at=at))
    later = p.ts()
    for body in (
        p.mention("and?", at=later, thread_ts=at),
        p.channel_message(f"<@{BOT}> and?", at=later, thread_ts=at),
    ):
        await stand.say(body)
    assert [post["thread_ts"] for post in stand.fake.posts] == [at, at]
    assert stand.coach.heard[1].text == "and?"


async def test_mention_is_answered_in_its_thread_which_is_then_followed(stand: Stand) -> None:
    stand.coach.replies = lambda i: [Reply("The fee is known.", private=False)]
    at = p.ts()
    await stand.say(p.mention("what does the PMP cost?", at=at))
    await stand.say(p.channel_message("and the PfMP?", thread_ts=at))
    assert [(c["channel"], c["thread_ts"]) for c in stand.fake.posts] == [(p.CHANNEL, at)] * 2
    assert [i.text for i in stand.coach.heard] == ["what does the PMP cost?", "and the PfMP?"]
    assert {i.conversation for i in stand.coach.heard} == {f"slack:T0HOME-U0ALICE:{p.CHANNEL}-{at}"}


async def test_others_in_the_thread_are_left_alone(stand: Stand) -> None:
    at = p.ts()
    await stand.say(p.mention("hello", at=at))
    heard = len(stand.coach.heard)
    await stand.say(p.channel_message("I think so too", thread_ts=at, user="U0BOB"))
    await stand.say(p.channel_message("<@U0BOB> lunch?", thread_ts=at))
    await stand.say(p.channel_message("not in the thread"))
    await stand.say(p.channel_message("another thread", thread_ts=p.ts()))
    assert len(stand.coach.heard) == heard


@pytest.mark.parametrize(
    "body",
    [
        p.message("beep", subtype="bot_message", bot_id="B0OTHER", user=None),
        p.message("beep", bot_id="B0OTHER"),
        p.message("mine", user=BOT, bot_id="B0BOT"),
        p.message("", subtype="message_deleted", deleted_ts=p.ts(), user=None, previous_message={"text": "x"}),
        p.channel_message("joined", subtype="channel_join"),
        p.channel_message("left", subtype="channel_leave"),
        p.message("topic", subtype="channel_topic"),
        p.event({"type": "app_home_opened", "user": "U0ALICE", "channel": p.DM, "tab": "messages", "event_ts": "1"}),
        p.event({"type": "reaction_added", "user": "U0ALICE"}),
        p.event({"type": "message"}),
        {"type": "event_callback"},
        {"type": "something_new"},
    ],
    ids=lambda body: str(body.get("event", body).get("subtype") or body.get("event", body).get("type")),
)
async def test_what_is_no_question_is_ignored(stand: Stand, body: dict[str, Any]) -> None:
    await stand.say(body)
    assert stand.coach.heard == []
    assert stand.fake.calls == []


async def test_private_answer_to_a_channel_goes_to_direct_messages(stand: Stand) -> None:
    files = (Attachment("a.md", "text/markdown", "x"),)
    stand.coach.replies = lambda i: [
        Reply("You have no PMP.", picture=Picture(SVG, "chart"), attachments=files),
        Reply("The fee is known.", private=False),
    ]  # fmt: skip
    at = p.ts()
    await stand.say(p.mention("am I ready?", at=at))
    (told,) = stand.fake.of("chat.postEphemeral")
    assert (told["channel"], told["user"], told["thread_ts"]) == (p.CHANNEL, "U0ALICE", at)
    assert "direct message" in told["text"]
    direct, public = stand.fake.posts
    assert direct["channel"] == "DU0ALICE"
    assert "You asked this in a channel" in direct["blocks"][0]["elements"][0]["text"]
    assert (public["channel"], public["text"]) == (p.CHANNEL, "The fee is known.")
    shared = {json.dumps(c) for m, c in stand.fake.calls if p.CHANNEL in json.dumps(c)}
    assert not any("no PMP" in c for c in shared)
    assert {c["channel_id"] for c in stand.fake.of("files.completeUploadExternal")} == {"DU0ALICE"}


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#fff"/></svg>'


async def test_pictures_and_files_are_uploaded(stand: Stand) -> None:
    files = (Attachment("plan.ics", "text/calendar", "BEGIN:VCALENDAR"),)
    stand.coach.replies = lambda i: [Reply("Here.", picture=Picture(SVG, "chart"), attachments=files)]
    await stand.say(p.message("my plan"))
    assert [c["filename"] for c in stand.fake.of("files.getUploadURLExternal")] == ["readiness.png", "plan.ics"]
    assert b"\x89PNG" in stand.fake.uploads[0]
    assert b"BEGIN:VCALENDAR" in stand.fake.uploads[1]


async def test_slacks_markup_is_read_as_the_person_saw_it(stand: Stand) -> None:
    await stand.say(
        p.message("R&amp;D &lt;5 yrs, <mailto:a@b.org|a@b.org> <https://x.org|my page> <@U9|bob> <#C1|pmo>")
    )
    assert stand.coach.heard[0].text == "R&D <5 yrs, a@b.org my page @bob #pmo"


async def test_edited_question_is_answered_again_in_place(stand: Stand) -> None:
    at = p.ts()
    stand.coach.replies = lambda i: [Reply("one"), Reply("two")]
    await stand.say(p.message("I have 5 years", at=at))
    first = [c["text"] for c in stand.fake.posts]
    stand.coach.replies = lambda i: [Reply("changed")]
    await stand.say(p.edited("I have 7 years", "I have 5 years", at))
    assert first == ["one", "two"]
    assert len(stand.fake.posts) == 2
    (update,), (delete,) = stand.fake.of("chat.update"), stand.fake.of("chat.delete")
    assert (update["text"], update["ts"]) == ("changed", "2000000000.000001")
    assert delete["ts"] == "2000000000.000002"
    assert [i.text for i in stand.coach.heard] == ["I have 5 years", "I have 7 years"]


async def test_an_edit_that_adds_a_preview_or_was_never_answered_is_ignored(stand: Stand) -> None:
    at = p.ts()
    await stand.say(p.message("see https://x.org", at=at))
    await stand.say(p.edited("see https://x.org", "see https://x.org", at))
    await stand.say(p.edited("new words", "old words", p.ts()))
    assert len(stand.coach.heard) == 1


async def test_what_became_private_by_an_edit_is_not_put_into_the_channel(stand: Stand) -> None:
    stand.coach.replies = lambda i: [Reply("public", private=False)]
    at = p.ts()
    await stand.say(p.mention("cost?", at=at))
    stand.coach.replies = lambda i: [Reply("about you")]
    body = p.edited("am I ready?", "cost?", at)
    body["event"].update(channel=p.CHANNEL, channel_type="channel")
    await stand.say(body)
    assert stand.fake.of("chat.update") == []
    assert stand.fake.of("chat.delete") == [{"channel": p.CHANNEL, "ts": "2000000000.000001"}]
    assert stand.fake.posts[-1]["channel"] == "DU0ALICE"


async def test_a_file_alone_and_a_file_with_words(stand: Stand) -> None:
    files = [{"id": "F1", "name": "cv.pdf"}]
    await stand.say(p.message("", subtype="file_share", files=files))
    assert stand.coach.heard == []
    assert "cannot read files" in stand.fake.posts[0]["text"]
    await stand.say(p.message("my CV", subtype="file_share", files=files))
    assert stand.fake.posts[1]["text"] == "About: my CV"
    assert "cannot read the file" in stand.fake.posts[-1]["text"]


async def test_thread_broadcast_is_a_message(stand: Stand) -> None:
    at = p.ts()
    await stand.say(p.mention("hello", at=at))
    await stand.say(p.channel_message("and this", subtype="thread_broadcast", thread_ts=at))
    assert stand.coach.heard[-1].text == "and this"


async def test_a_very_long_message_is_kept_whole_and_that_is_said(stand: Stand) -> None:
    text = "word " * 8000
    await stand.say(p.message(text))
    record = stand.coach.services.record
    person = record.known("slack", "T0HOME-U0ALICE")
    assert [s["text"] for s in record.export(person)["statement"]] == [text.strip()]
    assert "I kept the whole of it" in stand.fake.posts[-1]["text"]


async def test_a_stranger_is_refused_politely(stand: Stand) -> None:
    await stand.say(p.mention("hello", user="U0EVE", user_team="T0ELSE"))
    (told,) = stand.fake.of("chat.postEphemeral")
    assert "another workspace" in told["text"]
    assert stand.coach.heard == []


@pytest.mark.parametrize("allowed", ["*", "T0X, T0ELSE"])
async def test_a_stranger_may_be_allowed(serve: Callable[..., Any], allowed: str) -> None:
    stand = await serve(slack_allowed_teams=allowed)
    await stand.say(p.mention("hello", user="U0EVE", user_team="T0ELSE"))
    assert stand.coach.heard[0].conversation.startswith("slack:T0ELSE-U0EVE:")


async def test_assistant_pane(stand: Stand) -> None:
    at = p.ts()
    chat = {"user_id": "U0ALICE", "channel_id": p.DM, "thread_ts": at, "context": {"channel_id": p.CHANNEL}}
    await stand.say(p.event({"type": "assistant_thread_started", "assistant_thread": chat, "event_ts": at}))
    (prompts,) = stand.fake.of("assistant.threads.setSuggestedPrompts")
    assert len(prompts["prompts"]) == 4
    await stand.say(p.message("hello", thread_ts=at))
    assert stand.fake.of("assistant.threads.setStatus")[0]["thread_ts"] == at
    assert stand.fake.posts[-1]["thread_ts"] == at
    assert stand.coach.heard[0].conversation == f"slack:T0HOME-U0ALICE:{p.DM}-{at}"


async def test_a_thread_under_an_answer_stays_in_the_one_conversation(stand: Stand) -> None:
    await stand.say(p.message("seven years", thread_ts=p.ts()))
    assert stand.coach.heard[0].conversation == "slack:T0HOME-U0ALICE"


async def test_command_is_answered_directly(stand: Stand) -> None:
    await stand.say(p.command("what does the PMP cost?"), "commands")
    assert stand.coach.heard[0].text == "what does the PMP cost?"
    assert "direct message" in stand.fake.of("chat.postEphemeral")[0]["text"]
    assert stand.fake.posts[0]["channel"] == "DU0ALICE"
    await stand.say(p.command("", channel=p.DM), "commands")
    assert stand.coach.heard[1].payload == "/ask_help"
    assert stand.fake.posts[1]["channel"] == p.DM
