"""Which role an answer is about: one wished, asked or tapped; never one the person holds or only speaks of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.conftest import Chat, said

Begin = Callable[..., Chat]


@pytest.mark.parametrize(
    "text",
    [
        "I sit between the planners and a programme manager. Where should I start?",
        "I keep a small project support desk going for the railway. Make me a plan.",
        "I take the minutes for our portfolio manager. What comes first?",
    ],
)
@pytest.mark.parametrize("intent", ["ask_plan", "ask_readiness"])
def test_a_role_only_spoken_of_is_no_aim(chat: Begin, text: str, intent: str) -> None:
    ada = chat()
    replies = ada.ask(text, intent)
    assert replies[0].about.get("kind") == "role"  # asks which role
    assert not ada.slots.get("role_focus")


def test_later_answers_do_not_keep_to_it_either(chat: Begin) -> None:
    ada = chat()
    ada.ask("I run a project support team of three for a port. What next?", "ask_plan")
    told = said(ada.ask("What do I still lack?", "ask_readiness"))
    assert "Project Coordinator" not in told
    assert ada.slots["last_answer"]["listed"]  # the roles to choose from


def test_the_role_a_question_names_is_the_aim_whatever_is_told_beside_it(chat: Begin) -> None:
    ada = chat()
    told = said(ada.ask("I take the minutes for a planner. How far am I from PMO manager?", "ask_readiness"))
    assert "PMO Manager" in told
    assert ada.slots["role_focus"] == "pmo_manager"


def test_a_role_asked_about_in_the_sentence_that_tells_is_the_aim(chat: Begin) -> None:
    ada = chat()
    ada.ask("I am a planner, what do I lack for programme manager?", "ask_readiness")
    assert ada.slots["role_focus"] == "programme_manager"


def test_a_post_in_view_is_the_aim(chat: Begin) -> None:
    ada = chat()
    ada.ask("I have a programme manager interview on Friday. What do I lack?", "ask_readiness")
    assert ada.slots["role_focus"] == "programme_manager"


def test_looking_at_the_own_role_does_not_make_it_the_aim(chat: Begin) -> None:
    ada = chat()
    ada.ask("I am a PMO manager and I want to become Head of PMO", "state_goal")
    ada.ask("What does a PMO manager do?", "ask_role")
    assert "Head of PMO" in said(ada.ask("What do I still lack?", "ask_readiness"))


def test_the_own_role_in_passing_leaves_the_aim_as_it_was(chat: Begin) -> None:
    ada = chat()
    ada.ask("I want to become Head of PMO", "state_goal")
    ada.ask("I am a PMO manager. What do I lack?", "ask_readiness")
    assert ada.slots["role_focus"] == "head_of_pmo"


def test_a_role_left_behind_can_be_wished_for_again(chat: Begin) -> None:
    ada = chat()
    ada.ask("I was a programme manager until last year, now I am a planner", "state_experience")
    ada.ask("I would like to become a programme manager again. What do I lack?", "ask_readiness")
    assert ada.slots["role_focus"] == "programme_manager"
