"""From clauses and their probabilities to the questions of a message. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from bot.nlu.clauses import Clause, corrects, speaks_of_careers
from bot.nlu.intents import NOT_UNDERSTOOD, OUTSIDE

STATEMENTS = frozenset({"state_experience", "state_goal", "correct_experience"})
BACKGROUND = frozenset({"state_experience", "state_goal"})
"""Beside a question they give facts, and are not answered."""
POLITENESS = frozenset({"greet", "chitchat"})
"""Beside anything else they need no answer."""
ACTS = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "dont_know", "stop", "give_praise", "chitchat"})


@dataclass(frozen=True)
class Weighing:
    """How much the form of a clause and the message around it count; chosen on the development lines."""

    caution: float = 36.0
    """How many times likelier the subjects outside ours are taken to be than among the training lines, which are mostly
    ours; what people write in the open is not. Decided on the whole message."""
    among_ours: float = 1.0
    """The same for the clauses of a message that as a whole is ours."""
    threshold: float = 0.2
    beside: float = 0.3
    """The least confidence of a question that stands beside a surer one."""
    beside_told: float = 0.7
    """The most confidence of background that only its words show."""
    whole: float = 0.7
    """The weight of the whole message in judging its only question: the power of its probabilities in the product."""
    whole_among: float = 0.4
    """The same where several clauses ask."""
    whole_told: float = 0.3
    """The same of words that do not ask."""
    slight: float = 0.002
    """Added to what the whole gives an intent: one of several questions may hardly show in it."""
    asked_statement: float = 0.1
    """What is left of a statement's probability when the clause has a question's form."""
    outside_named: float = 0.25
    """What is left of "outside our subject" when the clause names a certification of ours."""
    told_beside: float = 0.7
    """The least confidence of anything but background in words that do not ask, beside some that do."""
    told_alone: float = 0.2
    """What is left of a question's probability in words that do not ask and tell of the person, as their facts show."""
    outside_role: float = 0.15
    """The same of "anything else" when it asks about a role of ours in the words of a career."""
    foreign: float = 0.5
    """The least confidence that a question is outside our subject, to take another with it."""
    uncorrecting: float = 0.2
    """What is left of a correction's probability in words that do not ask and take nothing back."""
    told_question: float = 0.4
    """What is left of a question's probability when only other clauses have a question's form."""


@dataclass(frozen=True)
class Question:
    name: str
    confidence: float
    text: str
    alternatives: tuple[tuple[str, float], ...] = ()
    about: frozenset[str] = field(default=frozenset())
    """The certifications and roles named in it, as ``kind:id``."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "alternatives": [{"name": name, "confidence": round(p, 4)} for name, p in self.alternatives],
        }


def questions_in(
    text: str,
    clauses: Sequence[Clause],
    classes: Sequence[str],
    of_whole: np.ndarray,
    of_clauses: np.ndarray,
    about: Sequence[frozenset[str]] | None = None,
    told: frozenset[str] = frozenset(),
    weighing: Weighing | None = None,
) -> list[Question]:
    """At least one question, in the order of the message; ``not_understood`` alone when nothing is sure enough.

    ``about``: the certifications and roles of each clause, as ``kind:id``. One intent stands twice only for
    different certifications; a clause with one of them is less likely outside our subject; a question that names
    nothing, beside one outside our subject, is about the same thing.
    ``told`` names the kinds of background that the words themselves show, which one best intent would hide.
    """
    w = weighing or Weighing()
    if not clauses:
        return [Question(NOT_UNDERSTOOD, 0.0, text)]
    kinds = _kinds(tuple(classes))
    of_whole, of_clauses = _cautious(of_whole, of_clauses, kinds, w)
    asking = [i for i, c in enumerate(clauses) if c.asks]
    found = []
    for i, clause in enumerate(clauses):
        named = about[i] if about else frozenset[str]()
        p = of_clauses[i]
        if len(clauses) > 1:
            weight = w.whole_told if not clause.asks else w.whole if len(asking) == 1 else w.whole_among
            p = _in_context(p, of_whole, weight, kinds, w)
        if not clause.asks and not any(corrects(c.text) for c in clauses[max(0, i - 1) : i + 1]):
            p = _kept(p, np.where(kinds.correction, w.uncorrecting, 1.0))
        if clause.asks:
            p = _kept(p, np.where(kinds.statement, w.asked_statement, 1.0))
        elif asking:
            p = _kept(p, np.where(kinds.statement | kinds.act, 1.0, w.told_question))
            if p.max() < w.told_beside and not kinds.statement[p.argmax()]:
                continue
        elif told:
            p = _kept(p, np.where(kinds.statement | kinds.act, 1.0, w.told_alone))
        found.append(_question(clause.text, classes, _of_ours(p, clause.text, named, kinds, w), named))
    if not asking and len(clauses) > 1:
        whole = _question(text, classes, of_whole, frozenset())
        if whole.name not in STATEMENTS | ACTS and all(
            q.name in STATEMENTS | {whole.name} or q.confidence < w.beside for q in found
        ):
            found = [whole]
    asked = frozenset(clauses[i].text for i in asking)
    chosen = _something_asked(_chosen(found, asked, w) or [_unsure(text, found)], found, asked)
    if not asking and all(q.name in BACKGROUND for q in chosen):
        surest = max(q.confidence for q in chosen)
        missing = sorted(told - {q.name for q in chosen})
        chosen += [Question(name, min(surest, w.beside_told), text) for name in missing]
    return chosen


@dataclass(frozen=True)
class _Kinds:
    """Which classes are of a kind, as masks over them."""

    statement: np.ndarray
    act: np.ndarray
    correction: np.ndarray
    elsewhere: np.ndarray
    outside: np.ndarray
    background: np.ndarray


@lru_cache(maxsize=4)
def _kinds(classes: tuple[str, ...]) -> _Kinds:
    def among(names: Collection[str]) -> np.ndarray:
        return np.array([name in names for name in classes])

    return _Kinds(
        among(STATEMENTS), among(ACTS), among({"correct_experience"}), among({"out_of_scope"}), among(OUTSIDE),
        among(BACKGROUND),
    )  # fmt: skip


def _cautious(
    of_whole: np.ndarray, of_clauses: np.ndarray, kinds: _Kinds, w: Weighing
) -> tuple[np.ndarray, np.ndarray]:
    whole = _kept(of_whole, np.where(kinds.outside, w.caution, 1.0))
    foreign = whole[kinds.outside].sum() > whole.sum() / 2
    odds = np.where(kinds.outside, w.caution if foreign or len(of_clauses) < 2 else w.among_ours, 1.0)
    return whole, np.stack([_kept(p, odds) for p in of_clauses])


def _in_context(p: np.ndarray, of_whole: np.ndarray, weight: float, kinds: _Kinds, w: Weighing) -> np.ndarray:
    """A clause judged with the message around it: "Thoughts?" alone is anything. Acts are a clause's own."""
    both = p ** (1 - weight) * (of_whole + w.slight) ** weight
    total = both.sum()
    return np.asarray(both * (((1 - weight) * p.sum() + weight * of_whole.sum()) / total)) if total > 0 else p


def _of_ours(p: np.ndarray, text: str, named: frozenset[str], kinds: _Kinds, w: Weighing) -> np.ndarray:
    """A certification or a role of ours speaks against a subject outside ours."""
    if _certifications(named):
        p = _kept(p, np.where(kinds.outside, w.outside_named, 1.0))
    if _roles(named) and speaks_of_careers(text):
        p = _kept(p, np.where(kinds.elsewhere, w.outside_role, 1.0))
    return p


def _kept(p: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """``p`` with some classes played down; the sum stays, so that form alone never makes sure."""
    changed = p * factors
    total = changed.sum()
    return np.asarray(changed * (p.sum() / total)) if total > 0 else p


def _question(text: str, classes: Sequence[str], p: np.ndarray, about: frozenset[str]) -> Question:
    best = np.argsort(-p)[:4]
    name, *others = ((classes[i], float(p[i])) for i in best)
    return Question(name[0], name[1], text, tuple(others[:3]), about)


def _chosen(found: list[Question], asked: frozenset[str], w: Weighing) -> list[Question]:
    sure = [q for q in found if q.confidence >= w.threshold]
    real = [q for q in sure if q.name not in BACKGROUND | ACTS]
    best = max((q.confidence for q in real or sure), default=0.0)
    sure = [q for q in sure if q.confidence >= w.beside or q.confidence == best]
    real = [q for q in sure if q.name not in BACKGROUND | ACTS]
    if real:
        sure = [q for q in sure if q.name not in BACKGROUND]
    if any(q.name in OUTSIDE and q.confidence >= w.foreign for q in sure):
        sure = [q for q in sure if q.about or q.name in OUTSIDE | ACTS | BACKGROUND]
    if any(q.name not in POLITENESS for q in sure):
        sure = [q for q in sure if q.name not in POLITENESS]
    kept: list[Question] = []
    for q in sure:
        same = next((k for k in kept if k.name == q.name), None)
        if same is None or (asked >= {q.text, same.text} and _differ(q.about, same.about)):
            kept.append(q)
        elif q.confidence > same.confidence:
            kept[kept.index(same)] = q
    return kept


def _something_asked(chosen: list[Question], found: list[Question], asking: Collection[str]) -> list[Question]:
    """Beside background alone, words that ask count for what they most likely ask, however little is sure of it."""
    asked = [q for q in found if q.text in asking and q.name not in BACKGROUND | ACTS | OUTSIDE]
    if asked and all(q.name in BACKGROUND for q in chosen):
        return [max(asked, key=lambda q: q.confidence)]
    return chosen


def _certifications(about: frozenset[str]) -> frozenset[str]:
    return frozenset(a for a in about if a.startswith("certification:") and a != "certification:other")


OTHER_TRADES = frozenset({"role:other", "role:developer", "role:engineer"})


def _roles(about: frozenset[str]) -> frozenset[str]:
    """Those of our field."""
    return frozenset(a for a in about if a.startswith("role:")) - OTHER_TRADES


def _differ(about: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name certifications, and none in common."""
    a, b = _certifications(about), _certifications(other)
    return bool(a and b and a.isdisjoint(b))


def _unsure(text: str, found: list[Question]) -> Question:
    best = max(found, key=lambda q: q.confidence)
    return Question(NOT_UNDERSTOOD, best.confidence, text, ((best.name, best.confidence), *best.alternatives)[:3])
