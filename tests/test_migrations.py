"""Migrations go up and down on each kind of database, and make the very tables the code uses."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.database import migrate
from bot.experience.models import Base as Record
from bot.knowledge.models import Base as Knowledge
from bot.runtime.transcripts import Base as Transcripts


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_makes_every_table_with_every_column(engine: Engine) -> None:
    for base in (Record, Knowledge, Transcripts):
        for table in base.metadata.sorted_tables:
            there = {c["name"] for c in inspect(engine).get_columns(table.name)}
            assert there == {c.name for c in table.columns}, table.name


def test_down_takes_all_away_and_up_brings_it_back(engine: Engine) -> None:
    before = tables(engine)
    migrate(engine, "base")
    assert tables(engine) == set()
    migrate(engine)
    assert tables(engine) == before


def test_twice_changes_nothing(engine: Engine) -> None:
    before = tables(engine)
    migrate(engine)
    assert tables(engine) == before
