"""The content in force, read once a version and kept in memory."""

from __future__ import annotations

import time
from threading import Lock

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.database import StoreUnavailable, session_scope
from bot.knowledge.content import KINDS, Knowledge
from bot.knowledge.models import KnowledgeItem, KnowledgeVersion

LOOK_AGAIN = 5.0
"""Seconds after which the version is asked for again."""


class KnowledgeStore:
    """Hands out the content as one read-only object; while the database is away, the last one read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._held: Knowledge | None = None
        self._looked_at = float("-inf")

    def knowledge(self) -> Knowledge:
        """Raises StoreUnavailable when nothing was ever loaded, or the first reading fails."""
        with self._lock:
            held = self._held
            if held is None or time.monotonic() - self._looked_at > LOOK_AGAIN:
                held = self._held = self._refreshed(held)
                self._looked_at = time.monotonic()
            return held

    def _refreshed(self, held: Knowledge | None) -> Knowledge:
        try:
            with session_scope(self._engine) as session:
                version = session.execute(select(KnowledgeVersion.version)).scalar_one_or_none()
                if version is None:
                    raise StoreUnavailable("The knowledge store is empty; run `coach knowledge load`.")
                if held is not None and held.version == version:
                    return held
                rows = session.execute(select(KnowledgeItem).order_by(KnowledgeItem.position)).scalars().all()
                kinds = {k: {r.id: KINDS[k].parse_obj(r.body) for r in rows if r.kind == k} for k in KINDS}
                return Knowledge(**kinds, version=version)  # type: ignore[arg-type]
        except StoreUnavailable:
            if held is None:
                raise
            return held
