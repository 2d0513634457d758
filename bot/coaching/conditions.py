"""Conditions of the knowledge store, asked of a person."""

from __future__ import annotations

from bot.coaching.person import Person
from bot.knowledge.schema import Condition


def holds(condition: Condition, person: Person) -> bool:
    """All parts hold. "lacks" wants to be told: what is unknown never counts as missing."""
    return (
        all(person.has(key) for key in condition.has)
        and (not condition.any_has or any(person.has(key) for key in condition.any_has))
        and all(person.state(key) in ("lacks", "lapsed") for key in condition.lacks)
        and all(person.state(key) == "unknown" for key in condition.unknown)
        and all(person.wants(key) for key in condition.wants)
        and all(person.months([key])[0] >= months for key, months in condition.months_at_least.items())
        and all(_surely_below(person, key, months) for key, months in condition.months_below.items())
    )


def _surely_below(person: Person, key: str, months: int) -> bool:
    most = person.months([key])[1]
    return most is not None and most < months and person.state(key) in ("has", "lacks")


def told_keys(condition: Condition) -> list[str]:
    """The keys that hold because the person told something: what makes a piece of advice theirs."""
    return [
        *condition.has,
        *condition.any_has,
        *condition.lacks,
        *condition.wants,
        *condition.months_at_least,
        *condition.months_below,
    ]


def asked_keys(condition: Condition) -> list[str]:
    """Every key the condition looks at."""
    return [*told_keys(condition), *condition.unknown]
