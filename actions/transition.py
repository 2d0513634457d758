"""Moving to another role: what to consider, how far it is, which ways lead there."""

from __future__ import annotations

from actions.base import Question, TopicAction, Turn, answers
from actions.focus import likeliest_role, sought_role, target_role
from bot.coaching import readiness, routes, transition
from bot.coaching.reply import Reply, button


class ActionTransition(TopicAction):
    topic = "transition"


@answers("ask_transition")
def answer_transition(turn: Turn, question: Question) -> Reply:
    role, assumed = target_role(turn, question), False
    if not role:
        role, assumed = likeliest_role(turn, question.text), True
    if not role:
        return ask_goal(turn, "ask_transition")
    turn.state["role_focus"] = role
    reply = transition.answer(turn.case, turn.person.role, role, skipped=skipped(turn))
    if assumed:
        taken = turn.say("utter_transition_assumed", role=turn.case.role_name(role))
        return reply.with_(lead=f"{taken} {reply.lead}")
    if not turn.person.role:
        turn.state["awaiting"] = "goal"  # told where they stand, the advice is given anew
        return reply.with_(closing=f"{reply.closing} {turn.say('utter_transition_where_from')}".strip())
    return reply


@answers("ask_readiness")
def answer_readiness(turn: Turn, question: Question) -> Reply:
    role = target_role(turn, question)
    return readiness.answer(turn.case, role) if role else ask_goal(turn, "ask_readiness")


@answers("ask_routes")
def answer_routes(turn: Turn, question: Question) -> Reply:
    goal = sought_role(turn)
    named = str(question.entities.get("route") or named_route(turn, question.text) or "")
    if named in turn.knowledge.routes:
        return routes.one(turn.case, turn.knowledge.routes[named], goal)
    written = transition.nearest_transition(turn.case, turn.person.role, goal) if goal else None
    return routes.compare(turn.case, written.routes if written else (), goal)


def named_route(turn: Turn, text: str) -> str | None:
    """The one route a question names by its name or an alias; None for none or several, which compares them."""
    said = f" {text.lower()} "
    named = [
        r.id
        for r in turn.knowledge.routes.values()
        if any(f" {a.lower()}" in said for a in (r.name, r.id.replace("_", " "), *r.aliases))
    ]
    return named[0] if len(named) == 1 else None


def ask_goal(turn: Turn, intent: str) -> Reply:
    """Which role? Those written transitions lead to from where the person stands, or the usual ones."""
    start = turn.person.role
    onward: list[str] = [t.to_role for t in turn.knowledge.transitions.values() if start and t.from_role == start]
    usual = ["project_manager", "programme_manager", "pmo_manager", "head_of_portfolio"]
    choices: list[str] = list(dict.fromkeys(onward or [r for r in usual if r in turn.knowledge.roles]))[:5]
    turn.state["awaiting"] = "goal"
    return Reply(
        turn.say("utter_ask_goal"),
        buttons=tuple(button(turn.case.role_name(r)[:75], intent, role=r) for r in choices),
        about={"intent": intent, "listed": choices, "kind": "role"},
    )


def skipped(turn: Turn) -> list[str]:
    return [*turn.services.record.skipped_questions(turn.person_id)]
