"""What is claimed of a named thing: held, lacked, wished, studied, lapsed, or nothing about the writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.experience.certification_claims import certification_claim
from bot.experience.durations import Duration
from bot.experience.education_claims import education_claim
from bot.experience.names import Named
from bot.experience.role_claims import role_claim
from bot.experience.scope import Sentence
from bot.experience.surroundings import At, Claim
from bot.experience.work_claims import experience_claim

_RULES: dict[str, Callable[[At], Claim | None]] = {
    "role": role_claim,
    "certification": certification_claim,
    "education": education_claim,
}
_RELATED = re.compile(r" that i (?:hold|have|passed|did|got|took|earned)\b")
"""A question may be about what is held: "does the PMP that I took in 2019 expire?"."""
_I_HOLD = re.compile(
    r" (?:(?:is|are) the only (?:\w+ ){1,2})?(?:that )?i(?:'ve| have)? ?(?:hold|have|passed|did|got)\b(?! (?:to"
    r"|no|not|never)\b)"
)
_I_PLAN = re.compile(r" i(?:'m| am) (?:now |still )?(planning|preparing|studying)\b(?! to\b)")
""" "CSM I have, PMP I am planning in March"."""
_COURSE_AFTER = re.compile(r"\s*(?:courses?|training|boot ?camp|class|prep)\b")
_PAID_FOR = re.compile(r"\bpaid for my (?:\w+ )?(?:[\w-]+ (?:and|,) )?$")
""" "The army paid for my CAPM and AgilePM"."""
_MY = re.compile(r"\bmy (?:\w+ )?$")
_BEFORE_I_HAVE = re.compile(r"\bbefore i(?:'ve| have) (?:even |ever )?(?:taken|passed|sat|got|done) (?:(?:the|my) )?$")
_BUT_ME = re.compile(r"\b(?:except|but not|apart from|besides|not) (?:for )?me\b|, (?:and )?me without\b")


def claim_of(named: Named, inside: Sequence[Named], lengths: Sequence[Duration], sentence: Sentence) -> Claim | None:
    """What ``sentence`` claims of ``named``. ``inside`` and ``lengths`` are all it names and all lengths it tells."""
    at = At(named, inside, lengths, sentence)
    first = _beside_the_mood(at)
    if first is not None:
        return first
    to_me = named.own_verb and at.words.endswith(" me")  # "they all report to me"
    of_others = at.scope.third and not (at.scope.we and named.kind == "experience") and not to_me
    if named.kind == "role" and re.match(r" like me\b", at.after):
        return at.claim("has")
    if named.plural or of_others or at.scope.mood == "supposed":
        return None
    return _RULES.get(named.kind, experience_claim)(at)


def _beside_the_mood(at: At) -> Claim | None:
    """What is told of the writer whatever the words around it speak of."""
    if at.named.own_verb and at.words.startswith("my team of"):
        return at.claim("has")  # held, and so it can be lost
    if at.named.kind != "certification":
        return None
    if (planned := _I_PLAN.match(at.after)) and not at.denied and not at.sentence.asks:
        return at.claim("wants", "goal") if planned[1] == "planning" else at.claim("studying")
    if _PAID_FOR.search(at.before) and not at.asked and not at.denied and not _COURSE_AFTER.match(at.after):
        return at.claim("has")
    if not at.denied and (_RELATED.match(at.after) or (_I_HOLD.match(at.after) and not at.sentence.asks)):
        return at.claim("has")
    if _BUT_ME.search(at.after) and (at.scope.third or "me without" in at.after):
        return at.claim("lacks")
    applies = _MY.search(at.before) and at.after.startswith(" application")
    if at.scope.third and applies and not at.sentence.asks:
        return at.claim("wants", "goal")
    return at.claim("lacks") if _BEFORE_I_HAVE.search(at.before) else None
