"""An issuer's requirements worked out on what a person told: arithmetic, and nothing on unknown facts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.coaching.person import Person
from bot.experience.facts import Months
from bot.knowledge.schema import Eligibility, EligibilityRoute, Experience

State = Literal["met", "open", "unknown", "short"]
"""``open``: a range told, or a thing no record can prove, leaves it undecided; ``unknown``: nothing was told of it."""
Verdict = Literal["qualifies", "may", "cannot_say", "not_yet"]

FARTHEST = 240
"""Months ahead that are looked at for the earliest date; further away nobody plans an exam."""


@dataclass(frozen=True)
class Requirement:
    """One thing an issuer asks, held against the record.

    ``have`` and ``need`` are months, or hours of training; ``keys`` are the facts that count, ``words`` what was told.
    """

    kind: Literal["education", "accreditation", "experience", "training", "prerequisite", "other"]
    state: State
    label: str
    keys: tuple[str, ...] = ()
    have: Months = (0, 0)
    need: int = 0
    within_years: int | None = None
    words: tuple[str, ...] = ()

    @property
    def shortfall(self) -> tuple[int, int]:
        """What is missing: at least, at most."""
        least, most = self.have
        return (0 if most is None else max(0, self.need - most), max(0, self.need - least))


@dataclass(frozen=True)
class RouteResult:
    """``earliest`` is when the route is met if the person goes on as now; None when that is never, or not known."""

    route: EligibilityRoute
    requirements: tuple[Requirement, ...]
    verdict: Verdict
    earliest: date | None = None

    def in_state(self, *states: State) -> list[Requirement]:
        return [r for r in self.requirements if r.state in states]


_ORDER: tuple[Verdict, ...] = ("qualifies", "may", "cannot_say", "not_yet")


def assess(person: Person, eligibility: Eligibility) -> list[RouteResult]:
    """Every route, the best first; empty when the issuer asks nothing, or nothing reliable is held."""
    results = [assess_route(person, route) for route in eligibility.routes]
    return sorted(results, key=_rank)


def _rank(result: RouteResult) -> tuple[int, int, int, int]:
    """Of routes as near as each other, the one that asks least is best: that of the higher degree."""
    short = sum(r.shortfall[1] for r in result.requirements if r.state == "short")
    asked = sum(r.need for r in result.requirements if r.kind == "experience")
    known = not any(r.kind == "education" and r.state == "unknown" for r in result.requirements)
    return (_ORDER.index(result.verdict), short, len(result.in_state("unknown", "open")), asked if known else 0)


def assess_route(person: Person, route: EligibilityRoute) -> RouteResult:
    requirements = tuple(_requirements(person, route))
    verdict = _verdict(requirements)
    return RouteResult(route, requirements, verdict, _earliest(person, route) if verdict == "not_yet" else None)


def _verdict(requirements: Sequence[Requirement]) -> Verdict:
    states = {r.state for r in requirements}
    if "short" in states:
        return "not_yet"
    if "unknown" in states:
        return "cannot_say"
    return "may" if "open" in states else "qualifies"


def _requirements(person: Person, route: EligibilityRoute) -> list[Requirement]:
    found = [_education(person, route)] if route.education else []
    if route.education_note:
        found.append(Requirement("accreditation", "open", route.education_note))
    found += [_experience(person, e) for e in route.experience]
    if route.training_hours:
        found.append(_training(person, route))
    if route.prerequisites:
        found.append(_prerequisite(person, route))
    if route.other:
        found.append(Requirement("other", "open", route.other))
    return found


def _education(person: Person, route: EligibilityRoute) -> Requirement:
    key = f"education:{route.education}"
    state = person.state(key)
    known: State = "met" if state == "has" else "short" if state in ("lacks", "studying", "wants") else "unknown"
    return Requirement("education", known, key, (key,), words=_words(person, [key]))


def _experience(person: Person, asked: Experience) -> Requirement:
    keys = tuple(str(k) for k in asked.counts)
    months = person.months(keys, asked.within_years)
    least, most = months
    told = any(person.evidence(k) for k in keys)
    state: State
    if not told:
        state = "short" if all(person.state(k) == "lacks" for k in keys) else "unknown"
    elif least >= asked.months:
        state = "met"
    elif not _any_length(person, keys):
        state = "unknown"
    else:
        state = "open" if most is None or most >= asked.months else "short"
    return Requirement(
        "experience", state, asked.label, keys, months, asked.months, asked.within_years, _words(person, keys)
    )


def _any_length(person: Person, keys: Sequence[str]) -> bool:
    return any(h.fact.months is not None or h.fact.start is not None for k in keys for h in person.evidence(k))


def _training(person: Person, route: EligibilityRoute) -> Requirement:
    need = route.training_hours or 0
    held = [c for c in route.waives_training if person.has(f"certification:{c}")]
    key = "training:project_management"
    if held:
        words = _words(person, [f"certification:{c}" for c in held])
        return Requirement("training", "met", "", (key,), (need, need), need, words=words)
    told = person.told(key)
    hours = int(sum(h.fact.amount or 0 for h in told if h.fact.polarity == "has"))
    lacking = bool(told) and all(h.fact.polarity == "lacks" for h in told)
    counted = any(h.fact.amount for h in told)
    state: State = "met" if hours >= need else "short" if counted or lacking else "unknown"
    return Requirement("training", state, "", (key,), (hours, hours), need, words=_words(person, [key]))


def _prerequisite(person: Person, route: EligibilityRoute) -> Requirement:
    keys = tuple(f"certification:{c}" for c in route.prerequisites)
    states = {person.state(k) for k in keys}
    known: State = "met" if "has" in states else "unknown" if "unknown" in states else "short"
    return Requirement("prerequisite", known, "", keys, words=_words(person, keys))


def _words(person: Person, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for k in keys if (w := person.words(k))))


def _earliest(person: Person, route: EligibilityRoute) -> date | None:
    """The first month in which only time was missing: present roles go on, the issuer's window moves along."""
    if any(
        r.state != "met" and r.kind not in ("experience", "accreditation", "other")
        for r in _requirements(person, route)
    ):
        return None
    asked = [e for e in route.experience if _experience(person, e).state == "short"]
    if any(_experience(person, e).state == "unknown" for e in route.experience):
        return None
    for ahead in range(1, FARTHEST + 1):
        later = replace(person, today=person.today + relativedelta(months=ahead))
        if all(_experience(later, e).state == "met" for e in asked):
            return later.today
    return None
