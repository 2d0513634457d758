"""Numbers of other things than months: hours of training, hours a week, people led, money."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.experience.durations import ONES, TENS
from bot.experience.facts import Fact, Kind
from bot.experience.plain import Plain
from bot.experience.scope import Sentence, denied, scope_at

_NUMBER = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}})*|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES)}))?"
    rf"|{'|'.join(sorted(ONES, key=len, reverse=True))}|half an?|an?)"
)
_COUNT = rf"(?P<count>{_NUMBER})"
_HOURS = r"(?:hours?|hrs?|h)\b"
_SCALE = r"(?P<scale>k|m|mn|mio|mill|million|bn|billion|thousand|msek)\b"
_MONEY = r"(?:pounds?|euros?|dollars?|gbp|eur|usd|aud|cad|inr|sek|chf|aed)\b"
_ABOUT = (
    r"(?:of |is |was |about |around |over |roughly |up to |worth |near |nearly |almost |some |approx\.? |circa |~)*"
)


@dataclass(frozen=True)
class _Counted:
    """What is counted, in which unit, and how it is told."""

    kind: Kind
    id: str
    unit: str
    pattern: re.Pattern[str]


_COUNTED = (
    _Counted(
        "training",
        "other",
        "hours",
        re.compile(
            rf"\b{_COUNT} ?\+? ?(?:contact |training |pm |project management |formal "
            rf"|pmi )*{_HOURS}(?: (?:of|from|in|on))?(?: (?:a|the|my|formal|pm|pmi|project|management"
            rf"|online|training))* (?:training|education|course\w*|contact|boot ?camp|pdus?|done"
            rf"|classes)"
        ),
    ),
    _Counted("training", "other", "hours", re.compile(rf"\b{_COUNT} (?:contact|training|education) {_HOURS}")),
    _Counted("training", "other", "hours", re.compile(rf"\b(?:the|my|those|all) (?P<count>35|thirty five) {_HOURS}")),
    _Counted(
        "constraint",
        "hours_per_week",
        "hours",
        re.compile(rf"\b{_COUNT} ?{_HOURS} ?(?:a|per|each|/|every|in the|in a)? ?(?:week|wk)\b"),
    ),
    _Counted(
        "experience",
        "line_management",
        "people",
        re.compile(
            rf"\b(?:team of|managing|manage|managed|lead|leading|led|line manag(?:e|ing|ed)|supervise|supervising"
            rf"|handling|have) (?:a team of |about |around |over |up to )?{_COUNT} ?\+? (?:people|staff|reports"
            rf"|direct reports|persons|engineers|developers|devs|employees|analysts|project managers|pms|colleagues)\b"
        ),
    ),
    _Counted(
        "experience",
        "budget",
        "money",
        re.compile(
            rf"\b(?:budgets?|p&l)(?: (?!of\b|is\b)\w+){{0,3}} {_ABOUT}(?:(?P<sign>[£$€]) ?{_COUNT} ?(?:{_SCALE})?"
            rf"|{_COUNT.replace('count', 'count2')} ?(?:{_SCALE.replace('scale', 'scale2')}|{_MONEY}))"
        ),
    ),
    _Counted(
        "experience",
        "budget",
        "money",
        re.compile(rf"(?:[£$€] ?|\b){_COUNT} ?{_SCALE} ?(?:{_MONEY} )?(?:\w+ )?(?:budget|p&l)\b"),
    ),
)
_SCALES = {"k": 1e3, "thousand": 1e3, "bn": 1e9, "billion": 1e9}
_OF_A_PROJECT = re.compile(r"\b(?:project|programme|company|client|it|they|we)s? (?:had|has|have) (?:\w+ ){0,2}$")
_LACKED = ("training",)
"""Not to have so many hours of training is worth knowing; not to manage twelve people tells nothing of eleven."""


def find_amounts(sentence: Sentence, plain: Plain) -> list[Fact]:
    """At most one of a kind. None of others, none supposed or asked about."""
    found: dict[tuple[str, str], Fact] = {}
    for counted in _COUNTED:
        match = counted.pattern.search(sentence.text)
        if match is None or (counted.kind, counted.id) in found:
            continue
        scope = scope_at(sentence, match.start())
        lacks = denied(scope, sentence.text, match.start())
        if scope.third or scope.mood in ("supposed", "asked", "wished") or (lacks and counted.kind not in _LACKED):
            continue
        if not scope.mine and sentence.mentions_a_question:
            continue
        if counted.unit == "money" and _OF_A_PROJECT.search(sentence.text[: match.start()]):
            continue
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end())
        fact = Fact(counted.kind, counted.id, "lacks" if lacks else "has", text=quote, unit=counted.unit)
        found[(counted.kind, counted.id)] = replace(fact, amount=_amount(match))
    return list(found.values())


def _amount(match: re.Match[str]) -> float:
    told = match.groupdict()
    scale = told.get("scale") or told.get("scale2")
    return _count(told.get("count") or told["count2"] or "") * (_SCALES.get(scale, 1e6) if scale else 1)


def _count(words: str) -> float:
    if words in ("a", "an"):
        return 1.0
    if words.startswith("half"):
        return 0.5
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens in TENS:
        return float(TENS[tens] + ONES.get(ones, 0))
    return float(ONES[words]) if words in ONES else _figure(words)


def _figure(words: str) -> float:
    """ "2.5" and "2,5" are halves, "500,000" is half a million."""
    whole = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", words)
    return float(whole.replace(",", "."))
