"""What is claimed of a field of work, an activity, or a kind of office."""

from __future__ import annotations

import re

from bot.experience.names import FIELD_ROLES
from bot.experience.surroundings import At, Claim

_ENTERED = re.compile(
    r"\b(?:before|prior to) (?:\w+ ){0,4}?(?:in|into|to|on|towards?)(?: (?:my|the|a))? $"
    r"|\b(?:new|came|got|come|gone|broke) (?:in)?to $"
)


_NO_WORK_AFTER = re.compile(
    r"\s*(?:software|tools?|institute|pty|ltd|inc\b|llc|gmbh|course|certif\w*|qualif\w*|professional|office|training"
    r"|boot ?camp|workshop"
    r"|class\b"
    r"|degree|diploma|academy|module|books?|plan\b|company|companies|firm|team|agency|house|projects\b"
    r"|life ?cycle|process|role"
    r"|methodology|methodologies|jobs?\b|salar|skills? (?:are|is|do)|exam|method|theory|student)"
)
_NO_WORK_BEFORE = re.compile(
    r"\b(?:certifications?|resources?|thinking|books|courses?|certification|course|training|boot ?camp|degree"
    r"|journey|masters?|master's|msc|mba|diploma|studies|module|books?"
    r"|interest\w*|bachelor'?s?|science|passion|phd|class|workshop|certified|exam|learn|learning|learnt|learned"
    r"|love|study|studying"
    r"|about|over|under|within|against|knowledge|tried|trying|try) (?:\w+ )?(?:(?:in|on|of|about|for"
    r"|the)(?: computer)? )?$"
    r"|\b(?:write|writing|blog\w*|talk\w*|post\w*|read|reading) about [^.;]{0,80}$|\b(?:speciali[sz]ation|major"
    r"|minor) in $|\bstud(?:y|ies) in (?:\w+ ){1,4}$|\bquality $"
)
_DONE = re.compile(
    r"\b(?:experience|background|exp|work|working|worked|years|year|months|hours|career|been|doing|do|did|done|history"
    r"|skills|foundation|expertise|specialis\w+|focus|in|on|i'm|handle|manage|chair|run|ran|own|have|had|hold"
    r"|held|got|set"
    r"|wrote|write|built|build|responsible|charge|responsibility|responsibilities|include|including|includes"
    r"|cover|covers"
    r"|covering|involved|manages|does|led|lead|leading|deliver|delivered|delivering|gained|managing|running|lifelong)\b"
    r"(?: \w+){0,4}? (?:in|of|with|doing|on|as|do|did|,|and|for)? ?(?:\w+ )?$"
)
_SUBJECT = re.compile(
    r"\bi(?:'ve| have|'d)?(?: (?:also|usually|now|already|then|mainly|mostly|just|even|regularly))? $"
)
_BACKGROUND_AFTER = re.compile(r"\s*(?:(?:and|,|&) \w+ )?(?:experience|background|exp\b)")
_BACKGROUND_BEFORE = re.compile(
    r"\b(?:with|have|has|having|bring|my) (?:(?:a|an|my|some|strong|solid) ){0,2}(?:\w+ )?(?:background|experience) in "
    r"(?:\w+ (?:and|&|,) )?$"
)
_OF_A_PROJECT = re.compile(r"\b(?:project|programme|company|client|it|they)s? (?:(?:had|has|have) (?:\w+ ){0,2})?$")
_LEFT = re.compile(r"^\W*(?:shift|shifting|move|moving|switch|switching|change|changing|get|getting) out of $")
_AT = re.compile(r"(?:^\W*|\b(?:at|with|for|that|this|then|previously|ex|first|and|was|in)[ ,:]*)$")
_LEADS_IT = re.compile(r"\b(?:leading|lead|led|managing|managed|manage|overseeing|directing|delivering) (?:\w+ )?$")
_OTHER_JOB = re.compile(r"\b(?:before|then|now|and|after)\b|;")
_ROW = re.compile(r"[\s,&/]*(?:(?:and|or|plus|also|a|bit|little|of|some|as well as|the) ?)*")
_ASKED_FOR = re.compile(r"\b(?:need|needs|require[sd]?|must have)\b[ ,\w]{0,12}$")
_TITLE_OF_A_COURSE = re.compile(
    r"\b(?:degree|masters?|master's|msc|mba|diploma|bachelor'?s?|course|certification|bsc|ba) (?:in|of|on) $"
)
_LACKED = re.compile(r"\b(?:no|zero|without|w/o|lacking|lack|any)(?: \w+){0,2} $")
_HOW_TO = re.compile(r"\bhow (?:to|we|you|they) $")
_NOT_CHOSEN = re.compile(
    r"\b(?:didn't|never|not) (?:really |ever )?(?:choose|chose|plan|planned|intend\w*"
    r"|expect\w*|mean|aim) "
)
""" "I didn't choose project management" lacks nothing."""
_GERUND = re.compile(r"^\W*\w+ing\b")
_WANTED_DONE = re.compile(
    r"\b(?:stand(?:ing)? up|set(?:ting)? up|build(?:ing)?|introduc(?:e|ing)|establish(?:ing)?|sort(?:ing)? out"
    r"|fix(?:ing)?"
    r"|mend(?:ing)?|improv(?:e|ing)|help(?:ing)? with) (?:\w+ ){0,5}$"
)
""" "They want me to set up benefits management" is work to be done, not a post wished for."""
_BEING = re.compile(r"\W*being an? (?:\w+ )?$")
_THEN_SAYS = re.compile(
    r"[^,.;:]{0,40}?\b(?:is|takes|requires|means|needs|involves|can|should|must|was|will|would|isn't|sounds)\b"
)


_ONLY_SO_MUCH = re.compile(
    r"\W*(?:over|above|beyond|exceeding|(?:of |worth )?(?:more|bigger|larger|greater|higher) than"
    r"|(?:of )?(?:that|this) size|(?:that|this|as|so) (?:big|large|much|many))\b"
)
""" "Never managed a budget over two million" denies no budget, and tells of none."""


def experience_claim(at: At) -> Claim | None:
    """Done, lacked, or, of a field, the wish to be in it."""
    field_role = FIELD_ROLES.get(at.named.id) if at.named.kind == "experience" and not at.named.own_verb else None
    entered = _ENTERED.search(at.before) if field_role else None
    if field_role and entered and re.search(r"\bi\b", at.text):
        return at.claim("has", "role", field_role)
    if at.scope.mood == "wished" or at.wanted_after:
        return _wished(at, field_role)
    if _ASKED_FOR.search(at.bare) and (at.lengths or not at.scope.mine):
        return None
    no_lack = at.denied and (_ONLY_SO_MUCH.match(at.after) or _NOT_CHOSEN.search(at.before))
    not_done = _NO_WORK_BEFORE.search(at.before) or _HOW_TO.search(at.before)
    if at.scope.mood in ("studied", "lapsed") or not_done or no_lack:
        return None
    if at.named.kind == "experience" and at.denied and _LACKED.search(at.before) and not _NO_WORK_AFTER.match(at.after):
        return at.claim("lacks") if at.scope.mine or not at.asked else None
    if at.asked or (not at.named.own_verb and _NO_WORK_AFTER.match(at.after)):
        return None
    if at.denied:
        return at.claim("lacks") if at.scope.mine or not at.sentence.mentions_a_question else None
    if at.named.id == "budget" and _OF_A_PROJECT.search(at.before):
        return None
    topic = at.named.own_verb and at.opens and _GERUND.match(at.words) and not at.scope.mine and not at.lengths
    if topic or (not at.scope.mine and at.sentence.mentions_a_question) or speaks_in_general(at):
        return None
    if _LEFT.search(at.before) and field_role:
        return at.claim("has")
    if at.named.id == "consultancy":
        return _employed(at)
    moved = re.search(
        r"\b(?:moved|fell|stumbled|drifted|slid|moving|transitioned|getting|got|went|switched|pivoted"
        r"|transitioning|pivoting"
        r"|pivoting my career) (?:\w+ )?(?:in)?(?:to|towards) $",
        at.before,
    )
    if field_role and moved and at.words not in ("coding", "programming"):
        return at.claim("has", "role", field_role)
    return _done(at)


def _wished(at: At, field_role: str | None) -> Claim | None:
    if (
        at.named.id == "portfolio_office"
        and not at.denied
        and re.search(r"\b(?:in|to|into|at|join) (?:\w+ )?$", at.before)
    ):
        return at.goal("head_of_portfolio")
    if at.denied or not field_role or _TITLE_OF_A_COURSE.search(at.before):
        return None
    if _BACKGROUND_BEFORE.search(at.before) or re.search(r"\b(?:from|out of|leave|leaving) $", at.before):
        return at.claim("has")
    if (
        at.before.endswith((" of ", " was ", " am "))
        or _WANTED_DONE.search(at.before)
        or re.match(r"\s*(?:skills?|experience|expertise|background|training|course|certification|knowledge)", at.after)
    ):
        return None
    return at.goal(field_role)


def _employed(at: At) -> Claim | None:
    """A consultancy named as an employer, with no title beside it: "before that McKinsey, seven years"."""
    end = at.place + len(at.words)
    titles = [(n.start - at.sentence.start, n.end - at.sentence.start) for n in at.inside if n.kind == "role"]
    gaps = [at.text[end:start] if start >= end else at.text[stop : at.place] for start, stop in titles]
    titled = any(len(gap) < 45 and not _OTHER_JOB.search(gap) for gap in gaps)
    return (
        at.claim("has", "role", "consultant")
        if at.lengths and _AT.search(at.before) and not titled
        else at.claim("has")
    )


def speaks_in_general(at: At) -> bool:
    """ "Running a PMO is hard work" tells of nobody."""
    acts = at.named.own_verb and at.opens and _GERUND.match(at.words)
    return bool((acts or _BEING.match(at.before)) and _THEN_SAYS.match(at.after))


def _one_more(at: At) -> bool:
    """The next in a row of fields: "mostly resource planning and a bit of governance"."""
    earlier = at.before_in_row()
    return earlier is not None and bool(_ROW.fullmatch(at.since_name(earlier.named))) and _done(earlier) is not None


def _done(at: At) -> Claim | None:
    told = (
        at.named.own_verb
        or at.length_near
        or at.words.endswith(("background", "experience"))
        or _BACKGROUND_AFTER.match(at.after)
        or _SUBJECT.search(at.before)
        or _one_more(at)
        or _DONE.search(re.sub(r"[,\s]+", " ", at.bare))
    )
    if not told:
        return None
    codes = at.named.id == "software_development" and not _LEADS_IT.search(at.before)
    return at.claim("has", "role", "developer") if codes else at.claim("has")
