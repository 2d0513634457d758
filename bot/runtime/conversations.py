"""Rasa's tracker store for this coach: every event is kept, and a turn's work does not grow with the conversation."""

from __future__ import annotations

import json
from collections import OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Engine

from bot.coaching.reply import without_files
from bot.database import looking, transaction
from bot.runtime.transcripts import Conversation, ConversationEvent

TAIL = 20
"""Events replayed at a turn: the last whole turn with all it may hold. No policy looks back further (three states), and
older events only matter through the slots they set."""
AT_HAND = 200
"""Conversations kept in memory between their turns, 42 KB each: those of the last minute at three turns a second."""


_conversation, _event = Conversation.__table__, ConversationEvent.__table__
# Made once: SQLAlchemy takes as long to put a statement together as SQLite to answer it.
_STATE = select(_conversation.c.length, _conversation.c.slots).where(_conversation.c.sender_id == bindparam("who"))
_WHEN = select(_conversation.c.length, _conversation.c.changed_at).where(_conversation.c.sender_id == bindparam("who"))
_EVENTS = (
    select(_event.c.data)
    .where(_event.c.sender_id == bindparam("who"), _event.c.number >= bindparam("first"))
    .order_by(_event.c.number)
)
_KEEP_EVENTS, _BEGIN = insert(_event), insert(_conversation)
_GO_ON = update(_conversation).where(_conversation.c.sender_id == bindparam("who"))


class ConversationStore(TrackerStore):
    """Raises StoreUnavailable when the database fails; Rasa's own fail-safe store would lose the turn in silence."""

    def __init__(self, engine: Engine, domain: Domain | None = None) -> None:
        super().__init__(domain or Domain.empty())
        self._engine = engine
        self._at_hand: OrderedDict[str, tuple[Any, DialogueStateTracker]] = OrderedDict()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._read(sender_id, TAIL)

    def drop(self, channel: str, name: str) -> None:
        """Keeps nothing of somebody's conversations in memory."""
        whole = f"{channel}:{name}"
        for sender_id in list(self._at_hand):
            if sender_id == whole or sender_id.startswith(f"{whole}:"):
                self._at_hand.pop(sender_id, None)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return self._read(conversation_id, None)

    def _read(self, sender_id: str, last: int | None) -> DialogueStateTracker | None:
        """The last events behind the slots' present values: what the tail does not set, the prefix has set already."""
        # Taken out while its turn lasts: should that fail, the next reads what was kept.
        when, at_hand = self._at_hand.pop(sender_id, (None, None)) if last else (None, None)
        with looking(self._engine) as connection:
            if at_hand is not None:
                kept = connection.execute(_WHEN, {"who": sender_id}).one_or_none()
                if kept is not None and when == (kept.length, _utc(kept.changed_at)):
                    return at_hand
            kept = connection.execute(_STATE, {"who": sender_id}).one_or_none()
            if kept is None:
                return None
            begin = max(0, kept.length - last) if last else 0
            tail = connection.execute(_EVENTS, {"who": sender_id, "first": begin}).scalars().all()
        known = {slot.name for slot in self.domain.slots}
        prefix = [SlotSet(name, value) for name, value in kept.slots.items() if name in known] if begin else []
        events = [*prefix, *(event for data in tail if (event := restored(json.loads(data))))]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored = (len(tracker.events), kept.length)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        self._write(tracker)

    def _write(self, tracker: DialogueStateTracker) -> None:
        loaded, length = getattr(tracker, "stored", (0, 0))
        new: list[Event] = list(tracker.events)[loaded:]
        if not new:
            return
        who = tracker.sender_id
        rows = [
            {"sender_id": who, "number": number, "data": json.dumps(_without_files(event), ensure_ascii=False)}
            for number, event in enumerate(new, length)
        ]
        state: dict[str, Any] = {
            "length": length + len(new),
            "slots": {s.name: s.value for s in tracker.slots.values() if s.value is not None},
            "changed_at": datetime.now(timezone.utc),
        }
        with transaction(self._engine) as connection:
            connection.execute(_KEEP_EVENTS, rows)
            known = length and connection.execute(_GO_ON, {"who": who, **state}).rowcount
            if not known:
                connection.execute(_BEGIN, {"sender_id": who, **state})
        self._keep_at_hand(tracker, state["length"], state["slots"], state["changed_at"])

    def _keep_at_hand(self, tracker: DialogueStateTracker, length: int, slots: dict[str, Any], when: datetime) -> None:
        """As it would be read again. Length and time tell whether another process has gone on with it meanwhile."""
        if len(tracker.events) > TAIL:
            prefix = [SlotSet(name, value) for name, value in slots.items()]
            tracker.events = deque([*prefix, *list(tracker.events)[-TAIL:]])
        tracker.stored = (len(tracker.events), length)
        self._at_hand[tracker.sender_id] = (length, _utc(when)), tracker
        while len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)

    async def keys(self) -> Iterable[str]:
        return self._keys()

    def _keys(self) -> list[str]:
        with looking(self._engine) as connection:
            return list(connection.execute(select(_conversation.c.sender_id)).scalars())


def _utc(when: datetime) -> datetime:
    """SQLite gives times back without their zone."""
    return when if when.tzinfo else when.replace(tzinfo=timezone.utc)


def restored(kept: dict[str, Any]) -> Event | None:
    """The event that was written down so."""
    return _event_classes()[kept["event"]]._from_parameters(kept)


@lru_cache(maxsize=1)
def _event_classes() -> dict[str, type[Event]]:
    """By the names they are kept under. Rasa looks through all of its event classes for every event it reads."""
    found: dict[str, type[Event]] = {}
    for each in all_subclasses(Event):
        found.setdefault(each.type_name, each)
    return found


def _without_files(event: Event) -> dict[str, Any]:
    kept: dict[str, Any] = event.as_dict()
    answer = (kept.get("data") or {}).get("custom") or {}
    if not answer.get("attachments"):
        return kept
    return {**kept, "data": {**kept["data"], "custom": without_files(answer)}}
