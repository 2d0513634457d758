"""What a role is paid: the place asked for first, nothing past its date, and where to look when nothing is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.coaching import pay
from bot.coaching.case import Case
from bot.experience.facts import Fact
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Pay

MANAGER = Fact("role", "pmo_manager", text="PMO manager")


def figure(id_: str, place: str, *roles: str, year: int = 2026, **more: Any) -> Pay:
    stated = {"currency": "GBP", "of": f"Counted as {id_}.", "median": 50000} | more
    dates = {"checked_on": "2026-11-01", "expires_on": "2027-11-01"}
    return Pay(id=id_, place=place, roles=list(roles), year=year, sources=["apm-salary-2023"], **dates | stated)


@pytest.fixture
def paid(case_of: Callable[..., Case]) -> Callable[..., Case]:
    """A PMO manager's case in which these figures, and no others, are held."""

    def build(*figures: Pay) -> Case:
        case = case_of(MANAGER)
        return replace(case, knowledge=replace(case.knowledge, pay={f.id: f for f in figures}))

    return build


def lines(case: Case, role: str, place: str | None = None) -> list[str]:
    return [p.text for p in pay.answer(case, role, place).points]


def test_the_place_asked_for_comes_first_and_others_are_named(paid: Callable[..., Case]) -> None:
    case = paid(
        figure("here", "uk", "pmo_manager", year=2023), figure("there", "us", "pmo_manager"), figure("all", "germany")
    )
    assert "here" in lines(case, "pmo_manager", "uk")[0]
    assert "there" in lines(case, "pmo_manager")[0]
    reply = pay.answer(case, "pmo_manager", "uk")
    assert "the UK first" in reply.lead
    assert "Germany" in reply.closing
    assert any('"choice": "germany"' in b.payload for b in reply.buttons)


def test_where_the_role_has_no_figure_the_field_as_a_whole_is_shown_as_that(paid: Callable[..., Case]) -> None:
    reply = pay.answer(paid(figure("all", "germany"), figure("far", "uk", "pmo_manager")), "pmo_manager", "germany")
    assert "no pay figure for PMO Manager alone in Germany" in reply.lead
    assert "all" in reply.points[0].text


def test_for_a_place_without_figures_the_answer_begins_with_where_to_look(paid: Callable[..., Case]) -> None:
    reply = pay.answer(paid(figure("far", "uk", "pmo_manager")), "pmo_manager", "canada")
    assert "no pay figure for Canada" in reply.lead
    assert "Job Bank" in reply.points[0].text
    assert "far" in reply.points[1].text
    assert "jobbank" in reply.sources[0].url


def test_with_nothing_held_it_says_so_and_advises(paid: Callable[..., Case]) -> None:
    reply = pay.answer(paid(), "pmo_manager")
    assert "no pay figure for PMO Manager" in reply.lead
    assert reply.points
    assert reply.sources


def test_a_figure_past_its_date_is_not_shown(paid: Callable[..., Case]) -> None:
    past = figure("past", "uk", "pmo_manager", checked_on="2025-11-01", expires_on="2026-11-01")
    assert not any("past" in line for line in lines(paid(past), "pmo_manager", "uk"))


def test_an_old_figure_is_marked_as_old(paid: Callable[..., Case]) -> None:
    case = paid(figure("old", "uk", "pmo_manager", year=2021), figure("new", "uk", "pmo_manager", year=2025))
    new, old = pay.answer(case, "pmo_manager", "uk").points[:2]
    assert ("new" in new.text, new.reason) == (True, "")
    assert "pay has moved" in old.reason


def test_beside_another_role_stands_the_own_one_of_the_same_survey(paid: Callable[..., Case]) -> None:
    case = paid(
        figure("theirs", "uk", "portfolio_manager", survey="one"),
        figure("mine", "uk", "pmo_manager", survey="one"),
        figure("again", "uk", "pmo_manager", survey="one"),
        figure("other", "uk", "pmo_manager", survey="two"),
    )
    shown = lines(case, "portfolio_manager")
    assert ["theirs" in shown[0], "mine" in shown[1]] == [True, True]
    assert not any("other" in line or "again" in line for line in shown)


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        ({"average": 112000, "median": None}, "112,000 on average"),
        ({"low": 60000, "high": 88375}, "50,000 in the middle (median) and 60,000 to 88,375"),
        ({"median": None, "high": 80000}, "up to 80,000"),
        ({"median": None, "low": 30000}, "from 30,000"),
    ],
)
def test_amounts_are_told_as_what_they_are(paid: Callable[..., Case], amounts: dict[str, Any], shown: str) -> None:
    assert f"GBP {shown}." in lines(paid(figure("f", "uk", "pmo_manager", **amounts)), "pmo_manager")[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("what does a PMO manager earn in the UK?", "uk"),
        ("pmo manager salary london", "uk"),
        ("Pay in the US, please", "us"),
        ("tell us about pay", None),
        ("salary of a programme manager in Germany or Austria", "germany"),
        ("project manager in Warsaw", "elsewhere"),
        ("is the pay better for portfolio managers?", None),
    ],
)
def test_the_place_a_question_names(knowledge: Knowledge, text: str, place: str | None) -> None:
    assert pay.place_in(knowledge, text) == place


def test_what_is_held_covers_several_roles_and_countries_and_is_within_a_year_of_its_check(
    knowledge: Knowledge,
) -> None:
    held = list(knowledge.pay.values())
    assert len({r for p in held for r in p.roles}) >= 10
    assert len({p.place for p in held}) >= 5
    assert [p.id for p in held if (p.expires_on - p.checked_on).days > 366] == []
