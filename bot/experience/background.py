"""Whether a role is only part of the writer's background, and not what a question beside it is about."""

from __future__ import annotations

import re

from bot.experience.names import Named
from bot.experience.scope import Sentence, scope_at

_OPEN_POST = re.compile(r"\s*(?:role|job|position|post|vacanc\w+|opening|offer|interview|assessment)\b")
""" "I have a PMO manager interview on Monday" tells where the writer wants to get to."""


def only_told(named: Named, sentence: Sentence) -> bool:
    """The writer tells of themselves there, and neither wishes nor asks."""
    scope = scope_at(sentence, named.start - sentence.start)
    told = scope.mine and not scope.third and scope.mood == "told"
    after = sentence.text[named.end - sentence.start :]
    return told and not sentence.mentions_a_question and _OPEN_POST.match(after) is None
