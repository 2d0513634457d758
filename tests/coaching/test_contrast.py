"""Certifications held against each other by one thing: by figures held, and nothing where none is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.coaching import contrast
from bot.coaching.case import Case
from bot.coaching.contrast import Aspect, aspect_in
from bot.coaching.reply import Reply
from bot.experience.facts import Fact
from tests.coaching.figures import held, numbers

ASPECTS = tuple(Aspect(name, end) for name in ("price", "study", "exam", "ease", "renewal", "known", "level")
                for end in ("least", "most"))  # fmt: skip


def asked(case: Case, ids: Sequence[str], aspect: Aspect) -> Reply:
    return contrast.answer(case, [case.knowledge.certifications[i] for i in ids], aspect)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("which one is easier?", Aspect("ease")),
        ("which of them is the hardest", Aspect("ease", "most")),
        ("which is cheaper", Aspect("price")),
        ("what's the most expensive one", Aspect("price", "most")),
        ("which takes longer?", Aspect("study", "most")),
        ("which is quicker to get", Aspect("study")),
        ("which has the shorter exam?", Aspect("exam")),
        ("which is better known in the UK?", Aspect("known", "most")),
        ("which is more recognised", Aspect("known", "most")),
        ("which expires sooner", Aspect("renewal")),
        ("which one lasts longer", Aspect("renewal", "most")),
        ("which is easier to keep", Aspect("renewal", "most")),
        ("which is more advanced", Aspect("level", "most")),
        ("how much do they cost together?", Aspect("sum")),
        ("what does the whole path cost", Aspect("sum")),
        ("what does it cost?", None),
        ("which one?", None),
        ("do they belong together", None),
    ],
)
def test_the_words_name_what_is_compared(text: str, found: Aspect | None) -> None:
    assert aspect_in(text) == found
    assert found is None or Aspect.of(str(found)) == found


@pytest.mark.parametrize("aspect", ASPECTS, ids=str)
def test_each_number_is_the_stores_and_each_one_asked_for_is_there(
    aspect: Aspect, case_of: Callable[..., Case]
) -> None:
    case = case_of()
    every = sorted(case.knowledge.certifications)
    for start in range(0, len(every), 3):
        ids = every[start : start + 3]
        reply = asked(case, ids, aspect)
        items = [case.knowledge.certifications[i] for i in ids]
        shown = numbers(reply.text(), case)
        assert shown <= held(items), f"{sorted(shown - held(items))} stand in no column:\n{reply.text()}"
        assert all(f"**{i.short}**" in reply.text() for i in items)
        assert sorted(reply.about["listed"]) == sorted(ids)
        assert reply.sources


@pytest.mark.parametrize(
    ("ids", "aspect", "lead", "order"),
    [
        (("pgmp", "pmp", "capm"), "price:least", "Cheapest, by what I hold: **CAPM**", ["capm", "pmp", "pgmp"]),
        (("pmp", "pgmp", "capm"), "price:most", "Most expensive, by what I hold: **PgMP**", ["pgmp", "pmp", "capm"]),
        (("pgmp", "pmp"), "study:least", "Least study, by what I hold: **PMP**", ["pmp", "pgmp"]),
        (("pmp", "apm-pmq", "pfmp"), "ease:least", "for **APM PMQ**", ["apm-pmq", "pmp", "pfmp"]),
        (("pmp", "pfmp"), "ease:most", "for **PfMP**", ["pfmp", "pmp"]),
        (("pmp", "prince2-foundation"), "exam:least", "Shortest exam: **PRINCE2 Foundation**",
         ["prince2-foundation", "pmp"]),
        (("pmp", "psm-1"), "renewal:most", "Valid longest: **PSM I**", ["psm-1", "pmp"]),
        (("csm", "pmp"), "renewal:least", "First to expire: **CSM**", ["csm", "pmp"]),
        (("pmp", "pgmp"), "renewal:least", "they don't differ", None),
        (("pmp", "prince2-practitioner"), "price:least", "I can't rank them", None),
        (("pmp", "capm"), "known:most", "I don't rank them", None),
        (("capm", "pmp"), "level:most", "Most advanced: **PMP**", ["pmp", "capm"]),
    ],
)  # fmt: skip
def test_who_comes_first(
    ids: tuple[str, ...], aspect: str, lead: str, order: list[str] | None, case_of: Callable[..., Case]
) -> None:
    reply = asked(case_of(), ids, Aspect.of(aspect))
    assert lead in reply.lead
    if order:
        assert reply.about["listed"] == order


def test_currencies_are_not_converted(case_of: Callable[..., Case]) -> None:
    reply = asked(case_of(), ("pmp", "capm", "apm-pfq"), Aspect("price"))
    assert "GBP" in reply.text()
    assert reply.about["listed"] == ["capm", "pmp", "apm-pfq"], "what is priced in another currency ranks last"


def test_a_price_past_its_date_ranks_nobody(case_of: Callable[..., Case]) -> None:
    from dataclasses import replace
    from datetime import date

    case = case_of()
    late = replace(case, person=replace(case.person, today=date(2040, 1, 1)))
    reply = asked(late, ("pmp", "capm"), Aspect("price"))
    assert "I can't rank them" in reply.lead
    assert not numbers(reply.text(), case)


def test_ease_looks_at_the_person_who_asks(case_of: Callable[..., Case]) -> None:
    case = case_of(Fact("role", "project_manager", months=(12, 12), current=True, text="PM for a year"))
    assert "for you: not yet" in asked(case, ("pmp", "apm-pmq"), Aspect("ease")).text()


def test_a_sum_says_what_it_leaves_out(case_of: Callable[..., Case]) -> None:
    case = case_of()
    items = [case.knowledge.certifications[i] for i in ("pmp", "pgmp")]
    whole = contrast.total(case, items).text()
    assert "Together: USD 1,655 in exam fees" in whole
    assert "Together: about 230 to 300 hours" in whole
    one_figure = [case.knowledge.certifications[i] for i in ("pmi-cpmai", "pmp")]
    assert "Together: about 101 to 141 hours" in contrast.total(case, one_figure).text()
    part = contrast.total(case, [*items, case.knowledge.certifications["mop-foundation"]]).text()
    assert "Together at least USD 1,655 in exam fees; the price of MoP Foundation is not held" in part
