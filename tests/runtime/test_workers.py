"""Two worker processes on PostgreSQL and Redis, with people writing all the while and things being killed."""

from __future__ import annotations

import asyncio
import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from bot.bench.processes import children, free_port, running
from bot.database import migrate, session_scope
from bot.experience.models import StatementRow
from bot.knowledge.loader import load
from bot.runtime.settings import ROOT, Settings
from bot.runtime.workers import objection
from tests.conftest import CONTENT
from tests.runtime.conftest import RedisServer

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.model]
MANY = int(os.environ.get("COACH_TEST_TURNS", "3"))
"""Turns of each person; more for a longer run."""


@dataclass
class Service:
    """Two workers behind one address. ``acknowledged``: message ids by person, in the order they were answered."""

    port: int
    engine: Engine
    process: subprocess.Popen[bytes]
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    workers: set[int] = field(default_factory=set)

    async def person(self, name: str, turns: int) -> None:
        """Writes, and writes the same again until it is answered, as a widget does."""
        timeout = aiohttp.ClientTimeout(total=30)
        for number in range(turns):
            message_id = f"{name}-{number}"
            said = {
                "conversation": f"web:{name}",
                "message_id": message_id,
                "text": f"I have run {number + 2} projects",
            }
            for _ in range(120):
                with suppress(aiohttp.ClientError, asyncio.TimeoutError):
                    async with (
                        aiohttp.ClientSession(timeout=timeout) as http,
                        http.post(f"http://127.0.0.1:{self.port}/turn", json=said) as response,
                    ):
                        answer = await response.json()
                        self.workers.add(answer["worker"])
                        if answer["intents"]:  # what cannot be answered or kept has none
                            self.acknowledged.setdefault(name, []).append(message_id)
                            break
                await asyncio.sleep(0.5)

    def kept(self, name: str) -> tuple[list[str], list[str]]:
        """Message ids among the statements, and among the conversation's events, in their order."""
        with session_scope(self.engine) as session:
            said = select(StatementRow.message_id).where(StatementRow.conversation == f"web:{name}")
            statements = list(session.execute(said.order_by(StatementRow.said_at)).scalars())
            heard = text(
                "SELECT data::json->>'message_id' FROM conversation_event"
                " WHERE sender_id = :who AND data::json->>'event' = 'user' ORDER BY number"
            )
            return statements, list(session.execute(heard, {"who": f"web:{name}"}).scalars())


@pytest.fixture
def service(postgres_engine: Engine, redis_server: RedisServer, model: Path, tmp_path: Path) -> Iterator[Service]:
    migrate(postgres_engine)
    load(postgres_engine, CONTENT)
    port = free_port()
    environment = {
        "COACH_DATABASE_URL": postgres_engine.url.render_as_string(hide_password=False),
        "COACH_REDIS_URL": redis_server.url,
    }
    command = ["-m", "bot.bench.server", str(port), "2", str(model)]
    with running(command, tmp_path / "log", environment, ROOT) as process:
        yield Service(port, postgres_engine, process)


async def _ready(service: Service) -> None:
    """Both workers answer, so that what follows meets two."""
    begin = time.monotonic()
    while len(service.workers) < 2 and time.monotonic() - begin < 200:
        await asyncio.gather(*(service.person(f"w{uuid.uuid4().hex[:6]}", 1) for _ in range(4)))
    assert len(service.workers) == 2


def _assert_kept(service: Service, people: list[str], turns: int) -> None:
    for name in people:
        acknowledged = service.acknowledged[name]
        assert acknowledged == [f"{name}-{n}" for n in range(turns)]
        statements, heard = service.kept(name)
        assert statements == acknowledged
        assert heard == acknowledged


async def test_sixty_four_people_on_two_workers_are_each_heard_once_and_in_order(service: Service) -> None:
    await _ready(service)
    people = [f"p{n}" for n in range(64)]
    await asyncio.gather(*(service.person(name, MANY) for name in people))
    _assert_kept(service, people, MANY)


async def test_messages_sent_at_once_to_both_workers_are_each_heard_once(service: Service) -> None:
    """One person, many messages at the same moment: no order can be asked for, but none is lost and none doubled."""
    await _ready(service)
    await asyncio.gather(*(service.person("ada", MANY) for _ in range(8)))
    statements, heard = service.kept("ada")
    assert sorted(statements) == sorted(heard) == sorted({f"ada-{n}" for n in range(MANY)})


Kill = Callable[[Service, RedisServer], Awaitable[None]]


async def _a_worker(service: Service, _: RedisServer) -> None:
    os.kill(children(service.process.pid)[0], signal.SIGKILL)


async def _redis(_: Service, redis_server: RedisServer) -> None:
    redis_server.kill()
    await asyncio.sleep(2)
    redis_server.start()


async def _postgres(service: Service, _: RedisServer) -> None:
    """Killed with all its backends, and started again as it was."""
    with session_scope(service.engine) as session:
        data = Path(str(session.execute(text("SHOW data_directory")).scalar_one()))
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    command = shlex.split((data / "postmaster.opts").read_text(encoding="utf-8"))
    postmaster = int((data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    os.kill(postmaster, signal.SIGKILL)
    await asyncio.sleep(3)
    run_as = {"user": owner.pw_uid, "group": owner.pw_gid} if owner else {}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen(command, cwd=data, **quiet, **run_as)  # type: ignore[call-overload]
    service.engine.dispose()
    for _try in range(60):
        with suppress(Exception):
            with session_scope(service.engine) as session:
                session.execute(text("SELECT 1"))
            return
        await asyncio.sleep(0.5)


@pytest.mark.parametrize("kill", [_a_worker, _redis, _postgres])
async def test_what_was_acknowledged_is_in_the_record_whatever_is_killed(
    service: Service, redis_server: RedisServer, kill: Kill
) -> None:
    await _ready(service)
    people = [f"k{n}" for n in range(8)]
    writing = [asyncio.create_task(service.person(name, 4 * MANY)) for name in people]
    await asyncio.sleep(2)
    await kill(service, redis_server)
    await asyncio.gather(*writing)
    _assert_kept(service, people, 4 * MANY)


def test_two_workers_are_refused_without_postgresql_or_redis() -> None:
    assert "PostgreSQL" in objection(Settings())
    assert "Redis" in objection(Settings(database_url="postgresql+psycopg2://coach@db/coach"))
    assert not objection(
        Settings(database_url="postgresql+psycopg2://coach@db/coach", redis_url="redis://redis:6379/0")
    )


SUPERVISED = """
import os, sys, time
from bot.runtime.workers import supervise
def work():
    os.write(1, b"%d\\n" % os.getpid())
    if sys.argv[1] == "fail":
        raise SystemExit(3)
    time.sleep(60)
supervise(2, work)
"""


def _supervised(how: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, how], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_a_dead_worker_is_started_anew_and_all_end_with_the_supervisor() -> None:
    process = _supervised("stay")
    assert process.stdout is not None
    first = [int(process.stdout.readline()) for _ in range(2)]
    os.kill(first[0], signal.SIGKILL)
    new = int(process.stdout.readline())
    assert new not in first
    process.terminate()
    assert process.wait(30) == 0
    for pid in (first[1], new):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_that_cannot_start_are_given_up() -> None:
    process = _supervised("fail")
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "die as soon as they start" in errors
