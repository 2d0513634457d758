"""Advice that no record can reach, found by looking at what could be told and asked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Advice, Condition


def unreachable(content: Knowledge) -> list[str]:
    """A line for each piece of advice nobody can get, with the reason."""
    return [
        f"advice {advice.id} reaches nobody: {reason}"
        for advice in content.advice.values()
        for reason in _reasons(advice, content)
    ]


def _reasons(advice: Advice, content: Knowledge) -> Iterator[str]:
    for role in advice.roles:
        if advice.topics == ["transition"] and not any(t.to_role == role for t in content.transitions.values()):
            yield f"no transition leads to {role}."
    for key in sorted(_implied(advice.when, content)):
        yield f"whoever meets the rest of its condition has {key} by their role, but it wants that unknown."


def _implied(condition: Condition, content: Knowledge) -> set[str]:
    """Keys wanted unknown that a role wanted held brings with it (:attr:`bot.knowledge.schema.Term.from_roles`)."""
    held = {*condition.has, *condition.months_at_least}
    return {
        key
        for key in condition.unknown
        if key in content.terms and any(f"role:{role}" in held for role in content.terms[key].from_roles)
    }
