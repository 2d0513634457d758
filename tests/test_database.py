"""Connections that die unseen, and reading that writes nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from bot import database
from bot.database import StoreUnavailable, looking, transaction
from bot.runtime.transcripts import Conversation

MINE = text("SELECT pg_backend_pid()")


def end_connections_of(engine: Engine, killer: Engine) -> None:
    """As a restart of the server would; the pool is not told."""
    with transaction(engine) as connection:
        mine = connection.execute(MINE).scalar()
    with transaction(killer) as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})


@pytest.fixture
def killer(postgres_url: str) -> Iterator[Engine]:
    made = database.make_engine(postgres_url)
    yield made
    made.dispose()


@pytest.mark.postgres
def test_a_connection_that_died_while_idle_is_replaced(
    postgres_engine: Engine, killer: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "IDLE", 0.0)
    end_connections_of(postgres_engine, killer)
    with looking(postgres_engine) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


@pytest.mark.postgres
def test_one_that_died_in_use_is_said_once_and_then_replaced(
    postgres_engine: Engine, killer: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "IDLE", 1_000.0)
    end_connections_of(postgres_engine, killer)
    with pytest.raises(StoreUnavailable), looking(postgres_engine) as connection:
        connection.execute(text("SELECT 1"))
    with looking(postgres_engine) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_after_reading_a_connection_writes_in_transactions_again(engine: Engine) -> None:
    """Both kinds share a pool: a connection given back must not go on committing each statement."""
    with looking(engine) as connection:
        connection.execute(text("SELECT 1"))
    row = {"sender_id": "a", "length": 0, "slots": {}, "changed_at": datetime.now(timezone.utc)}
    with suppress(ZeroDivisionError), transaction(engine) as connection:
        connection.execute(insert(Conversation.__table__), row)
        _ = 1 / 0
    with looking(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM conversation")).scalar() == 0


def test_writers_wait_for_each_other_where_there_can_be_one_and_nowhere_else(engine: Engine) -> None:
    """SQLite would let both begin, and have one ask again and again."""
    inside = threading.Event()

    def write() -> None:
        with transaction(engine):
            inside.set()

    second = threading.Thread(target=write)
    with transaction(engine):
        second.start()
        one_writer = engine.dialect.name == "sqlite"
        assert inside.wait(0.3 if one_writer else 10) is not one_writer
    second.join(10)
    assert inside.is_set()
