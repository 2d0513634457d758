""" "And PgMP?", "and for non-members?", "the second one": what a short message goes on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions import interview
from actions.base import SMALL_WORDS, Question, Turn, resolves
from actions.certifications import near_names
from actions.claims import cheating, dishonest, plainly_cheating
from actions.meaning import foci, focus_of, members, shown_last
from actions.transition import named_route
from bot.coaching import contrast
from bot.coaching.catalogue import exam_fee, filters_in, issuers_in, matching
from bot.coaching.certification import FACETS
from bot.coaching.matters import HOME, matter_in
from bot.coaching.money import price_in
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
_BOTH = re.compile(r"\b(?:both|all of (?:them|these|those)|all (?:two|three|four)|the two|each)\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|what|who)\b.*\?*", re.IGNORECASE)
_BETTER = re.compile(
    r"\b(?:which|what)\b.{0,40}\b(?:better|best|right|first|should i|would you|do i (?:take|do|need)|recommend|suits?"
    r"|makes (?:more )?sense)",
    re.IGNORECASE,
)
_OF_LIST = re.compile(
    r"\b(?:of|from|among) (?:them|these|those|the (?:two|three|four|list))\b"
    r"|^\W*(?:and|only|but|with|also|what about|how about)\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"\b(?:the (?P<word>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)(?: one| of (?:them|these|those))?"
    r"|(?P<bare>first|second|third|fourth|fifth|last) one|(?:number|no\.?|option|#) ?(?P<digit>[1-9]))\b"
    r"(?! (?:time|step|thing|year|question))",
    re.IGNORECASE,
)
_ORDER = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4,
          "5th": 4, "last": -1}  # fmt: skip
_PICKS = re.compile(
    r"^(?!\W*(?:and )?(?:which|who)\b).*\bthe (?:\w+(?:er|est)|(?:more|most|less|least) \w+)"
    r"(?: one| of (?:them|these|those|the \w+))\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
_ON_CERTIFICATIONS = re.compile(r"\bcertif\w*|\bexams?\b|\bqualifications?\b|\bcredentials?\b", re.IGNORECASE)
_CHEAPER = re.compile(r"\b(?:cheaper|cheapest|less expensive)\b", re.IGNORECASE)
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
VERY_SHORT = 8
"""The same of one that only names what the last question is asked of anew."""

ROLE_QUESTIONS = (
    "ask_transition",
    "ask_readiness",
    "ask_role",
    "ask_role_skills",
    "ask_plan",
    "ask_salary",
    "ask_timeline",
)
FACET_INTENTS = frozenset(f"ask_certification_{facet}" for facet in FACETS)
_ASIDES = frozenset(
    {"ask_source", "ask_more", "forget_me", "export_me", "ask_profile", "thank", "stop", "greet", "press"}
)


@resolves
def resolve(turn: Turn, question: Question) -> Question:
    """The question a short follow-up stands for; any other question as it is."""
    if turn.tapped or question.intent in {"press", "forget_me"}:
        return question
    if _wrongdoing(turn, question):
        return replace(question, intent="ask_certification_exam")
    if found := _matter(turn, question):
        return found
    if len(question.text.split()) > SHORT or question.intent == "thank":
        return question
    last = turn.state.get("last_answer") or {}
    steps = (
        *(_typed_button, _skips, _plan_step, _supposing, _other_route, _about_the_role),
        *(
            _unknown_certification,
            _compared_by,
            _among_listed,
            _refined_list,
            _other_budget,
            _time_for_it,
            _same_question,
        ),
    )
    for step in steps:
        if found := step(turn, question, last):
            return found
    return question


def _wrongdoing(turn: Turn, question: Question) -> bool:
    """A wish to cheat; words that may mean other things only where certifications are talked of."""
    text = question.text
    named = turn.certifications or foci(turn) or _ON_CERTIFICATIONS.search(text)
    near = bool(named) or question.intent.startswith("ask_certification")
    return plainly_cheating(text) or (near and (cheating(text) or dishonest(text)))


def _matter(turn: Turn, question: Question) -> Question | None:
    """ "Does my PRINCE2 count towards PMP?", "my PMP has lapsed": the matter, as a part of the facet it belongs to."""
    on_facet = question.intent.startswith("ask_certification")
    last = str((turn.state.get("last_answer") or {}).get("intent", ""))
    about = bool(turn.certifications) or on_facet or bool(_ON_CERTIFICATIONS.search(question.text))
    if not about and not (last.startswith("ask_certification") and foci(turn)):
        return None
    named = [c for c in turn.certifications if c != "other"]
    own = {c.issuer.split()[0].strip("(,").lower() for c in members(turn, named)}
    bodies = [i for i in issuers_in(question.text, turn.case) if i.lower() not in own] if named else []
    both = shown_last(turn) if _BOTH.search(question.text) and len(named) < 2 else []
    asking = [q for q in turn.questions if q.intent not in {"state_experience", "state_goal", *SMALL_WORDS}]
    text = turn.text if len(asking) < 2 else question.text
    it = bool(named and _IT.search(text) and {c.id for c in foci(turn)} - set(named))
    matter = matter_in(text, max(len(named) + len(bodies) + it, len(both)))
    if matter is None or question.intent in ("correct_experience", "state_goal"):
        return None
    chosen: dict[str, list[str]] = {"certifications": [str(c.id) for c in both]} if both else {}
    if named and not chosen and (turn.new_facts or matter in ("transfer", "together")):
        chosen = {"certifications": named}  # "my PMP has lapsed" tells of the one it asks about
    entities = {**question.entities, "matter": matter, **chosen}
    kept = matter == "transfer" and question.intent == "ask_certification_eligibility"
    return replace(question, intent=question.intent if kept else HOME[matter], text=text, entities=entities)


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


def _plan_step(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "I've done the first one", while a plan is looked at."""
    on_plan = last.get("intent") == "ask_plan" and last.get("kind") == "step"
    return replace(question, intent="ask_plan") if on_plan and _STEP.search(question.text) else None


def _supposing(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And if I finish my degree?" after a sum of eligibility."""
    if last.get("intent") != "ask_certification_eligibility" or not turn.services.supposed(question.text)[1]:
        return None
    return replace(question, intent="ask_certification_eligibility")


def _unknown_certification(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "Is there a PMX?": a name near a certification's and nobody's."""
    strange = question.intent in ("not_understood", "out_of_scope", "ask_role", "ask_bot")
    return (
        replace(question, intent="ask_certification_list") if strange and near_names(turn, question.text)[1] else None
    )


def _compared_by(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "Which one is easier?": those named, else those last shown, held against each other by one thing."""
    aspect = contrast.aspect_in(question.text)
    picks = _PICKS.search(question.text) and question.intent in FACET_INTENTS
    if aspect is None or picks or (_CHEAPER.search(question.text) and not _WHICH.search(question.text)):
        return None
    items = members(turn, [c for c in turn.certifications if c != "other"])
    on_certifications = question.intent.startswith("ask_certification") or _about_certifications(last)
    if len(items) == 1 and foci(turn) and items[0] not in foci(turn):
        items = [*foci(turn), *items]
    elif len(items) < 2 and on_certifications:
        listed = shown_last(turn)
        items = listed if not items or items[0] in listed else items
    if not items and question.intent.startswith("ask_certification"):
        items = matching(turn.case, filters_in(question.text, turn.case))  # "the cheapest PMI certification?"
    if len(items) < 2:
        return None
    entities = {"certifications": [c.id for c in items], "aspect": str(aspect)}
    intent = question.intent if question.intent in FACET_INTENTS else "ask_certification_comparison"
    return replace(question, intent=intent, entities=entities)


def _about_certifications(last: dict[str, Any]) -> bool:
    return str(last.get("intent", "")).startswith("ask_certification")


def _among_listed(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "Both", "the cheaper", "the second one", "which first?" of the certifications last shown."""
    listed = [c.id for c in shown_last(turn)]
    if turn.certifications or len(listed) < 2 or not (_about_certifications(last) or last.get("kind") is None):
        return None
    facet = question.intent if question.intent in FACET_INTENTS else ""
    if _BOTH.search(question.text):
        intent = facet if facet and facet != "ask_certification_overview" else "ask_certification_comparison"
        return replace(question, intent=intent, entities={"certifications": listed[:4]})
    if _CHEAPER.search(question.text):
        fees = {i: exam_fee(turn.knowledge.certifications[i], turn.today) for i in listed}
        priced = [(fee.amount, i) for i, fee in fees.items() if fee]
        if priced:
            asked = facet or "ask_certification_cost"
            return replace(question, intent=asked, entities={"certification": min(priced)[1]})
    misread = question.intent in ("out_of_scope", "not_understood", "ask_more", "ask_role")
    aspect = contrast.aspect_in(question.text)
    if facet and aspect and _PICKS.search(question.text):  # "what does the hardest one require?"
        ranked = contrast.answer(turn.case, shown_last(turn), aspect).about["listed"]
        return replace(question, entities={"certification": ranked[0]})
    if _BETTER.search(question.text) and (misread or question.intent.startswith("ask_certification")):
        return replace(question, intent="ask_certification_choice", entities={"certifications": listed})
    return _nth(turn, question, last, listed)


def _nth(turn: Turn, question: Question, last: dict[str, Any], listed: Sequence[str]) -> Question | None:
    """ "The second one": its overview after a list, the same facet after an answer on another of the list."""
    match = _NTH.search(question.text)
    if match is None:
        return None
    said = (match["word"] or match["bare"] or "").lower()
    place = _ORDER[said] if said else int(match["digit"]) - 1
    if place >= len(listed):
        return None
    facet = question.intent if question.intent in FACET_INTENTS else ""
    if not facet or facet == "ask_certification_overview":
        before = focus_of(turn).get("facet") if not last.get("listed") and _about_certifications(last) else ""
        carried = f"ask_certification_{before}" if before else ""
        facet = carried if carried in FACET_INTENTS else "ask_certification_overview"
    return replace(question, intent=facet, entities={"certification": listed[place]})


def _refined_list(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And online?" after a list: what was asked of it before holds on."""
    on_list = last.get("intent") == "ask_certification_list"
    names_any = on_list and not turn.certifications and filters_in(question.text, turn.case)
    if not names_any or not _OF_LIST.search(question.text):
        return None
    return replace(question, intent="ask_certification_list", entities={"refines": "yes"})


def _time_for_it(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "How long do I need for it?" after an answer on a certification."""
    asked = question.intent == "ask_timeline" and _IT.search(question.text) and not turn.roles
    on_it = asked and _about_certifications(last) and foci(turn)
    return replace(question, intent="ask_certification_preparation") if on_it else None


def _other_budget(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And with 1000 pounds?" after a recommendation."""
    chosen = last.get("intent") == "ask_certification_choice" and not turn.certifications
    return replace(question, intent="ask_certification_choice") if chosen and price_in(question.text) else None


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
    on_certifications = _about_certifications(last)
    if facet and _NARROWS.search(question.text) and not turn.certifications and on_certifications:
        return replace(question, intent="ask_certification_cost")
    if len(question.text.split()) > VERY_SHORT:
        return None
    if not _GOES_ON.search(question.text) and not bare:
        return None
    if turn.certifications and facet and vague and on_certifications:
        return replace(question, intent=facet, entities=again)
    if turn.roles and not turn.certifications and last.get("intent") in (*ROLE_QUESTIONS, "ask_routes") and vague:
        intent = "ask_transition" if last["intent"] == "ask_routes" else str(last["intent"])
        return replace(question, intent=intent, entities={"role": turn.roles[-1]})
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


def _strings(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []
