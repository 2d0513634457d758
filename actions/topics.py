"""Career questions beside transitions: business understanding, leadership, portfolio practice, reading, jobs, pay."""

from __future__ import annotations

from actions.base import Question, TopicAction, Turn, answers
from actions.focus import named_role
from bot.coaching import pay, topics
from bot.coaching.reply import Reply


class ActionTopics(TopicAction):
    topic = "topics"


@answers("ask_business_acumen", "ask_leadership", "ask_portfolio_practice", "ask_timeline", "ask_outlook")
def answer_topic(turn: Turn, question: Question) -> Reply:
    return topics.advise(turn.case, question.intent, question.intent.removeprefix("ask_"), role=goal(turn))


@answers("ask_learning_resources")
def answer_learning(turn: Turn, question: Question) -> Reply:
    said = question.text.lower()
    named = [c.id for c in turn.knowledge.competencies.values() if any(a.lower() in said for a in (c.name, *c.aliases))]
    return topics.resources(turn.case, about=named)


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
    return turn.state.get("role_focus") or turn.person.goal_role
