"""A server with everything real but the model: what the coach answers is what was said to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from actions.services import Services
from bot.coaching.reply import Reply
from bot.database import make_engine, migrate
from bot.runtime.coach import Coach, Incoming, Turn
from bot.runtime.server import create_app, run
from bot.runtime.settings import Settings
from bot.runtime.workers import listen

SECRET = "a secret of the tests, long enough to be taken"


class EchoCoach(Coach):
    """Says back what it was told, when ``gate`` is open."""

    def __init__(self, services: Services) -> None:
        agent: Any = SimpleNamespace(domain=None, is_ready=lambda: True)
        super().__init__(agent, services)
        self.seen: list[Incoming] = []
        self.began = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.reply: Reply | None = None

    async def take_turn(self, incoming: Incoming) -> Turn:
        self.seen.append(incoming)
        self.began.set()
        await self.gate.wait()
        if incoming.text == "fail":
            raise RuntimeError("as asked")
        if self.reply:
            return Turn([self.reply], [])
        return Turn([Reply(f"Heard: {incoming.payload or incoming.text}", about={"intent": "greet"})], ["greet"])


@dataclass
class Running:
    url: str
    coach: EchoCoach
    settings: Settings

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A browser on the coach's own page."""
        return httpx.AsyncClient(base_url=self.url, headers={"Origin": self.url, **headers}, timeout=30)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/coach.sqlite", web_secret=SECRET)


@pytest.fixture
async def serve(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., Awaitable[Running]]]:
    """Starts a server with changed settings; all are stopped at the end."""
    # Sanic 21.12 rewrites its own methods when an application starts, and keeps the originals in this mode only.
    monkeypatch.setattr("sanic.Sanic.test_mode", True)
    stop = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def start(coach: Any = None, **changes: Any) -> Running:
        chosen = replace(settings, **changes)
        migrate(make_engine(chosen.database_url))
        coach = coach or EchoCoach(Services(chosen))
        sock = listen("127.0.0.1", 0)
        tasks.append(asyncio.create_task(run(create_app(chosen, coach), sock, stop)))
        running = Running(f"http://127.0.0.1:{sock.getsockname()[1]}", coach, chosen)
        async with httpx.AsyncClient() as client:
            while True:
                try:
                    await client.get(f"{running.url}/healthz")
                    return running
                except httpx.TransportError:
                    if tasks[-1].done():
                        await tasks[-1]
                    await asyncio.sleep(0.02)

    yield start
    stop.set()
    await asyncio.gather(*tasks)
