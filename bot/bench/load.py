"""People at the other end: each writes, waits for the answer and writes again, over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

Say = Callable[[str, str, str], Awaitable[str]]
"""Conversation, text and message id to an answer; raises one of ``FAILED`` when there is none."""
FAILED = (OSError, EOFError, RuntimeError, asyncio.TimeoutError)


@dataclass
class Load:
    """``times`` in milliseconds, in the order of the turns; ``lost`` counts turns with no answer."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    lost: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def add(self, other: Load) -> None:
        self.times += other.times
        self.seconds += other.seconds
        self.lost += other.lost

    def quantile(self, share: float) -> float:
        return quantile(self.times, share)


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def one_person(say: Say, conversation: str, lines: Sequence[str], first: int = 0) -> Load:
    """One after the other; ``first`` numbers the messages on from an earlier call."""
    load, begin = Load(), time.perf_counter()
    for number, line in enumerate(lines, first):
        sent = time.perf_counter()
        try:
            await say(conversation, line, f"{conversation}-{number}")
        except FAILED:
            load.lost += 1
        load.times.append((time.perf_counter() - sent) * 1000)
    load.seconds = time.perf_counter() - begin
    return load


async def together(say: Say, people: int, turns: int, lines: Sequence[str], name: str) -> Load:
    """``people`` at once, each with ``turns`` messages of their own."""
    begin = time.perf_counter()
    each = await asyncio.gather(
        *(
            one_person(say, f"bench:{name}-{person}", [lines[(person * turns + t) % len(lines)] for t in range(turns)])
            for person in range(people)
        )
    )
    return Load([t for load in each for t in load.times], time.perf_counter() - begin, sum(load.lost for load in each))
