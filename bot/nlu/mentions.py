"""Messages in which everything named is marked with what they tell of it: what the claim model learns from.

A line of ``data/mentions`` is a message as it was written, with ``[PMO lead](role has)`` around what is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.experience.judging import KINDS

STATES = ("has", "lacks", "wants", "studying", "lapsed", "none")
"""What is told of the writer; "none": named, and nothing told of the writer."""
_MARK = re.compile(r"\[(?P<words>[^\[\]]+)\]\((?P<kind>\w+) (?P<state>\w+)\)")


@dataclass(frozen=True)
class Mention:
    """Between two places of the message."""

    start: int
    end: int
    kind: str
    state: str


@dataclass(frozen=True)
class Message:
    text: str
    mentions: tuple[Mention, ...]


def read_mentions(folder: Path) -> list[Message]:
    """All files, by name. Raises ValueError, with file and line, for a mark of no known kind or state."""
    return [message for file in sorted(folder.glob("*.yml")) for message in _of_file(file)]


def _of_file(file: Path) -> Iterator[Message]:
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))
    for number, line in enumerate((listed or {}).get("mentions", []), 2):
        try:
            yield unmarked(line)
        except ValueError as error:
            raise ValueError(f"{file.name}, line {number}: {error}") from error


def unmarked(line: str) -> Message:
    """Raises ValueError for a mark of no known kind or state."""
    text, mentions, end = "", [], 0
    for mark in _MARK.finditer(line):
        if mark["kind"] not in KINDS or mark["state"] not in STATES:
            raise ValueError(
                f"({mark['kind']} {mark['state']}) is no mark; write one of {', '.join(KINDS)} and of "
                f"{', '.join(STATES)}."
            )
        text += line[end : mark.start()]
        mentions.append(Mention(len(text), len(text) + len(mark["words"]), mark["kind"], mark["state"]))
        text += mark["words"]
        end = mark.end()
    text += line[end:]
    if "](" in text:
        raise ValueError("a bracket is not closed, or a mark is not of the form [words](kind state).")
    return Message(text, tuple(mentions))
