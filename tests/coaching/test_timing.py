"""How long a move takes: the ways of that move with their usual time, for this person."""

from __future__ import annotations

from collections.abc import Callable

from bot.coaching import timing
from bot.coaching.case import Case
from bot.coaching.transition import WORDS
from bot.experience.facts import Fact

MANAGER = Fact("role", "pmo_manager", months=(96, 96), current=True, text="PMO manager for 8 years")


def test_a_pmo_manager_bound_for_the_portfolio_gets_the_ways_and_nothing_of_a_first_post(
    case_of: Callable[..., Case],
) -> None:
    reply = timing.answer(case_of(MANAGER), "head_of_portfolio")
    said = reply.text()
    assert "You have 8 years as PMO Manager" in reply.lead
    assert "Head of Portfolio" in reply.lead
    assert "3 months to 3 years" in reply.lead
    assert "6 to 24 months" in reply.points[0].text
    assert "first project post" not in said
    assert any("PMO manager for 8 years" in p.reason for p in reply.points)
    assert len(reply.points) <= 5
    assert len(said.split()) <= WORDS + 20
    assert reply.sources


def test_a_way_that_suits_comes_first_with_its_reason_and_one_that_does_not_is_left_out(
    case_of: Callable[..., Case],
) -> None:
    told = (
        Fact("experience", "business_role", "lacks", text="never worked in the business"),
        Fact("pmo_context", "reporting_only", text="we only report"),
    )
    reply = timing.answer(case_of(MANAGER, *told), "head_of_portfolio")
    assert "secondment" in reply.points[0].text
    assert "never worked in the business" in reply.points[0].reason
    assert not any("Stay and widen" in p.text for p in reply.points)


def test_who_has_delivered_is_not_sent_to_deliver(case_of: Callable[..., Case]) -> None:
    delivers = Fact("role", "project_manager", months=(72, 72), text="project manager for 6 years")
    ways = [p.text for p in timing.answer(case_of(delivers), "programme_manager").points if p.text.startswith("**")]
    assert ways
    assert not any("Direct project" in way for way in ways)


def test_what_would_change_it_can_be_tapped(case_of: Callable[..., Case]) -> None:
    reply = timing.answer(case_of(MANAGER), "head_of_portfolio")
    assert "I don't know yet" in reply.closing
    assert [b for b in reply.buttons if '"do": "ask"' in b.payload]


def test_a_first_post_has_no_usual_time_and_what_decides_it_is_said(case_of: Callable[..., Case]) -> None:
    reply = timing.answer(case_of(Fact("role", "project_coordinator", text="coordinator")), "project_manager")
    assert "no usual time" in reply.lead
    assert any("first project post" in p.text for p in reply.points)
    assert not any(p.text.startswith("**") for p in reply.points), "no way with a time is shown"


def test_somebody_who_told_nothing_is_answered_too(case_of: Callable[..., Case]) -> None:
    reply = timing.answer(case_of(), "programme_manager")
    assert reply.lead.startswith("To **Programme Manager**")
    assert len(reply.points) >= 2
