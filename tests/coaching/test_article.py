"""Every point of the article the coach began with is in the content and reaches somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.coaching import routes, transition
from bot.coaching.advice import choose
from bot.coaching.case import Case
from bot.experience.facts import Fact

POINTS = {
    "kinds of PMO": "pmo_kind",
    "its culture": "pmo_culture",
    "its services": "pmo_services",
    "management skills used so far": "management_level",
    "experience before the PMO": "before_pmo",
    "ambition": "ambition",
    "drive": "drive",
    "personality": "personality",
    "interpersonal skill": "interpersonal",
    "investment appraisal": "investment_appraisal",
    "prioritisation": "prioritisation",
    "enterprise resource management": "resource_management",
    "doing the right projects": "right_projects",
    "business acumen": "business_acumen",
    "the Talent Triangle": "talent_triangle",
    "a business role": "business_role",
    "leaving the PMO for some years": "leave_pmo",
    "direct delivery": "direct_delivery",
    "secondment": "secondment",
    "current thinking": "current_thinking",
    "the portfolio certification": "portfolio_certification",
    "strong leadership": "leading_not_technique",
    "gravitas": "gravitas",
    "firm but fair": "firm_but_fair",
    "holding one's own": "holding_own",
    "politics": "politics",
    "the buck stops here": "accountability",
    "own managerial style": "own_style",
    "inspiring others": "inspiring",
}


@pytest.mark.parametrize("consideration", POINTS.values(), ids=POINTS.keys())
def test_a_point_of_the_article_reaches_a_pmo_manager(consideration: str, case_of: Callable[..., Case]) -> None:
    """As told nothing else, a PMO Manager on the way to the portfolio gets a piece of advice on each point."""
    case = case_of(Fact("role", "pmo_manager", text="PMO manager"))
    picks = choose(case.person, case.knowledge, "transition", role="head_of_portfolio")
    assert consideration in {p.advice.consideration for p in picks}


STATES = ("has", "lacks")


@pytest.mark.parametrize(
    "key", ["experience:investment_appraisal", "experience:prioritisation", "experience:direct_delivery"]
)
def test_what_is_told_changes_the_advice(key: str, case_of: Callable[..., Case]) -> None:
    kind, _, id_ = key.partition(":")
    manager = Fact("role", "pmo_manager", text="PMO manager")
    answers = {
        polarity: transition.answer(
            case_of(manager, Fact(kind, id_, polarity, text="as I said")), "pmo_manager", "head_of_portfolio"
        )
        for polarity in STATES
    }
    assert answers["has"].points != answers["lacks"].points
    assert any("as I said" in p.reason for p in answers["lacks"].points)


def test_an_answer_is_short_has_sources_and_what_it_depends_on(case_of: Callable[..., Case]) -> None:
    case = case_of(Fact("role", "pmo_manager", months=(84, 84), text="PMO manager for seven years"))
    reply = transition.answer(case, "pmo_manager", "head_of_portfolio")
    assert len(reply.text().split()) <= transition.WORDS + 10
    assert 2 <= len(reply.points) <= 5
    assert reply.sources
    assert [b for b in reply.buttons if '"do": "ask"' in b.payload]
    assert "7 years" in reply.lead


def test_more_goes_on_and_ends(case_of: Callable[..., Case]) -> None:
    case = case_of(Fact("role", "pmo_manager", text="PMO manager"))
    seen: list[str] = []
    for _ in range(40):
        reply = transition.answer(case, "pmo_manager", "head_of_portfolio", shown=seen)
        new = reply.about["advice"]
        assert not set(new) & set(seen)
        if not new:
            break
        seen = reply.about["seen"]
    assert len(seen) > 29
    assert reply.lead == case.say("utter_transition_no_more", role="Head of Portfolio")


def test_the_article_s_ways_are_compared(case_of: Callable[..., Case]) -> None:
    reply = routes.compare(case_of(Fact("experience", "business_role", "lacks", text="never outside projects")))
    assert reply.table is not None
    assert len(reply.table.rows) == 7
    said = reply.text().lower()
    for way in ("secondment", "direct", "business", "study", "consult", "widen", "portfolio office"):
        assert way in said


def test_a_wish_told_changes_which_way_suits(case_of: Callable[..., Case]) -> None:
    lacking = case_of(Fact("experience", "business_role", "lacks", text="never outside projects"))
    assert "never outside projects" in routes.compare(lacking).text()
    assert "never outside projects" not in routes.compare(case_of()).text()
