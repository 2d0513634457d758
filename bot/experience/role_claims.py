"""What is claimed of a role."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.experience.surroundings import At, Claim, reaches

_ROLE_LICENCE = re.compile(
    r"\b(?:i'm|i am|am|i was|was|i've been|have been|been|being|became|have become|i serve"
    r"|as(?! (?:well|long|soon|much|good)\b)|moved (?:up )?(?:in)?to|promoted to|worked"
    r"|working|acting|employed|former|formerly|ex|previous|previously|current|currently|now"
    r"|presently|turned|plus|then|since|experienced|seasoned|retired|"
    r"(?:title|role|position|post|job|experience|background)(?: is| was| of| as|:)|mine is"
    r"|(?:made|appointed|hired|promoted) me|i (?:said|meant|mean)|i(?:'ve)? (?:have|had|got"
    r"|landed|took|held|hold|started)(?: been)?|i've|from|like)(?![\w'])"
)
_JOB_AFTER = re.compile(
    r"\s*(?:role|job|position|title|post|gig|here|by (?:trade|profession|training|day)|\("
    r"|(?:at|in|for) (?:a|an|the|my)\b|,\s*(?:\d|one|two|three|four|five|six|seven|eight|nine"
    r"|ten)|myself|turned|to\b|with (?:over |more than |a |\d|\w+ years)|who|looking|wanting"
    r"|hoping|aspiring|seeking|trying|and (?:looking|want))"
)
_OWNED = re.compile(
    r"\b(?:my|our|your|his|her|their|whose|every|each|any|which|what|another|other|some"
    r"|the other|good|great|bad|for (?:a|an|the)|with (?:a|an|the|our|my)|to (?:a|the|our|my)"
    r"|by (?:a|the|our|my)|a good|a great|why (?:a|the))(?: \w+)? ?$"
)
_SECTOR = re.compile(
    r"\b(?:i'm|am|work|works|working|worked|been|was|years|months|job|employed) (?:\w+ )?in (?:the )?$"
)
_LEFT = re.compile(
    r"\b(?:get|getting|move|moving|transition|transitioning|break|breaking|switch"
    r"|switching) (?:out of|away from) (?:(?:my|the|a|being|an) )*$|\b(?:leave|leaving|quit"
    r"|quitting|escape) (?:(?:my|the|a|being|an) )*$"
)
_FROM = re.compile(r"\bfrom (?:(?:a|an|the|being|my|role|job|of|position|current|present)\s)*(?:\w+ )?$")
_ROSE = re.compile(
    r"\b(?:gone|went|moved|progressed|grown|grew|risen|rose|climbed|worked my way)"
    r"(?: up)? from [^.?!]{1,40} to (?:an? |the )?$"
)
_CERTIFIED_BEFORE = re.compile(r"\bcertified\b(?:[\s,]*(?!(?:i|with|and i|over|currently)\b)\w+){0,9}\s*$")


def role_claim(at: At) -> Claim | None:
    """A title held, lacked or, as a goal, wished. "Certified Scrum Master" is a certification."""
    if _SECTOR.search(at.before) and at.named.id == "other" and not at.asked and at.scope.mine and not at.denied:
        return at.claim("has") if at.scope.mood == "told" else None
    if _left_behind(at):
        return at.claim("has")
    if _certified_title(at):
        told = at.scope.mine and not at.denied and at.scope.mood == "told"
        return at.claim("has", "certification", "scrum") if told else None
    if at.scope.mood == "wished":
        return at.goal(at.named.id)
    if _OWNED.search(at.before) and not at.named.own_verb and not re.search(r"\bas (?:\w+ ){0,3}$", at.before):
        return None
    if at.scope.mood == "studied":
        return None
    if at.scope.mood == "lapsed":
        return replace(at.claim("has"), current=False) if not at.denied else None
    return _from_one_to_another(at) or _held(at)


def _left_behind(at: At) -> bool:
    """The role one moves from: "from analyst to manager", "get out of teaching"."""
    if at.scope.mood == "wished" and _LEFT.search(at.before):
        return True
    moves = _FROM.search(at.before) and re.match(r"[^.?!]{0,30}?\b(?:to|into)\b", at.after)
    return bool(moves) and (at.scope.mine or not at.sentence.asks)


def _certified_title(at: At) -> bool:
    if at.named.id not in ("scrum_master", "product_owner") or at.asked or re.match(r"\s*(?:for|since) ", at.after):
        return False
    after = re.match(r"\s*[™®]?\s*(?:certified|certification)\b", at.after)
    return bool(after or _CERTIFIED_BEFORE.search(at.before))


def _from_one_to_another(at: At) -> Claim | None:
    """A message that opens "planner to project manager": held, and wished."""
    following = next((n for n in at.inside if n.start >= at.named.end), None)
    if at.opens and re.match(r"\s*(?:to|into|→|->|>) ", at.after) and following and following.start < at.named.end + 20:
        return at.claim("has")
    if at.scope.mine and not at.asked and _ROSE.search(at.before):
        return at.claim("has")
    first = at.inside[0]
    reached = re.search(r"(?:\bto|\binto|→|->|>) (?:a |an |the )?(?:\w+ )?$", at.before)
    if reached and first is not at.named and first.kind == "role" and first.start < at.sentence.start + 3:
        return at.claim("wants", "goal", at.named.id)
    return None


def _held(at: At) -> Claim | None:
    licensed = at.named.own_verb or reaches(_ROLE_LICENCE, at.bare, 4)
    if at.asked:
        opening = re.match(r"\W*as an? ", at.text) and licensed and "," in at.after
        apposed = re.search(r"\bi, (?:as )?an? (?:\w+ ){0,3}$", at.before)
        return at.claim("has") if opening or apposed or (at.scope.mine and at.length_near) else None
    if at.denied:
        return at.claim("lacks") if licensed else None
    told = at.scope.mine or not at.sentence.mentions_a_question
    near = at.length_near and (at.scope.mine or not at.sentence.asks)
    return at.claim("has") if (licensed and told) or near or _listed(at) or _opening(at) else None


def _listed(at: At) -> bool:
    """One of a list of short things told, "planner, MSc, PMP", with no verb."""
    if not at.alone:
        return False
    if at.scope.mine:
        return not any(n.own_verb and n.id == "team_lead" and n.start < at.named.start for n in at.inside)
    return not at.sentence.mentions_a_question and at.fragment and (len(at.text.split()) > 3 or len(at.inside) > 1)


def _opening(at: At) -> bool:
    """The sentence opens with the title, and a length or a place of work follows."""
    return at.opens and not at.sentence.asks and (at.length_follows or _JOB_AFTER.match(at.after) is not None)
