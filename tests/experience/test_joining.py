"""One person in two places: joined by a code from either side, undone from either side, erased whole."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.experience.facts import Fact
from bot.experience.joining import ALPHABET, DIGITS, CodeUnknown, Joining
from bot.experience.models import IdentityJoin, JoinCode, PersonRow, PlanStepRow, SkippedRow
from bot.experience.record import Record, Said
from bot.experience.steps import PlanStep

WEB, SLACK, TERMINAL = ("web", "alice"), ("slack", "T0-U1"), ("terminal", "al")


class Places:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.record = Record(engine)
        self.joining = Joining(engine)
        self._minute = datetime(2026, 11, 1, tzinfo=timezone.utc)

    def tell(self, place: tuple[str, str], fact: Fact, thread: str = "") -> None:
        self._minute += timedelta(minutes=1)
        person = self.record.person_for(*place)
        conversation = ":".join((*place, thread)) if thread else ":".join(place)
        self.record.note(person, Said(conversation, self._minute.isoformat(), fact.id, self._minute, [fact]))

    def known(self, place: tuple[str, str]) -> list[str]:
        person = self.record.known(*place)
        return [f.fact.id for f in self.record.facts(person)] if person else []

    def code_at(self, place: tuple[str, str]) -> str:
        return self.joining.code(self.record.person_for(*place))

    def plan(self, place: tuple[str, str], *texts: str) -> None:
        steps = [PlanStep(t, 2, 4, "done", "why", "advice", due=date(2027, 1, 1)) for t in texts]
        self.record.replace_plan(self.record.person_for(*place), steps)

    def steps(self, place: tuple[str, str]) -> list[tuple[str, date | None]]:
        return [(s.text, s.due) for s in self.record.plan(self.record.person_for(*place))]

    def count(self, table: type) -> int:
        with Session(self.engine, future=True) as session:
            return len(session.execute(select(table)).scalars().all())


@pytest.fixture
def places(engine: Engine) -> Places:
    made = Places(engine)
    made.tell(WEB, Fact("role", "pmo_manager", text="PMO manager"))
    made.tell(SLACK, Fact("certification", "pmp", text="PMP"))
    return made


BOTH_WAYS = pytest.mark.parametrize(("shown", "typed"), [(WEB, SLACK), (SLACK, WEB)], ids=["web shows", "Slack shows"])


@BOTH_WAYS
@pytest.mark.parametrize("undone_at", [WEB, SLACK], ids=["undone on the web", "undone in Slack"])
def test_a_code_joins_in_both_directions_and_either_side_undoes_it(places: Places, shown, typed, undone_at) -> None:
    assert not places.joining.separate(*undone_at)
    places.joining.join(*typed, places.code_at(shown))
    assert sorted(places.known(WEB)) == sorted(places.known(SLACK)) == ["pmo_manager", "pmp"]
    assert all(places.joining.joined(*place) for place in (WEB, SLACK))
    places.tell(SLACK, Fact("role", "planner", text="planner"), thread="C1-1.1")
    assert places.joining.separate(*undone_at)
    assert places.known(WEB) == ["pmo_manager"]
    assert places.known(SLACK) == ["pmp", "planner"]
    assert not any(places.joining.joined(*place) for place in (WEB, SLACK))
    assert places.count(PersonRow) == 2


def test_a_newcomer_joins_before_telling_anything(places: Places) -> None:
    places.joining.join(*TERMINAL, places.code_at(WEB))
    assert places.known(TERMINAL) == ["pmo_manager"]
    places.joining.separate(*TERMINAL)
    assert places.known(TERMINAL) == []
    assert places.known(WEB) == ["pmo_manager"]


@BOTH_WAYS
def test_two_plans_do_not_make_one_and_none_is_lost(places: Places, shown, typed) -> None:
    places.plan(shown, "keep this")
    places.plan(typed, "lay this by", "and this")
    places.joining.join(*typed, places.code_at(shown))
    assert [text for text, _ in places.steps(typed)] == ["keep this"]
    places.joining.separate(*typed)
    assert places.steps(typed) == [("lay this by", date(2027, 1, 1)), ("and this", date(2027, 1, 1))]
    assert [text for text, _ in places.steps(shown)] == ["keep this"]


def test_one_plan_goes_along_and_comes_back(places: Places) -> None:
    places.plan(SLACK, "my plan")
    places.joining.join(*SLACK, places.code_at(WEB))
    assert [text for text, _ in places.steps(WEB)] == ["my plan"]
    places.joining.separate(*WEB)
    assert [text for text, _ in places.steps(SLACK)] == ["my plan"]
    assert places.steps(WEB) == []


def test_forgetting_leaves_nothing_of_either_behind(places: Places) -> None:
    """The plan laid by is erased too, and so is the person the joined identity was before."""
    places.plan(WEB, "keep")
    places.plan(SLACK, "laid by")
    places.record.skip_question(places.record.person_for(*SLACK), "q1")
    person = places.joining.join(*SLACK, places.code_at(WEB))
    assert "laid by" in str(places.record.export(person))
    places.record.forget(person)
    assert [places.count(t) for t in (PersonRow, PlanStepRow, SkippedRow, IdentityJoin)] == [0, 0, 0, 0]
    assert places.record.known(*SLACK) is places.record.known(*WEB) is None


def test_a_third_place_comes_along_and_goes_along(places: Places) -> None:
    places.tell(TERMINAL, Fact("role", "planner", text="planner"))
    places.joining.join(*TERMINAL, places.code_at(SLACK))
    places.joining.join(*SLACK, places.code_at(WEB))
    assert sorted(places.known(TERMINAL)) == ["planner", "pmo_manager", "pmp"]
    places.joining.separate(*WEB)
    assert places.known(WEB) == ["pmo_manager"]
    assert sorted(places.known(TERMINAL)) == sorted(places.known(SLACK)) == ["planner", "pmp"]
    places.joining.separate(*SLACK)
    assert (places.known(SLACK), places.known(TERMINAL)) == (["pmp"], ["planner"])


def test_who_joins_elsewhere_leaves_the_former_place(places: Places) -> None:
    places.joining.join(*SLACK, places.code_at(WEB))
    places.tell(TERMINAL, Fact("role", "planner", text="planner"))
    places.joining.join(*SLACK, places.code_at(TERMINAL))
    assert places.known(WEB) == ["pmo_manager"]
    assert sorted(places.known(SLACK)) == ["planner", "pmp"]


def test_what_was_told_last_is_in_force_and_what_it_replaced_comes_back(places: Places) -> None:
    places.tell(SLACK, Fact("role", "pmo_manager", months=(12, 12), text="a year"))
    places.joining.join(*SLACK, places.code_at(WEB))
    held = places.record.facts(places.record.person_for(*WEB))
    assert [f.fact.months for f in held if f.fact.id == "pmo_manager"] == [(12, 12)]
    places.joining.separate(*WEB)
    held = places.record.facts(places.record.person_for(*WEB))
    assert [f.fact.months for f in held] == [None]


def test_a_code_is_good_once_for_ten_minutes_and_only_the_newest(places: Places) -> None:
    old, new = places.code_at(WEB), places.code_at(WEB)
    for wrong in (old, "ABCD-2345", "", "x" * 500):
        with pytest.raises(CodeUnknown):
            places.joining.join(*SLACK, wrong)
    places.joining.join(*SLACK, f" {new.lower().replace('-', ' ')} ")
    with pytest.raises(CodeUnknown):
        places.joining.join(*TERMINAL, new)
    late = places.code_at(WEB)
    with Session(places.engine, future=True) as session, session.begin():
        session.execute(update(JoinCode).values(expires_at=datetime.now(timezone.utc) - timedelta(seconds=1)))
    with pytest.raises(CodeUnknown):
        places.joining.join(*TERMINAL, late)


def test_ones_own_code_changes_nothing(places: Places) -> None:
    places.joining.join(*WEB, places.code_at(WEB))
    assert not places.joining.joined(*WEB)
    assert places.known(WEB) == ["pmo_manager"]


def test_a_code_is_no_word(places: Places) -> None:
    for _ in range(200):
        code = places.code_at(WEB).replace("-", "")
        assert set(code) <= set(ALPHABET)
        assert set(code) & set(DIGITS)
        assert set(code) - set(DIGITS)
