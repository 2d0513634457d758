"""Whether one certification counts for another: what issuers ask, what notes hold, else plainly nothing. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from bot.coaching.case import Case
from bot.coaching.catalogue import LEVELS, shelves
from bot.coaching.certification import COMPARED, current, issuer_name, sources_of
from bot.coaching.lots import lots
from bot.coaching.phrases import listed
from bot.coaching.reply import Point, Reply, Source, button
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Certification, CertificationNote

NEAREST = 3
SHOWN = 6


def between(case: Case, one: Sequence[Certification], other: Sequence[Certification]) -> Reply:
    """Both ways between two certifications, or the levels of two families: first as they were named."""
    there, back = _counting(case, one, other), _counting(case, other, one)
    names = [_together(case, one), _together(case, other)]
    points = [Point(text) for text in dict.fromkeys([*there.lines, *back.lines])]
    some = bool(points)
    points = [Point(text) for text in _not_required(case, one, other)] + points
    lead = "utter_transfer_some" if there.lines else "utter_transfer_back" if some else "utter_transfer_none"
    issuers = list(dict.fromkeys(issuer_name(c) for c in (*other, *one)))
    points += [Point(f"**{n}**: {items[0].level}. {items[-1].for_whom}")
               for n, items in zip(names, (one, other), strict=True)]  # fmt: skip
    both = [*one, *other]
    return Reply(
        case.say(lead, one=names[0], other=names[1], issuers=listed(issuers, "or")),
        tuple(points[:SHOWN]),
        closing=case.say("utter_transfer_judge", issuers=listed(issuers, "or")),
        buttons=(
            button(case.say("button_compare", names=listed(names))[:75], "press", do="compare",
                   word=",".join(c.id for c in both[:COMPARED])),
            *(button(case.say("button_requires", name=c.short)[:75], "ask_certification_eligibility",
                     certification=c.id) for c in list(other)[-2:]),
        ),
        sources=(*there.sources, *back.sources)[:4] or sources_of(case, both, ()),
        about={"intent": "ask_certification_comparison", "listed": [c.id for c in both], "kind": "certification"},
    )  # fmt: skip


def elsewhere(
    case: Case, items: Sequence[Certification], others: Sequence[Certification] = (), *, issuer: str = ""
) -> Reply:
    """Where a certification counts, and which are nearest to it; among ``others`` alone, where they are given."""
    name = _together(case, items)
    reached = _reached(case, items)
    targets = [c for c in others if c.id in reached] if others else _in_order(case, reached)
    found = [(c, k) for c in targets if (k := _counting(case, items, [c])).lines]
    near = nearest(case, items, others or case.knowledge.once(_few_of_each))
    points = [Point(case.say("utter_transfer_near", name=c.short, whom=c.for_whom)) for c in near]
    points += _by_line(found)
    lead = "utter_transfer_elsewhere" if found else "utter_transfer_nowhere"
    return Reply(
        case.say(lead, name=name, issuer=issuer or case.say("label_another_issuer")),
        tuple(points[:SHOWN]),
        closing=case.say("utter_transfer_near_note") if near else "",
        buttons=tuple(
            button(case.say("button_more_about", name=c.short)[:75], "ask_certification_overview", certification=c.id)
            for c in near
        ),
        sources=tuple(dict.fromkeys(s for _, k in found for s in k.sources))[:4]
        or sources_of(case, [*items, *near], ()),
        about={
            "intent": "ask_certification_comparison",
            "listed": [c.id for c in near],
            "kind": "certification",
        },
    )


def into(case: Case, target: Certification) -> Reply:
    """Which certifications count for this one."""
    found = [(c, k) for c in _in_order(case, _leading(case, target)) if (k := _counting(case, [c], [target])).lines]
    lead = "utter_transfer_into" if found else "utter_transfer_into_none"
    return Reply(
        case.say(lead, name=target.short, issuer=issuer_name(target)),
        tuple(_by_line(found)[:SHOWN]),
        buttons=(
            button(case.say("button_requires", name=target.short)[:75], "ask_certification_eligibility",
                   certification=target.id),
        ),
        sources=tuple(dict.fromkeys(s for _, k in found for s in k.sources))[:4] or sources_of(case, [target], ()),
        about={"intent": "ask_certification_comparison", "certification": target.id},
    )  # fmt: skip


def _reached(case: Case, items: Sequence[Certification]) -> set[str]:
    """Ids of what any of ``items`` may count for, by an issuer's ways or by a note; of none of themselves."""
    asking, ids = case.knowledge.once(_asking), {c.id for c in items}
    noted = (case.knowledge.members(n.about) for n in _current_notes(case) if ids & case.knowledge.members(n.held))
    return {c for i in ids for c in asking.get(i, ())}.union(*noted) - ids


def _leading(case: Case, target: Certification) -> set[str]:
    """Ids of what may count for ``target``, itself left out."""
    noted = (
        case.knowledge.members(n.held) for n in _current_notes(case) if target.id in case.knowledge.members(n.about)
    )
    return set(_asked(target)).union(*noted) - {target.id}


def _asked(item: Certification) -> set[str]:
    """Certifications the issuer asks for, or takes in place of training, on any way to this one."""
    routes = item.eligibility.routes if item.eligibility else ()
    return {i for r in routes for i in (*r.prerequisites, *r.waives_training)}


def _asking(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """By certification: those to which it is a way, or a part of one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in knowledge.certifications.values():
        for asked in _asked(item):
            found[asked].append(item.id)
    return dict(found)


def _in_order(case: Case, ids: Iterable[str]) -> list[Certification]:
    """Those of ``ids`` that are held, in the store's order."""
    held, places = case.knowledge.certifications, case.knowledge.once(_places)
    return [held[i] for i in sorted((i for i in ids if i in held), key=places.__getitem__)]


def _places(knowledge: Knowledge) -> Mapping[str, int]:
    return {id_: n for n, id_ in enumerate(knowledge.certifications)}


def _by_line(found: Sequence[tuple[Certification, Counting]]) -> list[Point]:
    """Each line once, with the names of all it is said of."""
    lines: dict[str, list[str]] = {}
    for c, counting in found:
        for line in counting.lines:
            lines.setdefault(line, []).append(c.short)
    return [Point(f"**{listed(names)}**: {line}") for line, names in lines.items()]


def known_cases(case: Case) -> Reply:
    """With no certification named: every case held in which one counts for another."""
    notes = [n for n in _current_notes(case) if n.counts in ("partly", "alike", "renewal")]
    mine = {h.fact.id for h in case.person.held if h.fact.kind == "certification" and h.fact.polarity == "has"}
    notes.sort(key=lambda n: mine.isdisjoint(case.knowledge.members(n.held)))
    lines = [f"**{_ids(case, n.held)} → {_ids(case, n.about)}**: {n.text}" for n in notes]
    return Reply(
        case.say("utter_transfer_cases"),
        tuple(Point(line) for line in lines[:SHOWN]),
        sources=case.sources(s for n in notes[:SHOWN] for s in n.sources)[:4],
        about={"intent": "ask_certification_comparison"},
    )


def _not_required(case: Case, one: Sequence[Certification], other: Sequence[Certification]) -> list[str]:
    """That the other can be had without the one, where the issuer's own requirements say so."""
    ids = {c.id for c in one}
    free = [
        c
        for c in other
        if c.eligibility
        and current(case, c.eligibility)
        and (c.eligibility.open_to_all or any(ids.isdisjoint(r.prerequisites) for r in c.eligibility.routes))
    ]
    if len(free) < len(other):
        return []
    return [case.say("utter_transfer_not_required", name=_together(case, one), other=_together(case, other))]


@dataclass(frozen=True)
class Counting:
    """How one certification counts for another: lines to show, and their sources."""

    lines: tuple[str, ...]
    sources: tuple[Source, ...]


def _counting(case: Case, held: Sequence[Certification], wanted: Sequence[Certification]) -> Counting:
    lines: list[str] = []
    sources: list[Source] = []
    for target in wanted:
        e = target.eligibility
        if e is None or not current(case, e):
            continue
        have = {h.id: h for h in held if h.id != target.id}
        required = [have[i] for i in have if any(i in r.prerequisites for r in e.routes)]
        waiving = [have[i] for i in have if any(i in r.waives_training for r in e.routes)]
        only = required and all(r.prerequisites for r in e.routes)
        if required:
            key = "utter_transfer_required" if only else "utter_transfer_route"
            lines.append(case.say(key, name=listed((c.short for c in required), "or"), other=target.short))
        if waiving:
            lines.append(case.say("utter_transfer_training", name=listed(c.short for c in waiving), other=target.short))
        if required or waiving:
            sources += sources_of(case, [target], [e])
    for note in _current_notes(case):
        if _speaks(case, note, held, wanted):
            lines.append(note.text)
            sources += case.sources(note.sources)
    return Counting(tuple(dict.fromkeys(lines)), tuple(dict.fromkeys(sources)))


def _speaks(case: Case, note: CertificationNote, held: Sequence[Certification],
            wanted: Sequence[Certification]) -> bool:  # fmt: skip
    """Whether a note is on these two; one that names both on either side says nothing of A and A."""
    one = {c.id for c in held} & case.knowledge.members(note.held)
    other = {c.id for c in wanted} & case.knowledge.members(note.about)
    return bool(one and other and len(one | other) > 1)


def _current_notes(case: Case) -> list[CertificationNote]:
    return [n for n in case.knowledge.notes.values() if n.matter == "transfer" and n.expires_on >= case.person.today]


def nearest(case: Case, items: Sequence[Certification], others: Iterable[Certification]) -> list[Certification]:
    """Those of other issuers that share most of the fields, a rare field weighing more; then the nearest in level."""
    fields: set[str] = {f for c in items for f in c.fields}
    level = max(LEVELS.index(c.level) for c in items)
    common = case.knowledge.once(shelves)["field"]

    def weight(shared: Iterable[str]) -> float:
        return sum(1 / len(common[f]) for f in shared)

    def alike(c: Certification) -> float:
        return weight(fields & set(c.fields)) / weight(fields | set(c.fields))

    issuers = {issuer_name(c) for c in items}
    found = [
        c
        for c in others
        if issuer_name(c) not in issuers and c.status.state != "withdrawn" and not c.status.successor and alike(c) > 0
    ]
    return nsmallest(NEAREST, found, key=lambda c: (-alike(c), abs(LEVELS.index(c.level) - level), c.id))


def _few_of_each(knowledge: Knowledge) -> list[Certification]:
    """Of those alike in all that nearness is measured by, as many as can be among the nearest."""

    def alike(c: Certification) -> tuple[object, ...]:
        return tuple(c.fields), c.level, issuer_name(c), c.status.state == "withdrawn", bool(c.status.successor)

    return [c for lot in lots(knowledge.certifications.values(), alike) for c in lot[:NEAREST]]


def _together(case: Case, items: Sequence[Certification]) -> str:
    """One name for what was named: the family where all its levels are meant."""
    ids = {c.id for c in items}
    for family in case.knowledge.families.values():
        if len(ids) > 1 and ids == set(family.members):
            return family.name
    return listed(c.short for c in items)


def _ids(case: Case, ids: Sequence[str]) -> str:
    return listed((case.certification_name(i) for i in ids), "or")
