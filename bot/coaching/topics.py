"""Answers to career questions beside transitions: advice on a topic, what to read, interviews."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.coaching.advice import choose, point
from bot.coaching.case import Case
from bot.coaching.lots import lots, ranked
from bot.coaching.readiness import assess
from bot.coaching.reply import Button, Point, Reply, button
from bot.coaching.transition import enough, fit
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import JobQuestion, Resource

LISTED = 5


def advise(case: Case, intent: str, topic: str, *, role: str | None = None, shown: Sequence[str] = ()) -> Reply:
    """The best advice on ``topic`` for this person; ``shown`` pieces were given before."""
    picks = enough(choose(case.person, case.knowledge, topic, role=role), shown)
    key = f"utter_{topic}_lead" if not shown else "utter_topic_more" if picks else "utter_topic_no_more"
    lead = case.say(key, role=case.role_name(role) if role else case.say("label_next_role"))
    fitting = fit(case, lead, "", picks)
    more = (button(case.say("button_more"), "ask_more"),) if len(picks) > len(fitting) else ()
    return Reply(
        lead,
        tuple(point(pick, case.person) for pick in fitting),
        buttons=more + _beside(case, topic, role),
        sources=case.sources(s for pick in fitting for s in pick.advice.sources)[:4],
        about={
            "intent": intent,
            "topic": topic,
            "to": role,
            "advice": [p.advice.id for p in fitting],
            "seen": [*shown, *(p.advice.id for p in fitting)],
        },
    )


def _beside(case: Case, topic: str, role: str | None) -> tuple[Button, ...]:
    """Two next doors for each topic, none of which is the one just opened."""
    doors = [
        ("button_resources", "ask_learning_resources"),
        ("button_plan", "ask_plan"),
        ("button_routes", "ask_routes"),
    ]
    entities = {"role": role} if role else {}
    return tuple(
        button(case.say(title), intent, **(entities if intent == "ask_plan" else {}))
        for title, intent in doors
        if intent.removeprefix("ask_") != topic
    )[:2]


def resources(case: Case, role: str | None = None, *, about: Sequence[str] = (), shown: Sequence[str] = ()) -> Reply:
    """What to read, join and attend; ``about`` are competencies the question named.

    Beyond those, what serves the competencies ``role`` asks for most and nothing told shows yet comes first.
    """
    open_levels, named = _open_levels(case, role), set(about)

    def rank(resource: Resource) -> tuple[bool, int]:
        served = resource.competencies
        return (named.isdisjoint(served), -sum(open_levels.get(c, 0) for c in served))

    every = ranked(case.knowledge.once(_by_competencies), rank)
    found = list(islice((r for r in every if r.id not in shown), LISTED + 1))
    listed = found[:LISTED]
    key = "utter_learning_resources_lead" if not shown else "utter_topic_more" if found else "utter_topic_no_more"
    lead = case.say(key, role=case.role_name(role) if role else case.say("label_next_role"))
    return Reply(
        lead,
        tuple(
            Point(case.say("utter_resource", title=r.title, url=r.url, author=r.author, note=r.note)) for r in listed
        ),
        buttons=((button(case.say("button_more"), "ask_more"),) if len(found) > LISTED else ())
        + (button(case.say("button_certifications"), "ask_certification_choice"),),
        sources=case.sources(s for r in listed for s in r.sources)[:4],
        about={
            "intent": "ask_learning_resources",
            "listed": [r.id for r in listed],
            "kind": "resource",
            "to": role,
            "seen": [*shown, *(r.id for r in listed)],
        },
    )


def _by_competencies(knowledge: Knowledge) -> list[tuple[Resource, ...]]:
    return lots(knowledge.resources.values(), lambda resource: tuple(resource.competencies))


def _open_levels(case: Case, role: str | None) -> dict[str, int]:
    """The level of each competency the role asks for, without those the person has fully shown."""
    wanted = case.knowledge.roles[role].competencies if role else {}
    known = case.knowledge.competencies
    return {
        c: int(level)
        for c, level in wanted.items()
        if c in known and assess(case.person, known[c], level).standing != "shown"
    }


def job_search(case: Case, role: str | None, *, kind: str | None = None, shown: Sequence[str] = ()) -> Reply:
    """``kind``: "question", "evidence" or "cv" for one of them; None begins with advice and offers all three."""
    if kind is None:
        reply = advise(case, "ask_job_search", "job_search", role=role, shown=shown)
        kinds = ("question", "evidence", "cv")
        doors = tuple(button(case.say(f"button_job_{k}"), "ask_job_search", choice=k) for k in kinds)
        return reply.with_(
            buttons=(reply.buttons[:1] if reply.buttons and reply.buttons[0].payload == "/ask_more" else ()) + doors
        )

    def rank(item: JobQuestion) -> tuple[bool, str]:
        return (role not in item.roles, item.id)

    found = [j for j in sorted(case.knowledge.job_questions.values(), key=rank) if j.kind == kind and j.id not in shown]
    listed = found[:LISTED]
    return Reply(
        case.say(
            f"utter_job_{kind}_lead" if found else "utter_topic_no_more",
            role=case.role_name(role) if role else case.say("label_next_role"),
        ),
        tuple(Point(j.text, case.say("utter_job_looks_for", text=j.looks_for)) for j in listed),
        buttons=((button(case.say("button_more"), "ask_more"),) if len(found) > LISTED else ())
        + tuple(
            button(case.say(f"button_job_{k}"), "ask_job_search", choice=k)
            for k in ("question", "evidence", "cv")
            if k != kind
        ),
        sources=case.sources(s for j in listed for s in j.sources)[:3],
        about={"intent": "ask_job_search", "choice": kind, "to": role, "seen": [*shown, *(j.id for j in listed)]},
    )
