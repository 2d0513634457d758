"""Courses and classes a person took, takes or lacks: "did an MSP course", "on a bootcamp", "studying data science"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.experience.facts import Fact, Polarity
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.scope import Sentence, denied, scope_at

_CLASS = (
    r"(?:(?<!of )courses?|training(?! (?:others|people|plan|budget|manager|provider|needs|material|staff|new|team))"
    r"|boot ?camps?|workshops?|class(?:es)?|seminars?|e ?learnings?|master ?class(?:es)?|mooc|nanodegree)\b"
)
_TAKEN = re.compile(
    r"\b(?P<verb>took|take|taken|did|done|do|attended|attending|completed|completing|finished|finishing"
    r"|went (?:on|to|through)"
    r"|been (?:on|to|through)|had|have had|enrol?led (?:in|on|for)|signed up (?:for|to)|doing|taking|on|following"
    r"|followed"
    r"|passed|bought|with|received|got)"
    rf" (?P<words>(?:(?!(?:i|for|of|before|after|because|that|which|who|is|was|by|a good)\b)[\w.+']+ ){{0,8}}?){_CLASS}"
    r"|\btraining (?:in|on) \w+|\btrained (?:on|in)(?! the (?:job|art))\b(?: \w+){1,3}"
    r"|\b(?:earned|got|gained|have|hold|obtained|completed) (?:a|the|my) certification in (?:\w+ ){1,4}?(?:from"
    r"|at|with|by)\b"
    r"|\b(?:studying|re ?training as)(?! (?:for|to|at|hard|now|part|full|the|my|towards?|again|this|it|all|every"
    r"|with|on|in"
    r"|and|but|while|like|so|from|online|it)\b) (?:an? )?[a-z]\w+"
)
_GOING_ON = re.compile(
    r"doing|taking|on$|enrol|signed|attending|following|completing|finishing|studying|re ?training|bought"
)
_FUTURE = re.compile(r"\b(?:will|going to|plan\w*|want\w*|would|should|could|need|must|have to|about to|to|can) $")


def find_trainings(sentence: Sentence, inside: Sequence[Named], plain: Plain) -> Iterator[Fact]:
    """The writer's own, none that is asked about, wished or supposed. ``id`` is the certification it prepares for."""
    found = False
    for match in _TAKEN.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        polarity = _polarity(sentence, match)
        if polarity is None or (match["verb"] is None and _names_a_paper(inside, start)):
            continue
        id_ = _prepares_for(inside, start, end, plain.text)
        if polarity == "studying" and id_ != "other":
            continue  # that is told of the certification
        if re.match(r"(?: \w+){0,3} at (?:\w+ ){0,2}(?:university|uni|college)", sentence.text[match.end() :]):
            continue  # that is told of the education
        if found and id_ == "other" and re.search(r"\bthe \w+$", match.group()):
            continue  # the one told of before
        found = True
        yield Fact("training", id_, polarity, text=plain.quote(start, end))


def _polarity(sentence: Sentence, match: re.Match[str]) -> Polarity | None:
    scope = scope_at(sentence, match.start())
    told = scope.mine or not sentence.mentions_a_question
    if scope.third or scope.mood in ("supposed", "asked", "wished") or not told:
        return None
    verb = match["verb"] or match.group()
    if (verb in ("on", "with", "have", "do", "got") or verb.startswith("training")) and not scope.mine:
        return None
    if _FUTURE.search(sentence.text[: match.start()]):
        return None
    if denied(scope, sentence.text, match.start()) or re.search(r"\b(?:no|zero|any|without)\b", match.group()):
        return "lacks"
    return "studying" if _GOING_ON.match(verb) else "has"


def _names_a_paper(inside: Sequence[Named], start: int) -> bool:
    """Studying for a certification or a degree is a fact of that."""
    return any(n.kind in ("certification", "education") and 0 <= n.start - start < 30 for n in inside)


def _prepares_for(inside: Sequence[Named], start: int, end: int, text: str) -> str:
    for named in inside:
        within = start <= named.start < end
        behind = 0 <= named.start - end < 25 and re.match(
            r"\s*(?:in|on|for|about|to prepare for|to pass) ", text[end : named.start + 1]
        )
        if named.kind == "certification" and named.id != "other" and (within or behind):
            return named.id
    return "other"
