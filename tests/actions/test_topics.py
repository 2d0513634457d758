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
