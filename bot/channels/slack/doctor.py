"""Checks the Slack set-up and says what to mend: settings, tokens, scopes, events, clock."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from ruamel.yaml import YAML
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.app import check, quiet_logger
from bot.channels.slack.store import SlackStore
from bot.database import StoreUnavailable, make_engine
from bot.runtime.settings import ROOT, Settings

MANIFEST = ROOT / "deploy" / "slack-manifest.yml"
CLOCK_ALLOWED = 60
"""Seconds this machine's clock may differ: Slack's requests are refused from five minutes on."""


@dataclass(frozen=True)
class Finding:
    """``mend`` is empty when all is well."""

    about: str
    seen: str
    mend: str = ""

    @property
    def well(self) -> bool:
        return not self.mend


def manifest() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))
    return loaded


async def examine(settings: Settings, address: str = "") -> list[Finding]:
    """``address`` is where a running coach listens; with HTTP its answer to Slack's first request is tried too."""
    try:
        check(settings)
    except ValueError as error:
        return [Finding("settings", str(error), "Set it as docs/slack.md says, then run this again.")]
    found = [Finding("settings", f"Slack by {settings.slack_mode}")]
    checks: list[Callable[[Settings], Awaitable[list[Finding]]]] = [_token]
    if settings.slack_mode == "socket":
        checks.append(_socket)
    for each in checks:
        try:
            found += await each(settings)
        except SlackApiError as error:
            found.append(_refused(each.__name__.strip("_"), error))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            found.append(
                Finding("network", f"{settings.slack_api} cannot be reached ({type(error).__name__})",
                        "Allow outgoing HTTPS to slack.com, and wss-*.slack.com for Socket Mode, or set a proxy.")
            )  # fmt: skip
    if settings.slack_mode == "http" and address:
        found.append(await _handshake(settings, address))
    return [*found, *_events(settings)]


async def _token(settings: Settings) -> list[Finding]:
    client = AsyncWebClient(settings.slack_bot_token, base_url=settings.slack_api, logger=quiet_logger())
    response = await client.auth_test()
    headers = {k.lower(): v for k, v in (response.headers or {}).items()}
    found = [Finding("bot token", f"good for workspace {response.get('team')} ({response.get('team_id')})")]
    has = {s.strip() for s in headers.get("x-oauth-scopes", "").split(",") if s.strip()}
    wanted = set(manifest()["oauth_config"]["scopes"]["bot"])
    missing, spare = sorted(wanted - has), sorted(has - wanted)
    found.append(
        Finding("scopes", f"missing: {', '.join(missing)}",
                "Add them under OAuth & Permissions (or paste the manifest anew), then reinstall the app.")
        if missing
        else Finding("scopes", "all there" + (f"; not needed: {', '.join(spare)}" if spare else ""))
    )  # fmt: skip
    return [*found, _clock(headers.get("date", ""))]


def _clock(date: str) -> Finding:
    try:
        apart = abs((datetime.now(timezone.utc) - parsedate_to_datetime(date)).total_seconds())
    except (TypeError, ValueError):
        return Finding("clock", "Slack's answer has no date; not checked")
    if apart > CLOCK_ALLOWED:
        return Finding(
            "clock", f"{apart:.0f} seconds from Slack's",
            "Synchronise this machine's clock (NTP); Slack's requests look too old.",
        )  # fmt: skip
    return Finding("clock", f"within {CLOCK_ALLOWED} seconds of Slack's")


async def _socket(settings: Settings) -> list[Finding]:
    client = AsyncWebClient(base_url=settings.slack_api, logger=quiet_logger())
    response = await client.apps_connections_open(app_token=settings.slack_app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(response["url"], timeout=10) as socket:
        hello = await asyncio.wait_for(socket.receive_json(), 10)
    return [Finding("app token and socket", f"connected, Slack says {hello.get('type')}")]


async def _handshake(settings: Settings, address: str) -> Finding:
    """What Slack does when the request URL is saved."""
    body = json.dumps({"type": "url_verification", "challenge": "coach"})
    moment = str(int(time.time()))
    mac = hmac.new(settings.slack_signing_secret.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={mac.hexdigest()}",
    }
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{address.rstrip('/')}/slack/events", data=body, headers=headers) as response,
        ):
            text = await response.text()
            if response.status == 200 and "coach" in text:
                return Finding("request URL", f"{address} answers Slack's handshake")
            return Finding(
                "request URL", f"{address} answers with status {response.status}",
                "The running coach must have the same COACH_SLACK_SIGNING_SECRET and COACH_SLACK_MODE=http.",
            )  # fmt: skip
    except (aiohttp.ClientError, OSError) as error:
        return Finding(
            "request URL", f"{address} does not answer ({type(error).__name__})",
            "Start the coach, or give its address with --address.",
        )  # fmt: skip


def _refused(what: str, error: SlackApiError) -> Finding:
    code = str(error.response.get("error"))
    mend = {
        "invalid_auth": "Copy the token anew; it is not one of this app's.",
        "token_revoked": "Reinstall the app to the workspace and copy the new token.",
        "account_inactive": "The app or its user was removed: reinstall it and copy the new token.",
        "missing_scope": "Reinstall the app after adding the scopes of deploy/slack-manifest.yml.",
        "not_allowed_token_type": "For the app token use one that begins with xapp- and has connections:write.",
    }.get(code, "See the error's name in Slack's API documentation.")
    return Finding("app token and socket" if what == "socket" else "bot token", f"Slack answers {code}", mend)


def _events(settings: Settings) -> list[Finding]:
    """A bot token cannot read the subscriptions; what has arrived in the last week can be told."""
    try:
        seen = SlackStore(make_engine(settings.database_url)).last_seen()
    except StoreUnavailable as error:
        return [Finding("events", str(error), "Run `coach setup` to make the tables, and check COACH_DATABASE_URL.")]
    wanted = manifest()["settings"]["event_subscriptions"]["bot_events"]
    names = {"message.channels": "message.channel", "message.groups": "message.group"}
    arrived = [n for n in wanted if names.get(n, n) in seen]
    if not arrived:
        return [
            Finding(
                "events", "none has arrived in the last seven days",
                "Write to the coach in Slack. If nothing comes: compare Event Subscriptions with the manifest, "
                "and for HTTP check the request URL.",
            )
        ]  # fmt: skip
    unseen = [n for n in wanted if n not in arrived]
    return [Finding("events", f"arrived: {', '.join(arrived)}" + (f"; not yet: {', '.join(unseen)}" if unseen else ""))]
