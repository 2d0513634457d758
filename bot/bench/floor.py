"""The work no design avoids: encode the words once, classify them once, commit what was said and what was answered."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.bench.load import Load
from bot.nlu.understanding import Understanding

STATEMENT = text("INSERT INTO floor_statement (person, words) VALUES (:person, :words)")
EVENT = text("INSERT INTO floor_event (conversation, data) VALUES (:conversation, :data)")
EVENTS = 8
"""Of a usual turn."""


class Floor:
    """In this process, with no HTTP and no Rasa."""

    def __init__(self, model: Path, engine: Engine) -> None:
        self._comprehension = Understanding.load(model).comprehension
        self._engine = engine
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE floor_statement (id INTEGER PRIMARY KEY, person TEXT, words TEXT)"))
            connection.execute(text("CREATE TABLE floor_event (id INTEGER PRIMARY KEY, conversation TEXT, data TEXT)"))

    def turns(self, lines: Sequence[str]) -> Load:
        load = Load()
        for line in lines:
            begin = time.perf_counter()
            self._comprehension.model.probabilities([line], self._comprehension.encoder.encode([line]))
            with self._engine.begin() as connection:
                connection.execute(STATEMENT, {"person": "p", "words": line})
            with self._engine.begin() as connection:
                connection.execute(EVENT, [{"conversation": "c", "data": line * 3}] * EVENTS)
            load.times.append((time.perf_counter() - begin) * 1000)
        load.seconds = sum(load.times) / 1000
        return load
