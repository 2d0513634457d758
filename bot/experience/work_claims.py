"""What is claimed of a field of work, an activity, or a kind of office."""

from __future__ import annotations

import re

from bot.experience.names import FIELD_ROLES
from bot.experience.surroundings import At, Claim

_ENTERED = re.compile(
    r"\b(?:before|prior to) (?:\w+ ){0,4}?(?:in|into|to|on|towards?)(?: (?:my|the|a))? $"
    r"|\b(?:new|came|got|come|gone|broke) (?:in)?to $"
)


def experience_claim(at: At) -> Claim | None:
    field_role = FIELD_ROLES.get(at.named.id) if at.named.kind == "experience" and not at.named.own_verb else None
    entered = _ENTERED.search(at.before) if field_role else None
    if field_role and entered and re.search(r"\bi\b", at.text):
        return at.claim("has", "role", field_role)
    if at.scope.mood == "wished":
        if at.denied or not field_role:
            return None
        if re.search(r"\b(?:from|out of|leave|leaving|of) $", at.before) or re.match(
            r"\s*(?:skills?|experience|training|course|certification|knowledge)", at.after
        ):
            return at.claim("has") if re.search(r"\b(?:from|out of|leave|leaving) $", at.before) else None
        return at.goal(field_role)
    if (
        at.asked
        or at.scope.mood in ("studied", "lapsed")
        or re.search(r"\b(?:certification|course|training|boot ?camp) in $", at.before)
    ):
        return None
    if at.denied:
        return at.claim("lacks") if at.scope.mine or not at.sentence.mentions_a_question else None
    if not at.scope.mine and at.sentence.mentions_a_question:
        return None
    moved = re.search(
        r"\b(?:moved|moving|transitioned|getting|got|went|switched|pivoted|transitioning|pivoting"
        r"|pivoting my career) (?:\w+ )?(?:in)?(?:to|towards) $",
        at.before,
    )
    if field_role and moved:
        return at.claim("has", "role", field_role)
    if (
        at.named.own_verb
        or at.length_near
        or re.match(r"\s*(?:experience|background)", at.after)
        or re.search(
            r"\b(?:experience|background|exp|work|working|worked|years|year|months|career|been|doing"
            r"|do|did|done|history|skills|foundation|expertise|specialis\w+|focus|in|on|i'm|handle"
            r"|manage)\b(?: \w+){0,4}? (?:in|of|with|doing|on|as|do|did|,|and)? ?(?:\w+ )?$",
            re.sub(r"[,\s]+", " ", at.bare),
        )
    ):
        if re.match(
            r"\s*(?:software|tools?|institute|course|certif\w*|qualif\w*|professional|office|training"
            r"|books?|plan\b|company|companies|firm|team|agency|house|projects\b|life ?cycle|process"
            r"|role)",
            at.after,
        ):
            return None
        return at.claim("has", "role", "developer") if at.named.id == "software_development" else at.claim("has")
    return None
