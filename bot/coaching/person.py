"""A person as the advice sees them: what they have, lack, want, and what nobody has asked yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.experience.facts import Fact, Months
from bot.experience.timeline import DatedFact, months_of
from bot.knowledge.content import Knowledge

State = Literal["has", "lacks", "wants", "lapsed", "studying", "unknown"]

EDUCATION_LADDER = ("secondary", "associate", "bachelor", "master", "doctorate")
"""A higher degree implies the lower ones; an MBA is a master's degree."""


@dataclass(frozen=True)
class Held:
    """A fact as the record holds it: its own id there, the day it was said and the whole statement."""

    id: str
    fact: Fact
    said_on: date
    statement: str = ""

    @property
    def dated(self) -> DatedFact:
        return DatedFact(self.fact, self.said_on)


@dataclass(frozen=True)
class Person:
    """What is held of a person today. ``knowledge`` tells which roles give which experience."""

    held: tuple[Held, ...]
    today: date
    knowledge: Knowledge = field(repr=False)

    @cached_property
    def _by_key(self) -> dict[str, list[Held]]:
        result: dict[str, list[Held]] = {}
        for held in self.held:
            result.setdefault(held.fact.key, []).append(held)
        return result

    def told(self, key: str) -> list[Held]:
        """What was said of this very key."""
        return self._by_key.get(key, [])

    def evidence(self, key: str) -> list[Held]:
        """What shows that the person has ``key``: said so, or implied by a role held or a higher degree."""
        direct = [h for h in self.told(key) if h.fact.polarity == "has"]
        implied = [h for other in self._implying(key) for h in self.told(other) if h.fact.polarity == "has"]
        return direct + [h for h in implied if h not in direct]

    def _implying(self, key: str) -> list[str]:
        kind, _, id_ = key.partition(":")
        if kind == "education" and id_ in EDUCATION_LADDER:
            higher = EDUCATION_LADDER[EDUCATION_LADDER.index(id_) + 1 :]
            keys = [f"education:{level}" for level in higher]
            return [*keys, "education:mba"] if id_ != "doctorate" else keys
        term = self.knowledge.terms.get(key)
        return [f"role:{role}" for role in term.from_roles] if term else []

    def state(self, key: str) -> State:
        if key not in self._states:
            self._states[key] = self._looked_up(key)
        return self._states[key]

    @cached_property
    def _states(self) -> dict[str, State]:
        """What was asked for before: the same few facts decide most of the content."""
        return {}

    def _looked_up(self, key: str) -> State:
        told = self.told(key)
        if any(h.fact.polarity == "has" for h in told):
            return "has"
        if told:
            return told[-1].fact.polarity
        return "has" if self.evidence(key) else "unknown"

    def has(self, key: str) -> bool:
        return self.state(key) == "has"

    def wants(self, key: str) -> bool:
        """A goal held ("goal:pmp"), or a wish told of the thing itself."""
        return self.has(key) or self.state(key) == "wants"

    def months(self, keys: Iterable[str], within_years: int | None = None) -> Months:
        """Months under any of ``keys``, overlaps counted once; (0, None) when held for an untold time."""
        facts = [h.dated for key in keys for h in self.evidence(key)]
        return months_of(facts, self.today, within_years) if facts else (0, 0)

    def words(self, key: str) -> str:
        """The person's own words behind ``key``, or an empty string."""
        evidence = self.evidence(key) or self.told(key)
        return evidence[0].fact.text if evidence else ""

    @cached_property
    def roles(self) -> list[Held]:
        """Roles held, present ones first, then the more senior."""
        roles = [h for h in self.held if h.fact.kind == "role" and h.fact.polarity == "has"]
        return sorted(roles, key=lambda h: (h.fact.current is False, -self._seniority(h.fact.id)))

    def _seniority(self, role: str) -> int:
        item = self.knowledge.roles.get(role)
        return item.seniority if item else 0

    @cached_property
    def role(self) -> str | None:
        """The role the person is advised from: the present one, else the last told."""
        return self.roles[0].fact.id if self.roles else None

    @cached_property
    def seniority(self) -> int | None:
        """That of the role the person is advised from; None when they told of none in the field."""
        return self._seniority(self.role or "") or None

    @cached_property
    def goals(self) -> list[Held]:
        """Newest first."""
        return [h for h in reversed(self.held) if h.fact.kind == "goal" and h.fact.polarity in ("wants", "has")]

    @cached_property
    def goal_role(self) -> str | None:
        return next((h.fact.id for h in self.goals if h.fact.id in self.knowledge.roles), None)

    @cached_property
    def goal_certification(self) -> str | None:
        return next((h.fact.id for h in self.goals if h.fact.id in self.knowledge.certifications), None)


def assume(person: Person, facts: Sequence[Fact]) -> Person:
    """The person once ``facts`` hold: for "what if", without touching the record.

    Time supposed lies ahead: the person is seen on the day it will have passed, and it adds to what is held.
    """
    ahead = max((fact.months[0] for fact in facts if fact.months), default=0)
    then = person.today + relativedelta(months=ahead)
    supposed = {fact.key for fact in facts}
    kept = tuple(h for h in person.held if h.fact.key not in supposed or (h.fact.polarity == "has" and h.fact.months))
    added = tuple(
        Held(f"supposed-{n}", replace(fact, current=False if fact.months else fact.current), then, fact.text)
        for n, fact in enumerate(facts)
    )
    return Person(kept + added, then, person.knowledge)
