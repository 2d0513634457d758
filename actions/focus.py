"""Which role, route or certification a question is about: said now, tapped, in focus, or held in the record."""

from __future__ import annotations

from actions.base import Question, Turn


def target_role(turn: Turn, question: Question) -> str | None:
    """The role a person wants to reach: the button's, the goal just told, one mentioned, the focus, the goal held."""
    known = turn.knowledge.roles
    told = [f.fact.id for f in turn.new_facts if f.fact.kind == "goal" and f.fact.id in known]
    held = {h.fact.id for h in turn.person.roles}
    mentioned = [r for r in turn.roles if r in known and r not in held]
    candidates = [question.entities.get("role"), *told, *mentioned, turn.state.get("role_focus"), turn.person.goal_role]
    role = next((r for r in candidates if r in known), None)
    if role:
        turn.state["role_focus"] = role
    return role


def named_role(turn: Turn, question: Question) -> str | None:
    """The role a question is about, with no wish to reach it; the focus only when none is named."""
    candidates = [
        question.entities.get("role"),
        *turn.roles,
        turn.state.get("role_focus"),
        turn.person.goal_role,
        turn.person.role,
    ]
    return next((r for r in candidates if r in turn.knowledge.roles), None)


def starting_role(turn: Turn) -> str | None:
    return turn.person.role
