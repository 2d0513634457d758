"""The state a certification is in, by the words around it: "PMP lapsed", "CSM in progress", "PSM I still valid"."""

from __future__ import annotations

import re

from bot.experience.surroundings import UNDER_WAY, At, Claim

_CERT_STUDY_AFTER = re.compile(
    r"\s*(?:certification |exam |course )?(?:prep(?:aration)?(?! (?:course|book|material|time"
    rf"|guide))|studying|{UNDER_WAY}|pending|study now"
    r"|(?:exam|test) (?:is )?(?:coming up )?(?:(?:in|on|next|this) (?:\w+ ){0,2}?(?:days?|weeks?|months?|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|spring|summer|autumn|fall|winter)|next|tomorrow|tonight|scheduled|booked)|booked"
    r"|prep(?:aring)? (?:now"
    r"|at the moment))\b"
)
_CERT_LAPSED_AFTER = re.compile(
    r"(?: since (?:19|20)\d\d)?(?:, renewed (?:once|twice|\w+ times))?[^.?!]{0,25}?\b(?:(?:has |have |had "
    r"|'s )?(?:lapsed|ran out|run out)|(?:has |have |had "
    r"|'s |is |it )?(?<!not )expired|never renewed|didn't renew|i let (?:it )?(?:go|lapse|expire|run out)"
    r"|(?<!than )(?<!not )(?<!never )(?<!or )(?<!to )let it (?:lapse|go|expire|run out)"
    r"|lapse[sd] (?:in|last|since)|(?:isn't|not|is not"
    r"|no longer) (?:valid|current|active|renew\w*))\b"
    r"| ?\((?:now |long |has |have |since )*(?:let go|gone)\b"
    r"|[^.?!]{0,90}?, (?:all|both)(?: of (?:them|which))? (?:(?:now|long|have|since|has) )*(?:expired|lapsed"
    r"|run out|gone|dead)\b"
)
_LET = re.compile(r"\blet (?:\w+ ){0,3}$")
_GO_AFTER = re.compile(r"(?: \w+)? (?:lapse|expire|go|run out|slide)\b")
_KEPT = re.compile(r"\b(?:expir\w+|renew\w*|lapses?|maintain\w*|recertif\w+|pdus?|valid|keep)\b")
"""Only what is held can be renewed or run out."""
MINE = re.compile(r"(?<!get )(?<!take )(?<!pass )(?<!sit )(?<!do )(?<!for )\bmy (?:\w+ )?$")
_WITH_JUST = re.compile(r"\bwith (?:just|only) (?:(?:a|an|my|the) )?$")
_VALID_AFTER = re.compile(r"\s*(?:(?:(?:is|are|both|still) )+(?:valid|current|active)\b|valid (?:until|till|to)\b)")
_PAYS_FOR = re.compile(r"\b(?:paying|pay|paid) for\b")
_RENEWALS_AFTER = re.compile(r"^[^.;?!]{0,60}\brenewals?\b")
_OF_ONE_PIECE = re.compile(r"\b(?:former|expired|lapsed|ran out)$")
_JOINED = re.compile(r" (?:and|&) (?:(?:my|the|a|an) )?")
_OF_ALL = re.compile(r"\b(?:both|all)(?: \w+){0,3}$")
_ANSWER = re.compile(r"\s*[:=-]?\s*(yes|no|nope|never)\b(?! (?:longer|idea|had|took|passed|expires?|lapses?|runs?))")


def stated(at: At) -> Claim | None:
    """What the words behind the name say: "PMP yes", "PMP lapsed", "PMP in progress", "PMP, failed twice"."""
    if at.asked:
        just = at.scope.mine and _WITH_JUST.search(at.before)
        return at.claim("has") if just or _kept(at) else None
    answer = _ANSWER.match(at.after)
    if answer:
        return at.claim("has" if answer[1] == "yes" else "lacks")
    if _VALID_AFTER.match(at.after) and not at.denied:
        return at.claim("has")
    let = _LET.search(at.before) and _GO_AFTER.match(at.after)
    if _lapsed_before(at) or let or _lapsed_after(at):
        return at.claim("lapsed")
    if _kept(at):
        return at.claim("has")
    heading = at.opens and not at.scope.mine and at.sentence.whole and re.match(r"\s*(?:exam )?prep", behind(at))
    if _CERT_STUDY_AFTER.match(behind(at)) and at.scope.mood != "wished" and not heading and not at.denied:
        return at.claim("studying")
    return None


def _lapsed_after(at: At) -> bool:
    """Of several in a row only the last, unless "both" or "all" are."""
    lapsed = _CERT_LAPSED_AFTER.match(at.after)
    if lapsed is None or re.match(r" never\b", at.after[lapsed.end() :]):
        return False
    end = at.named.end + lapsed.end()
    others = [n for n in at.inside if n.kind == "certification" and at.named.end <= n.start < end]
    joined = others and _JOINED.fullmatch(at.after[: others[0].start - at.named.end])
    return not others or bool(joined) or _OF_ALL.search(lapsed.group()) is not None


def _lapsed_before(at: At) -> bool:
    """ "Former developer, SAFe SPC", "CSM expired, PMP still valid": what is over is over only in its own piece."""
    if at.scope.mood != "lapsed":
        return False
    own_piece = "," not in at.text[at.scope.since : at.place]
    return own_piece or not _OF_ONE_PIECE.search(at.text[: at.scope.since])


def _kept(at: At) -> bool:
    if at.scope.mine and _PAYS_FOR.search(at.before) and _RENEWALS_AFTER.search(at.after):
        return True
    return bool(_KEPT.search(at.text) and MINE.search(at.before) and not at.text.startswith("how long"))


def behind(at: At) -> str:
    """The words behind the certification, whose name may take "exam" with it."""
    return (" exam" if at.words.endswith(" exam") else "") + at.after
