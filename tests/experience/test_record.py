"""What people told us: kept with the words, superseded and not overwritten, exported and erased whole."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.database import StoreUnavailable, make_engine, session_scope
from bot.experience.facts import Fact
from bot.experience.record import MANY, Record, Said
from bot.experience.steps import PlanStep

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
SEVEN = Fact("role", "pmo_manager", months=(84, 84), current=True, text="PMO manager for 7 years")


@pytest.fixture
def record(engine: Engine) -> Record:
    return Record(engine)


def note(record: Record, person: str, *facts: Fact, message: str = "m1", text: str = "I said so") -> list[str]:
    return [s.id for s in record.note(person, Said("web:ada", message, text, NOW, facts))]


def test_an_identity_leads_to_one_person(record: Record) -> None:
    ada = record.person_for("web", "ada")
    assert record.person_for("web", "ada") == ada
    assert record.person_for("slack", "ada") != ada
    assert record.known("web", "bob") is None
    assert record.identities(ada) == [("web", "ada")]


def test_a_fact_keeps_the_words_it_came_from(record: Record) -> None:
    ada = record.person_for("web", "ada")
    note(record, ada, SEVEN, text="Hello, PMO manager for 7 years here")
    held = record.facts(ada)[0]
    assert held.fact == SEVEN
    assert held.statement == "Hello, PMO manager for 7 years here"
    assert held.said_at.replace(tzinfo=timezone.utc) == NOW


def test_a_message_delivered_twice_is_one_statement(record: Record) -> None:
    ada = record.person_for("web", "ada")
    assert note(record, ada, SEVEN) == note(record, ada, SEVEN)
    assert len(record.facts(ada)) == 1
    assert len(record.export(ada)["statement"]) == 1


FACTS = st.builds(
    Fact,
    st.sampled_from(["role", "certification"]),
    st.sampled_from(["pmp", "pmo_manager", "other"]),
    st.sampled_from(["has", "lacks", "lapsed"]),
    months=st.sampled_from([None, (12, 12), (24, None)]),
    text=st.sampled_from(["nurse", "nurse for 9 years", "ward nurse", "baker"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.integers(1, 4), st.lists(FACTS, max_size=3)), max_size=8))
def test_what_is_said_to_be_held_after_a_message_is_what_is_held(
    record: Record, said: list[tuple[int, list[Fact]]]
) -> None:
    """Messages come with new facts and old, and some of them again."""
    name = uuid.uuid4().hex
    assert record.hear("web", name, None).held == []
    for number, facts in said:
        ada = record.known("web", name)
        assert ada is not None
        before = record.facts(ada)
        heard = record.hear("web", name, Said(f"web:{name}", f"m{number}", "I said so", NOW, facts))
        assert (heard.person, heard.before, heard.held) == (ada, before, record.facts(ada))


MANY_FACTS = [Fact("trait", f"t{n}", text=f"trait {n}") for n in range(MANY)]


def test_what_another_worker_changed_is_seen_at_the_next_message(record: Record, engine: Engine) -> None:
    other, lead = Record(engine), Fact("trait", "new", text="new")
    ada = record.hear("web", "ada", Said("web:ada", "m1", "so much", NOW, MANY_FACTS)).person
    first, second = (s.id for s in other.facts(ada)[:2])
    other.correct(ada, first, lead, "web:ada", "no, new", NOW)
    other.remove(ada, second)
    assert [s.fact for s in record.hear("web", "ada", None).held] == [*MANY_FACTS[2:], lead]
    assert other.forget(ada) > 0
    assert record.hear("web", "ada", None).person != ada


def test_many_facts_at_hand_are_not_read_again(record: Record, engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement))
    record.hear("web", "ada", Said("web:ada", "m1", "so much", NOW, MANY_FACTS))
    asked.clear()
    assert [s.fact for s in record.hear("web", "ada", None).held] == MANY_FACTS
    assert not any("months_least" in statement for statement in asked)


def test_a_new_word_on_the_same_thing_supersedes_and_keeps_the_old(record: Record) -> None:
    ada = record.person_for("web", "ada")
    note(record, ada, SEVEN)
    five = Fact("role", "pmo_manager", months=(60, 60), current=True, text="five years")
    note(record, ada, five, message="m2")
    assert [s.fact for s in record.facts(ada)] == [five]
    assert [s.fact for s in record.fact_history(ada)] == [SEVEN]


def test_naming_a_role_again_takes_back_no_length(record: Record) -> None:
    ada = record.person_for("web", "ada")
    note(record, ada, SEVEN)
    note(record, ada, Fact("role", "pmo_manager", text="as a PMO manager"), message="m2")
    assert record.facts(ada)[0].fact.months == (84, 84)


def test_two_other_occupations_are_two_and_each_keeps_its_length(record: Record) -> None:
    ada = record.person_for("web", "ada")
    nurse = Fact("role", "other", months=(108, 108), current=False, text="nurse for 9 years")
    baker = Fact("role", "other", current=True, text="baker")
    note(record, ada, nurse, baker)
    assert [s.fact for s in record.facts(ada)] == [nurse, baker]
    note(record, ada, Fact("role", "other", text="Nurse"), message="m2")
    baked, nursed = (s.fact for s in record.facts(ada))
    assert (baked, nursed.text, nursed.months) == (baker, "Nurse", (108, 108))


def test_a_correction_takes_the_place_of_the_very_fact(record: Record) -> None:
    ada = record.person_for("web", "ada")
    (old,) = note(record, ada, SEVEN)
    record.correct(ada, old, Fact("role", "pmo_lead", text="lead"), "web:ada", "no, PMO lead", NOW)
    assert [s.fact.id for s in record.facts(ada)] == ["pmo_lead"]
    with pytest.raises(KeyError):
        record.correct(ada, old, SEVEN, "web:ada", "again", NOW)


def test_one_person_cannot_touch_another_s_facts(record: Record) -> None:
    ada, eve = record.person_for("web", "ada"), record.person_for("web", "eve")
    (fact,) = note(record, ada, SEVEN)
    with pytest.raises(KeyError):
        record.remove(eve, fact)
    with pytest.raises(KeyError):
        record.correct(eve, fact, SEVEN, "web:eve", "mine", NOW)
    assert record.facts(ada)
    assert record.facts(eve) == []


def test_export_holds_all_and_forget_leaves_nothing(record: Record) -> None:
    ada, bob = record.person_for("web", "ada"), record.person_for("web", "bob")
    note(record, ada, SEVEN)
    note(record, bob, SEVEN)
    record.replace_plan(ada, [PlanStep("Read", 5, 1, "read", "why", "a", due=date(2027, 1, 1))])
    record.add_feedback(ada, "up", "good", {"intent": "ask_transition"})
    record.skip_question(ada, "pmo_kind")
    record.add_evidence(ada, "ran a round", None, date(2026, 5, 1))
    everything = record.export(ada)
    assert {name for name, rows in everything.items() if rows} >= {
        "identity", "statement", "fact", "plan_step", "feedback", "skipped_question", "evidence",
    }  # fmt: skip
    assert record.forget(ada) >= 8
    assert record.existing(ada) is None
    with pytest.raises(KeyError):
        record.export(ada)
    assert record.facts(bob)
    assert record.forget(ada) == 0


def test_an_unanswered_question_is_kept_with_nobody_s_name(record: Record) -> None:
    record.add_unanswered("what is love")
    from bot.experience.models import UnansweredRow

    assert not {"person", "conversation"} & {c.name for c in UnansweredRow.__table__.columns}


def test_a_database_that_is_away_is_said_as_such(tmp_path: object) -> None:
    record = Record(make_engine(f"sqlite:///{tmp_path}/empty.sqlite"))
    with pytest.raises(StoreUnavailable, match="failed"):
        record.person_for("web", "ada")


def test_a_transaction_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    from bot.experience.models import UnansweredRow

    def half() -> None:
        with session_scope(engine) as session:
            session.add(UnansweredRow(id="1", text="half", asked_on=date(2026, 1, 1)))
            session.flush()
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        half()
    with session_scope(engine) as session:
        assert session.get(UnansweredRow, "1") is None
