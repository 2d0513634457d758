"""Questions on certifications: the one named, tapped or in focus, and the facet asked."""

from __future__ import annotations

import re
from typing import Any

from actions.base import Question, TopicAction, Turn, answers, press, pressed
from actions.claims import cheating, claimed_price
from actions.focus import target_role
from actions.transition import ask_goal
from bot.coaching import catalogue, certification, qualifying, recommend, renewing
from bot.coaching.certification import Asked
from bot.coaching.person import EDUCATION_LADDER
from bot.coaching.phrases import count
from bot.coaching.reply import Button, Reply, button
from bot.knowledge.schema import Certification, CertificationFamily


class ActionCertifications(TopicAction):
    topic = "certifications"


@answers(*(f"ask_certification_{facet}" for facet in certification.FACETS))
def answer_facet(turn: Turn, question: Question) -> Reply | list[Reply]:
    """Each certification meant gets its answer; more than two are offered to choose from."""
    if cheating(question.text):
        return Reply(turn.say("utter_certification_cheating"), about={"intent": question.intent, "aside": "yes"})
    items, missing = meant(turn, question)
    if missing:
        return nothing_held(turn, missing)
    if not items:
        return unknown_name(turn, question) or which(turn, question.intent)
    if len(items) > certification.COMPARED or (len(items) > 2 and named_family(turn, question)):
        return levels(turn, question, items)
    facet = question.intent.removeprefix("ask_certification_")
    asked = narrowed(turn, question.text)
    turn.state["certification_focus"] = {
        "certification": items[-1].id,
        "facet": facet,
        "member": asked.member,
        "region": asked.region,
    }
    return [one(turn, question, item, facet, asked) for item in items[: certification.COMPARED]]


def one(turn: Turn, question: Question, item: Certification, facet: str, asked: Asked) -> Reply:
    general = certification.answer(turn.case, item, facet, asked)
    if facet == "eligibility":
        return eligibility(turn, question, item, general)
    if facet == "renewal" and item.renewal and (passed := renewing.passed_on(turn.text, turn.today)):
        worked_out = renewing.due(turn.case, item.renewal, *passed)
        return general.with_(closing="\n".join([*worked_out, general.closing]).strip())
    if facet == "cost" and (claim := claimed_price(question.text)):
        right = any(fee.amount == claim.amount and fee.currency == claim.currency for fee in item.fees)
        key = "utter_certification_claim_right" if right else "utter_certification_claim_wrong"
        return general.with_(lead=turn.say(key, name=item.short)) if general.points else general
    return general


def eligibility(turn: Turn, question: Question, item: Certification, general: Reply) -> Reply:
    """The sum for this person where they told anything that bears on it; else the requirements, and an offer."""
    words, facts = turn.services.supposed(question.text)
    case = turn.case if not facts else turn.services.case(turn.supposing(facts))
    worked_out = qualifying.answer(case, item, supposed=words if facts else "")
    if worked_out is None:
        offer = turn.say("utter_qualifying_tell_me", issuer=item.issuer)
        has_routes = bool(item.eligibility and item.eligibility.routes and general.points)
        return general.with_(closing=f"{general.closing}\n\n{offer}".strip()) if has_routes else general
    return worked_out.with_(
        closing="\n\n".join(filter(None, [worked_out.closing, general.closing])),
        buttons=(*worked_out.buttons, *general.buttons)[:5],
        sources=general.sources,
    )


@pressed("ask_fact")
def press_ask_fact(turn: Turn, question: Question) -> Reply:
    """Asks for one fact an issuer's sum lacks; the answer works the sum out anew."""
    item = turn.knowledge.certifications.get(str(question.entities.get("certification")))
    key = str(question.entities.get("fact", ""))
    kind = key.partition(":")[0]
    if item is None or not kind:
        return Reply(turn.say("utter_button_old"))
    turn.state["awaiting"] = {"sum": item.id}
    said = {"role": "length", "experience": "length", "training": "hours", "education": "level"}.get(kind, "held")
    tell = {"certification": item.id, "fact": key}
    if said == "length":
        spans = ("0_11", "12_35", "36_59", "60_95", "96", "none")
        buttons = tuple(press(turn.say(f"button_span_{s}"), "tell_fact", value=s, **tell) for s in spans)
    elif said == "level":
        buttons = tuple(_level(turn, tell, level) for level in EDUCATION_LADDER)
    elif said == "held":
        buttons = tuple(press(turn.say(f"button_{v}"), "tell_fact", value=v, **tell) for v in ("yes", "no"))
    else:
        buttons = ()
    text = turn.say(f"utter_ask_fact_{said}", name=item.short, fact=turn.case.fact_name(key))
    return Reply(text, buttons=buttons, about={"intent": "interview", "question": key})


def _level(turn: Turn, tell: dict[str, str], level: str) -> Button:
    key = f"education:{level}"
    return press(turn.case.fact_name(key).capitalize(), "tell_fact", value="yes", **{**tell, "fact": key})


@pressed("tell_fact")
def press_tell_fact(turn: Turn, question: Question) -> Reply | list[Reply]:
    from bot.experience.facts import Fact

    kind, _, id_ = str(question.entities.get("fact", "")).partition(":")
    value = str(question.entities.get("value", ""))
    words = turn.say(f"button_{value}" if value in ("yes", "no") else f"button_span_{value}")
    if kind == "education":
        words = turn.case.fact_name(f"{kind}:{id_}")
    least, _, most = value.partition("_")
    lacks = value in ("no", "none")
    told: dict[str, Any] = {"kind": kind, "id": id_, "polarity": "lacks" if lacks else "has", "text": words}
    if least.isdigit():
        told["months"] = [int(least), int(most) if most else None]
    turn.state_facts([Fact.from_dict(told)], f"{turn.case.fact_name(f'{kind}:{id_}')}: {words}")
    turn.state["awaiting"] = None
    return answer_facet(turn, Question("ask_certification_eligibility", "", question.entities))


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
    """Those that fit all that is asked; where none does, the last thing asked is let go, and that is said."""
    if unknown := unknown_name(turn, question):
        return unknown
    asked = catalogue.filters_in(question.text, turn.case)
    found = catalogue.matching(turn.case, asked)
    words = catalogue.in_words(turn.case, asked)
    if asked and not found:
        wider = catalogue.matching(turn.case, asked[:-1])
        return certification.listing(turn.case, wider, turn.say("utter_certification_list_empty", filters=words))
    number = count(len(found), "certification")
    key = "utter_certification_list_filtered" if asked else "utter_certification_list"
    return certification.listing(turn.case, found, turn.say(key, count=number, filters=words))


@answers("ask_certification_choice")
def answer_choice(turn: Turn, question: Question) -> Reply:
    role = target_role(turn, question) or turn.person.role or ""
    if role not in turn.knowledge.roles:
        goal = ask_goal(turn, "ask_certification_choice")
        return goal.with_(lead=turn.say("utter_recommend_no_goal"))
    price = next((f for f in catalogue.filters_in(turn.text, turn.case) if f.name == "price"), None)
    return recommend.answer(
        turn.case, role, budget=price.amount if price else None, currency=price.currency if price else "USD"
    )


def meant(turn: Turn, question: Question) -> tuple[list[Certification], list[str]]:
    """The certifications asked about, families as their members; ids nothing reliable is held of come second."""
    held = turn.knowledge.certifications
    told_of = {f.fact.id for f in turn.new_facts if f.fact.kind == "certification" and f.fact.polarity != "lacks"}
    if question.intent == "ask_certification_comparison":
        told_of = set()
    if _focus(turn):  # "what if I had a PMP?" asks about the one in focus
        told_of |= {f.id for f in turn.services.supposed(question.text)[1]}
    named = [c for c in _named(turn, question) if c != "other"]
    asked = [c for c in named if c not in told_of] or ([] if _focus(turn) else named)
    items: list[Certification] = []
    for id_ in asked:
        family = turn.knowledge.families.get(id_)
        if id_ in held:
            items.append(held[id_])
        elif family:
            items += [held[m] for m in family.members if m in held]
    found = {c.id: c for c in items}
    families = turn.knowledge.families
    missing = [i for i in asked if i not in held and not (i in families and set(families[i].members) & set(found))]
    if not asked and (focus := _focus(turn)):
        found = {focus.id: focus}
    return list(found.values()), missing if not found else []


def _named(turn: Turn, question: Question) -> list[str]:
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


def named_family(turn: Turn, question: Question) -> CertificationFamily | None:
    return next((turn.knowledge.families[i] for i in _named(turn, question) if i in turn.knowledge.families), None)


def _focus(turn: Turn) -> Certification | None:
    focus = (turn.state.get("certification_focus") or {}).get("certification") or turn.person.goal_certification
    told = {h.fact.id for h in turn.person.held if h.fact.kind == "certification" and h.fact.polarity != "lacks"}
    only = next(iter(told)) if len(told) == 1 else ""  # "I hold the PMP": "how do I renew it?"
    return turn.knowledge.certifications.get(focus or only)


_MEMBER = re.compile(r"\b(non|not a|not)[- ]?members?\b|\bmembers?\b", re.IGNORECASE)


def narrowed(turn: Turn, text: str) -> Asked:
    """Member or not and the region, as asked now, else as asked last."""
    before: dict[str, Any] = turn.state.get("certification_focus") or {}
    match = _MEMBER.search(text)
    member = before.get("member") if match is None else match.group(1) is None
    said = f" {text.lower()} "
    regions = sorted({f.region for c in turn.knowledge.certifications.values() for f in c.fees if f.region})
    region = next((r for r in regions if f" {r.lower()}" in said), before.get("region") or "")
    return Asked(member, region)


def nothing_held(turn: Turn, ids: list[str]) -> Reply:
    name = turn.case.fact_name(f"certification:{ids[0]}")
    return Reply(
        turn.say("utter_certification_nothing_held", name=name),
        about={"intent": "ask_certification_overview", "aside": "yes"},
    )


NEAR = 60
"""Out of 100, how alike two names must be to be offered for one another (rapidfuzz's ratio)."""

_LOOKS_LIKE_ONE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z][A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]{2,9}\b")


def near_names(turn: Turn, text: str) -> tuple[str, list[Certification]]:
    """A name in ``text`` that looks like a certification's and is none, and those nearest to it."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import extract

    known = {c.short.upper(): c for c in turn.knowledge.certifications.values()}
    words = set(_LOOKS_LIKE_ONE.findall(text)) - set(turn.say("label_not_names").split())
    words -= {part for name in known for part in re.split(r"[^A-Z0-9-]+", name)}
    if not words or set(turn.certifications) - {"other"}:
        return "", []
    name = min(words)
    return name, [known[k] for k, _, _ in extract(name, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=NEAR)]


def unknown_name(turn: Turn, question: Question) -> Reply | None:
    """ "Is there a PMX?": says so, with the nearest names. None when the question names nothing unknown."""
    name, near = near_names(turn, question.text)
    if not name:
        return None
    return Reply(
        turn.say("utter_certification_unknown_name" if near else "utter_certification_nothing_held", name=name),
        buttons=tuple(button(c.short[:75], "ask_certification_overview", certification=c.id) for c in near),
        about={"intent": "ask_certification_overview", "listed": [c.id for c in near], "kind": "certification"},
    )


def levels(turn: Turn, question: Question, items: list[Certification]) -> Reply:
    """A family with many members: which one?"""
    family = named_family(turn, question)
    name = family.name if family else turn.say("label_certifications")
    return Reply(
        turn.say("utter_certification_levels", name=name, count=count(len(items), "certification")),
        buttons=tuple(button(c.short[:75], question.intent, certification=c.id) for c in items),
        about={"intent": question.intent, "listed": [c.id for c in items], "kind": "certification"},
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
