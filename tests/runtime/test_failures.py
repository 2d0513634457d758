"""What a person is told when something is wrong, and that nothing acknowledged as kept is lost."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from actions.services import use
from bot.runtime.coach import Coach
from bot.runtime.settings import Settings
from tests.conftest import TODAY
from tests.talk import Talk

pytestmark = pytest.mark.model

UNREACHABLE = "I can't reach my records just now"


@pytest.fixture
def database(tmp_path: Path, loaded_database: Path) -> Path:
    return Path(shutil.copy(loaded_database, tmp_path / "coach.sqlite"))


@pytest.fixture
async def person(database: Path, model: Path) -> AsyncIterator[Talk]:
    """Talks to a coach with a database of its own, which a test may damage."""
    coach = await Coach.start(Settings(database_url=f"sqlite:///{database}", today=TODAY), str(model))
    yield Talk(coach, "test:somebody")
    use(None)
    coach.services.engine.dispose()


def files_of(database: Path) -> list[Path]:
    return [p for p in database.parent.iterdir() if p.name.startswith(database.name)]


def every_connection(person: Talk, pragma: str) -> None:
    """Sets SQLite's own switch on the connections made from now on."""
    engine = person.coach.services.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _record: connection.execute(pragma))


async def test_a_full_database_is_said_and_what_was_kept_stays(person: Talk) -> None:
    await person.say("I've been a PMO manager for six years")
    engine = person.coach.services.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    every_connection(person, f"PRAGMA max_page_count={pages}")
    long = "I have a bachelor's degree. " + "And much more to tell. " * 800
    said = [await person.say(long) for _ in range(5)]
    assert UNREACHABLE in said[-1]
    every_connection(person, "PRAGMA max_page_count=1073741823")
    assert person.held()["role:pmo_manager"] == "has"
    assert "PMO Manager" in await person.say("what do you know about me?")


async def test_a_read_only_database_is_said_and_what_was_kept_stays(person: Talk) -> None:
    await person.say("I've been a PMO manager for six years")
    every_connection(person, "PRAGMA query_only=ON")  # unlike a file's mode, it holds for root too
    said = await person.say("I have a master's degree")
    assert UNREACHABLE in said
    assert "Noted" not in said
    every_connection(person, "PRAGMA query_only=OFF")
    assert person.held()["role:pmo_manager"] == "has"
    assert "master's degree" in await person.say("I have a master's degree")
    assert person.held()["education:master"] == "has"


async def test_a_database_that_is_gone_is_said_and_back_again_holds_what_was_kept(
    person: Talk, database: Path, tmp_path: Path
) -> None:
    await person.say("I've been a PMO manager for six years")
    person.coach.services.engine.dispose()
    away = tmp_path / "away"
    away.mkdir()
    for file in files_of(database):
        file.rename(away / file.name)
    said = await person.say("I have a master's degree")
    assert UNREACHABLE in said
    assert "Noted" not in said
    person.coach.services.engine.dispose()
    for file in files_of(database):
        file.unlink()
    for file in list(away.iterdir()):
        file.rename(database.parent / file.name)
    assert "PMO Manager" in await person.say("what do you know about me?")


async def test_twenty_thousand_characters_are_kept_whole(person: Talk) -> None:
    text = "I've been a PMO manager for six years. " + "Much more could be told. " * 800
    assert len(text) > 20_000
    assert "Something went wrong" not in await person.say(text)
    assert person.held()["role:pmo_manager"] == "has"
    record = person.coach.services.record
    kept = record.export(record.known("test", "somebody"))["statement"]
    assert any(s["text"].strip() == text.strip() for s in kept)


@pytest.mark.parametrize("text", ["", " \n\t ", "\u0000\u0007", "/"])
async def test_an_empty_message_is_said(person: Talk, text: str) -> None:
    assert "empty message" in await person.say(text)


async def test_a_button_pressed_twice_states_its_fact_once(person: Talk) -> None:
    await person.say("I'm a PMO manager. How do I become head of portfolio?")
    await person.tap("Tell you about")
    yes = next(b for b in person.buttons if b.title == "Yes")
    await person.press(yes.payload)
    once = person.held()
    said = await person.press(yes.payload)
    assert "Something went wrong" not in said
    assert person.held() == once


@pytest.mark.parametrize(
    "payload",
    [
        '/press{"do": "answer", "question": "of last week", "answer": "1"}',
        '/press{"do": "ask", "question": "gone"}',
        '/press{"do": "no such thing"}',
        "/no_such_intent",
        "/press{broken",
    ],
)
async def test_a_button_from_last_week_is_said(person: Talk, payload: str) -> None:
    assert "older answer" in await person.press(payload)


@pytest.mark.parametrize("do", ["remove", "correct", "step_done", "step_drop"])
async def test_a_button_whose_thing_is_gone_is_said(person: Talk, do: str) -> None:
    said = await person.press(f'/press{{"do": "{do}", "fact": "gone", "step": "gone"}}')
    assert "no longer" in said


async def test_a_person_never_seen_can_be_erased(person: Talk) -> None:
    assert "Erased" in await person.press('/press{"do": "forget"}')
    assert person.held() == {}


async def test_somebody_erased_leaves_no_conversation_in_memory(person: Talk) -> None:
    store = person.coach.agent.tracker_store
    await person.say("I have been a PMO manager for seven years")
    assert person.conversation in store._at_hand
    await person.press('/press{"do": "forget"}')
    assert person.conversation not in store._at_hand
