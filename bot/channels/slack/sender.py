"""Calls to Slack that survive a Slack that is slow, busy or down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.channels.slack.picture import png
from bot.channels.slack.store import Call

log = logging.getLogger(__name__)

PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
           "team_added_to_org", "accesslimited"}  # fmt: skip
"""Errors that go away by themselves."""
LOCKED_OUT = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"}
"""Errors an administrator must mend; what was to be sent waits for that."""
LONGEST_PAUSE = 30.0


class LaidAside(Exception):
    """Slack does not take it now; the call and those after it are to be offered again later."""


class Sender:
    """``patience`` is how many seconds one call is offered before it is laid aside."""

    def __init__(
        self, client: AsyncWebClient, patience: float, pause: Callable[[float], Awaitable[Any]] = asyncio.sleep
    ) -> None:
        self.client = client
        self._patience = patience
        self._pause = pause
        self._direct: dict[str, str] = {}

    async def send(self, call: Call) -> dict[str, Any] | None:
        """Slack's answer, or None when Slack refuses the call for good. Raises LaidAside."""
        spent, tries = 0.0, 0
        while True:
            try:
                return await self._once(call["method"], dict(call["args"]))
            except SlackApiError as error:
                code = _code(error)
                if code in LOCKED_OUT:
                    log.error("Slack refuses the token (%s): run `coach doctor slack`", code)
                    raise LaidAside(code) from None
                wait = _wait(error, code, tries)
                if wait is None:
                    log.error("Slack refused %s: %s", call["method"], code)
                    return None
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
                code, wait = type(error).__name__, min(2.0**tries, LONGEST_PAUSE)
            if spent + wait > self._patience:
                log.error("Slack has not taken %s for %d seconds (%s)", call["method"], spent, code)
                raise LaidAside(code)
            log.warning("Slack did not take %s (%s); again in %d seconds", call["method"], code, wait)
            await self._pause(wait)
            spent, tries = spent + wait, tries + 1

    async def try_once(self, call: Call) -> bool:
        """For what is nice to have at once; False when it did not work."""
        try:
            await self._once(call["method"], dict(call["args"]))
        except (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            log.warning("Slack did not take %s (%s)", call["method"], type(error).__name__)
            return False
        return True

    async def _once(self, method: str, args: dict[str, Any]) -> dict[str, Any]:
        if str(args.get("channel", "")).startswith("@"):
            args["channel"] = await self._direct_channel(args["channel"][1:])
        if method == "upload":
            return await self._upload(**args)
        if method == "respond":
            answer = await AsyncWebhookClient(args.pop("url")).send_dict(args)
            if answer.status_code >= 500:
                raise aiohttp.ClientError(f"status {answer.status_code}")
            return {"ok": answer.status_code < 400}
        response = await self.client.api_call(method, json=args)
        return response.data if isinstance(response.data, dict) else {}

    async def _direct_channel(self, user: str) -> str:
        if user not in self._direct:
            response = await self.client.conversations_open(users=user)
            self._direct[user] = response["channel"]["id"]
        return self._direct[user]

    async def _upload(
        self, channel: str, name: str, title: str = "", svg: str = "", content: str = "", thread_ts: str | None = None
    ) -> dict[str, Any]:
        """A picture as PNG with its words beside it, or a text file."""
        data: bytes = await asyncio.to_thread(png, svg) if svg else content.encode()
        more: dict[str, Any] = {"alt_txt": title[:1000]} if svg else {}
        response = await self.client.files_upload_v2(
            channel=channel, filename=name, title=name if svg else title or name, file=data, thread_ts=thread_ts, **more
        )
        return response.data if isinstance(response.data, dict) else {}


def _code(error: SlackApiError) -> str:
    data = getattr(error.response, "data", None)
    return (
        str(data.get("error", "")) if isinstance(data, dict) else f"status {getattr(error.response, 'status_code', 0)}"
    )


def _wait(error: SlackApiError, code: str, tries: int) -> float | None:
    """Seconds until the next try: what Slack asks for, else longer each time. None when it would be no use."""
    status = getattr(error.response, "status_code", 0)
    headers = {k.lower(): v for k, v in (getattr(error.response, "headers", None) or {}).items()}
    asked = headers.get("retry-after", "")
    if status == 429 or code in PASSING or status >= 500:
        return float(asked) if str(asked).isdigit() else min(2.0**tries, LONGEST_PAUSE)
    return None
