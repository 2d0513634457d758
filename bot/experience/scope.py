"""What a sentence says of a place in it: told of the writer or of others, wished, denied, asked, or supposed.

The cues of a sentence are walked from left to right. Each changes the state until another does, as a reader takes it:
"I'm an analyst (told) who wants to become (wished) a manager, but I have no (denied) degree".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Mood = Literal["", "told", "wished", "studied", "lapsed", "asked", "supposed"]

_END = re.compile(
    r"(?<!\bb\.sc)(?<!\bb\.e)(?<!\bb\.a)(?<!\bb\.s)(?<!\bm\.a)(?<!\bm\.s)(?<!\bb\.tech)(?<!\bb\.com)(?<!\bm\.sc)(?<!\bph\.d)(?<!\bsenior)(?<!\bjunior)(?<!\bapprox)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bdr)(?<!\bmr)[.!?]+(?=[\s)\"']"
    r"|$)[)\"']?|\n+|\s-+\s|…"
)
_PERSON = (
    r"(?:boss|bosses|line manager|manager|colleagues?|co ?workers?|coworkers?|friends?|mate"
    r"|wife|husband|spouse|partner|girlfriend|boyfriend|fiancee?|brother|sister|son|daughter"
    r"|kid|dad|father|mum|mom|mother|"
    r"uncle|aunt|cousin|nephew|niece|neighbou?r|roommate|flatmate|mentor|mentee|client"
    r"|customer|director|ceo|cio|coo|cfo|teacher|trainer|instructor|recruiter|team leads?"
    r"|team leaders?|team|sponsor|predecessor|successor|deputy|employee|report|staff|intern"
    r"|candidate|consultant|contractor|guy|guys|lady|person|man|woman|company|employer|agency"
    r"|lead of)"
)
_THINK = (
    r"(?:know|understand|ask|see|hear|learn (?:about|what|how|which|more)|find out|compare"
    r"|check|talk|share|say|thank|discuss|clarify|figure|make sure|be sure|avoid|stop|leave)"
)
_CUES = (
    ("given", r"\b(?:offered|offering|promoting|nominated|(?:want|wants|wanted|asked) (?=me (?:to be"
r"|to become|as|for)\b)) ?me\b|\b(?:made|appointed|promoted|hired) me\b"),
    ("indirect", r"(?:wondering|wonder|wondered|sure|unsure|know|tell me|see|ask|asking|curious"
r"|question is|understand|check|decide|confirm|say|advise) (?:if|whether)\b|\b(?:whats"
r"|what's|what is|what are|what does|what do|what should|what would|how (?:much|many|long"
r"|hard|does|is|are)|why (?:is|are|do|does)|which (?:one|is|are|certifications?|course"
r"|would|should|do|of|exam|level)|is there|are there|is it|is that|does it"
r"|difference between)\b"),
    ("back", r"\b(?:(?<=[;,(] )(?:currently|presently|now|at present|right now|previously|formerly)\b"
     r"|but|however|although|though|yet(?= i\b)|anyway|whereas|while i\b|because i\b"
r"|since i (?:am|have)\b|as i (?:am|have)\b)"),
    ("held_if", r"\bif i(?:'m| am)? (?:already|currently)\b|\b(?:given|considering"
r"|seeing) (?:that )?i(?:'m|'ve| am| have)"),
    ("supposed", r"\b(?:even if|if(?! (?:this|that|it|possible|so|any|not|anyone|anybody|someone here"
r"|applicable|you (?:can|could|don't|know|have (?:any|time)))\b)|suppose|supposing"
r"|imagine|assuming|unless|once (?:i|you|they|we)\b|as soon as i\b|until i\b|had i\b"
r"|were i\b|in case|when i (?:get|pass|become|finish|'m done)\b|when (?:you|someone"
r"|people)\b|after i (?:get|pass|become)\b"
     r"|before i(?:'ve| have)? (?:take|taken|sit|get|do|start)\b|(?:i'd|i would|i could"
r"|i should|i might|would|could) (?:have|be|probably be|probs be)\b(?! (?:love|happy"
r"|interested|keen|grateful|glad|great|nice|back)))"),
    ("asked_me", r"\b(?:do|does|did|can|could|should|would|will|shall|may|might|must|am|have"
r"|was) i\b(?! (?:am|was)\b)"),
    ("studied", r"\b(?:(?:am |i'm |been |currently |now |start(?:ed|ing)? |begun |busy )?(?:studying"
r"|studyin|preparing|prepping|revising|cramming|reading|training)(?: \w+)? (?:for"
r"|towards?|to be|to become)?|studying|re ?training (?:as|for|to)|working (?:towards?"
r"|on\b)|enrol?led (?:in|on|for)|in the (?:middle|midst) of|half ?way through"
r"|part ?way through|in the half|signed up (?:for|to)|registered for|booked (?:on|onto"
r"|in for|for|the|my)|currently (?:doing|taking|on\b|pursuing|completing)|now (?:doing"
r"|taking|on\b)"
     r"|(?:i'm|i am|i'm currently|am) (?:also )?(?:doing|taking|pursuing|completing|finishing"
r"|sitting|on\b|just finishing|about to (?:finish|graduate|complete))|pursuing"
r"|about to (?:finish|graduate|complete|sit)|will be (?:completing|finishing|graduating)"
r"|i bought the|bought the|started (?:the |my |on )?(?:course|training|studying|studies"
r"|prep)|doing my|taking my|sitting (?:the|my|for)?|finishing (?:the|my)|a student (?:of"
r"|in|about to)|student about to)"),
    ("wished", rf"\b(?:want(?:ing|ed)? (?:to|2|a|an|the|my|in|into)\b(?! {_THINK})|wants? me to be"
rf"|would like (?:to|a)\b(?! {_THINK})|i'd (?:really )?(?:like|love) (?:to"
rf"|a)\b(?! {_THINK})|want 2|hop(?:e|ing) (?:to|for)\b(?! {_THINK})|aim(?:ing)? (?:to|for"
rf"|at)\b"
     rf"|plan(?:ning)? (?:to|on|for)\b(?! {_THINK})|planning (?:the "
rf"|my )?(?=[\w-]+(?: [\w-]+)?(?: next| in\b| for\b| soon| this| by\b|\s*[.,]|$))"
rf"|(?:my )?(?:goal|aim|target|ambition|dream|objective|wish)(?: (?:job|role|here"
rf"|now))? (?:is|would be|of)|dream(?:ing)? (?:job|role|of)|aspir(?:e|ing)(?: to)?"
rf"|would[- ]be"
     rf"|(?:looking|look|trying|try|keen|eager|hungry|ready|need|intend(?:ing)?|wish(?:ing)?"
rf"|love|like|longing) (?:to|for)\b(?! {_THINK}| (?:(?:an? |the |some )?(?:advice|feedback"
rf"|someone|help|tips|resources|books?|information)))|wish to be|how (?:do|can|could"
rf"|should|would|to)(?: i)?(?: \w+)? (?:become|be|get (?:in)?to|go (?:in)?to|move"
rf"|transition|break into|reach)\b"
     r"|(?:to |i |i'll |then )?(?:become|becoming)\b|(?:mov(?:e|ing)|transition(?:ing)?"
r"|switch(?:ing)?|shift(?:ing)?|pivot(?:ing)?|progress(?:ing)?|go(?:ing)?|step(?:ping)?"
r"|jump(?:ing)?|get(?:ting)?|promot(?:ion|e me|ing me)|chang(?:e|ing)|climb(?:ing)?|leap"
r"|path|career|road|grow|advance|cross(?:ing)?)(?: \w+){0,2}? (?:up |over |across "
r"|further |back |from [^,.]{1,40} )?(?:into|in to|to)\b(?! (?:know|the point|be asked))"
     r"|break(?:ing)? into|interested in|applied for|apply(?:ing)? (?:for|to)|application for"
r"|applying|offered|offer (?:of|for|as)|promot\w+ me|interview(?:ing)? (?:for|as)|i'll be"
r"|(?:i )?will be(?! (?:completing|finishing|graduating|taking|doing|studying|sitting))"
r"|going to be|about to (?:start|become|be|take|join)|next step is|next move is"
r"|next (?:role|job) (?:is|as)|consider(?:ing)? (?:a |the |an )?(?:move|role|job|taking"
r"|doing|becoming)|thinking (?:of|about) (?:a |the |an )?(?:move|role|job|taking|doing"
r"|becoming|getting|going)|work(?:ing)? (?:toward|towards|my way (?:up )?to"
r"|up to) (?:being|becoming|a|an|the)?|back in(?:to)?)"),
    ("lapsed", r"\b(?:lapsed|expired|ran out|(?:let|letting|letted) (?:it|my|the)|used to (?:hold|have"
r"|be)|no longer (?:hold|have|certified|a|hav)|not renewed|didn't renew|never renewed"
r"|former)\b"),
    ("sat", r"\b(?:sat|wrote|took|awaiting|waiting (?:for|on)) (?:for )?(?:the |my "
r"|an? )?(?:\w+ )?(?:exam|test|results?|paper)"),
    ("denied", r"\b(?:no|not|never|without|w/o|haven't|hasn't|hadn't|don't|didn't|doesn't|isn't|wasn't"
r"|ain't|lack(?:ing|s)?|zero|nor|neither|cannot|can't|failed|fail|failing|none|minus"
r"|nothing)\b"),
    ("third", rf"\b(?:(?:it(?='s\b| is\b| was\b| has\b| would\b| seems\b| takes\b)|he|she|they|we|you|u"
rf"|who|someone|somebody|anyone|everyone|everybody|others|people|folks|candidates"
rf"|employers|recruiters|companies|many|those|most people|jobs|adverts?)(?:'s|'d|'ve|'re"
rf"|'ll)?\b(?! as (?:a|an)\b)"
     rf"|(?:the|this|that|another|some|a|every|each)(?: \w+){{0,2}}? {_PERSON}(?= (?:is|was|has"
rf"|had|who|said|says|told|tells|wants?|reckons|thinks|suggested|got|gets?|earns?|makes?"
rf"|does|made)\b)|(?:asking for )?(?:my|our|his|her|their|your|one of (?:my|our"
rf"|the))(?: \w+){{0,2}}? {_PERSON}(?:'s)?\b(?! as\b)(?!\s*(?:job|role|position|/"
rf"|and i\b))|^boss\b|\bthere(?:'s| is| are))"),
    ("me", r"\b(?:i|i'm|i've|i'd|i'll|myself|about me|me(?=:)|as (?:an?|the)|(?:my|the) (?:own )?(?:current |present "
r"|last |previous |old |first |new |recent |main |official |actual )*(?:role|job|title"
r"|position|background|career|experience|certifications?|qualifications?|education|degree"
r"|profile|cv|resume)(?: title)?(?: (?:is|was|has been|includes?|as))?)(?![\w'])"),
)  # fmt: skip
_CUE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES))
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|hi|hello|hey|also|then|now|please|just|quick question"
    r"|question|\d\))[\s,:.)]+)*(?:what|what's|whats|which|who|whos|who's|how|hows|why|when"
    r"|where|is|are|does|do|did|can|could|should|would|will|may|shall|has|any|explain"
    r"|describe|compare|tell|define|list|give|show|difference)\b"
)
_ASKS_ANYWHERE = re.compile(
    r"\b(?:what|what's|which|how|why|worth|vs\.?|versus|should i|do i|can i|could i|would i"
    r"|am i|is it|is there|are there|better|or not|difference|tell me|eligible)\b|\?"
)
_BREAK = re.compile(
    r"\b(?:but|because|so|though|although|however|while|whereas|and i(?:'m|'ve)?|where|when"
    r"|if|except|apart from|only|just)\b|[,;:(]\s*(?:i(?:'m|'ve)?|now|currently|just|yet|although"
    r"|then|only|and)\b"
)
_SUCH_WORK = re.compile(
    r"\b(?:jobs?|work|working|role|position|career|start|started|starting|offer|hired"
    r"|employed|someone|myself|succeed|post|life|qualify|get in|better) $"
)
_COULD = re.compile(r" (?:can|could|should|would|must|might|will|need|take|do|get|apply|go|become|start|look|use|be)\b")
_BARE_NO = re.compile(r"\b(?:no|without|w/o|zero|not|minus)$")
_MOODS: dict[str, Mood] = {"wished": "wished", "studied": "studied", "lapsed": "lapsed"}
_IS = re.compile(r"\b(?:as|i'm|i am|was|be|become|becoming|been)(?: now| also| currently)? $")
_SAID = re.compile(
    r"\b(?:never said|didn't say|don't say|not saying|not true that|not that|don't think"
    r"|never told you|never claimed)(?: that)? $"
)
PAST = re.compile(
    r"\b(?:was|were|used to be|former|formerly|ex|previous|previously|before(?: that| this)?"
    r"|worked|spent|once|began|started (?:out |off )?(?:my career )?as|start(?:ed)? my"
    r"|in the past|prior|left|ended|laid off|quit|after|until|had been|retired|earlier"
    r"|back then|originally|past)\b"
)
PRESENT = re.compile(
    r"\b(?:am|i'm|currently|now|have been|i've been|been|presently|working as|these days"
    r"|today|current|at present|recently|by day|already|still|turned)\b"
)


@dataclass(frozen=True)
class Sentence:
    """Between two places of the plain text, which ``text`` holds; ``asks`` when it is put as a question."""

    start: int
    end: int
    text: str
    asks: bool
    cues: tuple[re.Match[str], ...]

    @property
    def mentions_a_question(self) -> bool:
        return self.asks or _ASKS_ANYWHERE.search(self.text) is not None


@dataclass(frozen=True)
class Scope:
    """``since`` and ``denied_at`` are where, in the sentence, the mood began and the last denial ended."""

    mood: Mood = ""
    mine: bool = False
    third: bool = False
    since: int = 0
    denied_at: int | None = None
    sat: bool = False
    asking: bool = False
    """The wish stands in a question."""


def sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for match in _END.finditer(text):
        if match.start() > start:
            yield _sentence(text, start, match.start(), "?" in match.group())
        start = match.end()
    if start < len(text):
        yield _sentence(text, start, len(text), False)


def _sentence(text: str, start: int, end: int, marked: bool) -> Sentence:
    words = text[start:end]
    return Sentence(start, end, words, marked or _ASKS.match(words) is not None, tuple(_CUE.finditer(words)))


def scope_at(sentence: Sentence, place: int) -> Scope:
    """The state where ``place``, counted from the sentence's start, begins."""
    scope = Scope(mood="asked" if _ASKS.match(sentence.text) else "")
    for cue in sentence.cues:
        if cue.end() > place:
            break
        scope = _after(scope, cue, sentence.text)
    return scope


def _after(scope: Scope, cue: re.Match[str], text: str) -> Scope:
    """The scope once ``cue`` is read."""
    name, end = cue.lastgroup, cue.end()
    if name == "denied":
        return replace(scope, denied_at=end)
    if name == "sat":
        return replace(scope, sat=True)
    if name == "back":
        return Scope("told" if scope.mine or "i" in cue.group().split() else "", mine=True, since=end)
    if name == "held_if":
        return Scope("told", mine=True, since=end)
    if name in ("supposed", "indirect", "asked_me"):
        return _opened(scope, str(name), end)
    if name == "third":
        if _IS.search(text[: cue.start()]):
            return scope
        return Scope(scope.mood if scope.mood in ("supposed", "asked") else "", third=True, since=end)
    if name == "me":
        return _of_me(scope, cue, text)
    return _meant(scope, cue, str(name))


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
    if scope.mood == "asked" and words == "i" and (_COULD.match(text, end) or cue.start() - scope.since <= 1):
        return replace(scope, mine=True, third=False)
    if words.startswith("as ") and _stays(scope, before):
        return scope
    if (scope.third and (belongs or words.startswith("me"))) or (
        scope.mood == "asked" and words.startswith(("the ", "my "))
    ):
        return scope
    return Scope("told", mine=True, since=end, denied_at=scope.denied_at if belongs or _SAID.search(before) else None)


def _meant(scope: Scope, cue: re.Match[str], name: str) -> Scope:
    """Something is wished, studied, lapsed, or given to the writer by others."""
    if scope.mood == "supposed":
        return scope
    if name == "given":
        past = cue.group().startswith(("made", "appointed", "promoted", "hired"))
        return Scope("told" if past else "wished", mine=True, since=cue.end())
    if scope.third:
        return scope
    asking = scope.mood == "asked"
    if name != "lapsed" and asking and not scope.mine and not re.search(r"\bi\b", cue.group()):
        return scope
    return replace(scope, mood=_MOODS[name], mine=True, since=cue.end(), asking=asking)


def _stays(scope: Scope, before: str) -> bool:
    """Whether "as a ..." belongs to the wish or the question before it and does not tell what the writer is."""
    if scope.mood == "wished":
        return _SUCH_WORK.search(before) is not None
    if scope.mood == "asked":
        return not (scope.mine or before.endswith(" me ")) or _SUCH_WORK.search(before) is not None
    return scope.mood in ("studied", "lapsed")


def denied(scope: Scope, text: str, place: int) -> bool:
    """The last denial still reaches ``place``: no new clause between, and not many words."""
    if scope.denied_at is None:
        return False
    between = text[scope.denied_at : place]
    if (
        "," in between
        and _BARE_NO.search(text[: scope.denied_at])
        and not re.search(r"\b(?:or|nor)\b", text[scope.denied_at :])
    ):
        return False  # "no degree, P3O": a list of what is and is not held
    return not _BREAK.search(between) and len(between.split()) <= 9
