"""The conversations of ``tests/stories``, to be had in a channel and held beside the plain ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.coaching.reply import Reply, Table
from tests.stories.test_stories import FOLDER, STORIES
from tests.talk import Talk

SHARE = 3
"""Each channel has one of so many stories, in turn: all of both take minutes, and their plain run has them all."""


def some_stories(first: int) -> pytest.MarkDecorator:
    chosen = STORIES[first::SHARE]
    return pytest.mark.parametrize("path", chosen, ids=[str(p.relative_to(FOLDER).with_suffix("")) for p in chosen])


def words(*texts: str) -> Counter[str]:
    """Words with how often they come; marks, order and line breaks are the channel's own."""
    return Counter(w for text in texts for w in re.findall(r"\w+", text.replace("_", " ")))


def plain(markdown: str) -> str:
    return re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", markdown)


def texts(replies: Iterable[Reply]) -> list[str]:
    """Everything a person reads in replies, on the text, buttons and sources alike."""
    found: list[str] = []
    for reply in replies:
        found += [plain(reply.lead), plain(reply.closing)]
        found += [plain(part) for point in reply.points for part in (point.text, point.reason)]
        found += [plain(part) for card in reply.cards for part in (card.title, card.text)]
        found += [b.title for b in (*(b for card in reply.cards for b in card.buttons), *reply.buttons)]
        found += [part for source in reply.sources for part in (source.title, source.checked_on)]
        found += [reply.picture.alt] if reply.picture else []
        found += in_rows(reply.table) if reply.table else []
    return found


def in_rows(table: Table) -> list[str]:
    """A table as a list: of more than two columns each filled cell has its heading before it."""
    if len(table.columns) == 2:
        return [cell for row in table.rows for cell in row]
    cells = [(heading, cell) for row in table.rows for heading, cell in zip(table.columns[1:], row[1:], strict=True)]
    return [row[0] for row in table.rows] + [part for heading, cell in cells if cell for part in (heading, cell)]


async def replay(
    path: Path,
    talk: Talk,
    on_day: Callable[[str], None],
    had: Callable[[str, str], Awaitable[Any]],
    compare: Callable[[str, list[Reply], Any], None],
    stop_at: Callable[[dict[str, Any]], bool] = lambda turn: False,
) -> int:
    """Has each turn twice: plainly with ``talk``, and by ``had("say" or "tap", words)``; how many turns there were."""
    turns = list(yaml.safe_load(path.read_text(encoding="utf-8")))
    for number, turn in enumerate(turns):
        if stop_at(turn):
            return number
        if "day" in turn:
            on_day(str(turn["day"]))
        how = "tap" if "tap" in turn else "say"
        said = str(turn[how])
        await (talk.tap(said) if how == "tap" else talk.say(said))
        compare(f"turn {number + 1} ({said!r})", talk.replies, await had(how, said))
    return len(turns)
