"""Which certifications a question means: named, tapped, listed last, in focus; and what it narrows its answer to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from actions.base import Question, Turn
from bot.coaching.catalogue import issuer_word, issuers_in
from bot.coaching.certification import Asked
from bot.knowledge.schema import Certification, CertificationFamily

State = dict[str, Any]
IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
"""What points back at a certification talked of."""


def meant(turn: Turn, question: Question) -> tuple[list[Certification], list[str]]:
    """The certifications asked about, families as their members; ids nothing reliable is held of come second."""
    held = turn.knowledge.certifications
    told_of = {f.fact.id for f in turn.new_facts if f.fact.kind == "certification" and f.fact.polarity != "lacks"}
    if question.intent in ("ask_certification_comparison", "ask_certification_renewal"):
        told_of = set()  # "I passed the PMP in March: when must I renew?" asks about what it tells of
    if question.intent in ("ask_certification_preparation", "ask_certification_exam"):
        taken = {f.fact.id for f in turn.new_facts if f.fact.kind == "certification" and f.fact.polarity == "studying"}
        told_of -= taken  # "doing RMP now, how long should I study?" asks about what is being taken
    if foci(turn):  # "what if I had a PMP?" asks about the one in focus
        told_of |= {f.id for f in turn.services.supposed(question.text)[1]}
    names = [c for c in named(turn, question) if c != "other"]
    asked = [c for c in names if c not in told_of] or ([] if foci(turn) else names)
    found = {c.id: c for c in members(turn, asked)}
    families = turn.knowledge.families
    missing = [i for i in asked if i not in held and not (i in families and set(families[i].members) & set(found))]
    if not asked:
        found = {c.id: c for c in foci(turn)}
    return list(found.values()), missing if not found else []


def members(turn: Turn, ids: list[str]) -> list[Certification]:
    """Certifications by their ids, a family as those of its members that are held, in the order named."""
    held, families = turn.knowledge.certifications, turn.knowledge.families
    single = [m for i in ids for m in (families[i].members if i in families and i not in held else [i])]
    return [held[i] for i in dict.fromkeys(single) if i in held]


def named(turn: Turn, question: Question) -> list[str]:
    """Tapped, else named in the very question, else in the message."""
    if "certifications" in question.entities:
        return [str(c) for c in question.entities["certifications"]]
    if "certification" in question.entities:
        return [str(question.entities["certification"])]
    if len(turn.questions) > 1:
        own = turn.services.reader.read(question.text).certifications
        if own:
            return own
    return turn.certifications


def other_issuers(turn: Turn, items: Sequence[Certification], text: str) -> list[str]:
    """Issuers the words name that issued none of ``items``."""
    own = {issuer_word(c).lower() for c in items}
    return [i for i in issuers_in(text, turn.case) if i.lower() not in own]


def named_family(turn: Turn, question: Question) -> CertificationFamily | None:
    return next((turn.knowledge.families[i] for i in named(turn, question) if i in turn.knowledge.families), None)


def focus_of(turn: Turn) -> State:
    """What the last answer on certifications was about."""
    return dict(turn.state.get("certification_focus") or {})


def foci(turn: Turn) -> list[Certification]:
    """Those in focus, all levels of a family answered at once; else the goal; else the only one held."""
    focus = focus_of(turn)
    known = turn.knowledge.certifications
    several = [known[i] for i in focus.get("certifications") or () if i in known]
    if several:
        return several
    told = {h.fact.id for h in turn.person.held if h.fact.kind == "certification" and h.fact.polarity != "lacks"}
    only = next(iter(told)) if len(told) == 1 else ""  # "I hold the PMP": "how do I renew it?"
    one = focus.get("certification") or turn.person.goal_certification or only
    return members(turn, [one]) if one in known or not focus.get("certification") else []


def shown_last(turn: Turn) -> list[Certification]:
    """The list of certifications last shown; it outlasts answers on single ones, until another list is shown."""
    last = turn.state.get("last_answer") or {}
    listed = last.get("listed")
    ids = (listed if last.get("kind") == "certification" else ()) if listed else focus_of(turn).get("listed")
    return [turn.knowledge.certifications[i] for i in ids or () if i in turn.knowledge.certifications]


_MEMBER = re.compile(r"\b(non|not an?|not|no)[- ]?(?:\w+ )?members?\b|\bmembers?\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|for|from) (?:the )?(?:(?P<us>us|usa|united states|america)|(?P<uk>uk|united kingdom|britain|england)"
    r"|(?P<other>india|europe|germany|canada|australia|france|ireland|netherlands|singapore|brazil|japan|china|spain"
    r"|italy|poland))\b",
    re.IGNORECASE,
)


def narrowed(turn: Turn, text: str) -> Asked:
    """Member or not and the region, as asked now, else as asked last."""
    before = focus_of(turn)
    said = {match.group(1) is None for match in _MEMBER.finditer(text)}
    member = before.get("member") if not said else None if len(said) > 1 else said.pop()
    place = _PLACE.search(text)
    if place is None:
        return Asked(member, str(before.get("region") or ""))
    return Asked(
        member, "United States" if place["us"] else "United Kingdom" if place["uk"] else place["other"].title()
    )
