"""``coach train`` and ``coach setup``: make ready what the coach runs on."""

from __future__ import annotations

import click

from bot.runtime import training
from bot.runtime.settings import Settings


@click.command()
@click.option("--force", is_flag=True, help="Train even when the present model is made from the present data.")
def train(force: bool) -> None:
    """Train the model, unless it is made from the present data already."""
    settings = Settings.from_environment()
    found = training.current_model(settings.model)
    if found and not force:
        click.echo(f"The model is up to date: {found.name}", err=True)
        return
    click.echo("Training the model; the first time this takes ten to forty minutes on two cores ...", err=True)
    click.echo(f"Trained {training.train(settings.model).name}", err=True)


@click.command()
@click.pass_context
def setup(ctx: click.Context) -> None:
    """Prepare the database, load the knowledge, train if needed."""
    prepare_database(Settings.from_environment())
    ctx.invoke(train, force=False)


def prepare_database(settings: Settings) -> None:
    """Migrates, and loads the content when it changed. Exits with the mistakes when there are any."""
    from bot.database import make_engine, migrate
    from bot.knowledge.loader import load
    from bot.runtime.settings import ROOT

    engine = make_engine(settings.database_url)
    click.echo("Preparing the database ...", err=True)
    migrate(engine)
    result = load(engine, ROOT / settings.knowledge)
    for mistake in result.mistakes:
        click.echo(str(mistake), err=True)
    if result.mistakes:
        raise click.ClickException(
            "The knowledge was not loaded; mend the lines above. The former content is still in place."
        )
    click.echo(f"Knowledge version {result.version} is in place.", err=True)
