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
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.coaching.reply import without_files
from bot.database import session_scope
from bot.runtime.transcripts import Conversation, ConversationEvent

TAIL = 20
"""Events replayed at a turn: the last whole turn with all it may hold. No policy looks back further (three states), and
older events only matter through the slots they set."""


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
                        sender_id=tracker.sender_id,
                        number=number,
                        data=json.dumps(_without_files(event), ensure_ascii=False),
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


def _without_files(event: Event) -> dict[str, Any]:
    kept: dict[str, Any] = event.as_dict()
    answer = (kept.get("data") or {}).get("custom") or {}
    if not answer.get("attachments"):
        return kept
    return {**kept, "data": {**kept["data"], "custom": without_files(answer)}}
