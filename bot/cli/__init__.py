"""``coach``: the command line of the career coach."""

from __future__ import annotations

import sys

import click

from bot.runtime.quiet import prepare

COMMANDS = {
    "bench": "bot.bench.commands:bench",
    "chat": "bot.cli.chat:chat",
    "doctor": "bot.cli.doctor:doctor",
    "serve": "bot.cli.serve:serve",
    "train": "bot.cli.train:train",
    "setup": "bot.cli.train:setup",
    "parse": "bot.nlu.commands:parse",
    "evaluate": "bot.evaluation.commands:evaluate",
    "knowledge": "bot.knowledge.commands:knowledge",
    "person": "bot.cli.person:person",
}


class Lazy(click.Group):
    """Imports a command only when it is called: ``coach --help`` need not wait for Rasa."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        prepare()
        __import__(module)
        command: click.Command = getattr(sys.modules[module], attribute)
        return command


@click.group(cls=Lazy)
def main() -> None:
    """A career coach for project, programme, portfolio and PMO people."""
