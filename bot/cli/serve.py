"""``coach serve``: the coach for the intranet and Slack."""

from __future__ import annotations

import asyncio
import logging

import click

from bot.cli.train import prepare_database
from bot.runtime.settings import Settings
from bot.runtime.training import current_model, train


@click.command()
@click.option("--host", default=None, help="The address to listen on; COACH_HOST by default.")
@click.option("--port", type=int, default=None, help="The port to listen on; COACH_PORT by default.")
def serve(host: str | None, port: int | None) -> None:
    """Start the coach and print the address of a page with the widget on it."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings.from_environment()
    prepare_database(settings)
    model = current_model(settings.model)
    if model is None:
        click.echo("Training the model; this takes a few minutes the first time ...", err=True)
        model = train(settings.model)
    asyncio.run(_serve(settings, str(model), host or settings.host, settings.port if port is None else port))


async def _serve(settings: Settings, model: str, host: str, port: int) -> None:
    from bot.runtime.coach import Coach
    from bot.runtime.server import create_app, listen, run

    try:
        sock = listen(host, port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
    click.echo("Loading the model ...", err=True)
    coach = await Coach.start(settings, model)
    try:
        app = create_app(settings, coach)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104
    address = settings.web_public_url or f"http://{shown}:{sock.getsockname()[1]}"
    click.echo(f"\nThe coach is ready: {address}/\nStop it with Ctrl-C.", err=False)
    await run(app, sock)
    click.echo("Stopped.", err=True)
