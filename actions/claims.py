"""What a question on a certification claims or wants that is not a plain question."""

from __future__ import annotations

import re

from bot.coaching.money import Price, price_in

_CHEATING = re.compile(
    r"\b(?:(?:brain)?dumps?|cheat\w*|leaked|real (?:exam )?questions|exam answers|answers? (?:to|for) the exam"
    r"|(?:sit|take|pass|write) (?:\w+ ){1,4}for me|proxy (?:test|exam)\w*"
    r"|without (?:taking|sitting) the exam)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\b(?:right|correct|isn'?t it|is that true|true|costs?|is|heard)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:under|below|less than|up to|budget|only have)\b", re.IGNORECASE)


def cheating(text: str) -> bool:
    """Whether the words ask for an exam's questions or answers, or for someone to sit it."""
    return bool(_CHEATING.search(text))


def claimed_price(text: str) -> Price | None:
    """ "PMP costs 50 dollars, right?": the price claimed; None where a price is only a limit."""
    return price_in(text) if _CLAIM.search(text) and not _LIMIT.search(text) else None
