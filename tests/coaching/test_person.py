"""A person as the advice sees them; readiness, plan, profile and the interview on top of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.coaching import plan, profile, readiness
from bot.coaching.case import Case
from bot.coaching.interview import facts_of, questions_for
from bot.coaching.person import assume
from bot.coaching.phrases import count, listed, months_in_words
from bot.coaching.reply import Reply
from bot.experience.facts import Fact
from bot.experience.steps import PlanStep

TODAY = date(2026, 11, 24)
MANAGER = Fact("role", "pmo_manager", months=(84, 84), current=True, text="PMO manager for 7 years")


def test_a_role_brings_the_experience_it_gives(case_of: Callable[..., Case]) -> None:
    person = case_of(MANAGER).person
    assert person.state("experience:governance") == "has"
    assert person.words("experience:governance") == "PMO manager for 7 years"
    assert person.state("experience:investment_appraisal") == "unknown"


def test_what_is_told_outweighs_what_a_role_brings(case_of: Callable[..., Case]) -> None:
    person = case_of(MANAGER, Fact("experience", "governance", "lacks", text="no governance")).person
    assert person.state("experience:governance") == "lacks"


def test_years_go_on_after_they_were_told(case_of: Callable[..., Case]) -> None:
    person = case_of(MANAGER, on=date(2024, 11, 24)).person
    assert person.months(["role:pmo_manager"]) == (108, 108)


def test_unknown_is_never_missing(case_of: Callable[..., Case]) -> None:
    findings = readiness.findings(case_of(), "head_of_portfolio")
    assert {f.standing for f in findings} == {"unknown"}


def test_told_lacking_is_missing_and_told_held_is_shown(case_of: Callable[..., Case]) -> None:
    case = case_of(
        MANAGER,
        Fact("experience", "investment_appraisal", "lacks", text="no business cases"),
        Fact("experience", "prioritisation", text="I rank projects", months=(60, 60)),
    )
    standings = {f.standing for f in readiness.findings(case, "head_of_portfolio")}
    assert {"missing", "unknown"} <= standings
    assert standings & {"shown", "partly"}
    reply = readiness.answer(case, "head_of_portfolio")
    assert "no business cases" in reply.text()
    assert reply.picture is not None
    assert reply.picture.svg.startswith("<svg")
    assert "<script" not in reply.picture.svg


def test_the_picture_escapes_what_it_shows(case_of: Callable[..., Case]) -> None:
    picture = readiness.answer(case_of(MANAGER), "head_of_portfolio").picture
    assert picture is not None
    from xml.dom.minidom import parseString

    assert parseString(picture.svg).documentElement.tagName == "svg"


def test_a_plan_has_steps_with_effort_date_and_what_counts(case_of: Callable[..., Case]) -> None:
    steps = plan.propose(case_of(MANAGER), "head_of_portfolio")
    assert 3 <= len(steps) <= plan.LONGEST
    assert all(s.hours > 0 and s.done_when and s.why and s.advice for s in steps)
    assert len({s.text for s in steps}) == len(steps)


def step(text: str = "Read", hours: int = 6, weeks: int = 1, status: str = "open") -> PlanStep:
    return PlanStep(text, hours, weeks, "it is read", "so that", "a", id=text, status=status)


def test_fewer_hours_a_week_move_the_dates() -> None:
    slow = plan.schedule([step(), step("Do")], TODAY, 2)
    fast = plan.schedule([step(), step("Do")], TODAY, 6)
    assert [s.due for s in slow] == [TODAY + timedelta(weeks=3), TODAY + timedelta(weeks=6)]
    assert [s.due for s in fast] == [TODAY + timedelta(weeks=1), TODAY + timedelta(weeks=2)]


@given(st.lists(st.tuples(st.integers(1, 80), st.integers(1, 30)), max_size=8), st.floats(0.5, 40))
def test_no_step_is_due_before_its_work_fits_in(sizes: list[tuple[int, int]], hours: float) -> None:
    dated = plan.schedule([step(str(n), h, w) for n, (h, w) in enumerate(sizes)], TODAY, hours)
    for one in dated:
        assert one.due is not None
        assert (one.due - TODAY).days / 7 >= max(one.weeks, one.hours / hours) - 1e-9


def test_done_steps_need_no_date() -> None:
    dated = plan.schedule([step(status="done"), step("Do")], TODAY, 6)
    assert dated[0].due is None
    assert dated[1].due == TODAY + timedelta(weeks=1)


def test_a_plan_goes_along_as_markdown_and_calendar() -> None:
    steps = plan.schedule([step("Read, and ask; twice"), step("Done", status="done")], TODAY, 3)
    labels = {"by": "by", "effort": "Effort", "done_when": "Done when", "why": "Why"}
    text = plan.as_markdown(steps, "My plan", labels)
    assert "1. [ ] **Read, and ask; twice** (by 2026-12-08)" in text
    assert "2. [x] **Done**" in text
    calendar = Calendar.from_ical(plan.as_calendar(steps, "My plan", datetime(2026, 11, 24, tzinfo=timezone.utc)))
    events = calendar.walk("VEVENT")
    assert [(str(e["summary"]), e.decoded("dtstart")) for e in events] == [("Read, and ask; twice", date(2026, 12, 8))]


def test_what_is_held_is_shown_with_its_words_and_ways_to_change_it(case_of: Callable[..., Case]) -> None:
    reply = profile.answer(case_of(MANAGER, Fact("certification", "pmp", "lacks", text="no PMP yet")))
    assert [c.title for c in reply.cards] == ["PMO Manager, 7 years", "no PMP"]
    assert "PMO manager for 7 years" in reply.cards[0].text
    assert [b.title for b in reply.cards[0].buttons] == ["Correct", "Remove"]


def test_changes_name_what_went_and_what_came(case_of: Callable[..., Case]) -> None:
    case = case_of()
    from bot.coaching.reply import Point

    before = Reply("Lead", (Point("stay"), Point("go"), Point("why", "old")))
    after = Reply("Lead", (Point("stay"), Point("come", "new reason"), Point("why", "new")))
    lines = profile.changes(case, before, after)
    assert lines == ["no longer: go", "new: come (new reason)", "same advice, another reason: why (new)"]
    assert profile.changes(case, before, before) == []


def test_the_interview_never_asks_what_was_told(case_of: Callable[..., Case]) -> None:
    case = case_of(MANAGER)
    asked = questions_for(case.person, case.knowledge, role="head_of_portfolio")
    first = asked[0]
    told = facts_of(first.answers[0], "tapped")
    after = questions_for(case_of(MANAGER, *told).person, case.knowledge, role="head_of_portfolio")
    assert first.id not in {q.id for q in after}
    assert first.id not in {
        q.id for q in questions_for(case.person, case.knowledge, role="head_of_portfolio", skipped=[first.id])
    }


def test_what_if_leaves_the_person_as_they_are(case_of: Callable[..., Case]) -> None:
    person = case_of(MANAGER).person
    later = assume(person, [Fact("experience", "direct_delivery", months=(24, 24), text="two years of delivery")])
    assert later.months(["experience:direct_delivery"]) == (24, 24)
    assert later.today == date(2028, 11, 24)
    assert person.state("experience:direct_delivery") == "unknown"


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((84, 84), "7 years"),
        ((18, 18), "18 months"),
        ((60, 84), "5 to 7 years"),
        ((60, None), "at least 5 years"),
        ((1, 1), "1 month"),
    ],
)
def test_lengths_in_words(months: tuple[int, int | None], words: str) -> None:
    assert months_in_words(*months) == words


def test_lists_and_counts_in_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b"], "or") == "a or b"
    assert listed([]) == ""
    assert (count(1, "month"), count(2, "month")) == ("1 month", "2 months")
