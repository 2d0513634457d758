"""``coach knowledge``: what a curator does with the content."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from pathlib import Path
from typing import NoReturn

import click

from bot.database import StoreUnavailable, make_engine, migrate
from bot.knowledge.content import KINDS, Knowledge
from bot.knowledge.freshness import stale_on
from bot.knowledge.loader import examine, load
from bot.knowledge.reachable import unreachable
from bot.runtime.settings import ROOT, Settings

Folder = click.argument("folder", required=False, type=click.Path(path_type=Path))


@click.group()
def knowledge() -> None:
    """Check, load and look at the content the coach answers from."""


@knowledge.command()
@Folder
def check(folder: Path | None) -> None:
    """Name every mistake in FOLDER with its file and line, and the advice no person can ever get."""
    content = _examined(_folder(folder))
    for line in unreachable(content):
        click.echo(line)
    items = ", ".join(f"{len(getattr(content, kind))} {kind.replace('_', ' ')}" for kind in KINDS)
    click.echo(f"No mistakes: {items}.")


@knowledge.command("load")
@Folder
def load_command(folder: Path | None) -> None:
    """Put the content of FOLDER in force, all of it or, with any mistake, none."""
    engine = make_engine(Settings.from_environment().database_url)
    try:
        migrate(engine)
        result = load(engine, _folder(folder))
    except StoreUnavailable as error:
        raise click.ClickException(f"{error} The former content stays in force.") from error
    if result.mistakes:
        _refuse([str(m) for m in result.mistakes])
    state = "is in force now" if result.changed else "was in force already"
    click.echo(f"Knowledge version {result.version} {state}.")


@knowledge.command()
@click.option("--on", "day", default=None, metavar="DATE", help="As of this day (2027-01-31); today by default.")
@Folder
def stale(folder: Path | None, day: str | None) -> None:
    """List what may no longer be quoted, the longest expired first."""
    try:
        on = date.fromisoformat(day) if day else datetime.now(timezone.utc).date()
    except ValueError as error:
        raise click.ClickException(f"{day} is not a date; write it as 2027-01-31.") from error
    found = stale_on(_examined(_folder(folder)), on)
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} past their date on {on.isoformat()}.")


@knowledge.command()
@click.argument("item", metavar="ID")
@Folder
def show(item: str, folder: Path | None) -> None:
    """Print every item that has this ID, whatever its kind."""
    content = _examined(_folder(folder))
    found = [(kind, getattr(content, kind)[item]) for kind in KINDS if item in getattr(content, kind)]
    if not found:
        near = _nearest(content, item)
        raise click.ClickException(f"There is no item {item!r}." + (f" Near it: {', '.join(near)}." if near else ""))
    for kind, one in found:
        click.echo(f"{kind}:")
        click.echo(json.dumps(json.loads(one.json(by_alias=True)), indent=2, ensure_ascii=False))


def _nearest(content: Knowledge, item: str) -> list[str]:
    from rapidfuzz.process import extract

    ids = [id_ for kind in KINDS for id_ in getattr(content, kind)]
    return [match for match, _, _ in extract(item, ids, limit=3, score_cutoff=60)]


def _folder(folder: Path | None) -> Path:
    return folder or ROOT / Settings.from_environment().knowledge


def _examined(folder: Path) -> Knowledge:
    content, mistakes = examine(folder)
    if content is None:
        _refuse([str(m) for m in mistakes])
    return content


def _refuse(mistakes: list[str]) -> NoReturn:
    for mistake in mistakes:
        click.echo(mistake, err=True)
    raise click.ClickException(f"{len(mistakes)} to mend, each named above. Nothing was changed.")
