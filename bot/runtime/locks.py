"""One turn at a time for each conversation, first come first served: in this process, or over Redis for several.

Rasa's own stores are not used. In memory, a second message waits in steps of a whole second. Over Redis, a ticket is
read, changed and written back in three calls, so two workers can be served at once, and each call stops the event loop.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError, RedisError, TimeoutError  # noqa: A004 - Redis's own, not Python's

from bot.database import StoreUnavailable

ALIVE = 10.0
"""Seconds after which a worker that was killed is taken to be dead, and the next message of that person goes on."""

LOOK = 0.02
"""Seconds between two looks at whose turn it is."""

TAKE = """
if ARGV[2] then
  redis.call('SET', KEYS[1] .. ':' .. ARGV[1], 1, 'PX', ARGV[2])
  redis.call('RPUSH', KEYS[1], ARGV[1])
  redis.call('EXPIRE', KEYS[1], 3600)
end
while true do
  local first = redis.call('LINDEX', KEYS[1], 0)
  if first == ARGV[1] then return 1 end
  if not first then return -1 end
  if redis.call('EXISTS', KEYS[1] .. ':' .. first) == 1 then return 0 end
  redis.call('LPOP', KEYS[1])
end
"""
"""With the milliseconds a sign of life lasts it joins the queue first; one call, as each costs a turn more than Redis.
1: it is ours. 0: someone alive is before us. -1: the queue was lost (Redis was started anew), so we queue again."""


LEAVE = """
redis.call('LREM', KEYS[1], 0, ARGV[1])
redis.call('DEL', KEYS[1] .. ':' .. ARGV[1])
"""
"""All of a ticket: a call that was tried again may have joined twice."""


class LocalLocks(LockStore):
    """For one process."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(conversation_id) or (asyncio.Lock(), 0)
        self._locks[conversation_id] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[conversation_id]
            if waiting > 1:
                self._locks[conversation_id] = (lock, waiting - 1)
            else:
                del self._locks[conversation_id]


class RedisLocks(LockStore):
    """A queue in Redis for each conversation. Who waits or holds keeps a key alive; the dead are passed over.

    Should Redis lose the queues while a turn is under way, a second turn of that conversation may start beside it; the
    number of a conversation's events is the key they are stored under, so only one of the two can be kept. Raises
    StoreUnavailable when Redis cannot be reached.
    """

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(
            url, socket_timeout=5, socket_connect_timeout=5, retry=Retry(ExponentialBackoff(cap=0.5), 3),
            retry_on_error=[ConnectionError, TimeoutError],
        )  # fmt: skip
        self._take, self._leave = self._redis.register_script(TAKE), self._redis.register_script(LEAVE)
        self._joining = LocalLocks()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        queue, ticket = f"coach:turn:{conversation_id}", uuid.uuid4().hex
        alive = asyncio.create_task(self._stay_alive(f"{queue}:{ticket}"))
        try:
            try:
                await self._wait(queue, ticket)
            except RedisError as error:
                raise StoreUnavailable(f"Redis failed: {error}") from error
            yield
        finally:
            alive.cancel()
            with suppress(RedisError, asyncio.TimeoutError):
                await self._leave(keys=[queue], args=[ticket])

    async def _wait(self, queue: str, ticket: str) -> None:
        served = -1
        while served != 1:
            if served == -1:
                # One after the other: of two calls under way, over connections of their own, the later may be first.
                async with self._joining.lock(queue):
                    served = int(await self._take(keys=[queue], args=[ticket, int(ALIVE * 1000)]))
            else:
                served = int(await self._take(keys=[queue], args=[ticket]))
            if served == 0:
                await asyncio.sleep(LOOK)

    async def _stay_alive(self, key: str) -> None:
        while True:
            await asyncio.sleep(ALIVE / 3)
            with suppress(RedisError):
                await self._redis.set(key, 1, px=int(ALIVE * 1000))
