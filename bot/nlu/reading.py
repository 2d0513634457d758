"""One experience reader for all that read a message: it takes 20 MB, and a message of one clause is read once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.experience.judging import Judge
from bot.experience.lexicon import Lexicon
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.reader import Reader, Reading
from bot.nlu.claim_model import ClaimModel

AT_HAND = 64
"""Readings remembered: the clauses of the message being read, and a little more."""


class SharedReader(Reader):
    """Remembers what it has just read. A reading is handed out more than once: leave it as it is."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self._read_before = lru_cache(maxsize=AT_HAND)(super().read)
        self._spotted_before = lru_cache(maxsize=AT_HAND)(super()._spotted)

    def heed(self, judge: Judge) -> None:
        """What was read before is forgotten."""
        self.judge = judge
        self._read_before.cache_clear()

    def read(self, text: str) -> Reading:
        return self._read_before(text)

    def _spotted(self, text: str) -> tuple[Plain, Sequence[Named]]:
        # A message of one clause is looked through for names, and then read.
        return self._spotted_before(text)


def reader_for(lexicon: Lexicon, judge: Judge | None = None) -> SharedReader:
    """The same one for the same words, with the last judge given."""
    reader = _made(tuple(lexicon.words.items()))
    if judge:
        reader.heed(judge)
    return reader


def load_reader(folder: Path) -> SharedReader:
    """From the files of a trained :class:`bot.nlu.experience.ExperienceReader`. Raises EncoderMissing."""
    words = json.loads((folder / "lexicon.json").read_text(encoding="utf-8"))
    return reader_for(Lexicon(words), ClaimModel.load(folder))


@lru_cache(maxsize=1)
def _made(words: tuple[tuple[str, str], ...]) -> SharedReader:
    return SharedReader(Lexicon(dict(words)))
