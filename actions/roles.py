"""Roles and PMO types: what they are, what they ask for, what comes next."""

from __future__ import annotations

from actions.base import Question, TopicAction, Turn, answers
from actions.focus import named_role, pmo_type
from actions.transition import ask_goal
from bot.coaching import roles
from bot.coaching.reply import Reply, button


class ActionRoles(TopicAction):
    topic = "roles"


@answers("ask_role")
def answer_role(turn: Turn, question: Question) -> Reply:
    choice = str(question.entities.get("choice", ""))
    if choice.startswith("pmo:") and choice[4:] in turn.knowledge.pmo_types:
        return roles.pmo_types(turn.case, choice[4:])
    named = [question.entities["role"]] if "role" in question.entities else list(dict.fromkeys(turn.roles))
    named = [r for r in named if r in turn.knowledge.roles]
    if len(named) > 1:
        return roles.compare(turn.case, named[:3])
    kind = pmo_type(turn, question.text)
    if choice == "pmo_types" or (not named and "pmo" in question.text.lower()) or kind:
        return roles.pmo_types(turn.case, kind)
    role = named[0] if named else named_role(turn, question)
    if not role:
        return which_role(turn, "ask_role")
    turn.state["role_focus"] = role
    return roles.describe(turn.case, role)


@answers("ask_role_skills")
def answer_role_skills(turn: Turn, question: Question) -> Reply:
    role = named_role(turn, question)
    return roles.skills(turn.case, role) if role else which_role(turn, "ask_role_skills")


@answers("ask_career_path")
def answer_career_path(turn: Turn, question: Question) -> Reply:
    role = str(question.entities.get("role") or turn.person.role or named_role(turn, question) or "")
    return roles.career_path(turn.case, role) if role in turn.knowledge.roles else ask_goal(turn, "ask_transition")


def which_role(turn: Turn, intent: str) -> Reply:
    usual = [
        r
        for r in ("project_manager", "programme_manager", "pmo_analyst", "pmo_manager", "portfolio_manager")
        if r in turn.knowledge.roles
    ]
    return Reply(
        turn.say("utter_which_role"),
        buttons=tuple(button(turn.case.role_name(r)[:75], intent, role=r) for r in usual),
        about={"intent": intent, "listed": usual, "kind": "role"},
    )
