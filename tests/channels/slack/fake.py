"""A Slack of our own: the Web API and a Socket Mode server, on a real port, that keeps every call."""

from __future__ import annotations

import asyncio
import json
import urllib.parse
from typing import Any

from aiohttp import WSMsgType, web

TEAM, BOT, USER = "T0HOME", "U0BOT", "U0ALICE"
SCOPES = "app_mentions:read,assistant:write,channels:history,chat:write,commands,files:write,groups:history,im:history,im:write"  # noqa: E501


class FakeSlack:
    """``calls`` are (method, args) as they came. ``fail`` maps a method to answers given before it works again."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.uploads: list[bytes] = []
        self.fail: dict[str, list[Any]] = {}
        self.scopes = SCOPES
        self.enterprise: str | None = None
        self.date: str | None = None
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: list[dict[str, Any]] = []
        self.connected = asyncio.Event()
        self.changed = asyncio.Condition()
        self._ts = 0
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> FakeSlack:
        app = web.Application(client_max_size=20_000_000)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/upload", self._uploaded)
        app.router.add_get("/socket", self._socket)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    async def stop(self) -> None:
        for ws in self.sockets:
            await ws.close()
        assert self._runner
        await self._runner.cleanup()

    def of(self, method: str) -> list[dict[str, Any]]:
        return [args for name, args in self.calls if name == method]

    @property
    def posts(self) -> list[dict[str, Any]]:
        return self.of("chat.postMessage")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            args = await request.json()
        else:
            args = dict(urllib.parse.parse_qsl(await request.text()))
        args = {**request.query, **args}
        args.pop("token", None)
        async with self.changed:
            self.calls.append((method, args))
            self.changed.notify_all()
        headers = {"x-oauth-scopes": self.scopes, **({"Date": self.date} if self.date else {})}
        if self.fail.get(method):
            failure = self.fail[method].pop(0)
            if isinstance(failure, str):
                return web.json_response({"ok": False, "error": failure}, headers=headers)
            status, more = failure
            return web.json_response({"ok": False, "error": "ratelimited"}, status=status, headers={**headers, **more})
        return web.json_response({"ok": True, **self._answer(method, args)}, headers=headers)

    def _answer(self, method: str, args: dict[str, Any]) -> dict[str, Any]:
        if method == "auth.test":
            own = {"team_id": TEAM, "enterprise_id": self.enterprise} if self.enterprise else {"team_id": TEAM}
            return {**own, "user_id": BOT, "bot_id": "B0BOT", "team": "home", "url": self.url}
        if method == "conversations.open":
            return {"channel": {"id": f"D{args['users']}"}}
        if method in ("chat.postMessage", "chat.update"):
            self._ts += 1
            return {"channel": args["channel"], "ts": args.get("ts") or f"2000000000.{self._ts:06}"}
        if method == "files.getUploadURLExternal":
            return {"upload_url": f"{self.url}/upload", "file_id": f"F{len(self.calls)}"}
        if method == "files.completeUploadExternal":
            return {"files": [{"id": f["id"]} for f in json.loads(args["files"])]}
        if method == "apps.connections.open":
            return {"url": self.url.replace("http", "ws") + "/socket"}
        return {}

    async def _uploaded(self, request: web.Request) -> web.Response:
        self.uploads.append(await request.read())
        return web.Response(text="OK")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        self.sockets.append(ws)
        await ws.send_json({"type": "hello", "num_connections": 1, "debug_info": {}})
        self.connected.set()
        async for message in ws:
            if message.type == WSMsgType.TEXT:
                async with self.changed:
                    self.acknowledged.append(json.loads(message.data))
                    self.changed.notify_all()
        return ws

    async def push(self, envelope_id: str, payload: dict[str, Any], kind: str = "events_api") -> None:
        """Over the newest socket, as Slack does."""
        message = {"envelope_id": envelope_id, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self.sockets[-1].send_json(message)

    async def until(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        async with self.changed:
            await self.changed.wait_for(lambda: len(self.of(method)) >= count)
        return self.of(method)
