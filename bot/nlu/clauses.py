"""A message cut into the pieces that may each ask, tell or do one thing. Pure rules over spaCy's tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

ENDS = frozenset({".", "?", "!", "...", "…", ";", "??", "!!", "?!", "!?"})
DASHES = frozenset({"-", "–", "—", "--"})
JOINS = frozenset({"and", "n", "&", "also", "then", "plus", "but", "so", "nd", "+"})
WH = frozenset(
    [
        "what",
        "whats",
        "what's",
        "wat",
        "wats",
        "wot",
        "which",
        "who",
        "whos",
        "who's",
        "whom",
        "when",
        "where",
        "wheres",
        "where's",
        "why",
        "whys",
        "how",
        "hows",
        "how's",
        "hw",
    ]
)
AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "am",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "should",
        "will",
        "shall",
        "may",
        "has",
        "have",
        "need",
        "must",
        "isn't",
        "aren't",
        "don't",
        "doesn't",
        "can't",
        "r",
    ]
)
SUBJECTS = frozenset(
    [
        "i",
        "you",
        "u",
        "it",
        "they",
        "we",
        "he",
        "she",
        "there",
        "this",
        "that",
        "these",
        "those",
        "a",
        "an",
        "the",
        "my",
        "your",
        "anyone",
        "anybody",
        "someone",
        "somebody",
    ]
)
TELLS = frozenset(
    [
        "taught",
        "made",
        "makes",
        "gave",
        "gives",
        "meant",
        "means",
        "led",
        "took",
        "got",
        "kept",
        "let",
        "i",
        "we",
        "has",
    ]
)
"""Behind "which" these go on with what is told."""
TOLD = frozenset({"was", "have", "has"})
ARTICLES = frozenset({"a", "an", "the", "my"})
"""After the words before: "Was a developer for years" has lost its "I" and asks nothing."""
ORDERS = frozenset(
    [
        "tell",
        "show",
        "give",
        "send",
        "explain",
        "list",
        "compare",
        "recap",
        "summarise",
        "summarize",
        "help",
        "suggest",
        "recommend",
        "advise",
        "describe",
        "wipe",
        "delete",
        "forget",
        "erase",
        "remove",
        "scrap",
        "export",
        "email",
        "please",
        "pls",
        "plz",
        "clear",
        "repeat",
        "stop",
        "add",
        "name",
        "define",
    ]
)
ACTS = frozenset(
    [
        "thanks",
        "thank",
        "thx",
        "ty",
        "ta",
        "cheers",
        "ok",
        "okay",
        "okey",
        "k",
        "yes",
        "yeah",
        "yep",
        "yup",
        "ya",
        "yesss",
        "sure",
        "no",
        "nah",
        "nope",
        "nay",
        "hi",
        "hello",
        "hey",
        "heya",
        "hiya",
        "howdy",
        "morning",
        "evening",
        "afternoon",
        "great",
        "perfect",
        "brilliant",
        "excellent",
        "nice",
        "cool",
        "lovely",
        "sorry",
        "wrong",
        "bye",
        "goodbye",
        "alright",
        "right",
        "fine",
        "absolutely",
        "negative",
        "agreed",
        "please",
        "wow",
        "hmm",
        "welcome",
        "done",
    ]
)
# "I know what", "find out how", "that is where": the word after these goes on with the same piece.
LEADS = frozenset(
    [
        "know",
        "knows",
        "wonder",
        "wondering",
        "ask",
        "asking",
        "tell",
        "me",
        "you",
        "us",
        "see",
        "show",
        "explain",
        "understand",
        "find",
        "out",
        "of",
        "about",
        "on",
        "to",
        "is",
        "are",
        "was",
        "that",
        "sure",
        "decide",
        "decided",
        "learn",
        "from",
        "in",
        "for",
        "with",
        "at",
        "by",
        "exactly",
        "no",
        "matter",
        "depends",
        "confused",
        "check",
        "than",
        "like",
    ]
)
QUESTION_PHRASES = re.compile(
    r"\b(wonder(ing)?|want(ed)? to (know|ask|find out)|any(one|body)? (know|idea|tips?|advice|suggestions?|thoughts?)"
    r"|(can|could) (some|any)(one|body)|tell me|let me know|curious|not sure (if|whether|which|what|how))\b",
    re.I,
)
WISH_PHRASES = re.compile(
    r"\b(want(s|ing)?|wanna|wish|hop(e|ing)|aim(ing)?|aspir(e|ing)|dream|seek(ing)?|plan(ning)? (to|on|\w+ next)"
    r"|would (like|love)|(i'?d|ide) (like|love|rather|prefer)|looking (to|for|at)|keen (to|on)|intend(ing)? to"
    r"|interested in|thinking of|re-?train(ing)?|(?<!before )(?<!after )(?<!since )transitioning"
    r"|going to (be|become|take|apply)|(gonna|will be) (?!complet|finish|graduat)\w+ing|(gonna|will) (apply|take|sit)"
    r"|my (next )?goal|time (to|for a) change)\b",
    re.I,
)
CORRECTION_PHRASES = re.compile(
    r"^\W*(no|nope|nah|wait|oops|hang on|hold on|scratch|make (it|that)|change|fix|edit|your?|you('ve| have)?)\b"
    r"|\b(wrong|incorrect|mistaken?|misread|mis(spoke|typed|counted|calculated|understood)|me?ant|actual?ly|i said"
    r"|never said|didn'?t (say|mean)|should (be|say|read|have (said|written))|correct(ion)?|clarify|rephrase|strictly"
    r"|instead of|rather than|update|amend|strike that|mixed up|got (that|it|this|me)|more like|my bad|scrap"
    r"|take (that|it|out)|so?rry,? (i|it|its|it'?s|my|that|not?|me?ant|should)|no longer"
    r"|any ?more|after all|put that right|isn'?t|is(n't| not) (true|right|me))\b",
    re.I,
)
CAREER_PHRASES = re.compile(
    r"\b(becom(e|ing)|(get|getting|break|breaking|move|moving|go|going|switch(ing)?) (in)?to|promot\w+|career|path"
    r"|salar(y|ies)|pay|paid|earns?|skills?|interview\w*|responsibilit\w+|duties|degree|qualif\w+|experience"
    r"|what (is|are|does|do)|who (is|are)|difference|hired|cv|resume)\b",
    re.I,
)
_ONE_AT_A_TIME = Lock()
"""spaCy's vocabulary grows as it reads, and is not made for two threads."""
_SORRY = re.compile(r"\W*(?:(?:oh|oops|ah|so)\W+)?so?rry\W*", re.I)
_NUMBER = re.compile(r"(?:^|(?<=[\s:]))\(?(?P<number>[0-9]{1,2}|[a-e])[).](?:\s+|(?=[^\W\d]))", re.I)


@dataclass(frozen=True)
class Clause:
    """``start`` and ``end`` are character offsets in the message; ``asks`` is told by form alone and may be wrong."""

    text: str
    start: int
    end: int
    asks: bool


def split(text: str) -> list[Clause]:
    """The clauses in order; an empty or blank message has none."""
    with _ONE_AT_A_TIME:
        doc = tokeniser()(text)
    numbers = _list_numbers(text)
    begun = {t.i for t in doc if t.idx in numbers}
    inside = {t.i for t in doc if any(start < t.idx < end for start, end in numbers.items())}
    starts = sorted(({0, *_sentence_starts(doc), *_joined_starts(doc)} - inside) | begun)
    pieces = [
        (doc[a].idx, doc[b - 1].idx + len(doc[b - 1]))
        for a, b in zip(starts, [*starts[1:], len(doc)], strict=True)
        if b > a
    ]
    clauses = []
    for start, end in _with_excuses(pieces, text):
        words = text[numbers.get(start, start) : end].strip()
        if re.search(r"\w", words):
            offset = text.index(words, start)
            clauses.append(Clause(words, offset, offset + len(words), asks(words)))
    return clauses


def _with_excuses(pieces: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """ "Sorry," goes with what it is said of: alone it would ask to say something again."""
    begin = None
    for place, (start, end) in enumerate(pieces):
        begin = start if begin is None else begin
        if place + 1 < len(pieces) and _SORRY.fullmatch(text[begin:end]):
            continue
        yield begin, end
        begin = None


def asks(text: str) -> bool:
    """Whether the words have a question's or an order's form."""
    if "?" in text or QUESTION_PHRASES.search(text):
        return True
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    while words and (words[0] in JOINS or words[0] in ACTS) and len(words) > 1:
        words = words[1:]
    if len(words) > 1 and words[0] in TOLD and words[1] in ARTICLES:
        return False
    return bool(words) and (
        words[0] in WH or words[0] in ORDERS or (words[0] in AUXILIARIES and len(words) > 1 and words[1] in SUBJECTS)
    )


def wishes(text: str) -> bool:
    """Whether the words, told and not asked, speak of something still to come."""
    return bool(WISH_PHRASES.search(text.replace("’", "'")))


def corrects(text: str) -> bool:
    """Whether the words take back or change something: background beside a question is seldom a correction."""
    return bool(CORRECTION_PHRASES.search(text.replace("’", "'")))


def speaks_of_careers(text: str) -> bool:
    """Whether the words ask about a post and the way to it."""
    return bool(CAREER_PHRASES.search(text))


@lru_cache(maxsize=1)
def tokeniser() -> Language:
    return spacy.blank("en")


def _sentence_starts(doc: Doc) -> list[int]:
    starts = []
    for token in doc[:-1]:
        following = doc[token.i + 1]
        if (_ends(token) and not _ends(following) and following.text not in {")", '"', "'", "”", "’"}) or (
            token.is_space and "\n" in token.text
        ):
            starts.append(token.i + 1)
    return starts


def _ends(token: Token) -> bool:
    return token.text in ENDS or bool(re.fullmatch(r"[.?!…]+", token.text))


def _joined_starts(doc: Doc) -> list[int]:
    starts = []
    for token in doc[1:]:
        before = doc[token.i - 1]
        if (before.text in DASHES and before.whitespace_ and _opens(doc, token.i)) or (
            before.text == "," and ((token.i - 1 <= 4 and doc[0].lower_ in ACTS) or _opens(doc, token.i))
        ):
            starts.append(token.i)
        elif before.lower_ in JOINS and before.i and _opens(doc, token.i) and before.i - _last(starts) > 1:
            starts.append(before.i)
    return starts


def _last(starts: list[int]) -> int:
    return starts[-1] if starts else 0


def _list_numbers(text: str) -> dict[int, int]:
    """Where the numbers or letters of a list stand, from character to character; none when they do not count on."""
    found = list(_NUMBER.finditer(text))
    while found and found[0]["number"].lower() not in ("1", "a"):
        found = found[1:]
    counted = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] if found and found[0]["number"] == "1" else list("abcde")
    told = [n["number"].lower() for n in found]
    return {n.start(): n.end() for n in found} if len(told) > 1 and told == counted[: len(told)] else {}


def _relative(doc: Doc, i: int) -> bool:
    """ "..., which taught me patience", "..., where I look after the plans": behind a comma, with nothing asked."""
    if doc[i - 1].text != "," or "?" in doc[i:].text or i + 1 >= len(doc):
        return False
    word, following = doc[i].lower_, doc[i + 1].lower_
    if word == "which":
        return following in TELLS or following.endswith("ed")
    return (word == "who" and i > 6 and following not in AUXILIARIES) or (
        word in {"where", "when"} and following in SUBJECTS
    )


def _opens(doc: Doc, i: int) -> bool:
    """Whether a question or an order can begin at token ``i``."""
    word = doc[i].lower_.replace("’", "'")
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    if word in JOINS and i + 1 < len(doc):
        return _opens(doc, i + 1)
    if word in {"what", "how", "wat", "who"} and following == "'s":
        return True
    if word in WH:
        return (doc[i - 1].lower_ not in LEADS and not _relative(doc, i)) if i else True
    return word in ORDERS or (word in AUXILIARIES and following in SUBJECTS)
