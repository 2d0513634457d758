"""The Bolt app: one gate that takes each thing once and acknowledges it at once; the desk does the work after that."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.desk import Desk
from bot.channels.slack.events import Envelope, read
from bot.database import StoreUnavailable
from bot.runtime.coach import Coach
from bot.runtime.settings import Settings

log = logging.getLogger(__name__)

UNTOLD = BoltResponse(status=200, body="")


class SlackApp:
    """``bolt`` verifies what comes in (signature, age, Slack's own handshakes) and hands it to :meth:`gate`."""

    def __init__(self, coach: Coach, settings: Settings) -> None:
        """Raises ValueError with a sentence that names the setting that is missing."""
        check(settings)
        self.settings = settings
        # Tries are ours to count: what is not delivered now must be kept, and Retry-After be heeded.
        client = AsyncWebClient(
            settings.slack_bot_token, base_url=settings.slack_api, retry_handlers=[], logger=quiet_logger()
        )
        self.desk = Desk(coach, settings, client)

        async def authorize() -> AuthorizeResult:
            """No call to Slack: the gate must answer in time even when Slack's API does not."""
            return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=settings.slack_bot_token)

        self.bolt = AsyncApp(
            logger=quiet_logger(),
            name="coach",
            client=AsyncWebClient(base_url=settings.slack_api, logger=quiet_logger()),
            authorize=authorize,
            signing_secret=settings.slack_signing_secret,
            request_verification_enabled=settings.slack_mode == "http",
            attaching_conversation_kwargs_enabled=False,
        )
        self.bolt.use(self.gate)

    async def gate(self, body: dict[str, Any]) -> BoltResponse:
        """Anything but 200 makes Slack send it again, which is what is wanted when it could not be kept."""
        try:
            envelope = read(body)
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            log.warning("Slack sent a form that is not known: %s (%s)", body.get("type"), type(error).__name__)
            return UNTOLD
        if envelope is None:
            return UNTOLD
        try:
            return await self._take(envelope, body)
        except StoreUnavailable:
            log.error("a %s from Slack could not be kept", envelope.kind)
            if envelope.kind == "command":
                return BoltResponse(status=200, body=self.desk.say("utter_store_unavailable"))
            return BoltResponse(status=503, body="")

    async def _take(self, envelope: Envelope, body: dict[str, Any]) -> BoltResponse:
        desk = self.desk
        if envelope.kind == "message" and envelope.public and not envelope.mention:
            followed = (envelope.team, envelope.channel, envelope.thread, envelope.who.key)
            if not await asyncio.to_thread(desk.store.follows, *followed):
                return UNTOLD
        if envelope.kind == "submission":
            mistakes = await desk.forms.mistakes(envelope)
            if mistakes:
                answer = {"response_action": "errors", "errors": mistakes}
                return BoltResponse(
                    status=200, body=json.dumps(answer), headers={"content-type": ["application/json;charset=utf-8"]}
                )
        taken = await asyncio.to_thread(
            desk.store.take, envelope.keys, envelope.seen_as, envelope.team, envelope.who.key, body
        )
        if taken is None:
            log.info("a %s came again and was not answered again", envelope.kind)
        else:
            desk.begin(envelope, taken)
        return UNTOLD


def quiet_logger() -> logging.Logger:
    """The libraries' own debugging prints whole requests; theirs starts at warnings, whatever the root is set to."""
    logger = logging.getLogger("bot.channels.slack.library")
    logger.setLevel(logging.WARNING)
    return logger


def check(settings: Settings) -> None:
    if settings.slack_mode not in ("http", "socket"):
        raise ValueError(f"COACH_SLACK_MODE must be http, socket or off, not {settings.slack_mode!r}.")
    if settings.slack_on_uninstall not in ("erase", "keep"):
        raise ValueError(f"COACH_SLACK_ON_UNINSTALL must be erase or keep, not {settings.slack_on_uninstall!r}.")
    needed = {
        "slack_bot_token": "xoxb-",
        "slack_signing_secret" if settings.slack_mode == "http" else "slack_app_token": "",
    }
    if settings.slack_mode == "socket":
        needed["slack_app_token"] = "xapp-"  # noqa: S105 - how such a token begins
    for name, beginning in needed.items():
        value = getattr(settings, name)
        if not value:
            raise ValueError(f"COACH_{name.upper()} is not set; COACH_SLACK_MODE={settings.slack_mode} needs it.")
        if not value.startswith(beginning):
            raise ValueError(f"COACH_{name.upper()} must begin with {beginning}.")
