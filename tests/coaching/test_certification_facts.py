"""Every facet of every certification: each number shown is one of the store's columns, or it says nothing is held."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.coaching import certification, qualifying
from bot.coaching.case import Case
from bot.coaching.eligibility import assess_route
from bot.coaching.person import Person
from bot.experience.facts import Fact
from bot.knowledge.loader import figures
from bot.knowledge.schema import Certification
from bot.runtime.settings import ROOT

IDS = sorted(p.stem for p in Path(ROOT / "data/knowledge/certifications").glob("*.yml"))
NUMBER = re.compile(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?(?![\w-])")
URL = re.compile(r"https?://\S+")


def numbers(text: str) -> set[float]:
    return {float(n.replace(",", "")) for n in NUMBER.findall(URL.sub("", text))}


def held(item: Certification) -> set[float]:
    return {row["value"] for row in figures(item)}


@pytest.mark.parametrize("facet", certification.FACETS)
@pytest.mark.parametrize("id_", IDS)
def test_each_number_is_the_stores(id_: str, facet: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    item = case.knowledge.certifications[id_]
    reply = certification.answer(case, item, facet)
    shown = numbers(without_names(reply.text(), case))
    derived = joining_saves(item) if facet == "cost" else set()
    assert shown <= held(item) | derived, f"{sorted(shown - held(item))} stand in no column:\n{reply.text()}"
    assert item.short in reply.lead
    assert reply.sources, "an answer names its source"


def without_names(text: str, case: Case) -> str:
    """Without dates and the digits that belong to a certification's name."""
    for item in sorted(case.knowledge.certifications.values(), key=lambda c: -len(c.short)):
        text = text.replace(item.short, "").replace(item.name, "")
    return re.sub(r"\d{4}-\d\d-\d\d", "", text)


def joining_saves(item: Certification) -> set[float]:
    """Non-members' prices less members' in one currency: the one sum an answer on cost makes."""
    exams = [f for f in item.fees if f.kind == "exam"]
    return {
        a.amount - b.amount
        for a in exams
        for b in exams
        if a.for_ == "non_member" and b.for_ == "member" and a.currency == b.currency
    }


@pytest.mark.parametrize("id_", IDS)
def test_past_its_date_no_figure_is_quoted(id_: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    item = case.knowledge.certifications[id_]
    far = Case(Person((), date(2040, 1, 1), case.knowledge), case.knowledge, case.phrases)
    for facet in ("cost", "exam", "eligibility", "renewal", "preparation"):
        reply = certification.answer(far, item, facet)
        shown = numbers(without_names(reply.text(), case))
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
