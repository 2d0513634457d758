"""Which pieces of advice are for this person, and in what order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.conditions import asked_keys, holds, told_keys
from bot.coaching.lots import frozen, lots, ranked
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
) -> Iterator[Pick]:
    """Advice on ``topic`` that applies to ``person``, best first, one piece a consideration; found as it is asked for.

    Ordered by: what answers to something the person told; the transition's own considerations in their order;
    the weight its writer gave; the id, so that the order never varies.
    """
    applicable = [
        lot
        for lot in knowledge.once(_by_topic).get(topic, ())
        if (not lot[0].roles or role in lot[0].roles)
        and _of_their_standing(lot[0], person)
        and (route is None or lot[0].route in (None, route))
        and holds(lot[0].when, person)
    ]
    place = {consideration: n for n, consideration in enumerate(considerations)}

    def rank(advice: Advice) -> tuple[int, int, int, int]:
        told = _told_key(advice, person)
        listed = place.get(advice.consideration or "", len(place))
        specific = len(told_keys(advice.when))
        return (-(advice.weight + 2 * bool(told)), listed, -specific, -len(advice.roles))

    subjects: set[str] = set()
    for advice in ranked(applicable, rank):
        subject = advice.consideration or advice.id
        if subject not in subjects:
            subjects.add(subject)
            yield pick_of(advice, person)


def _by_topic(knowledge: Knowledge) -> Mapping[str, list[tuple[Advice, ...]]]:
    """Lots of advice that apply and rank alike; on one consideration no more than the first is ever given."""
    found: defaultdict[str, list[tuple[Advice, ...]]] = defaultdict(list)
    for lot in lots(knowledge.advice.values(), _alike):
        for topic in lot[0].topics:
            found[topic].append(lot[:1] if lot[0].consideration else lot)
    return dict(found)


def _alike(advice: Advice) -> tuple[object, ...]:
    a = advice
    return (*map(frozen, (a.topics, a.roles, a.seniority, a.when)), a.route, a.consideration, a.weight)


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


def bearing(knowledge: Knowledge, topic: str, role: str | None) -> Mapping[str, int]:
    """By fact key: the summed weight of the advice whose choice turns on it."""
    weights = knowledge.once(_weights)
    if role is None:
        return weights.get((topic, None), {})
    return weights.get((topic, ""), Counter()) + weights.get((topic, role), Counter())


def _weights(knowledge: Knowledge) -> Mapping[tuple[str, str | None], Counter[str]]:
    """By topic and role, "" standing for what is limited to no role and None for everything."""
    found: defaultdict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    for advice in knowledge.advice.values():
        for key in set(asked_keys(advice.when)):
            for topic in advice.topics:
                for role in (None, *(set(advice.roles) or ("",))):
                    found[topic, role][key] += advice.weight
    return dict(found)
