"""Messages as a hurried hand would have typed them: what spelling costs is the answers that change. Pure."""

from __future__ import annotations

import random
from string import ascii_lowercase

LEAST = 5
"""Letters of a word that may be mistyped; its first and last letter stay."""


def slipped(text: str, chance: random.Random, words: int = 2) -> str:
    """``text`` with one letter lost, doubled, changed or swapped with the next in each of ``words`` words."""
    pieces = text.split(" ")
    long = [n for n, piece in enumerate(pieces) if len(piece) >= LEAST and piece.isalpha()]
    for n in chance.sample(long, min(words, len(long))):
        pieces[n] = _mistyped(pieces[n], chance)
    return " ".join(pieces)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        [
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
            before + chance.choice(ascii_lowercase.replace(letter.lower(), "")) + after,
        ]
    )
