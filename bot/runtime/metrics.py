"""What an operator watches: turns, their length, what was not understood, what failed."""

from __future__ import annotations

import logging
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.runtime.coach import Coach, Incoming, Turn

NOT_UNDERSTOOD = {"not_understood", "nlu_fallback"}
SECONDS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8)
REPORTERS = ("actions.base", "bot.runtime.coach")
"""Where a failed answer or turn is logged."""


class Metrics(logging.Handler):
    """Counters of this process. As a log handler it counts failures where they are logged, by the intent they name."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.registry = CollectorRegistry()
        self._turns = Counter("coach_turns", "Messages answered", ["channel"], registry=self.registry)
        self._seconds = Histogram(
            "coach_turn_seconds", "Seconds a message took", ["channel"], buckets=SECONDS, registry=self.registry
        )
        self._fallbacks = Counter("coach_fallbacks", "Messages not understood", ["channel"], registry=self.registry)
        self._failures = Counter("coach_failures", "Answers that failed", ["action"], registry=self.registry)

    def attach(self) -> None:
        for name in REPORTERS:
            logging.getLogger(name).addHandler(self)

    def detach(self) -> None:
        for name in REPORTERS:
            logging.getLogger(name).removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self._failures.labels(getattr(record, "intent", record.getMessage())).inc()

    def observe(self, channel: str, seconds: float, turn: Turn) -> None:
        self._turns.labels(channel).inc()
        self._seconds.labels(channel).observe(seconds)
        if NOT_UNDERSTOOD & set(turn.intents):
            self._fallbacks.labels(channel).inc()

    def exposed(self) -> bytes:
        return generate_latest(self.registry)


class MeasuredCoach(Coach):
    """A coach whose turns are counted, whatever the channel."""

    def __init__(self, coach: Coach, metrics: Metrics) -> None:
        super().__init__(coach.agent, coach.services)
        self._coach = coach
        self._metrics = metrics

    async def take_turn(self, incoming: Incoming) -> Turn:
        began = perf_counter()
        turn = await self._coach.take_turn(incoming)
        self._metrics.observe(incoming.conversation.split(":")[0], perf_counter() - began, turn)
        return turn
