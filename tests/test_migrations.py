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


def test_what_hangs_on_a_row_is_found_by_an_index(engine: Engine) -> None:
    """Else to erase that row, or to ask what hangs on it, takes longer with every person held."""
    for table in tables(engine):
        there = inspect(engine)
        keys = [*there.get_unique_constraints(table), *there.get_indexes(table)]
        first = {key["column_names"][0] for key in keys} | {there.get_pk_constraint(table)["constrained_columns"][0]}
        hanging = {key["constrained_columns"][0] for key in there.get_foreign_keys(table)}
        assert hanging <= first, table


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
