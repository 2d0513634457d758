""" "And PgMP?", "and for non-members?", "the second one": what a short message goes on with."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from actions import interview
from actions.base import Question, Turn, resolves
from actions.certification_followups import STEPS as CERTIFICATION_STEPS
from actions.certification_followups import about_certifications, matter, supposing, wrongdoing
from actions.focus import role_of_field
from actions.meaning import focus_of
from actions.transition import named_route
from bot.coaching import pay
from bot.coaching.reply import split_payload
from bot.knowledge.schema import Certification, Role

_GOES_ON = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|right|fine|thanks|so|yes|no|hm+)\W+)*"
    r"(?:and|what about|how about|or|also|same for|same question for|then|instead|but)\b",
    re.I,
)
_NARROWS = re.compile(
    r"\b(?:non[- ]?)?members?\b|\bin (?:the )?(?:uk|us|usa|india|europe|euros?|pounds|dollars)\b", re.IGNORECASE
)
_INTERVIEW = re.compile(r"\b(?:ask me (?:a few |some |your |the )?questions|interview me)\b", re.IGNORECASE)
_STEP = re.compile(
    r"\b(?:done|did|finished|completed|ticked|drop|remove|delete|skip)\b.*\b(?:step|one|first|second|third|fourth|fifth|last|\d)\b",
    re.IGNORECASE,
)
_SKIP = re.compile(r"^\W*(?:skip|pass|next)\b(?:\W*(?:it|this|that|one|question|please))*\W*$", re.IGNORECASE)
_FILLING = re.compile(
    r"\b(?:and|what|how|about|or|also|the|an?|for|then|instead|with|same|to|in|of|is|ok|so)\b", re.IGNORECASE
)
SHORT = 14
"""Words of a message that may live on what was said before it."""
NAMES_ONLY = 3
"""Words of a message that can hold little more than a name: "in the UK?"."""
VERY_SHORT = 8
"""The same of one that only names what the last question is asked of anew."""

OUTSIDE = frozenset({"out_of_scope", "ask_project_practice"})

ROLE_QUESTIONS = (
    "ask_transition",
    "ask_readiness",
    "ask_role",
    "ask_role_skills",
    "ask_plan",
    "ask_salary",
    "ask_timeline",
)
_ASIDES = frozenset(
    {"ask_source", "ask_more", "forget_me", "export_me", "ask_profile", "thank", "stop", "greet", "press"}
)


@resolves
def resolve(turn: Turn, question: Question) -> Question:
    """The question a short follow-up stands for; any other question as it is."""
    if turn.tapped or question.intent in {"press", "forget_me"}:
        return question
    if wrongdoing(turn, question):
        return replace(question, intent="ask_certification_exam")
    if found := matter(turn, question):
        return found
    if len(question.text.split()) > SHORT or question.intent == "thank":
        return question
    last = turn.state.get("last_answer") or {}
    steps = (
        *(_typed_button, _skips, _plan_step, supposing, _other_route, _other_place, _about_the_role, _does_it_help),
        *CERTIFICATION_STEPS,
        _ours_after_all,
        _same_question,
    )
    for step in steps:
        if found := step(turn, question, last):
            return found
    return question


def _typed_button(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """The words of a button, typed in place of a tap; one that stands under several answers is asked of them all."""
    said = _letters(question.text)
    found = [split_payload(payload) for title, payload in last.get("buttons") or () if _letters(title) == said]
    if found:
        name, entities = found[0]
        items = [e["certification"] for n, e in found if n == name and "certification" in e]
        return Question(name, "", {"certifications": items} if len(items) > 1 else entities)
    return replace(question, intent="press", entities={"do": "interview"}) if _INTERVIEW.search(question.text) else None


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _skips(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "Skip", while the interview asks."""
    return replace(question, intent="skip") if interview.active(turn) and _SKIP.search(question.text) else None


def _other_route(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And if I stayed in my PMO?" after advice on a move or on the ways to it."""
    moving = last.get("intent") in ("ask_routes", *ROLE_QUESTIONS)
    if not moving or not _GOES_ON.search(question.text) or turn.certifications:
        return None
    route = named_route(turn, question.text)
    return replace(question, intent="ask_routes", entities={"route": route}) if route else None


def _other_place(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And in Germany?" after an answer on pay: of the same role, there."""
    goes_on = _GOES_ON.search(question.text) or len(question.text.split()) <= NAMES_ONLY
    if last.get("intent") != "ask_salary" or not goes_on:
        return None
    place = pay.place_in(turn.knowledge, question.text)
    if not place:
        return None
    role = turn.roles[-1] if turn.roles else last.get("to")
    return replace(question, intent="ask_salary", entities={"role": role, "choice": place})


_HELPS = re.compile(
    r"\b(?:will|would|does|do|could|can|might|is|are) (?:that|this|it|those|any of (?:that|this|it)|all that)"
    r" (?:\w+ )?(?:help|count|matter|enough|useful|relevant|of (?:any )?use|worth anything)\b",
    re.IGNORECASE,
)


def _does_it_help(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "I was a planner before. Will that help?" asks how far what was just told carries towards the goal."""
    told = any(s.fact.kind in ("role", "experience", "education", "trait") for s in turn.new_facts)
    if told and turn.person.goal_role and not turn.certifications and _HELPS.search(question.text):
        return replace(question, intent="ask_readiness")
    return None


_WEIGHS = re.compile(r"\b(?:consider|think about|keep in mind|watch out|look out)\b", re.IGNORECASE)
_MEASURES = re.compile(r"\b(?:ready|qualif\w+|enough|eligible|good enough)\b", re.IGNORECASE)
_CERTIFICATES = re.compile(r"\b(?:certif\w*|exam\w*|credentials?|qualification)\b", re.IGNORECASE)


def _about_the_role(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "Do I need a degree for that?" asks about the role talked of, though it sounds like a certificate's question."""
    on_roles = last.get("intent") in (*ROLE_QUESTIONS, "ask_routes", "ask_career_path")
    wished = any(s.fact.kind == "goal" and s.fact.id in turn.knowledge.roles for s in turn.new_facts)
    named = turn.certifications or _CERTIFICATES.search(question.text)
    if question.intent != "ask_certification_eligibility" or named or not (on_roles or wished):
        return None
    if _WEIGHS.search(question.text):
        return replace(question, intent="ask_transition")
    return replace(question, intent="ask_readiness" if _MEASURES.search(question.text) else "ask_role_skills")


_POINTS = re.compile(
    r"\b(?:it|its|that|this|these|those|them|they|ones?|both|either|first|second|third|last|there)\b", re.IGNORECASE
)
_OF_MYSELF = re.compile(
    r"^\W*(?:(?:and|but|so|ok) )?"
    r"(?:(?:do|can|could|should|will|would|am)|how (?:long|much|soon|many|far)\b[\w' ]{0,20}?) i\b",
    re.IGNORECASE,
)
LIKELY = 0.15
"""The least confidence of what else a message may mean, for what went before to speak for it."""


def _ours_after_all(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "What does the hardest one ask for?" or "do I need a degree?" might be anybody's; after an answer of ours it is
    asked of that, unless it names another trade."""
    points = _POINTS.search(question.text) or (_OF_MYSELF.search(question.text) and "other" not in turn.roles)
    if question.intent not in OUTSIDE or not last.get("intent") or not points:
        return None
    meant = next(
        (a["name"] for a in question.alternatives if a["name"] not in OUTSIDE and a["confidence"] >= LIKELY), ""
    )
    ours = replace(question, intent=meant) if meant.startswith("ask_") else None
    return ours and (_about_the_role(turn, ours, last) or ours)


def _plan_step(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "I've done the first one", while a plan is looked at."""
    on_plan = last.get("intent") == "ask_plan" and last.get("kind") == "step"
    return replace(question, intent="ask_plan") if on_plan and _STEP.search(question.text) else None


def _same_question(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """The last question anew, about what is named now."""
    focus = focus_of(turn)
    again = {"matter": focus["matter"]} if focus.get("matter") else {}
    facet = f"ask_certification_{focus['facet']}" if focus.get("facet") else ""
    bare = _bare(turn, question)
    vague = (
        bare
        or question.intent in ("ask_certification_overview", "ask_role", "ask_transition", "not_understood")
        or (question.intent not in _ASIDES and not question.intent.startswith("ask_certification"))
    )
    on_certifications = about_certifications(last)
    if facet and _NARROWS.search(question.text) and not turn.certifications and on_certifications:
        return replace(question, intent="ask_certification_cost")
    if len(question.text.split()) > VERY_SHORT:
        return None
    if not _GOES_ON.search(question.text) and not bare:
        return None
    if turn.certifications and facet and vague and on_certifications:
        return replace(question, intent=facet, entities=again)
    on_roles = last.get("intent") in (*ROLE_QUESTIONS, "ask_routes") and not turn.certifications
    if not on_roles or not (vague or not _CERTIFICATES.search(question.text)):
        return None
    if again_of := turn.roles[-1] if turn.roles else role_of_field(turn, question.text):
        intent = "ask_transition" if last["intent"] == "ask_routes" else str(last["intent"])
        return replace(question, intent=intent, entities={"role": again_of})
    return None


def _bare(turn: Turn, question: Question) -> bool:
    """Nothing but names: "PgMP?", "and a PMO manager?"."""
    roles, items = turn.knowledge.roles, turn.knowledge.certifications
    named: list[Role | Certification] = [
        *(roles[r] for r in turn.roles if r in roles),
        *(items[c] for c in turn.certifications if c in items),
    ]
    known = {word for n in named for name in (n.id, n.name, *n.aliases) for word in _words(name)}
    return bool(named) and known.issuperset(_words(_FILLING.sub(" ", question.text)))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
