"""Rasa's tracker store for this coach: every event is kept, and a turn's work does not grow with the conversation."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import JSON, Column, DateTime, Integer, String, Text, delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import declarative_base

from bot.database import session_scope

Base: Any = declarative_base()

TAIL = 40
"""Events replayed at a turn, about four turns; older ones only matter through the slots they set."""


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


class ConversationStore(TrackerStore):
    """Raises StoreUnavailable when the database fails; Rasa's own fail-safe store would lose the turn in silence."""

    def __init__(self, engine: Engine, domain: Domain | None = None) -> None:
        super().__init__(domain or Domain.empty())
        self._engine = engine

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return await asyncio.to_thread(self._read, sender_id, TAIL)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return await asyncio.to_thread(self._read, conversation_id, None)

    def _read(self, sender_id: str, last: int | None) -> DialogueStateTracker | None:
        """The last events behind the slots' present values: what the tail does not set, the prefix has set already."""
        with session_scope(self._engine) as session:
            conversation = session.get(Conversation, sender_id)
            if conversation is None:
                return None
            begin = max(0, conversation.length - last) if last else 0
            query = select(ConversationEvent.data).where(
                ConversationEvent.sender_id == sender_id, ConversationEvent.number >= begin
            )
            tail = [json.loads(data) for data in session.execute(query.order_by(ConversationEvent.number)).scalars()]
            length, slots = conversation.length, conversation.slots
        known = {slot.name for slot in self.domain.slots}
        prefix = [SlotSet(name, value).as_dict() for name, value in slots.items() if name in known] if begin else []
        tracker = DialogueStateTracker.from_dict(sender_id, [*prefix, *tail], self.domain.slots)
        tracker.stored = (len(tracker.events), length)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        await asyncio.to_thread(self._write, tracker)

    def _write(self, tracker: DialogueStateTracker) -> None:
        loaded, length = getattr(tracker, "stored", (0, 0))
        new: list[Event] = list(tracker.events)[loaded:]
        with session_scope(self._engine) as session:
            for number, event in enumerate(new, length):
                session.add(
                    ConversationEvent(
                        sender_id=tracker.sender_id, number=number, data=json.dumps(event.as_dict(), ensure_ascii=False)
                    )
                )
            slots: dict[str, Any] = {s.name: s.value for s in tracker.slots.values() if s.value is not None}
            session.merge(
                Conversation(
                    sender_id=tracker.sender_id,
                    length=length + len(new),
                    slots=slots,
                    changed_at=datetime.now(timezone.utc),
                )
            )
        tracker.stored = (len(tracker.events), length + len(new))

    async def keys(self) -> Iterable[str]:
        return await asyncio.to_thread(self._keys)

    def _keys(self) -> list[str]:
        with session_scope(self._engine) as session:
            return list(session.execute(select(Conversation.sender_id)).scalars())

    def events(self, sender_id: str) -> list[dict[str, Any]]:
        """Every event of a conversation, oldest first: for export."""
        with session_scope(self._engine) as session:
            query = (
                select(ConversationEvent.data)
                .where(ConversationEvent.sender_id == sender_id)
                .order_by(ConversationEvent.number)
            )
            return [json.loads(data) for data in session.execute(query).scalars()]

    def erase(self, sender_id: str) -> int:
        """Every event of a conversation, and its slots; how many events there were."""
        with session_scope(self._engine) as session:
            erased = session.execute(delete(ConversationEvent).where(ConversationEvent.sender_id == sender_id)).rowcount
            session.execute(delete(Conversation).where(Conversation.sender_id == sender_id))
            return int(erased)

    def erase_all(self, prefix: str) -> None:
        """Erases the conversation ``prefix`` and those that begin with it and a colon: a person's threads."""
        with session_scope(self._engine) as session:
            for table in (ConversationEvent, Conversation):
                mine = (table.sender_id == prefix) | table.sender_id.startswith(f"{prefix}:", autoescape=True)
                session.execute(delete(table).where(mine).execution_options(synchronize_session=False))

    def purge(self, before: datetime) -> int:
        """Erases conversations with nothing said since ``before``; how many."""
        with session_scope(self._engine) as session:
            old = list(
                session.execute(select(Conversation.sender_id).where(Conversation.changed_at < before)).scalars()
            )
        for sender_id in old:
            self.erase(sender_id)
        return len(old)
