"""One turn at a time, first come first served, whoever dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from rasa.core.lock_store import LockStore

from bot.database import StoreUnavailable
from bot.runtime import locks
from bot.runtime.locks import LocalLocks, RedisLocks
from tests.runtime.conftest import RedisServer


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.redis)])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[tuple[LockStore, LockStore]]:
    """The stores of two workers; in one process they are the same."""
    if request.param == "local":
        one = LocalLocks()
        yield one, one
        return
    server: RedisServer = request.getfixturevalue("redis_server")
    yield RedisLocks(server.url), RedisLocks(server.url)


async def test_turns_of_one_person_follow_one_another_in_the_order_they_came(
    pair: tuple[LockStore, LockStore],
) -> None:
    served: list[int] = []
    at_work = 0
    for store in pair:  # to be connected, which may take longer than the steps below
        async with store.lock("web:first"):
            pass

    async def turn(number: int) -> None:
        nonlocal at_work
        async with pair[number % 2].lock("web:ada"):
            at_work += 1
            assert at_work == 1
            await asyncio.sleep(0.005)
            served.append(number)
            at_work -= 1

    turns = []
    for number in range(12):
        turns.append(asyncio.create_task(turn(number)))
        await asyncio.sleep(0.02)  # so that there is an order in which they came
    await asyncio.gather(*turns)
    assert served == list(range(12))


@pytest.mark.redis
async def test_a_slow_connection_lets_no_later_message_of_the_same_process_go_first(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, served, delays = RedisLocks(redis_server.url), list[int](), iter([0.05])
    take = store._take

    async def slow_at_first(**kwargs: Any) -> Any:
        await asyncio.sleep(next(delays, 0.0))
        return await take(**kwargs)

    async def turn(number: int) -> None:
        async with store.lock("web:ada"):
            served.append(number)

    monkeypatch.setattr(store, "_take", slow_at_first)
    await asyncio.gather(*(turn(number) for number in range(4)))
    assert served == [0, 1, 2, 3]


async def test_people_do_not_wait_for_each_other(pair: tuple[LockStore, LockStore]) -> None:
    async def ben() -> str:
        async with pair[1].lock("web:ben"):
            return "answered"

    async with pair[0].lock("web:ada"):
        assert await asyncio.wait_for(ben(), 10) == "answered"


async def test_a_failed_turn_lets_the_next_in(pair: tuple[LockStore, LockStore]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with pair[0].lock("web:ada"):
            raise ZeroDivisionError
    async with pair[1].lock("web:ada"):
        pass


async def test_nothing_is_left_of_a_conversation_that_is_over() -> None:
    local = LocalLocks()
    async with local.lock("web:ada"):
        pass
    assert local._locks == {}


@pytest.mark.redis
async def test_the_turn_of_a_worker_that_died_is_passed_over(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "ALIVE", 0.3)
    dead, alive = RedisLocks(redis_server.url), RedisLocks(redis_server.url)
    held = dead.lock("web:ada")
    await held.__aenter__()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()  # what kept its place alive is gone, and it will never leave by itself
    async with alive.lock("web:ada"):
        pass


@pytest.mark.redis
async def test_a_turn_longer_than_a_dead_worker_is_waited_for_is_not_cut_in_on(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "ALIVE", 0.3)
    one, other = RedisLocks(redis_server.url), RedisLocks(redis_server.url)
    order: list[str] = []

    async def slow() -> None:
        async with one.lock("web:ada"):
            await asyncio.sleep(1)
            order.append("slow")

    async def quick() -> None:
        async with other.lock("web:ada"):
            order.append("quick")

    first = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    await asyncio.gather(first, quick())
    assert order == ["slow", "quick"]


@pytest.mark.redis
async def test_a_lost_redis_is_said_and_a_restarted_one_is_used(redis_server: RedisServer) -> None:
    store = RedisLocks(redis_server.url)
    async with store.lock("web:ada"):
        redis_server.kill()  # in mid-turn: the turn ends as if nothing had been
    with pytest.raises(StoreUnavailable):
        async with store.lock("web:ada"):
            pass
    redis_server.start()
    async with store.lock("web:ada"):
        pass
