"""Which of several is meant: "the second one", "number 3"."""

from __future__ import annotations

import re

ORDINAL_WORDS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "fifth": 4,
    "5th": 4,
    "last": -1,
}


def ordinal(text: str) -> int | None:
    said = re.findall(r"[a-z0-9]+", text.lower())
    found = next((ORDINAL_WORDS[w] for w in said if w in ORDINAL_WORDS), None)
    match = re.search(r"\b(?:number|no|point|option|#)\s*([1-9])\b", text.lower())
    return int(match.group(1)) - 1 if match else found
