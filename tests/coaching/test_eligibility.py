"""The arithmetic of eligibility: what counts, within which window, and never a yes on what is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.case import Case
from bot.coaching.eligibility import assess, assess_route
from bot.coaching.person import Held, Person
from bot.experience.facts import Fact
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Eligibility, EligibilityRoute, Experience

TODAY = date(2026, 11, 24)
PLAIN = Knowledge()


def route(need: int = 60, within: int | None = 15, **more: object) -> EligibilityRoute:
    asked = Experience(label="running projects", months=need, counts=["role:project_manager"], within_years=within)
    return EligibilityRoute(**{"id": "a", "name": "Set A", "experience": [asked], **more})


def person(*facts: Fact, today: date = TODAY) -> Person:
    return Person(tuple(Held(str(n), f, TODAY) for n, f in enumerate(facts)), today, PLAIN)


def manager(least: int, most: int | None = -1, **more: object) -> Fact:
    return Fact("role", "project_manager", months=(least, least if most == -1 else most), text="PM", **more)


@pytest.mark.parametrize(
    ("months", "verdict"),
    [(59, "not_yet"), (60, "qualifies"), (61, "qualifies")],
    ids=["one short", "just enough", "more"],
)
def test_a_month_decides(months: int, verdict: str) -> None:
    assert assess_route(person(manager(months)), route()).verdict == verdict


def test_nothing_told_is_not_a_no_and_not_a_yes() -> None:
    result = assess_route(person(), route())
    assert result.verdict == "cannot_say"
    assert result.in_state("unknown")[0].keys == ("role:project_manager",)


def test_a_role_with_no_length_leaves_it_open_how_long() -> None:
    assert assess_route(person(Fact("role", "project_manager", text="PM")), route()).verdict == "cannot_say"


def test_a_range_that_reaches_over_the_need_may_qualify() -> None:
    result = assess_route(person(manager(48, 72)), route())
    assert result.verdict == "may"
    assert result.requirements[0].shortfall == (0, 12)


def test_over_five_years_may_be_eight() -> None:
    assert assess_route(person(manager(60, None)), route(need=96)).verdict == "may"


def test_the_earliest_date_is_where_the_months_run_out() -> None:
    assert assess_route(person(manager(50, current=True)), route()).earliest == date(2027, 9, 24)


def test_a_role_left_behind_does_not_grow() -> None:
    assert assess_route(person(manager(50, current=False)), route()).earliest is None


def test_what_lies_before_the_window_does_not_count() -> None:
    old = Fact("role", "project_manager", start="2005-01", end="2012-12", text="PM 2005 to 2012")
    result = assess_route(person(old), route(within=8))
    assert result.verdict == "not_yet"
    assert result.requirements[0].have == (0, 0)


def test_the_window_cuts_a_role_at_its_edge() -> None:
    edge = Fact("role", "project_manager", start="2018-11", end="2018-12", text="PM")
    assert assess_route(person(edge), route(within=8)).requirements[0].have == (2, 2)
    before = Fact("role", "project_manager", start="2018-09", end="2018-11", text="PM")
    assert assess_route(person(before), route(within=8)).requirements[0].have == (1, 1)


def test_a_leap_day_is_a_day_like_others() -> None:
    leap = date(2028, 2, 29)
    held = Person((Held("1", manager(59, current=True), leap),), leap, PLAIN)
    assert assess_route(held, route()).earliest == date(2028, 3, 29)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([], "unknown"),
        ([Fact("education", "bachelor", "lacks", text="no degree")], "short"),
        ([Fact("education", "bachelor", "studying", text="doing a BSc")], "short"),
        ([Fact("education", "master", text="MSc")], "met"),
        ([Fact("education", "mba", text="MBA")], "met"),
    ],
)
def test_a_higher_degree_holds_the_lower_and_studying_is_not_yet(facts: list[Fact], state: str) -> None:
    result = assess_route(person(manager(60), *facts), route(education="bachelor"))
    assert result.requirements[0].state == state


def test_an_accreditation_no_record_shows_never_gives_a_yes() -> None:
    result = assess_route(person(manager(90), Fact("education", "bachelor", text="BSc")),
                          route(education="bachelor", education_note="from an accredited programme"))  # fmt: skip
    assert result.verdict == "may"


def test_training_counts_hours_or_is_waived() -> None:
    asked = route(training_hours=35, waives_training=["capm"])
    twenty = Fact("training", "project_management", amount=20, unit="hours", text="20 hours")
    assert assess_route(person(manager(60), twenty), asked).in_state("short")[0].shortfall == (15, 15)
    assert assess_route(person(manager(60)), asked).verdict == "cannot_say"
    assert assess_route(person(manager(60), Fact("certification", "capm", text="CAPM")), asked).verdict == "qualifies"


def test_a_lapsed_prerequisite_is_not_held() -> None:
    asked = route(prerequisites=["capm"])
    assert (
        assess_route(person(manager(60), Fact("certification", "capm", "lapsed", text="x")), asked).verdict == "not_yet"
    )


def test_the_best_route_comes_first() -> None:
    routes = [route(need=84, education="secondary"), route(id="b", need=48, education="bachelor")]
    both = Eligibility(source="x", checked_on=TODAY, expires_on=date(2030, 1, 1), routes=routes)
    found = assess(person(manager(60), Fact("education", "bachelor", text="BSc")), both)
    assert [r.route.id for r in found] == ["b", "a"]


def test_of_routes_as_near_as_each_other_the_one_that_asks_least_comes_first() -> None:
    hours = {"training_hours": 35}
    routes = [route(need=60, education="secondary", **hours), route(id="b", need=36, education="bachelor", **hours)]
    both = Eligibility(source="x", checked_on=TODAY, expires_on=date(2030, 1, 1), routes=routes)
    graduate = person(manager(72), Fact("education", "bachelor", text="BSc"))
    assert [r.route.id for r in assess(graduate, both)] == ["b", "a"]
    assert [r.route.id for r in assess(person(manager(72)), both)] == ["a", "b"]


months = st.integers(0, 200)


@given(months, months, st.integers(1, 120), st.sampled_from([None, 8, 10, 15]))
def test_more_experience_never_makes_it_worse(a: int, more: int, need: int, within: int | None) -> None:
    less = assess_route(person(manager(a)), route(need, within)).requirements[0]
    greater = assess_route(person(manager(a + more)), route(need, within)).requirements[0]
    assert greater.have[0] >= less.have[0]
    assert not (less.state == "met" and greater.state != "met")


years = st.integers(2000, 2025)


@given(years, years, years, years)
def test_an_overlap_never_adds(a: int, b: int, c: int, d: int) -> None:
    asked = Experience(label="any work", months=60, counts=["role:project_manager", "role:programme_manager"])
    one = Fact("role", "project_manager", start=f"{min(a, b)}-01", end=f"{max(a, b)}-12", text="one")
    two = Fact("role", "programme_manager", start=f"{min(c, d)}-01", end=f"{max(c, d)}-12", text="two")
    together = assess_route(person(one, two), EligibilityRoute(id="a", name="Set A", experience=[asked])).requirements[
        0
    ]
    apart = sum(12 * (max(p) - min(p) + 1) for p in ((a, b), (c, d)))
    span = 12 * (max(a, b, c, d) - min(a, b, c, d) + 1)
    assert together.have[0] <= min(apart, span)


ORDER = ("not_yet", "cannot_say", "may", "qualifies")


@given(months, months, st.integers(1, 120), st.booleans())
def test_more_experience_never_takes_a_verdict_back(a: int, more: int, need: int, ranged: bool) -> None:
    """A range whose lower end rises too: qualified stays qualified, and the shortfall never grows."""
    before = assess_route(person(manager(a, a + 12 if ranged else -1)), route(need, None))
    after = assess_route(person(manager(a + more, a + more + 12 if ranged else -1)), route(need, None))
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict)
    assert after.requirements[0].shortfall <= before.requirements[0].shortfall


days = st.dates(date(2012, 1, 1), date(2032, 12, 31))


@given(days, st.integers(1, 240), st.integers(0, 240), st.sampled_from([6, 8, 10, 15]))
def test_only_the_months_inside_the_window_count(today: date, length: int, ago: int, within: int) -> None:
    """A job of ``length`` months that ended ``ago`` months before today, by plain subtraction."""
    now = today.year * 12 + today.month - 1
    first, last = now - ago - length, now - ago - 1  # the month numbers of its first and last month
    if first < 12:
        return

    def month(number: int) -> str:
        return f"{number // 12:04}-{number % 12 + 1:02}"

    held = Fact("role", "project_manager", start=month(first), end=month(last), text="PM")
    inside = max(0, last - max(first, now - 12 * within) + 1)
    found = assess_route(person(held, today=today), route(60, within)).requirements[0]
    assert found.have == (inside, inside)


@given(days, st.integers(0, 119), st.integers(1, 120))
def test_the_earliest_date_is_the_first_on_which_it_is_met(today: date, have: int, need: int) -> None:
    held = Person((Held("1", manager(have, current=True), today),), today, PLAIN)
    result = assess_route(held, route(need, None))
    if have >= need:
        assert result.verdict == "qualifies"
        return
    assert result.earliest == today + relativedelta(months=need - have)
    on_the_day = Person(held.held, result.earliest, PLAIN)
    the_month_before = Person(held.held, result.earliest - relativedelta(months=1), PLAIN)
    assert assess_route(on_the_day, route(need, None)).verdict == "qualifies"
    assert assess_route(the_month_before, route(need, None)).verdict == "not_yet"


@pytest.mark.parametrize("year", [2024, 2028, 2032])
@pytest.mark.parametrize("within", [8, 10, 15])
def test_a_leap_day_moves_no_window(year: int, within: int) -> None:
    """The 28th, the leap day and the day after: the same month is the window's first, until March begins."""
    edge = Fact("role", "project_manager", start=f"{year - within}-02", end=f"{year - within}-02", text="PM")
    for day, counted in ((date(year, 2, 28), 1), (date(year, 2, 29), 1), (date(year, 3, 1), 0)):
        assert assess_route(person(edge, today=day), route(60, within)).requirements[0].have == (counted, counted)


@given(st.lists(st.tuples(years, years), min_size=1, max_size=4), st.sampled_from([None, 8, 15]))
def test_months_of_several_jobs_are_those_of_the_calendar(spans: list[tuple[int, int]], within: int | None) -> None:
    """Any overlaps: as many months as there are in at least one of them, counted one by one."""
    facts = [
        Fact("role", "project_manager", start=f"{min(s)}-01", end=f"{max(s)}-12", text=str(n))
        for n, s in enumerate(spans)
    ]
    begin = TODAY.year * 12 + TODAY.month - 1 - 12 * within if within else 0
    calendar = {m for s in spans for m in range(12 * min(s), 12 * max(s) + 12) if m >= begin}
    dated = [replace(f, start=f"{f.start}-01", end=f"{f.end}-31") for f in facts]
    assert assess_route(person(*dated), route(60, within)).requirements[0].have[1] == len(calendar)


def test_the_real_pfmp_routes_ask_for_years_of_portfolio_work(
    case_of: Callable[..., Case], knowledge: Knowledge
) -> None:
    item = knowledge.certifications["pfmp"]
    assert item.eligibility is not None
    case = case_of(
        Fact("role", "pmo_manager", months=(84, 84), current=True, text="PMO manager for 7 years"),
        Fact("experience", "portfolio_management", "lacks", text="no portfolio work"),
        Fact("role", "portfolio_manager", "lacks", text="no portfolio work"),
        Fact("role", "head_of_portfolio", "lacks", text="no portfolio work"),
    )
    assert {r.verdict for r in assess(case.person, item.eligibility)} <= {"not_yet", "cannot_say"}
