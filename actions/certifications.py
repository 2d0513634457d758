"""Questions on certifications: the one named, tapped or in focus, and the facet asked."""

from __future__ import annotations

import re
from typing import Any

from actions.base import Question, TopicAction, Turn, answers, follows, press, pressed
from actions.claims import cheating, dishonest
from actions.focus import role_of_field, target_role
from actions.meaning import IT, foci, focus_of, meant, members, named, named_family, narrowed, other_issuers
from actions.transition import ask_goal
from bot.coaching import catalogue, certification, claims, contrast, matters, qualifying, recommend, renewing, transfer
from bot.coaching.catalogue import Filter
from bot.coaching.certification import Asked
from bot.coaching.money import price_in
from bot.coaching.person import EDUCATION_LADDER
from bot.coaching.phrases import count
from bot.coaching.reply import Button, Reply, button
from bot.experience.facts import Fact
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Certification


class ActionCertifications(TopicAction):
    topic = "certifications"


@answers(*(f"ask_certification_{facet}" for facet in certification.FACETS))
def answer_facet(turn: Turn, question: Question) -> Reply | list[Reply]:
    """Each certification meant gets its answer; more than two are offered to choose from."""
    if declined := declines(turn, question):
        return declined
    matter = str(question.entities.get("matter", ""))
    if question.entities.get("aspect") or matter in ("transfer", "together"):
        return answer_comparison(turn, question)
    if not set(named(turn, question)) - {"other"} and (unknown := unknown_name(turn, question)):
        return unknown
    items, missing = meant(turn, question)
    if missing:
        return nothing_held(turn, missing)
    if not items:
        return which(turn, question.intent)
    if len(items) > certification.COMPARED or (len(items) > 2 and named_family(turn, question)):
        return levels(turn, question, items)
    items = items[: certification.COMPARED]
    facet = matters.HOME.get(matter, question.intent).removeprefix("ask_certification_")
    asked = narrowed(turn, question.text)
    turn.state["certification_focus"] = {
        **focus_of(turn),
        "certification": items[-1].id,
        "certifications": [i.id for i in items],
        "facet": facet,
        "matter": matter,
        "member": asked.member,
        "region": asked.region,
    }
    if matter:
        return matters.answer(turn.case, items, matter, question.text)
    return [one(turn, question, item, facet, asked) for item in items]


def declines(turn: Turn, question: Question) -> Reply | None:
    """A request to cheat, or to tell an issuer what is not so, is declined."""
    kind = "cheating" if cheating(question.text) else "dishonest" if dishonest(question.text) else ""
    about = {"intent": question.intent, "aside": "yes"}
    return Reply(turn.say(f"utter_certification_{kind}"), about=about) if kind else None


def one(turn: Turn, question: Question, item: Certification, facet: str, asked: Asked) -> Reply:
    general = certification.answer(turn.case, item, facet, asked)
    claim = claims.claim_in(question.text, facet)
    right = claims.agrees(claim, item, turn.today) if claim and general.points else None
    if right is not None:
        key = "utter_certification_claim_right" if right else "utter_certification_claim_wrong"
        general = general.with_(lead=turn.say(key, name=item.short))
    if facet == "eligibility" and right is None:
        return eligibility(turn, question, item, general)
    if facet == "renewal" and item.renewal and (passed := renewing.passed_on(turn.text, turn.today)):
        worked_out = renewing.due(turn.case, item.renewal, *passed)
        return general.with_(closing="\n".join([*worked_out, general.closing]).strip())
    return general


def eligibility(turn: Turn, question: Question, item: Certification, general: Reply) -> Reply:
    """The sum for this person where they told anything that bears on it; else the requirements, and an offer."""
    words, facts = turn.services.supposed(question.text)
    case = turn.case if not facts else turn.services.case(turn.supposing(facts))
    worked_out = qualifying.answer(case, item, supposed=words if facts else "")
    if worked_out is None:
        offer = turn.say("utter_qualifying_tell_me", issuer=certification.issuer_name(item))
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
def answer_comparison(turn: Turn, question: Question) -> Reply | list[Reply]:
    """A table; by one thing where the question names one; whether one counts for the other where that is asked."""
    matter = str(question.entities.get("matter", ""))
    if matter == "transfer":
        return answer_transfer(turn, question)
    items, missing = meant(turn, question)
    aspect = question.entities.get("aspect")
    if aspect and len(items) > 1:
        return contrast.answer(turn.case, items, contrast.Aspect.of(aspect), member=focus_of(turn).get("member"))
    focus = foci(turn)
    if focus and len(items) == 1 and items[0] not in focus:
        items = [focus[-1], *items]
    if matter == "together" and len(items) > 1:
        return matters.answer(turn.case, items, matter)
    if len(items) < 2:
        return nothing_held(turn, missing) if missing else which(turn, "ask_certification_overview")
    return certification.compare(turn.case, items)


def answer_transfer(turn: Turn, question: Question) -> Reply:
    """Does one count for another? Between two named; else where the one named counts; else every case held."""
    ids = [c for c in dict.fromkeys(named(turn, question)) if c != "other"]
    missing = [i for i in ids if not members(turn, [i])]
    groups = [members(turn, [i]) for i in ids if i not in missing]
    if missing and len(groups) < 2:
        return nothing_held(turn, missing)
    before = [c for c in foci(turn) if [c] not in groups]
    if len(groups) == 1 and before and IT.search(question.text):
        groups.insert(0, before)
    if len(groups) == 1 and matters.COUNTS_FOR.search(question.text):
        return transfer.into(turn.case, groups[0][-1])
    small = [g for g in groups if len(g) <= LEVELS_OF_ONE] or groups[:1]
    if len(small) > 1:
        return transfer.between(turn.case, small[0], small[1])
    items = small[0] if small else foci(turn)
    if not items:
        return transfer.known_cases(turn.case)
    turn.state["certification_focus"] = {
        **focus_of(turn),
        "certification": items[-1].id,
        "certifications": [i.id for i in items],
        "facet": "comparison",
        "matter": "transfer",
    }
    issuers = other_issuers(turn, items, question.text)
    family = next((g for g in groups if g is not items), None)
    others = family or (catalogue.matching(turn.case, [Filter("issuer", issuers[0])]) if issuers else [])
    issuer = certification.issuer_name(others[0]) if others else ""
    return transfer.elsewhere(turn.case, items, others, issuer=issuer)


LEVELS_OF_ONE = 2
"""A family of more members than these is a whole house of certifications, such as all of APM's."""


@pressed("compare")
def press_compare(turn: Turn, question: Question) -> Reply | list[Reply]:
    ids = str(question.entities.get("word", "")).split(",")
    return answer_comparison(turn, Question("ask_certification_comparison", "", {"certifications": ids}))


@answers("ask_certification_list")
def answer_list(turn: Turn, question: Question) -> Reply:
    """Those that fit all that is asked; where none does, the last thing asked is let go, and that is said."""
    if unknown := unknown_name(turn, question):
        return unknown
    text = turn.text if len(turn.questions) == 1 else question.text  # "I have 300 pounds. Which are there?"
    asked = catalogue.filters_in(text, turn.case)
    if question.entities.get("refines"):
        asked = catalogue.refined(catalogue.loaded(focus_of(turn).get("filters")), asked)
    found = catalogue.matching(turn.case, asked)
    words = catalogue.in_words(turn.case, asked)
    if asked and not found:
        wider = catalogue.matching(turn.case, asked[:-1]) if len(asked) > 1 else []
        key = "utter_certification_list_empty" if wider else "utter_certification_list_none_such"
        return certification.listing(turn.case, wider, turn.say(key, filters=words))
    key = "utter_certification_list_filtered" if asked else "utter_certification_list"
    key = "utter_certification_list_one" if asked and len(found) == 1 else key
    reply = certification.listing(
        turn.case, found, turn.say(key, count=count(len(found), "certification"), filters=words)
    )
    return reply.with_(about={**reply.about, "filters": catalogue.dumped(asked)})


@answers("ask_certification_choice")
def answer_choice(turn: Turn, question: Question) -> Reply:
    """For the role aimed at; among those named or listed where the question chooses between them."""
    if declined := declines(turn, question):
        return declined
    role = target_role(turn, question) or role_of_field(turn, question.text) or turn.person.role or ""
    if role not in turn.knowledge.roles:
        goal = ask_goal(turn, "ask_certification_choice")
        return goal.with_(lead=turn.say("utter_recommend_no_goal"))
    price = next((f for f in catalogue.filters_in(turn.text, turn.case) if f.name == "price"), None) or price_in(
        turn.text
    )
    wanted = {h.fact.id for h in turn.person.goals}
    among = members(turn, [c for c in named(turn, question) if c not in wanted])
    return recommend.answer(
        turn.case,
        role,
        budget=price.amount if price else None,
        currency=price.currency if price else "USD",
        among=[c for c in among if not turn.person.has(f"certification:{c.id}")],
    )


@follows
def remember_list(turn: Turn, replies: list[Reply]) -> None:
    """A list of certifications stays the one that "the second" means, until another is shown.

    "It" is the only one of a list, or the first of those advised to take.
    """
    shown = [r.about for r in replies if r.about.get("kind") == "certification" and r.about.get("listed")]
    if shown:
        listed = shown[-1]["listed"]
        one = len(listed) == 1 or shown[-1].get("intent") == "ask_certification_choice"
        alone = {"certification": listed[0], "certifications": listed[:1]} if one else {}
        kept = {"listed": listed, "filters": shown[-1].get("filters")}
        turn.state["certification_focus"] = {**focus_of(turn), **kept, **alone}


def nothing_held(turn: Turn, ids: list[str]) -> Reply:
    name = turn.case.fact_name(f"certification:{ids[0]}")
    return Reply(
        turn.say("utter_certification_nothing_held", name=name),
        about={"intent": "ask_certification_overview", "aside": "yes"},
    )


NEAR = 60
"""Out of 100, how alike two names must be to be offered for one another (rapidfuzz's ratio)."""

_LOOKS_SHORT = re.compile(r"\b[b-df-hj-np-tv-xz]{3,6}\b")
"""Small letters with no vowel among them: "pmx"."""

_LOOKS_LIKE_ONE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z][A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]{2,9}\b")


def near_names(turn: Turn, text: str) -> tuple[str, list[Certification]]:
    """A name in ``text`` that looks like a certification's and is none, and those nearest to it."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import extract

    known = turn.knowledge.once(_by_name)
    words = {w.upper() for w in (*_LOOKS_LIKE_ONE.findall(text), *_LOOKS_SHORT.findall(text))}
    words -= set(turn.say("label_not_names").split())
    words -= turn.knowledge.once(_name_parts)
    if not words or set(turn.certifications) - {"other"} or text.isupper():
        return "", []
    name = min(words)
    return name, [known[k] for k, _, _ in extract(name, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=NEAR)]


def _by_name(knowledge: Knowledge) -> dict[str, Certification]:
    return {c.short.upper(): c for c in knowledge.certifications.values()}


def _name_parts(knowledge: Knowledge) -> set[str]:
    """Words in capitals that are a part of some certification's name."""
    return {part for name in knowledge.once(_by_name) for part in re.split(r"[^A-Z0-9-]+", name)}


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
