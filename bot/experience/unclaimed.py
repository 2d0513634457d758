"""Time told with no role to go with it: "15 years in IT", "8+ years of experience in sales"; and "no experience"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.experience.durations import Duration
from bot.experience.facts import Fact
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.scope import Scope, Sentence, scope_at

_FIELD_AFTER = re.compile(
    r"'? ?(?:of )?(?:(?:work|working|professional|industry|relevant|total|overall|practical|hands on|\w+ing) )?"
    r"experience\b(?! (?:as|required|needed|is|to|for)\b)(?: (?:in|with) (?:the )?\w+)?"
    r"|'? in (?:the )?(?!(?:a|an|my|our|this|that|these|total|all|role|post|prison|bed|between|office|title|place"
    r"|one|each"
    r"|various|different|several|many|both)\b)[a-z]\w+(?: (?:industry|sector|business|field|team))?"
)
_FIELD_BEFORE = re.compile(
    r"\b(?:worked|working|work|employed|been|was|i'm|am) (?:in|for|at|with) (?:\w+ ){1,6}?(?:for|since) (?:the )?$"
)
_OPENING = re.compile(r"(?:^|\b(?:and|,) ?)(?:for|over|during) (?:the )?$")
_WAS_IN = re.compile(r",? i (?:was|worked|have been|have worked) in (?:the )?\w+")
_NONE = re.compile(
    r"\b(?:no|without|zero|without any|hardly any) (?:(?:prior|previous|real|relevant|formal|work|working"
    r"|professional) )*"
    r"experience\b(?! (?:in|of|with|as|managing|leading|running|doing|at)\b)"
)


def unclaimed(sentence: Sentence, inside: Sequence[Named], left: Sequence[Duration], plain: Plain) -> Iterator[Fact]:
    """Experience of another kind for each length in ``left``, those that no role or field took; or none at all."""
    for length in left:
        place, end = length.start - sentence.start, length.end - sentence.start
        if length.months is None or not _told(scope_at(sentence, place), sentence):
            continue
        before, after = sentence.text[:place], sentence.text[end:]
        field = _FIELD_AFTER.match(after) or (_OPENING.search(before) and _WAS_IN.match(after))
        named = field and any(
            length.end <= n.start < length.end + field.end() for n in inside if n.kind == "experience"
        )
        if (field and not named) or _FIELD_BEFORE.search(before):
            text = plain.quote(length.start, length.end + (field.end() if field else 0))
            yield Fact("experience", "other", months=length.months, start=length.since, end=length.until, text=text)
    for match in _NONE.finditer(sentence.text):
        scope = scope_at(sentence, match.start())
        if not scope.third and scope.mood != "supposed" and (scope.mine or not sentence.asks):
            quote = plain.quote(sentence.start + match.start(), sentence.start + match.end())
            yield Fact("experience", "other", "lacks", text=quote)


def _told(scope: Scope, sentence: Sentence) -> bool:
    return (
        not scope.third
        and scope.mood not in ("supposed", "wished", "studied", "asked")
        and (scope.mine or not sentence.mentions_a_question)
    )
