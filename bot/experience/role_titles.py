"""A title held or lacked: told with a verb, in a list, at the head of a sentence, or with a length beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.experience.surroundings import At, Claim, reaches
from bot.experience.work_claims import speaks_in_general

_ROLE_LICENCE = re.compile(
    r"\b(?:i'm|i am|am|i was|was|i've been|have been|been|being|became|(?:have|i've|having) (?:\w+ ){0,3}become"
    r"|ended up|wound up|turned into|i serve"
    r"|as(?! (?:well|long|soon|much|good)\b)|moved (?:up )?(?:in)?to|promoted to|worked"
    r"|working|acting|employed|former|formerly|ex|previous|previously|current|currently|now"
    r"|presently|turned|plus|then|since|experienced|seasoned|retired|"
    r"(?:title|role|position|post|job|experience|background)(?: is| was| of| as|:)|mine is"
    r"|(?:made|appointed|hired|promoted) me|i (?:said|meant|mean)|i(?:'ve)? (?:have|had|got"
    r"|landed|took|held|hold|started)(?: been)?|i've|from|like|still|just|not(?= (?:an?|yet) )|title is|it was"
    r"|spent|(?:did|done|do)(?= \d|[ ,]+as)|into|back (?:to|as)|(?:more|kind|sort) of|(?:last|current|job"
    r"|official) (?:job )?title(?: is| was| of|:)?|(?:title|cv|contract|badge"
    r"|profile|linkedin) says|stay|remain|staying)(?![\w'])"
)
_TRADE = r"by (?:trade|profession|training|day)"
_JOB_AFTER = re.compile(
    r"\s*(?:(?:role|job|position|title|post|gig|here|these days)\b|with an? [^.]{0,40}background\b"
    rf"|{_TRADE}|\("
    r"|(?:at|in|for|on) (?:a|an|the|my)\b|,\s*(?:\d|one|two|three|four|five|six|seven|eight|nine"
    r"|ten)|@|since\b|\||(?:at|@) [\w&]+(?: [\w&]+){0,3}\s*(?:[,.;|]|$)|myself|turned|to\b|with (?:over "
    r"|more than |a |\d"
    r"|\w+ years)|who|helping|running|leading|building|covering|specialising|looking|wanting"
    r"|hoping|aspiring|seeking|trying|and (?:looking|want))"
)
_JOINED = re.compile(r"(?:[,;]|\band|\bthen|&|\bplus)(?: (?:and|then|also|later|finally|previously))* an? (?:\w+ )?$")
_JOINED_BARE = re.compile(r"\b(?:at|for|with|of|in) (?:\w+ ){1,3}(?:and|&) (?:\w+ ){0,3}$")
_FOR_A_PLACE = re.compile(r" (?:at|for|of|with|in) \w")
""" "Engineer at Acme and product owner for the tools": one more, with no article."""
_WHERE = re.compile(r"\b(?:in|at|within) (?:(?:an?|the) )?$")
""" "Team leader in a call centre": where the one works is not what else they are."""
_WORDS_OF_PLACE = re.compile(r"(?:[,;\s]*(?:(?:at|in|for|with|of|on|the|a|an|and|then|also|by|,) )*[\w.&'-]+){0,9}\W*")
_HAS_ONE = re.compile(r"\bi(?:'ve)? (?:have|had|got) (?:a|an|one|two|three|our|the) (?:\w+ )?$")
""" "I have a planner" is of someone else."""
_LEARNED_FROM = re.compile(
    r"\b(?:learn\w*|heard?|taught|understood|picked \w+ up|advice|tips|feedback|support|help) [^.;]{0,40}?"
    r"\b(?:from|by) (?:(?:an?|the|my) )?(?:\w+ )?$"
)
_LEAD = re.compile(
    r"\W*(?:[a-z']+, )?(?:(?:interim|acting|senior|junior|independent|freelance|contract|experienced|seasoned|chartered"
    r"|graduate|trainee|deputy"
    r"|retired|former|currently|accidental|principal|lead) )*"
)
"""What may stand before a title that opens a sentence, and belongs to it."""
_BY_TRADE = re.compile(rf"\s*{_TRADE}\b")
_FOR_HIRE = re.compile(
    r"\b(?:interim|acting|contract|contracting|freelance|experienced|seasoned|accidental"
    r"|retired|former) $"
)
"""Of a title alone nobody says so: "freelance planner, mostly rail" is the writer."""
_JOB_WORD = re.compile(r"\s*(?:roles?|job|position|title|post|hat|background|experience|career|degree)\b")
_I_AM = re.compile(r"\b(?:i'm|i am|i was|was|been|became|become|as|being) (?:(?:an?|the) )?(?:\w+ )?$")
_ON_MY_TEAM = re.compile(r"\s*(?:in|on|under|for) (?:my team|our team|me\b)|\s*(?:reports|reporting) to me")
_ASKS_OF_ME = re.compile(r"\b(?:am|do|can|could|should|would|will) i\b")
_MY_YEARS = re.compile(r"\bmy (?:\S+ ){1,2}(?:years|months) (?:as|of|in) (?:an? )?$")
_NO_LONGER_AFTER = re.compile(r"\s*(?:any ?more|any longer)\b")
_OF_TEAM = re.compile(r"\bteams? of (?:\w+ ){0,4}$")
_AS_ONE = re.compile(r"\bas an? (?:\w+ )?$")
_YOU_AFTER = re.compile(r",? (?:you|one) (?:should|must|can|need|have|will|are)\b")
_AT_A_PLACE = re.compile(r" (?:in|at|for) (?:an? |the )?[a-z][\w&'-]*(?: [a-z][\w&'-]*){0,2}\W*")
_NO_TITLE_WORDS = "a an the my our your his her their of for to with by from no not he she they we you it this that"
_NO_TITLE = frozenset(_NO_TITLE_WORDS.split())
_AFTER_YEARS = re.compile(r"\b(?:after|my) (?:\w+ )?[, ]*(?:as|of|in) (?:an? )?$")


_NO_MORE = re.compile(r"\s*no (?:more|longer)\b")
_ADVERTISED_AFTER = re.compile(
    r"\s*(?:interviews|jobs|vacancies|adverts|ads|openings)\b"
    r"|\s*(?:\w+ )?(?:will|is going to|might|may) (?:be )?(?:open|come up|become vacant|free|advertised)\b"
)
_SPOKEN_ABOUT = re.compile(
    r"\babout being (?:an? )?(?:\w+ )?$|\b(?:helping|supporting|assisting|advising) (?:a"
    r"|an|the) (?:\w+ )?$"
)
_NAMED_HERE = re.compile(r"^\W*\w+ here,? (?:an? )?(?:\w+ )?$")


def held(at: At) -> Claim | None:
    if at.opens and _NO_MORE.match(at.after) and not at.sentence.whole:
        return replace(at.claim("has"), current=False)
    if _ADVERTISED_AFTER.match(at.after) or _SPOKEN_ABOUT.search(at.before):
        return None
    licensed = at.named.own_verb or reaches(_ROLE_LICENCE, at.bare, 4)
    if at.asked:
        return at.claim("has") if _told_in_a_question(at, licensed) else None
    if at.spoken_of or _of_another(at) or _LEARNED_FROM.search(at.before) or speaks_in_general(at):
        return None
    if at.introduces:
        return at.claim("has")
    if _as_wished(at) or _of_anybody(at):
        return None
    if at.denied and _NO_LONGER_AFTER.match(at.after):
        return replace(at.claim("has"), current=False)
    if at.denied:
        enough = (
            " enough " in at.text[at.scope.denied_at or 0 : at.place]
        )  # "not strategic enough to lead the portfolio"
        return at.claim("lacks") if licensed and not enough else None
    told = at.scope.mine or not at.sentence.mentions_a_question
    near = at.length_near and (at.scope.mine or not at.sentence.asks or _ASKS_OF_ME.search(at.after) is not None)
    has = (licensed and told) or near or _listed(at) or _opening(at) or _apposed(at) or _joined(at) or _headline(at)
    return at.claim("has") if has else None


def _told_in_a_question(at: At, licensed: bool) -> bool:
    opening = re.match(r"\W*as an? ", at.text) and licensed and "," in at.after
    after_years = _AFTER_YEARS.search(at.bare) and re.search(r"\b(?:i|me|my)\b", at.text)
    mine = at.scope.mine or _MY_YEARS.search(at.before) or after_years
    return bool(opening or _apposed(at) or (mine and at.length_near))


def _of_another(at: At) -> bool:
    if at.named.id == "other" and _OF_TEAM.search(at.before):
        return True
    has_one = _HAS_ONE.search(at.before) and not _JOB_WORD.match(at.after)
    on_my_team = _ON_MY_TEAM.match(at.after) and not _I_AM.search(at.before)
    return bool(has_one or on_my_team)


def _as_wished(at: At) -> bool:
    """ "I want to be a planner; as a planner, I would ...": the same title again, still wished."""
    earlier = at.before_in_row()
    again = earlier is not None and earlier.named.id == at.named.id and earlier.scope.mood == "wished"
    return again and _AS_ONE.search(at.before) is not None


def _of_anybody(at: At) -> bool:
    """ "As a planner you should know your float": told of nobody."""
    return _AS_ONE.search(at.before) is not None and _YOU_AFTER.match(at.after) is not None


def _apposed(at: At) -> bool:
    """ "I, a humble analyst, ask"."""
    return re.search(r"\b(?:i|me|myself), (?:as )?(?:an?|the) (?:\w+ ){0,3}$", at.before) is not None


def _joined(at: At) -> bool:
    """One more of a row: "I worked as a planner at A, an analyst at B and a lead at C"."""
    bare = _JOINED_BARE.search(at.before) and _FOR_A_PLACE.match(at.after)
    if not at.scope.mine or at.scope.mood != "told" or not (bare or _JOINED.search(at.before)):
        return False
    earlier = at.before_in_row()
    if earlier is None or earlier.named.plural or earlier.scope.since != at.scope.since:
        return False
    claim = held(earlier) if _WORDS_OF_PLACE.fullmatch(at.since_name(earlier.named)) else None
    return claim is not None and claim.polarity == "has"


def _headline(at: At) -> bool:
    """A sentence that is a title with at most three words before it, in a message that has others."""
    words = re.findall(r"[a-z']+", at.before)
    return (
        not at.sentence.whole
        and not at.sentence.heads
        and not at.sentence.asks
        and bool(not at.after.strip(" .") or _AT_A_PLACE.fullmatch(at.after))
        and len(words) <= 2
        and not (set(words) & _NO_TITLE)
    )


_AT_ITS_PLACE = re.compile(r" (?:at|in|for) (?:an?|the|my|our) ")


def _listed(at: At) -> bool:
    """One of a list of short things told, "planner, MSc, PMP", with no verb."""
    if at.amid_a_story and not at.scope.mood and at.before.endswith(", ") and _AT_ITS_PLACE.match(at.after):
        return True
    if not at.alone or any(n.plural and n.end <= at.named.start for n in at.inside):
        return False
    if at.named.id == "other" and at.before_in_row() and _WHERE.search(at.before):
        return False
    if at.scope.mine:
        return not any(n.own_verb and n.id == "team_lead" and n.start < at.named.start for n in at.inside)
    return not at.sentence.mentions_a_question and at.fragment and (len(at.text.split()) > 3 or len(at.inside) > 1)


def _opening(at: At) -> bool:
    """The sentence opens with the title, and a length or a place of work follows."""
    if _NAMED_HERE.match(at.before) and not at.sentence.asks:
        return True
    if _BY_TRADE.match(at.after) and len(at.before.split()) <= 3 and not at.sentence.asks:
        return True
    if not _LEAD.fullmatch(at.before) or at.sentence.asks:
        return False
    told = at.scope.mine or not at.sentence.mentions_a_question
    for_hire = _FOR_HIRE.search(at.before) and re.match(r"\s*[,;]", at.after)
    return at.length_follows or (told and bool(_JOB_AFTER.match(at.after) or for_hire))
