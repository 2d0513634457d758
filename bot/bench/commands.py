"""``coach bench``: the figures of docs/performance.md."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot.bench.report import plot, table
from bot.bench.run import QUICK, Bench, Plan


@click.command()
@click.option("--quick", is_flag=True, help="A few minutes, to try it; the figures mean little.")
@click.option("--epochs", type=int, default=None, help="Epochs of the stock model; 100 as `rasa init` has it.")
@click.option("--memory-turns", type=int, default=None, help="Turns before memory is weighed again.")
@click.option(
    "--stock", type=click.Path(path_type=Path), default=None, help="A trained stock project, to save its time."
)
@click.option("--postgres", envvar="COACH_BENCH_POSTGRES", default="", help="Address of a PostgreSQL database to use.")
@click.option("--redis", envvar="COACH_BENCH_REDIS", default="", help="Address of a Redis database to use.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for performance.json and .png.")
def bench(
    quick: bool,
    epochs: int | None,
    memory_turns: int | None,
    stock: Path | None,
    postgres: str,
    redis: str,
    out: Path | None,
) -> None:
    """Measure the coach beside a stock Rasa and the least a turn can cost. Prints a table, then one JSON line."""
    plan = QUICK if quick else Plan()
    chosen: dict[str, Any] = {"epochs": epochs, "memory_turns": memory_turns, "stock": stock}
    plan = replace(plan, **{name: value for name, value in chosen.items() if value is not None})
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers measured are stopped, too
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as work:
        result = asyncio.run(Bench(plan, Path(work), postgres, redis, out).all())
    if out:
        plot(result, out / "performance.png")
    click.echo(table(result), err=True)
    click.echo(json.dumps(result))
