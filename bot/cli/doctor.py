"""``coach doctor``: what is wrong with the set-up, and how to mend it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import click

from bot.runtime.settings import Settings


@click.group()
def doctor() -> None:
    """Check the set-up and say what to mend."""


@doctor.command()
@click.option("--address", default="", help="Where the running coach listens, to try Slack's handshake (http only).")
def slack(address: str) -> None:
    """Check Slack's tokens, scopes, events and the clock. Exits with 1 when something is to be mended."""
    from bot.channels.slack.doctor import examine

    settings = Settings.from_environment()
    found = asyncio.run(examine(settings, address))
    for finding in found:
        click.echo(f"{'ok  ' if finding.well else 'MEND'}  {finding.about}: {finding.seen}")
        if not finding.well:
            click.echo(f"      {finding.mend}")
    if not all(f.well for f in found):
        raise SystemExit(1)


@doctor.command()
@click.option("--out", default="build/slack-blocks.json", type=click.Path(path_type=Path), help="The file to write.")
def blocks(out: Path) -> None:
    """Write the Slack blocks of each kind of reply: paste one entry into Block Kit Builder to look at it."""
    from bot.channels.slack.blocks import render
    from bot.channels.slack.limits import mistakes
    from bot.channels.slack.samples import samples
    from bot.knowledge.wording import load_phrases
    from bot.runtime.settings import ROOT

    say = load_phrases(ROOT / "data" / "responses").say
    rendered = {name: render(reply, say, "sample").messages for name, reply in samples().items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    shown = {name: [{"blocks": m.blocks} for m in messages] for name, messages in rendered.items()}
    out.write_text(json.dumps(shown, indent=2, ensure_ascii=False), encoding="utf-8")
    wrong = [
        f"{name}: {mistake}" for name, messages in rendered.items() for m in messages for mistake in mistakes(m.blocks)
    ]
    for mistake in wrong:
        click.echo(mistake, err=True)
    click.echo(f"Wrote {len(shown)} kinds of reply to {out}.")
    if wrong:
        raise SystemExit(1)
