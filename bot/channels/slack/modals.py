"""Forms, and what is read from them. Pure: a form is a view; a submission is values or mistakes by field."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.blocks import Say, context, section
from bot.channels.slack.mrkdwn import escape, split
from bot.experience.facts import POLARITIES, Fact
from bot.knowledge.schema import Competency, Question

View = dict[str, Any]
LONGEST_YEARS = 60


@dataclass(frozen=True)
class Evidence:
    text: str
    competency: str | None
    happened_on: date


def _plain(text: str, most: int = limits.OPTION_TEXT) -> dict[str, Any]:
    return {"type": "plain_text", "text": text if len(text) <= most else text[: most - 1] + "…", "emoji": False}


def _view(kind: str, say: Say, blocks: list[dict[str, Any]], about: dict[str, Any]) -> View:
    return {
        "type": "modal",
        "callback_id": kind,
        "private_metadata": json.dumps(about),
        "title": _plain(say(f"label_slack_{kind}_title"), limits.MODAL_TITLE),
        "submit": _plain(say("label_slack_save"), limits.MODAL_TITLE),
        "close": _plain(say("label_slack_cancel"), limits.MODAL_TITLE),
        "blocks": blocks,
    }


def about(view: View) -> dict[str, Any]:
    """What a form of ours was about; empty for one of an older version that kept it otherwise."""
    try:
        kept = json.loads(view.get("private_metadata") or "")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _input(name: str, label: str, element: dict[str, Any], *, optional: bool = False) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": _plain(label, limits.LABEL),
        "element": {**element, "action_id": "value"},
    }


def _select(options: Sequence[tuple[str, str]], initial: str | None, placeholder: str) -> dict[str, Any]:
    choices = [{"text": _plain(title), "value": value} for value, title in options]
    element: dict[str, Any] = {"type": "static_select", "placeholder": _plain(placeholder), "options": choices}
    found = next((c for c in choices if c["value"] == initial), None)
    return {**element, "initial_option": found} if found else element


# --- evidence ---


def evidence(
    text: str, happened_on: date, competencies: Sequence[Competency], guess: str | None, link: str, say: Say
) -> View:
    """The message to edit, its day and the competency it shows. A message too long for one field has several."""
    pieces = split(text, limits.INPUT) or [""]
    blocks = [
        _input(
            f"text{n}", say("label_slack_evidence_text" if n == 0 else "label_slack_evidence_more"),
            {"type": "plain_text_input", "multiline": True, "initial_value": piece, "max_length": limits.INPUT},
            optional=n > 0,
        )
        for n, piece in enumerate(pieces)
    ]  # fmt: skip
    blocks.append(
        _input("day", say("label_slack_evidence_day"), {"type": "datepicker", "initial_date": happened_on.isoformat()})
    )
    options = [(c.id, c.name) for c in competencies][: limits.OPTIONS]
    if options:
        select = _select(options, guess, say("label_slack_choose"))
        blocks.append(_input("competency", say("label_slack_evidence_competency"), select, optional=True))
    return _view("evidence", say, blocks, {"link": link})


def matching(text: str, facts: Sequence[Fact], competencies: Sequence[Competency]) -> str | None:
    """The competency a text is evidence for: one whose evidence it tells, else the one most of whose name it uses."""
    keys = {f.key for f in facts if f.polarity == "has"}
    shown = [c for c in competencies if keys & {s.fact for s in c.shown_by}]
    words = set(re.findall(r"[a-z]{4,}", text.lower()))

    def shared(competency: Competency) -> float:
        names = [set(re.findall(r"[a-z]{4,}", n.lower())) for n in (competency.name, *competency.aliases)]
        return max((len(words & name) / len(name) for name in names if name), default=0)

    best = max(shown or competencies, key=shared, default=None)
    return best.id if best and (shown or shared(best) >= 0.5) else None


def read_evidence(values: dict[str, Any], today: date, say: Say) -> Evidence | dict[str, str]:
    names = sorted((n for n in values if n.startswith("text")), key=lambda n: int(n[4:]))
    text = "".join(str(_value(values, n) or "") for n in names).strip()
    day = _day(_value(values, "day"))
    mistakes = {}
    if not text:
        mistakes["text0"] = say("utter_slack_evidence_empty")
    if day is None or day > today:
        mistakes["day"] = say("utter_slack_day_wrong")
    if mistakes or day is None:
        return mistakes
    return Evidence(text, _value(values, "competency") or None, day)


# --- correction ---


def correction(fact_id: str, in_words: str, fact: Fact, place: dict[str, str], say: Say) -> View:
    states = [(p, say(f"label_slack_state_{p}")) for p in POLARITIES]
    years = "" if not fact.months else f"{fact.months[0] / 12:.1f}".removesuffix(".0")
    blocks: list[dict[str, Any]] = [
        section(escape(say("utter_slack_correct_held", fact=in_words))),
        _input("state", say("label_slack_correct_state"), _select(states, fact.polarity, say("label_slack_choose"))),
        _input(
            "years",
            say("label_slack_correct_years"),
            {"type": "plain_text_input", **({"initial_value": years} if years else {})},
            optional=True,
        ),
        _input(
            "current",
            say("label_slack_correct_current"),
            _select(
                [("yes", say("label_slack_yes")), ("no", say("label_slack_no"))],
                {True: "yes", False: "no"}.get(fact.current) if fact.current is not None else None,
                say("label_slack_choose"),
            ),
            optional=True,
        ),
    ]
    return _view("correct", say, blocks, {"fact": fact_id, **place})


def read_correction(values: dict[str, Any], fact: Fact, say: Say) -> Fact | dict[str, str]:
    """The fact as it should be. A length left as it stands is not touched, whatever range it was told as."""
    years = str(_value(values, "years") or "").strip().replace(",", ".")
    mistakes = {}
    months = fact.months
    if years and not (re.fullmatch(r"\d+(\.\d+)?", years) and float(years) <= LONGEST_YEARS):
        mistakes["years"] = say("utter_slack_years_wrong", most=LONGEST_YEARS)
    elif not years:
        months = None
    elif not fact.months or years != f"{fact.months[0] / 12:.1f}".removesuffix(".0"):
        months = (round(float(years) * 12),) * 2
    state = _value(values, "state")
    if state not in POLARITIES:
        mistakes["state"] = say("utter_slack_state_wrong")
    if mistakes:
        return mistakes
    current = {"yes": True, "no": False}.get(str(_value(values, "current")))
    corrected = replace(fact, polarity=state, months=months, current=current)
    return corrected if months == fact.months else replace(corrected, start=None, end=None)


# --- interview questions rated in one form ---


def rating(questions: Sequence[Question], say: Say) -> View:
    """Several questions at once, each answered by a tap; any may be left open."""
    blocks: list[dict[str, Any]] = [section(escape(say("utter_slack_rate")))]
    for question in questions:
        options = [{"text": _plain(a.title), "value": str(n)} for n, a in enumerate(question.answers)]
        element = (
            {"type": "radio_buttons", "options": options}
            if len(options) <= limits.RADIO
            else {"type": "static_select", "placeholder": _plain(say("label_slack_choose")), "options": options}
        )
        blocks.append(_input(f"q-{question.id}", question.text, element, optional=True))
        blocks.append(context(escape(question.why)))
    return _view("rate", say, blocks, {})


def read_rating(values: dict[str, Any]) -> dict[str, int]:
    """The number of the answer chosen, by question."""
    found = {name[2:]: _value(values, name) for name in values if name.startswith("q-")}
    return {question: int(answer) for question, answer in found.items() if answer and str(answer).isdigit()}


# --- joining ---


def joining(say: Say) -> View:
    field = {"type": "plain_text_input", "placeholder": _plain("ABCD-2345")}
    return _view("join", say, [_input("code", say("label_slack_join_code"), field)], {})


def read_code(values: dict[str, Any]) -> str:
    return str(_value(values, "code") or "").strip()


def _value(values: dict[str, Any], name: str) -> Any:
    element = (values.get(name) or {}).get("value") or {}
    option = element.get("selected_option")
    return option["value"] if option else element.get("value") or element.get("selected_date")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def day_of(ts: str) -> date:
    """The day of a Slack timestamp."""
    return datetime.fromtimestamp(float(ts), timezone.utc).date()
