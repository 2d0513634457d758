"""Renewal worked out from the day a certificate was passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.case import Case
from bot.coaching.person import Person
from bot.coaching.renewing import due, passed_on
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Renewal
from bot.knowledge.wording import load_phrases
from bot.runtime.settings import ROOT

TODAY = date(2026, 11, 24)
PHRASES = load_phrases(ROOT / "data" / "responses")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I passed in March 2024", date(2024, 3, 1)),
        ("passed on 29 February 2024", date(2024, 2, 28)),
        ("in 2023", date(2023, 12, 1)),
        ("since Nov 2026", date(2026, 11, 1)),
        ("in March 2027", None),
        ("a while ago", None),
    ],
)
def test_the_day_it_was_passed(text: str, found: date | None) -> None:
    assert (passed_on(text, TODAY) or (None,))[0] == found


@pytest.mark.parametrize(
    ("id_", "passed", "sees"),
    [
        ("pmp", date(2024, 3, 1), ["renew by March 2027", "60 PDUs", "about 20 a year", "4 months are left"]),
        ("pmp", date(2023, 11, 24), ["renew by November 2026", "0 months are left"]),
        ("pmp", date(2023, 11, 23), ["may have lapsed"]),
        ("pmp", date(2019, 3, 1), ["may have lapsed"]),
        ("ipma-c", date(2023, 6, 1), ["renew by June 2028", "175 hours", "about 35 a year"]),
        ("prince2-practitioner", date(2024, 5, 1), ["renew by May 2027", "if you renew by points", "about 20 a year"]),
        ("csm", date(2026, 1, 1), ["renew by January 2028", "20 SEUs"]),
        ("psm-1", date(2020, 1, 1), []),
        ("pmp", date(2024, 2, 29), ["renew by February 2027"]),
    ],
)
def test_when_and_how_much(id_: str, passed: date, sees: list[str], case_of: Callable[..., Case]) -> None:
    case = case_of()
    renewal = case.knowledge.certifications[id_].renewal
    assert renewal
    text = "\n".join(due(case, renewal, passed, f"{passed:%B %Y}"))
    assert bool(text) == bool(sees)
    for part in sees:
        assert part in text


@given(st.dates(date(2010, 1, 1), date(2035, 12, 31)), st.dates(date(2010, 1, 1), date(2035, 12, 31)))
def test_it_is_due_the_issuers_years_later_and_overdue_only_after(passed: date, today: date) -> None:
    renewal = Renewal(source="x", checked_on=TODAY, expires_on=date(2040, 1, 1), years=3, units=60, unit="PDUs")
    case = Case(Person((), today, Knowledge()), Knowledge(), PHRASES)
    by = passed + relativedelta(years=3)
    text = "\n".join(due(case, renewal, passed, "then"))
    assert f"{by:%B %Y}" in text
    assert ("may have lapsed" in text) == (by < today)
