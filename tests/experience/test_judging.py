"""What a second judge is asked, and what becomes of its answer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.experience.facts import Fact, Polarity
from bot.experience.judging import Marked
from bot.experience.lexicon import Lexicon
from bot.experience.names import Named
from bot.experience.reader import Reader

LEXICON = Lexicon(
    {
        "planner": "role:planner", "nurse": "role:other", "csm": "certification:csm",
        "certified scrum master": "certification:csm", "psm i": "certification:psm-1", "capm": "certification:capm",
    }
)  # fmt: skip


class Judge:
    """Says the same of whatever it is asked."""

    def __init__(self, polarity: Polarity) -> None:
        self.polarity = polarity
        self.asked: list[tuple[str, list[tuple[str, str | None]]]] = []

    def __call__(self, text: str, marked: Sequence[Marked]) -> dict[Named, Polarity]:
        self.asked.append((text, [(m.named.id, m.claimed) for m in marked]))
        return {m.named: self.polarity for m in marked}


def told(text: str, polarity: Polarity = "has") -> tuple[list[Fact], Judge]:
    judge = Judge(polarity)
    return Reader(LEXICON, judge).read(text).facts, judge


def test_it_is_asked_of_what_the_rules_leave_and_told_what_they_claim() -> None:
    facts, judge = told("I am a nurse. The hat of a planner is what one wears.")
    assert judge.asked == [
        ("i am a nurse. the hat of a planner is what one wears.", [("other", "has"), ("planner", None)])
    ]
    assert [(f.id, f.polarity, f.text) for f in facts] == [("other", "has", "nurse"), ("planner", "has", "planner")]


def test_what_it_claims_has_its_length_and_its_words() -> None:
    (fact,), _ = told("Wearing the hat of a planner for six years, and happy.")
    assert (fact.id, fact.months, fact.text) == ("planner", (72, 72), "planner for six years")


@pytest.mark.parametrize(
    "text",
    [
        "What does a planner do?",
        "how long until a nurse is a planner",
        "I am a planner.",
        "The hats of planners are what one wears.",
        "Nothing of the kind.",
    ],
)
def test_it_is_not_asked_of_questions_of_many_or_of_nothing(text: str) -> None:
    assert told(text)[1].asked == []


def test_a_question_beside_what_is_told_gives_no_fact() -> None:
    facts, judge = told("The hat of a planner is what one wears. Is the CAPM known?")
    assert judge.asked
    assert [f.id for f in facts] == ["planner"]


def test_a_paper_with_its_house_named_is_one_paper() -> None:
    facts, _ = told("I'm a certified scrum master (PSM I), wearing the hat of a planner")
    assert {f.id for f in facts} == {"psm-1", "planner"}


def test_a_title_before_what_is_of_it_names_nobody() -> None:
    assert [f for f in told("Round the table a planner certificate was shown.")[0] if f.kind == "role"] == []


def test_no_role_is_studied() -> None:
    assert told("Wearing the hat of a planner.", "studying")[0] == []
    assert [f.polarity for f in told("Wearing the badge of a CAPM.", "lapsed")[0]] == ["lapsed"]
