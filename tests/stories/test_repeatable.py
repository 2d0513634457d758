"""The same conversation gives the same words, whoever has it and however often."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.talk import Talk

pytestmark = pytest.mark.model

CONVERSATION = (
    "hello",
    "I've been a PMO manager for 6 years and I want to become head of portfolio. What should I consider?",
    "why?",
    "tell me more",
    "how far am I from that role?",
    "what does the PfMP cost?",
    "and for members?",
    "do I qualify for it?",
    "compare PfMP and PgMP",
    "make me a plan",
    "which books should I read about portfolio management?",
    "what do you know about me?",
)


async def test_eight_people_get_the_same_words(talk: Callable[..., Talk]) -> None:
    told = []
    for _ in range(8):
        person = talk()
        told.append([await person.say(line) for line in CONVERSATION])
    for number, line in enumerate(CONVERSATION):
        assert len({answers[number] for answers in told}) == 1, f"turn {number + 1} ({line!r}) differs"
    assert len(set(told[0])) == len(CONVERSATION), "each turn has an answer of its own"
