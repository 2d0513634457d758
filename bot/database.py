"""Engines, sessions and migrations, the same for every store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
MIGRATION_LOCK = 7_202_611
"""Any number of our own; PostgreSQL's advisory locks are known by one."""


IDLE = 1.0
"""Seconds after which a connection may have died unseen."""


class StoreUnavailable(Exception):
    """The database cannot be read or written just now; the message says why in a sentence."""


def make_engine(url: str) -> Engine:
    """An engine that notices dead connections; SQLite with foreign keys, a write-ahead log and patience."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        engine = create_engine(url, future=True, pool_recycle=1800, pool_size=10, max_overflow=10)
        _look_after(engine)
        return engine
    in_a_file = parsed.database not in (None, "", ":memory:")
    if in_a_file:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # SQLAlchemy would open a SQLite file anew for every transaction, and a turn has several.
    pool = {"poolclass": QueuePool, "pool_size": 10, "max_overflow": 10} if in_a_file else {}
    engine = create_engine(url, future=True, connect_args={"timeout": 10, "check_same_thread": False}, **pool)

    @event.listens_for(engine, "connect")
    def configure(connection, _record):  # type: ignore[no-untyped-def]
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA cache_size=-512")  # of each connection; the system keeps the file at hand anyway
        with suppress(Exception):  # a read-only file keeps the mode it has
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.close()

    return engine


def _look_after(engine: Engine) -> None:
    """A connection that has been idle is tried before it is used.

    SQLAlchemy's own pre-ping tries each at every use, which is a third of all a turn asks of PostgreSQL.
    """

    @event.listens_for(engine, "checkin")
    def put_back(_connection, record):  # type: ignore[no-untyped-def]
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def try_out(connection, record, _proxy):  # type: ignore[no-untyped-def]
        idle = time.monotonic() - record.info.get("used", float("inf"))
        if IDLE < idle < float("inf") and not engine.dialect.do_ping(connection):
            raise DisconnectionError


@contextmanager
def session_scope(engine: Engine) -> Iterator[Session]:
    """A transaction: committed at the end, undone on any error. Raises StoreUnavailable when the database fails."""
    with _failing_loudly(engine), Session(engine, future=True) as session, session.begin():
        yield session


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """The same with no objects kept for rows, for what every turn does: a session costs more than the database."""
    with _failing_loudly(engine), _in_turn(engine), engine.begin() as connection:
        yield connection


_writers: WeakKeyDictionary[Engine, RLock] = WeakKeyDictionary()


def _in_turn(engine: Engine) -> AbstractContextManager[Any]:
    """SQLite has one writer, and lets others ask again after some milliseconds; here the next goes on at once."""
    sqlite = engine.dialect.name == "sqlite"
    return _writers.setdefault(engine, RLock()) if sqlite else nullcontext()


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """For reading alone: with no transaction, which PostgreSQL is told of before and after in calls of their own."""
    with _failing_loudly(engine), engine.connect() as connection:
        # SQLite begins one only to write.
        sqlite = engine.dialect.name == "sqlite"
        yield connection if sqlite else connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def _failing_loudly(engine: Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise StoreUnavailable(f"The database at {engine.url.host or engine.url.database} failed: {cause}") from error


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings the tables to ``revision`` ("base" removes them). Several processes may call it at once."""
    with _one_at_a_time(engine) as connection:
        _alembic(connection, "downgrade" if revision == "base" else "upgrade", revision)


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[Connection]:
    with transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        yield connection


def _alembic(connection: Connection, direction: str, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    getattr(command, direction)(config, revision)
