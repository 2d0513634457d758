"""``coach person``: what is held about someone, for the operator who is asked."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import click

from actions.services import Services
from bot.coaching.profile import in_words
from bot.coaching.rows import as_rows
from bot.database import StoreUnavailable
from bot.runtime.settings import Settings

WHO = "ID is channel:name as in the conversation (terminal:ada, web:1234, slack:T1-U2), or the record's own id."


@click.group(help=f"Show, export or erase what is held about a person. {WHO}")
def person() -> None:
    pass


@person.command()
@click.argument("who", metavar="ID")
def show(who: str) -> None:
    """List the facts held, each with its words and day."""
    services, person_id = _found(who)
    someone = services.person(person_id)
    case = services.case(someone)
    for held in someone.held:
        click.echo(f"{in_words(case, held.fact)} - “{held.fact.text}” ({held.said_on})")
    click.echo(f"{len(someone.held)} facts held.")


@person.command()
@click.argument("who", metavar="ID")
def export(who: str) -> None:
    """Print everything held, statements and conversations included, as JSON."""
    services, person_id = _found(who)
    click.echo(as_rows(services.export(person_id)))


@person.command()
@click.argument("who", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(who: str, yes: bool) -> None:
    """Erase the record and the conversations. This cannot be undone."""
    services, person_id = _found(who)
    if not yes:
        click.confirm(f"Erase everything held about {who}?", abort=True)
    from bot.channels.slack.people import CHANNEL
    from bot.channels.slack.store import SlackStore

    kept = SlackStore(services.engine)
    services.on_erase.append(lambda channel, name: kept.erase_kept(name) if channel == CHANNEL else None)
    rows, events = services.erase(person_id)
    click.echo(f"Erased: {rows} rows of the record and {events} events of conversations.")


@person.command()
@click.option("--days", type=click.IntRange(1), required=True, help="Days in which nothing was said.")
def purge(days: int) -> None:
    """Erase conversations in which nothing was said for so many days. Records stay."""
    services = Services(Settings.from_environment())
    purged = services.transcripts.purge(datetime.now(timezone.utc) - timedelta(days=days))
    click.echo(f"Purged: {purged} conversations.")


def _found(who: str) -> tuple[Services, str]:
    services = Services(Settings.from_environment())
    try:
        channel, colon, name = who.partition(":")
        found = services.record.known(channel, name) if colon else services.record.existing(who)
    except StoreUnavailable as error:
        raise click.ClickException(str(error)) from error
    if found is None:
        raise click.ClickException(f"Nothing is held about {who}. {WHO}")
    return services, found
