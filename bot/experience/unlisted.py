"""Titles and papers that stand in no list, told by how they are built.

"A nutritional care specialist" and "Vice President of Claims" count as another occupation; "my MCAD certification" and
the charter of a "chartered engineer" as a certification of another kind. The usual rules decide what is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.experience.durations import COUNT
from bot.experience.names import ANY_PAPER, Named

_HEAD = (
    r"(?:officer|specialist|director|technician|supervisor|representative|administrator|advis[eo]r|strategist"
    r"|controller|superintendent|scientist|analyst|manager|coordinator|leader|lead|designer|architect|executive"
    r"|assistant|agent|operator|inspector|producer|editor|instructor|therapist|clerk)"
)
_NO_TITLE_WORD = (
    r"(?:a|an|the|this|that|my|our|your|his|her|their|its|i|we|you|he|she|they|it (?=lead|executive|is|was|has)"
    r"|and|or|but|not|no|of|for|to|in|on|at"
    r"|by|with|from|as|than|like|is|am|are|was|were|be|been|being|has|have|had|who|which|what|how|when|where|if|so"
    r"|good|great|better|best|bad|strong|effective|natural|born|real|true|successful|big|huge|new|young|first|own"
    r"|same|different|certain|any|every|some|another|other|more|most|very|really|single|only|top|next|future|right"
    r"|confident|competent|proper|decent|qualified|certified|people|team|line|project|programme|program|portfolio|pmo"
    r"|change|scrum|agile|delivery|transformation|operations|strategy|then|half|never|old|whole|kind|bit|sort"
    r"|human|former|ex|retired"
    rf"|says?|said|boss|mentor|colleague|officer|specialist|director|technician|coordinator|analyst|manager"
    rf"|planner|{COUNT})"
)
_WORDS = rf"(?:(?!{_NO_TITLE_WORD}\b)[a-z][\w&]* (?:& )?){{1,4}}"
_RANK = r"(?:(?:senior|executive|assistant|associate) )?"
_PART = rf"(?!{_NO_TITLE_WORD}\b)[a-z][\w&]*"
_TITLE = (
    rf"(?:{_RANK}vice president(?: of {_PART})?|[sea]?vp(?: of {_PART})?|chief {_PART} officer"
    rf"|(?:deputy )?(?:head|director) of"
    rf" {_PART}(?: {_PART}(?=\s*(?:[,.;]|$|at\b|for\b|in\b)))?|{_WORDS}{_HEAD})\b"
)
_SAID = (
    r"\b(?:(?:i'm|i am|i was|was)(?= (?:deputy |acting |interim )?(?:head|director|vice president|vp|chief)\b)"
    r"|(?:i'm|i am|am|i was|was|i've been|been|being|became|become|as|served as|worked as|started as|promoted to"
    r"|to be|into|to)(?: (?:also|now|currently|then))? (?:an?|the|our)|(?:as|then|became|promoted to|former|formerly"
    r"|currently|current|previously|ex|retired))"
)
_UNLISTED = re.compile(rf"{_SAID} (?P<title>{_TITLE})(?! (?:skills|style|training|course|job description)\b)")
_OPENS = re.compile(
    rf"(?:^|[.!?\n] ?)(?P<title>{_TITLE})(?= (?:in|at|for|with|these days|now) ?(?:an? |the "
    rf"|my )?\w|,)"
)
"""A message of short pieces begins one with the title."""
_GOES_ON = re.compile(rf"(?:,|/|,? and|,? &) ?(?:(?:later|then|now|also|currently) )?(?:an? |the )?(?P<title>{_TITLE})")
"""One more, behind a title."""
_RANK_WORDS = "senior junior lead principal deputy interim acting assistant associate freelance general"
_RANKS = frozenset(_RANK_WORDS.split())
"""Words that make no title of a bare head: "a senior manager"."""
_CHARTERED = re.compile(
    r"\b(?P<paper>chartered)\b(?= (?:\w+ ){0,3}(?:engineer|accountant|surveyor|architect|banker|physicist|chemist"
    r"|underwriter|manager|psychologist|professional)\b)"
)
_NO_PAPER_WORD = (
    rf"(?:{_NO_TITLE_WORD}|formal|professional|official|relevant|recogni[sz]ed|valid|additional|further|industry"
    r"|following|course|exam|courses|years?|experience|degree|test|training|class|lot|few|many|much)"
)
_CERTIFIED = re.compile(
    rf"\b(?:have|hold|holding|got|earned|completed|obtained|received|achieved|acquired|acquiring|doing|with|and|plus"
    rf"|my|,(?= an? ))"
    rf" (?:(?:also|just|recently|already) )?(?:(?:a|an|my|the|several|multiple|some|{COUNT}) )?"
    rf"(?P<paper>(?:(?:(?!{_NO_PAPER_WORD}\b)[a-z]|project )[\w+#.&]* ){{1,4}}(?:certifications?"
    rf"|diploma))\b(?! (?:course"
    r"|exam|training|class|program|prep|cost|fee|requirement))"
)
_CERTIFIED_ONE = re.compile(
    r"\b(?:a|an|am|i'm|as|and|,) (?P<paper>certified (?:(?!and\b|in\b|by\b|with\b|as\b|to\b|for\b)[a-z][\w&]* ){1,3}?"
    r"(?:implementer|analyst|specialist|professional|consultant|expert|associate|practitioner|technician|administrator"
    r"|trainer|instructor|engineer|developer|advis[eo]r|facilitator|counsell?or|manager|auditor|coach|planner"
    r"|architect|accountant|teacher|nurse))\b"
)


def with_unlisted(named: Sequence[Named], text: str) -> list[Named]:
    """The names of ``text`` and what else is named by its build, in order. A bare head is part of its title."""
    found = list(named)
    for each in (*_titles(text, named), *_papers(text)):
        over = [n for n in found if n.start < each.end and each.start < n.end]
        if all(_gives_way(n, each, text) for n in over):
            found = [n for n in found if n not in over or n.kind == "experience" or n.end > each.end]
            found.append(each)
    return sorted(found, key=lambda n: (n.start, n.end))


def _titles(text: str, named: Sequence[Named]) -> Iterator[Named]:
    matches = [*_UNLISTED.finditer(text), *_OPENS.finditer(text)]
    for n in named:
        if n.kind == "role" and not n.own_verb and (match := _GOES_ON.match(text, n.end)):
            matches.append(match)
    while matches:
        match = matches.pop(0)
        if not _RANKS.issuperset(match["title"].split()[:-1]):
            yield Named("role", "other", *match.span("title"))
        if following := _GOES_ON.match(text, match.end("title")):
            matches.append(following)


def _papers(text: str) -> Iterator[Named]:
    for pattern in (_CHARTERED, _CERTIFIED, _CERTIFIED_ONE):
        for match in pattern.finditer(text):
            yield Named("certification", "other", *match.span("paper"))


def _gives_way(n: Named, to: Named, text: str) -> bool:
    """A part of the longer name, or the trade around its charter."""
    words = text[n.start : n.end]
    if to.kind == "certification" and n.kind == "role":
        return n.id == "other" or words.startswith("chartered ")
    if not (to.start <= n.start and n.end <= to.end):
        return False
    if to.kind == "certification":
        return words in ANY_PAPER or n.kind == "experience"
    return n.kind == "role" and (n.id == "other" or words == "coordinator")
