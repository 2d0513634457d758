"""What a sentence says of a place in it: told of the writer or of others, wished, denied, asked, or supposed.

The cues of a sentence are walked from left to right. Each changes the state until another does, as a reader takes it:
"I'm an analyst (told) who wants to become (wished) a manager, but I have no (denied) degree".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.experience.cues import CUE

Mood = Literal["", "told", "wished", "studied", "lapsed", "asked", "supposed"]

_END = re.compile(
    r"(?<!\bb\.sc)(?<!\bb\.e)(?<!\bb\.a)(?<!\bb\.s)(?<!\bm\.a)(?<!\bm\.s)(?<!\bb\.tech)(?<!\bb\.com)(?<!\bm\.sc)(?<!\bph\.d)(?<!\bsenior)(?<!\bjunior)(?<!\bapprox)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bdr)(?<!\bmr)(?<!\bu\.s)(?<!\bu\.k)[.!?]+(?=[\s)\"']"
    r"|$)[)\"']?|\n+|\s-+\s|…"
)
_MY_NAME = re.compile(r"\W*(?:(?:hi|hello|hey)\W+)?(?:(?:i'm|i am|my name is) \w+(?: \w+)?|i am|i'm)\W*")
""" "I'm Ana - a planner from Porto" goes on behind the dash."""
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|hi|hello|hey|also|then|now|please|just|quick question"
    r"|question|\d\))[\s,:.)]+)*(?:what|what's|whats|which|who|whos|who's|how|hows|why|when"
    r"|where|is|are|does|do(?!n't)|did(?= (?:i|you|he|she|we|they|it|this|that|the|your|any\w*|some\w*)\b)|can"
    r"|could|should|will|may|shall|has|any|explain"
    r"|would(?! (?:(?:really|also|eventually|ideally|still|quite|rather|one day|some day) )*(?:like|love) (?:to"
    r" (?!know|hear|see|understand|learn|ask|find)|any\b|some \w+ (?:role|job|post)))"
    r"|describe|contrast|summari[sz]e|outline|suggest|recommend|advise|compare|tell|define|list|give|show|difference)\b"
)
_WHICH = (
    r"(?:^\W*|[;:(/-] ?|, (?=which (?:one|of|is (?:better|best)|should|would|do|to|certif\w*|course|exam|path|role)\b)"
    r"|\b(?:know|sure|decide|deciding|choose|choosing|ask|asking|wonder|wondering|advise|advice|guide|me|see|and"
    r"|but|or|so"
    r"|then|about|on|for|in|confused|please|help|say|explain|suggest|recommend|understand|not|next|now|better|hi"
    r"|hello|sir"
    r"|coach|question|between|if|that's|is|are|pls|plz) |(?=which (?:one|two|ones|certif\w*|would|should|to|do)\b)"
    r"|(?=which\W*$))which\b(?! i(?:'ve| have|'m| am| think| believe| got| did| took)\b)"
)
""" "Which" asks where a question can begin, and tells behind a noun: "a PhD which nobody asks about"."""
ASKS_ANYWHERE = re.compile(
    rf"{_WHICH}|"
    r"\b(?:what|what's|how|why|worth|vs\.?|versus|should i|do i|can i"
    r"|could i|would i"
    r"|am i|is it|is there|are there|better|or not|difference|tell me|eligible|salar(?:y|ies)|pros and cons"
    r"|overview|explained"
    r"|required|requirements?(?! (?:workshop|gather|engineer|elicit|manage|analy|specif|document|and test))"
    r"|resources|recommend\w*|roi|return on investment|institutes?|passing score|pass mark"
    r"|comparison"
    r"|meaning|definition|syllabus|eligibility|best|latest|advice|tips|guide|job titles?|needed|necessary"
    r"|mandatory|compulsory|career ladder|qualifications in|job description|must one|step by step"
    r"|renewal|re ?certification|validity|prices?|costs?|fees?|cheapest|anyone|anybody|compared|advantages"
    r"|disadvantages|benefits of|providers?|competenc\w+|point me|role of|networks|day in the life"
    r"|average day|ctc|did \w+ (?:change|help|make|matter|count|pay|bring)|or(?! (?:so|more|less|thereabouts)\b)"
    r"|examples? of|skills for)\b|\?"
)
_ME = re.compile(r"\b(?:i|i'm|i've|i'd|me|my|mine)\b")
_BREAK = re.compile(
    r"\b(?:but|because|so|though|although|however|while|whereas|and i(?:'m|'ve)?|where|when"
    r"|if|except|apart from|only|just)\b"
    r"|[,;:(]\s*(?:(?:over|about|almost|nearly|some|now) )?(?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten)\+? "
    r"(?:years|year|months)\b|[,;:(]\s*(?:i(?:'m|'ve)?|now|currently|just|yet|although"
    r"|then|only|and|is|are|does|should|would|will|can)\b"
)
_SUCH_WORK = re.compile(
    r"\b(?:jobs?|work|working|role|position|career|start|started|starting|offer|hired"
    r"|employed|someone|myself|succeed|thrive|excel|chance|shot|post|life|qualify|get in|better|join|go|come in"
    r"|continue|apply"
    r"|register"
    r"|independent) $"
    r"|\b(?:job|role|position|post) (?:at|in|with) (?:\w+ ){1,4}$|\bto work (?:\w+ ){1,5}$|\bjoin (?:\w+ ){1,3}$"
)
_WOULD_DO = re.compile(r"\b(?:would|will) i (?:\w+ )?(?:be |do |doing |earn |make |get |have |need )")
""" "What would I do as a planner?" """
_COULD = re.compile(r" (?:can|could|should|would|must|might|will|need|take|do|get|apply|go|become|start|look|use|be)\b")
_THERE = re.compile(r"\b(?:where|so|so that|in which) $")
""" "To become a lead, where I can run projects": all of it is wished."""
_BARE_NO = re.compile(r"\b(?:no|without|w/o|zero|not|minus)$")
_REFUSES = re.compile(
    r"(?:(?<!why )\bnot|"
    r"(?<!why )(?<!ca)(?<!could)n't|\bnever|\bno longer)(?: (?:really|that|very|so|all|too|particularly|at))* $"
)
_MOODS: dict[str, Mood] = {"wished": "wished", "studied": "studied", "lapsed": "lapsed"}
_IS = re.compile(r"\b(?:as|i'm|i am|was|be|become|becoming|been)(?: now| also| currently)? $")
_GOES_ON = re.compile(
    r"\b(?:i'm|i am|i was|i've been|have been)(?: (?!for\b|with\b|under\b|of\b|by\b|to\b|at\b)[\w']+){1,8},? $"
)
""" "I am a nurse who became an analyst": still the writer."""
_COUNTED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|manage|managing|managed|lead|leading|led) people$"
)
""" "Led 15 people" is no word of others."""
_CLAUSE = re.compile(r"(?:[,;:(]|\band|\bbut|\bas) $")
_WHERE = re.compile(r"\b(?:at|in|for|within|across|from|by|to) $")
_SAID = re.compile(
    r"\b(?:never said|didn't say|don't say|not saying|not true that|not that|don't think"
    r"|never told you|never claimed)(?: that)? $"
)
PAST = re.compile(
    r"\b(?:was|were|i'd been|used to|former|formerly|ex|previous|previously|before(?: that| this)?"
    r"|worked|served|spent|once|began|started (?:out |off )?(?:my career )?as|start(?:ed)? my"
    r"|in the past|prior|left|ended|laid off|lost my|quit|after|until|had been|retired|earlier"
    r"|back then|originally|past)\b"
)
PRESENT = re.compile(
    r"\b(?:am|i'm|currently|now|have been|i've been|been|presently|work(?:ing)? (?=as\b|in\b|for\b|at\b)|these days"
    r"|today|current|at present|recently|by day|already|still|turned)\b"
)


@dataclass(frozen=True)
class Sentence:
    """Between two places of the plain text, which ``text`` holds; ``asks`` when it is put as a question."""

    start: int
    end: int
    text: str
    asks: bool
    whole: bool
    """The message has no other sentence."""
    heads: bool
    """A question of the world, and not of the writer, follows."""
    cues: tuple[re.Match[str], ...]
    writer: int | None = None
    """Where the title stands that tells, with no verb, who the writer is."""
    subject: int | None = None
    """Where the title stands that opens the message and is only spoken of."""

    @property
    def mentions_a_question(self) -> bool:
        return self.asks or ASKS_ANYWHERE.search(self.text) is not None


@dataclass(frozen=True)
class Scope:
    """``since`` and ``denied_at`` are where, in the sentence, the mood began and the last denial ended."""

    mood: Mood = ""
    mine: bool = False
    third: bool = False
    we: bool = False
    """The writer's office: its work is theirs too, its titles and certifications are not."""
    since: int = 0
    denied_at: int | None = None
    sat: bool = False
    refused: bool = False
    """The wish itself is denied: "not keen on"."""
    asking: bool = False
    """The wish stands in a question."""


def sentences(text: str) -> Iterator[Sentence]:
    pieces: list[tuple[int, int, bool]] = []
    start = 0
    for match in _END.finditer(text):
        if "-" in match.group() and _MY_NAME.fullmatch(text[start : match.start()]):
            continue
        if match.start() > start:
            pieces.append((start, match.start(), "?" in match.group()))
        start = match.end()
    if start < len(text):
        pieces.append((start, len(text), False))
    for number, (begin, end, marked) in enumerate(pieces):
        words = text[begin:end]
        asks = marked or _ASKS.match(words) is not None
        heads = _general_question(text, pieces[number + 1]) if number + 1 < len(pieces) else False
        yield Sentence(begin, end, words, asks, len(pieces) == 1, heads, tuple(CUE.finditer(words)))


def _general_question(text: str, piece: tuple[int, int, bool]) -> bool:
    begin, end, marked = piece
    words = text[begin:end]
    return (marked or _ASKS.match(words) is not None) and not _ME.search(words)


def scope_at(sentence: Sentence, place: int) -> Scope:
    """The state where ``place``, counted from the sentence's start, begins."""
    scope = Scope(mood="asked" if _ASKS.match(sentence.text) else "")
    begun = 0
    if sentence.writer is not None and place >= sentence.writer - sentence.start:
        scope, begun = Scope("told", mine=True), sentence.writer - sentence.start
    for cue in sentence.cues:
        if cue.end() > place:
            break
        if 0 < cue.end() <= begun:
            continue  # "Hi everyone, planner here": the greeting is no word of others
        scope = _after(scope, cue, sentence.text)
    return scope


def _after(scope: Scope, cue: re.Match[str], text: str) -> Scope:
    """The scope once ``cue`` is read."""
    name, end = cue.lastgroup, cue.end()
    if name == "denied":
        return replace(scope, denied_at=None if cue.group().startswith("except") and scope.denied_at else end)
    if name == "sat":
        return replace(scope, sat=True)
    if name == "back":
        return Scope("told" if scope.mine or "i" in cue.group().split() else "", mine=True, since=end)
    if name == "held_if":
        return Scope("told", mine=True, since=end)
    if name in ("supposed", "indirect", "asked_me"):
        return _opened(scope, str(name), end)
    if name == "third" and scope.mine and scope.mood == "told" and _WHERE.search(text[: cue.start()]):
        return scope  # "at my company" is no word of others
    if name == "third":
        if (
            _GOES_ON.search(text[: cue.start()])
            if cue.group().startswith("who")
            else _COUNTED.search(text[: cue.end()])
        ):
            return scope
        if _IS.search(text[: cue.start()]):
            return scope
        mood: Mood = scope.mood if scope.mood in ("supposed", "asked") else ""
        we = cue.group().partition("'")[0] == "we"
        return Scope(mood, mine=we, third=True, we=we, since=end)
    if name in ("me", "unsaid"):
        return _of_me(scope, cue, text)
    return _meant(scope, cue, str(name), text)


def _opened(scope: Scope, name: str, end: int) -> Scope:
    """A supposition or a question opens; a question inside a supposition is part of it."""
    if name == "supposed":
        return replace(scope, mood="supposed", since=end, denied_at=None)
    mood: Mood = "supposed" if scope.mood == "supposed" else "asked"
    mine = scope.mine or name == "asked_me"
    return replace(scope, mood=mood, mine=mine, third=False, since=end, denied_at=None)


def _of_me(scope: Scope, cue: re.Match[str], text: str) -> Scope:
    """The writer speaks of themselves, unless the words only go on with what is supposed, asked or said of others."""
    words, before, end = cue.group(), text[: cue.start()], cue.end()
    belongs = words.startswith(("as ", "my ", "the "))
    if scope.mood == "supposed":
        apart = re.search(r"[,;] $", before) and words in ("i'm", "i've")
        if not apart and not text.startswith(("i am", "i have been"), cue.start()):
            return scope
    if scope.mood == "wished" and (words == "myself" or (_THERE.search(before) and _COULD.match(text, end))):
        return scope
    if belongs and scope.mood == "wished" and words.startswith("my ") and not _CLAUSE.search(before):
        return scope
    if scope.mood == "asked" and words == "i" and (_COULD.match(text, end) or cue.start() - scope.since <= 1):
        return replace(scope, mine=True, third=False)
    if words.startswith("as ") and _stays(scope, before):
        return scope
    if (scope.third and (belongs or words.startswith("me"))) or (
        scope.mood == "asked" and words.startswith(("the ", "my ", "me"))
    ):
        return scope
    return Scope("told", mine=True, since=end, denied_at=scope.denied_at if belongs or _SAID.search(before) else None)


def _meant(scope: Scope, cue: re.Match[str], name: str, text: str) -> Scope:
    """Something is wished, studied, lapsed, or given to the writer by others."""
    if scope.mood == "supposed":
        return scope
    if name == "given":
        past = cue.group().startswith(("made", "appointed", "promoted", "hired", "put me as", "put me in", "took"))
        return Scope("told" if past else "wished", mine=True, since=cue.end())
    if scope.third:
        return scope
    if name == "lapsed" and scope.mood == "asked" and not text[: cue.start()].endswith("my "):
        return replace(scope, mine=scope.mine or cue.group().endswith("my"))
    asking = scope.mood == "asked" and not cue.group().startswith("what i")
    refused = name == "wished" and _REFUSES.search(text[: cue.start()]) is not None
    if name != "lapsed" and asking and not scope.mine and not re.search(r"\b(?:i|my|me|myself)\b", cue.group()):
        return scope
    return replace(scope, mood=_MOODS[name], mine=True, since=cue.end(), refused=refused, asking=asking)


def _stays(scope: Scope, before: str) -> bool:
    """Whether "as a ..." belongs to the wish or the question before it and does not tell what the writer is."""
    if scope.mood == "wished":
        return _SUCH_WORK.search(before) is not None
    if scope.mood == "asked":
        no_claim = _SUCH_WORK.search(before) or _WOULD_DO.search(before)
        return not (scope.mine or before.endswith(" me ")) or no_claim is not None
    return scope.mood in ("studied", "lapsed")


def denied(scope: Scope, text: str, place: int) -> bool:
    """The last denial still reaches ``place``: no new clause between, and not many words."""
    if scope.denied_at is None:
        return False
    between = text[scope.denied_at : place]
    if between.startswith(",") and text.endswith("never", 0, scope.denied_at):
        return False  # "MSP never, PMP in 2012"
    if (
        "," in between
        and _BARE_NO.search(text[: scope.denied_at])
        and not re.search(r"\b(?:or|nor)\b", text[scope.denied_at :])
    ):
        return False  # "no degree, P3O": a list of what is and is not held
    return not _BREAK.search(between) and len(between.split()) <= 9
