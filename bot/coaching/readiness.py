"""How far a person is from a role: each competency as shown, partly, missing or unknown, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

from bot.coaching.case import Case
from bot.coaching.person import Person
from bot.coaching.phrases import listed
from bot.coaching.reply import Picture, Point, Reply, button
from bot.knowledge.schema import Competency

Standing = Literal["shown", "partly", "missing", "unknown"]

ORDER: tuple[Standing, ...] = ("shown", "partly", "missing", "unknown")
COLOURS: dict[Standing, str] = {"shown": "#1b7f4d", "partly": "#b26a00", "missing": "#b3261e", "unknown": "#5f6b7a"}
NAMED = 4
"""Competencies named under each standing in the text; the picture has them all."""


@dataclass(frozen=True)
class Finding:
    """``level`` is the highest the evidence shows, 0 for none; ``wanted`` what the role asks for."""

    competency: Competency
    standing: Standing
    level: int
    wanted: int
    evidence: str


def assess(person: Person, competency: Competency, wanted: int) -> Finding:
    """Unknown never counts as missing: missing needs to be told, and nothing else to show it."""
    best, words = 0, ""
    for shows in competency.shown_by:
        if person.has(shows.fact) and person.months([shows.fact])[0] >= shows.months and shows.level > best:
            best, words = shows.level, person.words(shows.fact)
    if best:
        return Finding(competency, "shown" if best >= wanted else "partly", best, wanted, words)
    denied = [s.fact for s in competency.shown_by if person.state(s.fact) in ("lacks", "lapsed")]
    if denied:
        return Finding(competency, "missing", 0, wanted, person.words(denied[0]))
    return Finding(competency, "unknown", 0, wanted, "")


def findings(case: Case, role: str) -> list[Finding]:
    """For each competency the role asks for, the most demanding first."""
    wanted = case.knowledge.roles[role].competencies
    return [
        assess(case.person, case.knowledge.competencies[id_], level)
        for id_, level in sorted(wanted.items(), key=lambda item: (-item[1], item[0]))
        if id_ in case.knowledge.competencies
    ]


def answer(case: Case, role: str) -> Reply:
    found = findings(case, role)
    by_standing = {standing: [f for f in found if f.standing == standing] for standing in ORDER}
    name = case.role_name(role)
    if len(by_standing["unknown"]) == len(found):
        lead = case.say("utter_readiness_nothing_known", role=name)
    else:
        lead = case.say(
            "utter_readiness_lead",
            role=name,
            shown=len(by_standing["shown"]),
            of=len(found),
            unknown=len(by_standing["unknown"]),
        )
    points = tuple(_point(case, standing, group) for standing, group in by_standing.items() if group)
    sources = [s for f in found if f.standing in ("shown", "partly") for s in f.competency.sources]
    return Reply(
        lead,
        points,
        picture=picture(case, role, found),
        buttons=(
            button(case.say("button_interview"), "press", do="interview"),
            button(case.say("button_plan"), "ask_plan", role=role),
            button(case.say("button_transition"), "ask_transition", role=role),
        ),
        sources=case.sources([*case.knowledge.roles[role].sources, *sources])[:3],
        about={"intent": "ask_readiness", "to": role, "listed": [f.competency.id for f in found]},
    )


def _point(case: Case, standing: Standing, group: list[Finding]) -> Point:
    names = [f.competency.name for f in group]
    more = len(names) - NAMED
    text = (
        listed(names[:NAMED])
        if more <= 0
        else case.say("utter_readiness_and_more", names=", ".join(names[:NAMED]), more=more)
    )
    evidence = listed(dict.fromkeys(f"“{f.evidence}”" for f in group if f.evidence))
    return Point(
        case.say(f"utter_readiness_{standing}", names=text),
        case.say("utter_because_told", facts=evidence) if evidence and standing != "unknown" else "",
    )


def picture(case: Case, role: str, found: list[Finding]) -> Picture:
    """A row a competency: four boxes, filled to the level shown, outlined to the level wanted."""
    row, left, box = 26, 250, 34
    height = 48 + row * len(found)
    title = escape(case.say("utter_readiness_picture", role=case.role_name(role)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 {height}" width="520" height="{height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13"><rect width="520" height="{height}" fill="#ffffff"/>'
        f'<text x="12" y="24" font-weight="600" fill="#1a1f26">{title}</text>'
    ]
    for n, finding in enumerate(found):
        y = 40 + n * row
        colour = COLOURS[finding.standing]
        parts.append(f'<text x="12" y="{y + 14}" fill="#1a1f26">{escape(finding.competency.name)}</text>')
        for level in range(1, 5):
            fill = colour if level <= finding.level else "#ffffff"
            edge = "#1a1f26" if level <= finding.wanted else "#d3d9e0"
            parts.append(
                f'<rect x="{left + (level - 1) * box}" y="{y + 3}" width="{box - 6}" height="14" rx="3" '
                f'fill="{fill}" stroke="{edge}"/>'
            )
        label = escape(case.say(f"label_{finding.standing}"))
        parts.append(f'<text x="{left + 4 * box + 8}" y="{y + 14}" fill="{colour}">{label}</text>')
    parts.append("</svg>")
    alt = case.say(
        "utter_readiness_alt", role=case.role_name(role),
        **{standing: sum(f.standing == standing for f in found) for standing in ORDER},
    )  # fmt: skip
    return Picture("".join(parts), alt)
