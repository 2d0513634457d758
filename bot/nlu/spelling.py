"""A message's common words put right before it is judged: a letter or two wrong change no answer.

What is known are the whole words of the encoder's vocabulary, the names of the content and the words of the training
lines; what may have been meant are the latter. Names of the trade have a speller of their own in the experience reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.experience.plain import TYPING
from bot.experience.spelling import stem

SEEN = 4
"""Times the training lines must hold a word for it to count as one: they have slips of their own."""
SHORTEST = 5
LONG = 8
"""From this length on two letters may be wrong; below it one."""
LONGEST_INITIALS = 7

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")


def counted(texts: Iterable[str]) -> dict[str, int]:
    """The words of the training lines that may be meant, with how often they stand there."""
    counts = Counter(word.lower() for text in texts for word in _WORD.findall(text))
    return {word: times for word, times in sorted(counts.items()) if times >= SEEN}


class Spelling:
    def __init__(self, meant: Mapping[str, int], known: Collection[str]) -> None:
        """``meant``: words with how often they are used; ``known``: others that are right as they are."""
        self.meant = meant
        self._targets = [w for w in meant if len(w) >= SHORTEST - 1]
        self._known = frozenset(known) | frozenset(meant)
        self._stems = frozenset(map(stem, self._known))
        self._near = lru_cache(maxsize=10_000)(self._nearest)

    def right(self, text: str) -> str:
        """The text with its slips mended, all else as written."""
        return _WORD.sub(lambda match: self._word(match[0]), text)

    def _word(self, written: str) -> str:
        word = written.lower().replace("’", "'")
        if word in TYPING:
            return TYPING[word]
        initials = written.isupper() and len(written) <= LONGEST_INITIALS
        if len(word) < SHORTEST or "'" in word or initials or word in self._known or stem(word) in self._stems:
            return written
        return self._near(word) or written

    def _nearest(self, word: str) -> str | None:
        """The nearest word; of those as near, one that begins alike, and then the most used."""
        most = 2 if len(word) >= LONG else 1
        found = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=most, limit=12)
        near = [(distance, w[0] != word[0], -self.meant[w], w) for w, distance, _ in found]
        return min(near)[-1] if near else None
