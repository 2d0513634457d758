"""The server process: one Sanic application with every channel, the widget, the demo page and the operator's pages."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sanic import Sanic
from sanic.exceptions import MethodNotSupported, NotFound, PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, raw
from sanic.response import json as as_json
from sanic.server import AsyncioServer, HttpProtocol, Signal
from sqlalchemy import text

from bot.channels import slack, web
from bot.channels.web_problems import Problem
from bot.database import StoreUnavailable, session_scope
from bot.runtime.accepting import share
from bot.runtime.coach import Coach
from bot.runtime.metrics import MeasuredCoach, Metrics
from bot.runtime.settings import ROOT, Settings

log = logging.getLogger(__name__)

LARGEST_SLACK_BODY = 1024 * 1024
"""An edited message of 40,000 characters comes with its old text and both as blocks."""
GRACE = 10
"""Seconds an answer being made may take when the server is told to stop."""
ASSETS = ROOT / "bot" / "web"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
KNOWN_ERRORS = (
    (PayloadTooLarge, 413, "too_large"),
    (NotFound, 404, "unknown"),
    (MethodNotSupported, 405, "method"),
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""The demo page's policy: what the widget needs of a page, and nothing more."""


def register_channels(app: Sanic, coach: Coach, settings: Settings) -> None:
    """The one place where channels are put on the server."""
    app.blueprint(web.blueprint(settings, coach))
    if settings.slack_mode == "http":
        slack.mount(app, coach, settings)
    elif settings.slack_mode == "socket":
        _keep_slack_socket(app, coach, settings)
    elif settings.slack_mode != "off":
        raise ValueError(f"COACH_SLACK_MODE must be http, socket or off, not {settings.slack_mode!r}.")


def _keep_slack_socket(app: Sanic, coach: Coach, settings: Settings) -> None:
    @app.after_server_start
    async def connect(started: Sanic, _loop: object = None) -> None:
        started.ctx.slack = await slack.start_socket(coach, settings)

    @app.before_server_stop
    async def leave(stopping: Sanic, _loop: object = None) -> None:
        await stopping.ctx.slack.stop()


def create_app(settings: Settings, coach: Coach) -> Sanic:
    """Raises ValueError with a sentence for settings that would not be safe."""
    app = Sanic("coach", register=False, configure_logging=False)
    app.config.update(
        REQUEST_MAX_SIZE=LARGEST_SLACK_BODY if settings.slack_mode == "http" else web.LARGEST_BODY,
        RESPONSE_TIMEOUT=120,
        ACCESS_LOG=False,
    )
    metrics = Metrics()
    coach = MeasuredCoach(coach, metrics)
    _name_requests(app)
    _answer_errors(app, coach)
    _serve_operator(app, coach, metrics)
    _serve_assets(app, settings)
    register_channels(app, coach, settings)
    return app


def _name_requests(app: Sanic) -> None:
    @app.on_request
    async def name(request: Request) -> None:
        given = request.headers.get("x-request-id", "")
        request.ctx.id = given if re.fullmatch(r"[\w-]{1,64}", given, re.ASCII) else uuid.uuid4().hex

    @app.on_response
    async def protect(request: Request, response: HTTPResponse) -> None:
        response.headers["X-Request-ID"] = getattr(request.ctx, "id", "")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        response.headers.setdefault("Content-Security-Policy", POLICY)


def _answer_errors(app: Sanic, coach: Coach) -> None:
    def answer(request: Request, problem: Problem) -> HTTPResponse:
        if problem.status in (401, 403):
            log.warning("refused (%s) request %s", problem, getattr(request.ctx, "id", ""))
        message = coach.services.phrases.say(f"utter_web_{problem.code}", **problem.values)
        body = {"error": problem.code, "message": message, "request_id": getattr(request.ctx, "id", "")}
        headers = {"Retry-After": str(problem.values["seconds"])} if "seconds" in problem.values else {}
        return as_json(body, problem.status, headers=headers)

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        return answer(request, _problem(error, getattr(request.ctx, "id", "")))


def _problem(error: Exception, request_id: str) -> Problem:
    if isinstance(error, Problem):
        return error
    for kind, status, code in KNOWN_ERRORS:
        if isinstance(error, kind):
            return Problem(status, code)
    if isinstance(error, SanicException) and error.status_code < 500:
        return Problem(error.status_code, "malformed")
    if isinstance(error, StoreUnavailable):
        log.error("store unavailable, request %s: %s", request_id, error)
        return Problem(503, "unavailable")
    log.error("request %s failed", request_id, exc_info=error)
    return Problem(500, "failed")


def _serve_operator(app: Sanic, coach: Coach, metrics: Metrics) -> None:
    @app.get("/healthz")
    async def healthz(_request: Request) -> HTTPResponse:
        return as_json({"status": "alive"})

    @app.get("/readyz")
    async def readyz(_request: Request) -> HTTPResponse:
        found = {"model": coach.agent.is_ready(), **await asyncio.to_thread(_stores_ready, coach)}
        return as_json(
            {"status": "ready" if all(found.values()) else "not ready", **found}, 200 if all(found.values()) else 503
        )

    @app.get("/metrics")
    async def expose(_request: Request) -> HTTPResponse:
        return raw(metrics.exposed(), content_type="text/plain; version=0.0.4; charset=utf-8")

    @app.before_server_start
    async def attach(*_: object) -> None:
        metrics.attach()

    @app.after_server_stop
    async def detach(*_: object) -> None:
        metrics.detach()


def _stores_ready(coach: Coach) -> dict[str, bool]:
    def database() -> bool:
        with session_scope(coach.services.engine) as session:
            return bool(session.execute(text("SELECT 1")).scalar())

    def knowledge() -> bool:
        return bool(coach.services.knowledge.roles)

    found = {}
    for check in (database, knowledge):
        try:
            found[check.__name__] = check()
        except StoreUnavailable:
            found[check.__name__] = False
    return found


def _serve_assets(app: Sanic, settings: Settings) -> None:
    """The widget may be loaded by any page: it is public, and its API is not."""
    shared = {"/widget.js": ASSETS / "widget.js"}
    shared |= {f"/labels/{p.name}": p for p in (ASSETS / "labels").glob("*.json")}
    pages = dict(shared)
    if settings.web_demo == "yes":
        demo = ASSETS / "demo"
        pages |= {f"/demo/{p.name}": p for p in demo.iterdir() if p.suffix in TYPES} | {"/": demo / "index.html"}
    for address, path in pages.items():
        app.add_route(_asset(path, address in shared), address, name=f"asset {address}")


def _asset(path: Path, shared: bool):  # type: ignore[no-untyped-def]
    body = path.read_bytes()
    tag = f'"{uuid.uuid5(uuid.NAMESPACE_OID, body.hex()).hex}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if shared:
        headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}

    async def serve(request: Request) -> HTTPResponse:
        if request.headers.get("if-none-match") == tag:
            return HTTPResponse(status=304, headers=headers)
        return raw(body, headers=headers, content_type=TYPES[path.suffix])

    return serve


async def run(app: Sanic, sock: socket.socket, stop: asyncio.Event | None = None, shared: bool = False) -> None:
    """Serves until SIGTERM or SIGINT, then lets answers being made end. ``stop`` takes the signals' place.

    ``shared``: other workers take connections from ``sock`` too.
    """
    stop = stop or _stop_on_signal()
    server = await app.create_server(
        sock=sock, return_asyncio_server=True, asyncio_server_kwargs={"start_serving": False}
    )
    if server is None:
        raise OSError("The server could not be started.")
    await server.startup()
    await server.before_start()
    if shared:
        taking = asyncio.create_task(share(sock, _protocol(app, server), lambda: len(server.connections)))
    else:
        await server.start_serving()
    await server.after_start()
    await stop.wait()
    if shared:
        taking.cancel()
    server.close()
    await server.before_stop()
    for _ in range(GRACE * 10):
        for connection in list(server.connections):
            connection.close_if_idle()
        if not server.connections:
            break
        await asyncio.sleep(0.1)
    await server.after_stop()


def _protocol(app: Sanic, server: AsyncioServer) -> Callable[[], asyncio.Protocol]:
    """What Sanic makes for each connection it takes by itself (sanic.server.runners.serve)."""
    loop = asyncio.get_running_loop()
    return partial(HttpProtocol, loop=loop, connections=server.connections, signal=Signal(), app=app)


def _stop_on_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
