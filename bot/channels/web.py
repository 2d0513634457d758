"""The intranet's channel: send, history, reset, over JSON. Who writes is never the browser's to say."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as as_json

from bot.channels.web_identity import (
    COOKIE,
    COOKIE_LIFE,
    CookieIdentity,
    among,
    client_address,
    identity,
    networks,
    words,
)
from bot.channels.web_limits import Limiter
from bot.channels.web_problems import Problem
from bot.channels.web_render import rendered
from bot.runtime.coach import Coach, Incoming
from bot.runtime.settings import Settings
from bot.runtime.transcripts import Message, Transcripts

FIELDS = {"text", "payload", "message_id"}
MESSAGE_ID = re.compile(r"[\w-]{8,100}", re.ASCII)
LARGEST_BODY = 64 * 1024
LONGEST_PAYLOAD = 8000
PAGE = 50
ABANDONED = 60.0
"""Seconds after which a message another process took on is answered anew."""


class Desk:
    """Answers each message once, in the order in which a person's messages come."""

    def __init__(self, coach: Coach, several_processes: bool) -> None:
        self._coach = coach
        self._several = several_processes
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._at_work: set[asyncio.Task[list[dict[str, Any]]]] = set()

    @property
    def store(self) -> Transcripts:
        return self._coach.conversations

    def _lock(self, conversation: str) -> asyncio.Lock:
        return self._locks.setdefault(conversation, asyncio.Lock())

    async def answer(self, incoming: Incoming) -> list[dict[str, Any]]:
        """Goes on to its end when the asker hangs up, so that asking again finds the answer."""
        task = asyncio.create_task(self._answer(incoming))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return await asyncio.shield(task)

    async def _answer(self, incoming: Incoming) -> list[dict[str, Any]]:
        async with self._lock(incoming.conversation):
            kept = await self._kept(incoming)
            if kept is not None:
                return kept
            # Beside a payload the text is only what stood on the button, kept to be shown again.
            turn = await self._coach.take_turn(replace(incoming, text="") if incoming.payload else incoming)
            replies = [reply.to_dict() for reply in turn.replies]
            await asyncio.to_thread(self.store.keep_replies, incoming.conversation, incoming.message_id, replies)
            return replies

    async def _kept(self, incoming: Incoming) -> list[dict[str, Any]] | None:
        """The replies given before to this very message. One left unanswered by a process that died is answered now."""
        waited = 0.0
        while True:
            earlier = await asyncio.to_thread(
                self.store.claim, incoming.conversation, incoming.message_id, incoming.text, incoming.payload
            )
            if earlier is None or earlier.replies is not None:
                return earlier.replies if earlier else None
            if not self._several or waited >= ABANDONED:
                return None
            await asyncio.sleep(0.5)
            waited += 0.5

    async def reset(self, conversation: str) -> None:
        async with self._lock(conversation):
            await asyncio.to_thread(self.store.erase, conversation)

    async def close(self) -> None:
        """Waits for the answers being made."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=10)


class Channel:
    """The handlers of the addresses below ``/api/web``."""

    def __init__(self, settings: Settings, coach: Coach) -> None:
        self._settings = settings
        self._store = coach.conversations
        self._who = identity(settings)
        self._proxies = networks(settings.web_proxies)
        self._origins = set(words(settings.web_origins))
        if any(not re.fullmatch(r"https?://[^/*]+", origin) for origin in self._origins):
            raise ValueError("COACH_WEB_ORIGINS must hold whole origins such as https://intranet.example, and no *.")
        self._desk = Desk(coach, bool(settings.redis_url))
        self._people = Limiter(settings.web_person_per_minute)
        self._addresses = Limiter(settings.web_address_per_minute)

    async def guard(self, request: Request) -> None:
        """What is asked of every request: not too many, from a page that may, and as JSON (no form can send that)."""
        _slow_down(self._addresses.wait(client_address(request, self._proxies)))
        origin = request.headers.get("origin")
        if origin is not None and not self._allowed(request, origin):
            raise Problem(403, "origin", "origin not listed")
        if request.method == "POST":
            if origin is None and self._who.ambient:
                raise Problem(403, "origin", "no origin")
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise Problem(415, "not_json")

    def _allowed(self, request: Request, origin: str) -> bool:
        own = self._settings.web_public_url.rstrip("/")
        return origin in self._origins or (origin == own if own else urlsplit(origin).netloc == request.host)

    async def share(self, request: Request, response: HTTPResponse) -> None:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("origin")
        if origin in self._origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID"
            if self._who.ambient:
                response.headers["Access-Control-Allow-Credentials"] = "true"

    async def _conversation(self, request: Request) -> str:
        return f"web:{await self._who.person(request)}"

    async def session(self, request: Request) -> HTTPResponse:
        """Makes an anonymous person known by a cookie; in the other modes says whether the person is known."""
        response = as_json({"identity": self._settings.web_identity})
        try:
            await self._who.person(request)
        except Problem:
            if not isinstance(self._who, CookieIdentity):
                raise
            same_site = self._settings.web_cookie_samesite
            response.cookies[COOKIE] = self._who.new()
            response.cookies[COOKIE].update(
                {"httponly": True, "samesite": same_site, "path": "/api/web", "max-age": COOKIE_LIFE}
            )
            if same_site == "None" or self._secure(request):
                response.cookies[COOKIE]["secure"] = True
        return response

    def _secure(self, request: Request) -> bool:
        forwarded = request.headers.get("x-forwarded-proto", "") if among(request.ip, self._proxies) else ""
        return "https" in (request.scheme, forwarded) or self._settings.web_public_url.startswith("https://")

    async def send(self, request: Request) -> HTTPResponse:
        conversation = await self._conversation(request)
        incoming = _incoming(conversation, request)
        _slow_down(self._people.wait(conversation))
        replies = await self._desk.answer(incoming)
        return as_json({"message_id": incoming.message_id, "replies": _rendered(replies, incoming.message_id)})

    async def history(self, request: Request) -> HTTPResponse:
        """A page of messages, oldest first; ``before`` is the number the last page began with."""
        conversation = await self._conversation(request)
        before, limit = _number(request, "before"), min(_number(request, "limit") or PAGE, PAGE)
        page = await asyncio.to_thread(self._store.history, conversation, before, limit + 1)
        more = len(page) > limit
        return as_json({"messages": [_shown(m) for m in (page[1:] if more else page)], "more": more})

    async def reset(self, request: Request) -> HTTPResponse:
        """A new conversation; what is held about the person stays (they erase that in words)."""
        conversation = await self._conversation(request)
        _slow_down(self._people.wait(conversation))
        await self._desk.reset(conversation)
        return as_json({"messages": [], "more": False})

    async def finish(self, *_: Any) -> None:
        await self._desk.close()


def blueprint(settings: Settings, coach: Coach) -> Blueprint:
    """Raises ValueError with a sentence for settings that would not be safe."""
    channel = Channel(settings, coach)
    bp = Blueprint("web", url_prefix="/api/web")
    for path, method, handler in (
        ("/session", "POST", channel.session),
        ("/messages", "POST", channel.send),
        ("/history", "GET", channel.history),
        ("/reset", "POST", channel.reset),
    ):
        # Sanic puts attributes on handlers, which a bound method cannot take; below it takes methods by decorator only.
        bp.add_route(partial(handler), path, methods=[method], name=path[1:])
        bp.add_route(_preflight, path, methods=["OPTIONS"], name=f"preflight_{path[1:]}")
    bp.middleware("request")(channel.guard)
    bp.middleware("response")(channel.share)
    bp.listener("before_server_stop")(channel.finish)
    return bp


async def _preflight(_request: Request) -> HTTPResponse:
    headers = {
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": "600",
    }
    return HTTPResponse(status=204, headers=headers)


def _slow_down(seconds: int) -> None:
    if seconds:
        raise Problem(429, "slow_down", seconds=seconds)


def _incoming(conversation: str, request: Request) -> Incoming:
    if len(request.body) > LARGEST_BODY:
        raise Problem(413, "too_large")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Problem(400, "malformed") from None
    if not isinstance(body, dict) or set(body) - FIELDS or not all(isinstance(v, str) for v in body.values()):
        raise Problem(400, "wrong_field")
    text, payload = body.get("text", ""), body.get("payload", "")
    if not MESSAGE_ID.fullmatch(body.get("message_id", "")) or not body.keys() & {"text", "payload"}:
        raise Problem(400, "wrong_field")
    if len(payload) > LONGEST_PAYLOAD:
        raise Problem(413, "too_large")
    # PostgreSQL keeps no NUL, and half a surrogate pair cannot be written as UTF-8.
    text, payload = (part.replace("\0", " ").encode("utf-8", "replace").decode() for part in (text, payload))
    return Incoming(conversation, text, payload, body["message_id"])


def _number(request: Request, name: str) -> int | None:
    value = request.args.get(name)
    if value is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
        raise Problem(400, "wrong_field")
    return int(value)


def _rendered(replies: list[dict[str, Any]], message_id: str) -> list[dict[str, Any]]:
    return [rendered(reply, f"{message_id}:{n}") for n, reply in enumerate(replies)]


def _shown(message: Message) -> dict[str, Any]:
    return {
        "number": message.number,
        "message_id": message.message_id,
        "text": message.text,
        "payload": message.payload,
        "sent_at": message.sent_at.isoformat(),
        "replies": _rendered(message.replies or [], message.message_id),
        "answered": message.replies is not None,
    }
