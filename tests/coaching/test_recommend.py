"""Which certification: by field, by the work already done, by what the person can reach and pay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.coaching import recommend
from bot.coaching.case import Case
from bot.coaching.recommend import candidates
from bot.experience.facts import Fact
from bot.runtime.settings import ROOT
from tests.coaching.figures import held, numbers

ROLES = sorted(
    line.split("id:")[1].strip()
    for path in Path(ROOT / "data/knowledge/roles").glob("*.yml")
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.startswith("  - id:")
)


def role(id_: str, years: int = 0) -> Fact:
    months = (12 * years, 12 * years) if years else None
    return Fact("role", id_, months=months, current=True, text=f"{id_} for {years} years")


@pytest.mark.parametrize(
    ("facts", "goal", "first", "never"),
    [
        # an analyst is past the administrators' certificate, a beginner bound for manager too
        ([role("pmo_analyst", 2)], "pmo_manager", "P3O Foundation", "Administrators"),
        ([], "pmo_manager", "P3O Foundation", "Administrators"),
        ([role("pmo_administrator", 1)], "pmo_manager", "P3O Foundation", "take **Essentials for PMO Administrators**"),
        # a first post in an office is what it is made for
        ([], "pmo_administrator", "Essentials for PMO Administrators", "PMI-PMOCP** first"),
        # one who runs an office does not start with its vocabulary
        ([role("pmo_manager", 6)], "head_of_pmo", "", "P3O Foundation** first"),
        # a new field begins at its foundation, whatever the years in another
        ([role("senior_project_manager", 8)], "programme_director", "MSP Foundation", "CAPM"),
        # the article's case: experience first
        ([role("pmo_manager", 2)], "head_of_portfolio", "None yet", "take **PfMP**"),
        ([], "project_coordinator", "", "PgMP** first"),
    ],
)
def test_what_is_offered_first(
    facts: list[Fact], goal: str, first: str, never: str, case_of: Callable[..., Case]
) -> None:
    reply = recommend.answer(case_of(*facts), goal)
    assert first in reply.lead
    assert never not in reply.text()


@pytest.mark.parametrize("goal", ROLES)
def test_every_role_gets_an_answer_whose_numbers_are_the_stores(goal: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    reply = recommend.answer(case, goal)
    assert reply.lead
    items = [case.knowledge.certifications[i] for i in reply.about.get("listed", ())]
    fees = [f.amount for i in items for f in i.fees]
    hours = [i.preparation for i in items if i.preparation]
    sums = {a + b for a in [0, *fees] for b in fees} | {a + b + c for a in fees for b in fees for c in fees}
    sums |= {float(sum(p.hours_low or 0 for p in hours)), float(sum(p.hours_high or p.hours_low or 0 for p in hours))}
    shown = numbers(reply.text(), case)
    assert shown <= held(case.knowledge.certifications.values()) | sums, reply.text()


@pytest.mark.parametrize("goal", ROLES)
def test_nothing_withdrawn_replaced_or_held_is_offered(goal: str, case_of: Callable[..., Case]) -> None:
    case = case_of(Fact("certification", "p3o-foundation", text="P3O"))
    for found in candidates(case, goal):
        assert found.item.id != "p3o-foundation"
        assert found.item.status.state in ("current", "renamed")
        assert not found.item.status.successor


def test_a_budget_limits_and_a_goal_without_one_is_told(case_of: Callable[..., Case]) -> None:
    case = case_of(role("project_manager", 3))
    for found in candidates(case, "project_manager", budget=450, currency="USD"):
        assert any(f.amount <= 450 and f.currency == "USD" for f in found.item.fees)
    assert "none whose exam is priced within USD 10" in recommend.answer(case, "project_manager", budget=10).lead


def test_among_named_ones_what_opens_the_way_to_another_comes_first(case_of: Callable[..., Case]) -> None:
    case = case_of(role("project_manager", 5), Fact("education", "bachelor", text="BSc"))
    both = [case.knowledge.certifications[i] for i in ("pgmp", "pmp")]
    reply = recommend.answer(case, "programme_manager", among=both)
    assert "**PMP** first" in reply.lead


def test_one_asked_about_by_name_is_answered_by_name(case_of: Callable[..., Case]) -> None:
    case = case_of(role("pmo_manager", 6))
    csm = case.knowledge.certifications["csm"]
    assert recommend.answer(case, "head_of_portfolio", among=[csm]).lead.startswith("**CSM** is about agile")


def test_a_sequence_is_costed_and_says_what_it_leaves_out(case_of: Callable[..., Case]) -> None:
    text = recommend.answer(case_of(role("pmo_manager", 6)), "head_of_portfolio").text()
    assert "**PfMP**: Exam: USD 1,000" in text
    assert "**MoP Foundation**: exam price not held" in text
    assert "Together at least USD 1,000 in exam fees; the price of MoP Foundation is not held." in text
