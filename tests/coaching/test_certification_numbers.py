"""Answers on several certifications, and the sum of eligibility: their numbers are the store's, or the person's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from bot.coaching import certification, qualifying
from bot.coaching.case import Case
from bot.experience.facts import Fact
from tests.coaching.figures import held, numbers
from tests.coaching.test_certification_facts import IDS

MONTH = re.compile(r"[A-Z][a-z]+ 20\d\d")
"""The day from which one would qualify."""
TOLD = 40
"""Months told by the person of the sums: short of most of what is asked, and no figure of the store."""


@pytest.mark.parametrize(("one", "other"), list(pairwise(IDS)))
def test_a_comparison_tells_the_stores_numbers(one: str, other: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    items = [case.knowledge.certifications[i] for i in (one, other)]
    reply = certification.compare(case, items)
    assert reply.table
    shown = numbers(f"{reply.text()} {' '.join(cell for row in reply.table.rows for cell in row)}", case)
    assert shown <= held(items), f"{sorted(shown - held(items))} stand in no column:\n{reply.text()}"


def test_a_list_tells_the_stores_numbers(case_of: Callable[..., Case]) -> None:
    case = case_of()
    for item in case.knowledge.certifications.values():
        reply = certification.listing(case, [item], "")
        shown = numbers(reply.text(), case)
        assert shown <= held([item]), f"{sorted(shown - held([item]))} stand in no column:\n{reply.text()}"


def test_a_sum_tells_the_stores_numbers_the_persons_and_the_difference(case_of: Callable[..., Case]) -> None:
    months = (TOLD, TOLD)
    case = case_of(
        Fact("role", "project_manager", "has", months=months, text="project manager"),
        Fact("experience", "portfolio_management", "has", months=months, text="portfolio work"),
        Fact("education", "bachelor", "has", text="BSc"),
    )
    # Two kinds of work over the same months may count apart, so at most twice what was told.
    told = {float(n) for n in range(TOLD, 2 * TOLD + 1)}
    added_up = 0
    for item in case.knowledge.certifications.values():
        reply = qualifying.answer(case, item)  # None where no routes are held
        if reply is not None:
            added_up += 1
            own = held([item])
            shown = numbers(MONTH.sub("", reply.text()), case)
            allowed = own | told | {asked - n for asked in own for n in told}
            assert shown <= allowed, f"{item.id}: {sorted(shown - allowed)}:\n{reply.text()}"
    assert added_up >= 12, "most of those with experience or education among their requirements"
