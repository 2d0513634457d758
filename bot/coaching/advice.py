"""Which pieces of advice are for this person, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.coaching.conditions import asked_keys, holds, told_keys
from bot.coaching.person import Person
from bot.coaching.reply import Point
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Advice


@dataclass(frozen=True)
class Pick:
    """A piece of advice that applies, and the key of the told fact it answers to, if any."""

    advice: Advice
    key: str | None


def choose(
    person: Person,
    knowledge: Knowledge,
    topic: str,
    *,
    role: str | None = None,
    considerations: Sequence[str] = (),
    route: str | None = None,
) -> list[Pick]:
    """Advice on ``topic`` that applies to ``person``, best first, one piece a consideration or competency.

    Ordered by: what answers to something the person told; the transition's own considerations in their order;
    the weight its writer gave; the id, so that the order never varies.
    """
    applicable = [
        advice
        for advice in knowledge.advice_for(topic)
        if (not advice.roles or role in advice.roles)
        and _of_their_standing(advice, person)
        and (route is None or advice.route in (None, route))
        and holds(advice.when, person)
    ]
    place = {consideration: n for n, consideration in enumerate(considerations)}

    def rank(advice: Advice) -> tuple[int, int, int, int, str]:
        told = _told_key(advice, person)
        listed = place.get(advice.consideration or "", len(place))
        specific = len(told_keys(advice.when))
        return (-(advice.weight + 2 * bool(told)), listed, -specific, -len(advice.roles), advice.id)

    picks: list[Pick] = []
    subjects: set[str] = set()
    for advice in sorted(applicable, key=rank):
        subject = advice.consideration or advice.id
        if subject not in subjects:
            subjects.add(subject)
            picks.append(pick_of(advice, person))
    return picks


def pick_of(advice: Advice, person: Person) -> Pick:
    return Pick(advice, _told_key(advice, person))


def _of_their_standing(advice: Advice, person: Person) -> bool:
    if advice.seniority is None or person.seniority is None:
        return True
    least, most = advice.seniority
    return least <= person.seniority <= most


def _told_key(advice: Advice, person: Person) -> str | None:
    return next((key for key in told_keys(advice.when) if person.words(key)), None)


def point(pick: Pick, person: Person) -> Point:
    """The piece as a point of an answer, its reason in the person's own words."""
    advice, words = pick.advice, person.words(pick.key) if pick.key else ""
    if "{fact}" in advice.because:
        return Point(advice.text, advice.because.replace("{fact}", f"“{words}”") if words else "")
    return Point(advice.text, advice.because)


def open_facts(person: Person, keys: Iterable[str]) -> list[str]:
    """Those keys nobody has told anything of, each once, in order."""
    return [key for key in dict.fromkeys(keys) if person.state(key) == "unknown"]


def bearing(knowledge: Knowledge, topic: str, role: str | None) -> dict[str, int]:
    """By fact key: the summed weight of the advice whose choice turns on it."""
    result: dict[str, int] = {}
    for advice in knowledge.advice_for(topic):
        if not advice.roles or role is None or role in advice.roles:
            for key in set(asked_keys(advice.when)):
                result[key] = result.get(key, 0) + advice.weight
    return result
