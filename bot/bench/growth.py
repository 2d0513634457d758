"""Databases of many sizes: the knowledge many times over, and many people held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from bot.database import session_scope
from bot.experience.models import FactRow, Identity, PersonRow, StatementRow
from bot.knowledge.models import KnowledgeItem

AT_ONCE = 5_000
MANY = ("sources", "competencies", "resources", "advice", "certifications", "considerations")
"""Kinds a curator adds to without end; roles, questions and terms are a fixed vocabulary that a model is trained on."""

FACTS = (
    (1, {"position": 1, "kind": "role", "fact_id": "pmo_manager", "polarity": "has", "text": "5 years a PMO manager"}),
    (2, {"position": 2, "kind": "certification", "fact_id": "pmp", "polarity": "lacks", "text": "no PMP"}),
)


def multiply_knowledge(engine: Engine, times: int) -> int:
    """Every item of the growing kinds ``times`` times, under ids of its own; how many items there are then."""
    table = KnowledgeItem.__table__
    with session_scope(engine) as session:
        rows = [dict(r._mapping) for r in session.execute(select(table).order_by(table.c.position))]
        copies = [_copy(row, n, len(rows)) for n in range(1, times) for row in rows if row["kind"] in MANY]
        if copies:
            session.execute(insert(table), copies)
    return len(rows) + len(copies)


def _copy(row: dict[str, Any], number: int, rows: int) -> dict[str, Any]:
    name = f"{row['id']}-{number}"
    return {**row, "id": name, "body": {**row["body"], "id": name}, "position": row["position"] + number * rows}


def add_people(engine: Engine, first: int, last: int) -> None:
    """People numbered from ``first`` to ``last``, each with an identity, a statement and two facts."""
    numbers = iter(range(first, last))
    now = datetime.now(timezone.utc)
    while chunk := list(islice(numbers, AT_ONCE)):
        with session_scope(engine) as session:
            for table, rows in _rows(chunk, now):
                session.execute(insert(table), rows)


def _rows(numbers: list[int], now: datetime) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    ids = [f"{n:032x}" for n in numbers]
    yield PersonRow.__table__, [{"id": i, "first_seen": now, "preferences": {}} for i in ids]
    yield Identity.__table__, [{"channel": "bench", "external_id": f"held-{i}", "person": i} for i in ids]
    said = {"message_id": "1", "text": "5 years a PMO manager, no PMP", "said_at": now}
    yield StatementRow.__table__, [{"id": i, "person": i, "conversation": f"bench:held-{i}", **said} for i in ids]
    yield FactRow.__table__, [{"id": f"{i[1:]}{n}", "person": i, "statement": i, **f} for i in ids for n, f in FACTS]
