"""A second judge of what is named and no rule claims: the rules are sure of what they say, and silent on much."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.experience.durations import Duration
from bot.experience.facts import Polarity
from bot.experience.names import Named
from bot.experience.scope import Sentence
from bot.experience.surroundings import At, Claim

KINDS = ("role", "certification", "education")
"""In an order that a trained model knows them by."""
_ALSO_WORK = frozenset({"agile", "apm", "itil", "pmi", "safe", "scrum"})
"""Names of bodies and ways of working, which a certificate bears too: "we worked with SAFe"."""
_NOT_WHO = re.compile(
    r" (?:certif\w+|certs?|qualifications?|exams?|courses?|training|jobs?|interviews?|skills?|tools?|communit\w+"
    r"|careers?|badges?|salar\w+|pay)\b"
)
"""Behind a title, what is of it: "a PM certificate" names nobody."""


@dataclass(frozen=True)
class Marked:
    """``claimed``: what the rules claim of what is named; None when nothing."""

    named: Named
    claimed: Polarity | None


Judge = Callable[[str, Sequence[Marked]], Mapping[Named, Polarity]]
"""From the plain text and all that is named in it to what is told of the writer by some of what is not claimed."""


@dataclass
class Piece:
    """A sentence with what it names, the lengths it tells and what is claimed in it."""

    sentence: Sentence
    inside: Sequence[Named]
    lengths: Sequence[Duration]
    claims: list[Claim]


def marked(pieces: Sequence[Piece]) -> list[Marked]:
    """In order; of the kinds a judge looks at."""
    claimed = {c.named: c.polarity for piece in pieces for c in piece.claims}
    return [Marked(n, claimed.get(n)) for piece in pieces for n in piece.inside if n.kind in KINDS]


def second_look(pieces: Sequence[Piece], text: str, by: Judge) -> None:
    """Adds what the judge claims. It is asked only where a name is left in a sentence that tells and asks nothing."""
    marks = marked(pieces)
    claimed = [m.named for m in marks if m.claimed]
    telling = [(p, [n for n in p.inside if _is_left(n, p, claimed)]) for p in pieces if not p.sentence.asks]
    if not any(left for _, left in telling):
        return
    verdicts = by(text, marks)
    for piece, left in telling:
        piece.claims += [
            At(n, piece.inside, piece.lengths, piece.sentence).claim(verdicts[n]) for n in left if _fits(n, verdicts)
        ]
        piece.claims.sort(key=lambda claim: claim.named.start)


def _is_left(n: Named, piece: Piece, claimed: Sequence[Named]) -> bool:
    if n.kind not in KINDS or n.plural or n.own_verb:
        return False
    if any(c.start < n.end and n.start < c.end for c in claimed):
        return False
    if n.kind != "certification":
        return n.kind != "role" or not _NOT_WHO.match(piece.sentence.text, n.end - piece.sentence.start)
    words = piece.sentence.text[n.start - piece.sentence.start : n.end - piece.sentence.start]
    # "Certified Scrum Master (PSM I)" is one paper, and the rules have chosen its name.
    named_already = "certified" in words and any(c.kind == "certification" for c in piece.claims)
    return words not in _ALSO_WORK and not named_already


def _fits(n: Named, verdicts: Mapping[Named, Polarity]) -> bool:
    """No role is being studied."""
    return n in verdicts and not (n.kind == "role" and verdicts[n] == "studying")
