"""Rate limits: so many a minute for each key, with a burst of the same size. Per process, in memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

KEYS = 50_000
"""Keys remembered; the ones longest unused are forgotten first, which only ever gives somebody a fresh allowance."""


class Limiter:
    """A token bucket a key: an allowance that refills evenly."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Takes one from the allowance of ``key``: 0, or how many seconds to wait when it is used up."""
        now = self._clock()
        left, at = self._buckets.pop(key, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - at) * self._per_minute / 60)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        if len(self._buckets) > KEYS:
            self._buckets.popitem(last=False)
        return 0 if allowed else ceil((1 - left) * 60 / self._per_minute)
