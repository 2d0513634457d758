"""Questions on certifications: the one named, tapped or in focus, and the facet asked."""

from __future__ import annotations

import re

from actions.base import Question, TopicAction, Turn, answers
from bot.coaching import certification
from bot.coaching.reply import Reply, button
from bot.knowledge.schema import Certification


class ActionCertifications(TopicAction):
    topic = "certifications"


@answers(*(f"ask_certification_{facet}" for facet in certification.FACETS))
def answer_facet(turn: Turn, question: Question) -> Reply | list[Reply]:
    items, missing = meant(turn, question)
    if missing:
        return nothing_held(turn, missing)
    if not items:
        return which(turn, question.intent)
    turn.state["certification_focus"] = {"certification": items[-1].id, "facet": question.intent}
    return [
        certification.answer(turn.case, item, question.intent.removeprefix("ask_certification_")) for item in items[:2]
    ]


@answers("ask_certification_comparison")
def answer_comparison(turn: Turn, question: Question) -> Reply:
    items, missing = meant(turn, question)
    focus = _focus(turn)
    if focus and len(items) == 1 and focus.id != items[0].id:
        items = [focus, *items]
    if len(items) < 2:
        return nothing_held(turn, missing) if missing else which(turn, "ask_certification_overview")
    return certification.compare(turn.case, items)


@answers("ask_certification_list")
def answer_list(turn: Turn, question: Question) -> Reply:
    said = question.text.lower()
    everything = [c for c in turn.knowledge.certifications.values() if c.status.state != "withdrawn"]
    narrowed = [c for c in everything if _fits(c, said)]
    return certification.listing(turn.case, narrowed or everything)


def _fits(c: Certification, said: str) -> bool:
    fields = [f.replace("_", " ") for f in c.fields]
    return (
        c.issuer.split()[0].lower() in said.split()
        or any(f in said for f in fields)
        or c.level in said
        or (
            bool(re.search(r"no (prerequisite|experience)|without experience|beginner", said))
            and bool(c.eligibility and c.eligibility.open_to_all)
        )
    )


@answers("ask_certification_choice")
def answer_choice(turn: Turn, question: Question) -> Reply:
    """Those whose field is the goal's, the level that fits first; experience first where years of it are asked."""
    role = turn.state.get("role_focus") or turn.person.goal_role or turn.person.role
    family = turn.knowledge.roles[role].family if role and role in turn.knowledge.roles else None
    found = [
        c
        for c in turn.knowledge.certifications.values()
        if c.status.state == "current" and (family is None or family in c.fields)
    ]
    order = ("entry", "foundation", "practitioner", "professional", "senior", "expert")
    held = {h.fact.id for h in turn.person.held if h.fact.kind == "certification" and h.fact.polarity == "has"}
    choices = sorted((c for c in found if c.id not in held), key=lambda c: (order.index(c.level), c.id))
    if not choices:
        return which(turn, "ask_certification_overview")
    reply = certification.listing(turn.case, choices[:5])
    return reply.with_(
        lead=turn.say(
            "utter_certification_choice", goal=turn.case.role_name(role) if role else turn.say("label_next_role")
        ),
        about={**reply.about, "intent": "ask_certification_choice"},
    )


def meant(turn: Turn, question: Question) -> tuple[list[Certification], list[str]]:
    """The certifications asked about, families as their members; ids nothing reliable is held of come second."""
    held = turn.knowledge.certifications
    told_of = {f.fact.id for f in turn.new_facts if f.fact.kind == "certification"}
    named = [str(question.entities["certification"])] if "certification" in question.entities else turn.certifications
    asked = [c for c in named if c not in told_of] or named
    items: list[Certification] = []
    for id_ in asked:
        family = turn.knowledge.families.get(id_)
        items += (
            [held[m] for m in family.members if m in held]
            if family and id_ not in held
            else [held[id_]]
            if id_ in held
            else []
        )
    missing = [id_ for id_ in asked if id_ not in held and id_ not in turn.knowledge.families]
    if not asked:
        focus = _focus(turn)
        items = [focus] if focus else []
    return list({c.id: c for c in items}.values()), missing if not items else []


def _focus(turn: Turn) -> Certification | None:
    focus = (turn.state.get("certification_focus") or {}).get("certification") or turn.person.goal_certification
    return turn.knowledge.certifications.get(focus or "")


def nothing_held(turn: Turn, ids: list[str]) -> Reply:
    return Reply(
        turn.say("utter_certification_nothing_held", name=turn.case.fact_name(f"certification:{ids[0]}")),
        about={"intent": "ask_certification_overview", "aside": "yes"},
    )


def which(turn: Turn, intent: str) -> Reply:
    usual = [
        c
        for c in ("pmp", "prince2-practitioner", "pmi-pmocp", "pgmp", "pfmp", "capm")
        if c in turn.knowledge.certifications
    ]
    return Reply(
        turn.say("utter_which_certification"),
        buttons=tuple(button(turn.knowledge.certifications[c].short, intent, certification=c) for c in usual),
        about={"intent": intent, "listed": usual, "kind": "certification"},
    )
