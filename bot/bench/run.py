"""The measurements, in one run on one machine: what is compared runs side by side, a block of each in turn."""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from sqlalchemy import text
from sqlalchemy.engine.url import make_url

from bot.bench import growth, stock
from bot.bench.floor import floor
from bot.bench.load import Load, Say, one_person, quantile, together
from bot.bench.processes import Weight, first_answer, free_port, running, talking_to_coach, talking_to_rasa
from bot.database import make_engine, migrate
from bot.knowledge.loader import load as load_knowledge
from bot.runtime.settings import ROOT, Settings
from bot.runtime.training import newest_model

COACH = ["-c", "from bot.cli import main; main()"]
WINDOW = 50
"""Turns over which "turn 20" and "turn 2,000" are taken, one turn of each in turn."""


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
    stock: Path | None = None
    """A stock project trained before, as :func:`bot.bench.stock.make` makes it; training is then not measured."""


QUICK = Plan(epochs=1, rounds=3, long=120, stock_long=40, each=4, memory_turns=200, people=10_000, train=False)


@dataclass
class Server:
    """A coach or a stock Rasa that answers; ``seconds`` from its start to its first answer."""

    say: Say
    weight: Weight
    seconds: float
    at_start: float = 0.0


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

    def some(self, count: int) -> list[str]:
        """The next lines, none twice until all have been used: an encoder that remembers must not help."""
        taken = [self.lines[(self._next + n) % len(self.lines)] for n in range(count)]
        self._next += count
        return taken

    async def all(self) -> dict[str, Any]:
        model = self.training()
        sizes = tuple(size for size in (100, 10_000, 1_000_000) if size <= self.plan.people)
        await self.beside_stock(model)
        self.keep()
        self.result["floor"] = summary(floor(model, make_engine(f"sqlite:///{self.work}/floor.sqlite"), self.some(200)))
        await self.growing(model, "knowledge", (1, 10, 100), growth.multiply_knowledge)
        self.keep()
        if self.postgres and self.redis:
            await self.workers(model)
            self.keep()
        await self.growing(model, "people", sizes, lambda engine, size: growth.add_people(engine, 0, size))
        self.result["ratios"] = ratios(self.result)
        self.keep()
        return self.result

    def keep(self) -> None:
        if self.out:
            self.out.mkdir(parents=True, exist_ok=True)
            (self.out / "performance.json").write_text(json.dumps(self.result, indent=1) + "\n", encoding="utf-8")

    # --- training ---

    def training(self) -> Path:
        """Trains both. Where training is not measured, ours is the newest model there is."""
        project = self.work / "stock"
        project.mkdir()
        self.actions_port = free_port()
        stock.make(project, ROOT / "data" / "nlu", self.actions_port, self.plan.epochs)
        seconds = {}
        if self.plan.stock:
            shutil.copytree(self.plan.stock / "models", project / "models")
        else:
            seconds["stock"] = self._timed(["-m", "rasa", "train", "--fixed-model-name", "stock"], project, {})
        found = newest_model(Settings.from_environment().model)
        if (self.plan.train and not self.plan.stock) or found is None:
            seconds["coach"] = self._timed(
                [*COACH, "train", "--force"], ROOT, {"COACH_MODEL": str(self.work / "models")}
            )
            found = newest_model(str(self.work / "models"))
        self.result["training_seconds"] = seconds
        if found is None:
            raise click.ClickException("There is no model and training made none.")
        return found

    def _timed(self, command: list[str], cwd: Path, environment: Mapping[str, str]) -> float:
        click.echo(f"  {' '.join(command[-3:])} ...", err=True)
        begin = time.perf_counter()
        with running(command, self.work / "training.log", environment, cwd) as process:
            if process.wait():
                raise click.ClickException(f"Training failed; {self.work / 'training.log'} says why.")
        return time.perf_counter() - begin

    # --- servers ---

    def database(self, name: str) -> Settings:
        """A fresh SQLite database with the content in it."""
        settings = Settings(database_url=f"sqlite:///{self.work}/{name}.sqlite", knowledge=self._knowledge())
        engine = make_engine(settings.database_url)
        migrate(engine)
        result = load_knowledge(engine, ROOT / settings.knowledge)
        engine.dispose()
        if result.mistakes:
            raise click.ClickException(f"The knowledge does not load: {result.mistakes[0]}")
        return settings

    @staticmethod
    def _knowledge() -> str:
        return Settings.from_environment().knowledge

    async def coach(
        self, stack: AsyncExitStack, model: Path, database_url: str, workers: int = 1, redis_url: str = ""
    ) -> Server:
        port = free_port()
        environment = {"COACH_DATABASE_URL": database_url, "COACH_REDIS_URL": redis_url, "COACH_ACTIONS_URL": ""}
        command = ["-m", "bot.bench.server", str(port), str(workers), str(model)]
        process = stack.enter_context(running(command, self.work / "coach.log", environment, ROOT))
        say = await stack.enter_async_context(talking_to_coach(port))
        seconds = await first_answer(say, process, "Hello")
        weight = Weight(process.pid)
        return Server(say, weight, seconds, weight.megabytes())

    async def stock(self, stack: AsyncExitStack) -> Server:
        project, port, log = self.work / "stock", free_port(), self.work / "stock.log"
        stack.enter_context(
            running(["-m", "rasa_sdk", "--actions", "actions", "-p", str(self.actions_port)], log, {}, project)
        )
        command = ["-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), "--model", "models"]
        process = stack.enter_context(running(command, log, {}, project))
        say = await stack.enter_async_context(talking_to_rasa(port))
        seconds = await first_answer(say, process, "Hello")
        weight = Weight(process.pid)
        return Server(say, weight, seconds, weight.megabytes())

    # --- measurements ---

    async def beside_stock(self, model: Path) -> None:
        async with AsyncExitStack() as stack:
            click.echo("  starting both ...", err=True)
            theirs = await self.stock(stack)
            ours = await self.coach(stack, model, self.database("coach").database_url)
            servers = {"coach": ours, "stock": theirs}
            self.result["start_seconds"] = {name: s.seconds for name, s in servers.items()}
            click.echo("  short conversations ...", err=True)
            self.result["short"] = await self.alternating(servers, self.plan.rounds)
            click.echo("  one long conversation ...", err=True)
            await self.long(ours, theirs)
            click.echo("  many people at once ...", err=True)
            self.result["throughput"] = {
                **{f"coach_{n}": rate(await self.crowd(ours, n, f"crowd{n}")) for n in (1, 16, 64)},
                "stock_16": rate(await self.crowd(theirs, 16, "crowd16")),
            }
            click.echo("  memory ...", err=True)
            turns = max(1, self.plan.memory_turns // 16)
            await together(ours.say, 16, turns, self.some(16 * turns), "memory")
            self.result["memory_mb"] = {
                "coach_start": ours.at_start,
                "coach_after": ours.weight.megabytes(),
                "turns": self.plan.memory_turns,
                "stock_start": theirs.at_start,
                "stock_after": theirs.weight.megabytes(),
            }

    async def crowd(self, server: Server, people: int, name: str) -> Load:
        return await together(server.say, people, self.plan.each, self.some(people * self.plan.each), name)

    async def alternating(self, servers: Mapping[str, Server], rounds: int, turns: int = 10) -> dict[str, Any]:
        """Conversations of ten turns, one with each server in turn; each hears lines of its own."""
        loads: dict[str, Load] = {name: Load() for name in servers}
        for number in range(rounds + 1):
            for name, server in servers.items():
                load = await one_person(server.say, f"bench:short{number}-{uuid.uuid4().hex[:8]}", self.some(turns))
                if number:  # the first conversation warms up
                    loads[name].times += load.times
                    loads[name].lost += load.lost
                    loads[name].seconds += load.seconds
        return {name: summary(load) for name, load in loads.items()}

    async def long(self, ours: Server, theirs: Server) -> None:
        """Late turns of the long conversation and turns around the twentieth of fresh ones, one of each in turn."""
        early, late = Load(), Load()
        long = await one_person(ours.say, "bench:long", self.some(self.plan.long - WINDOW))
        for number in range(WINDOW):
            if number % 10 == 0:
                fresh = f"bench:fresh{number}"
                await one_person(ours.say, fresh, self.some(15))
            late.times += (
                await one_person(ours.say, "bench:long", self.some(1), self.plan.long - WINDOW + number)
            ).times
            early.times += (await one_person(ours.say, fresh, self.some(1), 15 + number % 10)).times
        other = await one_person(theirs.say, "bench:long", self.some(self.plan.stock_long))
        self.result["long"] = {
            "turns": self.plan.long,
            "turn_20_ms": early.quantile(0.5),
            "turn_last_ms": late.quantile(0.5),
            "coach_by_turn": by_turn([*long.times, *late.times]),
            "stock_by_turn": by_turn(other.times),
            "lost": long.lost + other.lost,
        }

    async def growing(self, model: Path, name: str, sizes: tuple[int, ...], grow: Callable[[Any, int], Any]) -> None:
        click.echo(f"  {name}: {', '.join(f'{size:,}' for size in sizes)} ...", err=True)
        async with AsyncExitStack() as stack:
            servers = {}
            for size in sizes:
                settings = self.database(f"{name}{size}")
                engine = make_engine(settings.database_url)
                grow(engine, size)
                engine.dispose()
                servers[str(size)] = await self.coach(stack, model, settings.database_url)
            self.result[name] = await self.alternating(servers, self.plan.rounds)

    async def workers(self, model: Path) -> None:
        click.echo("  one worker and two, PostgreSQL and Redis ...", err=True)
        rates: dict[str, Any] = {}
        with ExitStack() as schemas:
            for workers in (1, 2):
                address = self._schema(schemas)
                engine = make_engine(address)
                migrate(engine)
                load_knowledge(engine, ROOT / self._knowledge())
                engine.dispose()
                async with AsyncExitStack() as stack:
                    server = await self.coach(stack, model, address, workers, self.redis)
                    await self.crowd(server, 16, f"warm{workers}")
                    rates[str(workers)] = rate(await self.crowd(server, 16, f"workers{workers}"))
        self.result["workers"] = rates

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


def summary(load: Load) -> dict[str, float]:
    return {
        "p50": load.quantile(0.5), "p95": load.quantile(0.95), "p99": load.quantile(0.99),
        "turns": len(load.times), "lost": load.lost,
    }  # fmt: skip


def rate(load: Load) -> dict[str, float]:
    return {"per_second": load.per_second, **summary(load)}


def by_turn(times: list[float]) -> list[tuple[int, float]]:
    """The median of every twenty turns, at the last of them."""
    return [(n + 20, quantile(times[n : n + 20], 0.5)) for n in range(0, len(times) - 19, 20)]


def ratios(r: Mapping[str, Any]) -> dict[str, float]:
    """The figures of the issue; those not measured are left out."""
    seconds, memory = r["training_seconds"], r["memory_mb"]
    knowledge, people = r["knowledge"], list(r["people"].values())
    found = {
        "turn_p50_vs_stock": r["short"]["coach"]["p50"] / r["short"]["stock"]["p50"],
        "turn_2000_vs_20": r["long"]["turn_last_ms"] / r["long"]["turn_20_ms"],
        "throughput_16_vs_stock": r["throughput"]["coach_16"]["per_second"] / r["throughput"]["stock_16"]["per_second"],
        "turn_p50_vs_floor": r["short"]["coach"]["p50"] / r["floor"]["p50"],
        "memory_mb_per_worker": memory["coach_after"],
        "memory_growth_20000": memory["coach_after"] / memory["coach_start"],
        "knowledge_100x_vs_1x": knowledge["100"]["p50"] / knowledge["1"]["p50"],
        "people_1e6_vs_1e2": people[-1]["p50"] / people[0]["p50"],
    }
    if "workers" in r:
        found["two_workers_vs_one"] = r["workers"]["2"]["per_second"] / r["workers"]["1"]["per_second"]
    if len(seconds) == 2:
        found["training_vs_stock"] = seconds["coach"] / seconds["stock"]
    return {name: round(value, 3) for name, value in found.items()}
