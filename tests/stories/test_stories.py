"""Whole conversations by behaviour: every file under this folder is one, told turn by turn.

A turn has ``say`` or ``tap`` (part of a title) and what must be seen: ``intents`` (all, in order), ``sees`` and
``never`` (words of the answer), ``buttons`` (parts of titles), ``holds`` (facts held afterwards, as
``kind:id polarity``), ``forgot`` (keys no longer held), ``source`` (part of an address), ``replies`` (how many).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.talk import Talk

FOLDER = Path(__file__).parent
STORIES = sorted(FOLDER.rglob("*.yml"))
KEYS = {"say", "tap", "intents", "sees", "never", "buttons", "holds", "forgot", "source", "replies", "day"}

pytestmark = pytest.mark.model


@pytest.mark.parametrize("path", STORIES, ids=[str(p.relative_to(FOLDER).with_suffix("")) for p in STORIES])
async def test_story(path: Path, talk: Callable[..., Talk], on_day: Callable[[str], None]) -> None:
    conversation = talk()
    turns = _turns(path)
    assert turns, "a story needs turns"
    for number, turn in enumerate(turns, 1):
        assert set(turn) <= KEYS, f"turn {number}: unknown keys {set(turn) - KEYS}"
        if "day" in turn:
            on_day(str(turn["day"]))
        said = await (conversation.tap(turn["tap"]) if "tap" in turn else conversation.say(str(turn["say"])))
        _look(f"turn {number} ({turn.get('say') or turn.get('tap')!r})", turn, conversation, said)


def _turns(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def _look(where: str, turn: dict[str, Any], talk: Talk, said: str) -> None:
    whole = said.lower()
    titles = " | ".join(b.title for b in talk.buttons).lower()
    held = talk.held()
    assert whole.strip(), f"{where}: silence"
    if "intents" in turn:
        assert talk.turn.intents == turn["intents"], f"{where}: understood {talk.turn.intents}"
    for part in turn.get("sees", ()):
        assert str(part).lower() in whole, f"{where}: {part!r} is not in:\n{said}"
    for part in turn.get("never", ()):
        assert str(part).lower() not in whole, f"{where}: {part!r} is in:\n{said}"
    for part in turn.get("buttons", ()):
        assert str(part).lower() in titles, f"{where}: no button {part!r} in {titles}"
    for wanted in turn.get("holds", ()):
        key, _, polarity = wanted.partition(" ")
        assert held.get(key) == (polarity or "has"), f"{where}: holds {held}, not {wanted}"
    for key in turn.get("forgot", ()):
        assert key not in held, f"{where}: still holds {key}"
    if "source" in turn:
        assert any(turn["source"] in url for url in talk.urls), f"{where}: sources {talk.urls}"
    if "replies" in turn:
        assert len(talk.replies) == turn["replies"], f"{where}: {len(talk.replies)} replies"
