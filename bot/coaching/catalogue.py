"""Which certifications fit what is asked of a list: issuer, level, field, price and so on. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.coaching.case import Case
from bot.coaching.money import price_in
from bot.coaching.phrases import listed
from bot.knowledge.content import Knowledge
from bot.knowledge.schema import Certification, Fee

Name = Literal["issuer", "level", "field", "open", "online", "price"]

_LIMIT = re.compile(
    r"\b(?:under|below|less than|cheaper than|up to|max(?:imum)?|for|within|with|budget|have|got|afford|spend)\b", re.I
)
_OPEN = re.compile(
    r"\b(?:no|without|zero)\s+(?:any\s+)?(?:prerequisites?|prereqs?|requirements?|experience)\b|\bbeginners?\b", re.I
)
_ONLINE = re.compile(r"\bonline\b|\bat home\b|\bremote(?:ly)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Filter:
    """One thing asked; ``value`` as the person would say it, ``amount`` for a price."""

    name: Name
    value: str = ""
    amount: float = 0.0
    currency: str = ""

    @property
    def key(self) -> str:
        """What the items that fit stand under."""
        return self.value.lower().replace(" ", "_")

    def affords(self, item: Certification, today: date) -> bool:
        fee = exam_fee(item, today, self.currency)
        return fee is not None and fee.amount <= self.amount


Shelves = Mapping[Name, Mapping[str, Sequence[Certification]]]


def shelves(knowledge: Knowledge) -> Shelves:
    """All certifications, by each thing asked of a list but the price; the least demanding level first, then by id."""
    found: defaultdict[Name, defaultdict[str, list[Certification]]] = defaultdict(lambda: defaultdict(list))
    for item in by_level(knowledge):
        for name, key in _stands_under(item):
            found[name][key].append(item)
    return {name: dict(kept) for name, kept in found.items()}


def _stands_under(item: Certification) -> Iterator[tuple[Name, str]]:
    yield "level", item.level
    yield from (("field", field) for field in set(item.fields))
    yield from (("issuer", word) for word in set(re.findall(r"\w+", f"{item.issuer} {item.id}".lower())))
    if item.eligibility and item.eligibility.open_to_all:
        yield "open", ""
    if item.exam and item.exam.online:
        yield "online", ""


def by_level(knowledge: Knowledge) -> list[Certification]:
    return sorted(knowledge.certifications.values(), key=lambda c: (LEVELS.index(c.level), c.id))


def filters_in(text: str, case: Case) -> list[Filter]:
    """What a question asks of a list, in a fixed order."""
    said = f" {re.sub(r'[^a-z0-9$£€,]+', ' ', text.lower())} "
    kept = case.knowledge.once(shelves)
    by_field = {field.replace("_", " "): items for field, items in kept.get("field", {}).items()}
    fields = sorted(by_field, key=lambda f: (-len(f), f))
    levels = sorted(kept.get("level", ()))
    found = [Filter("issuer", i) for i in issuers_in(text, case)][:1]
    found += [Filter("level", v) for v in levels if f" {v} " in said or f" {v} level" in said][:1]
    # "PMO" says more than "project": the rarest field named is the one meant.
    named = [f for f in fields if f" {f} " in said or f" {f}s " in said]
    found += [Filter("field", f) for f in sorted(named, key=lambda f: len(by_field[f]))[:1]]
    if _OPEN.search(text):
        found.append(Filter("open"))
    if _ONLINE.search(text):
        found.append(Filter("online"))
    price = price_in(text)
    if price and _LIMIT.search(text):
        value = f"{price.currency} {price.amount:,.0f}"
        found.append(Filter("price", value, price.amount, price.currency))
    return found


def matching(case: Case, filters: Sequence[Filter]) -> list[Certification]:
    """Those that fit all of ``filters``, the least demanding level first; withdrawn ones are left out."""
    kept = case.knowledge.once(shelves)
    asked = sorted((kept.get(f.name, {}).get(f.key, ()) for f in filters if f.name != "price"), key=len)
    fewest, others = (asked[0], asked[1:]) if asked else (case.knowledge.once(by_level), [])
    ids = [{c.id for c in shelf} for shelf in others]
    prices = [f for f in filters if f.name == "price"]
    return [
        c
        for c in fewest
        if c.status.state != "withdrawn"
        and all(c.id in other for other in ids)
        and all(f.affords(c, case.person.today) for f in prices)
    ]


LEVELS = ("entry", "foundation", "practitioner", "professional", "senior", "expert")


def issuer_word(item: Certification) -> str:
    """The first word of the issuer's name, by which people call it."""
    return item.issuer.split()[0].strip("(,")


def issuers_in(text: str, case: Case) -> list[str]:
    """The issuers a text names, by the first word of their name."""
    known = case.knowledge.once(_issuers)
    said = set(re.findall(r"[a-z0-9]+", text.lower()))
    return sorted(issuer for word in said for issuer in known.get(word, ()))


def _issuers(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """By the word in small letters; no word that is also a field: "PMO" is what a certification is about."""
    fields = knowledge.once(shelves).get("field", {})
    found: defaultdict[str, list[str]] = defaultdict(list)
    for issuer in {*map(issuer_word, knowledge.certifications.values()), "PMI", "APM", "IPMA"}:
        if issuer.lower() not in fields:
            found[issuer.lower()].append(issuer)
    return dict(found)


def refined(before: Sequence[Filter], now: Sequence[Filter]) -> list[Filter]:
    """ "And online?": what was asked before, each thing asked anew in its new form."""
    names = {f.name for f in now}
    return [*(f for f in before if f.name not in names), *now]


def dumped(filters: Sequence[Filter]) -> list[list[str | float]]:
    """Filters as a conversation keeps them; :func:`loaded` is the reverse."""
    return [[f.name, f.value, f.amount, f.currency] for f in filters]


def loaded(kept: Sequence[Sequence[Any]] | None) -> list[Filter]:
    return [Filter(*row) for row in kept or ()]


def in_words(case: Case, filters: Sequence[Filter]) -> str:
    return listed(case.say(f"label_filter_{f.name}", value=f.value) for f in filters)


def exam_fee(item: Certification, today: date, currency: str = "", *, member: bool = False) -> Fee | None:
    """What the exam costs, the non-member's price unless ``member``; in ``currency`` where one is named."""
    whose = ("member", "everyone", "non_member") if member else ("non_member", "everyone", "member")
    fees = [
        f
        for f in item.fees
        if f.kind in ("exam", "bundle", "course", "application")
        and f.expires_on >= today
        and currency in ("", f.currency)
    ]
    kinds = ("exam", "bundle", "course", "application")
    return min(fees, key=lambda f: (kinds.index(f.kind), whose.index(f.for_), f.amount), default=None)
