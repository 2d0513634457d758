"""Numbers of other things than months: hours of training, hours a week, people led, money."""

from __future__ import annotations

import re

from bot.experience.durations import ONES, TENS
from bot.experience.facts import Fact, Kind
from bot.experience.plain import Plain
from bot.experience.scope import Sentence, denied, scope_at

_COUNT = (
    rf"(?P<count>\d{{1,4}}(?:\.\d)?|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES)}))?"
    rf"|{'|'.join(sorted(ONES, key=len, reverse=True))}|an?)"
)
_HOURS = r"(?:hours?|hrs?|h)\b"
_PATTERNS: tuple[tuple[Kind, str, str, re.Pattern[str]], ...] = (
    (
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
    ("training", "other", "hours", re.compile(rf"\b{_COUNT} (?:contact|training|education) {_HOURS}")),
    (
        "constraint",
        "hours_per_week",
        "hours",
        re.compile(rf"\b{_COUNT} ?{_HOURS} ?(?:a|per|each|/|every|in the|in a)? ?(?:week|wk)\b"),
    ),
    (
        "experience",
        "line_management",
        "people",
        re.compile(
            rf"\b(?:team of|managing|manage|managed|lead|leading|led|line manage|supervise|with|have"
            rf"|of) (?:a team of |about |around |over |up to )?{_COUNT} ?\+? (?:people|staff|reports"
            rf"|direct reports|persons|engineers|developers|devs|employees|analysts|project managers"
            rf"|pms|colleagues|students)\b"
        ),
    ),
    (
        "experience",
        "budget",
        "money",
        re.compile(
            r"(?:(?:\bbudgets?|\bp&l)(?: \w+){0,3} (?:of|is|was|about|around|over|up to"
            r"|worth) ?[£$€]?|(?=[£$€]\d))[£$€]? ?(?P<count>\d{1,4}(?:[.,]\d+)?) ?(?P<scale>k|m|mn"
            r"|mio|million|bn|billion|thousand|msek)?\b(?= ?(?:budget|programme|project|portfolio"
            r"|\w{3}\b|per year|a year|yet|[.,;)]|$))"
        ),
    ),
)
_SCALES = {"k": 1e3, "thousand": 1e3, "bn": 1e9, "billion": 1e9}


def find_amounts(sentence: Sentence, plain: Plain) -> list[Fact]:
    """At most one of a kind. None of others, none denied, none supposed or asked about."""
    found: dict[tuple[str, str], Fact] = {}
    for kind, id_, unit, pattern in _PATTERNS:
        match = pattern.search(sentence.text)
        if match is None or (kind, id_) in found:
            continue
        scope = scope_at(sentence, match.start())
        if scope.third or scope.mood in ("supposed", "asked", "wished") or denied(scope, sentence.text, match.start()):
            continue
        if unit == "money" and not re.search(r"budget|p&l", sentence.text):
            continue
        scale = _SCALES.get(match.groupdict().get("scale") or "", 1e6 if match.groupdict().get("scale") else 1)
        quote = plain.quote(sentence.start + match.start(), sentence.start + match.end())
        found[(kind, id_)] = Fact(kind, id_, text=quote, amount=_count(match["count"]) * scale, unit=unit)
    return list(found.values())


def _count(words: str) -> float:
    if words in ("a", "an"):
        return 1.0
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens in TENS:
        return float(TENS[tens] + ONES.get(ones, 0))
    return float(ONES[words]) if words in ONES else float(words.replace(",", "."))
