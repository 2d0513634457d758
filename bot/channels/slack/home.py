"""App Home: what is known of the person, their goal, how ready they are, their plan. Pure: data in, a view out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.blocks import Block, Say, context, section
from bot.channels.slack.mrkdwn import escape, split

PAGE = 70
"""Blocks of a page; the fixed ones come on top."""
LEVELS = 4


@dataclass(frozen=True)
class KnownFact:
    id: str
    title: str
    words: str


@dataclass(frozen=True)
class KnownStep:
    id: str
    title: str
    text: str
    done: bool


@dataclass(frozen=True)
class KnownLevel:
    """One competency of the role aimed at: 0 to 4 shown, 1 to 4 wanted, and its standing in words."""

    name: str
    level: int
    wanted: int
    standing: str


@dataclass(frozen=True)
class KnownEvidence:
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Known:
    goal: str = ""
    readiness: tuple[KnownLevel, ...] = ()
    steps: tuple[KnownStep, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    evidence: tuple[KnownEvidence, ...] = ()
    joined: bool = False


def view(known: Known, say: Say, page: int = 0) -> dict[str, Any]:
    """A long record has pages: nothing is left out."""
    body = [
        *_goal(known, say),
        *_readiness(known, say),
        *_plan(known, say),
        *_facts(known, say),
        *_evidence(known, say),
    ]
    pages = [body[n : n + PAGE] for n in range(0, len(body), PAGE)] or [[]]
    page = max(0, min(page, len(pages) - 1))
    blocks = [_head(say("label_slack_home")), *pages[page]]
    turns = [
        _button(say(f"button_slack_{name}"), "home.page", str(to), name)
        for name, to in (("back", page - 1), ("more", page + 1))
        if 0 <= to < len(pages)
    ]
    if turns:
        blocks.append({"type": "actions", "elements": turns})
    return {"type": "home", "blocks": [*blocks, *_foot(known, say)]}


def _head(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text[: limits.HEADER], "emoji": False}}


def _button(title: str, action: str, value: str, name: str = "", **more: Any) -> dict[str, Any]:
    text = {"type": "plain_text", "text": title[: limits.BUTTON_TEXT], "emoji": False}
    return {"type": "button", "action_id": f"{action}.{name}" if name else action, "text": text, "value": value, **more}


def _texts(text: str, **more: Any) -> list[Block]:
    """Sections for a text; what is tapped stands beside the first."""
    first, *rest = split(text, limits.SECTION)
    return [section(first, **more), *(section(piece) for piece in rest)]


def _goal(known: Known, say: Say) -> list[Block]:
    text = say("utter_slack_home_goal", goal=known.goal) if known.goal else say("utter_slack_home_no_goal")
    return [_head(say("label_slack_goal")), section(escape(text))]


def _readiness(known: Known, say: Say) -> list[Block]:
    """Boxes filled to the level shown, ringed to the level wanted: as the picture, in characters."""
    if not known.readiness:
        return []
    lines = [
        f"{'■' * f.level}{'□' * max(0, f.wanted - f.level)}{'·' * (LEVELS - max(f.level, f.wanted))}  "
        f"{escape(f.name)}: _{escape(f.standing)}_"
        for f in known.readiness
    ]
    return [_head(say("label_slack_readiness")), *_texts("\n".join(lines)), context(escape(say("label_slack_legend")))]


def _plan(known: Known, say: Say) -> list[Block]:
    blocks = [_head(say("label_slack_plan"))]
    if not known.steps:
        return [*blocks, section(escape(say("utter_slack_home_no_plan")))]
    for step in known.steps:
        mark = "☑" if step.done else "☐"
        text = f"{mark} *{escape(step.title)}*\n{escape(step.text)}"
        more = {} if step.done else {"accessory": _button(say("button_step_done"), "home.tick", step.id)}
        blocks += _texts(text, **more)
    return blocks


def _facts(known: Known, say: Say) -> list[Block]:
    blocks = [_head(say("label_slack_known"))]
    if not known.facts:
        return [*blocks, section(escape(say("utter_profile_empty")))]
    for fact in known.facts:
        menu = _menu(say, ("correct", "remove"), fact.id)
        blocks += _texts(f"*{escape(fact.title)}*\n{escape(fact.words)}", accessory=menu)
    return blocks


def _menu(say: Say, names: Sequence[str], id_: str) -> dict[str, Any]:
    options = [
        {"text": {"type": "plain_text", "text": say(f"button_{name}"), "emoji": False}, "value": f"{name}:{id_}"}
        for name in names
    ]
    return {"type": "overflow", "action_id": "home.correct", "options": options}


def _evidence(known: Known, say: Say) -> list[Block]:
    if not known.evidence:
        return []
    blocks = [_head(say("label_slack_evidence"))]
    for item in known.evidence:
        button = _button(say("button_remove"), "home.evidence", item.id)
        blocks += _texts(f"*{escape(item.title)}*\n{escape(item.text)}", accessory=button)
    return blocks


def _foot(known: Known, say: Say) -> list[Block]:
    def plain(key: str) -> dict[str, str]:
        return {"type": "plain_text", "text": say(key)}

    sure = {
        "title": plain("label_slack_erase_title"),
        "text": plain("utter_forget_ask"),
        "confirm": plain("button_forget_yes"),
        "deny": plain("button_cancel"),
    }
    join = (
        [_button(say("button_separate"), "home.separate", "separate")]
        if known.joined
        else [
            _button(say("button_join_code"), "home.code", "code"),
            _button(say("button_join_type"), "home.join", "join"),
        ]
    )
    return [
        {"type": "divider"},
        {
            "type": "actions",
            "elements": [
                _button(say("button_slack_rate"), "home.rate", "rate"),
                _button(say("button_export"), "home.export", "export"),
                _button(say("button_forget"), "home.erase", "erase", style="danger", confirm=sure),
            ],
        },
        {"type": "actions", "elements": join},
        context(escape(say("utter_join_is" if known.joined else "utter_join_how"))),
    ]
