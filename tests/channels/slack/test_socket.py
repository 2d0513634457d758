"""Socket Mode over a real WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from actions.services import Services
from bot.channels.slack import SlackSocket, start_socket
from bot.runtime.settings import Settings
from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import GivenCoach
from tests.channels.slack.fake import FakeSlack


@pytest.fixture
async def socket(fake: FakeSlack, settings: Settings) -> AsyncIterator[SlackSocket]:
    chosen = replace(settings, slack_api=fake.api, slack_mode="socket", slack_signing_secret="")
    started = await start_socket(GivenCoach(Services(chosen)), chosen)
    await fake.connected.wait()
    yield started
    await started.stop()


async def acknowledged(fake: FakeSlack, count: int) -> list[str]:
    async with fake.changed:
        await fake.changed.wait_for(lambda: len(fake.acknowledged) >= count)
    return [a["envelope_id"] for a in fake.acknowledged]


async def test_answers_over_the_socket(socket: SlackSocket, fake: FakeSlack) -> None:
    await fake.push("e1", p.message("hello"))
    assert await acknowledged(fake, 1) == ["e1"]
    await fake.until("chat.postMessage")
    assert fake.posts[0]["text"] == "About: hello"


async def test_the_same_event_in_two_envelopes_is_answered_once(socket: SlackSocket, fake: FakeSlack) -> None:
    body = p.message("hello")
    await fake.push("e1", body)
    await fake.push("e2", body)
    assert sorted(await acknowledged(fake, 2)) == ["e1", "e2"]
    await socket.slack.desk.idle()
    assert len(fake.posts) == 1


async def test_commands_taps_and_forms_come_over_the_socket_too(socket: SlackSocket, fake: FakeSlack) -> None:
    await fake.push("e1", dict(p.command("hello")), "slash_commands")
    await fake.push("e2", p.home_tap("home.join"), "interactive")
    await fake.until("views.open")
    await fake.until("chat.postMessage")
    view = fake.of("views.open")[0]["view"]
    value = {"type": "plain_text_input", "value": "no code"}
    await fake.push("e3", p.submission(view, {"code": value}), "interactive")
    await acknowledged(fake, 3)
    answer = next(a for a in fake.acknowledged if a["envelope_id"] == "e3")
    assert "code" in answer["payload"]["errors"]


@pytest.mark.parametrize("how", ["refresh_requested", "warning", "closed"])
async def test_the_socket_is_renewed(socket: SlackSocket, fake: FakeSlack, how: str) -> None:
    fake.connected.clear()
    if how == "closed":
        await fake.sockets[-1].close()
    else:
        await fake.sockets[-1].send_json({"type": "disconnect", "reason": how, "debug_info": {}})
    await asyncio.wait_for(fake.connected.wait(), 60)
    await fake.push("e9", p.message("still there?"))
    await fake.until("chat.postMessage")
    assert fake.posts[0]["text"] == "About: still there?"
