"""Where a message names a role, a certification, a field of work or an education."""

from __future__ import annotations

import re
from dataclasses import dataclass
from threading import Lock

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.experience.activities import find_activities
from bot.experience.educations import EDUCATIONS
from bot.experience.lexicon import ELSEWHERE, OTHER_PAPER, Lexicon
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

_ALONE = re.compile(
    r"(?:^|\s)(pmo)(?= ?(?:[,.;/&]|and\b|with\b|for\b|in\b|at\b|specialist|team\b|person|guy|people|staff"
    r"|opportunit|opening|vacanc|from\b|role"
    r"|position|job|post|$))"
)

ANY_PAPER = frozenset({"qualification", "qualifications", "certification", "certifications", "certified"})
"""Words for a certification that say not which."""
_ANY_PAPER = re.compile(
    r"\b(?:qualifications?|certifications?)\b|(?<=\bnot )certified\b|(?<=\byet )certified\b"
    r"|(?<=\bnever )certified\b"
)
_SOME_PAPER = re.compile(
    r"\b(?!(?:am|i'm|is|are|was|be|being|been|get|getting|got|become|becoming|a|an|the|and|or|not|yet|never|fully"
    r"|also|now|i|currently|formally|officially|already|newly|recently|more|both|dual|double|professionally|board|if"
    r"|as|to|have|agile|management|project|master|owner|state|manager|analyst|being|even|just|multi|developer|only)\b)"
    r"(?:(?:project|product) )?[a-z]\w+ certified\b"
)
"""Certified by somebody we do not know: "Harvard certified"."""
_LEVEL = r"(?:senior |junior |lead |assistant )?"
_FIELD = r"(?:project|programme|portfolio|product|pmo)"
_TITLE = r"(?:manager|lead|leader|director|coordinator|analyst|officer|administrator)"
_SHARED_HEAD = re.compile(
    rf"\b(?P<name>{_LEVEL}{_FIELD})(?=(?: ?[/,&]? ?(?:and|or|then|&)? ?)(?:{_LEVEL}{_FIELD}|squad|team|change"
    rf"|operations|engineering|account|construction|resource|risk|office) "
    rf"(?P<head>{_TITLE})\b)"
)
"""In "programme and portfolio manager" the first is a programme manager."""
_SHARED_FIELD = re.compile(
    rf"\b(?P<field>{_FIELD}) (?:{_TITLE}|owner)(?:(?: ?[/,&]? ?(?:and|or|then|&)? ?){_TITLE})? ?(?:[/,&]|and|or"
    rf"| ) ?(?P<name>{_TITLE})\b"
)
"""In "project coordinator/manager" the second is a project manager."""
_SHARED_TITLE = re.compile(rf"\b{_TITLE} ?(?:[/&]|and|or| ) ?(?P<name>manager|coordinator)\b")
"""In "coordinator/manager" the second is a manager, of what is not told."""


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
        self._one_at_a_time = Lock()  # its vocabulary grows as it reads, and is not made for two threads
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
            if key in COMMON or (key.startswith(TRADE) and key not in ("role:other", ELSEWHERE))
            for w in words.split()
        )
        self._spell = Speller((*core, *jobs), (w for form in self._forms for w in form.split()))

    def plain(self, text: str) -> Plain:
        return plain(text, self._spell)

    def find(self, text: str) -> list[Named]:
        """In order, the longest at each place."""
        with self._one_at_a_time:
            doc = self._nlp.make_doc(text)
            spans = [Span(doc, s, e, label=key) for key, s, e in self._matcher(doc)]
        found = [self._named(span) for span in spacy.util.filter_spans(spans)]
        for match in (
            *EDUCATIONS.finditer(text),
            *_ALONE.finditer(text),
            *_SOME_PAPER.finditer(text),
            *_ANY_PAPER.finditer(text),
        ):
            named = _pattern(match)
            if named.kind == "education":
                found = [n for n in found if not _part_of(n, named, text)]
            if not any(named.start < n.end and n.start < named.end for n in found):
                found.append(named)
        found += [
            Named(a.kind, a.id, a.start, a.end, own_verb=a.own_verb)
            for a in find_activities(text)
            if not any(n.start < a.start < n.end for n in found)
        ]
        found += self._shared(text, found)
        taken = [n for n in found if n.own_verb]
        return sorted(
            (n for n in found if n.own_verb or not any(t.start <= n.start and n.end <= t.end for t in taken)),
            key=lambda n: (n.start, n.end),
        )

    def _shared(self, text: str, found: list[Named]) -> list[Named]:
        """Roles that share a word with the one beside them."""
        matches = [(m, f"{m['name']} {m['head']}") for m in _SHARED_HEAD.finditer(text)]
        matches += [(m, f"{m['field']} {m['name']}") for m in _SHARED_FIELD.finditer(text)]
        matches += [(m, "line manager") for m in _SHARED_TITLE.finditer(text)]
        shared: list[Named] = []
        for match, form in matches:
            key, start, end = self._forms.get(form), match.start("name"), match.end("name")
            if key and not any(start < n.end and n.start < end for n in (*found, *shared) if n.kind == "role"):
                shared.append(Named("role", key.partition(":")[2], start, end))
        return shared

    def _named(self, span: Span) -> Named:
        kind, _, id_ = (OTHER_PAPER if span.label_ == ELSEWHERE else span.label_).partition(":")
        plural = span.text not in self._singular or span.text == "pms"
        return Named(kind, id_, span.start_char, span.end_char, plural and kind == "role")


def _part_of(name: Named, education: Named, text: str) -> bool:
    """In "a BA in history" and "studying project management at university" nothing else is named."""
    inside = education.start < name.start and name.end <= education.end
    return inside and (name.kind == "experience" or text[name.start : name.end] == "ba")


def _plurals(words: str) -> list[str]:
    return [f"{words}s", f"{words[:-1]}ies"] if words.endswith("y") else [f"{words}s"]


def _pattern(match: re.Match[str]) -> Named:
    start, end = match.start(), match.end()
    if match.re is _ALONE:
        return Named("role", "pmo_analyst", match.start(1), match.end(1))
    if match.re in (_ANY_PAPER, _SOME_PAPER):
        return Named("certification", "other", start, end)
    return Named("education", match.lastgroup or "other", start, end)
