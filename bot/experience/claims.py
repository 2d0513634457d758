"""What is claimed of a named thing: held, lacked, wished, studied, lapsed, or nothing about the writer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.experience.durations import Duration
from bot.experience.facts import Kind, Polarity
from bot.experience.names import FIELD_ROLES, Named
from bot.experience.scope import PAST, PRESENT, Scope, Sentence, denied, scope_at

_STOP = (
    r"(?:with|for|to|by|under|from|of|than|like|reports?|reporting|supports?|supporting|about|on|in|at|that|which|who|where|when|because|so|but|if|how|what|between|want|need|needs|wants|"
    r"help|helps|asked|told|said|think|is|are|was|were|becoming|become|hire|hired|see|know|work|works|vs|versus|or|i|not|no|take|taking|do|get|heard|read|met|meet|sure|over|my|your|his|her|their|our|trying|looking|per|before|after|whether|going|used|into|talking)"
)
_STOP_WORD = re.compile(rf"(?:{_STOP})")
_ROLE_LICENCE = re.compile(
    r"\b(?:i'm|i am|am|i was|was|i've been|have been|been|being|became|have become|i serve|as(?! (?:well|long|soon|much|good)\b)|moved (?:up )?(?:in)?to|promoted to|worked|working|acting|employed|former|formerly|ex|previous|previously|current|currently|now|presently|turned|plus|then|since|experienced|seasoned|retired|"
    r"(?:title|role|position|post|job|experience|background)(?: is| was| of| as|:)|mine is|i (?:said|meant|mean)|i(?:'ve)? (?:have|had|got|landed|took|held|hold|started)(?: been)?|i've|from|like)(?![\w'])"
)
_JOB_AFTER = re.compile(
    r"\s*(?:role|job|position|title|post|gig|here|by (?:trade|profession|training|day)|\(|(?:at|in|for) (?:a|an|the|my)\b|,\s*(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)|myself|turned|to\b|with (?:over |more than |a |\d|\w+ years)|who|looking|wanting|hoping|aspiring|seeking|trying|and (?:looking|want))"
)
_OWNED = re.compile(
    r"\b(?:my|our|your|his|her|their|whose|every|each|any|which|what|another|other|some|the other|good|great|bad|for (?:a|an|the)|with (?:a|an|the|our|my)|to (?:a|the|our|my)|by (?:a|the|our|my)|a good|a great|why (?:a|the))(?: \w+)? ?$"
)
_CERT_LICENCE = re.compile(
    r"\b(?:have|i've|had|hold|holds|got|gained|passed|earned|obtained|completed|achieved|cleared|finished|possess|received|holding|earning|passing|certified|did|done|i'm|i am|am|as|with|became|attained|took|since|also|plus|already|now|qualified|renewed|renew|maintain|my)(?![\w'])"
)
_NOT_YET = re.compile(
    r"\b(?:have to|had to|got to|need to|must|should|will|can|could|may|about|how to|going to|before|get|getting|take|taking|do|doing|pursue|pursuing|go for|going for|start|sit|attempt|for|than|of|between|require\w*|wants?|asks? for|worth|heard of|about) (?:(?:the|a|an|my|your|their|both|of)\s?)*(?:\w+ )?$"
)
_CERTIFIED_AFTER = re.compile(
    r"\s*[®™]?\s*(?:✅|✔|☑|certified|qualified|accredited|holder|certification holder|credentialed|since|from (?:19|20)|in (?:19|20)\d\d|done|passed|obtained|achieved|(?:certification|exam)? ?(?:in hand|under my belt)|\(?(?:19|20)\d\d\)?)"
)
_CERT_STUDY_AFTER = re.compile(
    r"\s*(?:certification |exam |course )?(?:studying|in progress|in process|ongoing|underway|under way|pending|study now|exam (?:in|on|next|booked)|booked|half ?way|half done|prep(?:aring)? (?:now|at the moment))\b"
)
_CERT_LAPSED_AFTER = re.compile(
    r"[^.?!]{0,25}?\b(?:(?:has |have |had |'s )?(?:lapsed|ran out|run out)|(?:has |have |had |'s |is |it )?(?<!not )expired|lapse[sd] (?:in|last|since)|(?:isn't|not|is not|no longer) (?:valid|current|active))\b"
)
_CERT_FAILED_AFTER = re.compile(r",?\s*(?:exam )?(?:last \w+ |twice |in \d+ )?(?:but )?(?:i )?(?:didn\'t pass|did not pass|failed|which i failed|twice failed|flunked|not yet)\b")
_CERT_PASSED_AFTER = re.compile(
    r"\s*(?:exam |test |certification )*(?:(?:was|is) )?(?:passed|done|obtained|cleared|in the bag)\b"
)
_SEGMENT = re.compile(r"[,;.!?/&+()\n✅]|\band\b|\bplus\b|\balso\b")
_PASSED_OVER = frozenset(
    "a an the and my both already also just recently finally currently only old current valid active full official formal certification certifications in of as exam exams degree lean "
    "advanced certified qualified level levels professional now still first year month last january february march april may june july august september october november december "
    "been got done is certificate pmi axelos scrum agile master young senior junior lead experienced part time full main".split()
)
"""Words that may stand between a verb and what it takes."""
_LIGHT = frozenset(
    "a an the and or my i i'm am currently now former ex senior junior also both certified qualified certification certifications exam degree in of since experience here "
    "level by trade as well with then hi hello hey experienced years year for at from last yesterday today just already background".split()
)
_ENTERED = re.compile(
    r"\b(?:before|prior to) (?:\w+ ){0,4}?(?:in|into|to|on|towards?)(?: (?:my|the|a))? $|\b(?:new|came|got|come|gone|broke) (?:in)?to $"
)
_KEPT = re.compile(r"\b(?:expir\w+|renew\w*|lapses?|maintain\w*|recertif\w+|pdus?|valid|keep)\b")
"""Only what is held can be renewed or run out."""
_SECTOR = re.compile(
    r"\b(?:i'm|am|work|works|working|worked|been|was|years|months|job|employed) (?:\w+ )?in (?:the )?$"
)
_LEFT = re.compile(
    r"\b(?:get|getting|move|moving|transition|transitioning|break|breaking|switch|switching) (?:out of|away from) (?:(?:my|the|a|being|an) )*$|\b(?:leave|leaving|quit|quitting|escape) (?:(?:my|the|a|being|an) )*$"
)
_GOAL_LINK = re.compile(r"\b(?:know|understand|how|what|whether|which|who|if|help my|for my|from my|report)\b")


@dataclass(frozen=True)
class Claim:
    named: Named
    kind: Kind
    id: str
    polarity: Polarity
    current: bool | None = None
    start: int = 0
    """Where the words that tell it begin: at the denial, where there is one."""


def claim_of(named: Named, inside: Sequence[Named], lengths: Sequence[Duration], sentence: Sentence) -> Claim | None:
    """What ``sentence`` claims of ``named``. ``inside`` and ``lengths`` are all it names and all lengths it tells."""
    at = _At(named, inside, lengths, sentence)
    if (
        named.kind == "certification"
        and re.match(r" (?:that )?i (?:hold|have|passed|did|got)\b", at.after)
        and not sentence.asks
    ):
        return at.claim("has")
    if named.plural or at.scope.third or at.scope.mood == "supposed":
        return None
    if named.kind == "role":
        return _role(at)
    if named.kind == "certification":
        return _certification(at)
    if named.kind == "education":
        return _education(at)
    return _experience(at)


def _reaches(licence: re.Pattern[str], before: str, unknown: int) -> bool:
    """The last word that licenses a claim is near: at most ``unknown`` words between that mean we know not what."""
    last = None
    for last in licence.finditer(before):  # noqa: B007
        pass
    if last is None:
        return False
    words = re.findall(r"[\w']+", before[last.end() :])
    return not any(_STOP_WORD.fullmatch(w) for w in words) and sum(w not in _PASSED_OVER for w in words) <= unknown


class _At:
    """A named thing in its surroundings. Other names before it are blanked, so that they stand in nobody's way."""

    def __init__(self, named: Named, inside: Sequence[Named], lengths: Sequence[Duration], sentence: Sentence) -> None:
        self.named, self.inside, self.sentence = named, inside, sentence
        begin = sentence.start
        self.text = sentence.text
        self.place = named.start - begin
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

    @property
    def denied(self) -> bool:
        return denied(self.scope, self.text, self.place)

    @property
    def asked(self) -> bool:
        return self.scope.mood == "asked"

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
    def length_near(self) -> bool:
        """A length touches the name: "PMO lead 4+ years", "7 years project manager", "nurse for ten years"."""
        for start, end in self.lengths:
            gap = (
                self.text[end : self.place]
                if end <= self.place
                else self.after[: start - (len(self.text) - len(self.after))]
            )
            if re.fullmatch(
                r"[\s,(:\-]*(?:(?:experience|in|as|of|a|an|the|for|since|working|with|about|now|role|already|job|now for|here|veteran|experienced|seasoned|plus|or so)[\s,]*){0,4}",
                gap,
            ):
                return True
        return False

    @property
    def fragment(self) -> bool:
        """The whole sentence is a list of things like this one: nothing in it that could be a statement of another kind."""
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

    def claim(self, polarity: Polarity, kind: Kind | None = None, id_: str | None = None) -> Claim:
        start = self.named.start
        if polarity == "lacks" and self.scope.denied_at is not None and self.denied:
            lead = re.search(r"[\w']+$", self.text[: self.scope.denied_at])
            start = self.sentence.start + (lead.start() if lead else 0)
        return Claim(self.named, kind or self.named.kind, id_ or self.named.id, polarity, self._current(), start)  # type: ignore[arg-type]

    def _current(self) -> bool | None:
        """By the tense nearest before the name."""
        past = max((m.end() for m in PAST.finditer(self.before)), default=-1)
        present = max((m.end() for m in PRESENT.finditer(self.before)), default=-1)
        if past < 0 and present < 0:
            return True if self.alone and self.lengths else None
        return present > past


def _goal(at: _At, id_: str) -> Claim | None:
    if at.denied and at.scope.denied_at is not None:
        return None
    if _GOAL_LINK.search(at.text[at.scope.since : at.place]):
        return None
    return at.claim("wants", "goal", id_)


def _role(at: _At) -> Claim | None:
    if _SECTOR.search(at.before) and at.named.id == "other" and not at.asked and at.scope.mine and not at.denied:
        return at.claim("has") if at.scope.mood == "told" else None
    if at.scope.mood == "wished" and _LEFT.search(at.before):
        return at.claim("has")
    came_from = re.search(
        r"\bfrom (?:(?:a|an|the|being|my|role|job|of|position|current|present)\s)*(?:\w+ )?$", at.before
    )
    if came_from and re.match(r"[^.?!]{0,30}?\b(?:to|into)\b", at.after) and (at.scope.mine or not at.sentence.asks):
        return at.claim("has")
    if (
        at.named.id in ("scrum_master", "product_owner")
        and not at.asked
        and (
            re.match(r"\s*[™®]?\s*(?:certified|certification)\b", at.after)
            or re.search(r"\bcertified\b(?:[\s,]*(?!(?:i|with|and i|over|currently)\b)\w+){0,9}\s*$", at.before)
        )
        and not re.match(r"\s*(?:for|since) ", at.after)
    ):
        return (
            at.claim("has", "certification", "scrum")
            if at.scope.mine and not at.denied and at.scope.mood == "told"
            else None
        )
    if at.scope.mood == "wished":
        return _goal(at, at.named.id)
    if _OWNED.search(at.before) and not at.named.own_verb and not re.search(r"\bas (?:\w+ ){0,3}$", at.before):
        return None
    if at.scope.mood == "studied":
        return None
    if at.scope.mood == "lapsed":
        return replace(at.claim("has"), current=False) if not at.denied else None
    if re.match(r"\s*(?:to|into|→|->|>) (?:a |an |the )?(?:\w+ ){0,2}?", at.after) and not at.before.strip(
        " ,:;-#*\"'("
    ):
        following = [n for n in at.inside if n.start >= at.named.end]
        if following and following[0].start - at.named.end < 20:
            return at.claim("has")
    if (
        re.search(r"(?:\bto|\binto|→|->|>) (?:a |an |the )?(?:\w+ )?$", at.before)
        and at.inside[0] is not at.named
        and at.inside[0].kind == "role"
        and at.inside[0].start - at.sentence.start < 3
    ):
        return at.claim("wants", "goal", at.named.id)
    licensed = at.named.own_verb or _reaches(_ROLE_LICENCE, at.bare, 4)
    if at.asked:
        opening = re.match(r"\W*as an? ", at.text)
        if not (opening and licensed and "," in at.after) and not (at.scope.mine and at.length_near):
            return None
        return at.claim("has")
    if at.denied:
        return at.claim("lacks") if licensed else None
    if licensed and (at.scope.mine or not at.sentence.mentions_a_question):
        return at.claim("has")
    if at.length_near and (at.scope.mine or not at.sentence.asks):
        return at.claim("has")
    in_team = any(n.own_verb and n.id == "team_lead" and n.start < at.named.start for n in at.inside)
    if at.alone and at.scope.mine and not in_team:
        return at.claim("has")
    if (
        at.alone
        and not at.sentence.mentions_a_question
        and at.fragment
        and (len(at.text.split()) > 3 or len(at.inside) > 1)
    ):
        return at.claim("has")
    if not at.before.strip(" ,:;-#*\"'(") and not at.sentence.asks and at.length_follows:
        return at.claim("has")
    if not at.before.strip(" ,:;-#*\"'(") and _JOB_AFTER.match(at.after) and not at.sentence.asks:
        return at.claim("has")
    return None


def _certification(at: _At) -> Claim | None:
    if at.named.id == "other":
        others = [n for n in at.inside if n.kind in ("certification", "education") and n is not at.named]
        return at.claim("lacks") if at.denied and not at.asked and not others else None
    if re.match(r"\s*\(", at.after) and any(
        0 < n.start - at.named.end <= 3 and n.kind == "certification" for n in at.inside
    ):
        return None
    name = at.text[at.place : at.place + at.named.end - at.named.start]
    if name in ("scrum", "safe", "apm") and not re.search(r"certif|qualif|accredit|\bexam|member", at.text):
        return None
    if at.scope.sat and not _CERT_PASSED_AFTER.match(at.after):
        return None
    if re.match(
        r"\s*(?:trainer|instructor|coach\b|boot ?camp|course provider|tool|software|team|manager|meeting|job)", at.after
    ):
        return None
    if _CERT_LAPSED_AFTER.match(at.after) and not at.asked:
        return at.claim("lapsed")
    if at.scope.mood == "lapsed":
        return at.claim("lapsed")
    if _KEPT.search(at.text) and re.search(
        r"(?<!get )(?<!take )(?<!pass )(?<!sit )(?<!do )(?<!for )\bmy (?:\w+ )?$", at.before
    ):
        return at.claim("has")
    if _CERT_STUDY_AFTER.match(at.after) and not at.asked:
        return at.claim("studying")
    if at.scope.mood == "studied":
        return at.claim("studying") if not at.denied else None
    if at.scope.mood == "wished" and at.scope.asking:
        return None
    if at.scope.mood == "wished":
        if re.match(r"\s*(?:certified|qualified)", at.after) and re.search(r"\bas an? (?:\w+ )?$", at.before):
            return at.claim("has")
        return _goal(at, at.named.id)
    if _CERT_FAILED_AFTER.match(at.after) and not at.asked:
        return at.claim("lacks")
    answer = re.match(r"\s*[:=-]?\s*(yes|no)\b(?! (?:longer|idea))", at.after)
    if answer and not at.asked:
        return at.claim("has" if answer[1] == "yes" else "lacks")
    if at.asked:
        return None
    licensed = _reaches(_CERT_LICENCE, at.bare, 2) and not _NOT_YET.search(at.bare)
    if at.denied:
        return (
            at.claim("lacks")
            if at.scope.mine or not at.sentence.mentions_a_question and not at.before.endswith(" to ")
            else None
        )
    told = at.scope.mine or not at.sentence.mentions_a_question
    if licensed and told and (at.scope.mine or not at.sentence.asks):
        return at.claim("has")
    ends_certified = re.search(
        r"(?:certified|qualified)$", at.text[at.place : at.place + at.named.end - at.named.start]
    )
    if (_CERTIFIED_AFTER.match(at.after) or ends_certified) and told:
        return at.claim("has")
    if at.alone and not at.sentence.asks and (at.scope.mine or (not at.sentence.mentions_a_question and (at.fragment or at.lengths))):
        return at.claim("has")
    return None


def _education(at: _At) -> Claim | None:
    if re.match(r"\s*(?:apprentice|level (?:job|role)|programme)", at.after) or re.search(
        r"\b(?:another|extra|any|which|what|whose|that|this|some|their|your|his|her|associate|to a|some degree|360|one)(?: \w+)? $",
        at.before,
    ):
        return None
    if at.denied:
        return at.claim("lacks") if at.scope.mine or not at.asked else None
    if at.asked:
        return at.claim("has") if re.match(r" (?:that )?i (?:have|got|did|hold)\b", at.after) else None
    if at.scope.mood == "studied":
        return at.claim("studying")
    if at.scope.mood == "wished":
        return at.claim("wants")
    if re.search(
        r"\b(?:need|require\w*|ask for|years of|worth|for|than|versus|or|before|get|getting|student at|teach\w*|in) (?:a |an |the |my )?(?:\w+ ){0,2}$",
        at.bare,
    ) and not re.search(r"\b(?:i have|i've|i did|graduated|hold|for my|got)\b", at.bare):
        return None
    if at.scope.mine or not at.sentence.mentions_a_question:
        return (
            at.claim("has")
            if at.scope.mine
            or at.alone
            or (len(at.inside) > 1 and not any(n.plural for n in at.inside))
            or re.match(r"\s*in ", at.after)
            or re.search(r"\bgraduated\b", at.before)
            else None
        )
    return None


def _experience(at: _At) -> Claim | None:
    field_role = FIELD_ROLES.get(at.named.id) if at.named.kind == "experience" and not at.named.own_verb else None
    entered = _ENTERED.search(at.before) if field_role else None
    if field_role and entered and re.search(r"\bi\b", at.text):
        return at.claim("has", "role", field_role)
    if at.scope.mood == "wished":
        if at.denied or not field_role:
            return None
        if re.search(r"\b(?:from|out of|leave|leaving|of) $", at.before) or re.match(
            r"\s*(?:skills?|experience|training|course|certification|knowledge)", at.after
        ):
            return at.claim("has") if re.search(r"\b(?:from|out of|leave|leaving) $", at.before) else None
        return _goal(at, field_role)
    if (
        at.asked
        or at.scope.mood in ("studied", "lapsed")
        or re.search(r"\b(?:certification|course|training|boot ?camp) in $", at.before)
    ):
        return None
    if at.denied:
        return at.claim("lacks") if at.scope.mine or not at.sentence.mentions_a_question else None
    if not at.scope.mine and at.sentence.mentions_a_question:
        return None
    moved = re.search(
        r"\b(?:moved|moving|transitioned|getting|got|went|switched|pivoted|transitioning|pivoting|pivoting my career) (?:\w+ )?(?:in)?(?:to|towards) $",
        at.before,
    )
    if field_role and moved:
        return at.claim("has", "role", field_role)
    if (
        at.named.own_verb
        or at.length_near
        or re.match(r"\s*(?:experience|background)", at.after)
        or re.search(
            r"\b(?:experience|background|exp|work|working|worked|years|year|months|career|been|doing|do|did|done|history|skills|foundation|expertise|specialis\w+|focus|in|on|i'm|handle|manage)\b(?: \w+){0,4}? (?:in|of|with|doing|on|as|do|did|,|and)? ?(?:\w+ )?$",
            at.bare,
        )
    ):
        if re.match(
            r"\s*(?:software|tools?|institute|course|certif\w*|qualif\w*|professional|office|training|books?|plan\b|company|companies|firm|team|agency|house|projects\b|life ?cycle|process|role)",
            at.after,
        ):
            return None
        return at.claim("has", "role", "developer") if at.named.id == "software_development" else at.claim("has")
    return None
