"""The answer to "how do I get from here to there?": what matters for this person, and what it still depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from bot.coaching.advice import Pick, choose, point
from bot.coaching.case import Case
from bot.coaching.interview import questions_for
from bot.coaching.phrases import listed, months_in_words, within
from bot.coaching.reply import Button, Reply, button
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Question, Transition

WORDS = 150
"""An answer's length before "more" (issue 2: at most about 150 words)."""

POINTS = 5


def nearest_transition(case: Case, from_role: str | None, to_role: str) -> Transition | None:
    """The transition written for the pair, else the one to the same role from the likest starting role."""
    exact = case.knowledge.transition(from_role or "other", to_role)
    if exact:
        return exact
    start = case.knowledge.roles.get(from_role or "")

    def distance(transition: Transition) -> tuple[int, int, str]:
        other = case.knowledge.roles.get(transition.from_role)
        if not start or not other:
            return (1, 9, transition.id)
        return (start.family != other.family, abs(start.seniority - other.seniority), transition.id)

    return min((t for t in case.knowledge.transitions.values() if t.to_role == to_role), key=distance, default=None)


def answer(
    case: Case, from_role: str | None, to_role: str, *, skipped: Sequence[str] = (), shown: Sequence[str] = ()
) -> Reply:
    """``shown`` are pieces of advice already given, left out when "more" is asked."""
    transition = nearest_transition(case, from_role, to_role)
    considerations = transition.considerations if transition else []
    chosen = choose(case.person, case.knowledge, "transition", role=to_role, considerations=considerations)
    picks = enough(chosen, shown)
    lead = _more_lead(case, to_role, picks) if shown else _lead(case, from_role, to_role, transition)
    questions = questions_for(
        case.person, case.knowledge, role=to_role, considerations=considerations, skipped=skipped
    )[:2]
    closing = (
        ""
        if shown or not questions
        else case.say("utter_transition_depends", names=listed(subject(case, q) for q in questions))
    )
    fitting = fit(case, lead, closing, picks)
    points = tuple(point(pick, case.person) for pick in fitting)
    more = len(picks) > len(fitting)
    own = [s for s in (transition.sources if transition else []) if not shown]
    return Reply(
        lead,
        points,
        closing=closing,
        buttons=tuple(depends_button(case, q) for q in questions) + _next_steps(case, to_role, more),
        sources=case.sources([*own, *(s for pick in fitting for s in pick.advice.sources)])[:4],
        about={
            "intent": "ask_transition",
            "from": from_role,
            "to": to_role,
            "advice": [pick.advice.id for pick in fitting],
            "seen": [*shown, *(pick.advice.id for pick in fitting)],
            "transition": transition.id if transition else None,
        },
    )


def _lead(case: Case, from_role: str | None, to_role: str, transition: Transition | None) -> str:
    """A written lead speaks to somebody in its own starting role, and to nobody else."""
    target = case.role_name(to_role)
    exact = transition is not None and transition.from_role == from_role
    lead = (
        case.say("utter_transition_aim", role=target, lead=transition.lead)
        if transition is not None and exact
        else case.say("utter_transition_lead", role=target)
    )
    return f"{standing(case, from_role)} {lead}".strip()


def standing(case: Case, from_role: str | None) -> str:
    """Where the person stands today, in a sentence; empty when they told of no role."""
    if not from_role:
        return ""
    if from_role == "other":
        return case.say("utter_transition_from_outside")
    least, most = case.person.months([f"role:{from_role}"])
    if not least:
        return case.say("utter_transition_from", role=case.role_name(from_role))
    return case.say("utter_transition_from_for", role=case.role_name(from_role), time=months_in_words(least, most))


def _more_lead(case: Case, to_role: str, picks: Sequence[Pick]) -> str:
    return case.say("utter_transition_more" if picks else "utter_transition_no_more", role=case.role_name(to_role))


def depends_button(case: Case, question: Question) -> Button:
    """A tap asks the question, and the answer to it is followed by the advice anew."""
    title = case.say("button_depends", fact=subject(case, question))
    return button(title[:75], "press", do="ask", question=question.id)


def subject(case: Case, question: Question) -> str:
    """What a question is about: the consideration that asks it, else the first fact it settles."""
    return within(case.knowledge.once(_subjects).get(question.id) or case.fact_name(question.settles[0]))


def _subjects(knowledge: Knowledge) -> Mapping[str, str]:
    """By question: the first consideration that asks it."""
    return {c.question: c.name for c in reversed([*knowledge.considerations.values()]) if c.question}


def _next_steps(case: Case, to_role: str, more: bool) -> tuple[Button, ...]:
    steps = [button(case.say("button_more"), "ask_more")] if more else []
    steps.append(button(case.say("button_readiness"), "ask_readiness", role=to_role))
    steps.append(button(case.say("button_plan"), "ask_plan", role=to_role))
    return tuple(steps[:2]) if more else tuple(steps)


def enough(chosen: Iterable[Pick], shown: Sequence[str]) -> list[Pick]:
    """Those not ``shown`` before that an answer can hold, and one more, by which it is seen that there are more."""
    return list(islice((pick for pick in chosen if pick.advice.id not in shown), POINTS + 1))


def fit(case: Case, lead: str, closing: str, picks: Iterable[Pick]) -> list[Pick]:
    """As many of the best picks, five at most, as keep the answer within its length; always at least two."""
    words = len(f"{lead} {closing}".split())
    fitting: list[Pick] = []
    for pick in islice(picks, POINTS):
        shown = point(pick, case.person)
        words += len(f"{shown.text} {shown.reason}".split())
        if words > WORDS and len(fitting) >= 2:
            break
        fitting.append(pick)
    return fitting
