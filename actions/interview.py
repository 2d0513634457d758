"""The interview: offered, one question at a time, and never in the way of the person's own questions."""

from __future__ import annotations

from actions.base import Question, TopicAction, Turn, answers, closes, press, pressed
from actions.focus import sought_role
from actions.transition import answer_transition, skipped
from bot.coaching.interview import answered, facts_of, questions_for
from bot.coaching.profile import noted
from bot.coaching.reply import Reply, button
from bot.coaching.transition import nearest_transition
from bot.knowledge.schema import Question as Asked

ONE_SITTING = 6
"""Questions after which the advice is given anew and the interview pauses by itself."""


class ActionInterview(TopicAction):
    topic = "interview"


def active(turn: Turn) -> bool:
    return bool((turn.state.get("interview") or {}).get("question"))


def next_question(turn: Turn) -> Asked | None:
    goal = sought_role(turn)
    written = nearest_transition(turn.case, turn.person.role, goal) if goal else None
    found = questions_for(
        turn.person,
        turn.knowledge,
        role=goal,
        considerations=written.considerations if written else (),
        skipped=skipped(turn),
    )
    return found[0] if found else None


def ask(turn: Turn, question: Asked, *, once: bool = False, lead: str = "") -> Reply:
    """Asks and remembers that it was asked; ``once`` leads back to the advice after a single answer."""
    state = turn.state.get("interview") or {}
    turn.state["interview"] = {"question": question.id, "once": once, "asked": state.get("asked", 0) + 1}
    buttons = [press(a.title, "answer", question=question.id, answer=str(n)) for n, a in enumerate(question.answers)]
    return Reply(
        f"{lead} {question.text}".strip(),
        buttons=(*buttons, button(turn.say("button_skip"), "skip"), button(turn.say("button_stop"), "stop")),
        about={"intent": "interview", "question": question.id},
    )


@pressed("interview")
def press_interview(turn: Turn, question: Question) -> Reply | list[Reply]:
    turn.state["interview"] = {}
    found = next_question(turn)
    return (
        ask(turn, found, lead=turn.say("utter_interview_begins"))
        if found
        else finish(turn, turn.say("utter_interview_nothing"))
    )


@pressed("ask")
def press_ask(turn: Turn, question: Question) -> Reply | list[Reply]:
    found = turn.knowledge.questions.get(str(question.entities.get("question")))
    return ask(turn, found, once=True) if found else Reply(turn.say("utter_button_old"))


@pressed("answer")
def press_answer(turn: Turn, question: Question) -> Reply | list[Reply]:
    """A tapped answer; tapped twice, or an old one, it states the same fact and asks nothing twice."""
    found = turn.knowledge.questions.get(str(question.entities.get("question")))
    number = str(question.entities.get("answer", ""))
    if not found or not number.isdigit() or int(number) >= len(found.answers):
        return Reply(turn.say("utter_button_old"), about={"intent": "interview"})
    chosen = found.answers[int(number)]
    turn.state_facts(facts_of(chosen, chosen.title), f"{found.text} {chosen.title}")
    if not chosen.facts:
        turn.services.record.skip_question(turn.person_id, found.id)
    return Reply(
        noted(turn.case, [s.fact for s in turn.new_facts]) or turn.say("utter_noted_nothing"),
        about={"intent": "interview", "answered": found.id},
    )


@answers("skip", "dont_know")
def answer_skip(turn: Turn, question: Question) -> Reply | list[Reply]:
    state = turn.state.get("interview") or {}
    if not state.get("question"):
        return Reply(
            turn.say("utter_dont_know"),
            buttons=(press(turn.say("button_interview"), "interview"), button(turn.say("button_help"), "ask_help")),
        )
    turn.services.record.skip_question(turn.person_id, state["question"])
    return Reply(
        turn.say("utter_skipped" if question.intent == "skip" else "utter_unknown_is_fine"),
        about={"intent": "interview", "answered": state["question"]},
    )


def why(turn: Turn) -> Reply | None:
    """The answer to "why do you ask?", when something was asked."""
    asked = turn.knowledge.questions.get((turn.state.get("interview") or {}).get("question", ""))
    return (
        Reply(asked.why, sources=turn.case.sources(asked.sources)[:2], about={"intent": "interview"}) if asked else None
    )


def finish(turn: Turn, lead: str) -> Reply | list[Reply]:
    turn.state["interview"] = None
    if sought_role(turn):
        advice = answer_transition(turn, Question("ask_transition"))
        return advice.with_(lead=f"{lead} {advice.lead}")
    return Reply(
        lead, buttons=(button(turn.say("button_profile"), "ask_profile"), button(turn.say("button_help"), "ask_help"))
    )


@closes
def carry_on(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """While an interview runs: the next question after an answer, one return to it after anything else."""
    state = turn.state.get("interview") or {}
    asked = turn.knowledge.questions.get(state.get("question", ""))
    if not asked or any(r.about.get("question") == asked.id or r.about.get("erased") for r in replies):
        return replies
    settled = answered(turn.person, asked) or any(r.about.get("answered") == asked.id for r in replies)
    if not settled:
        if turn.questions[0].intent in ("stop", "deny"):
            return replies
        # An answer in words that names none of the facts asked for still returns to the question once, then lets go.
        if state.get("returned"):
            turn.state["interview"] = None
            return replies
        again = ask(turn, asked, once=state.get("once", False), lead=turn.say("utter_interview_back"))
        turn.state["interview"] = {**turn.state["interview"], "asked": state.get("asked", 1), "returned": True}
        return [*replies, again]
    following = None if state.get("once") or state.get("asked", 0) >= ONE_SITTING else next_question(turn)
    if following:
        return [*replies, ask(turn, following)]
    last = finish(turn, turn.say("utter_interview_done"))
    return [*replies, *(last if isinstance(last, list) else [last])]
