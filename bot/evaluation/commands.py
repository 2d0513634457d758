"""``coach evaluate``: labelled messages against what the coach understands."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from bot.evaluation.baseline import parse_with_stock
from bot.evaluation.facts import fact_scores
from bot.evaluation.intents import Share, confusions, line, scores
from bot.evaluation.report import report
from bot.evaluation.slips import slipped
from bot.nlu.commands import loaded


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--baseline", is_flag=True, help="Train Rasa's stock pipeline on our data and score that instead; slow.")
@click.option("--stock", type=click.Path(path_type=Path, exists=True), help="A stock project trained before, for it.")
@click.option("--epochs", default=100, show_default=True, help="DIET's epochs, where it is trained now.")
@click.option("--slips", is_flag=True, help="Also mistype two words of each message, and count the answers that stay.")
def evaluate(files: tuple[Path, ...], baseline: bool, stock: Path | None, epochs: int, slips: bool) -> None:
    """Score labelled lines and print a report, with a JSON summary as the last line."""
    missing = [f for f in files if not f.is_file()]
    if missing:
        click.echo(f"The labelled messages are not here ({', '.join(map(str, missing))}), so nothing was scored.")
        click.echo(json.dumps({"lines": 0}))
        return
    labelled = [
        json.loads(row) for file in files for row in file.read_text(encoding="utf-8").splitlines() if row.strip()
    ]
    texts = [row["text"] for row in labelled]

    def parse(messages: list[str]) -> list[dict[str, Any]]:
        return parse_with_stock(messages, stock, epochs) if baseline or stock else loaded().parse_many(messages)

    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    mistyped = [slipped(text, chance) for text in texts] if slips else []
    try:
        parsed = parse([*texts, *mistyped])
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
    parsed, read_mistyped = parsed[: len(texts)], parsed[len(texts) :]
    summary = summarise(labelled, parsed)
    if slips:
        summary["mistyped"] = {"unchanged": unchanged(parsed, read_mistyped), **summarise(labelled, read_mistyped)}
    lines = [line(a, b) for a, b in zip(labelled, parsed, strict=True)]
    click.echo(report(summary, confusions(lines)))
    click.echo(json.dumps(summary))


def unchanged(parsed: Sequence[Mapping[str, Any]], mistyped: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The share of messages understood to ask the same when mistyped."""
    names = [[[intent["name"] for intent in one["intents"]] for one in way] for way in (parsed, mistyped)]
    return Share(sum(a == b for a, b in zip(*names, strict=True)), len(parsed)).to_dict()


def summarise(labelled: list[dict[str, Any]], parsed: list[dict[str, Any]]) -> dict[str, Any]:
    lines = [line(a, b) for a, b in zip(labelled, parsed, strict=True)]
    return {"lines": len(lines), **scores(lines), "facts": fact_scores(labelled, parsed)}
