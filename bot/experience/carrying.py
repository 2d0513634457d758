"""What one sentence leaves to the next: "I'm a PM. Nine years now.", "PMP? No.", "It lapsed. The PMP, I mean."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.experience.durations import Duration
from bot.experience.facts import Fact, Polarity
from bot.experience.lengths import TIMED
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.scope import Sentence

_LEFT_OVER_WORDS = """
i i've i'm i'd have had has been am was in for now already the this that it these role job post position title done
held doing so since about there here same still experience total as of a an all my well over just running hello yes
at with roughly around like mostly today ago years role: experience: ish or by and me
"""
_LEFT_OVER = frozenset(_LEFT_OVER_WORDS.split())
"""Words a sentence may have besides a length and tell nothing else."""
_YES_OR_NO = re.compile(
    r"\W*(?P<answer>yes|yep|yeah|have it|got it|done|no|nope|not yet|never|don't have)\b(?! (?:longer|idea))"
)
_I_MEAN = re.compile(r",? (?:that is|i mean|i meant|that's)\W*$")
_WANT_IT = re.compile(
    r"(?<!don't )(?<!not )(?<!never )\b(?:(?:want|hope|hoping|plan|planning|aim|aiming|intend|going|would like|'d like"
    r"|would love|'d love) to|will|'ll) (?:\w+ )?(?:get|take|do|sit|pass|become|be|earn|pursue|have) (?:it|one)\b"
)
_NEITHER = re.compile(
    r"\W*(?:(?:but|and|so|sadly) )?(?:i have|i hold|i've got|i got|have|got) (?:neither|none)(?: of (?:these|those"
    r"|them))?\b"
)
_SAID_BEFORE: tuple[tuple[Polarity, re.Pattern[str]], ...] = (
    ("lapsed", re.compile(r"\b(?:lapsed|expired|ran out|let it)\b")),
    ("lacks", re.compile(r"\b(?:failed|don't have|haven't|never)\b")),
    ("has", re.compile(r"\b(?:passed|got|have|hold|did|earned)\b")),
)


@dataclass
class Part:
    """A sentence with what it names, the lengths it tells, and the facts read from it."""

    sentence: Sentence
    inside: Sequence[Named]
    lengths: Sequence[Duration]
    facts: list[Fact] = field(default_factory=list)


def carry(parts: Sequence[Part], plain: Plain) -> None:
    """Gives each fact what the sentence beside it tells of it."""
    for first, second in pairwise(parts):
        _answer(first, second, plain)
        _hold_none(first, second, plain)
        _mean(first, second)
    for before, part in zip((None, *parts), parts, strict=False):
        _want_it(before, part, plain)
    for first, second in pairwise(parts):
        if _only_a_length(second):
            _lengthen(first, second, last=True)
        elif _only_a_length(first) and not any(f.kind in TIMED for f in first.facts):
            _lengthen(second, first, last=False)


def _answer(question: Part, answer: Part, plain: Plain) -> None:
    """ "PMP? No.": what was only named is held, or not."""
    if len(question.inside) != 1 or question.inside[0].kind != "certification" or not question.sentence.asks:
        return
    named, said = question.inside[0], _YES_OR_NO.match(answer.sentence.text)
    begin = question.sentence.start
    around = question.sentence.text[: named.start - begin] + question.sentence.text[named.end - begin :]
    if said and re.fullmatch(r"\W*(?:and |the |my )*\W*", around):
        held = said["answer"] in ("yes", "yep", "yeah", "have it", "got it", "done")
        text = plain.quote(named.start, named.end)
        question.facts.append(Fact("certification", named.id, "has" if held else "lacks", text=text))


def _hold_none(named: Part, answer: Part, plain: Plain) -> None:
    """ "My boss says PMP, my mentor PgMP. I have neither.": both are lacked."""
    if not _NEITHER.match(answer.sentence.text):
        return
    told = {f.id for f in named.facts}
    certifications = {n.id: n for n in named.inside if n.kind == "certification" and n.id not in told}
    answer.facts += [
        Fact("certification", id_, "lacks", text=plain.quote(n.start, n.end)) for id_, n in certifications.items()
    ]


def _want_it(before: Part | None, part: Part, plain: Plain) -> None:
    """ "I don't have the PMP yet but I want to get it": what was last lacked, here or in the sentence before."""
    wish = _WANT_IT.search(part.sentence.text)
    if wish is None or part.sentence.asks:
        return
    place = part.sentence.start + wish.start()
    told = part if any(n.end <= place for n in part.inside) else before
    lacked = [f for f in told.facts if f.polarity == "lacks" and f.kind in ("role", "certification")] if told else []
    if lacked:
        end = part.sentence.start + wish.end()
        part.facts.append(Fact("goal", lacked[-1].id, "wants", text=plain.quote(place, end)))


def _mean(told: Part, named: Part) -> None:
    """ "My registration lapsed. The PRINCE2 one, I mean."."""
    if not _I_MEAN.search(named.sentence.text) or told.inside:
        return
    polarity = next((p for p, words in _SAID_BEFORE if words.search(told.sentence.text)), None)
    certifications = [f for f in named.facts if f.kind == "certification"]
    if polarity and len(certifications) == 1:
        named.facts[:] = [replace(f, polarity=polarity) if f is certifications[0] else f for f in named.facts]


def _only_a_length(part: Part) -> bool:
    if len(part.lengths) != 1 or part.sentence.asks or any(n.kind in TIMED for n in part.inside):
        return False
    (length,) = part.lengths
    begin = part.sentence.start
    rest = part.sentence.text[: length.start - begin] + " " + part.sentence.text[length.end - begin :]
    return all(word in _LEFT_OVER for word in re.findall(r"[\w']+", rest))


def _lengthen(part: Part, told: Part, *, last: bool) -> None:
    (length,) = told.lengths
    places = [i for i, f in enumerate(part.facts) if f.kind in TIMED and f.polarity == "has"]
    if not places or any(part.facts[i].months or part.facts[i].start for i in places):
        return
    place = places[-1 if last else 0]
    fact = part.facts[place]
    current = True if length.open_ended else fact.current
    part.facts[place] = replace(fact, months=length.months, start=length.since, end=length.until, current=current)
