"""Training lines said otherwise: other names, no capitals, no punctuation, slips of the finger. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import cycle

_PUNCTUATION = re.compile(r"[?.,!']+")


class Variation:
    """Teaches the classifier the question and not the name in it: each group's names may stand for one another."""

    def __init__(self, groups: Sequence[Sequence[str]] = ()) -> None:
        self._groups = [(_any_of(names), sorted(names)) for names in groups if names]

    def of(self, text: str, chance: random.Random) -> str:
        """The same question in other words' clothes; never empty."""
        if chance.random() < 0.5:
            text = self._renamed(text, chance)
        if chance.random() < 0.35:
            text = text.lower()
        if chance.random() < 0.35:
            text = _PUNCTUATION.sub("", text) or text
        return _mistyped(text, chance) if chance.random() < 0.3 else text

    def _renamed(self, text: str, chance: random.Random) -> str:
        for pattern, names in self._groups:
            text = "".join(
                chance.choice(names) if odd and chance.random() < 0.7 else piece
                for odd, piece in zip(cycle([False, True]), pattern.split(text), strict=False)
            )
        return text


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda n: (-len(n), n))
    return re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b", re.I)


def _mistyped(text: str, chance: random.Random) -> str:
    """About one word in eight with a letter lost, doubled or swapped; short words and first letters are left."""
    words = text.split(" ")
    for _ in range(1 + len(words) // 8):
        at = chance.randrange(len(words))
        word = words[at]
        if len(word) >= 4:
            i = chance.randrange(1, len(word) - 1)
            words[at] = chance.choice(
                [word[:i] + word[i + 1 :], word[: i + 1] + word[i:], word[:i] + word[i + 1] + word[i] + word[i + 2 :]]
            )
    return " ".join(words)
