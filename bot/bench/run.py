"""The measurements, in one run on one machine: what is compared runs side by side, a block of each in turn.

Each part stands alone, with servers of its own: it is kept as soon as it ends, and one that fails is named and leaves
the others be.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
import traceback
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from sqlalchemy import text
from sqlalchemy.engine.url import make_url

from bot.bench import growth, stock
from bot.bench.floor import Floor
from bot.bench.load import Load, Say, one_person, quantile, together
from bot.bench.processes import (
    Processes,
    busy_seconds,
    first_answer,
    free_port,
    running,
    talking_to_coach,
    talking_to_rasa,
    timed,
)
from bot.bench.report import ratios
from bot.database import make_engine, migrate
from bot.knowledge.loader import load as load_knowledge
from bot.runtime.settings import ROOT, Settings
from bot.runtime.training import newest_model

COACH = ["-c", "from bot.cli import main; main()"]
WINDOW = 50
"""Turns over which "turn 20" and "turn 2,000" are taken, one turn of each in turn."""
LONGEST_PART = 1_500.0
"""Seconds after which a part that talks to servers is given up."""


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the figures of the issue."""

    epochs: int = 100
    rounds: int = 12
    long: int = 2_000
    stock_long: int = 200
    each: int = 20
    memory_turns: int = 20_000
    people: int = 1_000_000
    train: bool = True
    stock_model: Path | None = None
    """The archive of a stock model trained before. Beside it, or a folder above, ``training.json`` may tell its
    ``wall_seconds``, ``cpu_seconds`` and ``epochs``."""


QUICK = Plan(epochs=1, rounds=3, long=120, stock_long=40, each=4, memory_turns=200, people=10_000, train=False)


@dataclass
class Server:
    """A coach or a stock Rasa that answers; ``seconds`` from its start to its first answer."""

    say: Say
    processes: Processes
    seconds: float


@dataclass
class Bench:
    """``postgres`` and ``redis`` are addresses, empty where there are none: two workers are then not measured."""

    plan: Plan
    work: Path
    postgres: str = ""
    redis: str = ""
    out: Path | None = None
    """Where figures are kept as they come: a run that is broken off has not been for nothing."""
    result: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = stock.lines(ROOT / "data" / "nlu")
        self._next = 0
        self._model: Path | None = None
        self._project: Path | None = None

    def some(self, count: int) -> list[str]:
        """The next lines, none twice until all have been used: an encoder that remembers must not help."""
        taken = [self.lines[(self._next + n) % len(self.lines)] for n in range(count)]
        self._next += count
        return taken

    # --- the parts ---

    @property
    def parts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {
            "training": self.training,
            "turns": self.turns,
            "long": self.long,
            "throughput": self.throughput,
            "memory": self.memory,
            "knowledge": self.knowledge,
            "workers": self.workers,
            "people": self.people,
        }

    async def run(self, only: tuple[str, ...] = ()) -> dict[str, Any]:
        """With ``only`` some parts, the figures of the others stay what they were in ``out``."""
        if only and self.out and (self.out / "performance.json").exists():
            self.result = json.loads((self.out / "performance.json").read_text(encoding="utf-8"))
        self.result["machine"] = {"cores": os.cpu_count(), "load_at_start": os.getloadavg()[0]}
        for name, part in self.parts.items():
            if not only or name in only:
                await self._attempt(name, part)
        return self.result

    async def _attempt(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        click.echo(f"  {name} ...", err=True)
        begin, failed = time.perf_counter(), self.result.setdefault("failed", {})
        failed.pop(name, None)
        try:
            await asyncio.wait_for(part(), LONGEST_PART)
        except Exception as error:
            traceback.print_exc()
            failed[name] = f"{type(error).__name__}: {error}"
            shutil.copytree(self.work, ROOT / "build" / "bench", dirs_exist_ok=True, ignore=_not_logs)
        self.result.setdefault("part_seconds", {})[name] = round(time.perf_counter() - begin, 1)
        self.result["ratios"] = ratios(self.result)
        if self.out:
            self.out.mkdir(parents=True, exist_ok=True)
            (self.out / "performance.json").write_text(json.dumps(self.result, indent=1) + "\n", encoding="utf-8")

    async def training(self) -> None:
        """Seconds of both, on the clock and of the processors."""
        seconds = self.result["training"] = {}
        if self.plan.stock_model:
            told = next((f for f in _beside(self.plan.stock_model, "training.json") if f.exists()), None)
            if told:
                kept = json.loads(told.read_text(encoding="utf-8"))
                seconds["stock"] = {k: kept[k] for k in ("wall_seconds", "cpu_seconds", "epochs")}
        elif self.plan.train:
            self.project()
        if self.plan.train:
            models = {"COACH_MODEL": str(self.work / "models")}
            seconds["coach"] = timed([*COACH, "train", "--force"], self.work / "training.log", models, ROOT)
            self._model = newest_model(str(self.work / "models"))

    async def turns(self) -> None:
        """Short conversations with either, and the least a turn can cost."""
        with ExitStack() as stack:
            servers = {"stock": await self.stock(stack), "coach": await self.coach(stack, self.database("turns"))}
            self.result["start_seconds"] = {name: s.seconds for name, s in servers.items()}
            least = Floor(self.model(), make_engine(f"sqlite:///{self.work}/floor.sqlite"))
            self.result["short"] = await self.alternating(servers, least)

    async def long(self) -> None:
        """Late turns of the long conversation and turns around the twentieth of fresh ones, one of each in turn."""
        with ExitStack() as stack:
            theirs, ours = await self.stock(stack), await self.coach(stack, self.database("long"))
            early, late, plan = Load(), Load(), self.plan
            long = await one_person(ours.say, "bench:long", self.some(plan.long - WINDOW))
            for number in range(WINDOW):
                if number % 10 == 0:
                    fresh = f"bench:fresh{number}"
                    await one_person(ours.say, fresh, self.some(15))
                late.add(await one_person(ours.say, "bench:long", self.some(1), plan.long - WINDOW + number))
                early.add(await one_person(ours.say, fresh, self.some(1), 15 + number % 10))
            other = await one_person(theirs.say, "bench:long", self.some(plan.stock_long))
        self.result["long"] = {
            "turns": plan.long,
            "turn_20_ms": early.quantile(0.5),
            "turn_last_ms": late.quantile(0.5),
            "coach_by_turn": by_turn([*long.times, *late.times]),
            "stock_by_turn": by_turn(other.times),
            "lost": long.lost + late.lost + early.lost + other.lost,
        }

    async def throughput(self) -> None:
        with ExitStack() as stack:
            theirs, ours = await self.stock(stack), await self.coach(stack, self.database("throughput"))
            await self.crowd(ours, 16, "warm")
            await self.crowd(theirs, 4, "warm")
            found = self.result["throughput"] = {}
            found["coach_1"] = await self.crowd(ours, 1, "crowd1", 3)
            found["coach_16"] = await self.crowd(ours, 16, "crowd16", 2)
            found["stock_16"] = await self.crowd(theirs, 16, "crowd16")
            found["coach_64"] = await self.crowd(ours, 64, "crowd64")

    async def memory(self) -> None:
        """Ours at the first answer and as the turns go by."""
        with ExitStack() as stack:
            ours = await self.coach(stack, self.database("memory"))
            by_turn = [(0, ours.processes.megabytes())]
            for number in range(10):
                each = max(1, self.plan.memory_turns // 160)
                await together(ours.say, 16, each, self.some(16 * each), f"memory{number}")
                by_turn.append(((number + 1) * 16 * each, ours.processes.megabytes()))
        self.result["memory_mb"] = {"coach_start": by_turn[0][1], "coach_after": by_turn[-1][1], "by_turn": by_turn}

    async def knowledge(self) -> None:
        self.result["knowledge"] = await self.growing("knowledge", (1, 10, 100), growth.multiply_knowledge)

    async def people(self) -> None:
        sizes = tuple(size for size in (100, 10_000, 1_000_000) if size <= self.plan.people)
        self.result["people"] = await self.growing("people", sizes, lambda e, size: growth.add_people(e, 0, size))

    async def workers(self) -> None:
        """One worker and two, a crowd at each in turn. What else is busy on the machine bounds what two can do."""
        if not (self.postgres and self.redis):
            return
        with ExitStack() as stack:
            servers = {}
            for workers in (1, 2):
                address = self._schema(stack)
                self._fill(address)
                servers[str(workers)] = await self.coach(stack, address, workers, self.redis)
            loads: dict[str, list[dict[str, float]]] = {name: [] for name in servers}
            for number in range(5):
                for name, server in servers.items():
                    loads[name].append(await self.crowd(server, 16, f"workers{number}"))
        self.result["workers"] = {name: _middle(found[1:]) for name, found in loads.items()}  # the first warms up

    # --- models ---

    def model(self) -> Path:
        """Ours: the one trained in this run, else the newest there is."""
        self._model = self._model or newest_model(Settings.from_environment().model)
        if self._model is None:
            raise click.ClickException("There is no model; run `coach train`.")
        return self._model

    def project(self) -> Path:
        """The stock project with its model, trained here unless one was given."""
        if self._project is None:
            folder = self.work / "stock"
            folder.mkdir()
            self.actions_port = free_port()
            stock.make(folder, ROOT / "data" / "nlu", self.actions_port, self.plan.epochs)
            if self.plan.stock_model:
                (folder / "models").mkdir()
                shutil.copy(self.plan.stock_model, folder / "models" / "stock.tar.gz")
            else:
                command = ["-m", "rasa", "train", "--fixed-model-name", "stock"]
                spent = timed(command, self.work / "training.log", {}, folder)
                self.result.setdefault("training", {})["stock"] = {**spent, "epochs": self.plan.epochs}
            self._project = folder
        return self._project

    # --- servers ---

    def database(self, name: str) -> str:
        """The address of a fresh SQLite database with the content in it."""
        address = f"sqlite:///{self.work}/{name}.sqlite"
        self._fill(address)
        return address

    @staticmethod
    def _fill(address: str) -> None:
        engine = make_engine(address)
        migrate(engine)
        result = load_knowledge(engine, ROOT / Settings.from_environment().knowledge)
        engine.dispose()
        if result.mistakes:
            raise click.ClickException(f"The knowledge does not load: {result.mistakes[0]}")

    async def coach(self, stack: ExitStack, database_url: str, workers: int = 1, redis_url: str = "") -> Server:
        port = free_port()
        environment = {"COACH_DATABASE_URL": database_url, "COACH_REDIS_URL": redis_url, "COACH_ACTIONS_URL": ""}
        command = ["-m", "bot.bench.server", str(port), str(workers), str(self.model())]
        process = stack.enter_context(running(command, self.work / "coach.log", environment, ROOT))
        say = stack.enter_context(talking_to_coach(port))
        return Server(say, Processes(process.pid), await first_answer(say, process, "Hello"))

    async def stock(self, stack: ExitStack) -> Server:
        project, port, log = self.project(), free_port(), self.work / "stock.log"
        (project / "stock.sqlite").unlink(missing_ok=True)
        stack.enter_context(
            running(["-m", "rasa_sdk", "--actions", "actions", "-p", str(self.actions_port)], log, {}, project)
        )
        command = ["-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), "--model", "models"]
        process = stack.enter_context(running(command, log, {}, project))
        say = stack.enter_context(talking_to_rasa(port))
        return Server(say, Processes(process.pid), await first_answer(say, process, "Hello"))

    def _schema(self, stack: ExitStack) -> str:
        """An empty schema of its own, gone at the end."""
        name = f"bench_{uuid.uuid4().hex[:12]}"
        engine = make_engine(self.postgres)
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))

        def drop() -> None:
            with engine.begin() as connection:
                connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
            engine.dispose()

        stack.callback(drop)
        url = make_url(self.postgres).update_query_dict({"options": f"-csearch_path={name}"})
        return url.render_as_string(hide_password=False)

    # --- loads ---

    async def crowd(self, server: Server, people: int, name: str, times: int = 1) -> dict[str, float]:
        each, busy, spent = self.plan.each * times, busy_seconds(), server.processes.cpu_seconds()
        load = await together(server.say, people, each, self.some(people * each), name)
        spent, busy = server.processes.cpu_seconds() - spent, busy_seconds() - busy
        turns = len(load.times)
        return {
            "per_second": load.per_second,
            **summary(load),
            "cpu_ms": 1000 * spent / turns,
            "cpu_ms_elsewhere": 1000 * (busy - spent) / turns,
        }

    async def alternating(
        self, servers: Mapping[str, Server], least: Floor | None = None, turns: int = 10
    ) -> dict[str, Any]:
        """Conversations of ten turns, one with each server in turn; each hears lines of its own."""
        loads: dict[str, Load] = {name: Load() for name in servers} | ({"floor": Load()} if least else {})
        spent = dict.fromkeys(loads, 0.0)
        for number in range(self.plan.rounds + 1):
            for name, server in servers.items():
                before = server.processes.cpu_seconds()
                load = await one_person(server.say, f"bench:short{number}-{uuid.uuid4().hex[:8]}", self.some(turns))
                if number:  # the first conversation warms up
                    loads[name].add(load)
                    spent[name] += server.processes.cpu_seconds() - before
            if least:
                before = time.process_time()
                load = least.turns(self.some(turns))
                if number:
                    loads["floor"].add(load)
                    spent["floor"] += time.process_time() - before
        return {name: {**summary(load), "cpu_ms": 1000 * spent[name] / len(load.times)} for name, load in loads.items()}

    async def growing(self, name: str, sizes: tuple[int, ...], grow: Callable[[Any, int], Any]) -> dict[str, Any]:
        with ExitStack() as stack:
            servers = {}
            for size in sizes:
                address = self.database(f"{name}{size}")
                engine = make_engine(address)
                grow(engine, size)
                engine.dispose()
                servers[str(size)] = await self.coach(stack, address)
            return await self.alternating(servers)


def summary(load: Load) -> dict[str, float]:
    return {
        "p50": load.quantile(0.5), "p95": load.quantile(0.95), "p99": load.quantile(0.99),
        "turns": len(load.times), "lost": load.lost,
    }  # fmt: skip


def by_turn(times: list[float]) -> list[tuple[int, float]]:
    """The median of every twenty turns, at the last of them."""
    return [(n + 20, quantile(times[n : n + 20], 0.5)) for n in range(0, len(times) - 19, 20)]


def _middle(found: list[dict[str, float]]) -> dict[str, float]:
    """Of some crowds the one in the middle."""
    return sorted(found, key=lambda f: f["per_second"])[len(found) // 2]


def _beside(archive: Path, name: str) -> list[Path]:
    return [archive.parent / name, archive.resolve().parents[1] / name]


def _not_logs(_: str, names: list[str]) -> list[str]:
    return [n for n in names if not n.endswith(".log")]
