"""A whole turn in one thread: what waits is short, and each hand-over between threads costs more than it spares.

Rasa's turn is written as coroutines. With stores and actions that answer at once none of them ever waits, so that a
thread can run one from its first line to its last; the event loop meanwhile serves everybody else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

AT_ONCE = 2
"""Turns under way in a process: one computes while the encoder or the database works for the other. More only take the
interpreter from each other."""
AT_ONCE_ELSEWHERE = 8
"""The same where an action server answers, which is waited for."""


class Turns:
    def __init__(self, at_once: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, "turn")

    async def take(self, work: Coroutine[Any, Any, T]) -> T:
        """What ``work`` gives. Once begun it is brought to its end, whoever has stopped waiting for it."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, driven, work)


def driven(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine that never waits. Raises RuntimeError when it does: nothing here would ever wake it."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("A turn waited for the event loop, which its thread does not have.")
