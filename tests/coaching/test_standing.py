"""Advice is for where a person stands: nothing for beginners to those who lead, and nothing of theirs to beginners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.coaching import topics
from bot.coaching.advice import choose
from bot.coaching.case import Case
from bot.experience.facts import Fact
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Advice

TOPICS = ("business_acumen", "leadership", "portfolio_practice", "job_search", "outlook", "timeline", "salary")
PEOPLE = {
    "leads": (
        Fact("role", "pmo_manager", months=(96, 96), current=True, text="PMO manager, 8 years"),
        "head_of_portfolio",
    ),
    "starts": (Fact("role", "pmo_analyst", months=(12, 12), current=True, text="PMO analyst, a year"), "pmo_manager"),
    "delivers": (
        Fact("role", "project_manager", months=(72, 72), current=True, text="project manager, 6 years"),
        "programme_manager",
    ),
}


def given(case: Case, topic: str, role: str) -> set[str]:
    return {pick.advice.id for pick in choose(case.person, case.knowledge, topic, role=role)}


@pytest.mark.parametrize("topic", [t for t in TOPICS if t != "salary"])
def test_three_people_get_three_answers(topic: str, case_of: Callable[..., Case]) -> None:
    answers = [
        tuple(p.text for p in topics.advise(case_of(fact), f"ask_{topic}", topic, role=role).points)
        for fact, role in PEOPLE.values()
    ]
    assert len(set(answers)) == len(PEOPLE)
    assert all(len(points) >= 2 for points in answers)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("who", PEOPLE)
def test_no_piece_is_for_people_who_stand_elsewhere(topic: str, who: str, case_of: Callable[..., Case]) -> None:
    fact, role = PEOPLE[who]
    case = case_of(fact)
    standing = case.knowledge.roles[fact.id].seniority
    limits = [case.knowledge.advice[id_].seniority for id_ in given(case, topic, role)]
    assert all(least <= standing <= most for least, most in filter(None, limits))


def limited(knowledge: Knowledge) -> Knowledge:
    piece = Advice(
        id="only", topics=["outlook"], seniority=(1, 2), text="For beginners.", sources=["bls-project"],
        checked_on="2026-11-27",
    )  # fmt: skip
    return replace(knowledge, advice={"only": piece})


@pytest.mark.parametrize(
    ("facts", "gets"),
    [
        ((Fact("role", "pmo_analyst", text="analyst"),), True),
        ((Fact("role", "pmo_manager", text="manager"),), False),
        ((Fact("role", "pmo_analyst", current=False, text="was"), Fact("role", "pmo_manager", text="am")), False),
        ((), True),
        ((Fact("role", "other", text="teacher"),), True),
    ],
    ids=["a beginner", "a manager", "a manager who began once", "told nothing", "from outside the field"],
)
def test_who_told_of_no_role_in_the_field_is_not_limited(
    facts: tuple[Fact, ...], gets: bool, case_of: Callable[..., Case]
) -> None:
    case = case_of(*facts)
    assert bool(list(choose(case.person, limited(case.knowledge), "outlook"))) is gets


def test_a_seniority_the_wrong_way_round_is_a_mistake(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="above the most"):
        Advice(**{**limited(knowledge).advice["only"].dict(), "seniority": (4, 2)})


def test_what_to_read_serves_the_role_wanted_and_what_is_open(case_of: Callable[..., Case]) -> None:
    def first(*facts: Fact, role: str | None) -> str:
        case = case_of(*facts)
        some = {r: case.knowledge.resources[r] for r in ("read-apm-programme", "read-teal-book-benefits")}
        kept = {**some, "read-apm-business-case": case.knowledge.resources["read-apm-business-case"]}
        return str(
            topics.resources(replace(case, knowledge=replace(case.knowledge, resources=kept)), role).about["listed"][0]
        )

    assert first(role="programme_manager") == "read-apm-programme"
    assert first(role="head_of_portfolio") == "read-apm-business-case"
    runs = Fact("role", "programme_director", months=(120, 120), text="programme director for ten years")
    assert first(runs, role="programme_manager") != "read-apm-programme"


def test_what_to_read_names_the_role(case_of: Callable[..., Case]) -> None:
    assert "Programme Manager" in topics.resources(case_of(), "programme_manager").lead
    assert "your next role" in topics.resources(case_of()).lead
