"""Text to facts: spaCy's tokens and phrase matcher find the things named, rules of scope say what is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.experience.durations import Duration, find_durations
from bot.experience.facts import Fact, Kind, Polarity
from bot.experience.lexicon import Lexicon

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\s+[-–—]\s+|\n+")
_FIRST_PERSON = re.compile(r"\b(i|i'm|im|i've|ive|i'd|my|me|we|our|myself)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(my|our|the|a)\s+(boss|manager is|director|colleagues?|friends?|wife|husband|partner|brother|sister|son|daughter|cousin|team leads?|client)\b"
    r"|\b(he|she|they|who)\s+(is|was|has|have|had|wants?)\b|\bone of my\b", re.IGNORECASE,
)  # fmt: skip
_HYPOTHESIS = re.compile(
    r"\b(if i|if you|would i|were i|should i get|suppose|once i|when i get|had i)\b", re.IGNORECASE
)
_NEGATION = re.compile(
    r"\b(no|not|never|without|haven'?t|havent|hasn'?t|don'?t|dont|didn'?t|doesn'?t|isn'?t|ain'?t|lack(?:ing)?|zero|nor|neither|cannot|can'?t|failed)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(want(?:ing)? (?:to|a|the)|wanna|would like|i'?d like|i'?d love|hop(?:e|ing) (?:to|for)|aim(?:ing)? (?:to|for|at)|plan(?:ning)? (?:to|on|for)?|goal is|dream(?:ing)?|aspire|"
    r"aspiring|looking to|trying to (?:become|be|get|move)|wish|become|becoming|move (?:in)?to|moving (?:in)?to|move up to|progress (?:further )?(?:in)?to|get (?:in)?to|reach|transition(?:ing)? (?:in)?to|"
    r"switch(?:ing)? to|break into|step(?:ping)? up to|promot(?:ed|ion) to|interested in (?:being|becoming|taking)|ready (?:for|to be)|applied for|applying for|offered|next step is)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(studying|preparing|working towards?|doing my|taking (?:the|my|a)|enrolled|in progress|currently doing|finishing|sitting|revising)\b",
    re.IGNORECASE,
)
_LAPSED = re.compile(
    r"\b(lapsed|expired|ran out|let (?:it|my) .{0,20}(?:lapse|expire)|used to (?:hold|have)|no longer (?:hold|have|certified))\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(have|has|hold|got|passed|earned|obtained|received|completed|certified|certificat\w+|achieved|hold(?:ing|er)|cleared|am an?|i'?m an?|since|with|also|as)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(was|were|used to be|former(?:ly)?|ex|previous(?:ly)?|before|worked|spent|once|began as|started as|been a .* before)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(am|i'?m|currently|now|have been|i'?ve been|ive been|been|present(?:ly)?|working as|these days|today)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?\s*$|^\s*(?:and |but |so |ok |also )?(what|which|who|how|why|when|where|is|are|does|do|can|could|should|would|will|may)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\b(\d+|two|three|four|five|six|ten)\s*(?:hours?|hrs?|h)\s*(?:a|per|each|/|every)\s*(?:week|wk)\b", re.IGNORECASE
)
_TRAINING = re.compile(
    r"\b(\d+)\s*(?:contact\s+|training\s+)?(?:hours?|hrs?|h)\s+(?:of\s+)?(?:(?:pm|project management|formal|pmi)\s+)?(?:training|education|course\w*|contact)",
    re.IGNORECASE,
)
_EDUCATION = (
    ("mba", r"\bmba\b"), ("doctorate", r"\b(?:phd|ph\.d|doctorate|doctoral)\b"),
    ("master", r"\b(?:(?<!scrum )(?<!scrum-)master'?s?(?: degree)?(?! data)|m\.?sc|mres|meng|m\.?a\.)(?!\w)"),
    ("bachelor", r"\b(?:bachelor'?s?|b\.?sc|b\.?a\.?(?= (?:in|hons|degree))|beng|b\.?tech|undergraduate degree|university degree|college degree|(?<!associate )(?<!master's )degree)\b"),
    ("associate", r"\b(?:associate'?s?(?: degree)|hnd|foundation degree)\b"), ("secondary", r"\b(?:high school|secondary school|a[- ]levels|gcse)\b"),
)  # fmt: skip
_NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


@dataclass(frozen=True)
class Reading:
    """``certifications`` and ``roles`` are those named anywhere, in order; ``facts`` are what is told of the writer."""

    facts: list[Fact]
    certifications: list[str]
    roles: list[str]


@dataclass(frozen=True)
class _Named:
    kind: str
    id: str
    start: int
    end: int


class Reader:
    """Compiled once from a lexicon; :meth:`read` has no state."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._nlp = spacy.blank("en")
        self._keys = sorted(set(lexicon.words.values()))
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        by_key: dict[str, list[Doc]] = {}
        for words, key in lexicon.words.items():
            by_key.setdefault(key, []).extend(self._nlp.make_doc(form) for form in {words, f"{words}s"} if words)
        for key, docs in by_key.items():
            self._matcher.add(key, docs)

    def read(self, text: str) -> Reading:
        named = self._named(text)
        certifications = list(dict.fromkeys(n.id for n in named if n.kind == "certification"))
        roles = list(dict.fromkeys(n.id for n in named if n.kind == "role"))
        facts: list[Fact] = []
        for start, end in _sentences(text):
            inside = [n for n in named if start <= n.start < end]
            facts += self._sentence(text, start, end, inside)
        return Reading(_once(facts), certifications, roles)

    def durations(self, text: str) -> list[tuple[int, int | None]]:
        return [d.months for d in find_durations(text) if d.months]

    def _named(self, text: str) -> list[_Named]:
        """The longest names at each place. Hyphens count as spaces and US "program" as "programme"."""
        plain, places = _normalised(text)
        doc = self._nlp.make_doc(plain)
        spans = [Span(doc, s, e, label=key) for key, s, e in self._matcher(doc)]
        found = []
        for span in spacy.util.filter_spans(spans):
            kind, _, id_ = span.label_.partition(":")
            found.append(_Named(kind, id_, places[span.start_char], places[min(span.end_char, len(places) - 1)]))
        return sorted(found, key=lambda n: n.start)

    def _sentence(self, text: str, start: int, end: int, named: list[_Named]) -> list[Fact]:
        words = text[start:end]
        if _OTHERS.search(words) and not re.search(r"\bi(?:'m|'ve| am| have| was| hold| want)\b", words, re.IGNORECASE):
            return []
        question = bool(_QUESTION.search(words))
        first = bool(_FIRST_PERSON.search(words))
        durations = [replace(d, start=d.start + start, end=d.end + start) for d in find_durations(words)]
        facts: list[Fact] = []
        for n in named:
            before = text[start : n.start]
            polarity = self._polarity(n, before, text[n.end : end], question, first)
            if polarity is None:
                continue
            kind = "goal" if polarity == "wants" and n.kind in ("role", "certification") else n.kind
            quote = text[n.start : n.end]
            fact = Fact(_kind(kind), n.id, polarity, text=quote)
            if n.kind in ("role", "experience") and polarity == "has":
                fact = _with_time(fact, n, named, durations, text, start, end)
            facts.append(fact)
        if not question or first:
            facts += _education(words)
        return facts + _amounts(words)

    def _polarity(self, n: _Named, before: str, after: str, question: bool, first: bool) -> Polarity | None:
        near = before[-60:]
        if _HYPOTHESIS.search(before):
            return None
        wish = _last(_WISH, near)
        denied = _last(_NEGATION, before[-40:])
        if n.kind in ("role", "certification") and wish is not None and (first or not question) and first:
            return None if denied is not None and len(before[-40:]) - denied < 12 else "wants"
        if question and not re.search(
            r"\b(i'?m|i am|i'?ve|i have|i was|as an?|my|i hold|i don'?t)\b", near, re.IGNORECASE
        ):
            return None
        if _LAPSED.search(f"{near} {after[:30]}"):
            return "lapsed" if n.kind == "certification" else "has"
        if denied is not None:
            return "lacks" if n.kind != "trait" else None
        if n.kind == "certification":
            if _STUDY.search(near):
                return "studying"
            return (
                "has"
                if _HOLDS.search(f"{near} {after[:25]}")
                or not before.strip()
                or re.search(r"[,;&+]\s*$|\band\s*$", before)
                else None
            )
        if question and not first:
            return None
        return "has"


def _kind(kind: str) -> Kind:
    return kind  # type: ignore[return-value]


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    found = [m.start() for m in pattern.finditer(text)]
    return found[-1] if found else None


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text as aliases are compared, and for each of its characters the place it had."""
    out: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"\bprogram\b|\bprogrammes?\b|[\s\-–_/]+|.", text, re.IGNORECASE):
        piece = match.group()
        new = (
            "programme" if piece.lower() == "program" else " " if re.fullmatch(r"[\s\-–_/]+", piece) else piece.lower()
        )
        for offset, character in enumerate(new):
            out.append(character)
            places.append(min(match.start() + offset, match.end() - 1))
    places.append(len(text))
    return "".join(out), places


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _with_time(
    fact: Fact, n: _Named, named: list[_Named], durations: list[Duration], text: str, start: int, end: int
) -> Fact:
    """The length nearest to the name, with no other role or comma-and between, belongs to it."""
    others = [o for o in named if o is not n and o.kind == "role"]

    def distance(d: Duration) -> int | None:
        low, high = (d.end, n.start) if d.end <= n.start else (n.end, d.start)
        if any(low <= o.start < high for o in others):
            return None
        return high - low

    reachable = [(distance(d), d) for d in durations]
    best = min(((gap, d.start, d) for gap, d in reachable if gap is not None and gap < 60), default=None)
    before, after = text[start : n.start], text[n.end : end]
    current = (
        False
        if _last(_PAST, before[-50:]) is not None and not re.search(r"\b(have|'ve|ve) been\b", before)
        else True
        if _PRESENT.search(before) or (best and best[2].open_ended)
        else None
    )
    if best is None:
        return replace(fact, current=current)
    d = best[2]
    quote = text[min(n.start, d.start) : max(n.end, d.end)].strip()
    if re.search(r"\bnow\b", after[:15]):
        current = True
    return replace(fact, months=d.months, start=d.since, end=d.until, current=current, text=quote)


def _education(words: str) -> list[Fact]:
    for level, pattern in _EDUCATION:
        match = re.search(pattern, words, re.IGNORECASE)
        if match:
            near = words[: match.start()][-35:]
            polarity: Polarity = "lacks" if _NEGATION.search(near) else "studying" if _STUDY.search(near) else "has"
            if _HYPOTHESIS.search(words[: match.start()]) or _WISH.search(near):
                return []
            return [Fact("education", level, polarity, text=match.group())]
    return []


def _amounts(words: str) -> list[Fact]:
    facts = []
    if match := _HOURS.search(words):
        number = match.group(1).lower()
        facts.append(
            Fact(
                "constraint",
                "hours_per_week",
                text=match.group(),
                amount=float(_NUMBER_WORDS.get(number, 0) or number),
                unit="hours",
            )
        )
    if match := _TRAINING.search(words):
        facts.append(
            Fact("training", "project_management", text=match.group(), amount=float(match.group(1)), unit="hours")
        )
    return facts


def _once(facts: list[Fact]) -> list[Fact]:
    """One fact a thing: the one that tells more."""
    kept: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        known = kept.get((fact.key, fact.polarity))
        if known is None or (known.months is None and known.start is None and (fact.months or fact.start)):
            kept[(fact.key, fact.polarity)] = fact
    return list(kept.values())
