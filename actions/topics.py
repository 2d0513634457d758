"""Career questions beside transitions: business understanding, leadership, portfolio practice, reading, jobs, pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from actions.base import Question, TopicAction, Turn, answers
from actions.focus import likeliest_role, named_role, sought_role, target_role
from actions.transition import skipped
from bot.coaching import pay, timing, topics
from bot.coaching.reply import Reply
from bot.knowledge.content import Knowledge


class ActionTopics(TopicAction):
    topic = "topics"


@answers("ask_business_acumen", "ask_leadership", "ask_portfolio_practice", "ask_outlook")
def answer_topic(turn: Turn, question: Question) -> Reply:
    return topics.advise(turn.case, question.intent, question.intent.removeprefix("ask_"), role=goal(turn))


@answers("ask_timeline")
def answer_timeline(turn: Turn, question: Question) -> Reply:
    """To the role named or wanted; else to the likeliest next one, which is said; else in general."""
    role = target_role(turn, question)
    likely = role or likeliest_role(turn, question.text)
    if not likely:
        return topics.advise(turn.case, "ask_timeline", "timeline")
    turn.state["role_focus"] = likely
    reply = timing.answer(turn.case, likely, skipped=skipped(turn))
    taken = "" if role else turn.say("utter_transition_assumed", role=turn.case.role_name(likely))
    return reply.with_(lead=f"{taken} {reply.lead}".strip())


@answers("ask_learning_resources")
def answer_learning(turn: Turn, question: Question) -> Reply:
    said = question.text.lower()
    named = [id_ for name, ids in turn.knowledge.once(_competencies).items() if name in said for id_ in ids]
    role = question.entities.get("role") or goal(turn)
    return topics.resources(turn.case, role if role in turn.knowledge.roles else None, about=named)


def _competencies(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """By each name in small letters: those called so."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for competency in knowledge.competencies.values():
        for name in {competency.name.lower(), *map(str.lower, competency.aliases)}:
            found[name].append(competency.id)
    return dict(found)


@answers("ask_job_search")
def answer_job_search(turn: Turn, question: Question) -> Reply:
    return topics.job_search(turn.case, goal(turn), kind=question.entities.get("choice") or _kind(question.text))


def _kind(text: str) -> str | None:
    said = text.lower()
    if "interview" in said:
        return "question"
    return "cv" if any(word in f" {said} " for word in (" cv", "resume", "résumé", "cover letter")) else None


@answers("ask_salary")
def answer_salary(turn: Turn, question: Question) -> Reply:
    place = question.entities.get("choice") or pay.place_in(turn.knowledge, question.text)
    return pay.answer(turn.case, named_role(turn, question), place if place in turn.knowledge.places else None)


def goal(turn: Turn) -> str | None:
    return sought_role(turn)
