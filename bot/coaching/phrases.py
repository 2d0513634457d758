"""The coach's wording: every phrase a person sees, by key, from ``data/responses``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Phrases:
    """Phrases by key, with ``{name}`` placeholders. One text a key: the same question gets the same words."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> Iterable[str]:
        return self._texts.keys()

    def say(self, key: str, **values: object) -> str:
        """The phrase with its placeholders filled. Raises KeyError for an unknown key or a missing value."""
        return self._texts[key].format(**values)


def listed(words: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def within(sentence: str) -> str:
    """A sentence as part of another: no full stop, no capital unless it is a name or an abbreviation."""
    text = sentence.rstrip(".")
    named = text[:2].isupper() or not text[:1].isupper() or text.split()[0] in ("I", "PMO", "PMI")
    return text if named else text[0].lower() + text[1:]


def count(number: int, noun: str) -> str:
    """``1 month``, ``2 months``."""
    return f"{number} {noun if number == 1 else noun + 's'}"


def amount_in_words(amount: float, unit: str | None) -> str:
    """``35 hours``, ``2,000,000``: a budget was told with no sure currency, and its unit says no more than its name."""
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,}"
    return number if unit in (None, "money") else f"{number} {unit}"


ABOUT = 12
"""Months from the least to the most of "about eight years"."""


def months_in_words(least: int, most: int | None) -> str:
    """``7 years``, ``18 months``, ``5 to 7 years``, ``at least 5 years``, ``about 8 years``."""

    def one(months: int) -> str:
        return count(months // 12, "year") if months % 12 == 0 and months else count(months, "month")

    if most is None:
        return f"at least {one(least)}"
    if most == least:
        return one(least)
    if least % 12 == 0 and most % 12 == 0 and least:
        return f"{least // 12} to {most // 12} years"
    middle = (least + most) // 2
    if middle % 12 == 0 and most - least == ABOUT:
        return f"about {one(middle)}"
    return f"{least} to {most} months"
