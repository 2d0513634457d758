"""Lots of content: in the order a sort of everything would give, and read no further than is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching import recommend, topics, transfer, transition
from bot.coaching.case import Case
from bot.coaching.lots import frozen, lots, ranked
from bot.experience.facts import Fact
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Condition, Item

COPIES = 5


def items(weights: list[int]) -> list[Item]:
    """An item a weight; two digits of its id are the weight, so that lots are told apart."""
    return [Item(id=f"{n % 7}-{n}-{w:02}", sources=["a"], checked_on="2026-11-24") for n, w in enumerate(weights)]


def weight(item: Item) -> tuple[int, ...]:
    return (int(item.id[-2:]) // 2,)


@given(st.lists(st.integers(0, 9)), st.integers(0, 12))
def test_ranked_is_a_sort_of_everything(weights: list[int], asked: int) -> None:
    """Weights 2 and 3 are different lots that rank alike: between them the id decides."""
    every = items(weights)
    found = list(islice(ranked(lots(every, lambda i: i.id[-2:]), weight), asked))
    assert found == sorted(every, key=lambda i: (weight(i), i.id))[:asked]


def test_what_is_written_alike_is_one_lot() -> None:
    one, same, other = (
        Condition(has=["role:pmo_manager"], months_below={"role:pmo_manager": months}) for months in (12, 12, 24)
    )
    assert frozen(one) == frozen(same) != frozen(other)
    assert len({frozen(c) for c in (one, same, other)}) == 2


@pytest.fixture(scope="module")
def grown(knowledge: Knowledge) -> Knowledge:
    """The content with copies of what grows, under ids of their own."""

    def many(kind: dict[str, Item]) -> dict[str, Item]:
        copies = (i.copy(update={"id": f"{i.id}-{n}"}) for n in range(1, COPIES) for i in kind.values())
        return {**kind, **{c.id: c for c in copies}}

    kinds = ("advice", "certifications", "competencies", "considerations", "resources")
    return replace(knowledge, **{kind: many(getattr(knowledge, kind)) for kind in kinds})


TOLD = (
    (),
    (Fact("role", "pmo_manager", months=(84, 84), text="PMO manager"), Fact("certification", "pmp", text="PMP")),
    (Fact("role", "project_coordinator", text="coordinator"), Fact("experience", "benefits", "lacks", text="none")),
)


@pytest.mark.parametrize("told", TOLD, ids=["nothing", "a manager", "a beginner"])
def test_copies_change_no_advice(told: tuple[Fact, ...], grown: Knowledge, case_of: Callable[..., Case]) -> None:
    case = case_of(*told)
    more = replace(case, knowledge=grown)
    for role in case.knowledge.roles:
        assert transition.answer(more, case.person.role, role) == transition.answer(case, case.person.role, role)
        assert topics.resources(more, role).points[:1] == topics.resources(case, role).points[:1]


@pytest.mark.parametrize("told", TOLD, ids=["nothing", "a manager", "a beginner"])
def test_a_few_of_a_lot_choose_as_all_would(
    told: tuple[Fact, ...], grown: Knowledge, case_of: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = replace(case_of(*told), knowledge=grown)
    few = {role: recommend.answer(case, role) for role in grown.roles}
    monkeypatch.setattr(recommend, "NAMED", COPIES)
    assert {role: recommend.answer(case, role) for role in grown.roles} == few


def test_a_few_of_a_lot_are_as_near_as_all(grown: Knowledge, case_of: Callable[..., Case]) -> None:
    case = replace(case_of(), knowledge=grown)
    every = list(grown.certifications.values())
    for item in every[:: COPIES - 1]:
        among = transfer.elsewhere(case, [item], every)
        found = transfer.elsewhere(case, [item])
        assert found.about == among.about
        assert found.points == among.points
