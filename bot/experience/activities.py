"""Work told by what a person does, with no title: "run the PMO", "line-manage six people", "chair the board".

The words hold their verb, so no other is looked for. Each pattern stands for a role or for a field of experience.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.experience.durations import COUNT
from bot.experience.loose_work import LOOSE

OFFICE = (
    r"(?:pmo|epmo|project office|programme office|project management office"
    r"|programme management office|portfolio office|portfolio team|portfolio function"
    r"|project support office|pmo team|pmo function"
    r"|(?:project|programme|portfolio) (?:support|services) (?:team|desk|unit|function|group|section|department))"
)
"""By any name: a desk or unit that supports projects is an office too."""
_LOOK_AFTER = (
    r"(?:run|running|ran|runs|manage|managing|managed|look after|looking after|looked after"
    r"|in charge of|oversee|overseeing|oversaw|lead|leading|led|responsible (?:for|of)"
    r"|set up and run|take over|taking over|took over|built and run|own|head up|heading up|headed up"
    r"|head(?! of\b)|heading|headed)"
)
_RUN = (
    r"(?:run|running|ran|manage|managing|managed|lead|leading|led|deliver|delivering|delivered"
    r"|handle|handled|handling|oversee|overseeing|oversaw|coordinat(?:e|ed|ing)"
    r"|responsible for|in charge of|took|taking|worked on|working on|shipped|executed|executing)"
)
_TEND = (
    r"(?:do|does|did|doing|done|run|running|ran|set|setting|set up|setting up|own|owning|owned|lead|leading|led"
    r"|manage|managing|managed|look after|looking after|looked after|responsible for|in charge of|build|building|built"
    r"|handle|handling|handled|prepare|preparing|prepared|write|writing|wrote|written|chair|chairing|chaired"
    r"|hold|holding|held|track|tracking|tracked|help(?:ed)? (?:to )?(?:write|shape|set|build|run)"
    r"|design(?:ed|ing)?|introduce[d]?|introducing|maintain(?:ed|ing)?|present(?:ed|ing)?|review(?:ed|ing)?"
    r"|shape|shaped|shaping|develop|developed|developing|draft|drafted|drafting|work on|worked on|working on"
    r"|sit on|sitting on|sat on|serve on|served on|member of|involved in|contributed to)"
)
_ANY = r"(?:\w+ ){0,3}?"
_WORK_ON = r"(?:projects?|portfolios?|pipelines?|initiatives?|programmes?|requests?|investments?|demand|backlogs?)"
_PEOPLE = (
    r"(?:people|staff|persons|employees|analysts|engineers|developers|devs|planners|colleagues|(?:direct )?reports"
    r"|project managers|pms|coordinators|consultants|heads|folks|testers|designers|others|graduates?|juniors?)\b"
)
_NO_HEAD = r"(?!'s)(?! (?:project|report|manager|lead|analyst|tool|administrator|officer|coordinator|director|head))"


@dataclass(frozen=True)
class Activity:
    """Which role or experience an activity is, where in the text. ``own_verb`` is false where only a field is named."""

    kind: str
    id: str
    start: int
    end: int
    own_verb: bool


_PATTERNS = (
    ("office", rf"\b{_LOOK_AFTER} (?:(?:a|an|the|our|my|their|its) )?(?:\w+ ){{0,2}}?{OFFICE}{_NO_HEAD}"),
    ("heading", rf"\bhead of (?:a|an|our|their) (?:\w+ ){{0,2}}?{OFFICE}"),
    ("member", rf"\b(?:(?<!of )work|working|worked|employed|job|been|position|role|am|i'm|was|year|years"
rf"|months) (?:(?!aiming|going|hoping|looking|applying|applied|bound|pushing|ready|interviewing|asking|up|set"
    rf"|made)\w+ )?"
    rf"(?:in|for|within|at) (?:a|an|the|our|my"
rf"|their)? ?(?:(?!head\b|director\b|chief\b)\w+ ){{0,2}}?{OFFICE}(?: team)?(?! (?:manager|lead|analyst|director"
    rf"|head))"),
    ("portfolio", r"\b(?:run|running|ran|manage|managing|managed|look after|looking after|looked after|lead|leading|led"
r"|own|owning|oversee|overseeing|responsible for|in charge of) (?:a|an|the|our|my|their) (?:\w+ ){0,2}?portfolio"
r"(?= of (?:\w+ ){0,3}?(?:projects|programmes|initiatives|change|investments)|\s*(?:[,.;]|$)| (?:at|for|in|across)\b)"),
    ("programmes", r"\b(?:run|running|ran|manage|managing|managed|lead|leading|led|deliver|delivering"
r"|delivered|in charge of|oversee"
r"|overseeing) (?:[$£€]?[\w.]+ ){0,5}?programmes?\b(?:(?<=s)(?! (?:manager|office"
r"|management|director|board|lead|team|analyst|support))|(?= (?:in|for|at|of|with|across"
r"|on|worth|and)\b|\s*[,.;:)]|\s*$))"),
    ("delivery", rf"\b{_RUN} (?:(?:a|an|the|several|many|some|small|large|big"
r"|multiple|various|different|my|our|own|two|three|four|five|\d+|~\d+|lots of|complex"
r"|whole|all|on) )*(?:\w+ ){0,3}?(?:projects?\b(?: life ?cycles?)?"
r"|(?:rollouts?|roll outs?|implementations?|go lives?|migrations?)\b)"
r"(?! (?:manager|team|office|portfolio|management|lead|board|plan|support|control|controls|services|assurance"
     r"|administration|admin|governance|reporting|planning|desk|unit|community|tool|coordinator|officer))"
     r"|\b(?:years|months) of (?:\w+ )?projects\b"
     r"|\bprojects (?:that )?i(?:'ve)? (?:have )?(?:ran|run|led|managed|delivered)\b|\b(?:do|did|done) projects\b"),
    ("teaching", r"(?<!self )\btaught (?=for|at|in\b)"),
    ("team", r"\b(?:lead|leading|led|in charge of) (?:a|the|my|our) ?(?:small |large |whole |new "
r"|brand new |remote |dev |development )?(?:team|squad|crew) of\b"),
    ("business", r"\b(?:run|running|own|owned|ran|founded|started) (?:my own|my|a|an|the"
r"|our) (?:\w+ ){0,3}(?:company|business|startup|start up|shop|restaurant"
r"|agency)\b(?!'s)(?! (?:analyst|change|manager|partner|owner|unit|analysis|case|development"
r"|process|systems))"),
    ("people", rf"\b(?:line manag(?:e|ed|ement|ing)(?: {_ANY}{_PEOPLE})?|managed people|manag(?:e|ing|ed) (?:people"
r"|staff|(?:\w+ )?teams?\b|a (?:\w+ )?team)|supervis(?:e|ed|ing) (?:a |the |an )?(?:\w+ ){0,2}?(?:teams?|staff"
    r"|people)|(?:people|team) management|(?:lower |upper )?(?:level )?(?<!project )(?<!programme )"
r"(?<!portfolio )(?<!change )(?<!risk )(?<!product )(?<!resource )(?<!benefits )(?<!office )(?<!contract )"
r"(?<!stakeholder )(?<!vendor )(?<!budget )management experience|direct reports?|(?:led|leading|lead) people"
r"|(?:manage|managing|managed|handle|handling|handled|lead|leading|led|supervise|supervising|supervised|look after"
rf"|looking after|responsible for) (?:about |around |over |up to )?{COUNT} ?\+? (?:\w+ )?"
rf"(?:{_PEOPLE}|heads)(?: under me)?"
rf"|(?:{COUNT} (?:\w+ )?(?:{_PEOPLE} )?|nobody |no ?one |anyone |anybody |people |someone |staff )"
r"(?:who )?report(?:s|ed|ing)? (?:directly )?(?:in)?to me"
rf"|my team of (?:about |around )?{COUNT}|i have a team)\b"),
    ("prioritisation", rf"\b(?:prioritis(?:e|ed|ing)|rank(?:ed|ing)?) {_ANY}{_WORK_ON}\b"
r"|\b(?:sit|sat|sitting) on (?:the|our|a) portfolio (?:board|committee)\b|\bdecid(?:e|ed|ing) which projects\b"),
    ("investment_appraisal", rf"\b{_TEND} {_ANY}(?:business cases?|investment (?:board|committee|appraisals?|cases?))\b"
r"|\bapprais(?:e|ed|ing) (?:\w+ ){0,2}?(?:investments|business cases|projects)\b"),
    ("benefits_management", rf"\b(?:track|tracking|tracked|measur(?:e|ed|ing)|own|owned|owning|realis(?:e|ed|ing)|map"
rf"|mapped|mapping|report on) {_ANY}benefits\b|\b(?:do|did|doing|handle|handled) (?:the |our |all )?benefits\b"
    rf"|\b{_TEND} {_ANY}benefits"
r" (?:tracking|realisation|maps?|mapping|register|reviews?|plans?|profiles?|management)\b"),
    ("resource_management", rf"\b{_TEND} {_ANY}(?:resource|resourcing|capacity)(?: (?:planning|plans?|allocation"
r"|management|forecasts?|forecasting|levelling|pool))\b|\b(?:allocate|allocated|allocating) (?:\w+ ){0,2}?"
r"(?:resources?|people|staff|engineers)\b"),
    ("governance", rf"\b{_TEND} {_ANY}(?:governance|steering (?:committees?|groups?|boards?)|stage gates?|gate reviews?"
r"|programme boards?|project boards?|steercos?)\b"),
    ("strategy", rf"\b{_TEND} {_ANY}(?:strategy|strategic plan(?:s|ning)?)\b(?! (?:manager|director|consultant"
    rf"|team|lead))"
r"|\b(?:worked|work|working|years|months|been) in (?:the )?(?:[\w']+ )?strategy\b(?! (?:manager|consult))"),
    ("budget", rf"\b(?:{_TEND}|given|control(?:led|ling)?|have"
    rf"|had) {_ANY}(?<!tight )(?<!small )(?<!training )(?<!learning )(?<!no )budgets?\b(?! (?:of|is|for))"),
    ("business_role", r"\bbusiness roles?\b|\broles? in the business\b|\b(?:on"
    r"|in) the business(?: side)?\b(?! (?:case|analy"
r"|unit|world|school|as))|\bworked outside (?:of )?projects\b"),
    ("field", r"\b(?:into|towards) (?:portfolio|benefits|programmes?|change|product|strategy)\b(?= ?(?:[,.;?!)]|$"
    r"|and\b))"
r"|\b(?:want|to) portfolio\b(?= ?(?:[,.;?!)]|$))"
r"|\b(?:portfolio|benefits|programme|change|product|strategy) (?:side|world|space|role|roles|job|jobs"
r"|experience|background|land)\b|\b(?:portfolio|programme) level\b(?= ?(?:[,.;?!)]|$|and\b|work|roles?|jobs?))"),
)  # fmt: skip
_WAYS = {name: f"{p}|{LOOSE[name]}" if name in LOOSE else p for name, p in _PATTERNS}
_WAYS |= {name: p for name, p in LOOSE.items() if name not in _WAYS}
_ACTIVITY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _WAYS.items()))
_ROLES = {
    "teaching": "other",
    "business": "other",
    "programmes": "programme_manager",
    "team": "team_lead",
    "portfolio": "portfolio_manager",
}
_FIELDS = {
    "portfolio": "portfolio_management",
    "benefits": "benefits_management",
    "programme": "programme_delivery",
    "change": "change_management",
    "product": "product_management",
    "strategy": "strategy",
}
_EXPERIENCES = {"people": "line_management", "delivery": "direct_delivery"}


def find_activities(text: str) -> Iterator[Activity]:
    for match in _ACTIVITY.finditer(text):
        kind, id_ = _meaning(match.lastgroup or "", match.group())
        lead = re.match(r"(?:into|towards|want|to|years?|months|job|position|role) ", match.group())
        yield Activity(kind, id_, match.start() + (lead.end() if lead else 0), match.end(), match.lastgroup != "field")


def _meaning(name: str, words: str) -> tuple[str, str]:
    if name in ("office", "heading"):
        return "role", _office_role(words)
    if name == "member":
        return "role", "portfolio_analyst" if "portfolio" in words else "pmo_analyst"
    if name in _ROLES:
        return "role", _ROLES[name]
    if name == "field":
        return "experience", next(id_ for word, id_ in _FIELDS.items() if word in words)
    return "experience", _EXPERIENCES.get(name, name)


def _office_role(words: str) -> str:
    heads = re.match(r"head", words) is not None or "portfolio office" in words or "portfolio function" in words
    if "portfolio" in words:
        return "head_of_portfolio" if heads else "portfolio_manager"
    return "head_of_pmo" if heads else "pmo_manager"
