"""What roles and PMO types are, which skills they ask for, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.coaching.advice import choose, point
from bot.coaching.case import Case
from bot.coaching.phrases import listed, within
from bot.coaching.readiness import assess
from bot.coaching.reply import Point, Reply, Table, button

SKILLS = 6


def describe(case: Case, role: str) -> Reply:
    item = case.knowledge.roles[role]
    week = Point(case.say("utter_role_week", items=listed(within(w) for w in item.week[:4])))
    return Reply(
        case.say("utter_role_lead", role=item.name, purpose=within(item.purpose)),
        (
            week,
            Point(case.say("utter_role_decides", items=listed(within(d) for d in item.decides))),
            Point(case.say("utter_role_scale", scale=item.scale)),
            Point(case.say("utter_role_neighbours", roles=listed(case.role_name(n) for n in item.neighbours[:4]))),
        ),
        buttons=(
            button(case.say("button_skills"), "ask_role_skills", role=role),
            button(case.say("button_readiness"), "ask_readiness", role=role),
            button(case.say("button_transition"), "ask_transition", role=role),
        ),
        sources=case.sources(item.sources)[:3],
        about={"intent": "ask_role", "role": role},
    )


def compare(case: Case, roles: Sequence[str]) -> Reply:
    items = [case.knowledge.roles[r] for r in roles]
    rows = (
        (case.say("label_role_purpose"), *(i.purpose for i in items)),
        (case.say("label_role_decides"), *(i.decides[0] for i in items)),
        (case.say("label_role_scale"), *(i.scale for i in items)),
    )
    return Reply(
        case.say("utter_role_compare", roles=listed(i.name for i in items)),
        table=Table(("", *(i.name for i in items)), rows),
        buttons=tuple(
            button(case.say("button_more_about", name=i.name)[:75], "ask_role", role=i.id) for i in items[:4]
        ),
        sources=case.sources(s for i in items for s in i.sources)[:4],
        about={"intent": "ask_role", "listed": [i.id for i in items], "kind": "role"},
    )


def pmo_types(case: Case, type_id: str | None = None) -> Reply:
    if type_id:
        item = case.knowledge.pmo_types[type_id]
        return Reply(
            case.say("utter_pmo_type_lead", name=item.name, summary=within(item.summary)),
            (
                Point(case.say("utter_pmo_type_services", items=listed(within(s) for s in item.services))),
                Point(case.say("utter_pmo_type_culture", culture=item.culture)),
                Point(case.say("utter_pmo_type_changes", text=item.changes_the_answer)),
            ),
            buttons=(
                button(case.say("button_this_is_mine"), "press", do="state", fact=item.fact),
                button(case.say("button_pmo_types"), "ask_role", choice="pmo_types"),
            ),
            sources=case.sources(item.sources)[:3],
            about={"intent": "ask_role", "pmo_type": type_id},
        )
    items = list(case.knowledge.pmo_types.values())
    return Reply(
        case.say("utter_pmo_types_lead"),
        tuple(Point(f"**{i.name}**: {within(i.summary)}") for i in items[:5]),
        buttons=tuple(button(i.name[:75], "ask_role", choice=f"pmo:{i.id}") for i in items),
        sources=case.sources(s for i in items for s in i.sources)[:4],
        about={"intent": "ask_role", "listed": [i.id for i in items], "kind": "pmo_type"},
    )


def skills(case: Case, role: str) -> Reply:
    item = case.knowledge.roles[role]
    wanted = sorted(item.competencies.items(), key=lambda pair: (-pair[1], pair[0]))
    found = [(case.knowledge.competencies[c], level) for c, level in wanted if c in case.knowledge.competencies]
    points = []
    for competency, level in found[:SKILLS]:
        finding = assess(case.person, competency, level)
        reason = case.say("utter_because_told", facts=f"“{finding.evidence}”") if finding.evidence else ""
        points.append(Point(f"**{competency.name}**: {within(competency.levels[level - 1])}", reason))
    rest = [competency.name for competency, _ in found[SKILLS:]]
    return Reply(
        case.say("utter_role_skills_lead", role=item.name),
        tuple(points),
        closing=case.say("utter_role_skills_rest", names=listed(rest)) if rest else "",
        buttons=(
            button(case.say("button_readiness"), "ask_readiness", role=role),
            button(case.say("button_resources"), "ask_learning_resources", role=role),
        ),
        sources=case.sources([*item.sources, *(s for c, _ in found[:SKILLS] for s in c.sources)])[:4],
        about={
            "intent": "ask_role_skills",
            "role": role,
            "listed": [c.id for c, _ in found[:SKILLS]],
            "kind": "competency",
        },
    )


def career_path(case: Case, role: str) -> Reply:
    """The role wanted, those a written transition leads to from ``role``, then the neighbours; nothing below it."""
    item, goal = case.knowledge.roles[role], case.person.goal_role
    onward = [t.to_role for t in case.knowledge.transitions.values() if t.from_role == role]
    steps = [case.knowledge.roles[i] for i in {*onward, *item.neighbours} if i in case.knowledge.roles]
    up = sorted(
        (r for r in steps if r.seniority >= item.seniority),
        key=lambda r: (r.id != goal, r.id not in onward, r.seniority, r.id),
    )[:5]
    picks = list(islice(choose(case.person, case.knowledge, "career_path", role=goal), 1))
    return Reply(
        case.say("utter_career_path_lead", role=item.name),
        tuple(Point(f"**{r.name}**: {within(r.purpose)}") for r in up) + tuple(point(p, case.person) for p in picks),
        buttons=tuple(button(case.say("button_become", role=r.name)[:75], "ask_transition", role=r.id) for r in up[:4]),
        sources=case.sources([*item.sources, *(s for p in picks for s in p.advice.sources)])[:4],
        about={"intent": "ask_career_path", "role": role, "listed": [r.id for r in up], "kind": "role"},
    )
