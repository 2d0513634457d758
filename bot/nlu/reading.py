"""One experience reader for all that read a message: it takes 20 MB, and a message of one clause is read once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.experience.lexicon import Lexicon
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.reader import Reader, Reading

AT_HAND = 64
"""Readings remembered: the clauses of the message being read, and a little more."""


class SharedReader(Reader):
    """Remembers what it has just read. A reading is handed out more than once: leave it as it is."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._read_before = lru_cache(maxsize=AT_HAND)(super().read)
        self._spotted_before = lru_cache(maxsize=AT_HAND)(super()._spotted)

    def read(self, text: str) -> Reading:
        return self._read_before(text)

    def _spotted(self, text: str) -> tuple[Plain, Sequence[Named]]:
        # A message of one clause is looked through for names, and then read.
        return self._spotted_before(text)


def reader_for(lexicon: Lexicon) -> SharedReader:
    """The same one for the same words."""
    return _made(tuple(lexicon.words.items()))


@lru_cache(maxsize=1)
def _made(words: tuple[tuple[str, str], ...]) -> SharedReader:
    return SharedReader(Lexicon(dict(words)))
