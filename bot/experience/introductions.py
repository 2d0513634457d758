"""How a message opens: with what its writer is, said in short, or with a title it only asks about.

"PMO lead in rail, two analysts, 47k. My boss ..." drops the pronoun and the verb and means the writer; "PMO lead in
rail, is it any good" does not. A title alone is never enough: something else has to show that somebody speaks of
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.experience.durations import COUNT, Duration
from bot.experience.names import Named
from bot.experience.scope import ASKS_ANYWHERE, Sentence

_GREETING = (
    r"(?:(?:hi|hiya|hello|hey|greetings|good (?:morning|afternoon|evening)|dear|morning|evening|afternoon)"
    r"(?: (?:all|there|everyone|everybody|folks|team|coach|guys|again|both))?|(?:a (?:bit|little) |some )?"
    r"(?:about me|background|context|me))"
)
_SEX = r"(?:m|f|male|female|man|woman)"
_AGE = rf"(?:{_SEX}[ ,]*)?(?:aged? )?(?:1[6-9]|[2-6]\d)(?:[, ]*(?:{_SEX}|yo|y ?o|(?:years?|yrs?) old))?"
_ONLY_GREETING = re.compile(rf"\W*{_GREETING}?\W*")
_LEAD = re.compile(
    rf"\W*(?:{_GREETING}[\s,:!.]+)*(?:(?P<age>{_AGE})\b[\s,;/|]*)?(?P<words>(?:[a-z][\w&']* ){{0,3}})[\"'(]*"
)
_NO_KIND_OF_TITLE = re.compile(
    r"\b(?:a|an|the|my|our|your|his|her|their|this|that|any|every|each|some|no|not|for|to|of|in|at|by|from|with|as|on|is"
    r"|are|was|be|become|becoming|hire|hiring|need|needs|needed|want|wanted|wants|seeking|looking|required|good|best"
    r"|typical|average|top|real|ideal|perfect|great|about|than|like|and|or|vs|versus|what|how|why|i|we|they|he|she|you"
    r"|future|aspiring|wannabe|new|next|another|other|seek\w*|\w+ing(?<!engineering)(?<!manufacturing)(?<!marketing)"
    r"(?<!banking)(?<!acting)(?<!shipping)(?<!mining)(?<!practising)(?<!struggling)(?<!building)(?<!gaming)(?<!nursing))\b"
)
""" "Rail project manager" is a title with its trade; "hiring project manager" tells of nobody."""
_GOES_ON = re.compile(
    r"\s*(?:$|[,;(|/@+]|(?:in|at|for|with|within|on|of an?|by|since|from|here|level|turned|until|and counting)\b)"
)
_CUT = re.compile(r"[,;:()|]+|\s-+\s")

_POST = re.compile(
    r"\b(?:jobs?|roles?|posts?|positions?|vacanc\w+|openings?|adverts?|ads?|interviews?|certifications?|courses?|exams?"
    r"|training|salar\w+|pay|wages?|package|rates?|earnings|duties|responsibilities|tasks|definition|meaning|tips|skills"
    r"|competenc\w+|outlook|market|prospects|descriptions?|explain\w*|describe|examples?|entry level|templates?|please"
    r"|required|needed|necessary|possible|realistic|feasible)\b"
    r"(?! (?:is|are|was|at risk|ends?|ended|going|gone|offer)\b)"
)
"""What is said of a post, and not of who holds it, in a piece of a few words."""
_NO_POST = re.compile(r"\b(?:no|not|without|never|first|second|third|last|own|current|more|better|same|this|by) ")
"""Behind these the same words tell of the writer: "no training", "first job"."""
_SHORT = 6
_POINTS_BACK = re.compile(
    r"\W*(?:(?:and|but|or) )?"
    r"(?:(?:that's|that is|that was|which is|which was|someone|somebody|the one|one day|some day|eventually|ultimately"
    r"|next(?! (?:i|my)\b)|my (?:next|goal|aim|dream|ambition|target|plan)\b(?! is (?!that|this|it|just that)\w)"
    r"|as (?:they|people) (?:say|call|said)|so called"
    r"|i (?:wish|keep|hear|read|was told)|in (?:my|your) (?:opinion|view))\b"
    r"|they (?:said|say|call|called)\b"
    r"|(?:it's|it is|this is) (?:my|a|an|the|what|where|not|called)\b"
    r"|(?:a|an|the|such an?) (?:[\w']+ ){0,3}(?:title|myth|thing|name|word)\b)"
)
""" "... that's my goal", "... a made-up title": the title is spoken of, nobody holds it."""
_PREDICATE = re.compile(
    r"\W*(?:(?:and|but|or) )?(?:(?:is|are|isn't|was|has|have)\b(?! (?:been|no|not|a|an|two"
    r"|three)\b)(?!(?: \w+){1,3} (?:for|before|until|since)\b)"
    r"|(?:does|do|will|would|can|makes?|earns?|gets?|always|sounds|seems"
    r"|means|vs|versus|or|that|which|who|whose|it|this|he|she|if|as a|says?|said|keeps|left|rang|ours|theirs"
    r"|(?:wants|asked|asks|told|tells|needs|expects|gave|gives) (?:me|us|my|our))\b)"
)
"""What such a piece says, it says of the title or of someone else."""
_NEAR = r"(?:colleague|friend|mate|sister|brother|wife|husband|partner|dad|mum|father|mother|son|daughter)"
_OTHERS = re.compile(
    rf"\W*(?:(?:and|or) )?(?:my|our|his|her) (?:[\w']+ )?(?:boss|manager|{_NEAR}|director|predecessor|mentor)\W*"
)
_SPEAKS_OF_IT = re.compile(
    r"\W*(?:that's|that is|that was|this is|i wish\b"
    r"|(?:what|how|who|where|when) (?:[a-z]+ )?(?:do|does|are|is|did|can|should) (?:they|he|she|one)\b"
    r"|(?:rank|compare|explain|describe|define) (?:these|them|it|the)"
    rf"|(?:my|our) (?:\w+ )?{_NEAR}|(?:i|we) (?:get|mix|confuse|keep) (?:the|these|those|them|both|all)"
    r"|(?:we|they) have (?:all|both"
    r"|those|these|one)"
    r"|(?:responsibilities|duties|tasks|salary|skills|definition)\b)"
)
"""A sentence that follows a title and takes it up as its subject."""
_WANTS_ONE = re.compile(
    r"\b(?:be|become|becoming|became|do|get|want|wants|like|love|wanted|tempted by|about) (?:one|that|it|this|there)\b"
    r"|\b(?:met|meet|need|needs|seen|saw|find|hire|hired|know|known|had) (?:one|him|her|them)\b"
    r"|\bthe (?:advert|ad|posting|listing|vacancy)\b|\bnever heard\b"
)
_OPEN_POST = re.compile(
    r"\b(?:interview\w*|appl(?:y|ying|ied|ication)|offer\w*|advert|shortlist\w*|hiring|vacanc\w+)\b"
)
_FORMER = re.compile(
    r"\b(?:ex|former|formerly|previously|then|now|since|before|after|once|turned|still|was|until|also|acting)\b"
)

_OF_SELF = re.compile(
    r"(?<!should )(?<!do )(?<!can )(?<!could )(?<!would )(?<!must )(?<!will )(?<!did )(?<!does )(?<!am )(?<!have )"
    r"\bi(?:'m|'ve|'d|'ll)?\b(?! (?:keep |just |often |always |also |have )*(?:think|guess|suppose|reckon|hear|heard"
    r"|read|reading|saw|see|seen|wonder|wish|mean|believe|said|know|knew|thought|understand|assume|imagine|ask|asked|found"
    r"|quote|gather|wondered|should|can|could|would)\b)"
    r"|\bmy (?:[\w']+ )?(?:boss|manager|line manager|director|team|company|firm|employer|contract|job|role|clients?|cv"
    r"|stakeholders?|sponsors?|exec|execs|ceo|cio|cfo|coo|vp|sro|chief|board|agency"
    r"|days?|week|title|department|organisation|org|reports?|projects?|portfolio|salary|pay"
    r"|career|line|head|degree|grade|probation|work|notice|pmo)\b(?! (?:that|which)\b)"
    r"|(?<!tell )(?<!give )(?<!show )(?<!help )(?<!let )(?<!ask )(?<!convince )(?<!explain to )(?<!sounds to )"
    r"(?<!remind )(?<!for )\bme\b"
)
"""The writer speaks of themselves, and does not only ask or weigh."""
_STATE = re.compile(
    r"^\W*(?:(?:and|but|a bit|still|so|now|currently|completely|utterly|totally|very|pretty|really|just|recently"
    r"|feeling|quite|desperately|always|getting) )*(?:bored|fed up|burnt|burned|burning|stuck|tired|exhausted|knackered"
    r"|redundant|laid off|unemployed|frustrated|underpaid|undervalued|overworked|ambitious|lonely|restless|happy"
    r"|unhappy|miserable|lost|anxious|nervous|sick of|done with|out of my|in over|self employed|freelanc\w+"
    r"|between (?:jobs|contracts)|looking|hoping|thinking|considering|contemplating|wondering|trying|tempted"
    r"|wanting|wants? (?:out|to|more|an?|my)|aiming|leaving|returning|about to|going nowhere|keen|eager|ready|new to"
    r"|married|single|divorced|never|promoted|passed over|overlooked|on (?:notice|a contract|a day rate|secondment"
    r"|maternity|parental|probation|garden)|two kids|no (?:degree|certs?|certifications?|budget|staff|line|team"
    r"|direct|reports|prospects|career|promotion|training))\b"
)
""" "... bored stiff", "... looking for a way out": only of oneself is it said like this."""
_BEFORE_THAT = re.compile(r"\W*(?:(?:before|prior to) (?:that|this|it)|previously|formerly|earlier)\b(?!.*\?)")
_STAFF = re.compile(
    rf"\b(?:team of {COUNT}|{COUNT} ?\+? (?:[a-z]+ )?(?:staff|people|agents|reports|analysts|drivers|engineers|pms"
    r"|teams|squads|coordinators|planners|developers|devs|project managers|heads|juniors|kids)\b)"
)
_PAY = re.compile(
    r"\W*(?:on |earning |making |about |around |circa |just over |just under )*(?:[£$€] ?\d[\d.,]*(?: ?(?:k|m))?"
    r"|\d{2,3} ?k|\d{1,3}(?:\.\d+)? (?:lpa|lakhs?)|(?:gs|grade|band) ?\d{1,2}\w?)"
    r"(?: (?:base|basic|plus bonus|a year|per year|pa|p\.a|a day|per day|gbp|eur|euros?|usd|gross|outside ir35))*\W*"
)
_VERB = re.compile(
    r"\b(?:i|me|my|us|our|we|he|she|it|they|is|are|was|were|has|had|does|did|will|would|can|says|said|wants|wanted|asked"
    r"|told|tells|keeps|kept|left|rang|called|needs|thinks|gave|gives|made|makes|took|got|gets|goes|went|comes|came"
    r"|decides|runs|owns|vs|versus|or|to)\b"
)
"""With one of these behind it the title is the subject of a sentence, or somebody else's."""
_HERE = re.compile(r"\s*here\b")
_PLACE = re.compile(r"\b(?:in|at|for|with|within|on)\b")
_ME = re.compile(r"\b(?:i|me|my)\b")
_AMOUNT = re.compile(r"\b(?:rate|salary|pay|package|wage)(?: is| of|:)? [£$€]?\d{2,}")
_WHOLE_AGE = re.compile(rf"\W*{_AGE}\W*")


@dataclass(frozen=True)
class _Opening:
    """A title that opens a sentence, with the pieces behind it."""

    title: Named
    aged: bool
    sentence: Sentence
    pieces: tuple[tuple[int, str], ...]
    """Where each begins in the sentence; the first is what follows the title at once."""

    @property
    def told(self) -> tuple[tuple[int, str], ...]:
        """The pieces before the first that asks."""
        for number, (_, words) in enumerate(self.pieces):
            if ASKS_ANYWHERE.search(words) and not _STATE.match(words):
                return self.pieces[:number]
        return self.pieces[:-1] if self.sentence.asks else self.pieces

    @property
    def here(self) -> bool:
        """ "PMO manager here": nobody else is meant, whatever follows."""
        return _HERE.match(self.pieces[0][1]) is not None

    @property
    def told_until(self) -> int:
        """Where, in the sentence, what is told ends."""
        return self.pieces[len(self.told)][0] if self.asks else len(self.sentence.text)

    @property
    def asks(self) -> bool:
        return len(self.told) < len(self.pieces)


def mark_opening(told: Sequence[Sentence], named: Sequence[Named], durations: Sequence[Duration]) -> Iterator[Sentence]:
    """``told``, the first after any greeting with what its title is: who the writer is, or a subject."""
    first = next((i for i, s in enumerate(told) if not _ONLY_GREETING.fullmatch(s.text)), None)
    for number, sentence in enumerate(told):
        opening = _opening(sentence, named) if number == first else None
        if opening is None:
            yield sentence
        elif _only_a_subject(opening, told[number + 1 :], named, durations):
            yield replace(sentence, subject=opening.title.start)
        elif _writer(opening, told[number + 1 :], named, durations):
            yield replace(sentence, writer=opening.title.start)
        else:
            yield sentence


def _opening(sentence: Sentence, named: Sequence[Named]) -> _Opening | None:
    inside = [n for n in named if sentence.start <= n.start < sentence.end]
    title = next((n for n in inside if n.kind == "role"), None)
    if title is None or title.plural or title.own_verb:
        return None
    place, after = title.start - sentence.start, title.end - sentence.start
    lead = _LEAD.fullmatch(sentence.text[:place])
    if lead is None or _NO_KIND_OF_TITLE.search(lead["words"]):
        return None
    pieces, start = [], after
    for cut in (*_CUT.finditer(sentence.text, after), None):
        end = cut.start() if cut else len(sentence.text)
        if sentence.text[start:end].strip() or start == after:
            pieces.append((start, sentence.text[start:end]))
        start = cut.end() if cut else end
    return _Opening(title, bool(lead["age"]), sentence, tuple(pieces))


def _only_a_subject(
    opening: _Opening, rest: Sequence[Sentence], named: Sequence[Named], durations: Sequence[Duration]
) -> bool:
    """The words behind the title, or the next sentence, speak of the title and not of who holds it."""
    (start, head), *others = opening.pieces
    if any(_POINTS_BACK.match(words) or _OTHERS.fullmatch(words) for _, words in others):
        return True
    return not _surely_of_self(opening, durations) and (
        _of_a_post(_PLACE.split(head, maxsplit=1)[0], opening, start, named)
        or any(_of_a_post(words, opening, start, named) for start, words in others)
        or bool(rest and _SPEAKS_OF_IT.match(rest[0].text))
    )


def _of_a_post(words: str, opening: _Opening, start: int, named: Sequence[Named]) -> bool:
    """ "... job description please", "... typical pay": nobody is meant."""
    if len(words.split()) > _SHORT or not _POST.search(words) or _NO_POST.search(words):
        return False
    if not opening.sentence.asks and _AMOUNT.search(words):
        return False  # "day rate 575" is somebody's own
    place = opening.sentence.start + start
    another = any(n.kind == "role" and place <= n.start < place + len(words) for n in named)
    return not another and not _STATE.match(words) and not _OF_SELF.search(words)


def _writer(opening: _Opening, rest: Sequence[Sentence], named: Sequence[Named], durations: Sequence[Duration]) -> bool:
    """Somebody speaks of themselves here, and nothing behind the title takes it for another's."""
    head, *others = (words for _, words in opening.told or opening.pieces[:1])
    length_at_once = any(0 <= d.start - opening.title.end <= 1 for d in durations)
    if not (_GOES_ON.match(head) or length_at_once) or _VERB.search(head):
        return False
    whole = " ".join((opening.sentence.text, *(s.text for s in rest)))
    if any(map(_PREDICATE.match, others)) or _beside_another_title(opening, named) or _WANTS_ONE.search(whole):
        return False
    sure = _surely_of_self(opening, durations)
    if opening.asks:
        told_of_self = sure or any(_OF_SELF.search(words) for _, words in opening.told)
        asks_of_self = opening.here or _ME.search(opening.sentence.text, opening.told_until)
        return told_of_self and bool(asks_of_self)
    other_roles = any(n.kind == "role" and n.id != opening.title.id for n in named)
    if sure or (_OPEN_POST.search(whole) and not other_roles):
        return sure
    return _likely_of_self(opening, rest, named)


def _surely_of_self(opening: _Opening, durations: Sequence[Duration]) -> bool:
    """ "... here", an age, a length of time, people led, or a state of mind."""
    begin, end = opening.title.end, opening.sentence.start + opening.told_until
    return (
        opening.aged
        or opening.here
        or any(begin <= d.start < end for d in durations)
        or any(_WHOLE_AGE.fullmatch(w) or _STATE.match(w) or _STAFF.search(w) for _, w in opening.told)
    )


def _likely_of_self(opening: _Opening, rest: Sequence[Sentence], named: Sequence[Named]) -> bool:
    """A first person in what is told, a subject left out; or pay or a certification, where nothing is asked."""
    begin, pieces = opening.sentence.start, opening.pieces
    if len(pieces) == 1 and not pieces[0][1].strip():
        return False
    if _OF_SELF.search(opening.sentence.text) or any(_tells_of_self(s) for s in rest if not s.asks):
        return True
    if rest and not any(s.mentions_a_question for s in rest):
        # A degree, or a list of papers, in sentences of their own is of whoever writes.
        behind = [n.kind for n in named if n.start > opening.sentence.end]
        if "education" in behind or behind.count("certification") > 1:
            return True
    paid = any(_PAY.fullmatch(words) for _, words in opening.told)
    papers = any(n.kind == "certification" and begin <= n.start < opening.sentence.end for n in named)
    return len(pieces) > 2 and (paid or papers) and not any(s.asks for s in rest)


def _tells_of_self(sentence: Sentence) -> bool:
    unsaid = any(cue.lastgroup == "unsaid" for cue in sentence.cues)
    return unsaid or bool(
        _BEFORE_THAT.match(sentence.text) or _STATE.match(sentence.text) or _OF_SELF.search(sentence.text)
    )


def _beside_another_title(opening: _Opening, named: Sequence[Named]) -> bool:
    """ "Planner, scheduler, cost engineer": titles in a row are compared, unless one was held before the other."""
    begin = opening.sentence.start
    for start, words in opening.told[1:]:
        titles = [
            n for n in named if n.kind == "role" and not n.plural and start <= n.start - begin < start + len(words)
        ]
        bare = len(titles) == 1 and len(words[: titles[0].start - begin - start].split()) <= 1
        ends = bare and not words[titles[0].end - begin - start :].strip()
        if ends and not _FORMER.search(words):
            return True
    return False
