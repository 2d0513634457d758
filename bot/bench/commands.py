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

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--quick", is_flag=True, help="A few minutes, to try it; the figures mean little.")
@click.option("--only", default="", help="Parts, by commas; the module `run` names them.")
@click.option("--epochs", type=int, default=None, help="Epochs of the stock model; 100 as `rasa init` has it.")
@click.option("--memory-turns", type=int, default=None, help="Turns before memory is weighed again.")
@click.option(
    "--stock-model", type=A_FILE, default=None, help="A stock model trained before; its seconds: see Plan.stock_model."
)
@click.option("--no-train", is_flag=True, help="Take the newest model of ours, and leave training unmeasured.")
@click.option("--postgres", envvar="COACH_BENCH_POSTGRES", default="", help="Address of a PostgreSQL database to use.")
@click.option("--redis", envvar="COACH_BENCH_REDIS", default="", help="Address of a Redis database to use.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for performance.json and .png.")
def bench(
    quick: bool,
    only: str,
    epochs: int | None,
    memory_turns: int | None,
    stock_model: Path | None,
    no_train: bool,
    postgres: str,
    redis: str,
    out: Path | None,
) -> None:
    """Measure the coach beside a stock Rasa and the least a turn can cost. Prints a table, then one JSON line.

    Every part is kept in --out as it ends. With --only, the other parts' figures stay what they are there.
    """
    plan = QUICK if quick else Plan()
    chosen: dict[str, Any] = {"epochs": epochs, "memory_turns": memory_turns, "stock_model": stock_model}
    plan = replace(plan, **{name: value for name, value in chosen.items() if value is not None})
    plan = replace(plan, train=plan.train and not no_train)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers measured are stopped, too
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as work:
        measured = Bench(plan, Path(work), postgres, redis, out)
        parts = tuple(filter(None, only.split(",")))
        if unknown := set(parts) - measured.parts.keys():
            raise click.BadParameter(f"There is no part {', '.join(sorted(unknown))}.", param_hint="--only")
        result = asyncio.run(measured.run(parts))
    if out:
        plot(result, out / "performance.png")
    click.echo(table(result), err=True)
    for name, why in result["failed"].items():
        click.echo(f"{name} failed: {why}", err=True)
    click.echo(json.dumps(result))
