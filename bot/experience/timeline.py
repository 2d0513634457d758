"""Months of experience, counted on a calendar: overlaps once, inside a window, ranges kept as ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.experience.facts import Fact, Months


@dataclass(frozen=True)
class DatedFact:
    """A fact and the day it was said, from which "for seven years" counts back."""

    fact: Fact
    said_on: date


@dataclass(frozen=True)
class Interval:
    """Months from ``start`` up to, not including, ``end``, each counted as year * 12 + month - 1."""

    start: int
    end: int


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def parse_partial(text: str, *, end: bool = False) -> int:
    """The month a partial date means. A year alone begins in January; as an end it runs through December."""
    year, _, rest = text.partition("-")
    month = rest.partition("-")[0]
    number = int(year) * 12 + (int(month) - 1 if month else 11 if end else 0)
    return number + 1 if end else number


def intervals(dated: DatedFact, today: date) -> tuple[Interval, Interval] | None:
    """The least and the most a fact covers, or None when it tells no length.

    A present role goes on until today: "for seven years", said two years ago, is nine by now. One that has ended, told
    only by its length, is placed before the day it was said; where exactly nobody knows.
    """
    fact, said = dated.fact, month_number(dated.said_on)
    now = month_number(today)
    if fact.start:
        least_start = parse_partial(fact.start)
        # "since 2015" may have begun in December: the least starts there.
        latest_start = min(least_start + 11, now) if len(fact.start) == 4 else least_start
        stop = parse_partial(fact.end, end=True) if fact.end else now
        stop = min(stop, now)
        earliest_stop = min(parse_partial(fact.end), stop) if fact.end and len(fact.end) == 4 else stop
        return (Interval(latest_start, max(latest_start, earliest_stop)), Interval(least_start, max(least_start, stop)))
    if fact.months is None:
        return None
    stop = now if fact.current is not False else said
    least, most = fact.months
    grown = stop - said
    longest = least + grown if most is None else most + grown
    return (Interval(stop - least - grown, stop), Interval(stop - longest, stop))


def covered(spans: Iterable[Interval], begin: int | None = None) -> int:
    """Months in any of ``spans``, each month once, none before ``begin``."""
    total, reached = 0, begin if begin is not None else -(10**9)
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        start = max(span.start, reached)
        if span.end > start:
            total += span.end - start
            reached = span.end
    return total


def months_of(facts: Iterable[DatedFact], today: date, within_years: int | None = None) -> Months:
    """Months under any of ``facts``: at least, at most. At most is None when a length is open or untold."""
    begin = month_number(today) - 12 * within_years if within_years else None
    least: list[Interval] = []
    most: list[Interval] = []
    unbounded = False
    for dated in facts:
        spans = intervals(dated, today)
        if spans is None:
            unbounded = True
            continue
        least.append(spans[0])
        most.append(spans[1])
        unbounded = unbounded or (
            dated.fact.months is not None and dated.fact.months[1] is None and not dated.fact.start
        )
    lowest = covered(least, begin)
    if unbounded:
        return (lowest, 12 * within_years if within_years else None)
    return (lowest, max(lowest, covered(most, begin)))
