""" "Which one is easier?": certifications held against each other by one thing, with what is held of it. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from bot.coaching.case import Case
from bot.coaching.catalogue import LEVELS, exam_fee
from bot.coaching.certification import current, fee_text, hours_text, sources_of
from bot.coaching.eligibility import assess
from bot.coaching.money import amount_text
from bot.coaching.phrases import count, listed
from bot.coaching.reply import Point, Reply, button
from bot.knowledge.schema import Certification, Figure

SHOWN = 6


@dataclass(frozen=True)
class Aspect:
    """What certifications are ranked by, and whether the ``least`` or the ``most`` of it is asked for."""

    name: str
    end: str = "least"

    @classmethod
    def of(cls, kept: str) -> Aspect:
        """The reverse of ``str``."""
        return cls(*kept.split(":"))

    def __str__(self) -> str:
        return f"{self.name}:{self.end}"


_MOST = "(?:more|most)"
_LESS = "(?:less|least)"
_WORDS = tuple(
    (Aspect(name, end), re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for name, end, pattern in (
        ("renewal", "most", r"(?:easier|easiest|cheaper|less (?:work|effort)) to (?:keep|renew|maintain)"),
        ("renewal", "most", r"(?:lasts?|valid)\b.{0,12}\blong(?:er|est)|expires? (?:later|last)"),
        ("renewal", "least", r"expires? (?:first|sooner|soonest|earlier)|runs? out (?:first|sooner)"),
        ("exam", "least", r"short(?:er|est) (?:exam|test)|(?:exam|test)\b.{0,20}\bshort(?:er|est)"),
        ("exam", "most", r"long(?:er|est) (?:exam|test)|(?:exam|test)\b.{0,20}\blong(?:er|est)"),
        ("price", "least", rf"cheap(?:er|est)|{_LESS} (?:expensive|money)|{_MOST} affordable|costs? (?:me )?{_LESS}"),
        ("price", "most", rf"{_MOST} (?:expensive|money)|dear(?:er|est)|costs? (?:me )?{_MOST}"),
        ("study", "least", rf"quick(?:er|est)|fast(?:er|est)|short(?:er|est)|{_LESS} (?:time|study(?:ing)?|work)"),
        ("study", "most", rf"long(?:er|est)|{_MOST} (?:time|study(?:ing)?|work)"),
        ("ease", "least", rf"eas(?:ier|iest)|simpl(?:er|est)|{_LESS} (?:difficult|demanding|hard|challenging)"),
        ("ease", "most", rf"hard(?:er|est)|tough(?:er|est)|{_MOST} (?:difficult|demanding|challenging)"),
        (
            "known",
            "most",
            rf"(?:better|best|{_MOST}|{_LESS})[- ](?:well[- ])?(?:known|recogni[sz]ed|respected|popular|prestigious"
            r"|valued|valuable|famous|accepted|wanted|sought)|(?:bigger|biggest) name|in (?:more|most|higher) demand",
        ),
        ("level", "most", rf"{_MOST} (?:senior|advanced)|high(?:er|est)"),
        ("level", "least", rf"low(?:er|est)|{_MOST} basic"),
    )
)
_SUM = re.compile(
    r"\b(?:together|in total|total|altogether|in all|combined|whole (?:path|route|sequence|way|lot))\b", re.I
)
_OF_WHAT = re.compile(r"\b(?:cost|costs|price|much|pay|money|hours?|time|long|fees?)\b", re.IGNORECASE)


def aspect_in(text: str) -> Aspect | None:
    """What a question compares by: the first that its words name."""
    if _SUM.search(text) and _OF_WHAT.search(text):
        return Aspect("sum")
    return next((aspect for aspect, words in _WORDS if words.search(text)), None)


@dataclass(frozen=True)
class Measured:
    """One certification's place in a ranking: ``value`` None where nothing comparable is held."""

    item: Certification
    value: tuple[float, ...] | None
    text: str
    figures: tuple[Figure, ...] = ()


def answer(case: Case, items: Sequence[Certification], aspect: Aspect, *, member: bool | None = None) -> Reply:
    """The items in order, each with what is held; what is not held is said and ranks last."""
    if aspect.name == "sum":
        return total(case, items)
    by_price = aspect.name == "price"
    measured = _prices(case, items, member) if by_price else [_MEASURES[aspect.name](case, i) for i in items]
    ranked = sorted((m for m in measured if m.value is not None), key=lambda m: m.value or ())
    if aspect.end == "most":
        ranked.reverse()
    unknown = [m for m in measured if m.value is None]
    shown = [*ranked, *unknown][:SHOWN]
    return Reply(
        _lead(case, aspect, ranked),
        tuple(Point(f"**{m.item.short}**: {m.text}") for m in shown),
        closing=case.say("utter_contrast_ease_note") if aspect.name == "ease" else "",
        buttons=tuple(
            button(case.say("button_more_about", name=m.item.short)[:75], "ask_certification_overview",
                   certification=m.item.id)
            for m in shown[:4]
        ),
        sources=sources_of(case, [m.item for m in shown], [f for m in shown for f in m.figures]),
        about={
            "intent": "ask_certification_comparison",
            "listed": [m.item.id for m in shown],
            "kind": "certification",
        },
    )  # fmt: skip


def _lead(case: Case, aspect: Aspect, ranked: Sequence[Measured]) -> str:
    """Who comes first; several at once, or nobody where nothing comparable is held."""
    if aspect.name == "known":
        return case.say("utter_contrast_known")
    if len(ranked) < 2:
        return case.say("utter_contrast_unknown", what=case.say(f"label_contrast_{aspect.name}"))
    first = [m.item.short for m in ranked if m.value == ranked[0].value]
    if len(first) == len(ranked):
        return case.say("utter_contrast_same", what=case.say(f"label_contrast_{aspect.name}"))
    return case.say(f"utter_contrast_{aspect.name}_{aspect.end}", names=listed(f"**{n}**" for n in first))


def _prices(case: Case, items: Sequence[Certification], member: bool | None) -> list[Measured]:
    """Fees in the currency most of them have; others are shown and not converted."""
    today = case.person.today
    fees = {i.id: exam_fee(i, today, member=bool(member)) for i in items}
    currencies = Counter(fee.currency for fee in fees.values() if fee)
    common = min(currencies, key=lambda c: (-currencies[c], c), default="")
    found = []
    for item in items:
        fee = exam_fee(item, today, common, member=bool(member)) or fees[item.id]
        if fee is None:
            found.append(Measured(item, None, case.say("label_contrast_not_held")))
        else:
            value = (fee.amount,) if fee.currency == common else None
            found.append(Measured(item, value, fee_text(case, fee), (fee,)))
    return found


def _study(case: Case, item: Certification) -> Measured:
    figures = tuple(current(case, item.preparation))
    if not figures or not item.preparation or not item.preparation.hours_low:
        return Measured(item, None, case.say("label_contrast_not_held"))
    low, high = item.preparation.hours_low, item.preparation.hours_high
    return Measured(item, (low, high or low), case.say("utter_preparation_hours", hours=hours_text(low, high)), figures)


def _exam(case: Case, item: Certification) -> Measured:
    figures = tuple(current(case, item.exam))
    if not figures or not item.exam or not item.exam.minutes:
        return Measured(item, None, case.say("label_contrast_not_held"))
    return Measured(item, (item.exam.minutes,), count(item.exam.minutes, "minute"), figures)


def _ease(case: Case, item: Certification) -> Measured:
    """What must be there before the exam on the way that asks least; the hours of study where they are held."""
    figures = tuple(current(case, item.eligibility))
    e = item.eligibility
    if not figures or e is None or not (e.open_to_all or e.routes):
        return Measured(item, None, case.say("label_contrast_not_held"))
    months = min((max((x.months for x in r.experience), default=0) for r in e.routes), default=0)
    study = _study(case, item)
    if e.open_to_all:
        text = case.say("label_contrast_open")
    elif months:
        text = case.say("label_contrast_months", months=months)
    else:
        text = case.say("label_contrast_other")
    told = [r for r in assess(case.person, e) if any(q.words for q in r.requirements)]
    if told:
        text += f" ({case.say('label_contrast_you')} {case.say(f'label_verdict_{told[0].verdict}')})"
    if study.value:
        text += f" {study.text}"
    gate = 0 if e.open_to_all else 1
    return Measured(item, (months, gate, study.value[0] if study.value else inf), text, (*figures, *study.figures))


def _renewal(case: Case, item: Certification) -> Measured:
    figures = tuple(current(case, item.renewal))
    r = item.renewal
    if not figures or r is None or not (r.never_expires or r.years):
        return Measured(item, None, case.say("label_contrast_not_held"))
    if r.never_expires:
        return Measured(item, (inf,), case.say("utter_renewal_never"), figures)
    text = case.say("utter_renewal_years", years=count(r.years or 0, "year"))
    if r.units:
        text += " " + case.say("utter_renewal_units", units=r.units, unit=r.unit)
    return Measured(item, (r.years or 0,), text, figures)


def _known(case: Case, item: Certification) -> Measured:
    return Measured(item, None, item.recognition)


def _level(case: Case, item: Certification) -> Measured:
    return Measured(item, (LEVELS.index(item.level),), f"{item.level}. {item.for_whom}")


_MEASURES: dict[str, Callable[[Case, Certification], Measured]] = {
    "study": _study, "exam": _exam, "ease": _ease, "renewal": _renewal, "known": _known, "level": _level,
}  # fmt: skip


def total(case: Case, items: Sequence[Certification]) -> Reply:
    """What several cost together in money and hours, and which figures the sum lacks."""
    points, figures = costing(case, items)
    return Reply(
        case.say("utter_contrast_sum", names=listed(i.short for i in items)),
        tuple(Point(text) for text in points),
        sources=sources_of(case, items, figures),
        about={
            "intent": "ask_certification_cost",
            "listed": [i.id for i in items],
            "kind": "certification",
        },
    )


def costing(case: Case, items: Sequence[Certification]) -> tuple[list[str], list[Figure]]:
    """A line on each item, then the sums by currency and in hours, with what they leave out."""
    lines: list[str] = []
    figures: list[Figure] = []
    money: defaultdict[str, float] = defaultdict(float)
    low = high = 0
    unpriced, unmeasured = [], []
    for item in items:
        fee = exam_fee(item, case.person.today)
        study = _study(case, item)
        parts = [fee_text(case, fee) if fee else case.say("label_sum_no_price")]
        parts.append(study.text.rstrip(".") if study.value else case.say("label_sum_no_hours"))
        lines.append(f"**{item.short}**: {'; '.join(parts)}")
        figures += [*([fee] if fee else []), *study.figures]
        if fee:
            money[fee.currency] += fee.amount
        else:
            unpriced.append(item.short)
        if study.value:
            low, high = low + int(study.value[0]), high + int(study.value[1])
        else:
            unmeasured.append(item.short)
    if len(items) > 1 and money:
        sums = listed(f"{currency} {amount_text(amount)}" for currency, amount in sorted(money.items()))
        lines.append(_whole_or_part(case, "utter_recommend_sum", unpriced, sums=sums))
    if len(items) > 1 and high:
        lines.append(_whole_or_part(case, "utter_recommend_hours", unmeasured, hours=hours_text(low, high)))
    return lines, figures


def _whole_or_part(case: Case, key: str, missing: Sequence[str], **values: object) -> str:
    return case.say(f"{key}_without", names=listed(missing), **values) if missing else case.say(key, **values)
