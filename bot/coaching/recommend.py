"""Which certification, if any: from the goal, the record and what the person can spend. Nothing is sold. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bot.coaching.case import Case
from bot.coaching.catalogue import LEVELS, exam_fee
from bot.coaching.eligibility import RouteResult, assess
from bot.coaching.phrases import listed
from bot.coaching.qualifying import asked
from bot.coaching.reply import Point, Reply, button
from bot.knowledge.schema import Certification

FAR = 12
"""Months short from which experience comes first and no certificate is advised for now."""

FIELD_OF_FAMILY = {
    "project": ("project",),
    "programme": ("programme",),
    "portfolio": ("portfolio",),
    "pmo": ("pmo", "portfolio"),
    "product": ("agile",),
    "agile": ("agile",),
    "change": ("change", "benefits"),
    "business": ("portfolio", "governance"),
    "technical": ("project", "agile"),
}
"""The fields of certification that go with a family of roles, the nearest first."""


@dataclass(frozen=True)
class Candidate:
    """``best`` is the nearest eligibility route; None when the issuer asks nothing or nothing reliable is held."""

    item: Certification
    place: int
    distance: int
    best: RouteResult | None

    @property
    def verdict(self) -> str:
        if self.best is None:
            return "open" if self.item.eligibility and self.item.eligibility.open_to_all else "cannot_say"
        return self.best.verdict

    @property
    def breadth(self) -> int:
        """How many fields it covers: one made for the goal's field comes before one for many."""
        return len(self.item.fields)

    @property
    def months_short(self) -> int:
        """Months of experience surely missing on the nearest route."""
        return (
            sum(r.shortfall[0] for r in self.best.requirements if r.kind == "experience" and r.state == "short")
            if self.best
            else 0
        )


_REACH = {"qualifies": 0, "open": 0, "may": 1, "cannot_say": 2, "not_yet": 3}


def candidates(case: Case, role: str, *, budget: float | None = None, currency: str = "USD") -> list[Candidate]:
    """Certifications for ``role``, the best first: the field, then reach, then the level that goes with the role."""
    target = case.knowledge.roles[role]
    fields = FIELD_OF_FAMILY[target.family]
    level = min(len(LEVELS) - 1, max(0, target.seniority - 1))
    found = []
    for item in case.knowledge.certifications.values():
        near = [n for n, field in enumerate(fields) if field in item.fields]
        if item.status.state not in ("current", "renamed") or not near or case.person.has(f"certification:{item.id}"):
            continue
        fee = exam_fee(item, case.person.today, currency)
        if budget is not None and (fee is None or fee.amount > budget):
            continue
        results = assess(case.person, item.eligibility) if item.eligibility else []
        found.append(Candidate(item, near[0], abs(LEVELS.index(item.level) - level), results[0] if results else None))
    return sorted(found, key=lambda c: (c.place, _REACH[c.verdict], c.breadth, c.distance, c.item.id))


def answer(case: Case, role: str, *, budget: float | None = None, currency: str = "USD") -> Reply:
    """One to take, or none yet with the reason; a runner-up; what may come later; the sum in money and hours."""
    found = candidates(case, role, budget=budget, currency=currency)
    if not found:
        return Reply(
            case.say("utter_certification_list_none"), about={"intent": "ask_certification_choice", "to": role}
        )
    fitting = min(found, key=lambda c: (c.place, c.distance, c.breadth, c.item.id))
    within = [c for c in found if c.verdict != "not_yet"]
    none_yet = fitting.months_short >= FAR and fitting.place == 0
    first = within[0] if within and not none_yet else None
    goal = case.role_name(role)
    if first is None:
        lead = case.say("utter_recommend_none", goal=goal, name=fitting.item.short, short=_short(case, fitting))
        bridge = next((c for c in within if c.item.id != fitting.item.id), None)
        points = (
            [Point(case.say("utter_recommend_bridge", name=bridge.item.short, why=_why(case, bridge)))]
            if bridge
            else []
        )
        path = [c for c in (bridge, fitting) if c]
    else:
        lead = case.say("utter_recommend", goal=goal, name=first.item.short, why=_why(case, first))
        second = next((c for c in found if c.item.id != first.item.id and c.item.family != first.item.family), None)
        points = [Point(first.item.value)]
        points += (
            [Point(case.say("utter_recommend_runner_up", name=second.item.short, why=_why(case, second)))]
            if second
            else []
        )
        above = LEVELS.index(first.item.level)
        later = [c for c in found if LEVELS.index(c.item.level) > above and c.place == first.place and c is not second][
            :2
        ]
        points += [Point(case.say("utter_recommend_then", names=listed(c.item.short for c in later)))] if later else []
        path = [first, *later]
    points += [Point(text) for text in _sums(case, [c.item for c in path])]
    return Reply(
        lead,
        tuple(points),
        closing=case.say("utter_recommend_honest"),
        buttons=tuple(
            button(
                case.say("button_more_about", name=c.item.short)[:75],
                "ask_certification_eligibility",
                certification=c.item.id,
            )
            for c in path[:3]
        ),
        sources=case.sources(s for c in path for s in c.item.sources)[:4],
        about={
            "intent": "ask_certification_choice",
            "to": role,
            "listed": [c.item.id for c in path],
            "kind": "certification",
        },
    )


def _why(case: Case, candidate: Candidate) -> str:
    return case.say(f"label_why_{candidate.verdict}")


def _short(case: Case, candidate: Candidate) -> str:
    worst = candidate.best.in_state("short") if candidate.best else []
    return listed(asked(case, r) for r in worst)


def _sums(case: Case, items: list[Certification]) -> list[str]:
    """Exam fees by currency and study hours, over the items that have them; nothing for a path of one."""
    if len(items) < 2:
        return []
    sums: dict[str, float] = defaultdict(float)
    fees = [exam_fee(i, case.person.today) for i in items]
    for fee in fees if all(fees) else ():  # a sum that leaves one out would be too low
        if fee:
            sums[fee.currency] += fee.amount
    hours = [p for i in items if (p := i.preparation) and p.hours_low and p.expires_on >= case.person.today]
    lines = (
        [case.say("utter_recommend_sum", sums=listed(f"{c} {a:,.0f}" for c, a in sorted(sums.items())))] if sums else []
    )
    if len(hours) == len(items):
        low, high = sum(p.hours_low or 0 for p in hours), sum(p.hours_high or p.hours_low or 0 for p in hours)
        lines.append(case.say("utter_recommend_hours", hours=f"{low} to {high}" if high > low else low))
    return lines
