"""A plan: steps taken from the advice, dated by the hours a week the person has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import ceil

from icalendar import Calendar, Event

from bot.coaching.advice import Pick, choose, pick_of, point
from bot.coaching.case import Case
from bot.experience.steps import PlanStep

HOURS_PER_WEEK = 3
"""What is assumed until the person says how many hours they have."""

LONGEST = 8
"""Steps a new plan starts with; more would not be begun."""


def propose(case: Case, role: str | None, considerations: Sequence[str] = ()) -> list[PlanStep]:
    """Steps of the advice that applies, best advice first; "plan" advice counts like "transition" advice."""
    picks = list(choose(case.person, case.knowledge, "transition", role=role, considerations=considerations))
    picks += [p for p in choose(case.person, case.knowledge, "plan", role=role) if p not in picks]
    steps = []
    for pick in picks:
        step = pick.advice.step
        if step:
            why = _why(case, pick)
            steps.append(PlanStep(step.text, step.hours, step.weeks, step.done_when, why, pick.advice.id))
    unique = {step.text: step for step in steps}
    return list(unique.values())[:LONGEST]


def explained(case: Case, steps: Sequence[PlanStep]) -> list[PlanStep]:
    """Each step with the reason that holds now: what the person said may have been corrected since."""
    known = case.knowledge.advice
    return [
        replace(step, why=_why(case, pick_of(known[step.advice], case.person))) if step.advice in known else step
        for step in steps
    ]


def _why(case: Case, pick: Pick) -> str:
    shown = point(pick, case.person)
    return shown.reason or shown.text


def schedule(steps: Sequence[PlanStep], start: date, hours_per_week: float) -> list[PlanStep]:
    """Open steps dated one after the other: each takes its hours at that pace, and never less than its weeks allow.

    Work on a step that mostly waits (weeks far beyond its hours) goes on beside the next: only its hours move the start
    of what follows.
    """
    dated, begin = [], start
    for step in steps:
        if step.status != "open":
            dated.append(step)
            continue
        working = ceil(step.hours / hours_per_week)
        dated.append(replace(step, due=begin + timedelta(weeks=max(working, step.weeks))))
        begin += timedelta(weeks=working)
    return dated


def as_markdown(steps: Sequence[PlanStep], title: str, labels: dict[str, str]) -> str:
    lines = [f"# {title}", ""]
    for number, step in enumerate(steps, 1):
        mark = {"done": "x", "dropped": "-"}.get(step.status, " ")
        due = f" ({labels['by']} {step.due.isoformat()})" if step.due and step.status == "open" else ""
        lines += [
            f"{number}. [{mark}] **{step.text}**{due}",
            f"   - {labels['effort']}: {step.hours} h",
            f"   - {labels['done_when']}: {step.done_when}",
            f"   - {labels['why']}: {step.why}",
        ]
    return "\n".join(lines) + "\n"


def as_calendar(steps: Sequence[PlanStep], title: str, stamp: datetime) -> str:
    """An iCalendar file with one all-day entry a dated open step (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//PMO career coach//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for step in steps:
        if step.status != "open" or not step.due:
            continue
        event = Event()
        event.add("uid", f"{step.id or step.advice}@pmo-career-coach")
        event.add("dtstamp", datetime.combine(stamp.date(), time(), stamp.tzinfo))
        event.add("dtstart", step.due)
        event.add("dtend", step.due + timedelta(days=1))
        event.add("summary", step.text)
        event.add("description", f"{step.done_when}\n{step.why}")
        calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")
