"""A code shown in one place and typed in another, in words and by buttons."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.coaching.reply import Reply
from tests.actions.conftest import Chat, said

Begin = Callable[..., Chat]
PAIRS = pytest.mark.parametrize(("shown", "typed"), [("web", "slack"), ("slack", "web")])
PLACES = {"web": "web:alice", "slack": "slack:T0-U1:C1-1.1"}


def code_in(replies: list[Reply]) -> str:
    found = re.search(r"\*\*(\w{4}-\w{4})\*\*", said(replies))
    assert found, said(replies)
    return found.group(1)


def profile(chat: Chat) -> str:
    return said(chat.ask("what do you know about me?", "ask_profile"))


@PAIRS
def test_by_buttons_in_both_directions_and_undone_from_both(chat: Begin, shown: str, typed: str) -> None:
    one, two = chat(PLACES[shown]), chat(PLACES[typed])
    one.ask("I am a PMO manager", "state_experience")
    two.ask("I hold CAPM", "state_experience")
    places = one.press(one.ask("what do you know about me?", "ask_profile"), "elsewhere")
    code = code_in(one.press(places, "Show me a code"))
    two.press(two.press(two.ask("who sees this?", "ask_privacy"), "elsewhere"), "Type a code")
    joined = two.ask(code.lower().replace("-", " "), "out_of_scope")
    assert "as one person" in said(joined)
    for place in (one, two):
        assert "PMO Manager" in profile(place)
        assert "CAPM" in profile(place)
    assert "Separated" in said(one.ask("separate", "out_of_scope"))
    assert "CAPM" not in profile(one)
    assert "PMO Manager" not in profile(two)
    code = code_in(one.ask("show me a code", "out_of_scope"))
    two.ask(f"my code is {code}", "state_experience")
    undone = two.press(two.press(two.ask("what do you know about me?", "ask_profile"), "elsewhere"), "Separate")
    assert "Separated" in said(undone)
    assert "CAPM" not in profile(one)


ASKS = [
    "code", "a code please", "Give me a joining code", "I need a new code", "can you send me a code?",
]  # fmt: skip
OFFERS = [
    "join this with Slack", "How do I connect you to Slack?", "link my Slack account with the intranet",
    "I use you in Slack too", "connect the intranet and Slack",
]  # fmt: skip
UNDOES = ["separate", "Please separate us again", "unlink Slack", "disconnect the two places", "separate them"]
OTHERS = [
    "I joined Slack as a project manager three years ago", "How do I join a PMO?", "I work with Slack and Jira",
    "what is a code of conduct?", "I want to code less and manage more", "project", "database", "data-base",
    "should I link my CV to the intranet page of the project that we did last year?", "I have PMP2024 next",
    "separate the roles of PMO and programme office for me", "I would like to connect strategy to delivery",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [*((t, "Your code is") for t in ASKS), *((t, "show a code in one place") for t in OFFERS)]
    + [(t, "not joined to another place") for t in UNDOES],
)
def test_words_for_it(chat: Begin, text: str, expected: str) -> None:
    replies = chat().ask(text, "out_of_scope", "ask_help")
    assert len(replies) == 1
    assert expected in said(replies)
    assert all(r.private for r in replies)


@pytest.mark.parametrize("text", OTHERS)
def test_words_for_something_else(chat: Begin, text: str) -> None:
    answer = said(chat().ask(text, "ask_help"))
    assert not re.search(r"code is|show a code|not joined|This code|Joined", answer)


@pytest.mark.parametrize("wrong", ["ABCD-2345", "abcd2345", "join ABCD 2345", "my code is ABCD-2345."])
def test_a_wrong_code_is_said_to_be_wrong(chat: Begin, wrong: str) -> None:
    assert "This code is not right" in said(chat().ask(wrong, "out_of_scope"))


def test_a_mistyped_code_is_known_as_one_where_a_code_was_asked_for(chat: Begin) -> None:
    ada = chat()
    ada.tap('/press{"do": "join_type"}')
    assert "This code is not right" in said(ada.ask("ABCD-1O34", "out_of_scope"))
    ada.tap('/press{"do": "join_type"}')
    assert "This code is not right" not in said(ada.ask("What can you do?", "ask_help"))
    assert "This code is not right" not in said(ada.ask("ABCD-1O34", "ask_help"))


def test_what_is_told_before_a_plan_and_questions_goes_on_after_joining(chat: Begin) -> None:
    """The rest of the turn sees the person as joined."""
    one, two = chat("web:bea"), chat("slack:T0-U2")
    one.ask("I am a PMO manager and want to become head of portfolio", "state_goal")
    two.ask(code_in(one.ask("code", "ask_help")), "out_of_scope")
    assert "Head of Portfolio" in said(two.ask("am I ready to be head of portfolio?", "ask_readiness"))
    assert "PMO Manager" in profile(two)
