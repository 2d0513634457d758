"""Amounts of money as people write them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PRICE = re.compile(
    r"(?P<sign>[$£€])\s*(?P<a>\d[\d,]*)|\b(?P<b>\d[\d,]*)\s*(?P<unit>dollars?|bucks|usd|pounds?|gbp|quid|euros?|eur)\b",
    re.IGNORECASE,
)
_CURRENCY = {"$": "USD", "d": "USD", "b": "USD", "u": "USD", "£": "GBP", "p": "GBP", "g": "GBP", "q": "GBP"}


@dataclass(frozen=True)
class Price:
    """``currency`` is an ISO 4217 code; ``start`` the character offset in the text."""

    amount: float
    currency: str
    start: int


def price_in(text: str) -> Price | None:
    """The first amount with a currency."""
    match = _PRICE.search(text)
    if match is None:
        return None
    currency = _CURRENCY.get((match["sign"] or match["unit"])[0].lower(), "EUR")
    return Price(float((match["a"] or match["b"]).replace(",", "")), currency, match.start())


def amount_text(amount: float) -> str:
    """``1,000``, ``278.40``: pence only where there are some."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
