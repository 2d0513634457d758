"""What every turn keeps to: each question answered, every statement kept, a failure said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions import base
from tests.actions.conftest import Chat, said

Begin = Callable[..., Chat]


def test_first_contact_says_once_what_is_kept_and_who_sees_it(chat: Begin) -> None:
    ada = chat()
    assert "can be seen by" in said(ada.ask("hello", "greet"))
    assert "can be seen by" not in said(ada.ask("hello", "greet"))


def test_two_questions_get_two_answers_in_order(chat: Begin) -> None:
    replies = chat().ask(
        "what does PfMP cost and how long is the exam", "ask_certification_cost", "ask_certification_exam"
    )
    assert ["costs" in replies[0].lead, "exam" in replies[1].lead] == [True, True]


def test_facts_are_read_from_a_question_too(chat: Begin) -> None:
    ada = chat()
    replies = ada.ask("I've been a PMO manager for 7 years, what does the PfMP cost?", "ask_certification_cost")
    assert "Noted: PMO Manager, 7 years" in said(replies)
    person = ada.services.record.known("test", "ada")
    assert person
    assert [s.fact.key for s in ada.services.record.facts(person)] == ["role:pmo_manager"]


def test_an_answer_that_fails_is_said_and_the_other_question_is_answered(
    chat: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(turn: object, question: object) -> object:
        raise ValueError("broken")

    monkeypatch.setitem(base._by_intent, "ask_salary", broken)
    replies = chat().ask("I am a PMO manager: pay? and PMP cost?", "ask_salary", "ask_certification_cost")
    assert "went wrong" in replies[0].lead
    assert "PMP" in replies[1].lead


def test_what_was_told_is_kept_though_the_answer_fails(chat: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(turn: object, question: object) -> object:
        raise ValueError("broken")

    monkeypatch.setitem(base._by_intent, "state_experience", broken)
    ada = chat()
    ada.ask("I have been a PMO manager for 7 years", "state_experience")
    person = ada.services.record.known("test", "ada")
    assert person
    assert ada.services.record.facts(person)


def test_the_same_message_twice_states_nothing_twice(chat: Begin) -> None:
    ada = chat()
    for _ in range(2):
        ada.ask("I have been a PMO manager for 7 years", "state_experience", message_id="m1")
    person = ada.services.record.known("test", "ada")
    assert person
    assert len(ada.services.record.export(person)["statement"]) == 1


def test_every_answer_carries_the_version_it_was_made_from(chat: Begin) -> None:
    ada = chat()
    version = ada.services.knowledge.version
    assert {r.knowledge_version for r in ada.ask("what does a PMO do", "ask_role")} == {version}


OLD = (
    '/press{"do": "no_such"}',
    "/press",
    '/press{"do": "remove", "fact": "gone"}',
    '/press{"do": "answer", "question": "gone", "answer": "1"}',
    '/press{"do": "step_done", "step": "gone"}',
    '/press{"do": "ask_fact", "fact": "x", "certification": "gone"}',
    '/press{"do": "tell_fact", "fact": "x"}',
)


@pytest.mark.parametrize("payload", OLD)
def test_a_button_from_another_day_says_so(chat: Begin, payload: str) -> None:
    assert said(chat().tap(payload)).strip()


def test_people_do_not_see_each_other(chat: Begin) -> None:
    chat("test:ada").ask("I have been a PMO manager for 7 years", "state_experience")
    assert "7 years" not in said(chat("test:eve").ask("what do you know about me", "ask_profile"))


ELIGIBILITY = {"ask_certification_eligibility": 0.2, "ask_project_practice": 0.1}


def test_a_question_that_points_to_the_last_answer_is_about_that(chat: Begin) -> None:
    ada = chat()
    ada.ask("What does the PMP cost?", "ask_certification_cost")
    answer = said(ada.ask("what does it ask of one?", "out_of_scope", instead=ELIGIBILITY))
    assert "PMP" in answer
    assert "36 months" in answer


def test_what_someone_asks_of_themselves_is_asked_of_the_last_answer(chat: Begin) -> None:
    ada = chat()
    ada.ask("I'm a nurse, how do I become a project manager?", "ask_transition")
    answer = ada.ask("do I need a degree?", "out_of_scope", instead=ELIGIBILITY)[0]
    assert answer.about["intent"] != "out_of_scope"
    assert "Project Manager" in said([answer])


def test_another_field_is_no_title(chat: Begin) -> None:
    text = said(chat().ask("I'm a nurse, how do I become a project manager?", "ask_transition"))
    assert "You come from another field." in text


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("what's the weather like there?", {"ask_certification_eligibility": 0.05}),  # hardly anything of ours
        ("what should my dog eat?", ELIGIBILITY),  # points to nothing
        ("well, that was it", {"thank": 0.4}),  # no question
        ("do I need a licence to be a nurse?", ELIGIBILITY),  # of another trade
    ],
)
def test_what_is_outside_stays_outside(chat: Begin, text: str, instead: dict[str, float]) -> None:
    ada = chat()
    ada.ask("What does the PMP cost?", "ask_certification_cost")
    assert ada.ask(text, "out_of_scope", instead=instead)[0].about["intent"] == "out_of_scope"


def test_with_nothing_said_before_there_is_nothing_to_point_to(chat: Begin) -> None:
    replies = chat().ask("what does it ask of one?", "out_of_scope", instead=ELIGIBILITY)
    assert replies[0].about["intent"] == "out_of_scope"
