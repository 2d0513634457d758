"""The scores as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NAMES = {
    "questions_in_scope": "questions in scope understood",
    "single_questions_in_scope": "messages of one question, exactly",
    "messages_exact": "messages in scope, exactly",
    "superfluous_intents": "intents nobody meant (less is better)",
    "out_of_scope_recall": "out of scope, declined",
    "in_scope_refusals": "in scope, refused (less is better)",
    "wrong_and_sure": "wrong and sure, over 0.8 (less is better)",
    "statement_question_confusion": "statement taken as question or reverse (less is better)",
}


def report(summary: dict[str, Any], confusions: Sequence[tuple[str, str, list[str]]], examples: int = 3) -> str:
    rows = [f"{summary['lines']} messages", ""]
    for key, name in NAMES.items():
        rows.append(f"{name:<58} {_share(summary[key])}")
    rows.append(f"{'calibration error':<58} {summary['calibration_error']:.3f}")
    if mistyped := summary.get("mistyped"):
        rows.append(f"{'two words mistyped: read as before':<58} {_share(mistyped['unchanged'])}")
        rows.append(
            f"{'two words mistyped: questions in scope understood':<58} {_share(mistyped['questions_in_scope'])}"
        )
    rows += ["", *_facts(summary.get("facts"))]
    rows += ["intent                              precision  recall  lines"]
    for name, score in summary["per_intent"].items():
        rows.append(f"{name:<36} {_cell(score['precision']):>8} {_cell(score['recall']):>7} {score['lines']:>6}")
    rows += ["", "confusions (expected -> found)"]
    for expected, found, texts in confusions:
        rows.append(f"{len(texts):>3}  {expected} -> {found}")
        rows += [f"       {text}" for text in texts[:examples]]
    return "\n".join(rows)


def _share(share: dict[str, Any]) -> str:
    if share["value"] is None:
        return "  none"
    return f"{share['value']:6.3f}  ({share['right']} of {share['of']}; {share['low']:.3f} to {share['high']:.3f})"


def _facts(facts: dict[str, Any] | None) -> list[str]:
    if not facts:
        return []
    rows = ["facts"]
    for name, score in facts.items():
        # The months are one share; a kind has two.
        for part, share in {"": score}.items() if "value" in score else score.items():
            rows.append(f"  {f'{name} {part}'.strip():<56} {_share(share)}")
    return [*rows, ""]


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
