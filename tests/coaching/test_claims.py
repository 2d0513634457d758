"""What a message claims is held against the store: right, wrong, or not to be judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.coaching.case import Case
from bot.coaching.claims import Claim, agrees, claim_in

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "facet", "claim"),
    [
        ("PMP costs 50 dollars, right?", "cost", Claim("cost", "price", 50, "USD")),
        ("is there one under 50 dollars?", "cost", None),
        ("the exam has 200 questions, correct?", "exam", Claim("exam", "questions", 200)),
        ("it is a 3 hour exam, isn't it?", "exam", Claim("exam", "minutes", 180)),
        ("the exam lasts four hours, right?", "exam", Claim("exam", "minutes", 240)),
        ("is it 90 minutes long?", "exam", Claim("exam", "minutes", 90)),
        ("the pass mark is 60%, right?", "exam", Claim("exam", "percent", 60)),
        ("it is valid for five years, isn't it?", "renewal", Claim("renewal", "years", 5)),
        ("it needs 45 PDUs, correct?", "renewal", Claim("renewal", "units", 45)),
        ("I heard it never expires", "renewal", Claim("renewal", "never")),
        ("you need a degree, right?", "eligibility", Claim("eligibility", "degree")),
        ("do I need a degree for it?", "eligibility", None),
        ("the exam has 200 questions, correct?", "cost", None),
        ("what does it cost?", "cost", None),
    ],
)
def test_what_is_claimed(text: str, facet: str, claim: Claim | None) -> None:
    assert claim_in(text, facet) == claim


@pytest.mark.parametrize(
    ("id_", "claim", "right"),
    [
        ("pmp", Claim("cost", "price", 405, "USD"), True),
        ("pmp", Claim("cost", "price", 405, "EUR"), False),
        ("prince2-foundation", Claim("cost", "price", 300, "GBP"), None),
        ("pmp", Claim("exam", "questions", 180), True),
        ("pmp", Claim("exam", "questions", 200), False),
        ("pmp", Claim("exam", "questions", 150), False),
        ("pmp", Claim("exam", "percent", 60), None),
        ("csm", Claim("exam", "percent", 74), True),
        ("pgmp", Claim("renewal", "years", 5), False),
        ("psm-1", Claim("renewal", "never"), True),
        ("psm-1", Claim("renewal", "years", 3), False),
        ("prince2-foundation", Claim("renewal", "never"), False),
        ("ipma-b", Claim("renewal", "units", 175), True),
        ("pmp", Claim("eligibility", "degree"), False),
        ("apm-pmq", Claim("eligibility", "degree"), False),
    ],
)
def test_a_claim_against_the_store(id_: str, claim: Claim, right: bool | None, case_of: Callable[..., Case]) -> None:
    assert agrees(claim, case_of().knowledge.certifications[id_], TODAY) is right
    assert agrees(claim, case_of().knowledge.certifications[id_], date(2040, 1, 1)) is None
