"""What the person tells, sees, corrects, takes away and erases."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.actions.conftest import Chat, said

Begin = Callable[..., Chat]


def told(chat: Begin) -> Chat:
    ada = chat()
    ada.ask("I have been a PMO manager for 7 years and I want to become head of portfolio", "state_goal")
    return ada


def test_a_correction_of_the_length_alone_finds_the_fact_meant(chat: Begin) -> None:
    ada = told(chat)
    ada.ask("what must I consider to become head of portfolio?", "ask_transition")
    text = said(ada.ask("No, five years, not seven", "correct_experience"))
    assert "5 years" in text
    person = ada.services.record.known("test", "ada")
    assert person
    months = {s.fact.key: s.fact.months for s in ada.services.record.facts(person)}
    assert months["role:pmo_manager"] == (60, 60)


@pytest.mark.parametrize(
    ("words", "lengths"),
    [
        ("no, the hospital was six years", {"pmo_lead": (72, 72), "planner": (48, 48)}),
        ("sorry, the shipyard was six years", {"pmo_lead": (36, 36), "planner": (72, 72)}),
        ("no, it was six years", {"pmo_lead": (36, 36), "planner": (72, 72)}),
        ("no, that was three years", {"pmo_lead": (36, 36), "planner": (36, 36)}),
    ],
)
def test_a_correction_finds_the_fact_by_the_words_it_was_told_in(
    chat: Begin, words: str, lengths: dict[str, tuple[int, int]]
) -> None:
    ada = chat()
    ada.ask("I was a PMO lead in a hospital for three years", "state_experience")
    ada.ask("I was a planner at a shipyard for four years", "state_experience")
    ada.ask(words, "correct_experience")
    person = ada.services.record.known("test", "ada")
    assert person
    assert {s.fact.id: s.fact.months for s in ada.services.record.facts(person) if s.fact.kind == "role"} == lengths


def test_a_correction_shows_what_changes_in_the_advice(chat: Begin) -> None:
    ada = told(chat)
    ada.ask("I have never done investment appraisal", "state_experience")
    ada.ask("what must I consider to become head of portfolio?", "ask_transition")
    text = said(ada.ask("sorry, I have done investment appraisal", "correct_experience"))
    assert "no longer:" in text
    assert "new:" in text


def test_pieces_of_one_correction_are_one(chat: Begin) -> None:
    ada = told(chat)
    replies = ada.ask("No, five years, not seven", "deny", "ask_timeline", "correct_experience")
    assert len(replies) == 1


def test_the_profile_shows_words_and_removes_by_button(chat: Begin) -> None:
    ada = told(chat)
    profile = ada.ask("what do you know about me?", "ask_profile")
    assert "PMO manager for 7 years" in said(profile)
    removed = ada.press(profile, "Remove")
    assert "Removed" in said(removed)
    assert "PMO manager for 7 years" not in said(ada.ask("what do you know about me?", "ask_profile"))


def test_correct_by_button_takes_the_next_words(chat: Begin) -> None:
    ada = told(chat)
    asked = ada.press(ada.ask("what do you know about me?", "ask_profile"), "Correct")
    assert "Tell me how it should be" in said(asked)
    text = said(ada.ask("it was 5 years", "state_experience"))
    assert "5 years" in text


def test_export_holds_statements_facts_and_reads_well(chat: Begin) -> None:
    ada = told(chat)
    files = {a.name: a.content for a in ada.ask("give me my data", "export_me")[0].attachments}
    data = json.loads(files["my-data.json"])
    assert any("PMO manager for 7 years" in row["text"] for row in data["statement"])
    assert "PMO manager for 7 years" in files["my-data.md"]


def test_forgetting_asks_once_then_leaves_nothing(chat: Begin) -> None:
    ada = told(chat)
    ada.ask("forget me", "forget_me")
    text = said(ada.ask("yes", "affirm"))
    assert "Erased" in text
    assert ada.services.record.known("test", "ada") is None
    assert not any(ada.slots.values())


def test_forgetting_can_be_called_off(chat: Begin) -> None:
    ada = told(chat)
    ada.ask("forget me", "forget_me")
    assert "Nothing was erased" in said(ada.ask("no", "deny"))
    assert "7 years" in said(ada.ask("what do you know about me?", "ask_profile"))


def test_what_is_told_and_what_is_wished_get_one_answer(chat: Begin) -> None:
    ada = chat()
    text = "I have been a PMO manager for 7 years and I want to become head of portfolio"
    assert len(ada.ask(text, "state_experience", "state_goal")) == 1


def test_lacking_something_is_said_without_its_article(chat: Begin) -> None:
    assert "no bachelor's degree" in said(chat().ask("I have no bachelor's degree", "state_experience"))


def test_a_correction_read_in_pieces_is_looked_for_in_the_whole_message(chat: Begin) -> None:
    ada = told(chat)
    assert "5 years" in said(ada.ask("No, five years, not seven", "correct_experience", clause="No,"))


def test_other_occupations_are_told_apart_and_a_corrected_one_is_replaced(chat: Begin) -> None:
    ada = chat()
    noted = said(ada.ask("I was a nurse for 9 years and now I am a customs officer", "state_experience"))
    assert "(“customs officer”)" in noted
    profile = ada.ask("what do you know about me?", "ask_profile")
    assert "nurse for 9 years" in said(profile)
    assert "customs officer" in said(profile)
    ada.press(profile, "Correct")
    ada.ask("I was a midwife", "correct_experience")
    shown = said(ada.ask("what do you know about me?", "ask_profile"))
    assert "midwife" in shown
    assert "customs officer" in shown
    assert "nurse for 9 years" not in shown


def test_a_certification_of_another_kind_has_a_name_in_words(chat: Begin) -> None:
    text = said(chat().ask("I have my MCAD certification", "state_experience"))
    assert "a certification of another kind" in text
    assert "OTHER" not in text
