"""What the form of one file cannot show: references, duplicates, conditions that no person can meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.experience.facts import KINDS as FACT_KINDS
from bot.knowledge.content import item_id
from bot.knowledge.reading import Mistake, Placed
from bot.knowledge.schema import Advice, Certification, CertificationNote, Condition, Content, Eligibility, Route

REFERENCES: dict[str, dict[str, str]] = {
    "roles": {"neighbours": "roles", "competencies": "competencies"},
    "transitions": {"from_role": "roles", "to_role": "roles", "considerations": "considerations", "routes": "routes"},
    "pmo_types": {"led_by": "roles"},
    "considerations": {"question": "questions"},
    "advice": {"consideration": "considerations", "competency": "competencies", "route": "routes", "roles": "roles"},
    "resources": {"competencies": "competencies"},
    "job_questions": {"roles": "roles", "competency": "competencies"},
    "pay": {"roles": "roles", "place": "places"},
    "families": {"members": "certifications"},
    "certifications": {"before": "certifications", "after": "certifications"},
    "terms": {"from_roles": "roles"},
}
"""Fields that name items of another kind. "other" is a role of its own: someone from outside the field."""

FREE_GOALS = ("other",)


def check(placed: list[Placed]) -> list[Mistake]:
    """Every mistake of the whole content, in the order of the files."""
    ids: dict[str, set[str]] = {}
    for one in placed:
        ids.setdefault(one.kind, set()).add(item_id(one.item))
    mistakes = [*_duplicates(placed)]
    for one in placed:
        mistakes += [Mistake(one.file, one.line, f"{item_id(one.item)}: {text}") for text in _problems(one, ids)]
    return sorted(mistakes)


def _duplicates(placed: list[Placed]) -> Iterator[Mistake]:
    first: dict[tuple[str, str], Placed] = {}
    for one in placed:
        before = first.setdefault((one.kind, item_id(one.item)), one)
        if before is not one:
            yield Mistake(
                one.file,
                one.line,
                f"{item_id(one.item)} stands already in {before.file}, line {before.line}; give one another id.",
            )


def _problems(one: Placed, ids: dict[str, set[str]]) -> Iterator[str]:
    def known(kind: str, id_: str) -> bool:
        return id_ in ids.get(kind, ())

    for field, kind in {"sources": "sources", **REFERENCES.get(one.kind, {})}.items():
        if one.kind == "sources":
            break
        for id_ in _as_list(getattr(one.item, field, None)):
            if not known(kind, id_) and not (kind == "roles" and id_ == "other"):
                yield f"{field} names {id_!r}, which is not among the {kind}."
    for key in sorted(set(_fact_keys(one.item))):
        kind, _, id_ = key.partition(":")
        if not _fact_known(kind, id_, known):
            yield f"the fact {key!r} is not known: no such {kind}."
    for condition in _conditions(one.item):
        yield from contradictions(condition)
    if isinstance(one.item, Certification):
        yield from _certification(one.item, known)
    if isinstance(one.item, CertificationNote):
        for id_ in (*one.item.held, *one.item.about):
            if not known("certifications", id_) and not known("families", id_):
                yield f"it names {id_!r}, which is neither a certification nor a family."
    if isinstance(one.item, Advice) and "{fact}" in one.item.because and not _tells(one.item.when):
        yield "because speaks of {fact}, but when asks for nothing the person told."


def _fact_known(kind: str, id_: str, known: Callable[[str, str], bool]) -> bool:
    if kind == "role":
        return known("roles", id_) or id_ == "other"
    if kind == "certification":
        return known("certifications", id_) or known("families", id_) or known("terms", f"certification:{id_}")
    if kind == "goal":
        return any(known(k, id_) for k in ("roles", "certifications", "families")) or id_ in FREE_GOALS
    return known("terms", f"{kind}:{id_}") if kind in FACT_KINDS else False


def _certification(item: Certification, known: Callable[[str, str], bool]) -> Iterator[str]:
    figures = [item.eligibility, item.exam, item.renewal, item.preparation, *item.fees]
    for figure in figures:
        if figure is None:
            continue
        if not known("sources", figure.source):
            yield f"a figure names the source {figure.source!r}, which is not among the sources."
        if figure.expires_on <= figure.checked_on:
            yield "a figure expires before it was checked."
    if isinstance(item.eligibility, Eligibility):
        for route in item.eligibility.routes:
            for id_ in (*route.prerequisites, *route.waives_training):
                if not known("certifications", id_) and not known("families", id_):
                    yield f"route {route.id} names {id_!r}, which is not among the certifications."


def contradictions(condition: Condition) -> Iterator[str]:
    """Why no record can meet ``condition``, if so."""
    has = {*condition.has, *condition.months_at_least}
    for name, keys in (("lacks", condition.lacks), ("unknown", condition.unknown)):
        for key in sorted(has & set(keys)):
            yield f"the condition wants {key} both held and {name}; nobody can meet it."
    for key in sorted(set(condition.lacks) & set(condition.unknown)):
        yield f"the condition wants {key} both lacking and unknown; nobody can meet it."
    if condition.any_has and set(condition.any_has) <= {*condition.lacks, *condition.unknown}:
        yield "the condition wants one of any_has held, and all of them lacking or unknown; nobody can meet it."
    for key, least in condition.months_at_least.items():
        if condition.months_below.get(key, least + 1) <= least:
            yield f"the condition wants {key} for at least {least} and for fewer months; nobody can meet it."


def _conditions(item: Content) -> Iterator[Condition]:
    if isinstance(item, Advice):
        yield item.when
    if isinstance(item, Route):
        yield item.fits
        if item.misfits:
            yield item.misfits


def _tells(condition: Condition) -> bool:
    return any(
        (
            condition.has,
            condition.any_has,
            condition.lacks,
            condition.wants,
            condition.months_at_least,
            condition.months_below,
        )
    )


def _fact_keys(item: Any) -> Iterator[str]:
    """Every ``kind:id`` anywhere in an item's checked form."""
    if isinstance(item, Content):
        for value in item.__dict__.values():
            yield from _fact_keys(value)
    elif isinstance(item, dict):
        for key, value in item.items():
            yield from _fact_keys(key)
            yield from _fact_keys(value)
    elif isinstance(item, (list, tuple)):
        for value in item:
            yield from _fact_keys(value)
    elif isinstance(item, str) and item.partition(":")[0] in FACT_KINDS and item.count(":") == 1 and " " not in item:
        yield str(item)


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
