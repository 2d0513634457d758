"""A named thing in its surroundings, and the claim made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.experience.durations import Duration
from bot.experience.facts import Kind, Polarity
from bot.experience.names import Named
from bot.experience.scope import PAST, PRESENT, Scope, Sentence, denied, scope_at
from bot.experience.wishes import WANTED_AFTER

_STOP = (
    r"(?:with|for|to|by|under|from|of|than|like|reports?|reporting|supports?|supporting|about"
    r"|on|in|at|that|which|who|where|when|because|so|but|if|how|what|between|want|need|needs"
    r"|wants|"
    r"help|helps|asked|told|said|think|is|are|was|were|becoming|become|hire|hired|see|know"
    r"|work|works|vs|versus|or|i|not|no|take|taking|do|get|heard|read|met|meet|sure|over|my"
    r"|your|his|her|their|our|trying|looking|per|before|after|whether|going|used|into"
    r"|talking)"
)
_STOP_WORD = re.compile(rf"(?:{_STOP})")
_SEGMENT = re.compile(r"[,;:.!?/&+()|\n✅]|\band\b|\bplus\b|\balso\b")
_PASSED_OVER_WORDS = """
a an the and my both already also just recently finally currently only old current valid active full official formal
certification certifications in of as exam exams degree lean advanced certified qualified level levels professional
now still first year month last january february march april may june july august september october november december
been got done is certificate pmi axelos scrum agile master young senior junior lead experienced part time main
"""
_PASSED_OVER = frozenset(_PASSED_OVER_WORDS.split())
"""Words that may stand between a verb and what it takes."""
_LIGHT_WORDS = """
a an the and or my i i'm am currently now former ex senior junior also both certified qualified certification
certifications exam practitioner foundation only expert degree in of since experience here level by trade as well with
then hi hello hey experienced years year for at from last yesterday today just already background it's jan feb mar apr
jun jul aug sep oct nov dec january february march april may june july august september october november december
interim acting freelance contract contracting associate still seasoned accident chance choice default passionate
results driven oriented focused dedicated accredited
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())
_GOAL_LINK = re.compile(
    r"\b(?:breakdown|comparison|overview|list of|explanation|description|details|competenc\w+|skills (?:for|of)"
    r"|information|info|advice|guidance|think|(?<!\bwork )(?<!\bworking )like|know|understand|how|what|whether"
    r"|which|who|if|help my|for my"
    r"|from my|report)\b"
)


_OVER = re.compile(
    r"(?:ran|managed|led|headed|looked after|oversaw|founded|started|coordinated|delivered|handled|worked)\b"
)
_GOES_ON = re.compile(
    r"(?:run|manage|look after|oversee|lead|own|head|deliver|coordinate|handle|work|line manage|\w+ing)\b"
)
_DENIAL_INSIDE = re.compile(r"\b(?:never|not|no|nobody|no ?one|without|don't|didn't|haven't|any(?:one|body))\b")
"""Words that hold their verb may hold its denial: "have never held a budget"."""


_THEN = re.compile(
    r"\b(?:then|now|these days)(?: (?:an?|the|as|working as|became|moved (?:in)?to|on to|into))* (?:\w+ )?$"
)
UNDER_WAY = r"in progress|in process|ongoing|underway|under way|going on|half ?way|half done"
"""What stands behind a certification or a degree that is still being taken."""
LONGEST_ROW = 12
I_HAVE_AFTER = re.compile(
    r" (?:is |was )?(?:what |all |that |which |the one )?i(?:'ve| have)? (?:(?:actually|really|only|just) )*(?:have|got"
    r"|did|hold|finished|completed|gained|earned)\b(?! (?:to|no|not|never)\b)"
)
""" "It's a bachelor's I have", "a diploma is what I've got": the verb comes last."""


@dataclass(frozen=True)
class Claim:
    named: Named
    kind: Kind
    id: str
    polarity: Polarity
    current: bool | None = None
    start: int = 0
    """Where the words that tell it begin: at the denial, where there is one."""


def reaches(licence: re.Pattern[str], before: str, unknown: int) -> bool:
    """The last word that licenses a claim is near: at most ``unknown`` words between that mean we know not what."""
    last = None
    for last in licence.finditer(before):  # noqa: B007
        pass
    if last is None:
        return False
    words = re.findall(r"[\w']+", before[last.end() :])
    return not any(_STOP_WORD.fullmatch(w) for w in words) and sum(w not in _PASSED_OVER for w in words) <= unknown


class At:
    """A named thing in its surroundings. Other names before it are blanked, so that they stand in nobody's way."""

    def __init__(self, named: Named, inside: Sequence[Named], lengths: Sequence[Duration], sentence: Sentence) -> None:
        self.named, self.inside, self.sentence = named, inside, sentence
        begin = sentence.start
        self.text = sentence.text
        self.place = named.start - begin
        self.durations = lengths
        self.lengths = [(d.start - begin, d.end - begin) for d in lengths]
        self.scope: Scope = scope_at(sentence, self.place)
        self.before = self.text[: self.place]
        self.after = self.text[named.end - begin :]
        blank = self.before
        for other in inside:
            if other.end <= named.start and not other.own_verb:
                blank = blank[: other.start - begin] + "," * (other.end - other.start) + blank[other.end - begin :]
        for start, end in self.lengths:
            if end <= self.place:
                blank = blank[:start] + "," * (end - start) + blank[end:]
        self.bare = re.sub(r",{2,}", ", ", blank)

    def before_in_row(self) -> At | None:
        """The last of its kind named before it, in its own surroundings. None in rows longer than anyone speaks."""
        earlier = [n for n in self.inside if n.kind == self.named.kind and n.end <= self.named.start]
        return At(earlier[-1], self.inside, self.durations, self.sentence) if 0 < len(earlier) <= LONGEST_ROW else None

    def since_name(self, earlier: Named) -> str:
        """The words between an earlier name and this."""
        return self.text[earlier.end - self.sentence.start : self.place]

    @property
    def denied(self) -> bool:
        inside = self.named.own_verb and _DENIAL_INSIDE.search(self.words)
        return bool(inside) or denied(self.scope, self.text, self.place)

    @property
    def asked(self) -> bool:
        return self.scope.mood == "asked"

    @property
    def wanted_after(self) -> bool:
        """ "Programme manager is the dream", "a portfolio role would suit me"; not of one that is denied or asked."""
        return not self.asked and not self.denied and WANTED_AFTER.match(self.after) is not None

    @property
    def alone(self) -> bool:
        """The segment between commas holds nothing but the name, light words and lengths."""
        text = self.bare + "," + self._blank_after()
        cut = len(self.bare)
        first = max((m.end() for m in _SEGMENT.finditer(self.bare)), default=0)
        last = next((m.start() for m in _SEGMENT.finditer(text, cut + 1)), len(text))
        words = re.findall(r"[a-z']+", text[first:last])
        return all(w in _LIGHT for w in words)

    @property
    def amid_a_story(self) -> bool:
        """Told in a message that goes on, of nobody else and with nothing asked."""
        return not (self.sentence.whole or self.sentence.mentions_a_question or self.scope.third)

    @property
    def length_near(self) -> bool:
        """A length touches the name: "PMO lead 4+ years", "7 years project manager", "nurse for ten years"."""
        for start, end in self.lengths:
            gap = (
                self.text[end : self.place]
                if end <= self.place
                else self.after[: start - (len(self.text) - len(self.after))]
            )
            if re.fullmatch(
                r"[\s,(:|\-]*(?:(?:experience|in|as|of|a|an|the|for|since|working|with|about|now|role"
                r"|already|job|now for|here|veteran|experienced|seasoned|plus|or so)[\s,]*){0,4}",
                gap,
            ):
                return True
        return False

    @property
    def fragment(self) -> bool:
        """The whole sentence is a list of things like this one: no statement of another kind is in it."""
        words = re.findall(r"[a-z']+", self.bare + "," + self._blank_after())
        return sum(w not in _LIGHT for w in words) <= 2

    @property
    def length_follows(self) -> bool:
        """A length after the name with a few words between, none of them a verb or preposition we know."""
        base = len(self.text) - len(self.after)
        gaps = [self.after[: start - base] for start, _ in self.lengths if start >= base]
        words = re.findall(r"[\w']+", gaps[0]) if gaps else ["?"] * 9
        return len(words) <= 3 and not any(_STOP_WORD.fullmatch(w) for w in words)

    def _blank_after(self) -> str:
        text = self.after
        base = len(self.text) - len(self.after)
        for start, end in self.lengths:
            if start >= base:
                text = text[: start - base] + "," * (end - start) + text[end - base :]
        for other in self.inside:
            if other.start > self.named.start:
                low, high = other.start - self.sentence.start - base, other.end - self.sentence.start - base
                text = text[:low] + "," * max(0, high - low) + text[high:]
        return text

    @property
    def words(self) -> str:
        """The name itself, as the plain text has it."""
        return self.text[self.place : self.place + self.named.end - self.named.start]

    @property
    def mine_since_verb(self) -> bool | None:
        """ "Ran the office" is over, "I run" and "running" it goes on; None where the verb alone does not tell."""
        if re.search(r"\b(?:have|has|i've|had|having|been|was|to|before|after|while|by) (?:\w+ly )?$", self.before):
            return None
        if _OVER.match(self.words):
            return False
        subject = re.search(
            r"(?:\bi|\bi'm|\bam|\bcurrently|^\W*)(?: (?:also|still|now|currently|just))? ?$", self.before
        )
        return True if subject and _GOES_ON.match(self.words) else None

    @property
    def introduces(self) -> bool:
        """The title with which the writer introduces themselves."""
        return self.sentence.writer == self.named.start

    @property
    def spoken_of(self) -> bool:
        """The title that opens the message only as its subject."""
        return self.sentence.subject == self.named.start

    @property
    def opens(self) -> bool:
        """The sentence begins with the name."""
        return not self.before.strip(" ,:;-#*\"'(")

    def goal(self, id_: str) -> Claim | None:
        """The wish for it; none where the wish is denied or is to know something about it."""
        linked = _GOAL_LINK.search(self.text[self.scope.since : self.place])
        return self.claim("wants", "goal", id_) if not self.denied and not self.scope.refused and not linked else None

    def claim(self, polarity: Polarity, kind: Kind | None = None, id_: str | None = None) -> Claim:
        start = self.named.start
        if polarity == "lacks" and self.scope.denied_at is not None and self.denied:
            lead = re.search(r"[\w']+$", self.text[: self.scope.denied_at])
            start = self.sentence.start + (lead.start() if lead else 0)
        return Claim(self.named, kind or self.named.kind, id_ or self.named.id, polarity, self._current(), start)  # type: ignore[arg-type]

    @property
    def _moved_on(self) -> bool:
        """Another role came after: "planner for two years, then scheduler"."""
        end = self.place + len(self.words)
        later = (n.start - self.sentence.start for n in self.inside if n.kind == "role" and not n.own_verb)
        return any(end < start and _THEN.search(self.text[end:start]) for start in later)

    def _current(self) -> bool | None:
        """By the tense of its own verb, or else the tense nearest before the name."""
        if self.named.own_verb and self.mine_since_verb is not None:
            return self.mine_since_verb
        past = max((m.end() for m in PAST.finditer(self.before)), default=-1)
        present = max((m.end() for m in PRESENT.finditer(self.before)), default=-1)
        if past < 0 and present < 0:
            if self._moved_on:
                return False
            return True if self.alone and self.lengths else None
        return present > past
