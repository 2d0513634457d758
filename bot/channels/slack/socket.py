"""Slack over Socket Mode: the coach calls Slack, so no public address is needed."""

from __future__ import annotations

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.app import SlackApp, quiet_logger
from bot.runtime.coach import Coach
from bot.runtime.settings import Settings


class SlackSocket:
    def __init__(self, slack: SlackApp, handler: AsyncSocketModeHandler) -> None:
        self.slack = slack
        self.handler = handler

    async def stop(self) -> None:
        """Nothing new is taken; answers being made are let end."""
        await self.handler.close_async()  # type: ignore[no-untyped-call]
        await self.slack.desk.stop()


async def start_socket(coach: Coach, settings: Settings) -> SlackSocket:
    """Returns once connected; it connects again by itself. Raises ValueError for a setting that is missing."""
    slack = SlackApp(coach, settings)
    handler = AsyncSocketModeHandler(
        slack.bolt,
        settings.slack_app_token,
        logger=quiet_logger(),
        web_client=AsyncWebClient(base_url=settings.slack_api, logger=quiet_logger()),
    )
    await handler.connect_async()  # type: ignore[no-untyped-call]
    slack.desk.start()
    return SlackSocket(slack, handler)
