"""How much of the follow-up talk on certifications is told as stories, and every matter asked as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.talk import Talk

FOLDER = Path(__file__).parent
TURNS = [
    len(yaml.safe_load(path.read_text(encoding="utf-8")))
    for folder in ("certifications", "follow_ups")
    for path in (FOLDER / folder).glob("*.yml")
]


def test_there_are_sixty_follow_up_scenarios_ten_of_twelve_turns_or_more() -> None:
    assert sum(n > 1 for n in TURNS) >= 60
    assert sum(n >= 12 for n in TURNS) >= 10


ASKED = {
    "what if my {name} has lapsed?": "lapses or has lapsed",
    "what happens if I fail the {name} exam?": "exam again",
    "in which languages can I take the {name} exam?": "{name}",
    "is it worth becoming a member for the {name}?": "{name}",
    "will my employer pay for the {name}?": "only your employer can say",
    "how do I check whether someone's {name} is genuine?": "{name}",
}


@pytest.mark.model
@pytest.mark.parametrize("question", ASKED)
async def test_a_matter_of_every_certification(question: str, talk: Callable[..., Talk]) -> None:
    """Each gets one answer that names it, with a dated source, or says whom to ask."""
    person = talk()
    wrong = {}
    for item in person.coach.services.knowledge.certifications.values():
        text = await person.say(question.format(name=item.short))
        sees = ASKED[question].format(name=item.short)
        unknown = "hold" in text and item.issuer_url in text
        if item.short not in text or not (sees in text or unknown) or not all(s for s in person.urls):
            wrong[item.id] = text[:300]
        elif not unknown and not all(s.checked_on for r in person.replies for s in r.sources):
            wrong[item.id] = "a source without its day"
    assert not wrong
