"""The coach behind the plainest HTTP there is: what is measured is the coach, not a channel's ways.

POST /turn with conversation, text and message_id answers with the replies, as :meth:`Coach.take_turn` gave them.
"""

from __future__ import annotations

import asyncio
import os
import socket

from aiohttp import web

from bot.runtime.accepting import share
from bot.runtime.settings import Settings


def listen(port: int) -> socket.socket:
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    sock.listen(256)
    return sock


async def serve(settings: Settings, model: str, sock: socket.socket, shared: bool = False) -> None:
    """Until cancelled."""
    from bot.runtime.coach import Coach, Incoming

    coach = await Coach.start(settings, model)

    async def turn(request: web.Request) -> web.Response:
        said = await request.json()
        came = await coach.take_turn(Incoming(said["conversation"], said["text"], message_id=said["message_id"]))
        answer = {"replies": [r.to_dict() for r in came.replies], "intents": came.intents, "worker": os.getpid()}
        return web.json_response(answer)

    app = web.Application()
    app.router.add_post("/turn", turn)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    server = runner.server
    if shared and server is not None:
        await share(sock, server, lambda: len(server.connections))
    await web.SockSite(runner, sock).start()
    await asyncio.Event().wait()


def main(port: int, workers: int, model: str) -> None:
    from bot.runtime.workers import supervise

    settings, sock = Settings.from_environment(), listen(port)
    if workers == 1:
        asyncio.run(serve(settings, model, sock))
    else:
        supervise(workers, lambda: asyncio.run(serve(settings, model, sock, shared=True)))


if __name__ == "__main__":
    import sys

    from bot.runtime.quiet import prepare

    prepare()
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
