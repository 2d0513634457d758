"""What is claimed of an education."""

from __future__ import annotations

import re

from bot.experience.surroundings import At, Claim

_AFTER_IT = re.compile(r"\b(?:after|since) (?:finishing|completing|getting|doing|earning) (?:my|a|an) $")
_MY = re.compile(
    r"(?<!get )(?<!finish )(?<!do )(?<!start )(?<!complete )(?<!doing )(?<!finishing )(?<!for )(?<!towards )"
    r"\bmy (?:\w+ )?$"
)
_WITH_IT = re.compile(r"^\W*with (?:a|an|my|only|just) ?(?:\w+ )?$")
""" "With a degree and five years, am I ...?" """
_UNFINISHED = re.compile(r"dropped out|never finished|didn't finish")


def education_claim(at: At) -> Claim | None:
    if re.match(r"\s*(?:apprentice|level (?:job|role)|programme)", at.after) or re.search(
        r"\b(?:another|extra|any|which|what|whose|that|this|some|their|your|his|her|associate"
        r"|to a|some degree|360|one)(?: \w+)? $",
        at.before,
    ):
        return None
    if at.words.startswith("studying "):
        return at.claim("studying") if not at.asked and not at.denied else None
    if _MY.search(at.before) and at.scope.mood in ("", "told") and not at.denied:
        return at.claim("has")
    if _AFTER_IT.search(at.before) and at.scope.mood != "supposed":
        return at.claim("has")
    if at.denied or _UNFINISHED.match(at.words):
        return at.claim("lacks") if at.scope.mine or not at.asked else None
    if (
        at.scope.mood in ("asked", "wished")
        and at.scope.mine
        and re.search(
            r"(?<!more )(?<!better )(?<!easier )\bwith (?:(?:a|an|my|only|just) )*(?:\w+ ){0,3}$",
            at.text[at.scope.since : at.place],
        )
    ):
        return at.claim("has")
    if at.asked:
        mine = at.words.startswith("my ") or _MY.search(at.before)
        return at.claim("has") if mine or re.match(r" (?:that )?i (?:have|got|did|hold)\b", at.after) else None
    if at.scope.mood == "studied":
        return at.claim("studying")
    if at.scope.mood == "wished":
        return at.claim("wants")
    if re.search(
        r"\b(?:need|require\w*|ask for|years of|worth|for|than|versus|or|before|get|getting"
        r"|student at|teach\w*|in) (?:a |an |the |my )?(?:\w+ ){0,2}$",
        at.bare,
    ) and not re.search(r"\b(?:i have|i've|i did|graduated|hold|for my|got)\b", at.bare):
        return None
    if _WITH_IT.search(at.before) and re.search(r"\b(?:am|do|can|could|should|would|will) i\b", at.after):
        return at.claim("has")
    if at.scope.mine or not at.sentence.mentions_a_question:
        return (
            at.claim("has")
            if at.scope.mine
            or at.alone
            or (len(at.inside) > 1 and not any(n.plural for n in at.inside))
            or re.match(r"\s*in ", at.after)
            or (at.opens and not at.sentence.whole and not at.sentence.asks and len(at.after.split()) <= 3)
            or re.search(r"\bgraduated\b", at.before)
            else None
        )
    return None
