"""What a role is paid: published figures, those of the place asked for first; where none is held, where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.coaching.case import Case
from bot.coaching.phrases import listed
from bot.coaching.reply import Point, Reply, button
from bot.coaching.topics import advise
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Pay

SHOWN = 3
OLD = 3
"""Years after which a figure is shown with the remark that pay has moved since."""


def place_in(knowledge: Knowledge, text: str) -> str | None:
    """The place a question names, of several the first. "US" is a place, "us" is none."""
    found = [
        (match.start(), place.id)
        for place in knowledge.places.values()
        for alias in place.aliases
        if (match := re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", text, 0 if alias.isupper() else re.IGNORECASE))
    ]
    return min(found)[1] if found else None


def answer(case: Case, role: str | None, place: str | None = None) -> Reply:
    """Figures with source, place and year, none past its expiry; where they are missing, where to look."""
    current = [p for p in case.knowledge.pay.values() if p.expires_on >= case.person.today]
    ranked = _ranked(current, role, place)
    known = any(p.roles for p in ranked)
    shown = [p for p in ranked if p.roles or p.place == place or not known][:SHOWN]
    compared = list(_beside_own(case, current, shown, role))
    figures = tuple(_point(case, p) for p in compared)
    asked = case.knowledge.places.get(place or "")
    look = (Point(asked.look),) if asked else ()
    held = any(p.place == place for p in shown)
    advice = advise(case, "ask_salary", "salary", role=role)
    others = [p for p in dict.fromkeys(p.place for p in ranked) if p not in {place, *(s.place for s in shown)}]
    counted, looked = [s for p in compared for s in p.sources], list(asked.sources) if asked else []
    names = {p: case.knowledge.places[p].name for p in others}
    return advice.with_(
        lead=_lead(case, role, place, shown) if shown or asked else advice.lead,
        points=((*figures, *look) if held else (*look, *figures)) + advice.points[: 1 if shown else SHOWN],
        closing=case.say("utter_pay_others", places=listed(names.values())) if names else "",
        buttons=tuple(
            button(case.say("button_pay_place", place=name), "ask_salary", role=role, choice=id_)
            for id_, name in list(names.items())[:3]
        )
        + advice.buttons[-1:],
        sources=case.sources(looked + counted if not held else counted + looked)[:4] or advice.sources,
    )


def _ranked(current: Sequence[Pay], role: str | None, place: str | None) -> list[Pay]:
    """The place asked for first, the role before the field as a whole, a figure of it alone before one of several."""
    about = [p for p in current if role in p.roles or not p.roles]
    return sorted(about, key=lambda p: (p.place != place, not p.roles, len(p.roles), -p.year, p.id))


def _beside_own(case: Case, current: Sequence[Pay], shown: Sequence[Pay], role: str | None) -> Iterator[Pay]:
    """Beside a figure of another role than the person's, what the same survey says of their own."""
    own = case.person.role
    for figure in shown:
        yield figure
        if own != role and figure.survey:
            yield from [p for p in current if p.survey == figure.survey and own in p.roles][:1]


def _lead(case: Case, role: str | None, place: str | None, shown: Sequence[Pay]) -> str:
    here = [p for p in shown if p.place == place] if place else list(shown)
    kind = "role" if any(p.roles for p in here) else "field" if here else "elsewhere" if shown else "none"
    return case.say(
        f"utter_pay_{kind}_here" if place else f"utter_pay_{kind}",
        role=case.role_name(role) if role else case.say("label_next_role"),
        place=case.knowledge.places[place].name if place else "",
    )


def _point(case: Case, item: Pay) -> Point:
    name = case.knowledge.places[item.place].name
    figure = case.say(
        "utter_pay_figure",
        place=name[0].upper() + name[1:],
        year=item.year,
        currency=item.currency,
        amounts=listed(_amounts(case, item)),
        of=item.of,
    )
    return Point(figure, case.say("utter_pay_old") if case.person.today.year - item.year >= OLD else "")


def _amounts(case: Case, item: Pay) -> Iterator[str]:
    for name in ("average", "median"):
        if (value := getattr(item, name)) is not None:
            yield case.say(f"label_pay_{name}", amount=f"{value:,}")
    bounds = [f"{value:,}" for value in (item.low, item.high) if value is not None]
    if len(bounds) == 2:
        yield case.say("label_pay_between", low=bounds[0], high=bounds[1])
    elif bounds:
        yield case.say("label_pay_low" if item.low else "label_pay_high", amount=bounds[0])
