"""Conversations as kept: every event, and what they come to; read for export, erased on request, purged by age."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Integer, String, Text, delete, or_, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, declarative_base

from bot.database import session_scope

Base: Any = declarative_base()


class Conversation(Base):
    """``slots`` are their values after the last event, ``length`` how many events there are."""

    __tablename__ = "conversation"
    sender_id = Column(String(250), primary_key=True)
    length = Column(Integer, nullable=False)
    slots = Column(JSON, nullable=False)
    changed_at = Column(DateTime(timezone=True), nullable=False, index=True)


class ConversationEvent(Base):
    __tablename__ = "conversation_event"
    sender_id = Column(String(250), primary_key=True)
    number = Column(Integer, primary_key=True)
    data = Column(Text, nullable=False)


class Transcripts:
    """Every method is one transaction and raises StoreUnavailable when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, identities: Iterable[tuple[str, str]]) -> list[str]:
        """The conversations (``channel:name``, or with a thread) of someone known by these channels and names."""
        whose = [f"{channel}:{name}" for channel, name in identities]
        if not whose:
            return []
        mine = or_(*(c for w in whose for c in (Conversation.sender_id == w, _below(w))))
        with session_scope(self._engine) as session:
            return sorted(session.execute(select(Conversation.sender_id).where(mine)).scalars())

    def events(self, sender_id: str) -> list[dict[str, Any]]:
        """Every event of a conversation, oldest first."""
        with session_scope(self._engine) as session:
            query = select(ConversationEvent.data).where(ConversationEvent.sender_id == sender_id)
            return [json.loads(data) for data in session.execute(query.order_by(ConversationEvent.number)).scalars()]

    def erase(self, sender_id: str) -> int:
        """Every event of a conversation, and its slots; how many events there were."""
        with session_scope(self._engine) as session:
            return _erase(session, sender_id)

    def purge(self, before: datetime) -> int:
        """Erases conversations with nothing said since ``before``; how many."""
        with session_scope(self._engine) as session:
            query = select(Conversation.sender_id).where(Conversation.changed_at < before)
            old = list(session.execute(query).scalars())
            for sender_id in old:
                _erase(session, sender_id)
            return len(old)


def _below(prefix: str) -> Any:
    return Conversation.sender_id.startswith(f"{prefix}:", autoescape=True)


def _erase(session: Session, sender_id: str) -> int:
    erased = session.execute(delete(ConversationEvent).where(ConversationEvent.sender_id == sender_id)).rowcount
    session.execute(delete(Conversation).where(Conversation.sender_id == sender_id))
    return int(erased)
