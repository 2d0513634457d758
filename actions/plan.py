"""The person's plan: made from the advice, kept, changed by what they say, taken away as files."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone

from actions.base import Question, TopicAction, Turn, answers, press, pressed
from actions.focus import sought_role, target_role
from actions.transition import ask_goal
from bot.coaching import plan
from bot.coaching.phrases import count
from bot.coaching.reply import Attachment, Card, Reply, button
from bot.coaching.transition import nearest_transition
from bot.experience.steps import PlanStep

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class ActionPlan(TopicAction):
    topic = "plan"


@answers("ask_plan")
def answer_plan(turn: Turn, question: Question) -> Reply:
    steps = kept(turn)
    said = question.text.lower()
    number = _number(said, steps)
    if steps and number and re.search(r"\b(done|did|finished|completed|ticked)\b", said):
        return change(turn, steps[number - 1].id, "done")
    if steps and number and re.search(r"\b(drop|remove|delete|skip|without)\b", said):
        return change(turn, steps[number - 1].id, "dropped")
    role = target_role(turn, question)
    if steps and not question.entities.get("role") and re.search(r"\b(next|now|continue)\b", said):
        return next_step(turn, steps)
    if steps and (question.entities.get("role") in (None, turn.state.get("plan_focus"))):
        return show(turn, steps, turn.say("utter_plan_kept"))
    if not role:
        return ask_goal(turn, "ask_plan")
    return make(turn, role)


def make(turn: Turn, role: str) -> Reply:
    written = nearest_transition(turn.case, turn.person.role, role)
    steps = plan.propose(turn.case, role, written.considerations if written else ())
    if not steps:
        return Reply(turn.say("utter_plan_none", role=turn.case.role_name(role)), about={"intent": "ask_plan"})
    turn.services.record.replace_plan(turn.person_id, dated(turn, steps))
    turn.state["plan_focus"] = role
    return show(turn, kept(turn), turn.say("utter_plan_made", role=turn.case.role_name(role), hours=pace(turn)))


def kept(turn: Turn) -> list[PlanStep]:
    return plan.explained(turn.case, turn.services.record.plan(turn.person_id))


def hours(turn: Turn) -> float:
    """Hours a week the person said they have."""
    told = turn.person.told("constraint:hours_per_week")
    return told[-1].fact.amount or plan.HOURS_PER_WEEK if told else plan.HOURS_PER_WEEK


def pace(turn: Turn) -> str:
    at = hours(turn)
    return f"{at:g} {'hour' if at == 1 else 'hours'}"


def dated(turn: Turn, steps: list[PlanStep]) -> list[PlanStep]:
    return plan.schedule(steps, turn.today, hours(turn))


def show(turn: Turn, steps: list[PlanStep], lead: str) -> Reply:
    live = [step for step in steps if step.status != "dropped"]
    return Reply(
        lead,
        cards=tuple(_card(turn, number, step) for number, step in enumerate(live, 1)),
        buttons=(
            press(turn.say("button_plan_next"), "plan_next"),
            press(turn.say("button_plan_files"), "plan_files"),
            press(turn.say("button_plan_new"), "plan_new"),
        ),
        sources=turn.case.sources(
            s
            for step in live
            if step.advice in turn.knowledge.advice
            for s in turn.knowledge.advice[step.advice].sources
        )[:4],
        about=_about(live),
    )


def _about(steps: list[PlanStep]) -> dict[str, object]:
    """What "why?", "tell me more" and "the second one" go on from."""
    open_ = [step.advice for step in steps if step.status == "open"]
    return {"intent": "ask_plan", "listed": [step.id for step in steps], "kind": "step", "advice": open_}


def show_step(turn: Turn, step_id: str) -> Reply:
    live = [s for s in kept(turn) if s.status != "dropped"]
    step = next((s for s in live if s.id == step_id), None)
    if step is None:
        return show(turn, live, turn.say("utter_plan_step_gone"))
    return Reply(
        turn.say("utter_plan_step_lead"),
        cards=(_card(turn, live.index(step) + 1, step),),
        buttons=(button(turn.say("button_plan"), "ask_plan"),),
        about=_about([step]),
    )


def _card(turn: Turn, number: int, step: PlanStep) -> Card:
    done = step.status == "done"
    due = step.due.isoformat() if step.due else "-"
    key = "utter_plan_step_done" if done else "utter_plan_step"
    text = turn.say(key, hours=count(step.hours, "hour"), due=due, done_when=step.done_when.rstrip("."), why=step.why)
    buttons = (
        ()
        if done
        else (
            press(turn.say("button_step_done"), "step_done", step=step.id),
            press(turn.say("button_step_drop"), "step_drop", step=step.id),
        )
    )
    return Card(f"{number}. {step.text}", text, buttons)


@pressed("step_done", "step_drop")
def press_step(turn: Turn, question: Question) -> Reply:
    return change(
        turn, str(question.entities.get("step")), "done" if question.entities["do"] == "step_done" else "dropped"
    )


def change(turn: Turn, step_id: str, status: str) -> Reply:
    """Marks a step and dates the rest anew; a step no longer there is said, and the plan shown."""
    steps = kept(turn)
    found = next((s for s in steps if s.id == step_id), None)
    if found is None:
        return show(turn, steps, turn.say("utter_plan_step_gone"))
    if found.status == status:
        return next_step(turn, steps)
    changed = [replace(s, status=status) if s.id == step_id else s for s in steps]
    turn.services.record.replace_plan(turn.person_id, dated(turn, changed))
    return next_step(turn, kept(turn), turn.say(f"utter_plan_{status}", step=found.text))


@pressed("plan_next")
def press_next(turn: Turn, question: Question) -> Reply:
    return next_step(turn, kept(turn))


def next_step(turn: Turn, steps: list[PlanStep], lead: str = "") -> Reply:
    live = [s for s in steps if s.status != "dropped"]
    step = next((s for s in live if s.status == "open"), None)
    if step is None:
        key = "utter_plan_finished" if live else "utter_plan_empty"
        return Reply(
            f"{lead} {turn.say(key)}".strip(),
            buttons=(press(turn.say("button_plan_new"), "plan_new"),),
            about={"intent": "ask_plan"},
        )
    return Reply(
        f"{lead} {turn.say('utter_plan_next')}".strip(),
        cards=(_card(turn, live.index(step) + 1, step),),
        buttons=(button(turn.say("button_plan"), "ask_plan"),),
        about=_about([step]),
    )


@pressed("plan_new")
def press_new(turn: Turn, question: Question) -> Reply:
    role = str(turn.state.get("plan_focus") or sought_role(turn) or "")
    return make(turn, role) if role in turn.knowledge.roles else ask_goal(turn, "ask_plan")


@pressed("plan_files")
def press_files(turn: Turn, question: Question) -> Reply:
    steps = [s for s in kept(turn) if s.status != "dropped"]
    if not steps:
        return Reply(turn.say("utter_plan_empty"), buttons=(press(turn.say("button_plan_new"), "plan_new"),))
    title = turn.say("label_plan_title")
    labels = {name: turn.say(f"label_plan_{name}") for name in ("by", "effort", "done_when", "why")}
    stamp = datetime.combine(turn.today, datetime.min.time(), timezone.utc)
    return Reply(
        turn.say("utter_plan_files"),
        attachments=(
            Attachment("plan.md", "text/markdown", plan.as_markdown(steps, title, labels)),
            Attachment("plan.ics", "text/calendar", plan.as_calendar(steps, title, stamp)),
        ),
        buttons=(button(turn.say("button_plan"), "ask_plan"),),
        about={"intent": "ask_plan"},
    )


def reschedule(turn: Turn) -> list[PlanStep]:
    """The plan at the pace the person now gives."""
    turn.services.record.replace_plan(turn.person_id, dated(turn, kept(turn)))
    return kept(turn)


def _number(said: str, steps: list[PlanStep]) -> int | None:
    """The step meant: "step 3", "the second one", "#2", "the first"; None when none or no such step."""
    live = [s for s in steps if s.status != "dropped"]
    match = re.search(r"(?:step|number|no\.?|#)\s*(\d+)", said)
    number = (
        int(match.group(1))
        if match
        else next((n for n, word in enumerate(ORDINALS, 1) if re.search(rf"\b{word}\b", said)), None)
    )
    if "last one" in said:
        number = len(live)
    return steps.index(live[number - 1]) + 1 if number and number <= len(live) else None
