"""A turn has one thread from its first line to its last; nobody else waits for it, and nothing ends it half-way."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from rasa.core.channels.channel import UserMessage
from rasa_sdk.executor import ActionExecutor

from actions.services import use
from bot.nlu.encoder import Encoder
from bot.runtime.coach import Coach, Incoming
from bot.runtime.lean import LeanAgent
from bot.runtime.locks import LocalLocks
from bot.runtime.settings import Settings
from bot.runtime.turns import driven
from tests.conftest import TODAY
from tests.servers import free_port


class Processor:
    """Stands for Rasa's: calls ``work`` in the middle of a turn, and notes turns begun and ended."""

    def __init__(self, work: Callable[[str], None]) -> None:
        self.work = work
        self.seen: list[str] = []

    async def handle_message(self, message: UserMessage) -> None:
        self.seen.append(f"begin {message.text}")
        self.work(str(message.text))
        self.seen.append(f"end {message.text}")


def agent_with(processor: Processor) -> LeanAgent:
    agent = LeanAgent(lock_store=LocalLocks())
    agent.processor = processor  # type: ignore[assignment]
    return agent


def message(text: str, person: str = "test:ada") -> UserMessage:
    return UserMessage(text, sender_id=person)


def test_a_coroutine_that_never_waits_is_run_to_its_end() -> None:
    async def inner() -> int:
        return 2

    async def outer() -> int:
        return await inner() + await inner()

    assert driven(outer()) == 4


def test_one_that_waits_is_refused_and_not_left_hanging() -> None:
    ended = []

    class Later:
        def __await__(self) -> Iterator[None]:
            yield

    async def waits() -> None:
        try:
            await Later()
        finally:
            ended.append(True)

    with pytest.raises(RuntimeError, match="waited"):
        driven(waits())
    assert ended


def test_what_a_turn_raises_is_raised() -> None:
    async def fails() -> None:
        raise KeyError("it")

    with pytest.raises(KeyError):
        driven(fails())


async def test_two_people_are_served_at_once() -> None:
    both = threading.Barrier(2, timeout=10)  # breaks, and fails the turn, unless two turns stand here together
    processor = Processor(lambda _: both.wait() and None)
    agent = agent_with(processor)
    await asyncio.gather(*(agent.handle_message(message("hi", f"test:{p}")) for p in ("ada", "ben")))
    assert sorted(processor.seen[:2]) == ["begin hi", "begin hi"]


@pytest.mark.model
async def test_one_message_is_encoded_while_another_is(
    loaded_database: Path, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Encoding is a quarter of a turn and leaves Python free."""
    both, alone = threading.Barrier(2, timeout=10), Encoder._alone

    def met(encoder: Encoder, text: str) -> Any:
        both.wait()  # breaks, and fails the turn, unless two stand here together
        return alone(encoder, text)

    monkeypatch.setattr(Encoder, "_alone", met)
    database = f"sqlite:///{shutil.copy(loaded_database, tmp_path / 'coach.sqlite')}"
    coach = await Coach.start(Settings(database_url=database, today=TODAY), str(model))
    said = {"ada": "what does a benefits manager do all day", "ben": "how do I renew my PgMP"}
    try:
        turns = await asyncio.gather(*(coach.take_turn(Incoming(f"test:{who}", text)) for who, text in said.items()))
    finally:
        use(None)
        coach.services.engine.dispose()
    assert [turn.intents for turn in turns] == [["ask_role"], ["ask_certification_renewal"]]


async def test_a_turn_nobody_waits_for_is_ended_before_the_next_begins() -> None:
    begun = threading.Event()

    def slow(text: str) -> None:
        begun.set()
        time.sleep(0.2 if text == "first" else 0)

    processor = Processor(slow)
    agent = agent_with(processor)
    left = asyncio.create_task(agent.handle_message(message("first")))
    await asyncio.to_thread(begun.wait, 10)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    await agent.handle_message(message("second"))
    assert processor.seen == ["begin first", "end first", "begin second", "end second"]


@pytest.mark.model
async def test_actions_behind_an_address_answer_as_those_within(
    loaded_database: Path, tmp_path: Path, model: Path
) -> None:

    from aiohttp import web

    executor, called = ActionExecutor(), []
    executor.register_package("actions")

    async def webhook(request: web.Request) -> web.Response:
        call = await request.json()
        called.append(call["next_action"])
        return web.json_response(await executor.run(call))

    app, port = web.Application(client_max_size=2**24), free_port()
    app.router.add_post("/webhook", webhook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    database = f"sqlite:///{shutil.copy(loaded_database, tmp_path / 'coach.sqlite')}"
    try:
        said = []
        for address in (f"http://127.0.0.1:{port}/webhook", ""):
            coach = await Coach.start(Settings(database_url=database, today=TODAY, actions_url=address), str(model))
            turn = await coach.take_turn(Incoming(f"test:{uuid.uuid4().hex}", "What does the PMP cost?"))
            said.append([reply.to_dict() for reply in turn.replies])
            coach.services.engine.dispose()
        assert said[0] == said[1]
        assert called == ["action_certifications"]
    finally:
        use(None)
        await runner.cleanup()
