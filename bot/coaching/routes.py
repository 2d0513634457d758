"""Ways to get there, side by side, weighed against what the person told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.coaching.advice import choose, point
from bot.coaching.case import Case
from bot.coaching.conditions import holds, told_keys
from bot.coaching.phrases import listed, months_in_words
from bot.coaching.reply import Point, Reply, Table, button
from bot.knowledge.schema import Route


def suits(case: Case, route: Route) -> int:
    """1 when something told speaks for it, -1 when something told speaks against it, 0 when nothing told decides."""
    if route.misfits and told_keys(route.misfits) and holds(route.misfits, case.person):
        return -1
    return 1 if told_keys(route.fits) and holds(route.fits, case.person) else 0


def ordered(case: Case, ids: Sequence[str] = ()) -> list[Route]:
    """The routes named, or all; those that suit first, and the store's order among equals."""
    routes = [case.knowledge.routes[i] for i in ids if i in case.knowledge.routes] or list(
        case.knowledge.routes.values()
    )
    return sorted(routes, key=lambda route: -suits(case, route))


def compare(case: Case, ids: Sequence[str] = (), goal: str | None = None) -> Reply:
    routes = ordered(case, ids)
    columns = tuple(case.say(f"label_route_{name}") for name in ("name", "time", "gains", "undo", "for_you"))
    rows = tuple(
        (r.name, months_in_words(*r.months), r.gains[0], case.say(f"label_ease_{r.reversible}"), verdict(case, r))
        for r in routes
    )
    favoured = [r.name for r in routes if suits(case, r) == 1]
    told = bool(case.person.held)
    key = "utter_routes_favoured" if favoured else "utter_routes_open" if told else "utter_routes_nothing_known"
    lead = case.say(
        key, routes=listed(favoured[:2], "or"), goal=case.role_name(goal) if goal else case.say("label_next_role")
    )
    return Reply(
        lead,
        table=Table(columns, rows),
        buttons=tuple(button(r.name[:75], "ask_routes", route=r.id) for r in routes[:4]),
        sources=case.sources(s for r in routes for s in r.sources)[:4],
        about={"intent": "ask_routes", "listed": [r.id for r in routes], "kind": "route", "to": goal},
    )


def one(case: Case, route: Route, goal: str | None = None) -> Reply:
    picks = choose(case.person, case.knowledge, "routes", role=goal, route=route.id)
    own = list(islice((pick for pick in picks if pick.advice.route == route.id), 2))
    points = (
        Point(case.say("utter_route_time", time=months_in_words(*route.months))),
        Point(case.say("utter_route_gains", gains=listed(g[:1].lower() + g[1:].rstrip(".") for g in route.gains))),
        Point(case.say("utter_route_undo", undo=route.undo)),
        Point(case.say("utter_route_beware", beware=route.beware)),
        *(point(pick, case.person) for pick in own),
    )
    return Reply(
        case.say("utter_route_lead", route=route.name, summary=route.summary),
        points[:5],
        closing=verdict(case, route),
        buttons=(
            button(case.say("button_compare_routes"), "ask_routes"),
            button(case.say("button_plan"), "ask_plan"),
        ),
        sources=case.sources([*route.sources, *(s for p in own for s in p.advice.sources)])[:4],
        about={"intent": "ask_routes", "route": route.id, "to": goal, "advice": [p.advice.id for p in own]},
    )


def verdict(case: Case, route: Route) -> str:
    """For or against it by what the person told, in a sentence; else whom it suits."""
    for_them = suits(case, route)
    condition = route.misfits if for_them < 0 else route.fits
    words = (
        next((case.person.words(key) for key in told_keys(condition) if case.person.words(key)), "")
        if condition
        else ""
    )
    if for_them and words:
        return case.say("utter_route_suits" if for_them > 0 else "utter_route_suits_not", fact=f"“{words}”")
    return route.suits
