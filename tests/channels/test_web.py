"""Send, history and reset over real HTTP."""

from __future__ import annotations

import asyncio
import json
import logging

import httpx
import pytest

from bot.channels.web import LARGEST_BODY
from bot.coaching.reply import Attachment, Reply

SEND = "/api/web/messages"


async def known(server) -> httpx.AsyncClient:
    client = server.client()
    assert (await client.post("/api/web/session", json={})).status_code == 200
    return client


def message(text: str = "hello", message_id: str = "message-1") -> dict[str, str]:
    return {"text": text, "message_id": message_id}


async def test_an_answer_has_its_replies_with_ids(serve):
    server = await serve()
    client = await known(server)
    answer = (await client.post(SEND, json=message())).json()
    assert answer["message_id"] == "message-1"
    assert [(r["id"], r["lead"]) for r in answer["replies"]] == [("message-1:0", "Heard: hello")]


async def test_the_same_message_twice_is_answered_once(serve):
    server = await serve()
    client = await known(server)
    first = await client.post(SEND, json=message())
    again = await client.post(SEND, json=message("changed meanwhile"))
    assert first.json() == again.json()
    assert len(server.coach.seen) == 1


async def test_the_same_message_sent_while_it_is_answered_gets_the_same_answer(serve):
    server = await serve()
    client = await known(server)
    server.coach.gate.clear()
    both = [asyncio.create_task(client.post(SEND, json=message())) for _ in range(2)]
    await server.coach.began.wait()
    server.coach.gate.set()
    one, two = await asyncio.gather(*both)
    assert one.json() == two.json()
    assert len(server.coach.seen) == 1


async def test_an_answer_is_finished_when_the_asker_hangs_up(serve):
    server = await serve()
    client = await known(server)
    server.coach.gate.clear()
    with pytest.raises(httpx.ReadTimeout):
        await client.post(SEND, json=message(), timeout=0.3)
    server.coach.gate.set()
    assert (await client.post(SEND, json=message())).json()["replies"][0]["lead"] == "Heard: hello"
    assert len(server.coach.seen) == 1


async def test_a_message_left_by_a_dead_process_is_answered_when_sent_again(serve):
    server = await serve()
    client = await known(server)
    await client.post(SEND, json=message("first", "message-0"))
    conversation = server.coach.seen[0].conversation
    server.coach.conversations.claim(conversation, "message-1", "hello", "")
    assert (await client.post(SEND, json=message())).json()["replies"][0]["lead"] == "Heard: hello"


async def test_a_hundred_messages_at_once_keep_their_order_and_none_is_lost(serve):
    server = await serve(web_person_per_minute=100)
    client = await known(server)
    sent = [message(f"number {n}", f"message-{n:03}") for n in range(100)]
    answers = await asyncio.gather(*(client.post(SEND, json=m) for m in sent))
    assert {a.status_code for a in answers} == {200}
    assert [a.json()["replies"][0]["lead"] for a in answers] == [f"Heard: {m['text']}" for m in sent]
    assert len(server.coach.seen) == 100
    first = (await client.get("/api/web/history?limit=50")).json()
    rest = (await client.get(f"/api/web/history?limit=50&before={first['messages'][0]['number']}")).json()
    kept = [m["text"] for m in rest["messages"] + first["messages"]]
    assert kept == [i.text for i in server.coach.seen]
    assert (first["more"], rest["more"]) == (True, False)


async def test_too_many_messages_are_refused_in_a_friendly_way_and_answered_later(serve):
    server = await serve(web_person_per_minute=2)
    client = await known(server)
    answers = [await client.post(SEND, json=message(message_id=f"message-{n}")) for n in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert "Please wait" in answers[2].json()["message"]
    other = await known(server)
    assert (await other.post(SEND, json=message())).status_code == 200


async def test_one_address_cannot_flood_the_server(serve):
    server = await serve(web_address_per_minute=1)
    client = server.client()
    statuses = [(await client.get("/api/web/history")).status_code for _ in range(2)]
    assert statuses == [401, 429]


BAD = [
    (b'{"text": ', 400, "malformed"),
    (b"\xff\xfe", 400, "malformed"),
    (b"[" * 20_000, 400, "malformed"),
    (b"[]", 400, "wrong_field"),
    (b"null", 400, "wrong_field"),
    (b'{"message_id": "message-1"}', 400, "wrong_field"),
    (b'{"text": "hello"}', 400, "wrong_field"),
    (b'{"text": 7, "message_id": "message-1"}', 400, "wrong_field"),
    (b'{"text": ["a"], "message_id": "message-1"}', 400, "wrong_field"),
    (b'{"text": "a", "message_id": "../../etc"}', 400, "wrong_field"),
    (b'{"text": "a", "message_id": "message-1", "conversation": "web:other"}', 400, "wrong_field"),
    (b'{"text": "a", "message_id": "message-1", "sender_id": "other"}', 400, "wrong_field"),
    (json.dumps({"payload": "/press" + "x" * 9000, "message_id": "message-1"}).encode(), 413, "too_large"),
    (json.dumps(message("x" * 1_000_000)).encode(), 413, "too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD)
async def test_bad_input_gets_a_clear_error(serve, body, status, code):
    server = await serve()
    client = await known(server)
    answer = await client.post(SEND, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert answer.json()["message"]
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert server.coach.seen == []
    assert (await client.post(SEND, json=message())).status_code == 200


async def test_what_no_database_can_keep_is_read_without_it(serve):
    server = await serve()
    client = await known(server)
    body = b'{"text": "a\\u0000b\\ud800", "message_id": "message-1"}'
    answer = await client.post(SEND, content=body, headers={"Content-Type": "application/json"})
    assert answer.json()["replies"][0]["lead"] == "Heard: a b?"


async def test_a_long_message_within_the_limit_is_taken(serve):
    server = await serve()
    client = await known(server)
    assert (await client.post(SEND, json=message("x" * (LARGEST_BODY - 200)))).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Origin": "https://evil.example"}, 403, "origin"),
        ({"Origin": "null"}, 403, "origin"),
        ({"Origin": "http://127.0.0.1:1"}, 403, "origin"),
        ({"Origin": ""}, 403, "origin"),
        ({"Content-Type": "text/plain"}, 415, "not_json"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "not_json"),
    ],
)
async def test_another_page_cannot_send_in_a_persons_name(serve, headers, status, code):
    server = await serve(web_origins="https://intranet.example")
    client = await known(server)
    answer = await client.post(SEND, json=message(), headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert server.coach.seen == []


async def test_a_post_without_an_origin_is_refused_where_the_browser_sends_the_identity(serve):
    server = await serve()
    client = await known(server)
    del client.headers["Origin"]
    assert (await client.post(SEND, json=message())).json()["error"] == "origin"


async def test_listed_pages_are_shared_with_and_others_are_not(serve):
    server = await serve(web_origins="https://intranet.example, https://hr.example")
    client = server.client(Origin="https://hr.example")
    answer = await client.options(SEND)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "https://hr.example"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    other = await client.options(SEND, headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in other.headers


async def test_errors_are_shared_with_listed_pages_too(serve):
    server = await serve(web_origins="https://hr.example")
    client = server.client(Origin="https://hr.example")
    for answer in (
        await client.get("/api/web/history"),
        await client.post(SEND, content=b"x" * 100_000, headers={"Content-Type": "application/json"}),
    ):
        assert answer.status_code in (401, 413)
        assert answer.headers["Access-Control-Allow-Origin"] == "https://hr.example"


async def test_a_file_is_given_once_and_kept_by_name_only(serve):
    """What is kept must not outlast an erasure in a copy of everything, nor hold the copies before it."""
    server = await serve()
    client = await known(server)
    file = Attachment("my-data.json", "application/json", "everything held")
    server.coach.reply = Reply("Here.", attachments=(file,))
    given = (await client.post(SEND, json=message())).json()["replies"][0]["attachments"]
    assert given == [{"name": "my-data.json", "media_type": "application/json", "content": "everything held"}]
    for again in (
        (await client.post(SEND, json=message())).json(),
        (await client.get("/api/web/history")).json()["messages"][0],
    ):
        assert again["replies"][0]["attachments"] == [{**given[0], "content": ""}]
    with server.coach.services.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT replies FROM conversation_message").scalars().all()
    assert "everything held" not in "".join(kept)


async def test_reset_empties_one_conversation_and_no_other(serve):
    server = await serve()
    one, two = await known(server), await known(server)
    for client in (one, two):
        await client.post(SEND, json=message())
    await one.post("/api/web/reset", json={})
    assert (await one.get("/api/web/history")).json() == {"messages": [], "more": False}
    assert len((await two.get("/api/web/history")).json()["messages"]) == 1


async def test_history_shows_what_stood_on_a_button(serve):
    server = await serve()
    client = await known(server)
    await client.post(SEND, json={"text": "What next?", "payload": "/ask_career_path", "message_id": "message-1"})
    shown = (await client.get("/api/web/history")).json()["messages"][0]
    assert (shown["text"], shown["payload"]) == ("What next?", "/ask_career_path")
    assert server.coach.seen[0].text == ""


@pytest.mark.parametrize("query", ["before=-1", "before=x", "limit=1e9", "limit=0", "before=99999999999"])
async def test_a_wrong_page_is_refused(serve, query):
    server = await serve()
    client = await known(server)
    assert (await client.get(f"/api/web/history?{query}")).status_code == 400


async def test_ten_thousand_messages_are_read_a_page_at_a_time(serve):
    server = await serve()
    client = await known(server)
    await client.post(SEND, json=message())
    conversation, store = server.coach.seen[0].conversation, server.coach.conversations
    with store._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO conversation_message (conversation, message_id, text, payload, replies, sent_at) "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) "
            "SELECT ?, 'made-' || i, 'text ' || i, '', '[]', '2026-01-01 00:00:00' FROM n",
            (conversation,),
        )
    before, seen = "", 0
    while True:
        page = (await client.get(f"/api/web/history?limit=50{before}")).json()
        seen += len(page["messages"])
        before = f"&before={page['messages'][0]['number']}"
        if not page["more"]:
            break
    assert seen == 10_000


async def test_a_failed_database_is_said_and_the_message_can_be_sent_again(serve, caplog):
    server = await serve()
    client = await known(server)
    engine = server.coach.conversations._engine
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE conversation_message RENAME TO away")
    answer = await client.post(SEND, json=message("my private words"))
    assert (answer.status_code, answer.json()["error"]) == (503, "unavailable")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO conversation_message")
    assert (await client.post(SEND, json=message("my private words"))).status_code == 200
    assert "my private words" not in caplog.text


async def test_an_unforeseen_failure_is_said_in_a_sentence(serve):
    server = await serve()
    client = await known(server)
    answer = await client.post(SEND, json=message("fail"))
    assert (answer.status_code, answer.json()["error"]) == (500, "failed")
    assert "as asked" not in answer.text


async def test_refusals_are_logged_with_the_request_and_without_the_token(serve, caplog):
    server = await serve()
    client = server.client(Cookie="coach=anonymous-1.9999999999.forged")
    with caplog.at_level(logging.WARNING):
        answer = await client.get("/api/web/history")
    assert answer.status_code == 401
    assert answer.json()["request_id"] in caplog.text
    assert "forged" not in caplog.text
