"""What a short message about certifications goes on with: those listed, those in focus, a matter that concerns one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.base import SMALL_WORDS, STATED, Question, Turn
from actions.certifications import near_names
from actions.claims import cheating, dishonest, plainly_cheating
from actions.meaning import IT, foci, focus_of, members, other_issuers, shown_last
from actions.ordinals import ORDINAL_WORDS
from bot.coaching import contrast
from bot.coaching.catalogue import LEVELS, exam_fee, filters_in, matching
from bot.coaching.certification import FACETS
from bot.coaching.matters import HOME, matter_in
from bot.coaching.money import price_in
from bot.knowledge.schema import Certification

_BOTH = re.compile(
    r"\b(?:both|either(?! \w+ or\b)|neither(?! \w+ nor\b)|all of (?:them|these|those)|all (?:two|three|four)|the two"
    r"|each)\b",
    re.IGNORECASE,
)
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
_PICKS = re.compile(
    r"^(?!\W*(?:and )?(?:which|who)\b).*\bthe (?:\w+(?:er|est)|(?:more|most|less|least) \w+)"
    r"(?: one| of (?:them|these|those|the \w+))\b",
    re.IGNORECASE,
)
_ON_CERTIFICATIONS = re.compile(r"\bcertif\w*|\bexams?\b|\bqualifications?\b|\bcredentials?\b", re.IGNORECASE)
_CHEAPER = re.compile(r"\b(?:cheaper|cheapest|less expensive)\b", re.IGNORECASE)
OVERVIEW = "ask_certification_overview"
FACET_INTENTS = frozenset(f"ask_certification_{facet}" for facet in FACETS)


def wrongdoing(turn: Turn, question: Question) -> bool:
    """A wish to cheat; words that may mean other things only where certifications are talked of."""
    text = question.text
    named = turn.certifications or foci(turn) or _ON_CERTIFICATIONS.search(text)
    near = bool(named) or question.intent.startswith("ask_certification")
    return plainly_cheating(text) or (near and (cheating(text) or dishonest(text)))


def matter(turn: Turn, question: Question) -> Question | None:
    """ "Does my PRINCE2 count towards PMP?", "my PMP has lapsed": the matter, as a part of the facet it belongs to."""
    on_facet = question.intent.startswith("ask_certification")
    about = bool(turn.certifications) or on_facet or bool(_ON_CERTIFICATIONS.search(question.text))
    if not about and not (about_certifications(turn.state.get("last_answer") or {}) and foci(turn)):
        return None
    named = [c for c in turn.certifications if c != "other"]
    bodies = other_issuers(turn, members(turn, named), question.text) if named else []
    both = shown_last(turn) if _BOTH.search(question.text) and len(named) < 2 else []
    asking = [q for q in turn.questions if q.intent not in STATED | SMALL_WORDS]
    own = turn.services.reader.mentions(question.text).certifications if len(named) > 1 else []
    of_others = bool(own) and bool(set(named) - set(own))  # "CSM expired. Is RMP worth it?" asks nothing of the CSM
    text = turn.text if len(asking) < 2 and not of_others else question.text
    it = bool(named and IT.search(text) and {c.id for c in foci(turn)} - set(named))
    found = matter_in(text, max(len(named) + len(bodies) + it, len(both)))
    if found is None or question.intent in ("correct_experience", "state_goal"):
        return None
    chosen: dict[str, list[str]] = {"certifications": [str(c.id) for c in both]} if both else {}
    if named and not chosen and (turn.new_facts or found in ("transfer", "together")):
        chosen = {"certifications": named}  # "my PMP has lapsed" tells of the one it asks about
    entities = {**question.entities, "matter": found, **chosen}
    kept = found == "transfer" and question.intent == "ask_certification_eligibility"
    return replace(question, intent=question.intent if kept else HOME[found], text=text, entities=entities)


def supposing(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
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
    on_certifications = question.intent.startswith("ask_certification") or about_certifications(last)
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


def about_certifications(last: dict[str, Any]) -> bool:
    return str(last.get("intent", "")).startswith("ask_certification")


def _among_listed(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "Both", "the cheaper", "the second one", "which first?" of the certifications last shown."""
    listed = [c.id for c in shown_last(turn)]
    if turn.certifications or len(listed) < 2 or not (about_certifications(last) or last.get("kind") is None):
        return None
    facet = question.intent if question.intent in FACET_INTENTS else ""
    if _BOTH.search(question.text):
        intent = facet if facet and facet != OVERVIEW else "ask_certification_comparison"
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
    if _NTH.search(question.text) and _NEEDS.search(question.text):  # "what does the first one need": not which first
        return _nth(turn, question, last, listed)
    on_them = misread or question.intent.startswith("ask_certification")
    if _BETTER.search(question.text) and on_them and not _of_another_field(turn, question):
        return replace(question, intent="ask_certification_choice", entities={"certifications": listed})
    return _nth(turn, question, last, listed)


def _of_another_field(turn: Turn, question: Question) -> bool:
    """ "What should I take for change management?" asks anew; "which of these for change management?" does not."""
    field = any(f.name == "field" for f in filters_in(question.text, turn.case))
    return field and _POINTING.search(question.text) is None


_POINTING = re.compile(r"\b(?:ones?|them|these|those|two|three|four)\b", re.IGNORECASE)
_NEEDS = re.compile(
    r"\b(?:needs?|needed|requires?|required|requirements?|ask(?:s|ed)? for|take to get)\b", re.IGNORECASE
)


def _nth(turn: Turn, question: Question, last: dict[str, Any], listed: Sequence[str]) -> Question | None:
    """ "The second one": its overview after a list, the same facet after an answer on another of the list."""
    place = _place(turn, question.text, listed)
    if place is None or place >= len(listed):
        return None
    facet = _same_facet(turn, question, carried=not last.get("listed") and about_certifications(last))
    if question.intent == "ask_certification_choice":  # of one that is pointed at there is nothing to choose
        facet = "ask_certification_eligibility" if _NEEDS.search(question.text) else OVERVIEW
    return replace(question, intent=facet, entities={"certification": listed[place]})


def _place(turn: Turn, text: str, listed: Sequence[str]) -> int | None:
    """Which of those listed is pointed at; "the other one" is the second beside the first, else the first of two."""
    match = _NTH.search(text)
    if match is None:
        one = focus_of(turn).get("certification")
        beside = one in listed and (len(listed) == 2 or one == listed[0]) and _OTHER.search(text)
        return int(one == listed[0]) if beside else None
    said = (match["word"] or match["bare"] or "").lower()
    return ORDINAL_WORDS[said] if said else int(match["digit"]) - 1


_OTHER = re.compile(r"\bthe other(?: one)?(?: then| instead)?\W*$", re.IGNORECASE)
_LEVEL = re.compile(r"\b(foundation|practitioner)\b", re.IGNORECASE)
LEVEL_ONLY = 8
"""Words of a message that can do no more than choose a level: "and the practitioner one?"."""


_END = re.compile(
    r"\bthe (?:(?P<up>higher|highest|advanced|upper|top)|lower|lowest|basic|entry)"
    r"(?: (?:one|level)\b|-level one\b| of (?:the two|them|these)\b)",
    re.IGNORECASE,
)


def _level(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "The practitioner one", "the higher one": that level of the family in focus, asked the same."""
    if turn.certifications or len(turn.text.split()) > LEVEL_ONLY or not about_certifications(last):
        return None
    named, end = _LEVEL.search(turn.text), _END.search(turn.text)
    if not (named or end):
        return None
    family = sorted(_family_in_focus(turn), key=lambda c: LEVELS.index(c.level))
    if named:
        meant = [c for c in family if c.level == named[1].lower()]
    else:
        edge = family[-1 if end and end["up"] else 0].level if len({c.level for c in family}) > 1 else ""
        meant = [c for c in family if c.level == edge]
    if len(meant) != 1:
        return None
    return replace(question, intent=_same_facet(turn, question), entities={"certification": meant[0].id})


def _same_facet(turn: Turn, question: Question, *, carried: bool = True) -> str:
    """The facet asked; where that is none, or all, and it may be ``carried``, the one answered before."""
    if question.intent in FACET_INTENTS and question.intent != OVERVIEW:
        return question.intent
    before = f"ask_certification_{focus_of(turn).get('facet')}"
    return before if carried and before in FACET_INTENTS else OVERVIEW


def _family_in_focus(turn: Turn) -> list[Certification]:
    """Those in focus; of a single one, the smallest family it belongs to."""
    items = foci(turn)
    if len(items) != 1:
        return items
    families = [f for f in turn.knowledge.families.values() if items[0].id in f.members]
    return members(turn, [min(families, key=lambda f: len(f.members)).id]) if families else items


def _refined_list(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And online?" after a list: what was asked of it before holds on."""
    on_list = last.get("intent") == "ask_certification_list"
    names_any = on_list and not turn.certifications and filters_in(question.text, turn.case)
    if not names_any or not _OF_LIST.search(question.text):
        return None
    return replace(question, intent="ask_certification_list", entities={"refines": "yes"})


_TIME_NEEDED = re.compile(r"\bhow (?:long|much time) (?:do|will|would|should) (?:i|you|one) need\b", re.IGNORECASE)


def _time_for_it(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "How long do I need for it?" after an answer on a certification."""
    time = question.intent == "ask_timeline" or _TIME_NEEDED.search(question.text)
    asked = time and IT.search(question.text) and not turn.roles
    on_it = asked and about_certifications(last) and foci(turn)
    return replace(question, intent="ask_certification_preparation") if on_it else None


def _other_budget(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "And with 1000 pounds?" after a recommendation."""
    chosen = last.get("intent") == "ask_certification_choice" and not turn.certifications
    return replace(question, intent="ask_certification_choice") if chosen and price_in(question.text) else None


_RENEW = re.compile(r"\b(?:renew\w*|re-?certif\w+)\b", re.IGNORECASE)


def _renewal_of_held(turn: Turn, question: Question, last: dict[str, Any]) -> Question | None:
    """ "What does it cost to renew?" once "I hold the PMP" is told: nobody renews what they only asked about."""
    on_it = question.intent in ("ask_certification_cost", "ask_certification_renewal") and _RENEW.search(question.text)
    if not on_it or turn.certifications:
        return None
    held = [
        h
        for h in turn.person.held
        if h.fact.kind == "certification"
        and h.fact.polarity in ("has", "lapsed")
        and h.fact.id in turn.knowledge.certifications
    ]
    if not held or {c.id for c in foci(turn)} & {h.fact.id for h in held}:
        return None
    told = [h.fact.id for h in held if h.statement == held[-1].statement]
    return replace(question, intent="ask_certification_renewal", entities={"certifications": told})


STEPS = (
    _renewal_of_held,
    _level,
    _unknown_certification,
    _compared_by,
    _among_listed,
    _refined_list,
    _other_budget,
    _time_for_it,
)
"""In this order; the first that sees another question in the message decides."""
