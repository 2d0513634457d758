"""Which role, route or certification a question is about: said now, tapped, in focus, or held in the record."""

from __future__ import annotations

from actions.base import Question, Turn

_REACHES = ("ask_transition", "ask_readiness", "ask_plan", "ask_routes", "ask_timeline", "state_goal")


def target_role(turn: Turn, question: Question) -> str | None:
    """The role a person wants to reach: the button's, the goal just told (in the question first), one mentioned, the
    head of an office mentioned, the focus, the goal held.

    A role that they hold, or name only in telling of their work, is theirs to wish for or to tap; it is never guessed.
    """
    known = turn.knowledge.roles
    goals = [f.fact for f in turn.new_facts if f.fact.kind == "goal" and f.fact.id in known]
    asked = [fact.id for fact in goals if fact.text.lower() in question.text.lower()]
    told = [*asked, *(fact.id for fact in goals)]
    tapped = question.entities.get("role")
    candidates = [tapped, *told, *_mentioned(turn), _leads_office(turn, question), sought_role(turn)]
    role = next((r for r in candidates if r in known), None)
    if role:
        turn.state["role_focus"] = role
    return role


def sought_role(turn: Turn) -> str | None:
    """Where the conversation or the record says the person is bound for. What they do today was only looked at."""
    focus = turn.state.get("role_focus")
    return turn.person.goal_role if focus in _held_today(turn) else focus or turn.person.goal_role


def _held_today(turn: Turn) -> set[str]:
    return {h.fact.id for h in turn.person.roles if h.fact.current is not False}


def _mentioned(turn: Turn) -> list[str]:
    """Those named where something is asked, wished or said of others; none that the person holds or held."""
    held = {h.fact.id for h in turn.person.roles}
    others = [r for r in turn.roles if r not in held]
    in_passing = turn.services.reader.in_passing(turn.text) if others else frozenset[str]()
    return [r for r in others if r not in in_passing]


def _leads_office(turn: Turn, question: Question) -> str | None:
    """ "How do I reach a portfolio-level PMO?": the role that leads it; None for the office the person works in."""
    office = turn.knowledge.pmo_types.get(pmo_type(turn, turn.text) or "")
    if office is None or question.intent not in _REACHES or turn.person.has(office.fact):
        return None
    return office.led_by


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


def likeliest_role(turn: Turn, text: str) -> str | None:
    """Where someone who names no role most likely wants to get to: onward from their role, in the field they name."""
    known, ahead = turn.knowledge.roles, _onward(turn)
    in_field = [r for f in _fields(text) for r in ahead if known[r].family == f]
    return next(iter([*in_field, *ahead]), None)


def role_of_field(turn: Turn, text: str) -> str | None:
    """Where a field that is named ("which certificate for portfolio management?") leads: onward from the person's
    role, else to whoever manages in it; None when theirs is of that field, or none is named."""
    known, own = turn.knowledge.roles, turn.person.role or ""
    fields = [f for f in _fields(text) if own not in known or known[own].family != f]
    found = (r for f in fields for r in (*_onward(turn), f"{f}_manager") if r in known and known[r].family == f)
    return next(found, None)


def _onward(turn: Turn) -> list[str]:
    """The roles that transitions lead to from the person's."""
    own, known = turn.person.role, turn.knowledge
    return [t.to_role for t in known.transitions.values() if t.from_role == own and t.to_role in known.roles]


def _fields(text: str) -> list[str]:
    said = text.lower().replace("program ", "programme ").replace("programs", "programmes")
    return [f for f in ("portfolio", "programme", "product", "change") if f in said]


def pmo_type(turn: Turn, text: str) -> str | None:
    """The kind of PMO a question names."""
    said = f" {text.lower()} "
    return next(
        (p.id for p in turn.knowledge.pmo_types.values() if any(a.lower() in said for a in (p.name, *p.aliases))), None
    )
