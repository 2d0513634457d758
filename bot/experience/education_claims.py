"""What is claimed of an education."""

from __future__ import annotations

import re

from bot.experience.scope import PAST
from bot.experience.surroundings import I_HAVE_AFTER, UNDER_WAY, At, Claim

_AHEAD = re.compile(
    r"\b(?:i start|i'll start|starting|will start|i begin|beginning|and begin|and start) (?:a|an"
    r"|my) (?:\w+ )?$"
)
_AFTER_IT = re.compile(
    r"\b(?:after|since) (?:finishing|completing|getting|doing|earning) (?:my|a|an) $"
    r"|\b(?:after|since) (?:graduating from|finishing|leaving|completing) $"
)
_MY = re.compile(
    r"(?<!get )(?<!finish )(?<!do )(?<!start )(?<!complete )(?<!doing )(?<!finishing )(?<!for )(?<!towards )"
    r"\bmy (?:\w+ )?$"
)
_WITH_IT = re.compile(r"^\W*with (?:a|an|my|only|just) ?(?:\w+ )?$")
""" "With a degree and five years, am I ...?" """
_GIVEN_UP_AFTER = re.compile(
    r"[^.;?!]{0,30}?, (?:dropped (?:it|out)|quit|abandoned|gave (?:it )?up|withdrew|left it)\b"
    r"|,? (?:that |which )?i (?:\w+ )?(?:abandoned|gave up|dropped|never finished|didn't finish|quit|failed"
    r"|left unfinished)\b"
)
_EXPECTED = re.compile(
    r"\b(?<!after )(?<!since )(?<!before )finishing(?: (?:a|my|the))? $|\bi (?:will )?finish (?:a|my) $"
    r"|\b(?:expecting"
    r"|expect to (?:get|finish|complete|receive)|due to (?:get|finish|complete)"
    r"|in pursuit of|returned to (?:college|university|school) for) (?:my|a|an) $|\battending (?:\w+ ){0,3}$"
)
_DONE = re.compile(r"graduated|finish|complet|studied|dropped|went|never|didn't")
_BESIDE_IT = re.compile(r"\b(?:alongside|before (?:starting|beginning)) my $")
_STUDENT_AFTER = re.compile(
    r"(?: (?:degree|programme))?(?: (?:in|of)(?: (?!and\b|i\b)\w+){1,4}?)?(?: student\b(?! (?:loan|debt|job))"
    r"| candidate\b)"
)
_ENDS_LATER = re.compile(
    r" (?:finishes|ends|will (?:be finished|finish|end)|is (?:nearly|almost) (?:done|finished|over)"
    r"|is due to (?:finish|end))\b"
)
""" "My apprenticeship finishes in August"."""
_GOING_ON = re.compile(
    rf"\s*\(?(?:degree |course |studies )?(?:is |are )?(?:still )?(?:{UNDER_WAY}|part done|nearly done|almost done)\b"
    r"|(?: of| in)?(?: \w+){0,3},? (?:first|second|third|final|last) (?:semester|term)\b"
)
_CREDITS = re.compile(r"\b(?:credits?|units) (?:towards?|for) (?:(?:a|an|my) )?$")
_WORKS_AT = re.compile(
    r"\b(?:teach\w*|work\w*|job|manager|teacher|head) [^.;]{0,40}\bat (?:a|an|the|my"
    r"|our) (?:\w+ )?$"
)
_ENROLLED_AFTER = re.compile(r"[^.;?!]{0,70}\b(?:currently|presently|now|still) enrolled\b")
_UNFINISHED = re.compile(r".*dropped out|never finished|didn't finish")


_NOT_THIS = re.compile(
    r"\b(?:another|extra|any|which|what|whose|that|this|some|their|your|his|her|associate"
    r"|to a|some degree|360|one)(?: \w+)? $"
)
_LEFT_OFF = re.compile(
    r"\b(?:half finished|unfinished|abandoned|incomplete) (?:\w+ ){0,2}$"
    r"|\b(?:half|two thirds|part|most) (?:of )?(?:a|my) (?:\w+ )?$"
    r"|\b(?:quit|left|dropped out of|dropping out of|gave up"
    r"|abandoned) (?:my|a|an|the) $"
)
_NEVER_DONE_AFTER = re.compile(
    r"(?: in \w+(?: \w+)?)?,? (?:not (?:finished|completed)|(?:was "
    r"|is )?(?:never finished|never completed|unfinished|abandoned))\b"
)
_YEAR_OF = re.compile(r"\b(?:first|second|third|final|last) year (?:of|in) (?:a|an|my|the) $")
_ADVERT = re.compile(r"\b(?:asks?|asking|asked|calls?|calling|advertis\w+) for\b[^.;]*$")
_NO_EDUCATION_AFTER = re.compile(
    r"\s*(?:apprentice|level (?:job|role)|programme|students\b|teachers?\b|kids\b|pupils\b)"
)
_BROUGHT = re.compile(r"(?<!more )(?<!better )(?<!easier )\bwith (?:(?:a|an|my|only|just) )*(?:\w+ ){0,3}$")
""" "Can I get in with a degree in English?": asked about the wish, told of the degree."""
_SPOKEN_OF = re.compile(
    r"\b(?:need|require\w*|ask for|years of|worth|for|towards?|than|versus|or|before|get|getting"
    r"|student at|teach\w*|in) (?:a |an |the |my )?(?:\w+ ){0,2}$"
)
_SUBJECT_AFTER = re.compile(r"\s*(?:in|from(?! my\b)) |(?: \w+){0,2} (?:done|completed|finished)\b")
_HELD = re.compile(r"\b(?:i have|i've|i did|graduated|hold|for my|got)\b")
_ASKS_OF_ME = re.compile(r"\b(?:am|do|can|could|should|would|will) i\b")


def education_claim(at: At) -> Claim | None:
    """Finished, lacked, going on, or wished."""
    if _NO_EDUCATION_AFTER.match(at.after) or any(p.search(at.before) for p in (_CREDITS, _WORKS_AT, _NOT_THIS)):
        return None
    if at.words.startswith("studying "):
        return at.claim("studying") if not at.asked and not at.denied else None
    other = any(n.kind == "education" and n is not at.named for n in at.inside)
    if _ADVERT.search(at.before) or (other and at.words == "graduated"):
        return None  # "graduated as a master" names the degree
    if _YEAR_OF.search(at.before) and at.scope.mine and not at.asked and not at.denied:
        return at.claim("studying")
    if _GIVEN_UP_AFTER.match(at.after) or _NEVER_DONE_AFTER.match(at.after) or _LEFT_OFF.search(at.before):
        return at.claim("lacks") if not at.asked else None
    going_on = (_GOING_ON.match(at.after) or _ENROLLED_AFTER.match(at.after)) and not at.asked
    if going_on or (_MY.search(at.before) and _ENDS_LATER.match(at.after)):
        return at.claim("studying")
    told = at.scope.mine or not (at.scope.third or at.sentence.mentions_a_question)
    going_to = (_EXPECTED.search(at.before) and at.scope.mine) or (_student(at) and told)
    if (going_to or _BESIDE_IT.search(at.before)) and not at.asked and not at.denied:
        return at.claim("studying")
    if _AHEAD.search(at.before) and not at.denied and not at.asked:
        return at.claim("wants") if at.scope.mine else None
    if _plainly_mine(at):
        return at.claim("has")
    if at.denied or _UNFINISHED.match(at.words):
        return at.claim("lacks") if at.scope.mine or not at.asked else None
    return _by_mood(at)


def _student(at: At) -> bool:
    """ "I'm an MBA student", "a second year engineering student"; not one who was."""
    named = at.words.endswith(("student", "undergraduate", "university", "college")) and not _DONE.match(at.words)
    student = named or _STUDENT_AFTER.match(at.after) is not None
    return student and at.scope.mood in ("", "told") and PAST.search(at.before) is None


_USED = re.compile(r"\b(?:use|using|util\w+|apply|applying|put|leverage) my $")
""" "A job in which to use my degree": it is held."""


def _plainly_mine(at: At) -> bool:
    used = at.scope.mood == "wished" and _USED.search(at.before)
    mine = _MY.search(at.before) and (used or at.scope.mood in ("", "told")) and not at.denied
    return bool(mine or (_AFTER_IT.search(at.before) and at.scope.mood != "supposed"))


def _by_mood(at: At) -> Claim | None:
    since = at.text[at.scope.since : at.place]
    if at.scope.mood in ("asked", "wished") and at.scope.mine and _BROUGHT.search(since):
        return at.claim("has")
    if at.asked:
        mine = at.words.startswith("my ") or _MY.search(at.before)
        return at.claim("has") if mine or I_HAVE_AFTER.match(at.after) else None
    if at.scope.mood == "studied":
        return at.claim("studying")
    if at.scope.mood == "wished":
        return at.claim("wants")
    return at.claim("has") if _told(at) else None


def _told(at: At) -> bool:
    if I_HAVE_AFTER.match(at.after):
        return True
    if _SPOKEN_OF.search(at.bare) and not _HELD.search(at.bare):
        return False
    if _WITH_IT.search(at.before) and _ASKS_OF_ME.search(at.after):
        return True
    if not at.scope.mine and at.sentence.mentions_a_question:
        return False
    in_a_list = len(at.inside) > 1 and not any(n.plural for n in at.inside)
    by_itself = at.opens and not at.sentence.whole and not at.sentence.asks and len(at.after.split()) <= 3
    subject = _SUBJECT_AFTER.match(at.after) or re.search(r"\bgraduated\b", at.before)
    return bool(at.scope.mine or at.alone or in_a_list or by_itself or subject)
