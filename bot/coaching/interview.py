"""Which question to ask next: the one whose answer would change the advice most."""

from __future__ import annotations

from collections.abc import Collection

from bot.coaching.advice import bearing, open_facts
from bot.coaching.person import Person
from bot.experience.facts import Fact
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Answer, Question


def questions_for(
    person: Person,
    knowledge: Knowledge,
    *,
    role: str | None = None,
    considerations: Collection[str] = (),
    skipped: Collection[str] = (),
) -> list[Question]:
    """Questions not yet answered or skipped, the most telling first.

    A question counts the advice that turns on the facts it settles; one that a consideration of the transition
    names counts double. A question all of whose facts are told is never asked.
    """
    weight = bearing(knowledge, "transition", role)
    named = {knowledge.considerations[c].question for c in considerations if c in knowledge.considerations}

    def worth(question: Question) -> int:
        told = sum(weight.get(key, 0) for key in open_facts(person, question.settles))
        return told * (2 if question.id in named else 1)

    asked = [q for q in knowledge.questions.values() if q.id not in skipped and not answered(person, q)]
    return sorted(asked, key=lambda q: (-worth(q), q.id))


def answered(person: Person, question: Question) -> bool:
    """Something was told of the first fact it asks for, or of any when it offers alternatives."""
    return any(person.told(key) for key in question.settles) or not open_facts(person, question.settles)


def facts_of(answer: Answer, words: str) -> list[Fact]:
    """The facts a tapped answer states; ``words`` is the button's title, kept as the statement."""
    facts = []
    for stated in answer.facts:
        kind, _, id_ = stated.fact.partition(":")
        months = (
            (int(stated.months[0]), None if stated.months[1] is None else int(stated.months[1]))
            if stated.months
            else None
        )
        facts.append(
            Fact.from_dict({"kind": kind, "id": id_, "polarity": stated.polarity, "months": months, "text": words})
        )
    return facts
