"""What a sentence says of a place in it: told of the writer or of others, wished, denied, asked, or supposed.

The cues of a sentence are walked from left to right. Each changes the state until another does, as a reader would take it:
"I'm an analyst (told) who wants to become (wished) a manager, but I have no (denied) degree".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Mood = Literal["", "told", "wished", "studied", "lapsed", "asked", "supposed"]

_END = re.compile(
    r"(?<!\bb\.sc)(?<!\bb\.e)(?<!\bb\.a)(?<!\bb\.s)(?<!\bm\.a)(?<!\bm\.s)(?<!\bb\.tech)(?<!\bb\.com)(?<!\bm\.sc)(?<!\bph\.d)(?<!\bsenior)(?<!\bjunior)(?<!\bapprox)(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bdr)(?<!\bmr)[.!?]+(?=[\s)\"']|$)[)\"']?|\n+|\s-+\s|…|\s\|\s"
)
_PERSON = (
    r"(?:boss|bosses|line manager|manager|colleagues?|co ?workers?|coworkers?|friends?|mate|wife|husband|spouse|partner|girlfriend|boyfriend|fiancee?|brother|sister|son|daughter|kid|dad|father|mum|mom|mother|"
    r"uncle|aunt|cousin|nephew|niece|neighbou?r|roommate|flatmate|mentor|mentee|client|customer|director|ceo|cio|coo|cfo|teacher|trainer|instructor|recruiter|team leads?|team leaders?|team|sponsor|predecessor|successor|deputy|employee|report|staff|intern|candidate|consultant|contractor|guy|guys|lady|person|man|woman|company|employer|agency|lead of)"
)
_THINK = r"(?:know|understand|ask|see|hear|learn (?:about|what|how|which|more)|find out|compare|check|talk|share|say|thank|discuss|clarify|figure|make sure|be sure|avoid|stop|leave)"
_CUES = (
    ("indirect", r"(?:wondering|wonder|wondered|sure|unsure|know|tell me|see|ask|asking|curious|question is|understand|check|decide|confirm|say|advise) (?:if|whether)\b|\b(?:whats|what's|what is|what are|what does|what do|what should|what would|how (?:much|many|long|hard|does|is|are)|why (?:is|are|do|does)|which (?:one|is|are|certifications?|course|would|should|do|of|exam|level)|is there|are there|is it|is that|does it|difference between)\b"),
    ("back", r"\b(?:but|however|although|though|yet(?= i\b)|anyway|whereas|while i\b|because i\b|since i (?:am|have)\b|as i (?:am|have)\b)"),
    ("held_if", r"\bif i(?:'m| am)? (?:already|currently)\b|\b(?:given|considering|seeing) (?:that )?i(?:'m|'ve| am| have)"),
    ("supposed", r"\b(?:even if|if(?! (?:this|that|it|possible|so|any|not|anyone|anybody|someone here|applicable|you (?:can|could|don't|know|have (?:any|time)))\b)|suppose|supposing|imagine|assuming|unless|once (?:i|you|they|we)\b|as soon as i\b|until i\b|had i\b|were i\b|in case|when i (?:get|pass|become|finish|'m done)\b|when (?:you|someone|people)\b|after i (?:get|pass|become)\b"
     r"|before i(?:'ve| have)? (?:take|taken|sit|get|do|start)\b|(?:i'd|i would|i could|i should|i might|would|could) (?:have|be|probably be|probs be)\b(?! (?:love|happy|interested|keen|grateful|glad|great|nice|back)))"),
    ("asked_me", r"\b(?:do|does|did|can|could|should|would|will|shall|may|might|must|am|have|was) i\b(?! (?:am|was)\b)"),
    ("studied", r"\b(?:(?:am |i'm |been |currently |now |start(?:ed|ing)? |begun |busy )?(?:studying|studyin|preparing|prepping|revising|cramming|reading|training)(?: \w+)? (?:for|towards?|to be|to become)?|studying|re ?training (?:as|for|to)|working (?:towards?|on\b)|enrol?led (?:in|on|for)|in the (?:middle|midst) of|half ?way through|part ?way through|in the half|signed up (?:for|to)|registered for|booked (?:on|onto|in for|for|the|my)|currently (?:doing|taking|on\b|pursuing|completing)|now (?:doing|taking|on\b)"
     r"|(?:i'm|i am|i'm currently|am) (?:also )?(?:doing|taking|pursuing|completing|finishing|sitting|on\b|just finishing|about to (?:finish|graduate|complete))|pursuing|about to (?:finish|graduate|complete|sit)|will be (?:completing|finishing|graduating)|i bought the|bought the|started (?:the |my |on )?(?:course|training|studying|studies|prep)|doing my|taking my|sitting (?:the|my|for)?|finishing (?:the|my)|a student (?:of|in|about to)|student about to)"),
    ("wished", rf"\b(?:want(?:ing|ed)? (?:to|2|a|an|the|my|in|into)\b(?! {_THINK})|wants? me to be|would like (?:to|a)\b(?! {_THINK})|i'd (?:really )?(?:like|love) (?:to|a)\b(?! {_THINK})|want 2|hop(?:e|ing) (?:to|for)\b(?! {_THINK})|aim(?:ing)? (?:to|for|at)\b"
     rf"|plan(?:ning)? (?:to|on|for)\b(?! {_THINK})|planning (?=\w+(?: next|\s*[.,]|$))|(?:my )?(?:goal|aim|target|ambition|dream|objective|wish)(?: (?:job|role|here|now))? (?:is|would be|of)|dream(?:ing)? (?:job|role|of)|aspir(?:e|ing)(?: to)?|would[- ]be"
     rf"|(?:looking|look|trying|try|keen|eager|hungry|ready|need|intend(?:ing)?|wish(?:ing)?|love|like|longing) (?:to|for)\b(?! {_THINK}| (?:(?:an? |the |some )?(?:advice|feedback|someone|help|tips|resources|books?|information)))|wish to be|how (?:do|can|could|should|would|to)(?: i)?(?: \w+)? (?:become|be|get (?:in)?to|go (?:in)?to|move|transition|break into|reach)\b"
     r"|(?:to |i |i'll |then )?(?:become|becoming)\b|(?:mov(?:e|ing)|transition(?:ing)?|switch(?:ing)?|shift(?:ing)?|pivot(?:ing)?|progress(?:ing)?|go(?:ing)?|step(?:ping)?|jump(?:ing)?|get(?:ting)?|promot(?:ion|e me|ing me)|chang(?:e|ing)|climb(?:ing)?|leap|path|career|road|grow|advance|cross(?:ing)?)(?: \w+){0,2}? (?:up |over |across |further |back |from [^,.]{1,40} )?(?:into|in to|to)\b(?! (?:know|the point|be asked))"
     r"|break(?:ing)? into|interested in|applied for|apply(?:ing)? (?:for|to)|application for|applying|offered|offer (?:of|for|as)|promot\w+ me|interview(?:ing)? (?:for|as)|i'll be|(?:i )?will be(?! (?:completing|finishing|graduating|taking|doing|studying|sitting))|going to be|about to (?:start|become|be|take|join)|next step is|next move is|next (?:role|job) (?:is|as)|consider(?:ing)? (?:a |the |an )?(?:move|role|job|taking|doing|becoming)|thinking (?:of|about) (?:a |the |an )?(?:move|role|job|taking|doing|becoming|getting|going)|work(?:ing)? (?:toward|towards|my way (?:up )?to|up to) (?:being|becoming|a|an|the)?|back in(?:to)?)"),
    ("lapsed", r"\b(?:lapsed|expired|ran out|(?:let|letting|letted) (?:it|my|the)|used to (?:hold|have|be)|no longer (?:hold|have|certified|a|hav)|not renewed|didn't renew|never renewed|former)\b"),
    ("sat", r"\b(?:sat|wrote|took|awaiting|waiting (?:for|on)) (?:for )?(?:the |my |an? )?(?:\w+ )?(?:exam|test|results?|paper)"),
    ("denied", r"\b(?:no|not|never|without|w/o|haven't|hasn't|hadn't|don't|didn't|doesn't|isn't|wasn't|ain't|lack(?:ing|s)?|zero|nor|neither|cannot|can't|failed|fail|failing|none|minus|nothing)\b"),
    ("third", rf"\b(?:(?:it(?='s\b| is\b| was\b| has\b| would\b| seems\b| takes\b)|he|she|they|we|you|u|who|someone|somebody|anyone|everyone|everybody|others|people|folks|candidates|employers|recruiters|companies|many|those|most people|jobs|adverts?)(?:'s|'d|'ve|'re|'ll)?\b(?! as (?:a|an)\b)"
     rf"|(?:the|this|that|another|some|a|every|each)(?: \w+){{0,2}}? {_PERSON}(?= (?:is|was|has|had|who|said|says|told|tells|wants?|reckons|thinks|suggested|got|gets?|earns?|makes?|does|made)\b)|(?:asking for )?(?:my|our|his|her|their|your|one of (?:my|our|the))(?: \w+){{0,2}}? {_PERSON}(?:'s)?\b(?! as\b)(?!\s*(?:job|role|position|/|and i\b))|^boss\b|\bthere(?:'s| is| are))"),
    ("me", r"\b(?:i|i'm|i've|i'd|i'll|myself|as (?:an? |the )|(?:my|the) (?:own )?(?:current |present |last |previous |old |first |new |recent |main |official |actual )*(?:role|job|title|position|background|career|experience|certifications?|qualifications?|education|degree|profile|cv|resume)(?: title)?(?: (?:is|was|has been|includes?|as))?)(?![\w'])"),
)  # fmt: skip
_CUE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES))
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|hi|hello|hey|also|then|now|please|just|quick question|question|\d\))[\s,:.)]+)*(?:what|what's|whats|which|who|whos|who's|how|hows|why|when|where|is|are|does|do|did|can|could|should|would|will|may|shall|has|any|explain|describe|compare|tell|define|list|give|show|difference)\b"
)
_ASKS_ANYWHERE = re.compile(
    r"\b(?:what|what's|which|how|why|worth|vs\.?|versus|should i|do i|can i|could i|would i|am i|is it|is there|are there|better|or not|difference|tell me|eligible)\b|\?"
)
_BREAK = re.compile(
    r"\b(?:but|because|so|though|although|however|while|whereas|and i(?:'m|'ve)?|where|when|if|except|apart from|only)\b|[,;:(]\s*(?:i(?:'m|'ve)?|now|currently|just|yet|although|then|only|and)\b"
)
_SUCH_WORK = re.compile(
    r"\b(?:jobs?|work|working|role|position|career|start|started|starting|offer|hired|employed|someone|myself|succeed|post|life|qualify|get in|better) $"
)
_COULD = re.compile(r" (?:can|could|should|would|must|might|will|need|take|do|get|apply|go|become|start|look|use|be)\b")
_SAID = re.compile(
    r"\b(?:never said|didn't say|don't say|not saying|not true that|not that|don't think|never told you|never claimed)(?: that)? $"
)
PAST = re.compile(
    r"\b(?:was|were|used to be|former|formerly|ex|previous|previously|before(?: that| this)?|worked|spent|once|began|started (?:out |off )?(?:my career )?as|start(?:ed)? my|in the past|prior|left|ended|laid off|quit|after|until|had been|retired|earlier|back then|originally|past)\b"
)
PRESENT = re.compile(
    r"\b(?:am|i'm|currently|now|have been|i've been|been|presently|working as|these days|today|current|at present|recently|by day|already|still|turned)\b"
)


@dataclass(frozen=True)
class Sentence:
    """Between two places of the plain text, which ``text`` holds; ``asks`` when it is put as a question."""

    start: int
    end: int
    text: str
    asks: bool

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
    return Sentence(start, end, words, marked or _ASKS.match(words) is not None)


def scope_at(sentence: Sentence, place: int) -> Scope:
    """The state where ``place``, counted from the sentence's start, begins."""
    scope = Scope(mood="asked" if _ASKS.match(sentence.text) else "")
    for cue in _CUE.finditer(sentence.text, 0, place):
        scope = _after(scope, cue, sentence.text)
    return scope


def _after(scope: Scope, cue: re.Match[str], text: str) -> Scope:
    name, end = cue.lastgroup, cue.end()
    if name == "denied":
        return replace(scope, denied_at=end)
    if name == "sat":
        return replace(scope, sat=True)
    if name == "back":
        return Scope("told" if scope.mine or "i" in cue.group().split() else "", mine=True, since=end)
    if name == "held_if":
        return Scope("told", mine=True, since=end)
    if name == "supposed":
        return replace(scope, mood="supposed", since=end, denied_at=None)
    if name in ("indirect", "asked_me"):
        mine = scope.mine or name == "asked_me"
        return replace(
            scope, mood=scope.mood if scope.mood == "supposed" else "asked", mine=mine, third=False, since=end, denied_at=None
        )
    if name == "third":
        before = text[: cue.start()]
        if re.search(r"\b(?:as|i'm|i am|was|be|become|becoming|been)(?: now| also| currently)? $", before):
            return scope
        return Scope(scope.mood if scope.mood in ("supposed", "asked") else "", third=True, since=end)
    if name == "me":
        if scope.mood == "supposed" and not (
            re.search(r"[,;] $", text[: cue.start()])
            and cue.group() in ("i'm", "i've")
            or text.startswith(("i am", "i have been"), cue.start())
        ):
            return scope
        if scope.mood == "asked" and cue.group() == "i" and (_COULD.match(text, end) or cue.start() - scope.since <= 1):
            return replace(scope, mine=True, third=False)
        if cue.group().startswith("as ") and _stays(scope, text[: cue.start()]):
            return scope
        if scope.third and cue.group().startswith(("as ", "me", "my ", "the ")):
            return scope
        if scope.mood == "asked" and cue.group().startswith(("the ", "my ")):
            return scope
        keeps = cue.group().startswith(("as ", "my ", "the ")) or _SAID.search(text[: cue.start()])
        return Scope("told", mine=True, since=end, denied_at=scope.denied_at if keeps else None)
    if scope.mood == "supposed" or scope.third:
        return scope
    mood: Mood = "wished" if name == "wished" else "studied" if name == "studied" else "lapsed"
    if (
        name in ("wished", "studied")
        and scope.mood == "asked"
        and not scope.mine
        and not re.search(r"\bi\b", cue.group())
    ):
        return scope
    return replace(scope, mood=mood, mine=True, since=end, asking=scope.mood == "asked")


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
    return not _BREAK.search(between) and len(between.split()) <= 9
