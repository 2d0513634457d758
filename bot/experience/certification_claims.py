"""What is claimed of a certification."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.experience.certification_states import MINE, behind, stated
from bot.experience.names import ANY_PAPER
from bot.experience.surroundings import UNDER_WAY, At, Claim, reaches

_CERT_LICENCE = re.compile(
    r"\b(?:have|i've|had|hold|holds|got|gained|passed|earned|obtained|completed|achieved"
    r"|cleared|finished|possess|received|holding|earning|passing|certified|did|done|i'm|i am"
    r"|am|as|with|became|become|attained|took|since|also|plus|already|now|qualified|renewed|renew"
    r"|maintain|my|holders? of|finally)(?![\w'])"
)
_NOT_YET = re.compile(
    r"\b(?:have to|had to|got to|need to|must|should|will|can|could|may|about|how to|going to"
    r"|before|get|getting|take|taking|do|doing|pursue|pursuing|go for|going for|start|sit"
    r"|attempt|for|than|(?<!holder )of|between|require\w*|wants?|asks? for|worth|heard of"
    r"|about) (?:(?:the|a|an|my|your|their|both|of)\s?)*(?:\w+ )?$"
)
_CERTIFIED_AFTER = re.compile(
    r"\s*[®™]?\s*\)?\s*(?:✅|✔|☑|certified|qualified|accredited|holder|certification holder"
    r"|credentialed|(?:is )?mine\b|since|from (?:19|20|a|my|when|way back|long ago)|(?:came |did |done "
    r"|got )?in (?:19|20)\d\d"
    r"|(?:(?:is|are|was|were|both|all|now|already|finally|foundation|practitioner|exam) )*(?:done|passed"
    r"|obtained|achieved)"
    r"|on my own (?:dime|money|time)\b|(?:certification|exam)? ?(?:in hand|under my belt)|\(?(?:19|20)\d\d\)?)"
)
_CERT_FAILED_AFTER = re.compile(
    r",?\s*(?:exam )?(?:last \w+ |twice |in \d+ )?(?:but |and )?(?:i )?(?:then )?(?:didn\'t pass"
    r"|did not pass|(?:application )?(?:was |got )?(?:rejection|rejected|refused)\b|failed(?! (?:the|my|at"
    r"|to)\b)|which i failed|twice failed|flunked|not yet|i never (?:finished"
    r"|passed|got|took|sat|did) it)\b"
)
_CERT_PASSED_AFTER = re.compile(
    r"\s*(?:exam |test |certification )*(?:(?:was|is) )?(?:passed|done|obtained|cleared|in the bag)\b"
)
_APPLIED_AFTER = re.compile(
    rf"\s*application (?:is |was |has been |now |already |got |being )*(?:{UNDER_WAY}|submitted|sent|filed"
    rf"|approved|accepted"
    r"|audited"
    r"|pending)\b"
)
_AHEAD_AFTER = re.compile(r"\s*(?:is|comes|will be) (?:still |yet |the |my )*(?:ahead|to come|next|later)\b")
_CLASS_AFTER = re.compile(
    r"\s*(?:certification |exam |prep(?:aration)? |training |online |foundation |practitioner )*"
    r"(?:courses?|training|boot ?camps?|workshops?|class(?:es)?|e ?learning|seminar|webinar|books?)\b"
)
_SAT_BEFORE = re.compile(r"\b(?:sat|took|taken|take|wrote|retook|had a go at|had|did) (?:for )?(?:(?:the|my|a|an) )?$")
_EXAM_AFTER = re.compile(r"\s*(?:certification )?(?:exam|test|paper)\b")
_BARE_NOTE = re.compile(r"(?:^|[,;.(/&+]|\band) ?(?:no|zero|without|w/o|none)$")
"""In a list, "zero certs" tells that nothing is to be told."""
_WEIGHED = re.compile(
    r"\b(?:thinking (?:of|about)|considering|contemplating)(?: (?:doing|getting|taking|going for|the|a|my|either"
    r"|maybe))*[ ,]+"
    r"(?:(?:or|and)[ ,]+)?$"
)
_LACKED_PAPER = re.compile(
    r"(?:no|not|n't|never|without|lack\w*|none|zero|nor|neither) (?:(?:have|hold|got|get|any|a|an|one|single"
    r"|formal|official"
    r"|professional|relevant|project|management|pm|pmi|done|taken|printed|real|proper|other|yet|my|been|in|hav"
    r"|much|did|do|does) )*$"
)
_NO_LACK = re.compile(
    r"^ (?:\w+ )?(?:understand|know|see|get (?:what|why|how)|need|want|think|believe|care|like|trust|sure)\b"
)
""" "I don't see what PfMP is for" tells nothing of holding it."""
_EXAM_AHEAD = re.compile(
    r"^[^.?!;]{0,40}\b(?:exam|test) (?:is |date |booked )*(?:on (?:the|mon|tue|wed|thu|fri|sat|sun)|next|tomorrow"
    r"|in (?:a|two|three|\d))"
)
_RENEWED = re.compile(r"\b(?:renew|renewed|renewing|maintain|maintaining|recertify) (?:the|my) $")
_EXPERIENCE_WITH = re.compile(r"\bexperience (?:with|in|of|using) $")
_CERTIFIED_TITLE = re.compile(r"certified scrum|scrum master cert")
"""With a house's own paper beside it, "certified scrum master" says what that is."""
_STARTING = re.compile(r"(?:^|[,;] ?)(?:now )?(?:starting|i'm starting) (?:(?:the|my|a|on) )*$|\bi sit (?:the|my) $")
_THEN_AFTER = re.compile(
    r"\s*(?:after that|afterwards|next)\b"
    r"(?!\s+(?:i|we|to|week|month|year|spring|summer|autumn|fall|winter|monday|friday)\b)"
)
_WEIGHS = re.compile(r"\b(?:help me|pick|choose|choosing|decide|either)\b")
_DOING = re.compile(r"(?:^\W*|[,;] ?)(?:(?:now|currently) )?doing (?:(?:the|my|a) )?$")
_BECAUSE_NO = re.compile(r"\b(?:because|becuase|becouse|since|as|but)(?: of| i have)? no $")
_OR_ELSE = re.compile(r" or (?:\w+ )?$")
_SPEAKS_OF_THEM = re.compile(r"\b(?:they|these|those|both|all of them|each)\b")
_ONLY_ONE = re.compile(r"\bonly (?:certification|paper|badge|qualification)(?: i have)? is (?:(?:a|an|my|the) )?$")
_PAPERS = (" certification", " certifications", " diploma")
"""One that stands in no list is told of only where nothing is asked."""
_BEING_TAKEN = re.compile(
    r"\b(?:acquiring|getting|completing|finishing|pursuing|doing|attending [^.;]{1,40} to get) my $"
    r"|\bdoing (?:(?:my|a|an|the) )?$"
)
_UPPER_LEVEL = re.compile(r" (?:ii|iii|2|3)\b")
_VAGUE = (
    ("csm", "scrum", re.compile(r"scrum ?master cert")),
    ("itil-foundation", "itil", re.compile(r"itil certif\w+$")),
)
"""Words that ask for one paper and, of one that is held, tell only the family."""
_BY_ISSUER = re.compile(r"\b(?:through|by|from|with|via|at|of) (?:the )?$")
_PAPER = re.compile(r"certif|qualif|accredit|\bexam|member")
_NO_PAPER_AFTER = re.compile(
    r"\s*(?:(?:local )?(?:branch|committee)\b|practices\b|principles\b|methodolog|ceremonies\b|values\b"
    r"|processes\b|style\b|thinking\b"
    r"|like thinking|forms?\b|essays?|paperwork|framework|handbook|study group|community"
    r"|chapter|trainer|instructor"
    r"|(?:plans?|dreams?|ambitions?|hopes?|attempts?|aspirations?)\b"
    r"|coach\b|boot ?camp|course provider|tool|software|team|manager|meeting|job)"
)


def certification_claim(at: At) -> Claim | None:
    """Held, lacked, studied, lapsed, or wished. One that is only asked about, or sat with no result told, is none."""
    claim = _claimed(at)
    if claim and claim.id in ("psm-1", "pspo-1") and _UPPER_LEVEL.match(at.after):
        return replace(claim, id="scrum")
    family = next((f for id_, f, words in _VAGUE if claim and claim.id == id_ and words.match(at.words)), None)
    return replace(claim, id=family) if claim and family else claim


def _claimed(at: At) -> Claim | None:
    if at.named.id == "other" and at.words in ANY_PAPER:
        return _any_paper(at)
    if at.named.id == "other" and at.words.endswith(_PAPERS):
        return _unlisted_paper(at)
    if _APPLIED_AFTER.match(at.after) or (MINE.search(at.before) and re.match(r"\s*application\b", at.after)):
        return None if at.asked or at.denied else at.claim("wants", "goal", at.named.id)
    if at.denied and at.words.startswith("project management qualification"):
        return at.claim("lacks", "certification", "other") if at.scope.mine and not at.asked else None
    if at.scope.mood == "told" and not at.denied and not _several(at) and _EXAM_AHEAD.search(at.after):
        return at.claim("studying")
    if at.wanted_after:
        return at.claim("wants", "goal", at.named.id)
    if _speaks_of_something_else(at):
        return None
    if begun := _begun(at):
        return begun
    if _CERT_FAILED_AFTER.match(at.after) and at.scope.mood not in ("wished", "asked"):
        return at.claim("lacks")
    if _sat(at) and not _CERT_PASSED_AFTER.match(at.after):
        return None
    return stated(at) or _by_mood(at)


def _begun(at: At) -> Claim | None:
    """ "Doing CAPM now", "starting MSP in May", "PMP after that"."""
    if at.asked or at.denied or at.scope.third or at.scope.mood not in ("", "told", "studied"):
        return None
    then = _THEN_AFTER.match(at.after) and not (at.sentence.mentions_a_question or _WEIGHS.search(at.before))
    if _STARTING.search(at.before) or then:
        return at.claim("wants", "goal", at.named.id)
    return at.claim("studying") if _DOING.search(at.before) else None


def _unlisted_paper(at: At) -> Claim | None:
    if at.sentence.mentions_a_question or _CLASS_AFTER.match(at.after):
        return None
    if not at.scope.mood and not at.scope.third and not at.denied:
        return at.claim("studying") if _BEING_TAKEN.search(at.before) and not at.opens else None
    if at.scope.mood == "told" and at.scope.mine and not at.denied:
        return at.claim("studying" if _BEING_TAKEN.search(at.before) else "has")
    return _by_mood(at)


def _any_paper(at: At) -> Claim | None:
    """ "I have no certifications": lacked, where the writer says so of themselves and names no other paper."""
    if not at.asked and _RENEWED.search(at.before):
        return at.claim("has")
    others = [n for n in at.inside if n.kind in ("certification", "education") and n is not at.named]
    note = _BARE_NOTE.search(at.text[: at.scope.denied_at or 0])
    near = _LACKED_PAPER.search(at.before)
    return at.claim("lacks") if at.denied and near and not at.asked and not others and not note else None


def _several(at: At) -> bool:
    return sum(n.kind == "certification" for n in at.inside) > 1


def _sat(at: At) -> bool:
    return at.scope.sat or bool(_SAT_BEFORE.search(at.before) and _EXAM_AFTER.match(behind(at)))


def _speaks_of_something_else(at: At) -> bool:
    specified = re.match(r"\s*\(", at.after) and any(
        0 < n.start - at.named.end <= 3 and n.kind == "certification" for n in at.inside
    )
    aimed = _in_row(at, at.before_in_row()) or (at.scope.mood in ("wished", "studied") and _several(at))
    named = _PAPER.search(at.text) and not _EXPERIENCE_WITH.search(at.before)
    answered = re.match(r"\s*[:=-]?\s*(?:yes|no|never)\s*(?:[.,;]|$)", at.after)
    asked = at.named.id == "other" and at.words.startswith(("chartered", "certified ")) and at.sentence.asks
    method = at.words in ("scrum", "safe", "apm") and not aimed and not named and not answered
    course = _CLASS_AFTER.match(at.after) and at.scope.mood != "studied" and not re.search(r"\bpass", at.before[-12:])
    ahead = _AHEAD_AFTER.match(behind(at)) and at.scope.mood != "wished"
    by_house = at.named.id in ("csm", "scrum") and any(n.id in ("psm-1", "pspo-1") for n in at.inside)
    issuer = at.words == "scrum alliance" and _several(at) and _BY_ISSUER.search(at.before)
    return bool(
        specified
        or asked
        or method
        or issuer
        or (by_house and _CERTIFIED_TITLE.match(at.words))
        or ahead
        or course
        or _NO_PAPER_AFTER.match(at.after)
    )


def _by_mood(at: At) -> Claim | None:
    if at.scope.mood == "studied":
        weighed = at.scope.asking and _OR_ELSE.search(at.text[at.scope.since : at.place])
        return at.claim("studying") if not at.denied and not weighed else None
    if at.scope.mood == "wished":
        if re.search(r"\bfrom (?:an? |the |my )?$", at.before):
            return None
        if re.match(r"\s*(?:certified|qualified)", at.after) and re.search(r"\bas an? (?:\w+ )?$", at.before):
            return at.claim("has")
        if at.denied and _BECAUSE_NO.search(at.before):
            return at.claim("lacks")
        return at.goal(at.named.id) if not at.scope.asking else None
    if at.asked:
        return None
    if _WEIGHED.search(at.bare) and not at.sentence.asks and not at.denied:
        return at.claim("wants", "goal", at.named.id)
    told = at.scope.mine or not at.sentence.mentions_a_question
    if at.denied and _NO_LACK.search(at.text[at.scope.denied_at or 0 : at.place]):
        return None
    if at.denied:
        return at.claim("lacks") if at.scope.mine or (told and not at.before.endswith(" to ")) else None
    return at.claim("has") if _told_held(at, told) else None


def _follows_another(at: At) -> bool:
    """One of a row is held only where the one before it is: "a comparison of MSP and PgMP" holds neither."""
    earlier = at.before_in_row()
    if earlier is None or earlier.named.id in ("apm", "scrum", "safe"):
        return False  # a body or a method, of which nothing is claimed
    return _in_row(at, earlier) and certification_claim(earlier) is None


def _in_row(at: At, earlier: At | None) -> bool:
    return earlier is not None and _ROW.fullmatch(at.since_name(earlier.named)) is not None


_ROW = re.compile(r"[\s,&/+]*(?:(?:and|or|plus|the|a|an) ?)*")
_ASKED_AFTER = re.compile(
    r"\s*(?:(?:certification|foundation|practitioner|level \w) )?(?:exams?|costs?|prices?|fees?|eligibility"
    r"|requirements?|renewal|syllabus|courses?|training|books?|salar(?:y|ies)|vs\.?|versus|value|validity|pdus?"
    r"|application|questions?"
    r"|dumps?|stud(?:y|ies)|prep\w*|pass mark|format|levels?|benefits?|worth)\b"
)
"""A heading such as "CAPM exam" asks, or names a subject; it claims nothing."""


def _told_held(at: At, told: bool) -> bool:
    licensed = reaches(_CERT_LICENCE, at.bare, 2) and not _NOT_YET.search(at.bare)
    licensed = licensed or _ONLY_ONE.search(at.before) is not None
    certified = _CERTIFIED_AFTER.match(at.after) or at.words.endswith(("certified", "qualified"))
    heading = not at.before.strip() and _ASKED_AFTER.match(at.after)
    bare = (at.sentence.whole or at.sentence.heads) and len(at.inside) == 1 and not at.lengths and not at.scope.mine
    # "CSM, ITIL 4 Foundation, half a course I never finished", and not "PRINCE2, Scrum; they all teach ..."
    amid = at.amid_a_story and not at.denied and _SPEAKS_OF_THEM.search(at.after) is None
    listed = (
        at.alone
        and not bare
        and not _follows_another(at)
        and not heading
        and not at.sentence.asks
        and (at.scope.mine or at.fragment or bool(at.lengths) or amid)
    )
    return told and bool((licensed and (at.scope.mine or not at.sentence.asks)) or certified or listed)
