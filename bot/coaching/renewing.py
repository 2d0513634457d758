"""When a certificate must be renewed, worked out from the day it was passed. Pure."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from math import ceil

from dateutil.relativedelta import relativedelta

from bot.coaching.case import Case
from bot.coaching.phrases import count
from bot.knowledge.schema import Renewal

_MONTHS = {name[:3].lower(): n for n, name in enumerate(month_name) if name}
_PASSED = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?:(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+)?(?P<year>20\d\d)\b",
    re.IGNORECASE,
)


def passed_on(text: str, today: date) -> tuple[date, str] | None:
    """The past month a text names, with its words; a year alone is its December, the latest it can mean."""
    for match in _PASSED.finditer(text):
        month = _MONTHS[match["month"][:3].lower()] if match["month"] else 12
        day = min(int(match["day"]), 28) if match["day"] and match["month"] else 1
        found = date(int(match["year"]), month, max(day, 1))
        if found <= today or (not match["month"] and int(match["year"]) <= today.year):
            return found, match.group().strip()
    return None


def due(case: Case, renewal: Renewal, passed: date, words: str) -> list[str]:
    """When it is due and how much work is left; empty where the certificate does not expire."""
    if renewal.never_expires or not renewal.years:
        return []
    by = passed + relativedelta(years=renewal.years)
    today = case.person.today
    key = "utter_renewal_due" if by >= today else "utter_renewal_overdue"
    lines = [case.say(key, passed=words, due=f"{by:%B %Y}")]
    if renewal.units and by >= today:
        pace = ceil(renewal.units / renewal.years)
        left = (by.year - today.year) * 12 + by.month - today.month
        lines.append(
            case.say("utter_renewal_pace", units=renewal.units, unit=renewal.unit, pace=pace, left=count(left, "month"))
        )
    return lines
