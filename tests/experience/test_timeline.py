"""Months on a calendar: overlaps once, windows, ranges kept as ranges."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.experience.facts import Fact
from bot.experience.timeline import DatedFact, Interval, covered, months_of, parse_partial

TODAY = date(2026, 11, 24)


def dated(on: date = TODAY, **more: object) -> DatedFact:
    return DatedFact(Fact("role", "project_manager", **more), on)  # type: ignore[arg-type]


def test_overlapping_roles_count_once() -> None:
    facts = [dated(start="2015-01", end="2019-12"), dated(start="2018-01", end="2020-12")]
    assert months_of(facts, TODAY) == (72, 72)


def test_a_year_alone_is_a_range() -> None:
    assert months_of([dated(start="2020")], TODAY) == (71, 82)


def test_until_a_year_is_a_range_too() -> None:
    least, most = months_of([dated(start="2015-01", end="2018")], TODAY)
    assert (least, most) == (36, 48)


def test_open_lengths_stay_open_but_for_the_window() -> None:
    assert months_of([dated(months=(60, None))], TODAY) == (60, None)
    assert months_of([dated(months=(60, None))], TODAY, within_years=8) == (60, 96)


def test_partial_dates() -> None:
    assert parse_partial("2020-03") == 2020 * 12 + 2
    assert parse_partial("2020", end=True) - parse_partial("2020") == 12


spans = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 120)).map(lambda p: Interval(p[0], p[0] + p[1])), max_size=8
)


@given(spans)
def test_covering_is_the_size_of_the_union(found: list[Interval]) -> None:
    assert covered(found) == len({m for s in found for m in range(s.start, s.end)})


@given(spans, st.integers(0, 300))
def test_nothing_before_the_beginning_counts(found: list[Interval], begin: int) -> None:
    assert covered(found, begin) == len({m for s in found for m in range(s.start, s.end) if m >= begin})


@given(spans, spans)
def test_more_spans_never_cover_less(some: list[Interval], more: list[Interval]) -> None:
    assert covered(some + more) >= covered(some)
