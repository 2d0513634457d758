"""Text to facts: what is named, where, in which scope, for how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.experience.amounts import find_amounts
from bot.experience.background import only_told
from bot.experience.carrying import Part, carry
from bot.experience.claims import claim_of
from bot.experience.durations import Duration, find_durations
from bot.experience.facts import Fact
from bot.experience.introductions import mark_opening
from bot.experience.judging import Judge, Marked, Piece, marked, second_look
from bot.experience.lengths import TIMED, assign
from bot.experience.lexicon import Lexicon
from bot.experience.names import Named, Names
from bot.experience.plain import Plain
from bot.experience.scope import Sentence, sentences
from bot.experience.surroundings import Claim
from bot.experience.trainings import find_trainings
from bot.experience.unclaimed import unclaimed
from bot.experience.unlisted import with_unlisted

_TWO_LEVELS = re.compile(r"\bfoundation (?:and|&) practitioner$|\bf ?(?:&|\+|and) ?p$")
_IN_THIS_ROLE = re.compile(r"\W*in (?:this|that|my|my current|the) (?:role|position|job|capacity|post)\b")
"""The work that follows is that of a title told before."""


@dataclass(frozen=True)
class Mentions:
    """The certifications and roles named anywhere, in order."""

    certifications: list[str]
    roles: list[str]


@dataclass(frozen=True)
class Reading(Mentions):
    """``facts`` are what is told of the writer."""

    facts: list[Fact]


class Reader:
    """Compiled once from a lexicon; :meth:`read` has no state."""

    def __init__(self, lexicon: Lexicon, judge: Judge | None = None) -> None:
        """``judge`` is asked about what no rule claims."""
        self._names = Names(lexicon)
        self.judge = judge

    def read(self, text: str) -> Reading:
        plain, spotted = self._spotted(text)
        pieces = _claimed(plain, spotted)
        if self.judge:
            second_look(pieces, plain.text, self.judge)
        parts = [Part(p.sentence, p.inside, p.lengths, _facts(p, plain)) for p in pieces]
        carry(parts, plain)
        return Reading(*_mentioned(spotted), _once(fact for part in parts for fact in part.facts))

    def marked(self, text: str) -> tuple[Plain, list[Marked]]:
        """What is named in a text and what the rules alone claim of it."""
        plain, spotted = self._spotted(text)
        return plain, marked(_claimed(plain, spotted))

    def mentions(self, text: str) -> Mentions:
        """What :meth:`read` also gives, at a fraction of the work."""
        return Mentions(*_mentioned(self._spotted(text)[1]))

    def in_passing(self, text: str) -> frozenset[str]:
        """Roles named nowhere but where the writer tells of their work and asks nothing: "I sit beside a planner."."""
        plain, named = self._spotted(text)
        _, told = _taken_apart(plain, named)
        in_passing: dict[str, list[bool]] = {}
        for sentence in told:
            for n in named:
                if n.kind == "role" and sentence.start <= n.start < sentence.end:
                    in_passing.setdefault(n.id, []).append(only_told(n, sentence))
        return frozenset(id_ for id_, mentions in in_passing.items() if all(mentions))

    def durations(self, text: str) -> list[tuple[int, int | None]]:
        return [d.months for d in find_durations(self._names.plain(text).text) if d.months]

    def _spotted(self, text: str) -> tuple[Plain, Sequence[Named]]:
        plain = self._names.plain(text)
        return plain, self._names.find(plain.text)


def _taken_apart(plain: Plain, named: Sequence[Named]) -> tuple[list[Duration], Iterator[Sentence]]:
    durations = find_durations(plain.text)
    return durations, mark_opening(list(sentences(plain.text)), named, durations)


def _two_levels(claim: Claim, plain: Plain) -> bool:
    """ "PRINCE2 Foundation and Practitioner" are two."""
    words = plain.text[claim.named.start : claim.named.end]
    return claim.id.endswith("-practitioner") and _TWO_LEVELS.search(words) is not None


def _pm_meant(named: Sequence[Named], text: str) -> Sequence[Named]:
    """ "PM" of somebody who speaks of product managers and of no project is one of those."""
    product = any(n.id == "product_manager" for n in named)
    if not product or any(n.id == "project_manager" and text[n.start : n.end] != "pm" for n in named):
        return named
    return [replace(n, id="product_manager") if text[n.start : n.end] == "pm" else n for n in named]


def _mentioned(named: Sequence[Named]) -> tuple[list[str], list[str]]:
    return (
        list(dict.fromkeys(n.id for n in named if n.kind == "certification")),
        list(dict.fromkeys(n.id for n in named if n.kind == "role" and not n.own_verb)),
    )


def _claimed(plain: Plain, spotted: Sequence[Named]) -> list[Piece]:
    """The sentences with what the rules claim in them."""
    named = with_unlisted(_pm_meant(spotted, plain.text), plain.text)
    durations, told = _taken_apart(plain, named)
    pieces = []
    for sentence in told:
        inside = [n for n in named if sentence.start <= n.start < sentence.end]
        lengths = [d for d in durations if sentence.start <= d.start < sentence.end]
        claims = [c for n in inside if (c := claim_of(n, inside, lengths, sentence))]
        titled = any(c.kind == "role" and c.named.id != "team_lead" for c in claims)
        if titled or _IN_THIS_ROLE.match(sentence.text):
            claims = [c for c in claims if not (c.named.own_verb and c.id == "team_lead" and c.kind == "role")]
        pieces.append(Piece(sentence, inside, lengths, claims))
    return pieces


def _facts(piece: Piece, plain: Plain) -> list[Fact]:
    sentence, inside, lengths, claims = piece.sentence, piece.inside, piece.lengths, piece.claims
    lower = [replace(c, id=f"{c.id.removesuffix('-practitioner')}-foundation") for c in claims if _two_levels(c, plain)]
    claims = [*claims, *lower]
    times = assign(claims, inside, lengths, plain.text)
    facts = [_fact(c, times.get(c.named), plain.quote) for c in claims]
    left = [d for d in lengths if d not in times.values()]
    facts += unclaimed(sentence, inside, left, plain)
    return [*facts, *find_amounts(sentence, plain), *find_trainings(sentence, inside, plain)]


def _fact(claim: Claim, length: Duration | None, quote: Callable[[int, int], str]) -> Fact:
    named = claim.named
    fact = Fact(claim.kind, claim.id, claim.polarity, text=quote(min(claim.start, named.start), named.end))
    if claim.kind not in TIMED:
        return fact
    if length is None:
        return replace(fact, current=claim.current)
    current = True if length.open_ended else False if length.until else claim.current
    start, end = min(named.start, length.start), max(named.end, length.end)
    return replace(
        fact, months=length.months, start=length.since, end=length.until, current=current, text=quote(start, end)
    )


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """One fact a thing: the one that tells more. A later "lacks" of what is held says something else and stays."""
    kept: list[Fact] = []
    for fact in facts:
        place = next(
            (n for n, k in enumerate(kept) if k.polarity == fact.polarity and fact.takes_the_place_of(k)), None
        )
        if place is None:
            kept.append(fact)
        elif _tells(fact) and not _tells(kept[place]):
            kept[place] = fact
    return kept


def _tells(fact: Fact) -> bool:
    return fact.months is not None or fact.start is not None or fact.amount is not None
