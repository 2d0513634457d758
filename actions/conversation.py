"""Greeting, help, thanks, follow-ups on the last answer, and what to do when a message is not understood."""

from __future__ import annotations

import re
from typing import Any

import actions.followups  # noqa: F401 - registers how short messages are read
from actions import interview, plan
from actions.base import Question, TopicAction, Turn, answers, closes, handler_for, press, pressed
from actions.ordinals import ordinal
from actions.person import ADVISING, press_forget
from bot.coaching import topics as coaching_topics
from bot.coaching import transition as coaching_transition
from bot.coaching.profile import noted
from bot.coaching.reply import Button, Point, Reply, Source, button


class ActionConversation(TopicAction):
    topic = "conversation"


@answers("greet")
def answer_greet(turn: Turn, question: Question) -> Reply:
    person = turn.person
    if person.held:
        known = turn.case.role_name(person.role) if person.role else noted(turn.case, [person.held[-1].fact])
        goal = person.goal_role
        lead = (
            turn.say("utter_greet_known_goal", role=known, goal=turn.case.role_name(goal))
            if goal
            else turn.say("utter_greet_known", role=known)
        )
        buttons = (
            [button(turn.say("button_transition"), "ask_transition", role=goal)]
            if goal
            else [button(turn.say("button_what_next"), "ask_career_path")]
        )
        if turn.services.record.plan(turn.person_id):
            buttons.append(press(turn.say("button_plan_next"), "plan_next"))
        return Reply(
            lead, buttons=(*buttons, button(turn.say("button_profile"), "ask_profile")), about={"intent": "greet"}
        )
    return Reply(turn.say("utter_greet"), buttons=examples(turn), about={"intent": "greet"})


def examples(turn: Turn) -> tuple[Button, ...]:
    return (
        button(turn.say("button_example_transition"), "ask_transition", role="head_of_portfolio"),
        button(turn.say("button_example_certification"), "ask_certification_choice"),
        press(turn.say("button_interview"), "interview"),
    )


@answers("ask_help")
def answer_help(turn: Turn, question: Question) -> Reply:
    role = turn.case.role_name(turn.person.role) if turn.person.role else turn.say("label_your_role")
    return Reply(
        turn.say("utter_help"),
        tuple(Point(turn.say(f"utter_help_{n}", role=role)) for n in range(1, 6)),
        buttons=examples(turn),
        about={"intent": "ask_help"},
    )


@answers("goodbye", "thank", "ask_bot", "chitchat")
def answer_plain(turn: Turn, question: Question) -> Reply:
    return Reply(
        turn.say(f"utter_{question.intent}"),
        buttons=(button(turn.say("button_help"), "ask_help"),) if question.intent != "goodbye" else (),
        about=_aside(question),
    )


def _aside(question: Question) -> dict[str, str]:
    return {"intent": question.intent, "aside": "yes"}


@answers("request_human")
def answer_human(turn: Turn, question: Question) -> Reply:
    contact = turn.services.settings.human_contact
    return Reply(
        turn.say("utter_human", contact=contact) if contact else turn.say("utter_human_unset"),
        about=_aside(question),
    )


@answers("ask_project_practice", "out_of_scope")
def answer_elsewhere(turn: Turn, question: Question) -> Reply:
    return Reply(turn.say(f"utter_{question.intent}"), buttons=examples(turn), about=_aside(question))


@answers("give_praise", "give_complaint")
def answer_feedback(turn: Turn, question: Question) -> Reply:
    """Kept with the answer it is about."""
    thumb = "up" if question.intent == "give_praise" else "down"
    turn.services.record.add_feedback(turn.person_id, thumb, question.text, turn.state.get("last_answer") or {})
    contact = turn.services.settings.human_contact
    buttons = (
        (button(turn.say("button_source"), "ask_source"), button(turn.say("button_human"), "request_human"))
        if thumb == "down" and contact
        else ()
    )
    return Reply(turn.say(f"utter_{question.intent}"), buttons=buttons, about=_aside(question))


@pressed("rate")
def press_rate(turn: Turn, question: Question) -> Reply:
    thumb = "up" if question.entities.get("value") == "up" else "down"
    turn.services.record.add_feedback(
        turn.person_id,
        thumb,
        str(question.entities.get("word", "")),
        dict(question.entities.get("answer") or turn.state.get("last_answer") or {}),
    )
    return Reply(turn.say("utter_give_praise" if thumb == "up" else "utter_give_complaint"), about=_aside(question))


@answers("affirm")
def answer_affirm(turn: Turn, question: Question) -> Reply | list[Reply]:
    waiting, turn.state["awaiting"] = turn.state.get("awaiting"), None
    if waiting == "forget":
        return press_forget(turn, question)
    last = turn.state.get("last_answer") or {}
    offered = last.get("offered")
    if offered:
        return _again(turn, offered)
    return answer_more(turn, question) if last.get("intent") else answer_help(turn, question)


def _again(turn: Turn, payload: dict[str, Any]) -> Reply | list[Reply]:
    question = Question(payload["intent"], "", payload.get("entities") or {})
    handler = handler_for(question)
    return handler(turn, question) if handler else answer_help(turn, question)


@answers("deny", "stop")
def answer_stop(turn: Turn, question: Question) -> Reply:
    waiting, turn.state["awaiting"] = turn.state.get("awaiting"), None
    if waiting == "forget":
        return Reply(turn.say("utter_forget_cancelled"), about=_aside(question))
    if interview.active(turn):
        turn.state["interview"] = None
        return Reply(
            turn.say("utter_interview_stopped"),
            buttons=(button(turn.say("button_profile"), "ask_profile"),),
            about=_aside(question),
        )
    return Reply(
        turn.say("utter_stopped"),
        buttons=(button(turn.say("button_help"), "ask_help"),),
        about=_aside(question),
    )


@answers("repeat")
def answer_repeat(turn: Turn, question: Question) -> Reply | list[Reply]:
    last = turn.state.get("last_answer") or {}
    if interview.active(turn):
        return []  # the interview's own closing step asks its question again
    if not last.get("intent"):
        return answer_help(turn, question)
    reply = _again(
        turn,
        {
            "intent": last["intent"],
            "entities": {k: last[k] for k in ("role", "route", "certification", "choice") if k in last}
            | ({"role": last["to"]} if last.get("to") else {}),
        },
    )
    first = reply[0] if isinstance(reply, list) else reply
    short = re.search(r"\b(short|brief|simple|simpler|less)", question.text.lower())
    return first.with_(points=first.points[:2], closing="") if short else first


@answers("ask_more")
def answer_more(turn: Turn, question: Question) -> Reply | list[Reply]:
    """More on the last answer: one of its points where one is named, else what did not fit."""
    last = turn.state.get("last_answer") or {}
    which = ordinal(question.text)
    if which is not None:
        return one_of(turn, last, which)
    seen = list(last.get("seen") or ())
    intent = last.get("intent")
    if intent == "ask_transition" and last.get("to"):
        return coaching_transition.answer(turn.case, last.get("from"), last["to"], shown=seen)
    if intent == "ask_learning_resources":
        return coaching_topics.resources(turn.case, last.get("to"), shown=seen)
    if intent == "ask_job_search":
        return coaching_topics.job_search(turn.case, last.get("to"), kind=last.get("choice"), shown=seen)
    if last.get("topic"):
        return coaching_topics.advise(turn.case, str(intent), last["topic"], role=last.get("to"), shown=seen)
    if last.get("advice"):
        return detail(turn, list(last["advice"]))
    return Reply(turn.say("utter_more_of_what"), buttons=examples(turn), about=last)


def one_of(turn: Turn, last: dict[str, Any], which: int) -> Reply | list[Reply]:
    """The second one: of the list last shown, or of the points of the last answer."""
    listed = list(last.get("listed") or last.get("advice") or ())
    if not listed or which >= len(listed):
        return Reply(
            turn.say("utter_no_such_item", count=len(listed)), buttons=examples(turn) if not listed else (), about=last
        )
    item, kind = listed[which], last.get("kind")
    if kind == "step":
        return plan.show_step(turn, item)
    entity = {
        "role": ("ask_role", "role"),
        "route": ("ask_routes", "route"),
        "certification": ("ask_certification_overview", "certification"),
        "pmo_type": ("ask_role", "choice"),
    }
    if kind in entity:
        intent, name = entity[kind]
        return _again(turn, {"intent": intent, "entities": {name: f"pmo:{item}" if kind == "pmo_type" else item}})
    return detail(turn, [item]) if item in turn.knowledge.advice else answer_help(turn, Question("ask_help"))


DETAILED = 5
"""Pieces of advice told at length in one answer."""


def detail(turn: Turn, ids: list[str]) -> Reply:
    """The longer words behind pieces of advice, and what their consideration is about."""
    pieces = [turn.knowledge.advice[i] for i in ids if i in turn.knowledge.advice][:DETAILED]
    points = [Point(p.more or p.text, _why(turn, p.consideration)) for p in pieces]
    last = turn.state.get("last_answer") or {}
    return Reply(
        turn.say("utter_detail_lead"),
        tuple(points),
        sources=turn.case.sources(s for p in pieces for s in p.sources)[:4],
        about={**last, "advice": ids},
    )


def _why(turn: Turn, consideration: str | None) -> str:
    item = turn.knowledge.considerations.get(consideration or "")
    return item.why if item else ""


@answers("ask_source")
def answer_source(turn: Turn, question: Question) -> Reply:
    """Where the last answer comes from, and why it was given to this person; in an interview, why it is asked."""
    asked = interview.why(turn)
    if asked and re.search(r"\b(ask|asking|need|question)\b|^\W*why\W*$", question.text.lower()):
        return asked
    last = turn.state.get("last_answer") or {}
    pieces = [turn.knowledge.advice[i] for i in last.get("advice") or () if i in turn.knowledge.advice]
    ids = [*(s for p in pieces for s in p.sources), *(last.get("sources") or ())]
    shown = tuple(Source(*parts) for parts in last.get("shown") or ())
    if not ids and not shown:
        return Reply(turn.say("utter_source_none"), about=_aside(question))
    points = tuple(Point(f"{p.text}", _why(turn, p.consideration)) for p in pieces)
    lead = "utter_source_lead" if points else "utter_source_facts"
    return Reply(
        turn.say(lead, version=turn.knowledge.version),
        points[:5],
        sources=turn.case.sources(ids) or shown,
        about={**last, "aside": "yes"},
    )


@answers("not_understood", "nlu_fallback")
def answer_not_understood(turn: Turn, question: Question) -> Reply:
    """Two plausible meanings to tap, "something else", then the human contact; kept for the curator without a name."""
    missed = int(turn.state.get("misses") or 0) + 1
    turn.state["misses"] = missed
    if turn.new_facts and not question.alternatives:
        return Reply(noted(turn.case, [s.fact for s in turn.new_facts]), about=_aside(question))
    if not question.text.strip():
        return Reply(turn.say("utter_empty"), buttons=examples(turn), about=_aside(question))
    turn.services.record.add_unanswered(question.text[:2000])
    contact = turn.services.settings.human_contact
    if missed > 1:
        key = "utter_not_understood_human" if contact else "utter_not_understood_again"
        return Reply(turn.say(key, contact=contact), buttons=examples(turn), about=_aside(question))
    titled = [a["name"] for a in question.alternatives if f"title_{a['name']}" in turn.services.phrases]
    buttons = tuple(button(turn.say(f"title_{name}"), name) for name in titled[:2])
    return Reply(
        turn.say("utter_not_understood" if buttons else "utter_not_understood_open"),
        buttons=(*buttons, press(turn.say("button_something_else"), "something_else")),
        about=_aside(question),
    )


@pressed("something_else")
def press_something_else(turn: Turn, question: Question) -> Reply:
    contact = turn.services.settings.human_contact
    return Reply(
        turn.say("utter_something_else", contact=contact) if contact else turn.say("utter_something_else_open"),
        buttons=examples(turn),
        about=_aside(question),
    )


@pressed("unknown")
def press_unknown(turn: Turn, question: Question) -> Reply:
    return Reply(turn.say("utter_button_old"), buttons=(button(turn.say("button_help"), "ask_help"),))


@closes
def introduce(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """First contact: one line on what is kept and who can see it."""
    if turn.state.get("introduced") or not replies or replies[0].about.get("erased"):
        return replies
    turn.state["introduced"] = True
    line = turn.say("utter_introduction", readers=turn.services.settings.record_readers)
    first, *rest = replies
    return [first.with_(closing=f"{first.closing}\n\n{line}".strip()), *rest]


_NO_TOPIC = (None, "interview", "ask_profile", "ask_privacy", "export_me", "forget_me")
"""What an answer may be about without being what "and PgMP?" goes on from."""


@closes
def remember(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """What the next "why?", "more" and "the second one" are about; asides leave it as it was."""
    if any(r.about.get("erased") for r in replies):
        return replies
    real = [r for r in replies if r.about.get("intent") not in _NO_TOPIC and not r.about.get("aside")]
    before = turn.state.get("last_answer") or {}
    if real:
        about = real[-1].about
        advised = {k: about[k] for k in ("intent", "to")} if about.get("intent") in ADVISING and "to" in about else None
        turn.state["last_answer"] = {
            **about,
            "advised": advised or before.get("advised"),
            "shown": [[s.title, s.url, s.checked_on] for s in real[-1].sources],
        }
    if buttons := [[b.title, b.payload] for r in replies for b in r.buttons]:
        turn.state["last_answer"] = {**(turn.state.get("last_answer") or {}), "buttons": buttons}
    if turn.questions and turn.questions[0].intent not in ("not_understood", "nlu_fallback"):
        turn.state["misses"] = None
    return replies
