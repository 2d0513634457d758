"""Every facet of every certification, asked once: a sourced and dated answer, or plainly none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.coaching.certification import FACETS
from bot.coaching.reply import Reply
from tests.talk import Talk

pytestmark = pytest.mark.model


@pytest.mark.parametrize("facet", FACETS)
async def test_a_facet_of_every_certification(facet: str, talk: Callable[..., Talk]) -> None:
    person = talk()
    items = person.coach.services.knowledge.certifications
    assert items
    wrong = {}
    for item in items.values():
        text = await person.press(f'/ask_certification_{facet}{{"certification": "{item.id}"}}')
        fault = _fault(person, item.short, person.replies, text)
        if fault:
            wrong[item.id] = fault
    assert not wrong


def _fault(person: Talk, name: str, replies: list[Reply], text: str) -> str:
    if len(replies) != 1 or name not in replies[0].lead:
        return f"not an answer on {name}: {text[:200]}"
    phrases = person.coach.services.phrases
    label = phrases.say(f"label_facet_{replies[0].about.get('facet')}")
    if replies[0].lead == phrases.say("utter_certification_unknown", name=name, facet=label):
        return ""
    sources = replies[0].sources
    if not sources or not all(s.url.startswith("http") and s.checked_on for s in sources):
        return f"no source with its date: {[(s.title, s.checked_on) for s in sources]}"
    return ""
