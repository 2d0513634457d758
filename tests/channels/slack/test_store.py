"""What the Slack channel remembers, on SQLite and on PostgreSQL, with several processes at it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.channels.slack.store import KEPT, EventRow, SlackStore, Taken

WHO = "T1-U1"


def take(store: SlackStore, *keys: str, person: str = WHO, text: str = "hello") -> Taken | None:
    return store.take(keys, "message.im", person.partition("-")[0], person, {"text": text})


def rows(engine: Engine) -> list[Any]:
    with Session(engine, future=True) as session:
        return list(session.execute(select(EventRow).order_by(EventRow.number)).scalars())


def left_alone(engine: Engine, number: int) -> None:
    """As if its process had died a while ago."""
    with Session(engine, future=True) as session, session.begin():
        long_ago = datetime.now(timezone.utc) - timedelta(minutes=5)
        session.execute(update(EventRow).where(EventRow.number == number).values(lease_until=long_ago))


def at_once(*things: Callable[[], Any]) -> list[Any]:
    ready, found = threading.Barrier(len(things)), []

    def run(thing: Callable[[], Any]) -> None:
        ready.wait()
        found.append(thing())

    threads = [threading.Thread(target=run, args=(thing,)) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_one_event_is_taken_once_however_many_processes_get_it(engine: Engine) -> None:
    stores = [SlackStore(engine) for _ in range(8)]
    for n in range(10):
        taken = at_once(*(lambda s=s, n=n: take(s, f"message:{n}", f"event:{n}") for s in stores))
        assert len([t for t in taken if t]) == 1


def test_a_mention_and_its_message_are_one_whichever_comes_first(engine: Engine) -> None:
    one, two = SlackStore(engine), SlackStore(engine)
    for n in range(10):
        taken = at_once(
            lambda n=n: take(one, f"message:{n}", f"event:{n}a"), lambda n=n: take(two, f"message:{n}", f"event:{n}b")
        )
        assert len([t for t in taken if t]) == 1
    assert take(one, "message:3", "event:another") is None
    assert take(one, "event:new", "message:3") is None


def test_what_a_dead_process_left_is_taken_over_by_one(engine: Engine) -> None:
    dead, stores = SlackStore(engine), [SlackStore(engine) for _ in range(4)]
    numbers = [t.number for n in range(6) if (t := take(dead, f"k{n}", text=f"text {n}"))]
    assert stores[0].left_behind() == []
    for number in numbers:
        left_alone(engine, number)
    found = [t for taken in at_once(*(s.left_behind for s in stores)) for t in taken]
    assert sorted(t.number for t in found) == numbers
    assert {t.body["text"] for t in found} == {f"text {n}" for n in range(6)}
    assert stores[0].left_behind() == []


def test_an_answer_made_is_sent_and_not_made_again(engine: Engine) -> None:
    store = SlackStore(engine)
    taken = take(store, "k")
    assert taken
    store.keep_calls(taken.number, [{"method": "chat.postMessage", "args": {"text": "ö"}}])
    store.release(taken.number)
    (again,) = SlackStore(engine).left_behind()
    assert again.calls == [{"method": "chat.postMessage", "args": {"text": "ö"}}]
    store.done(taken.number)
    left_alone(engine, taken.number)
    assert store.left_behind() == []


def test_a_person_waits_for_their_earlier_message_and_for_nobody_elses(engine: Engine) -> None:
    store = SlackStore(engine)
    first, second, other = take(store, "a"), take(store, "b"), take(store, "c", person="T1-U2")
    assert first
    assert second
    assert other
    assert store.before(second.number, WHO)
    assert not store.before(first.number, WHO)
    assert not store.before(other.number, "T1-U2")
    left_alone(engine, first.number)
    assert not store.before(second.number, WHO)
    store.renew(first.number)
    assert store.before(second.number, WHO)
    store.done(first.number)
    assert not store.before(second.number, WHO)


def test_ids_are_forgotten_after_a_week_and_words_at_once(engine: Engine) -> None:
    store = SlackStore(engine)
    old, open_, new = take(store, "old"), take(store, "open"), take(store, "new")
    assert old
    assert open_
    assert new
    for taken in (old, new):
        store.done(taken.number)
    assert [r.body for r in rows(engine)] == [None, '{"text": "hello"}', None]
    with Session(engine, future=True) as session, session.begin():
        past = datetime.now(timezone.utc) - KEPT - timedelta(hours=1)
        session.execute(update(EventRow).where(EventRow.key != "new").values(received_at=past))
    store.tidy()
    assert [r.key for r in rows(engine)] == ["open", "new"]


def test_threads_answers_and_tokens(engine: Engine) -> None:
    store = SlackStore(engine)
    store.follow("T1", "C1", "1.1", WHO)
    store.follow("T1", "C1", "1.1", WHO, "assistant")
    assert store.follows("T1", "C1", "1.1", WHO) == "assistant"
    assert store.follows("T1", "C1", "1.1", "T1-U2") == ""
    for sent in ([["D1", "2.1"]], [["D1", "3.1"]]):
        store.keep_answer("T1", "C1", "1.1", WHO, sent)
    assert store.answer("T1", "C1", "1.1") == [["D1", "3.1"]]
    store.keep_tokens(WHO, {"token:1": "/ask_plan" + "x" * 5000})
    assert store.payload(WHO, "token:1").startswith("/ask_plan")
    assert store.payload("T1-U2", "token:1") == ""
    assert store.payload(WHO, "/ask_plan") == "/ask_plan"


@pytest.mark.parametrize("whole", [False, True], ids=["a person", "a workspace"])
def test_erasing_leaves_nothing_of_theirs_and_all_of_the_others(engine: Engine, whole: bool) -> None:
    store = SlackStore(engine)
    people = ("T1-U1", "T1-U2", "T10-U1")
    for person in people:
        team, user = person.split("-")
        assert take(store, f"event:{person}", person=person)
        store.follow("T9", "C1", "1.1", person)
        store.keep_answer(team, f"D{user}", "1.1", person, [])
        store.keep_tokens(person, {"token:1": "/x"})
    if whole:
        store.erase_team("T1")
    else:
        store.erase_person("T1-U1")
    gone = {"T1-U1", "T1-U2"} if whole else {"T1-U1"}
    for person in people:
        team, user = person.split("-")
        held = (
            store.follows("T9", "C1", "1.1", person) != "", store.answer(team, f"D{user}", "1.1") is not None,
            store.payload(person, "token:1") != "", any(r.person == person and r.body for r in rows(engine)),
        )  # fmt: skip
        assert held == (person not in gone,) * 4, person
    assert take(store, "event:T1-U1") is None, "the id of an erased event is still known"


def test_the_event_that_asks_for_erasure_is_still_answered(engine: Engine) -> None:
    store = SlackStore(engine)
    earlier, asking = take(store, "a"), take(store, "b")
    assert earlier
    assert asking
    store.erase_person("T1-U1", but=asking.number)
    assert [bool(r.body) for r in rows(engine)] == [False, True]
