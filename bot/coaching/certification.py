"""What is asked of one certification, facet by facet; every number comes from a figure that is still in date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.coaching.case import Case
from bot.coaching.catalogue import exam_fee
from bot.coaching.money import amount_text
from bot.coaching.phrases import count, listed
from bot.coaching.reply import Button, Point, Reply, Source, Table, button
from bot.knowledge.schema import Certification, EligibilityRoute, Fee, Figure

FACETS = ("overview", "eligibility", "cost", "exam", "renewal", "preparation", "value", "application")
COMPARED = 4
LISTED = 6
Written = tuple[list[str], list[Figure]]


@dataclass(frozen=True)
class Asked:
    """What a question narrows its answer to: the price of a member, or of a region."""

    member: bool | None = None
    region: str = ""


NOTHING_ASKED = Asked()


def answer(case: Case, certification: Certification, facet: str, asked: Asked = NOTHING_ASKED) -> Reply:
    """One facet of one certification; the name is shown, so that a wrong guess is seen."""
    points, figures = _written(case, certification, facet, asked)
    stale = [f for f in figures if f.expires_on < case.person.today]
    prose = _prose(certification, facet)
    key = f"utter_certification_{facet}" if points or prose else "utter_certification_unknown"
    lead = case.say(key, name=certification.short, text=prose, facet=case.say(f"label_facet_{facet}"))
    closing = []
    if certification.status.state != "current":
        closing.append(case.say("utter_certification_status", name=certification.short, note=certification.status.note))
    if stale:
        checked = max(f.checked_on for f in stale).isoformat()
        closing.append(case.say("utter_certification_stale", date=checked, url=certification.issuer_url))
    return Reply(
        lead.strip(),
        tuple(Point(p) for p in points[:6]),
        closing="\n\n".join(closing),
        buttons=facet_buttons(case, certification, facet),
        sources=sources_of(case, [certification], [f for f in figures if f not in stale]),
        about={
            "intent": f"ask_certification_{facet}",
            "certification": certification.id,
            "facet": facet,
        },
    )


def facet_buttons(case: Case, certification: Certification, facet: str) -> tuple[Button, ...]:
    """Other questions on the same certification, four at most."""
    others = [f for f in FACETS if f != facet][:4]
    return tuple(
        button(case.say(f"button_facet_{f}"), f"ask_certification_{f}", certification=certification.id) for f in others
    )


def _written(case: Case, certification: Certification, facet: str, asked: Asked) -> Written:
    return _cost(case, certification, asked) if facet == "cost" else _WRITERS[facet](case, certification)


AnyFigure = TypeVar("AnyFigure", bound=Figure)


def current(case: Case, *figures: AnyFigure | None) -> list[AnyFigure]:
    """Those that exist and may still be quoted."""
    return [f for f in figures if f is not None and f.expires_on >= case.person.today]


def sources_of(case: Case, items: Sequence[Certification], figures: Iterable[Figure]) -> tuple[Source, ...]:
    """The figures' own sources with the day the figure was checked; the items' when no figure is shown."""
    found: dict[str, Source] = {}
    for figure in figures:
        source = case.knowledge.sources.get(figure.source)
        if source:
            found.setdefault(source.id, Source(source.title, source.url, figure.checked_on.isoformat()))
    return tuple(found.values())[:4] or case.sources(s for i in items for s in i.sources[:3])[:4]


def _prose(certification: Certification, facet: str) -> str:
    return {
        "overview": certification.covers, "value": certification.value, "application": certification.apply,
    }.get(facet, "")  # fmt: skip


def _overview(case: Case, c: Certification) -> Written:
    points = [
        case.say("utter_certification_issuer", issuer=c.issuer, level=c.level),
        case.say("utter_certification_for_whom", text=c.for_whom),
    ]
    if c.before:
        points.append(
            case.say("utter_certification_before", names=listed(case.certification_name(i) for i in c.before))
        )
    if c.after:
        points.append(case.say("utter_certification_after", names=listed(case.certification_name(i) for i in c.after)))
    return points, []


def _value(case: Case, c: Certification) -> Written:
    return [case.say("utter_certification_recognition", text=c.recognition)], []


def _application(case: Case, c: Certification) -> Written:
    return [case.say("utter_certification_book", url=c.book_at or c.issuer_url)], []


def _eligibility(case: Case, c: Certification) -> Written:
    e = c.eligibility
    if e is None or not current(case, e):
        return [], [e] if e else []
    if e.open_to_all:
        return [case.say("utter_certification_open")], [e]
    return [route_text(case, route) for route in e.routes] + ([e.note] if e.note else []), [e]


def route_text(case: Case, route: EligibilityRoute) -> str:
    """One of the issuer's alternatives in a line."""
    parts = [case.fact_name(f"education:{route.education}")] if route.education else []
    parts += [route.education_note] if route.education_note else []
    for experience in route.experience:
        key = "utter_requirement_experience_within" if experience.within_years else "utter_requirement_experience"
        parts.append(case.say(key, months=experience.months, label=experience.label, years=experience.within_years))
    if route.training_hours:
        parts.append(case.say("utter_requirement_training", hours=route.training_hours))
    if route.prerequisites:
        parts.append(listed((case.certification_name(i) for i in route.prerequisites), "or"))
    parts += [route.other] if route.other else []
    return case.say(
        "utter_requirement_route", name=route.name, parts="; ".join(parts) or case.say("label_nothing_more")
    )


def _cost(case: Case, c: Certification, asked: Asked = NOTHING_ASKED) -> Written:
    """The fees asked for, or all of them where none is so narrow; then whether joining pays."""
    fees = current(case, *c.fees)
    whose = {
        None: ("member", "non_member", "everyone"),
        True: ("member", "everyone"),
        False: ("non_member", "everyone"),
    }
    mine = [f for f in fees if f.for_ in whose[asked.member]] or fees
    there = [f for f in mine if asked.region and asked.region.lower() in f.region.lower()]
    elsewhere = [] if there or not asked.region or not mine else [case.say("utter_cost_no_region", place=asked.region)]
    if fees and exam_fee(c, case.person.today) is None:
        elsewhere.append(case.say("utter_cost_no_exam", name=c.short))
    lines = elsewhere + [fee_text(case, f) for f in (there or mine)[:5]]
    return lines + ([] if asked.member is False else membership_sum(case, fees)), list(c.fees)


def membership_sum(case: Case, fees: list[Fee]) -> list[str]:
    """The sum that shows whether joining the issuer pays for the exam alone."""
    joining = next((f for f in fees if f.kind == "membership"), None)
    member = next((f for f in fees if f.kind == "exam" and f.for_ == "member"), None)
    other = next((f for f in fees if f.kind == "exam" and f.for_ == "non_member"), None)
    if not (joining and member and other) or len({joining.currency, member.currency, other.currency}) > 1:
        return []
    saving = other.amount - member.amount
    key = "utter_certification_membership_pays" if saving > joining.amount else "utter_certification_membership_not"
    return [
        case.say(key, currency=joining.currency, membership=amount_text(joining.amount), saving=amount_text(saving))
    ]


def fee_text(case: Case, fee: Fee) -> str:
    details = [case.say(f"label_fee_for_{fee.for_}")] if fee.for_ != "everyone" else []
    details += [d for d in (fee.region, fee.includes) if d]
    key = "utter_fee_about" if fee.about else "utter_fee"
    return case.say(
        key,
        kind=case.say(f"label_fee_{fee.kind}"),
        amount=amount_text(fee.amount),
        currency=fee.currency,
        details=f" ({', '.join(details)})" if details else "",
    )


def _exam(case: Case, c: Certification) -> Written:
    e = c.exam
    if e is None or not current(case, e):
        return [], [e] if e else []
    points = []
    if e.questions and e.minutes:
        points.append(case.say("utter_exam_length", questions=e.questions, minutes=e.minutes))
    elif e.questions or e.minutes:
        points.append(count(e.questions, "question") if e.questions else count(e.minutes or 0, "minute"))
    if e.pass_percent:
        points.append(case.say("utter_exam_pass", percent=e.pass_percent))
    elif e.pass_note:
        points.append(e.pass_note)
    where = [case.say(f"label_exam_{n}") for n, v in (("online", e.online), ("test_centre", e.test_centre)) if v]
    if where:
        points.append(case.say("utter_exam_where", places=listed(where, "or")))
    points += [e.format] if e.format else []
    points += attempts(case, c)
    if e.languages:
        points.append(case.say("utter_exam_languages", languages=listed(e.languages)))
    return points, [e]


def attempts(case: Case, c: Certification) -> list[str]:
    """How often the exam may be taken, in a line; empty where that is not held."""
    e = c.exam
    if e is None or not current(case, e):
        return []
    key = "utter_exam_attempts_within" if e.attempts_days else "utter_exam_attempts"
    included = [case.say(key, number=e.attempts_included, days=e.attempts_days)] if e.attempts_included else []
    line = " ".join([*included, *([e.attempts] if e.attempts else [])])
    return [line] if line else []


def _renewal(case: Case, c: Certification) -> Written:
    r = c.renewal
    if r is None or not current(case, r):
        return [], [r] if r else []
    if r.never_expires:
        return [case.say("utter_renewal_never"), *([r.how] if r.how else [])], [r]
    points = [case.say("utter_renewal_years", years=count(r.years, "year"))] if r.years else []
    if r.units:
        points.append(case.say("utter_renewal_units", units=r.units, unit=r.unit))
    return points + [text for text in (r.how, r.lapsed) if text], [r]


def renewal_lines(case: Case, c: Certification) -> list[str]:
    return _renewal(case, c)[0]


def _preparation(case: Case, c: Certification) -> Written:
    p = c.preparation
    if p is None or not current(case, p):
        return [], [p] if p else []
    points = []
    if p.hours_low:
        points.append(case.say("utter_preparation_hours", hours=hours_text(p.hours_low, p.hours_high)))
    return points + list(p.means), [p]


def hours_text(low: int, high: int | None) -> str:
    return f"{low} to {high}" if high and high > low else str(low)


_WRITERS: dict[str, Callable[[Case, Certification], Written]] = {
    "overview": _overview, "value": _value, "application": _application, "eligibility": _eligibility, "cost": _cost,
    "exam": _exam, "renewal": _renewal, "preparation": _preparation,
}  # fmt: skip


def compare(case: Case, certifications: list[Certification]) -> Reply:
    """Two to four side by side; a figure that is not held is a dash."""
    items = certifications[:COMPARED]

    def first(c: Certification, facet: str) -> str:
        points, figures = _written(case, c, facet, NOTHING_ASKED)
        return points[0] if points and all(f.expires_on >= case.person.today for f in figures[:1]) else "–"

    def cell(c: Certification, facet: str) -> str:
        return _price_in_short(case, c) if facet == "cost" else first(c, facet)

    rows = [
        (case.say("label_row_for_whom"), *(c.for_whom for c in items)),
        (case.say("label_row_level"), *(f"{c.level}, {issuer_name(c)}" for c in items)),
        *(
            (case.say(f"label_facet_{f}").capitalize(), *(cell(c, f) for c in items))
            for f in ("eligibility", "cost", "exam", "preparation", "renewal")
        ),
    ]
    figures: list[Figure] = [
        f for c in items for f in current(case, c.eligibility, c.exam, c.renewal, c.preparation, *c.fees[:1])
    ]
    return Reply(
        case.say("utter_certification_comparison", names=listed(c.short for c in items)),
        table=Table(("", *(c.short for c in items)), tuple(rows)),
        buttons=tuple(
            button(case.say("button_more_about", name=c.short), "ask_certification_overview", certification=c.id)
            for c in items
        ),
        sources=sources_of(case, items, figures),
        about={"intent": "ask_certification_comparison", "listed": [c.id for c in items], "kind": "certification"},
    )


def _price_in_short(case: Case, c: Certification) -> str:
    """What members and others pay for the exam, in one currency; a dash where no price is held."""
    fees = [fee for fee in (exam_fee(c, case.person.today, member=m) for m in (True, False)) if fee]
    same = [fee for fee in fees if fee.currency == fees[0].currency]
    return "; ".join(dict.fromkeys(fee_text(case, fee) for fee in same)) or "–"


def issuer_name(c: Certification) -> str:
    """The issuer without what its entry adds: "IPMA", "APM"."""
    return re.split(r",| \(", c.issuer)[0]


def listing(case: Case, certifications: list[Certification], lead: str) -> Reply:
    shown = certifications[:LISTED]
    return Reply(
        lead,
        tuple(Point(f"**{c.short}**: {c.for_whom}") for c in shown),
        closing=case.say("utter_certification_list_rest", names=listed(c.short for c in certifications[LISTED:]))
        if len(certifications) > LISTED
        else "",
        buttons=tuple(button(c.short[:75], "ask_certification_overview", certification=c.id) for c in shown),
        sources=case.sources(s for c in shown for s in c.sources)[:4],
        about={"intent": "ask_certification_list", "listed": [c.id for c in shown], "kind": "certification"},
    )
