"""``coach parse``: one message a line in, one JSON object a line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

import click

from bot.nlu.encoder import EncoderMissing
from bot.nlu.understanding import BATCH, Understanding
from bot.runtime import training
from bot.runtime.settings import Settings


@click.command()
def parse() -> None:
    """Read one message per line and print what is understood, one JSON object per line."""
    understanding = loaded()
    # A person who types wants each answer at once; a file is read faster many lines at a time.
    size = 1 if sys.stdin.isatty() else BATCH
    lines = (row.decode("utf-8", errors="replace").rstrip("\r\n") for row in sys.stdin.buffer)
    for batch in batches(lines, size):
        for result in understanding.parse_many(batch):
            click.echo(json.dumps(result, ensure_ascii=False))


def loaded() -> Understanding:
    """The newest trained model. Exits with a sentence that says what is missing."""
    settings = Settings.from_environment()
    model = training.newest_model(settings.model)
    if model is None:
        raise click.ClickException("There is no trained model yet; run `coach train`.")
    try:
        return Understanding.load(model)
    except (EncoderMissing, FileNotFoundError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def batches(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch
