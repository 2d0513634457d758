from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import socket
import time
import urllib.parse
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from actions.services import Services
from bot.channels.slack import mount
from bot.channels.slack.app import SlackApp
from bot.coaching.reply import Reply
from bot.database import make_engine, migrate
from bot.knowledge.loader import load
from bot.runtime.coach import Incoming, Turn
from bot.runtime.settings import ROOT, Settings
from bot.runtime.transcripts import Transcripts
from tests.channels.slack.fake import FakeSlack

SECRET = "a-signing-secret-for-tests"
TOKEN = "xoxb-test-0000"


class GivenCoach:
    """Stands in for the model alone: gives the replies it was told to. Stores and wording are the real ones."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.conversations = Transcripts(services.engine)
        self.heard: list[Incoming] = []
        self.replies: Callable[[Incoming], list[Reply]] = lambda incoming: [
            Reply(f"About: {incoming.text or incoming.payload}")
        ]
        self.hold: asyncio.Event | None = None

    async def take_turn(self, incoming: Incoming) -> Turn:
        self.heard.append(incoming)
        if self.hold:
            await self.hold.wait()
        return Turn(self.replies(incoming))


@dataclass
class Stand:
    """A coach's server with Slack on it, and the fake Slack it talks to."""

    fake: FakeSlack
    coach: GivenCoach
    slack: SlackApp
    url: str
    session: aiohttp.ClientSession
    pauses: list[float] = field(default_factory=list)

    async def post(
        self, body: dict[str, Any], *, kind: str = "events", secret: str = SECRET, at: float | None = None,
        headers: dict[str, str] | None = None, sign: bool = True,
    ) -> tuple[int, str]:  # fmt: skip
        if kind == "events":
            raw, content = json.dumps(body), "application/json; charset=utf-8"
        elif kind == "commands":
            raw, content = urllib.parse.urlencode(body), "application/x-www-form-urlencoded"
        else:
            raw, content = urllib.parse.urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded"
        moment = str(int(at or time.time()))
        signature = "v0=" + hmac.new(secret.encode(), f"v0:{moment}:{raw}".encode(), hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": signature} if sign else {}
        async with self.session.post(
            f"{self.url}/slack/{kind}", data=raw, headers={"Content-Type": content, **signed, **(headers or {})}
        ) as response:
            return response.status, await response.text()

    async def say(self, body: dict[str, Any], kind: str = "events") -> None:
        """Sends it and waits until it is dealt with."""
        status, _ = await self.post(body, kind=kind)
        assert status == 200
        await self.slack.desk.idle()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the knowledge in it, made once and copied for each test."""
    path = tmp_path_factory.mktemp("slack") / "prepared.sqlite"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    assert not load(engine, ROOT / "data" / "knowledge").mistakes
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    path = tmp_path / "coach.sqlite"
    path.write_bytes(prepared.read_bytes())
    return Settings(
        database_url=f"sqlite:///{path}", slack_mode="http", slack_bot_token=TOKEN, slack_signing_secret=SECRET,
        slack_app_token="xapp-test-0000", today="2026-11-25",
    )  # fmt: skip


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    slack = await FakeSlack().start()
    yield slack
    await slack.stop()


@pytest.fixture
async def serve(
    fake: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., Any]]:
    """Starts a coach's server, or several on one database."""
    # Sanic rewrites its own methods for the first server of a process, and only in test mode for a second one.
    monkeypatch.setattr(Sanic, "test_mode", True)
    stops: list[Callable[[], Any]] = []
    names = iter(range(100))

    async def start(coach: Any = None, **changes: Any) -> Stand:
        chosen = replace(settings, slack_api=fake.api, **changes)
        coach = coach or GivenCoach(Services(chosen))
        app = Sanic(f"test{next(names)}{time.time_ns()}", register=False, configure_logging=False)
        slack = mount(app, coach, chosen)
        stand = Stand(fake, coach, slack, "", aiohttp.ClientSession())

        async def pause(seconds: float) -> None:
            stand.pauses.append(seconds)
            await asyncio.sleep(0)

        slack.desk.sender._pause = pause
        listening = socket.create_server(("127.0.0.1", 0))
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, asyncio_server_kwargs={"start_serving": True}
        )
        assert server
        await server.startup()
        await server.before_start()
        await server.after_start()
        stand.url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        async def stop() -> None:
            await stand.session.close()
            await server.before_stop()
            server.close()
            await server.wait_closed()

        stops.append(stop)
        return stand

    yield start
    for stop in stops:
        await stop()


@pytest.fixture
async def stand(serve: Callable[..., Any]) -> Stand:
    return await serve()
