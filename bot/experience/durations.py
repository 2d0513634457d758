"""Lengths of time as people write them, in months: at least, at most.

Exact ("5 years"), open ("5+ years"), or ranges; "almost" reaches a year down, "about" half a year both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.experience.facts import Months

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
LOOSE = {"a": 1, "an": 1, "couple": 2, "dozen": 12}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WORD = (
    rf"(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(list(ONES)[:9])}))?\b"
    rf"|(?:{'|'.join(sorted(ONES, key=len, reverse=True))})\b"
)
_NUMBER = (
    rf"(?:(?:(?<![\d.,£$€])\d{{1,3}}(?:[.,]\d{{1,2}}|½)?(?![\d,])|{_WORD})|(?:\ba )?(?:couple|dozen)(?: of)?\b|\ban?\b)"
)
COUNT = rf"(?:\d{{1,4}}\b|{_WORD})"
"""A whole number of things, in figures or words."""
_UNIT = r"(?:years?|yrs?|yoe|y|decades?|months?|mths?|mos?|weeks?|wks?)(?![a-z])(?:')?"
_HALF = r"(?:,? (?:and|an|&) (?:a )?half\b| 1/2(?!\d)| ?½)"
_UP = (
    r"(?:(?:well |just |a little |a bit |slightly )?(?:over|more than|at least|above"
    r"|upwards? of|minimum(?: of)?|exceeding|not less than|\+(?=\d))(?! (?:the|my|these|last|past)\b))"
)
_NEAR = (
    r"(?:almost|nearly|near to|close to|nigh on|just (?:under|shy of)|coming up (?:to|on)|approaching"
    r"|going on|not quite|just short of)"
)
_ABOUT = r"(?:about|around|roughly|approx\.?|approximately|circa|some|give or take|~|c\.)"
_DOWN = r"(?:under|less than|up to|fewer than|below|at most|not even|max(?:imum)?)"
_LENGTH = re.compile(
    rf"(?<![a-z])(?:(?P<up>(?<![a-z]){_UP})|(?P<near>(?<![a-z]){_NEAR})"
    rf"|(?P<about>(?<![a-z]){_ABOUT})|(?P<down>(?<![a-z]){_DOWN})|(?P<between>between))? ?(?:a |the |my )?(?:good "
    rf"|solid |full |last |past |whole |total )?"
    rf"(?:(?P<half>half a|half) |(?P<one>{_NUMBER})(?P<half1>{_HALF})?(?P<plus1> ?\+|[ -]plus"
    rf"| ?odd)?(?P<ish1>ish| or so)?"
    rf"(?:(?: ?- ?| ?/ ?| to | or |(?(between) and ))(?P<two>{_NUMBER})(?P<plus2> ?\+| plus)?|(?: ?- ?"
    rf"| )(?={_UNIT})| of )? ?)"
    rf"(?P<unit>{_UNIT})(?P<half2>{_HALF})?(?:,? ?(?:and )?(?P<more>{_NUMBER}) ?(?P<unit2>months?|mths?|mos?)\b)?"
    rf"(?:(?: to | or | ?- ?)(?P<far>{_NUMBER}) (?P<unit3>{_UNIT}))?(?P<plus3> ?\+| plus\b"
    rf"| or more\b| at least\b| minimum\b)?(?P<ish2> or so\b| ?ish\b| or thereabouts\b)?",
)
_VAGUE = re.compile(
    r"\b(?:a few|several|many(?: many)?|some|a number of|lots of|quite a few|loads of"
    r"|a good few)(?: (?:good|long|happy))? (?:years?|months?|decades?)\b"
)
_ORDINAL = re.compile(
    rf"\b(?:in|into|entering|starting|start|during|on|finishing|it's|this is|now) (?:my "
    rf"|the )?(?P<which>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) year\b"
)
_BARE = re.compile(
    rf"\b(?P<lead>(?:for |the )*(?:last|past|remaining)|(?P<about>for (?:{_ABOUT}))"
    rf"|(?P<up>for {_UP})|(?P<near>for {_NEAR})|for|of which|plus|and"
    rf"|then) (?P<one>{_NUMBER})(?P<plus>\+)?(?= as\b| of (?:them|those"
    rf"|which|that)\b| in the\b"
    rf"| and (?:i\b|i'm|now)|\s*(?:[.,](?!\d)|[;)\n]|$))"
    rf"|(?<=[a-z], )(?P<rest>\d{{1,2}}|{_WORD})(?= in [a-z]|\s*(?:[.;)]|$))"
    rf"|\b(?P<part>{_NUMBER}) (?:of (?:them|those|which|that)\b|(?=as\b(?! (?:well|soon|long|far|if)\b)))"
)
_PAST_YEAR = re.compile(r"\b(?:for|during) (?:the |this )?(?:past|last) (?:full |whole )?year\b")
_LABELLED = re.compile(
    r"\b(?:years?|yoe)(?: of experience| in (?:the )?(?:role|post"
    r"|job))? ?[:=] ?(?P<one>\d{1,2})(?P<plus>\+)?(?![\d.,]*\d)"
)
_YEAR = r"(?:19[5-9]|20[0-4])\d"
_MONTH = rf"(?:(?P<{{0}}>{'|'.join(MONTHS)})[a-z]*\.? )?"
_DATES = re.compile(
    rf"\b(?P<lead>since|from|between)?(?: about| around| early| late"
    rf"| mid)? ?{_MONTH.format('m1')}(?P<year>{_YEAR})\b(?:\s*(?:to|-|until|till"
    rf"|through|and)\s*{_MONTH.format('m2')}(?P<end>{_YEAR}|now|present|today|date)\b)?"
)
_NOT_HELD_AFTER = re.compile(
    r"\s*(?:ago\b|old\b|from now|away\b|later\b|time\b|hence\b|of age|left\b|(?:until|till) (?:i|my|the|retire\w*"
    r"|next)\b"
    r"|plan\b|roadmap\b|warranty\b|'? notice|hole\b|gap\b|break\b|project\b(?! (?:manag|lead|coord|officer"
    r"|planner|work|controls?\b|experience|director|admin|support|deliver))"
    r"|programme\b(?! manager| management| director)|contract\b)"
)
_NOT_HELD_BEFORE = re.compile(
    r"(?:\b(?:next|every|each|per|within|in about|in just|in only|in under|aged?|turning"
    r"|valid for|after the next|how many|these next|in the next|lasts?|takes?|took"
    r"|expires? in|at)) ?$"
)
_AGO = re.compile(r"\s*ago\b")
_BEGUN = re.compile(
    r"\b(?:became|(?:moved|fell|drifted|got|went) (?:in)?to|joined|promoted|took over|switched|turned)\b[^.;,]{0,60}$"
)
"""What began three years ago has gone on for three years."""
_FUTURE_IN = re.compile(r"\bin ?$")
_AMOUNT_A = re.compile(
    r"\b(?:for|been|over|than|almost|nearly|about|around|just|only|here|with|spent|did|have"
    r"|had|only have|under|half|within|after|by|close to|and|under|of|or|-|to) ?$"
)


@dataclass(frozen=True)
class Duration:
    """``start`` and ``end`` are character offsets; ``since`` and ``until`` partial dates when years were told."""

    start: int
    end: int
    months: Months | None
    since: str | None = None
    until: str | None = None
    open_ended: bool = False


def find_durations(text: str) -> list[Duration]:
    """Every length told of something that was or is, in order. "A few years" has a place but no months.

    Reads lower case; lengths ahead, ages and rates ("in 3 months", "22 years old", "twice a year") are none.
    """
    text = text.lower() if len(text.lower()) == len(text) else text
    found = [Duration(m.start(), m.end(), None) for m in _VAGUE.finditer(text)]
    found += [Duration(m.start(), m.end(), (12, 12)) for m in _PAST_YEAR.finditer(text)]
    found += [_labelled(m) for m in _LABELLED.finditer(text)]
    found += [_ordinal(m) for m in _ORDINAL.finditer(text)]
    found += [d for m in _LENGTH.finditer(text) if (d := _length(m, text))]
    found += [d for m in _DATES.finditer(text) if (d := _dates(m))]
    if any(d.months for d in found) or "years old" in text:
        found += list(_bare(text))
    kept: list[Duration] = []
    for d in sorted(found, key=lambda d: (d.start, -(d.end - d.start))):
        if not kept or d.start >= kept[-1].end:
            kept.append(d)
    return kept


def _length(match: re.Match[str], text: str) -> Duration | None:
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    before, after = text[max(0, start - 30) : start], text[match.end() : match.end() + 14]
    begun = _AGO.match(after) and _BEGUN.search(text[max(0, start - 80) : start])
    if (_NOT_HELD_AFTER.match(after) and not begun) or _NOT_HELD_BEFORE.search(before):
        return None
    if (
        _FUTURE_IN.search(before)
        and not re.match(r"\s*(?:as|of|experience|in)\b", after)
        and " last" not in match.group()
        and " past" not in match.group()
    ):
        return None
    hedged = match["up"] or match["near"] or match["about"] or match["down"]
    if (
        match["one"] in ("a", "an")
        and not hedged
        and not _AMOUNT_A.search(before)
        and not match["half1"]
        and not match["half2"]
    ):
        return None
    unit = _months(match["unit"])
    value = 0.5 if match["half"] else _number(match["one"])
    exact = (value + (0.5 if match["half1"] or match["half2"] else 0)) * unit
    if match["more"]:
        exact += _number(match["more"])
    if match["half1"] and match["half1"].startswith(","):
        return None
    least, most = _whole(exact), _whole(exact)
    if match["two"]:
        most = _whole(_number(match["two"]) * unit)
    elif match["far"]:
        most = _whole(_number(match["far"]) * _months(match["unit3"]))
    most = max(most, least)
    return Duration(start, match.end(), _hedged(least, most, unit, match.groupdict()))


def _hedged(least: int, most: int, unit: float, told: dict[str, str | None]) -> Months:
    """``told`` are the groups of the match: a hedge was said where one of its groups is filled."""
    if any(told.get(name) for name in ("up", "plus", "plus1", "plus2", "plus3")):
        return least, None
    if told.get("near"):
        return max(least - (12 if least > 12 else 1), 0), most
    if least == most and any(told.get(name) for name in ("about", "ish1", "ish2")):
        slack = 6 if unit >= 12 else 1
        return max(least - slack, 0), most + slack
    return (0, most) if told.get("down") else (least, most)


def _ordinal(match: re.Match[str]) -> Duration:
    """In the third year: two are over, the third is not."""
    which = ORDINALS.get(match["which"]) or int(re.sub(r"\D", "", match["which"]))
    return Duration(match.start(), match.end(), ((which - 1) * 12, which * 12))


def _labelled(match: re.Match[str]) -> Duration:
    """ "Years: 7"."""
    months = int(match["one"]) * 12
    return Duration(match.start(), match.end(), _hedged(months, months, 12, match.groupdict()))


def _bare(text: str) -> Iterator[Duration]:
    """Years without the word, where another length of the message has it: "19 years, the last 6 as head"."""
    for match in _BARE.finditer(text):
        number = match["one"] or match["part"] or match["rest"]
        if number in ("a", "an"):
            continue
        months = _whole(_number(number) * 12)
        if months <= 50 * 12:
            yield Duration(match.start(), match.end(), _hedged(months, months, 12, match.groupdict()))


def _dates(match: re.Match[str]) -> Duration | None:
    end = match["end"]
    if (not match["lead"] and not end) or (match["lead"] != "between" and re.search(r"\d and ", match.group())):
        return None
    since, until = _partial(match["year"], match["m1"]), None
    months: Months | None = None
    if end and end.isdigit():
        until = _partial(end, match["m2"])
        length = (int(end) - int(match["year"])) * 12
        if match["m1"] and match["m2"]:
            length += MONTHS.index(match["m2"]) - MONTHS.index(match["m1"])
        if length < 0:
            return None
        months = (length, length) if length else None
    elif match["lead"] in ("from", "between") and not end:
        return None
    return Duration(match.start(), match.end(), months, since, until, open_ended=until is None)


def _partial(year: str, month: str | None) -> str:
    return f"{year}-{MONTHS.index(month) + 1:02d}" if month else year


def _months(unit: str) -> float:
    if unit.startswith(("y",)):
        return 12
    if unit.startswith("d"):
        return 120
    return 12 / 52 if unit.startswith("w") else 1


def _number(words: str) -> float:
    words = words.removesuffix(" of").removeprefix("a ")
    if words in LOOSE:
        return LOOSE[words]
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens in TENS:
        return TENS[tens] + ONES.get(ones, 0)
    return ONES[words] if words in ONES else float(words.replace(",", ".").replace("½", ".5"))


def _whole(value: float) -> int:
    return round(value)
