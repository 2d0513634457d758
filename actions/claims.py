"""What a question on a certification wants that nobody should help with."""

from __future__ import annotations

import re

_PLAIN = (
    r"(?:brain)?dumps?|leaked (?:\w+ )?(?:questions|exams?|papers?)|real (?:exam )?questions|exam answers"
    r"|answers? (?:to|for) the exam|proxy (?:test|exam)\w*"
)
_CHEATING = re.compile(
    rf"\b(?:{_PLAIN}|cheat\w*|(?:sit|take|pass|write) (?:\w+ ){{1,4}}for me|without (?:taking|sitting) the exam)\b",
    re.IGNORECASE,
)
_PLAINLY = re.compile(rf"\b(?:{_PLAIN})\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:can|could|may|should|would|how|help|what if|want|going to|is it)\b", re.IGNORECASE)
_FALSE = re.compile(
    r"\b(?:lie|lying|fake|faking|forge|forging|falsify\w*|invent|inventing|make up|making up"
    r"|exaggerate|exaggerating|inflate|inflating)\b(?: \w+){0,4} (?:experience|hours|application|audit"
    r"|certificates?|pdus?|cpd|degree|references?|months|years)\b"
    r"|\bbuy (?:an? |the |my )?(?:\w+ )?certificates?\b"
    r"|\b(?:sign|vouch for|confirm)\b.*\b(?:although|even though|but) i (?:never|did ?n[o']t|didn'?t|have ?n[o']t"
    r"|haven'?t)\b",
    re.IGNORECASE,
)


def cheating(text: str) -> bool:
    """Whether the words ask for an exam's questions or answers, or for someone to sit it."""
    return bool(_CHEATING.search(text))


def plainly_cheating(text: str) -> bool:
    """The same of words that mean an exam's questions whatever was talked of."""
    return bool(_PLAINLY.search(text))


def dishonest(text: str) -> bool:
    """Whether the words ask how to give an issuer false information."""
    return bool(_FALSE.search(text) and _ASKS.search(text))
