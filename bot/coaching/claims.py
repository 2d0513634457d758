""" "It has 200 questions, right?": what a message claims of a certification, held against the store. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.coaching.money import price_in
from bot.knowledge.schema import Certification, Figure

_CLAIMS = re.compile(
    r"\b(?:right|correct|isn'?t it|true|costs?|is|are|has|have|heard|need|needs|lasts?|expires?)\b", re.I
)
_ASSERTED = re.compile(r"\b(?:right|correct|isn'?t it|true|heard|told|don'?t i|i think)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:under|below|less than|up to|budget|only have)\b", re.IGNORECASE)
_NUMBERS = {
    w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_N = rf"(?P<n>\d+|{'|'.join(_NUMBERS)})"
_KINDS = (
    ("exam", "questions", rf"{_N} (?:multiple[- ]choice )?questions"),
    ("exam", "minutes", rf"{_N} (?:minutes|mins)\b"),
    ("exam", "hours", rf"{_N}[- ]hours?[- ](?:long|exam|test)"),
    ("exam", "hours", rf"(?:exam|test|it) (?:lasts|takes|is) {_N} hours"),
    ("exam", "percent", rf"{_N} ?(?:%|per ?cent)"),
    ("renewal", "years", r"(?:valid|lasts?|good|expires?|renew\w*)(?: it| them| is| only)? (?:for |after |every |in )?"
                         rf"{_N} years?"),
    ("renewal", "units", rf"{_N} (?:pdus?|cpds?|cpd (?:points|hours)|seus?|cdus?)\b"),
    ("renewal", "never", r"never expires?|(?:does not|doesn'?t|don'?t|do not) (?:ever )?expire|for life\b|lifetime\b"),
    ("eligibility", "degree", r"need (?:a|an|to have a) (?:\w+ )?(?:degree|bachelor\w*)"),
    ("eligibility", "degree", r"degree is (?:needed|required|a must)"),
)  # fmt: skip
_PATTERNS = tuple((facet, kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for facet, kind, pattern in _KINDS)


@dataclass(frozen=True)
class Claim:
    """What is said to be so: ``facet`` is where the truth stands; hours of an exam are kept as minutes."""

    facet: str
    kind: str
    amount: float = 0.0
    currency: str = ""


def claim_in(text: str, facet: str) -> Claim | None:
    """The first claim on ``facet``; None where nothing is claimed, or a price is only a limit."""
    if not _CLAIMS.search(text):
        return None
    price = price_in(text)
    if facet == "cost" and price and not _LIMIT.search(text):
        return Claim("cost", "price", price.amount, price.currency)
    for where, kind, pattern in _PATTERNS:
        found = pattern.search(text) if where == facet else None
        if found:
            if kind == "degree" and not _ASSERTED.search(text):
                continue  # "do I need a degree?" asks and claims nothing
            said = (found.groupdict().get("n") or "0").lower()
            number = float(_NUMBERS.get(said, said))
            return Claim(where, "minutes" if kind == "hours" else kind, number * 60 if kind == "hours" else number)
    return None


def agrees(claim: Claim, item: Certification, today: date) -> bool | None:
    """Whether the store says the same; None where it holds nothing in date to say."""
    if claim.kind == "price":
        fees = [f for f in item.fees if f.expires_on >= today]
        return any(f.amount == claim.amount and f.currency == claim.currency for f in fees) if fees else None
    figure: Figure | None = getattr(item, claim.facet)
    if figure is None or figure.expires_on < today:
        return None
    if claim.kind == "degree" and item.eligibility:
        e = item.eligibility
        routes = [r.education in ("bachelor", "master", "doctorate") for r in e.routes]
        return None if not routes and not e.open_to_all else bool(routes) and all(routes)
    if claim.kind == "never" and item.renewal:
        return item.renewal.never_expires
    held = getattr(figure, {"percent": "pass_percent"}.get(claim.kind, claim.kind), None)
    if held is None:
        return False if claim.facet == "renewal" and item.renewal and item.renewal.never_expires else None
    return float(held) == claim.amount
