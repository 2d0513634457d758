"""Lengths of time as people write them, in months: at least, at most."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.experience.facts import Months

WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "couple": 2, "dozen": 12,
}  # fmt: skip
UNITS = {
    "y": 12,
    "yr": 12,
    "yrs": 12,
    "year": 12,
    "years": 12,
    "month": 1,
    "months": 1,
    "mo": 1,
    "mos": 1,
    "mth": 1,
    "mths": 1,
    "decade": 120,
    "decades": 120,
}
_NUMBER = r"\d+(?:[.,]\d+)?|" + "|".join(sorted(WORDS, key=len, reverse=True))
_UNIT = r"(?:years?|yrs?|y(?=\b)|months?|mos?|mths?|decades?)"
_LENGTH = re.compile(
    rf"(?P<hedge>(?:well |just |a little |a bit )?(?:over|more than|at least|almost|nearly|close to|about|around|roughly|approx\.?|approximately|~|under|less than|up to)\s*)?"
    rf"(?P<half>\bhalf a )?(?:(?<!\w)(?P<one>{_NUMBER})(?P<tail>\s*(?:and a half|[-– ]odd))?)?"
    rf"\s*(?:(?<=[\w ])(?:-|–|(?<=\s)to|(?<=\s)or)\s*(?P<two>{_NUMBER}))?\s*(?P<plus>\+)?\s*(?:of )?[- ]?(?P<unit>{_UNIT})(?P<half_after> and a half)?(?P<plus_after>\s*\+)?\b",
    re.IGNORECASE,
)
_FEW = re.compile(r"\b(?:a few|several|many|some)\s+(?:years?|yrs|months?)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|from)\s+(?:(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?P<year>(?:19|20)\d\d)\b(?:\s*(?:to|-|–|until|till)\s*(?P<end>(?:19|20)\d\d|now|present|today))?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)\s*(?:-|–|to)\s*(?P<end>(?:19|20)\d\d|now|present|today)\b", re.IGNORECASE
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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
    """Every length told, in order. "A few years" has a place but no months."""
    found = [d for d in (_length(m) for m in _LENGTH.finditer(text)) if d]
    found += [Duration(m.start(), m.end(), None) for m in _FEW.finditer(text)]
    found += [_dates(m) for m in (*_SINCE.finditer(text), *_SPAN.finditer(text))]
    kept: list[Duration] = []
    for d in sorted(found, key=lambda d: (d.start, -(d.end - d.start))):
        if not kept or d.start >= kept[-1].end:
            kept.append(d)
    return kept


def _length(match: re.Match[str]) -> Duration | None:
    unit = UNITS[match["unit"].lower()]
    if match["half"] and not match["one"]:
        value = 0.5
    elif match["half"] or not match["one"]:
        value = 0.5 if match["half"] else 0.0
    else:
        value = _number(match["one"])
    if value == 0.0:
        return None
    value += 0.5 if match["half_after"] or (match["tail"] or "").strip() == "and a half" else 0.0
    least = round(value * unit)
    most: int | None = round(_number(match["two"]) * unit) if match["two"] else least
    hedge = (match["hedge"] or "").strip().lower()
    if match["plus"] or match["plus_after"] or any(w in hedge for w in ("over", "more than", "at least")):
        most = None
    elif any(w in hedge for w in ("almost", "nearly", "close to")):
        least = least - 12 if unit >= 12 else least - 1
    elif any(w in hedge for w in ("about", "around", "roughly", "approx", "~")):
        slack = 6 if unit >= 12 else 1
        least, most = least - slack, least + slack
    elif any(w in hedge for w in ("under", "less than", "up to")):
        least = 0
    return Duration(match.start(), match.end(), (max(least, 0), most))


def _number(word: str) -> float:
    word = word.lower()
    return float(WORDS[word]) if word in WORDS else float(word.replace(",", "."))


def _dates(match: re.Match[str]) -> Duration:
    year, end = match["year"], match["end"]
    month = match.groupdict().get("month")
    since = f"{year}-{MONTHS.index(month[:3].lower()) + 1:02d}" if month else year
    if end and end.isdigit():
        length = (int(end) - int(year)) * 12
        return Duration(match.start(), match.end(), (length, length) if length > 0 else None, since, end)
    return Duration(match.start(), match.end(), None, since, None, open_ended=True)
