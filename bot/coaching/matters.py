"""What people ask of a certification beside its facets: lapsed, retaken, in which language, on whose list. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.coaching.case import Case
from bot.coaching.certification import (
    attempts,
    current,
    fee_text,
    issuer_name,
    membership_sum,
    renewal_lines,
    route_text,
    sources_of,
)
from bot.coaching.contrast import costing
from bot.coaching.phrases import listed
from bot.coaching.reply import Point, Reply, Source, button
from bot.knowledge.schema import Certification, CertificationNote, Figure

HOME = {
    "transfer": "ask_certification_comparison",
    "together": "ask_certification_comparison",
    "lapse": "ask_certification_renewal",
    "retake": "ask_certification_exam",
    "language": "ask_certification_exam",
    "member": "ask_certification_cost",
    "employer": "ask_certification_cost",
    "register": "ask_certification_value",
}
"""Each matter, and the intent it is a part of; the order is that in which words are looked for."""

_PAYER = r"(?:employers?|company|boss|firm|organi[sz]ation|my (?:manager|work|job)|workplace)"
_PAYS = r"(?:pay|pays|paid|paying|fund\w*|sponsor\w*|reimburs\w*|cover|covers|expense)"
_WORDS = {
    "transfer": (
        r"equivalen\w*|counterparts?|same (?:as|thing|level)|transfer\w*|convert\w*|conversion|swap|exchange"
        r"|turn\b.*\binto|counts? (?:towards?|for|as)|count my|exempt\w*|fast[- ]?track|interchangeable|carry over"
        r"|accepts?|accepted (?:for|as|instead|by (?!employers|companies|recruiters))|credit (?:for|towards?)"
        r"|recogni[sz]e[sd]? (?:my|the|by (?!employers|companies|recruiters))|replace[sd]?|corresponds?|skip"
        r"|helps? (?:with (?!getting|a |my |finding)|towards|to get)|prerequisites? (?:for|of)|required (?:for|before)"
        r"|need (?!for\b|to\b|.*\b(?:hours|experience|months|years|degree|training|pdus?)\b)[\w ]{2,40}"
        r" (?:before|first|for|to (?:get|take|do))"
    ),
    "together": (r"(?:at|in) the same time|at once|in parallel|simultaneously|both at|two at a time|side by side with"),
    "lapse": (
        r"lapse[sd]?|expired|ran out|run out|out of date|no longer (?:valid|current)|too late to renew|reinstat\w*"
        r"|suspended|(?:miss|missed|forgot|forget|don'?t|didn'?t|did not|do not) (?:(?:the|my|to) )*renew\w*"
    ),
    "retake": (
        r"re-?takes?|re-?sits?|re-?sitting|fail(?:ed|ing|s)?|second (?:try|attempt|chance)|try again|attempts?"
        r"|don'?t pass|do not pass|how (?:often|many times)"
    ),
    "language": (
        r"languages?|in (?:arabic|chinese|czech|danish|dutch|english|finnish|french|german|greek|hebrew|hindi|hungarian"
        r"|indonesian|italian|japanese|korean|norwegian|polish|portuguese|russian|spanish|swedish|turkish)"
    ),
    "member": (
        r"(?:worth|pay to|better to|should i|need to|have to|must i|benefit of) (?:it to )?(?:joining|join|becoming"
        r"|become|being|be) (?:an? )?(?:\w+ )?(?:members?)?|join (?:pmi|apm|ipma|iiba|isaca)\b|joining|membership"
    ),
    "employer": rf"{_PAYER}\b.{{0,40}}\b{_PAYS}|{_PAYS}\b.{{0,40}}\b{_PAYER}",
    "register": (
        r"genuine|fake|legit\w*|verif\w+|registry|look (?:up|someone up)|really (?:has|have|holds?|certified)"
        r"|(?:on|in) (?:the|a|an|their|its|pmi'?s|apm'?s) (?:\w+ )?(?:register|list|database)|prove (?:that )?i"
        r"|check (?:if|whether|that) (?:someone|somebody|he|she|they|a|an|my)\b.*"
    ),
}
_MATTERS = {name: re.compile(rf"\b(?:{_WORDS[name]})\b", re.IGNORECASE) for name in HOME}
_LANGUAGE = re.compile(r"\bin ([a-z]+)\b", re.IGNORECASE)


COUNTS_FOR = re.compile(r"\b(?:which|what|anything|something)\b.*\bcounts? (?:towards?|for|as)\b", re.IGNORECASE)
_OF_ONE = re.compile(
    r"\b(?:equivalen\w*|counterpart|transfer\w*|convert\w*|conversion|exchange|exempt\w*|two at once|interchang\w*"
    rf"|turn\b.*\binto)|{COUNTS_FOR.pattern}",
    re.IGNORECASE,
)


def matter_in(text: str, named: int) -> str | None:
    """The matter a question's words are on; ``named`` is how many certifications it names.

    Only "equivalent to" and the like make sense of one, and nothing is done at the same time as itself.
    """
    for name, words in _MATTERS.items():
        of_two = name in ("transfer", "together")
        if words.search(text) and (named > 1 or not of_two or _OF_ONE.search(text)):
            return name
    return None


def answer(case: Case, items: Sequence[Certification], matter: str, text: str = "") -> list[Reply]:
    """One answer for all of them, or one each where what is held differs."""
    if matter == "together":
        return [_together(case, items)]
    alike: dict[tuple[str, ...], list[Certification]] = {}
    for item in items:
        alike.setdefault(tuple(_WRITERS[matter](case, item, text)[0]), []).append(item)
    return [_one(case, group, matter, text) for group in alike.values()]


def _one(case: Case, group: Sequence[Certification], matter: str, text: str) -> Reply:
    item = group[0]
    lines, figures, sources = _WRITERS[matter](case, item, text)
    name = listed(c.short for c in group)
    lead = case.say(f"utter_matter_{matter}{'' if lines else '_unknown'}", name=name, issuer=issuer_name(item),
                    url=item.issuer_url)  # fmt: skip
    if matter == "language" and lines:
        lead = lines.pop(0)
    stale = [f for f in figures if f.expires_on < case.person.today]
    closing = ""
    if stale:
        checked = max(f.checked_on for f in stale).isoformat()
        closing = case.say("utter_certification_stale", date=checked, url=item.issuer_url)
    facet = HOME[matter].removeprefix("ask_certification_")
    return Reply(
        lead,
        tuple(Point(line) for line in lines),
        closing=closing,
        buttons=tuple(
            button(case.say(f"button_facet_{f}"), f"ask_certification_{f}", certification=item.id)
            for f in ("cost", "eligibility", "exam", "renewal")
            if f != facet
        ),
        sources=sources or sources_of(case, group, [f for f in figures if f not in stale]),
        about={"intent": HOME[matter], "certification": item.id, "facet": facet},
    )


Written = tuple[list[str], list[Figure], tuple[Source, ...]]


def _lapse(case: Case, item: Certification, text: str) -> Written:
    r = item.renewal
    if r is None or not current(case, r):
        return [], [r] if r else [], ()
    if r.never_expires:
        return [case.say("utter_renewal_never")], [r], ()
    if not r.lapsed:
        return [], [r], ()
    return [r.lapsed, *(line for line in renewal_lines(case, item) if line != r.lapsed)], [r], ()


def _retake(case: Case, item: Certification, text: str) -> Written:
    fees = [f for f in item.fees if f.kind == "retake" and f.expires_on >= case.person.today]
    notes = notes_on(case, "retake", item)
    lines = [*attempts(case, item), *(n.text for n in notes), *(fee_text(case, f) for f in fees)]
    return lines, [*([item.exam] if item.exam else []), *fees], case.sources(s for n in notes for s in n.sources)


def _language(case: Case, item: Certification, text: str) -> Written:
    e = item.exam
    if e is None or not e.languages or not current(case, e):
        return [], [e] if e else [], ()
    asked = next((w for w in _LANGUAGE.findall(text) if _MATTERS["language"].search(f"in {w}")), "").capitalize()
    offered = any(asked.lower() in language.lower() for language in e.languages)
    key = (
        "utter_matter_language" if not asked else "utter_matter_language_yes" if offered else "utter_matter_language_no"
    )
    line = case.say("utter_exam_languages", languages=listed(e.languages))
    return [case.say(key, name=item.short, language=asked), line], [e], ()


def _member(case: Case, item: Certification, text: str) -> Written:
    fees = [f for f in item.fees if f.expires_on >= case.person.today]
    narrow = [f for f in fees if f.kind == "membership" or (f.kind == "exam" and f.for_ != "everyone" and not f.region)]
    notes = notes_on(case, "member", item)
    sums = membership_sum(case, fees)
    lines = [*(n.text for n in notes), *sums, *(fee_text(case, f) for f in narrow if sums)]
    figures: list[Figure] = [*narrow] if sums else [*item.fees]
    return lines, figures, (*case.sources(s for n in notes for s in n.sources), *sources_of(case, [item], narrow))[:4]


def _employer(case: Case, item: Certification, text: str) -> Written:
    notes = notes_on(case, "employer", item)
    lines, figures = costing(case, [item])
    return [*(n.text for n in notes), *lines], [], (*case.sources(s for n in notes for s in n.sources),
                                                   *sources_of(case, [item], figures))  # fmt: skip


def _register(case: Case, item: Certification, text: str) -> Written:
    notes = notes_on(case, "register", item)
    lines = [f"{n.text} {n.url or ''}".strip() for n in notes]
    return lines, [], case.sources(s for n in notes for s in n.sources)


_WRITERS: dict[str, Callable[[Case, Certification, str], Written]] = {
    "lapse": _lapse, "retake": _retake, "language": _language, "member": _member, "employer": _employer,
    "register": _register,
}  # fmt: skip


def notes_on(case: Case, matter: str, *items: Certification) -> list[CertificationNote]:
    """The notes in date on a matter that speak of every one of ``items``, those on all certifications too."""
    return [
        n
        for n in case.knowledge.notes.values()
        if n.matter == matter
        and n.expires_on >= case.person.today
        and (not n.about or case.knowledge.members(n.about).issuperset(i.id for i in items))
    ]


def _together(case: Case, items: Sequence[Certification]) -> Reply:
    """Two or more at once: which needs which, and what they take in money and hours together."""
    lines = []
    for item in items:
        e = item.eligibility
        for route in e.routes if e and current(case, e) else []:
            first = [other for other in items if other.id in (*route.prerequisites, *route.waives_training)]
            if first:
                names = listed(c.short for c in first)
                lines.append(case.say("utter_matter_together_order", name=item.short, first=names,
                                      route=route_text(case, route)))  # fmt: skip
                break
    notes = notes_on(case, "together", *items)
    sums, figures = costing(case, items)
    points = [*lines, *(n.text for n in notes), *sums]
    figures += [i.eligibility for i in items if i.eligibility and current(case, i.eligibility)]
    key = "utter_matter_together_ordered" if lines else "utter_matter_together"
    return Reply(
        case.say(key, names=listed(f"**{i.short}**" for i in items)),
        tuple(Point(p) for p in points[:6]),
        closing=case.say("utter_recommend_honest"),
        sources=(*case.sources(s for n in notes for s in n.sources), *sources_of(case, items, figures))[:4],
        about={"intent": HOME["together"], "listed": [i.id for i in items], "kind": "certification"},
    )
