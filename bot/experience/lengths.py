"""Which role, or field, a length of time belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.experience.durations import Duration
from bot.experience.names import FIELD_ROLES, Named
from bot.experience.surroundings import Claim

TIMED = ("role", "experience")
FAR = 70
_TOGETHER = re.compile(r"[\s,/&+]*(?:(?:and|as well as|plus|also|an?|the|then|as|senior|junior)[\s,/]*)*")
_NEXT_CLAUSE = re.compile(
    r"[;!?]|(?<!\b[a-z])\.|\b(?:but|before that|prior to|then|after that|previously|now i|and i|and now"
    r"|having|although|while)\b|, (?:then|before|now|previously|i)\b"
)

_EXPERIENCE_IN = re.compile(r"\bexperience (?:in|as|of|with|working as|working in)\b")
_EXPERIENCE_AFTER = re.compile(r"'? (?:of )?(?:\w+ )?experience\b(?! (?:in|with|of)\b)")
_OVER = re.compile(r"\b(?:ex|former|formerly|previously) (?:\w+ )?$")
_OVERALL_AFTER = re.compile(r" (?:in total|altogether|overall|all told|combined|in all)\b")
_ROSE = re.compile(r"\b(?:from|up) [^.?!]{1,50} to (?:an? |the |being )?$")
_IN_A_TRADE = re.compile(
    r"'? (?:of )?(?:\w+ )?(?:experience )?(?:in|across|within) (?!the (?:role|post|job)|this|my|that)"
)
_OPENING = re.compile(r"(?:^|[.!?\n] ?)(?:and |so )?(?:(?:during|over|in|for|throughout|the) ?)*$")
"""The length begins its sentence: "During the past ten years, I ran projects"."""


def assign(
    claims: Sequence[Claim], inside: Sequence[Named], lengths: Sequence[Duration], text: str
) -> dict[Named, Duration]:
    """Each length goes to the nearest claim that may take it; what is told in one breath with that has it too."""
    takers = [c.named for c in claims if c.kind in TIMED and c.polarity == "has"]
    rivals = [n for n in inside if n.kind in TIMED]
    pairs = (
        sorted(
            (cost, d.start, n.start, d, n)
            for d in lengths
            for n in takers
            if (cost := _cost(d, n, rivals, text)) is not None
        )
        if takers
        else []
    )
    times: dict[Named, Duration] = {}
    used: set[int] = set()
    for _, _, _, duration, named in sorted(pairs, key=lambda p: p[:3]):
        if named not in times and duration.start not in used:
            times[named] = duration
            used.add(duration.start)
    _give_the_rest(takers, lengths, times, text)
    _give_of_field(takers, times, text)
    for first, second in [*pairwise(takers), *((b, a) for a, b in pairwise(takers))]:
        low, high = sorted((first, second), key=lambda n: n.start)
        if (
            first in times
            and second not in times
            and first.kind == second.kind
            and _TOGETHER.fullmatch(text[low.end : high.start])
            and not _OVER.search(text[: low.start])
            and "then" not in text[low.end : high.start]
        ):
            times[second] = times[first]
    return times


def _give_the_rest(
    takers: Sequence[Named], lengths: Sequence[Duration], times: dict[Named, Duration], text: str
) -> None:
    """ "11 years' experience", whatever stands between, is that of the one role told."""
    left = [d for d in lengths if d not in times.values() and _EXPERIENCE_AFTER.match(text[d.end :])]
    if len(takers) == len(left) == 1 and takers[0] not in times:
        times[takers[0]] = left[0]


def _give_of_field(takers: Sequence[Named], times: dict[Named, Duration], text: str) -> None:
    """ "A project manager with five years in project management" has been one for five, whatever else was longer."""
    roles = [n for n in takers if n.kind == "role" and not n.own_verb]
    if len(roles) != 1:
        return
    (role,) = roles
    other = times.get(role)
    if other is not None and not _IN_A_TRADE.match(text[other.end :]):
        return
    told = [times[n] for n in takers if n in times and n.start > role.end and FIELD_ROLES.get(n.id) == role.id]
    if len(told) == 1 and "." not in text[role.end : told[0].start]:
        times[role] = told[0]


def _cost(d: Duration, n: Named, rivals: Sequence[Named], text: str) -> int | None:
    """How badly a length fits a name; None when it does not."""
    if d.start < n.end and n.start < d.end:
        return None
    before = d.end <= n.start
    low, high = (d.end, n.start) if before else (n.end, d.start)
    gap = text[low:high]
    if len(gap) > FAR:
        return None
    cost = len(gap)
    if before and re.search(r"\b(?:as|of|like|in|doing|being|been|working)\b", gap):
        cost -= 8
    if before and _EXPERIENCE_IN.search(gap):
        cost -= 25
    if (
        not before
        and re.search(r"\b(?:for|since|over|from|last)\b|[(]", gap + text[d.start : d.start + 5])
        and not re.match(r"\s*,", gap)
    ):
        cost -= 8
    if not before and _OVERALL_AFTER.match(text[d.end :]) and len(rivals) > 1:
        return None
    if not before and _ROSE.search(text[: n.start]) and text.startswith(("over ", "in ", "within "), d.start):
        return None
    opening = before and _OPENING.search(text[: d.start])
    if opening:
        gap = gap.lstrip(" ,").removeprefix("i ").removeprefix("and ")
    elif before and re.match(r"\s*[,;)]", gap):
        cost += 25
    if not before and re.match(r"\s*,", gap) and re.match(r" (?:as|of|in)\b", text[d.end :]):
        cost += 30
    cost += 40 * len(_NEXT_CLAUSE.findall(gap))
    between = [r for r in rivals if r is not n and low <= r.start < high]
    if between:
        apart = not all(
            _TOGETHER.fullmatch(piece) for piece in _pieces(text, sorted([*between, n], key=lambda r: r.start))
        )
        cost += 80 if apart else 5 * len(between)
    return cost if cost < FAR else None


def _pieces(text: str, names: Sequence[Named]) -> list[str]:
    return [text[a.end : b.start] for a, b in pairwise(names)]
