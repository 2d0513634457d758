"""A step of a person's plan, as kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PlanStep:
    """``hours`` of work, not to be done in less than ``weeks``; ``status`` is open, done or dropped."""

    text: str
    hours: int
    weeks: int
    done_when: str
    why: str
    advice: str
    id: str = ""
    status: str = "open"
    due: date | None = None
