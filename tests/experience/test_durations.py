from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.experience.durations import find_durations


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("7 yrs", (84, 84)),
        ("7+ years", (84, None)),
        ("ten-plus years", (120, None)),
        ("2 plus years", (24, None)),
        ("seven and a half years", (90, 90)),
        ("2½ years", (30, 30)),
        ("18 months", (18, 18)),
        ("a couple of years", (24, 24)),
        ("half a decade", (60, 60)),
        ("two decades", (240, 240)),
        ("for a year and a half", (18, 18)),
        ("over ten years", (120, None)),
        ("at least 10 years", (120, None)),
        ("5 years or more", (60, None)),
        ("almost ten years", (108, 120)),
        ("nearly a decade", (108, 120)),
        ("about 6 years", (66, 78)),
        ("10 or so years", (114, 126)),
        ("3-5 yrs", (36, 60)),
        ("two to three years", (24, 36)),
        ("6 months to a year", (6, 12)),
        ("1 year and 1 month", (13, 13)),
        ("in my third year", (24, 36)),
        ("a 10-year veteran", (120, 120)),
        ("5yoe", (60, 60)),
        ("10y", (120, 120)),
        ("twenty-one years", (252, 252)),
        ("less than a year", (0, 12)),
        ("over the last 9 years", (108, 108)),
        ("from 2012 to 2019", (84, 84)),
        ("jan 2020 - mar 2022", (26, 26)),
        ("a few years", None),
        ("many years", None),
    ],
)
def test_lengths(text: str, months: tuple[int, int | None] | None) -> None:
    assert [d.months for d in find_durations(text)] == [months]


@pytest.mark.parametrize(
    "text",
    [
        "in 3 months",
        "the next 12 months",
        "60 points a year",
        "22k a year",
        "five years ago",
        "20 years old",
        "every 3 years",
        "takes 6 weeks",
        "per year",
        "level 4",
        "from 2012",
    ],
)
def test_lengths_ahead_ages_and_rates_are_none(text: str) -> None:
    assert find_durations(text) == []


def test_since_tells_when_and_not_how_long() -> None:
    (told,) = find_durations("since march 2018")
    assert (told.months, told.since, told.open_ended) == (None, "2018-03", True)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("19 years, nine of them as director", [(228, 228), (108, 108)]),
        ("16 years (head of department the last 6)", [(192, 192), (72, 72)]),
        ("15 years: 10 as an engineer, 5 as a manager", [(180, 180), (120, 120), (60, 60)]),
        ("6 years here, and at a consultancy for roughly 5.", [(72, 72), (54, 66)]),
        ("pass at 5.", []),
    ],
)
def test_years_go_without_the_word_where_another_length_has_it(text: str, months: list[tuple[int, int]]) -> None:
    assert [d.months for d in find_durations(text)] == months


VOCABULARY = (
    "a an 5 12 half year years months decade and or to - + over almost about since 2015 from 20 of them last first in"
)
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_gives_lengths_in_order_and_well_formed(text: str) -> None:
    found = find_durations(text)
    assert [d.start for d in found] == sorted(d.start for d in found)
    for one, other in pairwise(found):
        assert one.end <= other.start
    for d in found:
        assert 0 <= d.start < d.end <= len(text)
        assert d.months is None or (d.months[0] >= 0 and (d.months[1] is None or d.months[0] <= d.months[1]))


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_range_keeps_both_ends(low: int, high: int) -> None:
    low, high = sorted((low, high))
    assert [d.months for d in find_durations(f"{low}-{high} years")] == [(low * 12, high * 12)]


@given(st.integers(2, 60), st.sampled_from(["years", "yrs", "year", "y", "yoe"]))
def test_every_unit_of_years_means_twelve_months(count: int, unit: str) -> None:
    assert [d.months for d in find_durations(f"{count} {unit}")] == [(count * 12, count * 12)]
