"""Every facet of every certification: each number shown is one of the store's columns, or it says nothing is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.coaching import certification, qualifying
from bot.coaching.case import Case
from bot.coaching.eligibility import assess_route
from bot.coaching.person import Person
from bot.experience.facts import Fact
from bot.knowledge.schema import EligibilityRoute
from bot.runtime.settings import ROOT
from tests.coaching.figures import held, joining_saves, numbers

FILES = sorted(Path(ROOT / "data/knowledge/certifications").glob("*.yml"))
IDS = [p.stem for p in FILES]
ROUTE_COUNTS = {
    p.stem: len((yaml.safe_load(p.read_text(encoding="utf-8")).get("eligibility") or {}).get("routes") or ())
    for p in FILES
}


@pytest.mark.parametrize("facet", certification.FACETS)
@pytest.mark.parametrize("id_", IDS)
def test_each_number_is_the_stores(id_: str, facet: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    item = case.knowledge.certifications[id_]
    reply = certification.answer(case, item, facet)
    shown = numbers(reply.text(), case)
    stored = held([item]) | (joining_saves(item) if facet == "cost" else set())
    assert shown <= stored, f"{sorted(shown - stored)} stand in no column:\n{reply.text()}"
    assert item.short in reply.lead
    assert reply.sources, "an answer names its source"


@pytest.mark.parametrize("id_", IDS)
def test_past_its_date_no_figure_is_quoted(id_: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    item = case.knowledge.certifications[id_]
    far = Case(Person((), date(2040, 1, 1), case.knowledge), case.knowledge, case.phrases)
    for facet in ("cost", "exam", "eligibility", "renewal", "preparation"):
        reply = certification.answer(far, item, facet)
        shown = numbers(reply.text(), case)
        assert not shown, f"{facet}: {reply.text()}"
        assert item.issuer_url in reply.text() or "no reliable facts" in reply.text()


@pytest.mark.parametrize("id_", IDS)
def test_one_month_short_and_just_enough(id_: str, case_of: Callable[..., Case]) -> None:
    """By each route's own months: just enough is never missing, one short always is."""
    item = case_of().knowledge.certifications[id_]
    for route in item.eligibility.routes if item.eligibility else []:
        for asked in route.experience:
            key = str(asked.counts[0])
            kind, _, fact = key.partition(":")
            for months, state in ((asked.months, "met"), (asked.months - 1, "short")):
                case = case_of(Fact(kind, fact, months=(months, months), current=True, text="what I did"))
                found = [r for r in assess_route(case.person, route).requirements if r.label == asked.label]
                assert found[0].state == state, f"{route.id}: {asked.label} at {months} months is {found[0].state}"


ROUTES = [(id_, n) for id_, count in ROUTE_COUNTS.items() for n in range(count)]


def just_enough(route: EligibilityRoute, *, short: int = -1, hours: int = 0) -> list[Fact]:
    """Facts that meet a route to the month and the hour; ``short`` is the experience that lacks a month."""
    facts = [Fact("education", route.education, text="my schooling")] if route.education else []
    for n, asked in enumerate(route.experience):
        kind, _, id_ = str(asked.counts[0]).partition(":")
        months = asked.months - (n == short)
        facts.append(Fact(kind, id_, months=(months, months), current=True, text=f"work {n}"))
    if route.training_hours:
        amount = route.training_hours - hours
        facts.append(Fact("training", "project_management", amount=amount, unit="hours", text="a course"))
    facts += [Fact("certification", i, text=i) for i in route.prerequisites[:1]]
    return facts


@pytest.mark.parametrize(("id_", "number"), ROUTES)
def test_a_route_met_to_the_month_is_met_and_no_yes_comes_a_month_or_an_hour_early(
    id_: str, number: int, case_of: Callable[..., Case]
) -> None:
    item = case_of().knowledge.certifications[id_]
    assert item.eligibility
    route = item.eligibility.routes[number]
    whole = assess_route(case_of(*just_enough(route)).person, route)
    unprovable = bool(route.other or route.education_note)
    assert whole.verdict == ("may" if unprovable else "qualifies"), [(r.label, r.state) for r in whole.requirements]
    for n, asked in enumerate(route.experience):
        covered = any(
            set(asked.counts) & set(other.counts) and other.months >= asked.months
            for m, other in enumerate(route.experience)
            if m != n
        )  # "5 years, 3 of them leading": the longer covers the shorter
        if not covered:
            assert assess_route(case_of(*just_enough(route, short=n)).person, route).verdict == "not_yet"
    if route.training_hours:
        assert assess_route(case_of(*just_enough(route, hours=1)).person, route).verdict == "not_yet"


@pytest.mark.parametrize(("id_", "number"), ROUTES)
def test_nothing_told_is_never_a_yes(id_: str, number: int, case_of: Callable[..., Case]) -> None:
    item = case_of().knowledge.certifications[id_]
    assert item.eligibility
    route = item.eligibility.routes[number]
    told_of = route.education or route.experience or route.training_hours or route.prerequisites
    verdict = assess_route(case_of().person, route).verdict
    assert verdict == ("cannot_say" if told_of else "may")


def test_the_sum_is_shown_and_the_issuer_decides(case_of: Callable[..., Case]) -> None:
    case = case_of(
        Fact("role", "portfolio_manager", months=(60, 60), current=True, text="portfolio manager for five years"),
        Fact("education", "bachelor", text="BSc"),
    )
    item = case.knowledge.certifications["pfmp"]
    reply = qualifying.answer(case, item)
    assert reply is not None
    text = reply.text()
    assert "portfolio manager for five years" in text
    assert f"{item.issuer} decides" in text
    assert "36 short" in text
    assert "November 2029" in text
