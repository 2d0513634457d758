"""Moves between roles: what was left, entered, kept or risen from."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.experience.durations import COUNT
from bot.experience.surroundings import At, Claim

_LEFT = re.compile(
    r"\b(?:get|getting|like|love|want|move|moving|transition|transitioning|break|breaking|switch"
    r"|switching) (?:out of|away from) (?:(?:my|the|a|being|an) )*$|\b(?:leave|leaving|quit"
    r"|quitting|escape) (?:(?:my|the|a|being|an) )*$"
)
_NOT_GIVEN = r"(?<!advice )(?<!feedback )(?<!support )(?<!help )"
"""What others gave comes "from" them; nobody moves away."""
_FROM = re.compile(
    rf"(?<!request ){_NOT_GIVEN}\bfrom (?:(?:a|an|the|being|my|role|job|of|position|current|present)\s)*(?:\w+ )?$"
)
_ROSE = re.compile(
    r"\b(?:gone|went|moved|promoted|transitioned|switched|jumped|pivoted|progressed|grown|grew|risen|rose|climbed"
    r"|worked my way)"
    r"(?: up)? from [^.?!]{1,40} to (?:an? |the )?$"
)
_FROM_TO = re.compile(r"(?:^|[:;,] ?)from [^.?!]{1,40} to (?:an? |the )?$")
_SO_LONG_FROM = re.compile(rf"\b{COUNT} (?:years|months) from [^.?!]{{1,40}} to (?:an? |the )?$")
_IN_SO_LONG = re.compile(r" in (?!how\b)(?:\w+ ){1,2}(?:years|months)\b")
_REACHED = re.compile(r"(?:\bto|\binto|→|->|>) (?:a |an |the )?(?:\w+ )?$")
_ENTERED = re.compile(r"\b(?:before|prior to) (?:\w+ ){0,4}?(?:into|to being|becoming) (?:(?:a|an|the|my) )?$")
_QUIT = re.compile(
    r"\b(?:left|leaving|quit|quitted|gave up|(?:laid off|let go|fired|redundant|resigned|retired) (?:from|as))"
    r" (?:(?:my|the|a|being|an|in) )*$"
)
_STARTED_FROM = re.compile(rf"(?<!hear )(?<!learn ){_NOT_GIVEN}\bfrom (?:(?:a|an|the|being|my) )*$")
_KEEPS = re.compile(
    r"\b(?:stay(?: on)?|staying(?: on)?|remain|remaining|stop being|quit being|tired of being|sick of being"
    r"|done being) (?:as )?(?:an? |the )?$"
)
_NO_MORE_AFTER = re.compile(r"[^.?!,;]{0,30}?\b(?:any ?more|any longer|for ever|forever|all my life)\b")
_STEPPED = re.compile(
    r"\b(?:took|taken|made|did) (?:(?:a|an|the|my) )?(?:\w+ ){0,2}?(?:steps?|leap|jump|move|demotion"
    r"|promotion)(?: \w+)? (?:in)?to"
    r" (?:work as |being )?(?:an? |the )?(?:\w+ )?$"
)
""" "I took a step down to analyst": done, though a step is most often one wished for."""
_RANGING = re.compile(
    r"\b(?:roles?|jobs?|positions?|hats?)\b[^.;?!]{0,30} from [^.;?!]{1,30} (?:to"
    r"|through) (?:an? )?$"
)
""" "Roles ranging from developer to scrum master": both were held."""
_TAUGHT_AFTER = re.compile(r" (?:taught|gave|showed|made|helped|has (?:taught|given|made|helped))\b")
_BECAME = re.compile(
    r"\b(?:was|been|worked|spent)\b[^.;]{1,60}\bbefore becoming (?:an? )?(?:\w+ ){0,4}$|"
    r"\b(?:after [^.;,]{0,40}|(?:stop|stopped|keep|kept|prevent\w*) me from )\bbecoming (?:an? )?(?:\w+ )?$"
    r"|\b(?:started|began)\b[^.;]{0,80}\bprogressing from [^.;]{1,40} to (?:an? )?$"
    r"|\b(?:in (?:19|20)\d\d|(?:after|upon|following) [^.,;]{1,40}),? i accepted [^.;]{1,60}\bas (?:an? )?"
    r"(?:\w+ ){0,2}$"
)
_GERUND = re.compile(r"^\W*\w+ing (?:from|into|to)\b")
""" "Moving from analyst to planner taught me ...": done."""
_WITH_YEARS = re.compile(r"\b(?:with|having|after)(?: only| just| my)?[, ]+$")


def moved(at: At) -> Claim | None:
    """The role a move starts from, or one entered before something else: held, now or once."""
    if _ENTERED.search(at.before) and re.search(r"\bi\b", at.text):
        return at.claim("has")
    if _QUIT.search(at.before) and at.scope.mine and not at.denied:
        return replace(at.claim("has"), current=False)
    ranging = _RANGING.search(at.before) and not at.sentence.asks and at.scope.mood in ("", "told")
    return at.claim("has") if ranging or _left_behind(at) else None


def held_beside_a_wish(at: At) -> bool:
    """Said in the breath of a wish, yet held: "become director from programme manager", "stay a planner"."""
    started = _STARTED_FROM.search(at.before) and at.text[at.scope.since : at.place].strip()
    no_more = at.denied and _NO_MORE_AFTER.match(at.after)
    done = _GERUND.match(at.text) and _TAUGHT_AFTER.match(at.after)
    years = at.length_near and _WITH_YEARS.search(at.bare)
    return bool(
        started
        or _KEEPS.search(at.before)
        or _STEPPED.search(at.before)
        or no_more
        or years
        or done
        or _BECAME.search(at.before)
    )


def _left_behind(at: At) -> bool:
    """The role one moves from: "from analyst to manager", "get out of teaching"."""
    if at.scope.mood == "wished" and _LEFT.search(at.before):
        return True
    moves = _FROM.search(at.before) and re.match(r"[^.?!]{0,30}?\b(?:to|into)\b", at.after)
    return bool(moves) and (at.scope.mine or not at.sentence.asks or at.text.startswith("from "))


def from_one_to_another(at: At) -> Claim | None:
    """A message that opens "planner to project manager": held, and wished."""
    following = next((n for n in at.inside if n.start >= at.named.end), None)
    if at.opens and re.match(r"\s*(?:to|into|→|->|>) ", at.after) and following and following.start < at.named.end + 20:
        return at.claim("has")
    if at.scope.mine and not at.asked and _ROSE.search(at.before):
        return at.claim("has")
    rose = _FROM_TO.search(at.before) and _IN_SO_LONG.match(at.after)
    if not at.sentence.asks and (rose or _SO_LONG_FROM.search(at.before)):
        return at.claim("has")
    first = at.inside[0]
    reached = not at.before.endswith(("turned into a ", "turned into an ")) and _REACHED.search(at.before)
    if reached and first is not at.named and first.kind == "role" and first.start < at.sentence.start + 8:
        return at.claim("wants", "goal", at.named.id)
    return None
