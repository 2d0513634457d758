"""The figures as a table and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

TARGETS = {
    "turn_p50_vs_stock": ("at most", 0.20),
    "turn_2000_vs_20": ("at most", 1.15),
    "throughput_16_vs_stock": ("at least", 6),
    "two_workers_vs_one": ("at least", 1.7),
    "turn_p50_vs_floor": ("at most", 3),
    "training_vs_stock": ("at most", 0.5),
    "memory_mb_per_worker": ("at most", 900),
    "memory_growth_20000": ("at most", 1.05),
    "knowledge_100x_vs_1x": ("at most", 1.2),
    "people_1e6_vs_1e2": ("at most", 1.2),
}


def table(result: Mapping[str, Any]) -> str:
    """Markdown: each measure, its figure, its target and whether it is met."""
    lines = ["| measure | figure | target | met |", "| --- | ---: | --- | --- |"]
    for name, (side, bound) in TARGETS.items():
        value = result["ratios"].get(name)
        met = "not measured" if value is None else ("yes" if (value <= bound) == (side == "at most") else "no")
        lines.append(f"| `{name}` | {'' if value is None else f'{value:,.2f}'} | {side} {bound:g} | {met} |")
    return "\n".join(lines)


def plot(result: Mapping[str, Any], target: Path) -> None:
    """Time of a turn by its number, and turns a second by people at once."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    for name, label, colour in (("stock_by_turn", "stock Rasa", "#b3541e"), ("coach_by_turn", "the coach", "#1f5c99")):
        points = result["long"][name]
        left.plot([n for n, _ in points], [ms for _, ms in points], color=colour, label=label)
    left.set(xlabel="turn of one conversation", ylabel="milliseconds (median of 20 turns)", xscale="log", yscale="log")
    left.legend(frameon=False)
    rates = result["throughput"]
    bars = {
        "stock Rasa\n16 people": "stock_16",
        "coach\n1": "coach_1",
        "coach\n16": "coach_16",
        "coach\n64": "coach_64",
    }
    colours = ["#b3541e", *["#1f5c99"] * 3]
    right.bar(list(bars), [rates[key]["per_second"] for key in bars.values()], color=colours)
    right.set(ylabel="turns a second, one process")
    for axis in (left, right):
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(target, dpi=110)
