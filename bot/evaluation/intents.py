"""Scores of what was understood against what careful readers labelled. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

DECLINED = frozenset({"out_of_scope", "ask_project_practice", "chitchat", "not_understood"})
"""A message so understood gets no coaching."""
OUTSIDE = frozenset({"out_of_scope", "ask_project_practice"})
STATED = frozenset({"state_experience", "state_goal", "correct_experience"})
SURE = 0.8


@dataclass(frozen=True)
class Line:
    """A labelled message and what was understood. ``expected`` holds, for each question, every name that is right."""

    text: str
    scope: str
    expected: tuple[frozenset[str], ...]
    found: tuple[tuple[str, float], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.found)


@dataclass(frozen=True)
class Share:
    """``right`` of ``of``, with Wilson's 95 % interval."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.959964, self.of, self.right / self.of
        middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))

    def to_dict(self) -> dict[str, Any]:
        low, high = self.interval()
        return {
            "value": _rounded(self.value),
            "right": self.right,
            "of": self.of,
            "low": round(low, 4),
            "high": round(high, 4),
        }


def line(labelled: dict[str, Any], parsed: dict[str, Any]) -> Line:
    return Line(
        labelled["text"],
        labelled["scope"],
        tuple(frozenset(i.split("|")) for i in labelled["intents"]),
        tuple((i["name"], i["confidence"]) for i in parsed["intents"]),
    )


def matched(line: Line) -> list[tuple[frozenset[str], str | None]]:
    """Each expected question with the name found for it, or None. A name stands for one question only."""
    free = list(line.names)
    pairs: list[tuple[frozenset[str], str | None]] = []
    # The questions with the fewest right names choose first, so that "a|b" leaves "a" to the one that needs it.
    for expected in sorted(line.expected, key=len):
        name = next((n for n in free if n in expected), None)
        if name is not None:
            free.remove(name)
        pairs.append((expected, name))
    return pairs


def scores(lines: Sequence[Line]) -> dict[str, Any]:
    """Every measure of the understanding issue but the facts."""
    inside = [x for x in lines if x.scope == "in"]
    outside = [x for x in lines if x.scope in ("near", "out") and all(e & OUTSIDE for e in x.expected)]
    decided = [(x, name, p) for x in lines for name, p in x.found]
    sure_wrong = sum(p > SURE and not _right(x, name) for x, name, p in decided)
    return {
        "questions_in_scope": _share(name is not None for x in inside for _, name in matched(x)).to_dict(),
        "messages_exact": _share(_exact(x) for x in inside).to_dict(),
        "single_questions_in_scope": _share(_exact(x) for x in inside if len(x.expected) == 1).to_dict(),
        "superfluous_intents": _share(not _right(x, name) for x in inside for name in x.names).to_dict(),
        "out_of_scope_recall": _share(set(x.names) <= DECLINED for x in outside).to_dict(),
        "in_scope_refusals": _share(_refused(x) for x in inside).to_dict(),
        "wrong_and_sure": Share(sure_wrong, len(decided)).to_dict(),
        "statement_question_confusion": _share(_form_confused(x) for x in inside).to_dict(),
        "calibration_error": round(
            calibration_error([(p, _right(x, n)) for x, n, p in decided if n != "not_understood"]), 4
        ),
        "per_intent": per_intent(lines),
    }


def per_intent(lines: Sequence[Line]) -> dict[str, dict[str, Any]]:
    """Precision and recall; where several names are right, the line counts for the one found, else for the first."""
    hits: Counter[str] = Counter()
    told: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    for x in lines:
        claimed.update(x.names)
        for expected, name in matched(x):
            told[name or min(expected)] += 1
            if name:
                hits[name] += 1
    return {
        name: {
            "precision": _ratio(hits[name], claimed[name]),
            "recall": _ratio(hits[name], told[name]),
            "lines": told[name],
        }
        for name in sorted(told | claimed)
    }


def confusions(lines: Sequence[Line]) -> list[tuple[str, str, list[str]]]:
    """(expected, found, texts), the most frequent first; a question that was not found at all pairs with "nothing"."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for x in lines:
        free = [n for n in x.names if not _right(x, n)]
        for expected, name in matched(x):
            if name is None:
                other = free.pop(0) if free else "nothing"
                pairs.setdefault(("|".join(sorted(expected)), other), []).append(x.text)
    return sorted(((a, b, texts) for (a, b), texts in pairs.items()), key=lambda c: (-len(c[2]), c[0], c[1]))


def calibration_error(decided: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: the mean gap between confidence and share right, over equal steps of confidence."""
    total = 0.0
    for step in range(bins):
        held = [(p, ok) for p, ok in decided if step / bins < p <= (step + 1) / bins]
        if held:
            total += abs(sum(p for p, _ in held) - sum(ok for _, ok in held))
    return total / len(decided) if decided else 0.0


def _right(x: Line, name: str) -> bool:
    return any(name in expected for expected in x.expected)


def _exact(x: Line) -> bool:
    return len(x.names) == len(x.expected) and all(name is not None for _, name in matched(x))


def _refused(x: Line) -> bool:
    return set(x.names) <= DECLINED and not any(_right(x, n) for n in x.names)


def _form_confused(x: Line) -> bool:
    """A statement answered as a question, or a question filed as a statement."""
    either = frozenset[str]().union(*x.expected)
    told = all(e <= STATED for e in x.expected)
    asked = not either & STATED
    found_told, found_asked = any(n in STATED for n in x.names), any(n.startswith("ask_") for n in x.names)
    return (told and found_asked and not found_told) or (
        asked and found_told and not any(_right(x, n) for n in x.names)
    )


def _share(outcomes: Iterable[bool]) -> Share:
    listed = list(outcomes)
    return Share(sum(listed), len(listed))


def _ratio(part: int, whole: int) -> float | None:
    return _rounded(part / whole) if whole else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
