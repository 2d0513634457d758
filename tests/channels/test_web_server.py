"""What every answer of the server has, and the operator's pages."""

from __future__ import annotations

import logging
import re

from bot.channels.web_limits import KEYS, Limiter
from bot.channels.web_render import picture_tree, rendered
from bot.coaching.reply import Picture, Reply


async def test_the_operators_pages(serve):
    server = await serve()
    client = server.client()
    assert (await client.get("/healthz")).json() == {"status": "alive"}
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["database"], ready.json()["knowledge"]) == (503, True, False)


async def test_metrics_count_turns_and_failures(serve):
    server = await serve()
    client = server.client()
    await client.post("/api/web/session", json={})
    await client.post("/api/web/messages", json={"text": "hello", "message_id": "message-1"})
    logging.getLogger("actions.base").error("answer failed", extra={"intent": "ask_salary"})
    shown = (await client.get("/metrics")).text
    assert 'coach_turns_total{channel="web"} 1.0' in shown
    assert 'coach_turn_seconds_count{channel="web"} 1.0' in shown
    assert 'coach_failures_total{action="ask_salary"} 1.0' in shown


async def test_every_answer_is_protected_and_named(serve):
    server = await serve()
    client = server.client()
    for path in ("/", "/widget.js", "/api/web/history", "/nothing", "/healthz"):
        headers = (await client.get(path, headers={"X-Request-ID": "abc-123"})).headers
        assert headers["X-Request-ID"] == "abc-123"
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    odd = await client.get("/healthz", headers={"X-Request-ID": "<script>"})
    assert re.fullmatch(r"[0-9a-f]{32}", odd.headers["X-Request-ID"])


async def test_rasas_own_addresses_are_not_served(serve):
    server = await serve()
    client = server.client()
    for path in ("/webhooks/rest/webhook", "/conversations/web:ann/tracker", "/model/parse", "/domain", "/version"):
        assert (await client.get(path)).status_code == 404
        assert (await client.post(path, json={})).status_code == 404


async def test_the_widget_may_be_loaded_by_any_page_and_the_demo_be_left_out(serve):
    server = await serve(web_demo="no")
    client = server.client(Origin="https://elsewhere.example")
    widget = await client.get("/widget.js")
    assert widget.headers["Access-Control-Allow-Origin"] == "*"
    assert len(widget.content) < 25_000
    same = await client.get("/widget.js", headers={"If-None-Match": widget.headers["ETag"]})
    assert same.status_code == 304
    assert (await client.get("/")).status_code == 404


def test_a_picture_becomes_shapes_and_nothing_else():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><script>alert(1)</script>'
        '<foreignObject><p>no</p></foreignObject><text x="1" style="color:red">a &lt; b</text></svg>'
    )
    assert picture_tree(svg) == ["svg", {"viewBox": "0 0 9 9"}, None, [["text", {"x": "1"}, "a < b", []]]]
    assert picture_tree("<svg") is None


def test_a_rendered_reply_has_an_id_and_keeps_the_words_for_the_picture():
    shown = rendered(Reply("Look", picture=Picture("<svg/>", "two of three")).to_dict(), "message-1:0")
    assert (shown["id"], shown["picture"]) == ("message-1:0", {"alt": "two of three", "tree": ["svg", {}, None, []]})


def test_an_allowance_refills_evenly():
    now = [0.0]
    limiter = Limiter(60, lambda: now[0])
    assert [limiter.wait("ann") for _ in range(61)] == [0] * 60 + [1]
    assert limiter.wait("bob") == 0
    now[0] = 1.0
    assert [limiter.wait("ann") for _ in range(2)] == [0, 1]


def test_a_limiter_forgets_the_longest_unused():
    limiter = Limiter(1, lambda: 0.0)
    for n in range(KEYS + 1):
        limiter.wait(str(n))
    assert limiter.wait("0") == 0
    assert limiter.wait(str(KEYS)) == 60
