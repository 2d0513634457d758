"""Where a message names a role, a certification, a field of work or an education."""

from __future__ import annotations

import re
from dataclasses import dataclass

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.experience.lexicon import Lexicon
from bot.experience.plain import Plain, plain
from bot.experience.spelling import Speller

FIELD_ROLES = {
    "direct_delivery": "project_manager",
    "programme_delivery": "programme_manager",
    "portfolio_management": "portfolio_manager",
    "product_management": "product_manager",
    "change_management": "change_manager",
    "business_analysis": "business_analyst",
    "agile_delivery": "scrum_master",
    "benefits_management": "benefits_manager",
    "risk_management": "risk_manager",
    "operations": "operations_manager",
    "software_development": "developer",
    "planning": "planner",
}
"""Who moves into a field becomes this. Being in the field is experience of it."""

TRADE = ("role:", "certification:")
COMMON = ("experience:direct_delivery", "experience:portfolio_management")
"""Whose words are put right when misspelt."""

_DEGREE_WORD = r"(?:degrees?|diploma|hons|honours)"
_EDUCATION = (
    ("mba", r"(?:executive )?mbas?|master of business administration"),
    ("doctorate", r"ph\.? ?d|doctorate|doctoral(?: degree)?|dphil|dba"),
    ("master", rf"(?<!scrum )(?<!data )(?<!web )(?<!grand )(?:master'?s\b(?: {_DEGREE_WORD})?"
rf"|master {_DEGREE_WORD}|masters? (?=in [a-z]|of (?:science|arts|engineering))|m\.?sc\.?\b"
rf"|mres\b|meng\b|m\.?tech\b|m\.a\.|m\.s\.|ms (?=in [a-z])|ma (?=in [a-z])"
rf"|postgrad(?:uate)?(?: degree| diploma)?|m\.?phil)"),
    ("bachelor", rf"bachelor'?s?(?: {_DEGREE_WORD})?(?: of \w+)?|b\.?sc\.?\b|b\.a\.|ba (?=in [a-z]|\(?hons)"
rf"|bs (?=in [a-z])|beng\b|b\.?eng\b|b\.?tech\b|b\.e\.?(?= )|bba\b|b\.?com\b"
rf"|undergrad(?:uate)? degree|(?:university|college|uni|four year|4 year) degree"
rf"|(?:university|college|uni) graduate"
     r"|graduated? (?:from|with a) (?:\w+ ){0,3}?(?:college|university|uni)"
r"|(?<!associate )(?<!associate's )(?<!foundation )(?<!master's )(?<!master )(?<!masters )\bdegree"
r"|finished (?:college|university|uni)"),
    ("associate", r"associate'?s(?: degree)?|associate degree|hnd\b|foundation degree|community college"
r"|two year degree|2 year degree"),
    ("secondary", r"high school|secondary school|a levels?|gcses?|ged\b|baccalaureate|abitur"
r"|level 3(?! \w+ (?:certif|exam|prince))|apprenticeship|grade [a-g] in"),
)  # fmt: skip
_EDUCATIONS = re.compile("|".join(rf"(?P<{name}>(?<![a-z])(?:{pattern})(?![a-z]))" for name, pattern in _EDUCATION))

_OFFICE = (
    r"(?:pmo|epmo|project office|programme office|project management office"
    r"|programme management office|portfolio office|portfolio team|portfolio function"
    r"|project support office|pmo team|pmo function)"
)
_LOOK_AFTER = (
    r"(?:run|running|ran|runs|manage|managing|managed|look after|looking after|looked after"
    r"|in charge of|oversee|overseeing|oversaw|lead|leading|led|responsible for"
    r"|set up and run|built and run|own|head up|heading up|headed up|head|heading|headed)"
)
_ACTIVITIES = (
    ("office", rf"\b(?P<verb>{_LOOK_AFTER}) (?:(?:a|an|the|our|my|their"
rf"|its) )?(?:\w+ ){{0,2}}?(?P<thing>{_OFFICE})(?! (?:project|report|manager|lead|analyst|tool))"),
    ("member", rf"\b(?:work|working|worked|employed|job|been|position|role|am|i'm|was|year|years"
rf"|months) (?:\w+ )?(?:in|for|within|at) (?:a|an|the|our|my"
rf"|their)? ?(?:\w+ ){{0,2}}?(?:{_OFFICE})(?: team)?(?! (?:manager|lead|analyst|director|head))"),
    ("programmes", r"\b(?:run|running|ran|manage|managing|managed|lead|leading|led|deliver|delivering"
r"|delivered|in charge of|oversee"
r"|overseeing) (?:[$£€]?[\w.]+ ){0,5}?programmes?\b(?:(?<=s)(?! (?:manager|office"
r"|management|director|board|lead|team|analyst|support))|(?= (?:in|for|at|of|with|across"
r"|on|worth|and)\b|\s*[,.;:)]|\s*$))"),
    ("delivery", r"\b(?:run|running|ran|manage|managing|managed|lead|leading|led|deliver|delivering"
r"|delivered|handle|handled|handling|oversee|overseeing|oversaw|coordinated"
r"|responsible for|in charge of) (?:(?:a|an|the|several|many|some|small|large|big"
r"|multiple|various|different|my|our|own|two|three|four|five|\d+|~\d+|lots of|complex"
r"|whole|all) )*(?:\w+ ){0,3}?projects?\b(?! (?:manager|team|office|portfolio|management"
r"|lead))"),
    ("team", r"\b(?:lead|leading|led|in charge of) (?:a|the|my|our) ?(?:small |large |whole |new "
r"|brand new |remote |dev |development )?team of\b"),
    ("business", r"\b(?:run|running|own|owned|ran|founded|started) (?:my own|my|a|an|the"
r"|our) (?:\w+ ){0,3}(?:company|business|startup|start up|shop|restaurant"
r"|agency)\b(?! (?:analyst|change|manager|partner|owner|unit|analysis|case|development"
r"|process|systems))"),
    ("people", r"\b(?:line manage(?:d|ment)?|line managing|managed people|manag(?:e|ing|ed) (?:people"
r"|staff|a team of \d+)|people management|team management|(?:lower "
r"|upper )?(?:level )?management experience|direct reports?)\b"),
)  # fmt: skip
_ACTIVITY = re.compile("|".join(rf"(?P<{name}>{re.sub(r'[?]P<(?:verb|thing)>', '?:', p)})" for name, p in _ACTIVITIES))
_ALONE = re.compile(
    r"(?:^|\s)(pmo)(?= ?(?:[,.;/&]|and\b|with\b|for\b|in\b|at\b|specialist|team\b|role"
    r"|position|job|post|$))"
)

_ANY_PAPER = re.compile(
    r"\b(?:qualifications?|certifications?)\b|(?<=\bnot )certified\b|(?<=\byet )certified\b"
    r"|(?<=\bnever )certified\b"
)
_SHARED_HEAD = re.compile(
    r"\b(project|programme|portfolio|product)(?= (?:(?:and|or|&|then) )?(?:project|programme"
    r"|portfolio|product|squad|team|change|operations|pmo) (manager|lead|leader|director)\b)"
)


@dataclass(frozen=True)
class Named:
    """A thing named between two places of the plain text. ``plural`` names tell of many, never of the writer."""

    kind: str
    id: str
    start: int
    end: int
    plural: bool = False
    own_verb: bool = False
    """The words hold their verb ("running the PMO"), so that no other is looked for."""


class Names:
    """Compiled once from a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._forms = {
            form: key for words, key in lexicon.words.items() if key.startswith("role:") for form in _plurals(words)
        } | lexicon.words
        by_key: dict[str, list[Doc]] = {}
        for form, key in self._forms.items():
            by_key.setdefault(key, []).append(self._nlp.make_doc(form))
        for key, docs in by_key.items():
            self._matcher.add(key, docs)
        self._singular = frozenset(lexicon.words)
        jobs = [
            "teacher",
            "nurse",
            "accountant",
            "customer",
            "support",
            "technician",
            "designer",
            "marketing",
            "logistics",
            "operations",
        ]
        core = (
            w
            for words, key in lexicon.words.items()
            if key in COMMON or (key.startswith(TRADE) and key != "role:other")
            for w in words.split()
        )
        self._spell = Speller((*core, *jobs), (w for form in self._forms for w in form.split()))

    def plain(self, text: str) -> Plain:
        return plain(text, self._spell)

    def find(self, text: str) -> list[Named]:
        """In order, the longest at each place."""
        doc = self._nlp.make_doc(text)
        spans = [Span(doc, s, e, label=key) for key, s, e in self._matcher(doc)]
        found = [self._named(span) for span in spacy.util.filter_spans(spans)]
        for match in (
            *_EDUCATIONS.finditer(text),
            *_ACTIVITY.finditer(text),
            *_ALONE.finditer(text),
            *_ANY_PAPER.finditer(text),
        ):
            named = _pattern(match)
            if named and not any(named.start < n.end and n.start < named.end and not named.own_verb for n in found):
                found.append(named)
        for match in _SHARED_HEAD.finditer(text):
            key = self._forms.get(f"{match[1]} {match[2]}")
            if key and not any(match.start() < n.end and n.start < match.end() for n in found if n.kind == "role"):
                found.append(Named("role", key.partition(":")[2], match.start(), match.end()))
        taken = [n for n in found if n.own_verb]
        return sorted(
            (n for n in found if n.own_verb or not any(t.start <= n.start and n.end <= t.end for t in taken)),
            key=lambda n: (n.start, n.end),
        )

    def _named(self, span: Span) -> Named:
        kind, _, id_ = span.label_.partition(":")
        plural = span.text not in self._singular or span.text == "pms"
        return Named(kind, id_, span.start_char, span.end_char, plural and kind == "role")


def _plurals(words: str) -> list[str]:
    return [f"{words}s", f"{words[:-1]}ies"] if words.endswith("y") else [f"{words}s"]


def _pattern(match: re.Match[str]) -> Named | None:
    name, start, end = match.lastgroup, match.start(), match.end()
    if match.re is _ALONE:
        return Named("role", "pmo_analyst", match.start(1), match.end(1))
    if match.re is _ANY_PAPER:
        return Named("certification", "other", start, end)
    if match.re is _EDUCATIONS:
        return Named("education", name or "other", start, end)
    if name == "office":
        return Named("role", _office_role(match.group()), start, end, own_verb=True)
    if name == "member":
        return Named(
            "role", "portfolio_analyst" if "portfolio" in match.group() else "pmo_analyst", start, end, own_verb=True
        )
    if name == "business":
        return Named("role", "other", start, end, own_verb=True)
    if name == "programmes":
        return Named("role", "programme_manager", start, end, own_verb=True)
    if name == "team":
        return Named("role", "team_lead", start, end, own_verb=True)
    return Named("experience", "line_management" if name == "people" else "direct_delivery", start, end, own_verb=True)


def _office_role(words: str) -> str:
    heads = re.match(r"head", words) is not None
    if "portfolio" in words:
        return "head_of_portfolio" if heads else "portfolio_manager"
    return "head_of_pmo" if heads else "pmo_manager"
