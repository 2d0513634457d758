"""Numbers in answers, and the numbers the store holds: what tests compare."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.coaching.case import Case
from bot.knowledge.loader import figures
from bot.knowledge.schema import Certification

NUMBER = re.compile(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?(?![\w-])")
URL = re.compile(r"https?://\S+")


def numbers(text: str, case: Case) -> set[float]:
    """The numbers of a text without addresses, dates and the digits of certifications' names."""
    for item in sorted(case.knowledge.certifications.values(), key=lambda c: -len(c.short)):
        text = text.replace(item.short, "").replace(item.name, "")
    text = re.sub(r"\d{4}-\d\d-\d\d", "", URL.sub("", text))
    return {float(n.replace(",", "")) for n in NUMBER.findall(text)}


def held(items: Iterable[Certification]) -> set[float]:
    """Every figure of the store's columns for ``items``."""
    return {row["value"] for item in items for row in figures(item)}


def joining_saves(item: Certification) -> set[float]:
    """Non-members' prices less members' in one currency: the one sum an answer on cost makes."""
    exams = [f for f in item.fees if f.kind == "exam"]
    return {
        a.amount - b.amount
        for a in exams
        for b in exams
        if a.for_ == "non_member" and b.for_ == "member" and a.currency == b.currency
    }
