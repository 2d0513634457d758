"""Slack over HTTP, in the coach's own server."""

from __future__ import annotations

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_bolt.adapter.sanic.async_handler import AsyncSlackRequestHandler

from bot.channels.slack.app import SlackApp
from bot.runtime.coach import Coach
from bot.runtime.settings import Settings

PATHS = ("/slack/events", "/slack/interactions", "/slack/commands", "/slack/options")


def mount(app: Sanic, coach: Coach, settings: Settings) -> SlackApp:
    """Puts Slack's addresses on the server. Raises ValueError for a setting that is missing."""
    slack = SlackApp(coach, settings)
    handler = AsyncSlackRequestHandler(slack.bolt)

    async def receive(request: Request) -> HTTPResponse:
        return await handler.handle(request)

    for path in PATHS:
        app.add_route(receive, path, methods=["POST"], name=path.strip("/").replace("/", "_"))

    @app.after_server_start
    async def start(*_: object) -> None:
        slack.desk.start()

    @app.before_server_stop
    async def stop(*_: object) -> None:
        await slack.desk.stop()

    return slack
