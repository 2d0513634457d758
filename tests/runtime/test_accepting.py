"""Workers behind one socket share the connections."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.runtime import accepting
from bot.runtime.accepting import share
from bot.runtime.settings import ROOT


class Named(asyncio.Protocol):
    """Says which process took the connection."""

    def __init__(self, has: set[object]) -> None:
        self.has = has

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.has.add(self)
        assert isinstance(transport, asyncio.Transport)
        transport.write(f"{os.getpid()}\n".encode())

    def connection_lost(self, error: Exception | None) -> None:
        self.has.discard(self)


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """Two processes behind one socket, each started anew: a fork of a process with threads may hang."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(256)
    command = [sys.executable, "-m", __name__, str(sock.fileno())]
    workers = [
        subprocess.Popen(command, cwd=ROOT, pass_fds=[sock.fileno()], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    yield sock.getsockname()
    for worker in workers:
        worker.kill()
        worker.communicate()
    sock.close()


async def asked(reader: asyncio.StreamReader) -> bytes:
    return await asyncio.wait_for(reader.readline(), 20)


async def test_of_connections_made_at_once_each_worker_takes_about_half(address: tuple[str, int]) -> None:
    made = await asyncio.gather(*(asyncio.open_connection(*address) for _ in range(40)))
    takers = Counter([await asked(reader) for reader, _ in made])
    for _, writer in made:
        writer.close()
    assert sum(takers.values()) == 40
    assert min(takers.values()) >= 14


async def test_one_that_has_many_leaves_the_next_to_the_other(address: tuple[str, int]) -> None:
    held = []
    first = await asyncio.open_connection(*address)
    busy = await asked(first[0])
    held.append(first)
    for _ in range(9):
        one = await asyncio.open_connection(*address)
        if await asked(one[0]) == busy:
            held.append(one)
        else:
            one[1].close()  # the other has none again
            await asyncio.sleep(0.01)
    for _, writer in held:
        writer.close()
    assert len(held) <= 5


async def take(sock: socket.socket) -> None:
    accepting.DEFERENCE = 0.01  # on a busy machine the other may not even be awake within half a millisecond
    has: set[object] = set()
    print("ready", flush=True)
    await share(sock, lambda: Named(has), lambda: len(has))


if __name__ == "__main__":
    asyncio.run(take(socket.socket(fileno=int(sys.argv[1]))))
