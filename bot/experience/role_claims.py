"""What is claimed of a role."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.experience.surroundings import At, Claim, reaches
from bot.experience.work_claims import speaks_in_general

_ROLE_LICENCE = re.compile(
    r"\b(?:i'm|i am|am|i was|was|i've been|have been|been|being|became|have become|i serve"
    r"|as(?! (?:well|long|soon|much|good)\b)|moved (?:up )?(?:in)?to|promoted to|worked"
    r"|working|acting|employed|former|formerly|ex|previous|previously|current|currently|now"
    r"|presently|turned|plus|then|since|experienced|seasoned|retired|"
    r"(?:title|role|position|post|job|experience|background)(?: is| was| of| as|:)|mine is"
    r"|(?:made|appointed|hired|promoted) me|i (?:said|meant|mean)|i(?:'ve)? (?:have|had|got"
    r"|landed|took|held|hold|started)(?: been)?|i've|from|like|still|just|not(?= (?:an?|yet) )|title is|it was"
    r"|spent|(?:did|done|do)(?= \d|[ ,]+as)|into|back (?:to|as)|(?:more|kind|sort) of|(?:title|cv|contract|badge|profile|linkedin) says|stay|remain|staying)(?![\w'])"
)
_JOB_AFTER = re.compile(
    r"\s*(?:(?:role|job|position|title|post|gig|here)\b|by (?:trade|profession|training|day)|\("
    r"|(?:at|in|for) (?:a|an|the|my)\b|,\s*(?:\d|one|two|three|four|five|six|seven|eight|nine"
    r"|ten)|@|\||(?:at|@) [\w&]+(?: [\w&]+){0,3}\s*(?:[,.;|]|$)|myself|turned|to\b|with (?:over |more than |a |\d|\w+ years)|who|looking|wanting"
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
    r"\b(?:gone|went|moved|promoted|transitioned|switched|jumped|pivoted|progressed|grown|grew|risen|rose|climbed|worked my way)"
    r"(?: up)? from [^.?!]{1,40} to (?:an? |the )?$"
)
_CERTIFIED_BEFORE = re.compile(r"\bcertified\b(?:[\s,]*(?!(?:i|with|and i|over|currently)\b)\w+){0,9}\s*$")


_WANTED_AFTER = re.compile(
    r"(?: (?!and|but|so|who|because|if|when|for)\w+){0,2}?,? (?:(?:is|would be|that's) )?(?:(?:where|what|the one|the job|the role|which|that) )?(?:that )?"
    r"i(?:'d| would)? (?:(?:really|actually|truly|always|most|eventually|ultimately) )*(?:want|like|love|dream|aim|am after)\b"
)
_NO_MORE_AFTER = re.compile(r"[^.?!,;]{0,30}?\b(?:any ?more|any longer|for ever|forever|all my life)\b")
_ENTERED = re.compile(r"\b(?:before|prior to) (?:\w+ ){0,4}?(?:into|to being|becoming) (?:(?:a|an|the|my) )?$")
_AIMED = re.compile(
    r"\b(?:for|to be|to become|towards?|(?:train\w*|stud\w*|qualify\w*) (?:\w+ )?as) (?:(?:an?|the|my first) )?(?:\w+ )?$"
)
_POST = re.compile(r"\b(?:for|about) (?:the|a|an) (?:role|post|position|job)(?: of| as)? (?:an? )?$")
_STARTED_FROM = re.compile(
    r"(?<!advice )(?<!help )(?<!hear )(?<!learn )(?<!support )(?<!feedback )\bfrom (?:(?:a|an|the|being|my) )*$"
)
_DOING = re.compile(r"\b(?:doing|done|did|do|years in|year in|months in) $")
_QUIT = re.compile(
    r"\b(?:left|leaving|quit|quitted|gave up|(?:laid off|let go|fired|redundant|resigned|retired) (?:from|as))"
    r" (?:(?:my|the|a|being|an|in) )*$"
)
_DECLINED = re.compile(
    r"\b(?:turned down|declined|rejected|refused|missed out on|passed over for) (?:(?:a|an|the|my) )?(?:\w+ )?$"
)
_JOINED = re.compile(r"(?:[,;]|\band|\bthen|&|\bplus)(?: (?:and|then|also|later|finally|previously))* an? (?:\w+ )?$")
_WORDS_OF_PLACE = re.compile(r"(?:[,;\s]*(?:(?:at|in|for|with|of|on|the|a|an|and|then|also|by|,) )*[\w.&'-]+){0,9}\W*")
_EXPERIENCE_AFTER = re.compile(r"\s*(?:experience|background)\b")
_HAS_ONE = re.compile(r"\bi(?:'ve)? (?:have|had|got) (?:a|an|one|two|three|our|the) (?:\w+ )?$")
""" "I have a planner" is of someone else."""
_JOB_WORD = re.compile(r"\s*(?:roles?|job|position|title|post|hat|background|experience|career|degree)\b")
_ON_MY_TEAM = re.compile(r"\s*(?:in|on|under|for) (?:my team|our team|me\b)|\s*(?:reports|reporting) to me")
_ASKS_OF_ME = re.compile(r"\b(?:am|do|can|could|should|would|will) i\b")
_KEEPS = re.compile(
    r"\b(?:stay|staying|remain|remaining|stop being|quit being|tired of being|sick of being|done being) (?:as )?(?:an? |the )?$"
)
_NEXT_AFTER = re.compile(r"\s*(?:is |comes )?next\s*(?:[.?!,]|$)")
_MY_YEARS = re.compile(r"\bmy (?:\S+ ){1,2}(?:years|months) (?:as|of|in) (?:an? )?$")
_REPORTS = re.compile(r"\b(?:report(?:s|ing|ed)?|answer(?:s|ing)?) (?:directly |in )?to (?:\w+ ){0,2}$")


def role_claim(at: At) -> Claim | None:
    """A title held, lacked or, as a goal, wished. "Certified Scrum Master" is a certification."""
    if _WANTED_AFTER.match(at.after):
        return at.claim("wants", "goal", at.named.id)
    if _NEXT_AFTER.match(at.after) and at.scope.mood in ("", "asked", "told"):
        return at.claim("wants", "goal", at.named.id)
    if _REPORTS.search(at.before) or _DECLINED.search(at.before) or _no_wish_for_a_post(at):
        return None
    if at.named.id == "other" and _EXPERIENCE_AFTER.match(at.after) and re.search(r"ing$|^sales$|^hr$", at.words):
        return at.claim("has", "experience", "other") if at.scope.mine and at.scope.mood == "told" else None
    if _ENTERED.search(at.before) and re.search(r"\bi\b", at.text):
        return at.claim("has")
    if _QUIT.search(at.before) and at.scope.mine and not at.denied:
        return replace(at.claim("has"), current=False)
    if _SECTOR.search(at.before) and at.named.id == "other" and not at.asked and at.scope.mine and not at.denied:
        return at.claim("has") if at.scope.mood == "told" else None
    if _left_behind(at):
        return at.claim("has")
    if _certified_title(at):
        told = at.scope.mine and not at.denied and at.scope.mood == "told"
        return at.claim("has", "certification", "scrum") if told else None
    if at.scope.mood == "wished":
        if _STARTED_FROM.search(at.before) and at.text[at.scope.since : at.place].strip():
            return at.claim("has")
        if _KEEPS.search(at.before):
            return at.claim("has")
        if at.denied and _NO_MORE_AFTER.match(at.after):
            return at.claim("has")
        if at.length_near and re.search(r"\b(?:with|having|after)(?: only| just| my)?[, ]+$", at.bare):
            return at.claim("has")
        return at.goal(at.named.id)
    if _OWNED.search(at.before) and not at.named.own_verb and not re.search(r"\bas (?:\w+ ){0,3}$", at.before):
        return None
    if at.words == "pm" and _DOING.search(at.before):
        return at.claim("has", "experience", "direct_delivery") if at.scope.mine and not at.asked else None
    if at.scope.mood == "studied" and not (at.named.own_verb and at.before.endswith("while ")):
        aimed = _AIMED.search(at.text[: at.place]) and not at.scope.asking
        return at.claim("wants", "goal", at.named.id) if aimed else None
    if at.scope.mood == "lapsed":
        return replace(at.claim("has"), current=False) if not at.denied else None
    return _from_one_to_another(at) or _held(at)


_NO_TITLE = frozenset(
    "a an the my our your his her their of for to with by from no not he she they we you it this that".split()
)


def _no_wish_for_a_post(at: At) -> bool:
    return at.scope.mood != "wished" and _POST.search(at.before) is not None


def _left_behind(at: At) -> bool:
    """The role one moves from: "from analyst to manager", "get out of teaching"."""
    if at.scope.mood == "wished" and _LEFT.search(at.before):
        return True
    moves = _FROM.search(at.before) and re.match(r"[^.?!]{0,30}?\b(?:to|into)\b", at.after)
    return bool(moves) and (at.scope.mine or not at.sentence.asks or at.text.startswith("from "))


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
    if reached and first is not at.named and first.kind == "role" and first.start < at.sentence.start + 8:
        return at.claim("wants", "goal", at.named.id)
    return None


def _held(at: At) -> Claim | None:
    licensed = at.named.own_verb or reaches(_ROLE_LICENCE, at.bare, 4)
    if at.asked:
        opening = re.match(r"\W*as an? ", at.text) and licensed and "," in at.after
        apposed = re.search(r"\bi, (?:as )?an? (?:\w+ ){0,3}$", at.before)
        after_years = re.search(r"\b(?:after|my) (?:\w+ )?[, ]*(?:as|of|in) (?:an? )?$", at.bare)
        mine = at.scope.mine or _MY_YEARS.search(at.before) or (after_years and re.search(r"\b(?:i|me|my)\b", at.text))
        return at.claim("has") if opening or apposed or (mine and at.length_near) else None
    if at.denied and " enough " in at.text[at.scope.denied_at or 0 : at.place]:
        return None  # "not strategic enough to lead the portfolio"
    if _HAS_ONE.search(at.before) and not _JOB_WORD.match(at.after) or _ON_MY_TEAM.match(at.after):
        return None
    if at.denied:
        return at.claim("lacks") if licensed else None
    told = at.scope.mine or not at.sentence.mentions_a_question
    near = at.length_near and (at.scope.mine or not at.sentence.asks or _ASKS_OF_ME.search(at.after) is not None)
    if speaks_in_general(at):
        return None
    held = (licensed and told) or near or _listed(at) or _opening(at) or _apposed(at) or _joined(at) or _headline(at)
    return at.claim("has") if held else None


def _apposed(at: At) -> bool:
    """ "I, a humble analyst, ask"."""
    return re.search(r"\b(?:i|myself), (?:as )?an? (?:\w+ ){0,3}$", at.before) is not None


def _joined(at: At) -> bool:
    """One more of a row: "I worked as a planner at A, an analyst at B and a lead at C"."""
    earlier = [n for n in at.inside if n.kind == "role" and n.end <= at.named.start]
    if not earlier or not at.scope.mine or at.scope.mood != "told" or not _JOINED.search(at.before):
        return False
    before = At(earlier[-1], at.inside, at.durations, at.sentence)
    between = at.text[earlier[-1].end - at.sentence.start : at.place]
    if earlier[-1].plural or before.scope.since != at.scope.since or not _WORDS_OF_PLACE.fullmatch(between):
        return False
    claim = _held(before)
    return claim is not None and claim.polarity == "has"


def _headline(at: At) -> bool:
    """A sentence that is a title with at most three words before it, in a message that has others."""
    words = re.findall(r"[a-z']+", at.before)
    return (
        not at.sentence.whole
        and not at.sentence.heads
        and not at.sentence.asks
        and not at.after.strip(" .")
        and len(words) <= 2
        and not (set(words) & _NO_TITLE)
    )


def _listed(at: At) -> bool:
    """One of a list of short things told, "planner, MSc, PMP", with no verb."""
    if not at.alone or any(n.plural and n.end <= at.named.start for n in at.inside):
        return False
    if at.scope.mine:
        return not any(n.own_verb and n.id == "team_lead" and n.start < at.named.start for n in at.inside)
    return not at.sentence.mentions_a_question and at.fragment and (len(at.text.split()) > 3 or len(at.inside) > 1)


def _opening(at: At) -> bool:
    """The sentence opens with the title, and a length or a place of work follows."""
    if not at.opens or at.sentence.asks:
        return False
    told = at.scope.mine or not at.sentence.mentions_a_question
    return at.length_follows or (told and _JOB_AFTER.match(at.after) is not None)
