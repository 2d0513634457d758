"""Which certification, if any: from the goal, the record and what the person can spend. Nothing is sold. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.coaching.case import Case
from bot.coaching.catalogue import LEVELS, exam_fee
from bot.coaching.certification import sources_of
from bot.coaching.contrast import costing
from bot.coaching.eligibility import RouteResult, assess
from bot.coaching.lots import frozen, lots
from bot.coaching.phrases import listed
from bot.coaching.qualifying import asked
from bot.coaching.reply import Point, Reply, button
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Certification, Role

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

FOUNDATION = LEVELS.index("foundation")

NAMED = 3
"""Certifications alike but for their names that one answer can name: a runner-up and two for later."""


@dataclass(frozen=True)
class Candidate:
    """``best`` is the nearest eligibility route; None when the issuer asks nothing or nothing reliable is held.

    ``place`` is how near its field is to the goal's, ``aside`` whether that field is not the one it is made for.
    """

    item: Certification
    place: int
    aside: bool
    distance: int
    best: RouteResult | None

    @property
    def verdict(self) -> str:
        if self.best is None:
            return "open" if self.item.eligibility and self.item.eligibility.open_to_all else "cannot_say"
        told = any(r.state == "met" for r in self.best.requirements)
        return "cannot_say" if self.best.verdict == "may" and not told else self.best.verdict

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


def candidates(
    case: Case,
    role: str,
    *,
    budget: float | None = None,
    currency: str = "USD",
    among: Sequence[Certification] = (),
) -> list[Candidate]:
    """Certifications for ``role``, the best first: the field, then reach, then the level that goes with the role.

    What lies below the work the person does in that field comes last, after what is only the way in to something
    higher. ``among`` limits the choice, whatever the field.
    """
    target = case.knowledge.roles[role]
    fields = FIELD_OF_FAMILY[target.family]
    level = _level_of(target)
    found = []
    for lot in [(item,) for item in among] or _lots(case):
        item = lot[0]
        near = [n for n, field in enumerate(fields) if field in item.fields] or ([len(fields)] if among else [])
        replaced = item.status.state not in ("current", "renamed") or item.status.successor
        if replaced or not near:
            continue
        fee = exam_fee(item, case.person.today, currency)
        if budget is not None and (fee is None or fee.amount > budget):
            continue
        results = assess(case.person, item.eligibility) if item.eligibility else []
        aside = not any(f == item.fields[0] for f in fields[: near[0] + 1])
        distance = abs(LEVELS.index(item.level) - level)
        best = results[0] if results else None
        found += [
            Candidate(c, near[0], aside, distance, best) for c in lot if not case.person.has(f"certification:{c.id}")
        ]
    floor = _floor(case, target)
    above = {c.item.id for c in found if LEVELS.index(c.item.level) >= floor}
    gates = {
        i
        for c in found
        if c.item.id in above and c.item.eligibility
        for route in c.item.eligibility.routes
        for i in route.prerequisites
    }

    def beneath(c: Candidate) -> int:
        return 0 if c.item.id in above else 1 if c.item.id in gates else 2

    if among:  # what opens the way to another of them comes before it
        opens = {i for c in found if c.item.eligibility for r in c.item.eligibility.routes for i in r.prerequisites}
        return sorted(found, key=lambda c: (_REACH[c.verdict], c.item.id not in opens, c.place, c.distance, c.item.id))
    return sorted(
        found,
        key=lambda c: (c.place, beneath(c), c.aside, _REACH[c.verdict], c.breadth, c.distance, c.item.id),
    )


def _lots(case: Case) -> Iterator[list[Certification]]:
    """Lots alike in all a choice looks at: of each, what opens the way to others, and as many more as can be named."""
    for gates, others in case.knowledge.once(_alike):
        free = (c for c in others if not case.person.has(f"certification:{c.id}"))
        if lot := [*gates, *islice(free, NAMED)]:
            yield lot


def _alike(knowledge: Knowledge) -> list[tuple[list[Certification], list[Certification]]]:
    every = knowledge.certifications.values()
    gates = {i for c in every if c.eligibility for route in c.eligibility.routes for i in route.prerequisites}

    def looked_at(c: Certification) -> tuple[object, ...]:
        return c.level, c.family, *map(frozen, (c.fields, c.status, c.eligibility, c.fees))

    return [
        ([c for c in lot if c.id in gates], [c for c in lot if c.id not in gates]) for lot in lots(every, looked_at)
    ]


def _level_of(role: Role) -> int:
    return min(len(LEVELS) - 1, max(0, role.seniority - 1))


def _floor(case: Case, target: Role) -> int:
    """The least level worth a look: that of the present work in the goal's own field, and at least the foundation."""
    held = [case.knowledge.roles[h.fact.id] for h in case.person.roles if h.fact.id in case.knowledge.roles]
    present = [min(_level_of(target), _level_of(r)) for r in held if r.family == target.family]
    return max([min(FOUNDATION, _level_of(target)), *present])


def answer(
    case: Case,
    role: str,
    *,
    budget: float | None = None,
    currency: str = "USD",
    among: Sequence[Certification] = (),
) -> Reply:
    """One to take, or none yet with the reason; a runner-up; what may come later; the sum in money and hours.

    A certification asked about by name is answered first.
    """
    single = among[0] if len(among) == 1 else None
    several = among if len(among) > 1 else ()
    found = candidates(case, role, budget=budget, currency=currency, among=several)
    goal = case.role_name(role)
    if not found:
        spent = budget is not None
        text = (
            case.say("utter_recommend_budget", goal=goal, budget=f"{currency} {budget:,.0f}")
            if spent
            else case.say("utter_certification_list_none")
        )
        return Reply(text, about={"intent": "ask_certification_choice", "to": role})
    fitting = min(found, key=lambda c: (c.place, c.aside, c.distance, c.breadth, c.item.id))
    within = [c for c in found if c.verdict != "not_yet"]
    none_yet = fitting.months_short >= FAR and fitting.place == 0
    first = within[0] if within and not none_yet else None
    if first is None:
        lead = case.say("utter_recommend_none", goal=goal, name=fitting.item.short, short=_short(case, fitting))
        bridge = next((c for c in within if c.item.id != fitting.item.id), None)
        points = [case.say("utter_recommend_bridge", name=bridge.item.short, why=_why(case, bridge))] if bridge else []
        path = told = [c for c in (bridge, fitting) if c]
    else:
        lead = case.say("utter_recommend", goal=goal, name=first.item.short, why=_why(case, first))
        points = [first.item.value]
        second = next((c for c in found if c.item.id != first.item.id and c.item.family != first.item.family), None)
        if second:
            points.append(case.say("utter_recommend_runner_up", name=second.item.short, why=_why(case, second)))
        above = LEVELS.index(first.item.level)
        level = _level_of(case.knowledge.roles[role])
        higher = [c for c in found if LEVELS.index(c.item.level) > above and c.place == first.place and c is not second]
        nearest = sorted(higher, key=lambda c: (LEVELS.index(c.item.level) > level, c.distance))[:2]
        if later := sorted(nearest, key=lambda c: LEVELS.index(c.item.level)):
            points.append(case.say("utter_recommend_then", names=listed(c.item.short for c in later)))
        path, told = [first, *later], [first, *([second] if second else []), *later]
    if single:
        lead = f"{_of_single(case, single, role, path)} {lead}".strip()
    costs, figures = costing(case, [c.item for c in path])
    items = [c.item for c in told]
    return Reply(
        lead,
        tuple(Point(text) for text in (*points, *costs)),
        closing=case.say("utter_recommend_honest"),
        buttons=tuple(
            button(
                case.say("button_more_about", name=i.short)[:75], "ask_certification_eligibility", certification=i.id
            )
            for i in items[:3]
        ),
        sources=sources_of(case, items, figures),
        about={
            "intent": "ask_certification_choice",
            "to": role,
            "listed": [i.id for i in items],
            "kind": "certification",
        },
    )


def _of_single(case: Case, item: Certification, role: str, path: Sequence[Candidate]) -> str:
    """ "Should I take the PMP?": whether it goes with the goal, and whether it is within reach."""
    fields = FIELD_OF_FAMILY[case.knowledge.roles[role].family]
    results = assess(case.person, item.eligibility) if item.eligibility else []
    verdict = Candidate(item, 0, False, 0, results[0] if results else None).verdict
    if any(c.item.id == item.id for c in path):
        return ""
    key = "utter_recommend_single" if set(fields) & set(item.fields) else "utter_recommend_single_other"
    about = listed(f.replace("_", " ") for f in item.fields)
    return case.say(
        key, name=item.short, fields=about, goal=case.role_name(role), why=case.say(f"label_reach_{verdict}")
    )


def _why(case: Case, candidate: Candidate) -> str:
    return case.say(f"label_why_{candidate.verdict}")


def _short(case: Case, candidate: Candidate) -> str:
    """What of the nearest route is not there: surely missing, or not told of."""
    worst = candidate.best.in_state("short", "unknown") if candidate.best else []
    return listed(asked(case, r) for r in worst if r.kind == "experience")
