"""What a person has told us, one fact at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "role", "certification", "experience", "education", "training", "pmo_context", "trait", "goal", "constraint"
]
Polarity = Literal["has", "lacks", "wants", "lapsed", "studying"]

KINDS: tuple[str, ...] = get_args(Kind)
POLARITIES: tuple[str, ...] = get_args(Polarity)

_LENGTH = re.compile(
    r"\b(?:for|since|over|about|almost|nearly)\b|\b(?:\d+\+?|an?|one|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?:years?|yrs?|months?|mths?)\b|\W+"
)


def _bare(words: str) -> str:
    """Without lengths, so that "nurse for nine years" holds "nurse"."""
    return " ".join(_LENGTH.sub(" ", words.casefold()).split())


Months = tuple[int, int | None]
"""At least, at most; at most is None when no upper end was told ("over five years")."""


@dataclass(frozen=True)
class Fact:
    """One thing read from a statement.

    ``start`` and ``end`` are partial ISO dates ("2018", "2018-03", "2018-03-01") when the person gave
    dates and not a length; ``months`` is then None unless both ends are known. ``amount`` holds the number of
    the kinds that count something else than months: training hours, people led, budget, hours a week.
    ``text`` is the words the fact was read from, exactly as written.
    """

    kind: Kind
    id: str
    polarity: Polarity = "has"
    months: Months | None = None
    current: bool | None = None
    text: str = ""
    start: str | None = None
    end: str | None = None
    amount: float | None = None
    unit: str | None = None

    @property
    def unlisted(self) -> bool:
        """An occupation or a paper of which only the words tell which it is."""
        return self.id == "other" and self.kind in ("role", "certification")

    def takes_the_place_of(self, other: Fact) -> bool:
        """Told of the same thing, so that what was told last counts.

        Of other occupations and papers there may be many: they are the same where the words of one hold the other's.
        """
        if (self.kind, self.id) != (other.kind, other.id):
            return False
        if not self.unlisted:
            return True
        mine, theirs = _bare(self.text), _bare(other.text)
        return mine in theirs or theirs in mine

    @property
    def key(self) -> str:
        """``kind:id``, the form in which conditions in the knowledge store name a fact."""
        return f"{self.kind}:{self.id}"

    def to_dict(self) -> dict[str, Any]:
        """The form of ``coach parse`` (DESIGN.md 5.3)."""
        result: dict[str, Any] = {
            "kind": self.kind,
            "id": self.id,
            "polarity": self.polarity,
            "months": list(self.months) if self.months else None,
            "current": self.current,
            "text": self.text,
        }
        if self.kind == "training" and self.unit == "hours":
            result["hours"] = self.amount
        for name in ("start", "end", "amount", "unit"):
            value = getattr(self, name)
            if value is not None:
                result[name] = value
        return result

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Fact:
        """The reverse of :meth:`to_dict`. Raises ValueError on an unknown kind or polarity."""
        if data["kind"] not in KINDS or data.get("polarity", "has") not in POLARITIES:
            raise ValueError(f"no such kind of fact: {data['kind']} {data.get('polarity')}")
        months = data.get("months")
        return cls(
            kind=data["kind"],
            id=data["id"],
            polarity=data.get("polarity", "has"),
            months=(months[0], months[1]) if months else None,
            current=data.get("current"),
            text=data.get("text", ""),
            start=data.get("start"),
            end=data.get("end"),
            amount=data.get("amount"),
            unit=data.get("unit"),
        )
