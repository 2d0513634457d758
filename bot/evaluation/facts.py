"""Scores of the facts read against those careful readers labelled. Pure.

Facts are compared as (kind, id, polarity), each once a message. A fact on which the readers differed (``unsure``) is
neither right nor wrong, whatever is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.evaluation.intents import Share

TITLES = frozenset({"role", "certification", "education"})
Key = tuple[str, str, str]


def fact_scores(labelled: list[dict[str, Any]], parsed: list[dict[str, Any]]) -> dict[str, Any]:
    """Precision and recall by kind and for ``role+certification+education``; of the months, shares within a month.

    ``months`` counts the labelled lengths of facts that were found, ``months_of_all`` those of
    missed facts too, as wrong.
    """
    told = [_keys(row["facts"]) for row in labelled]
    read = [_keys(row["facts"]) for row in parsed]
    unsure = [_keys(row.get("unsure", [])) for row in labelled]
    kinds = sorted({key[0] for keys in (*told, *read) for key in keys})
    groups = [("role+certification+education", TITLES), *((kind, frozenset({kind})) for kind in kinds)]
    scores: dict[str, Any] = {}
    for name, kind_set in groups:
        claimed = [
            (key, t) for r, t, u in zip(read, told, unsure, strict=True) for key in r if key in t or key not in u
        ]
        scores[name] = {
            "precision": _share(key in t for key, t in claimed if key[0] in kind_set),
            "recall": _share(key in r for r, t in zip(read, told, strict=True) for key in t if key[0] in kind_set),
        }
    pairs = [pair for t, r in zip(told, read, strict=True) for pair in _lengths(t, r)]
    scores["months"] = _share(_close(a, b.get("months")) for a, b in pairs if b is not None)
    scores["months_of_all"] = _share(b is not None and _close(a, b.get("months")) for a, b in pairs)
    return scores


def _keys(facts: Iterable[dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    """Facts by key; of several with one key, the one that tells a length."""
    found: dict[Key, dict[str, Any]] = {}
    for fact in facts:
        key = (fact["kind"], fact["id"], fact.get("polarity") or "has")
        if key not in found or not found[key].get("months"):
            found[key] = fact
    return found


def _lengths(told: dict[Key, dict[str, Any]], read: dict[Key, dict[str, Any]]) -> Iterator[tuple[list[Any], Any]]:
    for key, fact in told.items():
        if fact.get("months"):
            yield fact["months"], read.get(key)


def _close(told: list[int | None], read: list[int | None] | None) -> bool:
    if not read:
        return False
    return all(
        (a is None and b is None) or (a is not None and b is not None and abs(a - b) <= 1)
        for a, b in zip(told, read, strict=True)
    )


def _share(outcomes: Iterable[bool]) -> dict[str, Any]:
    listed = list(outcomes)
    return Share(sum(listed), len(listed)).to_dict()
