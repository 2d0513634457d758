""" "What if I finish my degree?": the supposition as the statement it would be once true. Pure."""

from __future__ import annotations

import re

_SUPPOSED = re.compile(
    r"\b(?:what if|if|suppos(?:e|ing)(?: that)?|say|once|when|after|assuming)\s+i(?:'ve|\s+have|\s+had)?\s+"
    r"(?:finish(?:ed)?|complete[d]?|get|got|gain(?:ed)?|take|took|taken|do|did|done|spend|spent|work(?:ed)?"
    r"|earn(?:ed)?|pass(?:ed)?|had|have|hold|add(?:ed)?)\s+"
    r"(?P<rest>[^?.!;,]+?)"
    r"(?=\s*(?:[?.!;,]|\bwould\b|\bwill\b|\bcould\b|\bcan\b|\bdo i\b|\bam i\b|\bdoes\b|\bhow\b|\bwhen\b|$))",
    re.IGNORECASE,
)


def supposed(text: str) -> tuple[str, str]:
    """The supposition's own words, and them as a plain statement; two empty strings when nothing is supposed."""
    match = _SUPPOSED.search(text)
    if match is None:
        return "", ""
    rest = re.sub(r"^(?:my|the|an?)\s+(?=\w)", "a ", match["rest"].strip(), flags=re.IGNORECASE)
    rest = re.sub(r"\b(\d+|one|two|three|four|five|six)[- ](years?|months?)\b", r"\1 \2", rest, flags=re.IGNORECASE)
    return match.group().strip(" ,"), f"I have {rest}."
