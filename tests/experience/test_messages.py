"""Messages in many voices, each with all the facts a careful reader takes from it, in ``messages/``.

A line is the message, then its facts: ``kind:id``, and where they are told the polarity ("has" is the rule,
"wants" for a goal), the months ("84", "36-60", "120+") and "now" or "past".
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.experience.facts import POLARITIES, Fact
from bot.experience.reader import Reader

KINDS = frozenset({"role", "certification", "education", "goal", "experience", "training"})
FILES = sorted((Path(__file__).parent / "messages").glob("*.yml"))
MESSAGES = [(text, facts) for path in FILES for text, *facts in yaml.safe_load(path.read_text("utf-8"))]


def expected(told: str) -> tuple[str, str | None]:
    """``kind:id polarity months`` and "now", "past" or None."""
    key, *words = told.split()
    polarity = "wants" if key.startswith("goal:") else "has"
    months, tense = "", None
    for word in words:
        if word in POLARITIES:
            polarity = word
        elif word in ("now", "past"):
            tense = word
        else:
            least, most = re.fullmatch(r"(\d+)(?:[-](\d+)|\+)?", word).groups()  # type: ignore[union-attr]
            months = f" {least}-{None if word.endswith('+') else most or least}"
    return f"{key} {polarity}{months}", tense


def read(fact: Fact) -> str:
    return f"{fact.key} {fact.polarity}" + (f" {fact.months[0]}-{fact.months[1]}" if fact.months else "")


@pytest.mark.parametrize(("text", "facts"), MESSAGES, ids=[text[:60] for text, _ in MESSAGES])
def test_every_fact_told_and_no_other(reader: Reader, text: str, facts: list[str]) -> None:
    found = {read(f): f.current for f in reader.read(text).facts if f.kind in KINDS}
    wanted = dict(map(expected, facts))
    assert set(found) == set(wanted)
    for fact, tense in wanted.items():
        assert tense is None or found[fact] is (tense == "now")
