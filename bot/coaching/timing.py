"""How long a move takes: the ways there with their usual time, and what decides it for this person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coaching.advice import choose, point
from bot.coaching.case import Case
from bot.coaching.interview import questions_for
from bot.coaching.phrases import listed, months_in_words, within
from bot.coaching.reply import Point, Reply, button
from bot.coaching.routes import ordered, suits, verdict
from bot.coaching.transition import POINTS, depends_button, fit, nearest_transition, standing, subject
from bot.knowledge.schema import Route, Transition

WAYS = 3
BEYOND_FIRST_POSTS = 4
"""Seniority from which a role is reached by ways of months and years; first posts are won by what was shown."""


def answer(case: Case, to_role: str, *, skipped: Sequence[str] = ()) -> Reply:
    transition = nearest_transition(case, case.person.role, to_role)
    ways = _ways(case, transition, to_role)
    shown = tuple(_way(case, way) for way in ways)
    considerations = transition.considerations if transition else []
    questions = questions_for(
        case.person, case.knowledge, role=to_role, considerations=considerations, skipped=skipped
    )[:2]
    names = listed(subject(case, q) for q in questions)
    closing = case.say("utter_timing_depends", names=names) if questions else ""
    lead = f"{standing(case, case.person.role)} {_span(case, ways, to_role)}".strip()
    taken = " ".join([closing, *(f"{way.text} {way.reason}" for way in shown)])
    picks = fit(case, lead, taken, choose(case.person, case.knowledge, "timeline", role=to_role))
    advice = picks[: POINTS - len(ways)]
    next_steps = (
        button(case.say("button_routes"), "ask_routes"),
        button(case.say("button_plan"), "ask_plan", role=to_role),
    )
    sources = [*(s for way in ways for s in way.sources), *(s for pick in advice for s in pick.advice.sources)]
    given = [pick.advice.id for pick in advice]
    return Reply(
        lead,
        (*shown, *(point(pick, case.person) for pick in advice)),
        closing=closing,
        buttons=(*(depends_button(case, q) for q in questions), *next_steps),
        sources=case.sources(sources)[:4],
        about={"intent": "ask_timeline", "topic": "timeline", "to": to_role, "advice": given, "seen": given},
    )


def _ways(case: Case, transition: Transition | None, to_role: str) -> list[Route]:
    """Those of the transition that nothing told speaks against, those that suit first."""
    if transition is None or case.knowledge.roles[to_role].seniority < BEYOND_FIRST_POSTS:
        return []
    return [way for way in ordered(case, transition.routes) if suits(case, way) >= 0][:WAYS]


def _span(case: Case, ways: Sequence[Route], to_role: str) -> str:
    role = case.role_name(to_role)
    if not ways:
        return case.say("utter_timing_none", role=role)
    least, most = min(way.months[0] for way in ways), max(way.months[1] for way in ways)
    span = {"least": months_in_words(least, least), "most": months_in_words(most, most)}
    return case.say("utter_timing_one" if len(ways) == 1 else "utter_timing_span", role=role, **span)


def _way(case: Case, way: Route) -> Point:
    text = case.say("utter_timing_way", name=way.name, time=months_in_words(*way.months), suits=within(way.suits))
    return Point(text, verdict(case, way) if suits(case, way) > 0 else "")
