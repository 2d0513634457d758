"""Time told with no role to go with it: "15 years in IT", "8+ years of experience in sales"; and "no experience"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.experience.durations import Duration
from bot.experience.facts import Fact
from bot.experience.lengths import TIMED
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.scope import Scope, Sentence, denied, scope_at

_FIELD_AFTER = re.compile(
    r"'? ?(?:of )?(?:(?:work|working|professional|industry|relevant|total|overall|practical|hands on|\w+ing) )?"
    r"experience\b(?! (?:as|required|needed|is|to|for)\b)(?: (?:in|with) (?:the )?\w+)?"
    r"|'? (?:of )?(?!(?:looking|trying|waiting|raising|caring|travelling|living|recovering|sitting|going|being"
    r"|having|hoping|getting|including|following|thinking|studying"
    r"|working|doing|evening|morning|learning|preparing|applying|training|running|managing"
    r"|leading)\b)[a-z]{2,}ing [a-z]+"
    r"|'? in (?:the )?(?!(?:a|an|my|our|this|that|these|total|all|role|post|prison|bed|between|office|title|place"
    r"|one|each|course|boot|class|programme"
    r"|various|different|several|many|both)\b)[a-z]\w+(?: (?:industry|sector|business|field|team))?"
)
_FIELD_BEFORE = re.compile(
    r"\b(?:done|did|doing|been|spent) (?:nothing but |only )?(?!(?:working|looking|trying|doing)\b)[a-z]{2,}ing"
    r"(?: \w+){0,3}? (?:for|since) (?:the )?$"
    r"|\b(?:worked|working|work|employed|been|was|i'm|am) (?:in|for|at|with) (?:\w+ ){1,6}?(?:for|since) (?:the )?$"
)
_OPENING = re.compile(r"(?:^|\b(?:and|,) ?)(?:for|over|during) (?:the )?$")
_WAS_IN = re.compile(r",? i (?:was|worked|have been|have worked) in (?:the )?\w+")
_NONE = re.compile(
    r"\b(?:no|without|zero|without any|hardly any) (?:(?:prior|previous|real|relevant|formal|work|working"
    r"|professional) )*"
    r"experience\b(?! (?:in|of|with|as|managing|leading|running|doing|at)\b)"
)
_BACKGROUND = re.compile(
    r"\bmy (?:work |working |professional |career )?background (?:is|was|lies) (?:(?:mostly|mainly|really|purely"
    r"|all) )?"
    r"(?:(?:in|from|as) )?(?:the )?(?!(?:a|an|not|no|very|quite|similar|different|what|that|this|too|so"
    r"|mixed)\b)[a-z]\w+"
    r"|\b(?:have|i've|i've got|got) an? (?:strong |solid )?background in (?:the )?[a-z]\w+"
    r"|\bi (?:come|came) from (?:a |an |the )?(?:\w+ ){1,2}?(?:background|world|trade|side)\b"
)
_SOME = re.compile(
    r"\b(?:have|i've|had|got|with|bring|gained) (?:also |already |only |just |quite |do )?(?:some|a bit of"
    r"|a little|plenty of|lots of|a lot of|(?:a few|several|many|some) years'? (?:of )?)"
    r"(?: ?(?:work|working|professional|business|office|industry|corporate|life|design|development|retail))*"
    r" ?experience\b(?! (?:as|required|needed|is|to|for|in|with|of|from|on)\b)"
)
""" "I have a few years of experience": of what is not told."""


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
    yield from _untold_field(sentence, inside, plain)
    for match in _NONE.finditer(sentence.text):
        scope = scope_at(sentence, match.start())
        if not scope.third and scope.mood != "supposed" and (scope.mine or not sentence.asks):
            quote = plain.quote(sentence.start + match.start(), sentence.start + match.end())
            yield Fact("experience", "other", "lacks", text=quote)


def _untold_field(sentence: Sentence, inside: Sequence[Named], plain: Plain) -> Iterator[Fact]:
    """A background in something that is no word of ours, or experience of nothing in particular."""
    for match in (*_BACKGROUND.finditer(sentence.text), *_SOME.finditer(sentence.text)):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        scope = scope_at(sentence, match.end())
        near = [n for n in inside if start <= n.start < end + 12 and n.kind in TIMED]
        named = any(n.kind == "experience" or n.id != "other" or " from " in match.group() for n in near)
        if scope.mine and _told(scope, sentence) and not named and not denied(scope, sentence.text, match.end()):
            yield Fact("experience", "other", text=plain.quote(start, end))


def _told(scope: Scope, sentence: Sentence) -> bool:
    return (
        not scope.third
        and scope.mood not in ("supposed", "wished", "studied", "asked")
        and (scope.mine or not sentence.mentions_a_question)
    )
