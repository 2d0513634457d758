"""``coach chat``: the coach in the terminal, or as JSON for programs."""

from __future__ import annotations

import asyncio
import getpass
import json
import sys
from collections.abc import Iterator

import click

from bot.cli.train import prepare_database
from bot.coaching.reply import Button, Reply
from bot.runtime.settings import Settings
from bot.runtime.training import current_model, train


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One message a line in, one JSON object a line out.")
@click.option("--user", default=None, help="Whose conversation it is; your login name by default.")
def chat(as_json: bool, user: str | None) -> None:
    """Talk to the coach. A number taps a button; with --json a line beginning with / is a button's payload."""
    settings = Settings.from_environment()
    prepare_database(settings)
    model = current_model(settings.model) or train(settings.model)
    asyncio.run(_converse(settings, str(model), user or getpass.getuser(), as_json))


async def _converse(settings: Settings, model: str, user: str, as_json: bool) -> None:
    from bot.runtime.coach import Coach, Incoming

    click.echo("Loading the model ...", err=True)
    coach = await Coach.start(settings, model)
    if not as_json:
        click.echo("Write to the coach; an empty line ends the conversation.\n")
    buttons: list[Button] = []
    for line in _lines(as_json):
        payload = line if as_json and line.startswith("/") else ""
        if not as_json and line.isdigit() and 0 < int(line) <= len(buttons):
            payload = buttons[int(line) - 1].payload
        turn = await coach.take_turn(Incoming(f"terminal:{user}", "" if payload else line, payload))
        if as_json:
            click.echo(
                json.dumps(
                    {"replies": [r.to_dict() for r in turn.replies], "intents": turn.intents}, ensure_ascii=False
                )
            )
        else:
            buttons = [
                b for reply in turn.replies for b in (*(b for c in reply.cards for b in c.buttons), *reply.buttons)
            ]
            click.echo(as_text(turn.replies))


def _lines(as_json: bool) -> Iterator[str]:
    if as_json:
        yield from (line.rstrip("\n") for line in sys.stdin)
        return
    while True:
        try:
            line = input("You: ").strip()
        except EOFError:
            return
        if not line:
            return
        yield line


def as_text(replies: list[Reply]) -> str:
    """Replies for a terminal: the text, sources with the day they were checked, numbered buttons across all replies."""
    number, blocks = 0, []
    for reply in replies:
        lines = [reply.text()]
        lines += [f"  [{s.title}, checked {s.checked_on}] {s.url}" for s in reply.sources]
        taps = []
        for b in (*(b for c in reply.cards for b in c.buttons), *reply.buttons):
            number += 1
            taps.append(f"({number}) {b.title}")
        lines += ["  " + "  ".join(taps)] if taps else []
        lines += [f"\n--- {a.name} ---\n{a.content}" for a in reply.attachments]
        blocks.append("\n".join(lines))
    return "\nCoach: " + "\n\n".join(blocks) + "\n"
