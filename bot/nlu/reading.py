"""One experience reader for all that read a message: it takes 20 MB, and a message of one clause is read once."""

from __future__ import annotations

from functools import lru_cache

from bot.experience.lexicon import Lexicon
from bot.experience.reader import Reader, Reading

AT_HAND = 64
"""Readings remembered: the clauses of the message being read, and a little more."""


class SharedReader(Reader):
    """Remembers what it has just read. A reading is handed out more than once: leave it as it is."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._remembered = lru_cache(maxsize=AT_HAND)(super().read)

    def read(self, text: str) -> Reading:
        return self._remembered(text)


def reader_for(lexicon: Lexicon) -> SharedReader:
    """The same one for the same words."""
    return _made(tuple(lexicon.words.items()))


@lru_cache(maxsize=1)
def _made(words: tuple[tuple[str, str], ...]) -> SharedReader:
    return SharedReader(Lexicon(dict(words)))
