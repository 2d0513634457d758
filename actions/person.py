"""What the person tells, sees, corrects, takes away and erases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from actions import certifications, interview, plan, transition
from actions.base import Question, TopicAction, Turn, answers, closes, press, pressed
from bot.coaching import profile
from bot.coaching.person import Held, Person
from bot.coaching.reply import Attachment, Button, Reply, button
from bot.coaching.rows import as_rows
from bot.experience.facts import POLARITIES, Fact
from bot.experience.record import StoredFact

MOST = 60 * 12
"""Months a form may give."""


class ActionPerson(TopicAction):
    topic = "person"


@answers("state_experience", "state_goal")
def answer_statement(turn: Turn, question: Question) -> Reply | list[Reply]:
    """Says back what was understood; the advice it was told for is given or given anew."""
    waiting, turn.state["awaiting"] = turn.state.get("awaiting"), None
    if not turn.new_facts:
        complete(turn, question.text)
    said = profile.noted(turn.case, [s.fact for s in turn.new_facts])
    if any(s.fact.key == "constraint:hours_per_week" for s in turn.new_facts) and plan.kept(turn):
        return plan.show(turn, plan.reschedule(turn), turn.say("utter_plan_rescheduled", hours=plan.pace(turn)))
    if isinstance(waiting, dict) and "sum" in waiting and turn.new_facts:
        return certifications.answer_facet(
            turn, Question("ask_certification_eligibility", "", {"certification": waiting["sum"]})
        )
    told_goal = any(s.fact.kind == "goal" for s in turn.new_facts)
    if waiting == "goal" or (told_goal and turn.person.goal_role):
        reply = transition.answer_transition(turn, question)
        return reply.with_(lead=f"{said} {reply.lead}".strip())
    if interview.active(turn):
        return Reply(said or turn.say("utter_noted_nothing"), about={"intent": question.intent})
    if not said:
        return Reply(
            turn.say("utter_statement_kept"), buttons=_after_statement(turn), about={"intent": question.intent}
        )
    return Reply(said, buttons=_after_statement(turn), about={"intent": question.intent})


_POINTS_BACK = re.compile(r"\b(?:that|this|it|there|so)\b", re.IGNORECASE)


def complete(turn: Turn, text: str) -> None:
    """ "I have done that for eight years": the length of the thing told last, when none was told."""
    last = turn.person.held[-1] if turn.person.held else None
    lengths = turn.services.reader.durations(text)
    lacking = last and last.fact.kind in ("role", "experience") and not last.fact.months
    if last and lacking and len(lengths) == 1 and _POINTS_BACK.search(text):
        turn.new_facts.append(correct(turn, last, replace(last.fact, months=lengths[0], text=text)))


def _after_statement(turn: Turn) -> tuple[Button, ...]:
    goal = turn.person.goal_role
    first = (
        button(turn.say("button_transition"), "ask_transition", role=goal)
        if goal
        else button(turn.say("button_what_next"), "ask_career_path")
    )
    return (first, press(turn.say("button_interview"), "interview"), button(turn.say("button_profile"), "ask_profile"))


@answers("correct_experience")
def answer_correction(turn: Turn, question: Question) -> Reply | list[Reply]:
    """Corrects the fact meant and shows what that changes in the advice given last."""
    waiting, turn.state["awaiting"] = turn.state.get("awaiting"), None
    if isinstance(waiting, dict) and "correct" in waiting:
        correct_named(turn, str(waiting["correct"]), question.text)
    elif not turn.corrected:
        # One correction may have been read in several pieces ("no," and "five years, not seven"): the surest is named.
        adjust(turn, turn.text if len(turn.questions) == 1 else question.text)
    if not turn.corrected and not turn.new_facts:
        return profile.answer(turn.case).with_(lead=turn.say("utter_correct_which"))
    return show_changes(turn)


def adjust(turn: Turn, text: str) -> None:
    """ "No, five years, not seven": a length with no thing named corrects the fact that has the length denied.

    Else the one told in words that are in the correction too ("the insurance was eight"), else the last.
    """
    lengths = turn.services.reader.durations(text)
    held = [h for h in turn.person.held if h.fact.months]
    wrong = next((h for h in reversed(held) if h.fact.months in lengths[1:]), None)
    other = [h for h in held if h.fact.months not in lengths[:1]]
    meant = wrong or _told_so(other, text) or (held[-1] if held else None)
    right = next((months for months in lengths if not meant or months != meant.fact.months), None)
    if meant and right:
        correct(turn, meant, replace(meant.fact, months=right, text=_after(meant.fact, text)))


def _told_so(held: Sequence[Held], text: str) -> Held | None:
    """The fact that shares words with ``text`` which no other was told in."""
    shared = [_words(h.fact.text) & _words(text) for h in held]
    in_all = Counter(chain.from_iterable(shared))
    own = [sum(in_all[word] == 1 for word in words) for words in shared]
    return held[own.index(max(own))] if any(own) and own.count(max(own)) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{4,}", text.lower()))


def correct_named(turn: Turn, fact_id: str, text: str) -> None:
    """The fact whose button was tapped becomes what is told now: another length, or another thing of its kind."""
    held = next((h for h in turn.person.held if h.id == fact_id), None)
    told = next((s.fact for s in turn.new_facts if held and s.fact.kind == held.fact.kind), None)
    lengths = turn.services.reader.durations(text)
    if held and told and not told.takes_the_place_of(held.fact):
        turn.services.record.remove(turn.person_id, held.id)
        turn.corrected.append((held.fact, told))
        turn.refresh()
    elif held and lengths and not told:
        correct(turn, held, replace(held.fact, months=lengths[0], start=None, end=None, text=_after(held.fact, text)))


def _after(fact: Fact, text: str) -> str:
    """The words of a corrected fact: "five, not seven" says nothing without the words it corrects."""
    return f"{fact.text.split(_THEN)[0]}{_THEN}{text}"


_THEN = " → "
"""Between the words first said and the last correction."""


def correct(turn: Turn, held: Held, fact: Fact, words: str = "") -> StoredFact:
    stored = turn.services.record.correct(
        turn.person_id, held.id, fact, turn.conversation, words or turn.text, turn.services.now()
    )
    turn.corrected.append((held.fact, stored.fact))
    turn.refresh()
    return stored


ADVISING = ("ask_transition", "ask_readiness")
"""Answers that a correction changes line by line; the last of them is kept in mind."""


def show_changes(turn: Turn) -> Reply:
    facts = [new for _, new in turn.corrected] or [s.fact for s in turn.new_facts]
    said = turn.say("utter_corrected", facts="; ".join(profile.in_words(turn.case, f) for f in facts))
    last = (turn.state.get("last_answer") or {}).get("advised") or {}
    if not last.get("to"):
        return Reply(said, buttons=_after_statement(turn), about={"intent": "correct_experience"})
    before_person = before(turn)
    now = again(turn, last, turn.person)
    lines = profile.changes(turn.case, again(turn, last, before_person), now)
    lead = turn.say("utter_changes_lead" if lines else "utter_changes_none", role=turn.case.role_name(last["to"]))
    return now.with_(lead=f"{said} {lead}", points=(), picture=None, closing="\n".join(f"- {line}" for line in lines))


def before(turn: Turn) -> Person:
    """The person as they were when this message began."""
    new = {s.id for s in turn.new_facts}
    corrected = {(new_fact.key, new_fact.text): old for old, new_fact in turn.corrected}
    kept = []
    for h in turn.person.held:
        old = corrected.pop((h.fact.key, h.fact.text), None)
        if old:
            kept.append(replace(h, fact=old))
        elif h.id not in new:
            kept.append(h)
    return replace(turn.person, held=tuple(kept))


def again(turn: Turn, last: dict[str, str], person: Person) -> Reply:
    """The last answer, given to ``person``."""
    from bot.coaching import readiness
    from bot.coaching import transition as coaching

    case = replace(turn.case, person=person)
    if last["intent"] == "ask_readiness":
        return readiness.answer(case, last["to"])
    return coaching.answer(case, person.role, last["to"])


@answers("ask_profile")
def answer_profile(turn: Turn, question: Question) -> Reply:
    return profile.answer(turn.case)


@pressed("state")
def press_state(turn: Turn, question: Question) -> Reply | list[Reply]:
    """A button that tells one fact of the person."""
    kind, _, id_ = str(question.entities.get("fact", "")).partition(":")
    words = turn.case.fact_name(f"{kind}:{id_}")
    turn.state_facts([Fact.from_dict({"kind": kind, "id": id_, "text": words})], words)
    return answer_statement(turn, question)


@pressed("remove")
def press_remove(turn: Turn, question: Question) -> Reply:
    held = _held(turn, question)
    if held is None:
        return profile.answer(turn.case).with_(lead=turn.say("utter_fact_gone"))
    turn.services.record.remove(turn.person_id, held.id)
    turn.refresh()
    rest = profile.answer(turn.case)
    return rest.with_(lead=turn.say("utter_removed", fact=profile.in_words(turn.case, held.fact)), closing="")


@pressed("correct")
def press_correct(turn: Turn, question: Question) -> Reply:
    held = _held(turn, question)
    if held is None:
        return profile.answer(turn.case).with_(lead=turn.say("utter_fact_gone"))
    turn.state["awaiting"] = {"correct": held.id}
    fact = profile.in_words(turn.case, held.fact)
    return Reply(
        turn.say("utter_correct_how", fact=fact),
        buttons=(press(turn.say("button_remove"), "remove", fact=held.id), button(turn.say("button_cancel"), "stop")),
        about={"intent": "correct_experience", "fact": held.id},
    )


@pressed("corrected")
def press_corrected(turn: Turn, question: Question) -> Reply:
    """A form gave how the fact stands, its months and whether it is so today; what the fact is of stays."""
    held = _held(turn, question)
    if held is None:
        return profile.answer(turn.case).with_(lead=turn.say("utter_fact_gone"))
    try:
        fact = adjusted(held.fact, question.entities.get("value"))
    except ValueError:
        return Reply(turn.say("utter_button_old"))
    words = profile.in_words(turn.case, fact)
    correct(turn, held, replace(fact, text=words), words)
    return show_changes(turn)


def adjusted(fact: Fact, given: Any) -> Fact:
    """Raises ValueError for what no form of ours gives."""
    if not isinstance(given, Mapping):
        raise ValueError("nothing given")
    polarity, current, least, most = (given.get(name) for name in ("polarity", "current", "least", "most"))
    if polarity not in POLARITIES or current not in (True, False, None):
        raise ValueError("how it stands")
    if any(m is not None and not (type(m) is int and 0 <= m <= MOST) for m in (least, most)):
        raise ValueError("how long")
    months = None if least is None else (least, most)
    corrected = replace(fact, polarity=polarity, months=months, current=current)
    return corrected if months == fact.months else replace(corrected, start=None, end=None)


def _held(turn: Turn, question: Question) -> Held | None:
    return next((h for h in turn.person.held if h.id == question.entities.get("fact")), None)


@answers("export_me")
def answer_export(turn: Turn, question: Question) -> Reply:
    data = turn.services.export(turn.person_id)
    readable = "\n".join(
        f"- {profile.in_words(turn.case, h.fact)}: “{h.fact.text}” ({h.said_on})" for h in turn.person.held
    )
    return Reply(
        turn.say("utter_export"),
        attachments=(
            Attachment("my-data.json", "application/json", as_rows(data)),
            Attachment("my-data.md", "text/markdown", f"# {turn.say('label_export_title')}\n\n{readable}\n"),
        ),
        about={"intent": "export_me"},
    )


@answers("forget_me")
def answer_forget(turn: Turn, question: Question) -> Reply:
    """Asks once before erasing."""
    turn.state["awaiting"] = "forget"
    return Reply(
        turn.say("utter_forget_ask"),
        buttons=(
            press(turn.say("button_forget_yes"), "forget"),
            button(turn.say("button_export"), "export_me"),
            button(turn.say("button_cancel"), "deny"),
        ),
        about={"intent": "forget_me"},
    )


@pressed("forget")
def press_forget(turn: Turn, question: Question) -> Reply:
    """Erases all; what this very turn adds to the conversation, the runtime erases when it sees ``erased``."""
    turn.services.erase(turn.person_id)
    for name in turn.state:
        turn.state[name] = None
    turn.new_facts.clear()
    return Reply(turn.say("utter_forgotten"), about={"intent": "forget_me", "erased": True})


@answers("ask_privacy")
def answer_privacy(turn: Turn, question: Question) -> Reply:
    return Reply(
        turn.say("utter_privacy", readers=turn.services.settings.record_readers),
        buttons=(
            *(
                button(turn.say(t), i)
                for t, i in (
                    ("button_profile", "ask_profile"),
                    ("button_export", "export_me"),
                    ("button_forget", "forget_me"),
                )
            ),
            press(turn.say("button_places"), "places"),
        ),
        about={"intent": "ask_privacy"},
    )


@closes
def say_what_was_noted(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """Facts told beside a question are said back too, so that a wrong reading is seen."""
    told = [s.fact for s in turn.new_facts if not turn.tapped]
    shown = {q.intent for q in turn.questions} & {"state_experience", "state_goal", "correct_experience"}
    if told and not shown and replies and not re.match(r"\W*noted", replies[0].lead, re.IGNORECASE):
        lead = f"{profile.noted(turn.case, told)}\n\n{replies[0].lead}"
        replies[0] = replies[0].with_(lead=lead, private=True)
    return replies
