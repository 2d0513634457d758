"""The conversation store: what is replayed at a turn comes to the same as replaying everything."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

from bot.database import StoreUnavailable, make_engine, migrate
from bot.runtime.conversations import TAIL, ConversationStore
from bot.runtime.transcripts import Transcripts

SLOTS = ("focus", "interview", "misses")
DOMAIN = Domain.from_dict(
    {
        "intents": ["greet"],
        "actions": ["action_answer"],
        "slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in SLOTS},
    }
)
VALUES = st.one_of(
    st.none(), st.integers(-3, 3), st.text(max_size=5), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
SLOT_SETS = st.builds(SlotSet, st.sampled_from(SLOTS), VALUES)
ANSWERS = st.builds(BotUttered, st.text(max_size=20))


@st.composite
def turns(draw: st.DrawFn) -> list[Event]:
    said = UserUttered(draw(st.text(max_size=20)), {"name": "greet", "confidence": 1.0})
    answered = draw(st.lists(st.one_of(SLOT_SETS, ANSWERS), max_size=12))
    return [said, ActionExecuted("action_answer"), *answered, ActionExecuted("action_listen")]


@pytest.fixture(scope="module")
def file_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('conversations')}/coach.sqlite")
    migrate(made)
    yield made
    made.dispose()


async def _hold(store: ConversationStore, sender_id: str, conversation: list[list[Event]]) -> None:
    """Each turn as Rasa has it: read, add the events, save."""
    for turn in conversation:
        tracker = await store.get_or_create_tracker(sender_id, append_action_listen=False)
        first = [] if tracker.events else [ActionExecuted("action_session_start"), SessionStarted()]
        tracker.update_with_events([*first, *turn], DOMAIN)
        await store.save(tracker)


def _slots(tracker: DialogueStateTracker) -> dict[str, object]:
    return {name: tracker.get_slot(name) for name in SLOTS}


@settings(max_examples=40, deadline=None)
@given(conversation=st.lists(turns(), min_size=1, max_size=8))
def test_the_snapshot_with_the_tail_is_the_whole_conversation_replayed(
    file_engine: Engine, conversation: list[list[Event]]
) -> None:
    store, sender_id = ConversationStore(file_engine, DOMAIN), f"test:{uuid.uuid4().hex}"

    async def both() -> tuple[DialogueStateTracker, DialogueStateTracker]:
        await _hold(store, sender_id, conversation)
        short, full = await store.retrieve(sender_id), await store.retrieve_full_tracker(sender_id)
        assert short is not None
        assert full is not None
        return short, full

    short, full = asyncio.run(both())
    replayed = DialogueStateTracker.from_events(sender_id, list(full.events), DOMAIN.slots)
    assert _slots(short) == _slots(full) == _slots(replayed)
    assert short.latest_message == full.latest_message
    assert list(short.events)[-TAIL:] == list(full.events)[-TAIL:]
    assert len(full.events) == 2 + sum(map(len, conversation))


async def test_a_turn_reads_no_more_events_however_long_the_conversation(file_engine: Engine) -> None:
    store, sender_id = ConversationStore(file_engine, DOMAIN), f"test:{uuid.uuid4().hex}"
    turn = [UserUttered("hi", {"name": "greet"}), SlotSet("focus", "pmp"), ActionExecuted("action_listen")]
    await _hold(store, sender_id, [turn] * 30)
    tracker = await store.retrieve(sender_id)
    assert tracker is not None
    assert len(tracker.events) <= TAIL + len(SLOTS)
    assert len(Transcripts(file_engine).events(sender_id)) == 2 + 30 * 3


@settings(max_examples=25, deadline=None)
@given(conversation=st.lists(turns(), min_size=2, max_size=8), elsewhere=st.integers(0, 7))
def test_a_conversation_kept_at_hand_is_as_it_would_be_read(
    file_engine: Engine, conversation: list[list[Event]], elsewhere: int
) -> None:
    """Also when another process takes one of the turns."""
    own, other, sender_id = (
        *(ConversationStore(file_engine, DOMAIN) for _ in range(2)),
        f"test:{uuid.uuid4().hex}",
    )

    async def both() -> tuple[DialogueStateTracker | None, DialogueStateTracker | None]:
        for number, turn in enumerate(conversation):
            await _hold(other if number == elsewhere else own, sender_id, [turn])
        return await own.retrieve(sender_id), await ConversationStore(file_engine, DOMAIN).retrieve(sender_id)

    at_hand, read = asyncio.run(both())
    assert at_hand is not None
    assert read is not None
    assert list(at_hand.events) == list(read.events)
    assert _slots(at_hand) == _slots(read)
    assert at_hand.latest_message == read.latest_message
    assert at_hand.stored == read.stored


async def test_a_turn_that_failed_leaves_the_conversation_as_it_was_kept(file_engine: Engine) -> None:
    store, sender_id = ConversationStore(file_engine, DOMAIN), f"test:{uuid.uuid4().hex}"
    await _hold(store, sender_id, [[UserUttered("hi", {"name": "greet"})]])
    broken_off = await store.retrieve(sender_id)
    assert broken_off is not None
    broken_off.update_with_events([UserUttered("lost", {"name": "greet"}), SlotSet("focus", "pmp")], DOMAIN)
    again = await store.retrieve(sender_id)
    assert again is not None
    assert again.latest_message == UserUttered("hi", {"name": "greet"})
    assert again.get_slot("focus") is None


async def test_what_was_erased_is_kept_at_hand_no_more(file_engine: Engine) -> None:
    store, name = ConversationStore(file_engine, DOMAIN), uuid.uuid4().hex
    mine = [f"test:{name}", f"test:{name}:thread"]
    for sender_id in (*mine, f"test:{name}s"):
        await _hold(store, sender_id, [[UserUttered("private", {"name": "greet"})]])
    store.drop("test", name)
    assert list(store._at_hand) == [f"test:{name}s"]
    Transcripts(file_engine).erase(f"test:{name}s")
    assert await store.retrieve(f"test:{name}s") is None
    assert not store._at_hand


async def test_two_turns_written_at_once_cannot_both_be_kept(file_engine: Engine) -> None:
    """Should the locks ever be lost, the store still refuses the second of two turns read at the same point."""
    store, sender_id = ConversationStore(file_engine, DOMAIN), f"test:{uuid.uuid4().hex}"
    await _hold(store, sender_id, [[UserUttered("hi", {"name": "greet"})]])
    one, other = await store.retrieve(sender_id), await store.retrieve(sender_id)
    assert one is not None
    assert other is not None
    for tracker, said in ((one, "first"), (other, "second")):
        tracker.update_with_events([UserUttered(said, {"name": "greet"})], DOMAIN)
    await store.save(one)
    with pytest.raises(StoreUnavailable):
        await store.save(other)
    kept = [e.get("text") for e in Transcripts(file_engine).events(sender_id) if e["event"] == "user"]
    assert kept == ["hi", "first"]


async def test_purge_and_erase_take_every_event(file_engine: Engine) -> None:
    store = ConversationStore(file_engine, DOMAIN)
    turn = [UserUttered("hi", {"name": "greet"}), *[BotUttered(str(n)) for n in range(3 * TAIL)]]
    old, erased = f"test:{uuid.uuid4().hex}", f"test:{uuid.uuid4().hex}"
    for sender_id in (old, erased):
        await _hold(store, sender_id, [turn])
    transcripts = Transcripts(file_engine)
    assert transcripts.erase(erased) == len(turn) + 2
    assert transcripts.events(erased) == []
    assert transcripts.purge(datetime.now(timezone.utc) - timedelta(days=1)) == 0
    assert transcripts.purge(datetime.now(timezone.utc) + timedelta(days=1)) >= 1
    assert transcripts.events(old) == []
    assert await store.retrieve(old) is None


def test_a_message_whose_turn_failed_is_found_exported_erased_and_purged(engine: Engine) -> None:
    """It has no events, only the line the channel kept."""
    transcripts = Transcripts(engine)
    for name in ("ann", "bob"):
        transcripts.claim(f"web:{name}", "message-1", "private words", "")
    assert transcripts.of([("web", "ann")]) == ["web:ann"]
    transcripts.erase("web:ann")
    assert transcripts.history("web:ann", None, 9) == []
    assert len(transcripts.history("web:bob", None, 9)) == 1
    transcripts.purge(datetime.now(timezone.utc) - timedelta(days=1))
    assert len(transcripts.history("web:bob", None, 9)) == 1
    transcripts.purge(datetime.now(timezone.utc) + timedelta(days=1))
    assert transcripts.history("web:bob", None, 9) == []


async def test_files_are_kept_by_name_so_that_an_export_does_not_hold_the_exports_before_it(
    file_engine: Engine,
) -> None:
    store, sender_id = ConversationStore(file_engine, DOMAIN), f"test:{uuid.uuid4().hex}"
    file = {"name": "my-data.json", "media_type": "application/json", "content": "x" * 1000}
    await _hold(store, sender_id, [[BotUttered(None, {"custom": {"text": "Here it is.", "attachments": [file]}})]])
    (kept,) = (e["data"]["custom"] for e in Transcripts(file_engine).events(sender_id) if e["event"] == "bot")
    assert kept == {"text": "Here it is.", "attachments": [{**file, "content": ""}]}


async def test_a_lost_database_is_said_and_not_silently_replaced(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        await ConversationStore(make_engine(f"sqlite:///{tmp_path}/never_migrated.sqlite"), DOMAIN).retrieve("test:x")
