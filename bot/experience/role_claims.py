"""What is claimed of a role."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.experience.role_moves import from_one_to_another, held_beside_a_wish, moved
from bot.experience.role_titles import held
from bot.experience.surroundings import At, Claim

_OWNED = re.compile(
    r"\b(?:my|our|your|his|her|their|whose|every|each|any|which|what|another|other|some"
    r"|the other|good|great|bad|for (?:a|an|the)|with (?:a|an|the|our|my)"
    r"|(?<!promoted )(?<!moved )(?<!appointed )(?<!up )to (?:a|the|our|my)"
    r"|by (?:a|the|our|my)|a good|a great|why (?:a|the))(?: \w+)? ?$"
)
_SUBJECT = re.compile(
    r"\b(?:degree|diploma|bachelor'?s?|master'?s?|m\.?sc|b\.?sc|ba|mba"
    r"|studies) (?:degree )?in (?:\w+ and )?$"
)
""" "A degree in marketing" is no post in it."""
_SECTOR = re.compile(
    r"\b(?:i'm|am|work|works|working|worked|been|was|years|months|job|employed) (?:\w+ )?in (?:the )?$"
)
_CERTIFIED_BEFORE = re.compile(r"\bcertified\b(?:[\s,]*(?!(?:i|with|and i|over|currently)\b)\w+){0,9}\s*$")
_WANTED_AFTER = re.compile(
    r"(?: (?!and|but|so|who|because|if|when|for)\w+){0,2}?,? (?P<link>(?:(?:is|would be|that's) )?(?:(?:where|what"
    r"|the one|the job|the role|which|that) )?(?:that )?)"
    r"i(?:'d| would)? (?:(?:really|actually|truly|always|most|eventually|ultimately) )*(?:want|like|love|dream"
    r"|aim|am after)\b"
)
_NEXT_AFTER = re.compile(r"\s*(?:is |comes )?next\s*(?:[.?!,]|$)")
_AIMED = re.compile(
    r"\b(?:for|to be|to become|towards?|(?:train\w*|stud\w*|qualify\w*) (?:\w+ )?as|career as) (?:(?:an?|the"
    r"|my first) )?(?:\w+ )?$"
)
_POST = re.compile(r"\b(?:for|about) (?:the|a|an) (?:role|post|position|job)(?: of| as)? (?:an? )?$")
_DOING = re.compile(r"\b(?:doing|done|did|do|years in|year in|months in|work(?:ed|ing)? in) $")
_DECLINED = re.compile(
    r"\b(?:turned down|declined|rejected|refused|missed out on|passed over for) (?:(?:a|an|the|my) )?(?:\w+ )?$"
)
_TURNED_DOWN_AFTER = re.compile(
    r"(?: (?:job|role|post|position))?,? (?:and|but) i (?:\w+ )?(?:turned (?:it|them|that) down|said no|declined"
    r"|refused)\b"
)
_MY_OWN = re.compile(r"\bmy (?:current|present|previous|last|former|old) (?:\w+ )?$")
_JOB_AFTER = re.compile(r" (?:role|job|position|post)\b")
_WHILE = re.compile(
    r"\b(?:while|whilst) (?:still )?(?:working|being|employed)(?: full time| part time)?(?: as)? (?:an? )?$"
)
_EXPERIENCE_AFTER = re.compile(r"\s*(?:experience|background)\b")
_REPORTS = re.compile(r"\b(?:report(?:s|ing|ed)?|answer(?:s|ing)?) (?:directly |in )?to (?:\w+ ){0,2}$")
_MY = re.compile(r"\bmy (?:(?:own|old|past|former|previous|\w+ years of|years of) )?$")
_TIME_AFTER = re.compile(r"(?:'s)? (?:years|days|time|experience|exp|background|stint|past|work|tenure)\b")
""" "Do my team lead years count?": asked about them, told that there are some."""
_HELPED = re.compile(r"\b(?:help|serve|support|teach)(?:ing)? (?:\w+ )?$")
_WORK_NAMES = re.compile(r"(?:support|admin|administration|controls|planning|coordination)$")
""" "I do project support" is a job by the name of its work."""
_FIELD_NAMES = re.compile(r"ing$|^sales$|^hr$")


def role_claim(at: At) -> Claim | None:
    """A title held, lacked or, as a goal, wished. "Certified Scrum Master" is a certification."""
    if _wanted_after(at):
        return at.claim("wants", "goal", at.named.id)
    if (
        _REPORTS.search(at.before)
        or _DECLINED.search(at.before)
        or _TURNED_DOWN_AFTER.match(at.after)
        or _no_wish_for_a_post(at)
    ):
        return None
    if (at.words == "cook" and at.before.endswith(" to ")) or (at.named.id == "other" and _SUBJECT.search(at.before)):
        return None
    if at.named.id == "other" and _EXPERIENCE_AFTER.match(at.after) and _FIELD_NAMES.search(at.words):
        return at.claim("has", "experience", "other") if _plainly_told(at) else None
    if at.named.id == "other" and _SECTOR.search(at.before) and at.scope.mine and not at.asked and not at.denied:
        return at.claim("has") if at.scope.mood == "told" else None
    return moved(at) or _by_mood(at)


def _by_mood(at: At) -> Claim | None:
    own = at.named.id != "other" and not at.named.own_verb
    if _MY_OWN.search(at.before) and _JOB_AFTER.match(at.after) and not at.asked and not at.denied:
        return at.claim("has")
    if own and _MY.search(at.before) and _TIME_AFTER.match(at.after):
        return at.claim("has")
    if _certified_title(at):
        told_beside = any(n.id in ("psm-1", "pspo-1") for n in at.inside)  # which certificate it is
        return at.claim("has", "certification", "scrum") if _plainly_told(at) and not told_beside else None
    if at.scope.mood == "wished":
        helped = at.named.id == "other" and _HELPED.search(at.before)
        return None if helped else at.claim("has") if held_beside_a_wish(at) else at.goal(at.named.id)
    if _OWNED.search(at.before) and not at.named.own_verb and not re.search(r"\bas (?:\w+ ){0,3}$", at.before):
        return None
    if _WORK_NAMES.search(at.words) and _DOING.search(at.before) and at.scope.mine and not at.asked and not at.denied:
        return at.claim("has")
    if at.words == "pm" and _DOING.search(at.before):
        return at.claim("has", "experience", "direct_delivery") if at.scope.mine and not at.asked else None
    if at.scope.mood == "studied" and _WHILE.search(at.before):
        return at.claim("has")
    if at.scope.mood == "studied" and not (at.named.own_verb and at.before.endswith("while ")):
        aimed = _AIMED.search(at.before) and not at.scope.asking
        return at.claim("wants", "goal", at.named.id) if aimed else None
    if at.scope.mood == "lapsed":
        return replace(at.claim("has"), current=False) if not at.denied else None
    return from_one_to_another(at) or held(at)


def _plainly_told(at: At) -> bool:
    return at.scope.mine and not at.denied and at.scope.mood == "told"


def _wanted_after(at: At) -> bool:
    """ "Head of PMO is what I want", "portfolio manager next?"; not "I'm a planner, I want to lead"."""
    following = _NEXT_AFTER.match(at.after) and at.scope.mood in ("", "asked", "told")
    wanted = _WANTED_AFTER.match(at.after)
    if wanted and not wanted["link"]:
        another = any(n.start >= at.named.end + wanted.end() for n in at.inside)
        told = at.scope.mine and at.scope.mood == "told"
        wanted = None if another or told or at.denied or at.scope.refused else wanted
    return bool(wanted or following or at.wanted_after)


def _no_wish_for_a_post(at: At) -> bool:
    return at.scope.mood != "wished" and _POST.search(at.before) is not None


def _certified_title(at: At) -> bool:
    if at.named.id not in ("scrum_master", "product_owner") or at.asked or re.match(r"\s*(?:for|since) ", at.after):
        return False
    after = re.match(r"\s*[™®]?\s*(?:certified|certification)\b", at.after)
    return bool(after or _CERTIFIED_BEFORE.search(at.before))
