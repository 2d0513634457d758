"""Workers behind one socket share the connections."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import Iterator

import pytest

from bot.runtime.accepting import share


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


async def take(sock: socket.socket) -> None:
    has: set[object] = set()
    await share(sock, lambda: Named(has), lambda: len(has))


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """Two processes behind one socket."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen(256)
    workers = []
    for _ in range(2):
        pid = os.fork()
        if not pid:
            try:
                asyncio.run(take(sock))
            finally:
                os._exit(0)
        workers.append(pid)
    yield sock.getsockname()
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    sock.close()


async def test_of_connections_made_at_once_each_worker_takes_about_half(address: tuple[str, int]) -> None:
    made = await asyncio.gather(*(asyncio.open_connection(*address) for _ in range(40)))
    takers = Counter([await reader.readline() for reader, _ in made])
    for _, writer in made:
        writer.close()
    assert sum(takers.values()) == 40
    assert min(takers.values()) >= 14


async def test_one_that_has_many_leaves_the_next_to_the_other(address: tuple[str, int]) -> None:
    held = []
    first = await asyncio.open_connection(*address)
    busy = await first[0].readline()
    held.append(first)
    for _ in range(9):
        one = await asyncio.open_connection(*address)
        if await one[0].readline() == busy:
            held.append(one)
        else:
            one[1].close()  # the other has none again
            await asyncio.sleep(0.01)
    for _, writer in held:
        writer.close()
    assert len(held) <= 5
