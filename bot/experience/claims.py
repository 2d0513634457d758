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


def claim_of(named: Named, inside: Sequence[Named], lengths: Sequence[Duration], sentence: Sentence) -> Claim | None:
    """What ``sentence`` claims of ``named``. ``inside`` and ``lengths`` are all it names and all lengths it tells."""
    at = At(named, inside, lengths, sentence)
    if (
        named.kind == "certification"
        and re.match(r" (?:that )?i (?:hold|have|passed|did|got)\b", at.after)
        and not sentence.asks
    ):
        return at.claim("has")
    if named.plural or at.scope.third or at.scope.mood == "supposed":
        return None
    return _RULES.get(named.kind, experience_claim)(at)
