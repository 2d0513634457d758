"""Career questions beside transitions, through the actions."""

from __future__ import annotations

from collections.abc import Callable

from tests.actions.conftest import Chat, said

Begin = Callable[..., Chat]


def test_pay_is_of_the_place_named_and_a_tap_gives_another(chat: Begin) -> None:
    ada = chat()
    replies = ada.ask("what does a PMO manager earn in the UK?", "ask_salary")
    assert "the UK first" in said(replies)
    assert "GBP" in said(replies)
    there = ada.press(replies, "Pay in Germany")
    assert "PMO Manager alone in Germany" in said(there)
    assert "EUR" in said(there)


def test_how_long_is_answered_to_the_role_wanted(chat: Begin) -> None:
    ada = chat()
    ada.ask("I am a PMO manager and I want to become Head of PMO", "state_goal")
    told = said(ada.ask("How long will it take?", "ask_timeline"))
    assert "To **Head of PMO**" in told
    assert "months" in told


def test_how_long_without_a_goal_takes_the_likeliest_and_says_so(chat: Begin) -> None:
    told = said(chat().ask("I am a programme manager, how long would a portfolio post take?", "ask_timeline"))
    assert "I take it you mean Portfolio Manager" in told


def test_how_long_of_somebody_unknown_is_answered_in_general(chat: Begin) -> None:
    assert "depends on you" in said(chat().ask("How long does such a thing take?", "ask_timeline"))


def test_what_to_read_is_for_the_role_wanted_and_so_is_more_of_it(chat: Begin) -> None:
    ada = chat()
    ada.ask("I am a project manager and I want to become a programme manager", "state_goal")
    first = ada.ask("What should I read?", "ask_learning_resources")
    assert "Programme Manager" in said(first)
    assert "What is programme management?" in said(first)
    more = ada.ask("tell me more", "ask_more")
    assert more[0].about["to"] == "programme_manager"
    assert not set(more[0].about["listed"]) & set(first[0].about["listed"])
