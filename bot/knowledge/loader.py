"""Files into the store: checked whole, then loaded whole, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.database import session_scope
from bot.knowledge.checks import check
from bot.knowledge.content import KINDS, Knowledge
from bot.knowledge.models import CertificationFigure, KnowledgeItem, KnowledgeVersion
from bot.knowledge.reading import Mistake, assemble, read_folder
from bot.knowledge.schema import Certification, Figure


@dataclass(frozen=True)
class Loaded:
    """``changed`` is false when this very content was in force already; with mistakes nothing was touched."""

    version: str = ""
    changed: bool = False
    mistakes: list[Mistake] = field(default_factory=list)


def examine(folder: Path) -> tuple[Knowledge | None, list[Mistake]]:
    """The content of ``folder``, or every mistake in it."""
    placed, mistakes = read_folder(folder)
    if not mistakes:
        mistakes = check(placed)
    return (None, sorted(mistakes)) if mistakes else (assemble(placed), [])


def load(engine: Engine, folder: Path) -> Loaded:
    """All or nothing. Raises StoreUnavailable when the database cannot be written; the former content stays."""
    knowledge, mistakes = examine(folder)
    if knowledge is None:
        return Loaded(mistakes=mistakes)
    with session_scope(engine) as session:
        row = session.execute(select(KnowledgeVersion).with_for_update()).scalar_one_or_none()
        if row is not None and row.version == knowledge.version:
            return Loaded(knowledge.version)
        _write(session, knowledge)
        session.merge(KnowledgeVersion(id=1, version=knowledge.version, loaded_at=datetime.now(timezone.utc)))
    return Loaded(knowledge.version, changed=True)


def _write(session: Session, knowledge: Knowledge) -> None:
    session.execute(delete(KnowledgeItem))
    session.execute(delete(CertificationFigure))
    for kind in KINDS:
        for position, (id_, item) in enumerate(getattr(knowledge, kind).items()):
            body = json.loads(item.json(by_alias=True))
            session.add(
                KnowledgeItem(
                    kind=kind, id=id_, position=position, body=body, checked_on=getattr(item, "checked_on", None)
                )
            )
            if isinstance(item, Certification):
                session.add_all(CertificationFigure(certification=id_, **row) for row in figures(item))


def figures(item: Certification) -> Iterator[dict[str, Any]]:
    """Every number of a certification with where it stands and until when it may be quoted."""
    named: list[tuple[str, Figure | None]] = [
        (n, getattr(item, n)) for n in ("eligibility", "exam", "renewal", "preparation")
    ]
    named += [(f"fees.{n}", fee) for n, fee in enumerate(item.fees)]
    for name, figure in named:
        if figure is None:
            continue
        for path, value in _numbers(name, json.loads(figure.json(by_alias=True))):
            yield {
                "path": path,
                "value": float(value),
                "currency": getattr(figure, "currency", None),
                "approximate": bool(getattr(figure, "about", False)),
                "source": figure.source,
                "checked_on": figure.checked_on,
                "expires_on": figure.expires_on,
            }


def _numbers(path: str, value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(f"{path}.{key}", part)
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _numbers(f"{path}.{n}", part)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value
