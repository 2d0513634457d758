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


def ratios(result: Mapping[str, Any]) -> dict[str, float]:
    """The figures of the issue; those whose parts were not measured, or failed, are left out."""
    found = {}
    for name, (above, below) in _OF.items():
        try:
            found[name] = round(_at(result, above) / (_at(result, below) if below else 1), 3)
        except (KeyError, ZeroDivisionError):
            continue
    return found


_OF = {
    "turn_p50_vs_stock": ("short.coach.p50", "short.stock.p50"),
    "turn_2000_vs_20": ("long.turn_last_ms", "long.turn_20_ms"),
    "throughput_16_vs_stock": ("throughput.coach_16.per_second", "throughput.stock_16.per_second"),
    "two_workers_vs_one": ("workers.2.per_second", "workers.1.per_second"),
    "turn_p50_vs_floor": ("short.coach.p50", "short.floor.p50"),
    "training_vs_stock": ("training.coach.cpu_seconds", "training.stock.cpu_seconds"),
    "memory_mb_per_worker": ("memory_mb.coach_after", ""),
    "memory_growth_20000": ("memory_mb.coach_after", "memory_mb.coach_start"),
    "knowledge_100x_vs_1x": ("knowledge.100.p50", "knowledge.1.p50"),
    "people_1e6_vs_1e2": ("people.1000000.p50", "people.100.p50"),
}


def _at(result: Mapping[str, Any], path: str) -> float:
    value: Any = result
    for key in path.split("."):
        value = value[key]
    return float(value)


def plot(result: Mapping[str, Any], target: Path) -> None:
    """Time of a turn by its number, and turns a second by people at once. Nothing is drawn when either is missing."""
    if not {"long", "throughput"} <= result.keys():
        return
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
