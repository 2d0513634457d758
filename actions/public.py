"""Which replies may be shown where others read along: those that anyone would get."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.coaching.person import Person
from bot.coaching.reply import Reply

if TYPE_CHECKING:
    from actions.base import Question, Turn

log = logging.getLogger(__name__)

IMPERSONAL = frozenset({
    "ask_certification_overview", "ask_certification_cost", "ask_certification_exam", "ask_certification_renewal",
    "ask_certification_preparation", "ask_certification_value", "ask_certification_comparison",
    "ask_certification_list", "ask_certification_application", "ask_role", "ask_role_skills", "ask_outlook",
    "ask_salary", "ask_learning_resources", "ask_help", "ask_privacy", "ask_bot", "greet", "goodbye", "thank",
    "chitchat", "out_of_scope", "ask_project_practice", "request_human",
})  # fmt: skip
"""Questions whose answers only look at the record, so that they can be answered twice."""


def mark(
    turn: Turn,
    question: Question,
    answer: Callable[[Turn, Question], Any],
    before: dict[str, Any],
    replies: list[Reply],
) -> list[Reply]:
    """Takes the mark "private" off each reply that someone of whom nothing is known gets word for word.

    ``before`` is the turn's state as it was before the question was answered. Only done where others read along.
    """
    if not turn.public or question.intent not in IMPERSONAL:
        return replies
    nobody = replace(
        turn, person=Person((), turn.today, turn.knowledge), state=dict(before), new_facts=[], corrected=[]
    )
    try:
        given = answer(nobody, question)
    except Exception:
        # Private is the safe side: the person has their answer already.
        log.exception("no answer for nobody in particular", extra={"intent": question.intent})
        return replies
    same = given if isinstance(given, list) else [given]
    return [r.with_(private=False) if r in same else r for r in replies]
