"""``coach serve``: the coach for the intranet and Slack."""

from __future__ import annotations

import asyncio
import logging
import socket

import click

from bot.cli.train import prepare_database
from bot.runtime.settings import Settings
from bot.runtime.training import current_model, train
from bot.runtime.workers import listen, objection, supervise


@click.command()
@click.option("--host", default=None, help="The address to listen on; COACH_HOST by default.")
@click.option("--port", type=int, default=None, help="The port to listen on; COACH_PORT by default.")
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes; from two on with PostgreSQL and Redis.")
def serve(host: str | None, port: int | None, workers: int) -> None:
    """Start the coach and print the address of a page with the widget on it."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings.from_environment()
    against = objection(settings) if workers > 1 else ""
    if against:
        raise click.ClickException(against)
    prepare_database(settings)
    model = current_model(settings.model)
    if model is None:
        click.echo("Training the model; the first time this takes ten to forty minutes on two cores ...", err=True)
        model = train(settings.model)
    host, port = host or settings.host, settings.port if port is None else port
    try:
        sock = listen(host, port)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
    if workers == 1:
        asyncio.run(_serve(settings, str(model), sock))
        return
    try:
        supervise(workers, lambda: asyncio.run(_serve(settings, str(model), sock, shared=True)))
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error


async def _serve(settings: Settings, model: str, sock: socket.socket, shared: bool = False) -> None:
    from bot.runtime.coach import Coach
    from bot.runtime.server import create_app, run

    click.echo("Loading the model ...", err=True)
    coach = await Coach.start(settings, model)
    try:
        app = create_app(settings, coach)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    host, port = sock.getsockname()[:2]
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104
    address = settings.web_public_url or f"http://{shown}:{port}"
    click.echo(f"\nThe coach is ready: {address}/\nStop it with Ctrl-C.", err=False)
    await run(app, sock, shared=shared)
    click.echo("Stopped.", err=True)
