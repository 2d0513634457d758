"""No line of the evaluation, nor a near copy of one, is trained on."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.nlu.mentions import read_mentions

ROOT = Path(__file__).resolve().parents[2]
KEPT_APART = [Path(os.environ["COACH_EVAL"])] if "COACH_EVAL" in os.environ else [
    ROOT.parent / "shared" / "eval", ROOT.parent.parent / "shared" / "eval"
]  # fmt: skip
FEWEST = 5  # words; a shorter line ("how much is it?") is anyone's
ALIKE = 0.8


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower().replace("’", "'").replace("'", "")))


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether most of the words are the same, in any order."""
    return min(len(a), len(b)) >= FEWEST and len(a & b) >= ALIKE * len(a | b)


def trained() -> Iterator[str]:
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"] or []:
            yield from (line.removeprefix("- ").strip() for line in block.get("examples", "").splitlines())
    yield from (message.text for message in read_mentions(ROOT / "data" / "mentions"))


def test_a_near_copy_is_seen() -> None:
    assert alike(words("How long is my card valid, please?"), words("how long is my card valid"))
    assert not alike(words("How long is my card valid?"), words("Where do I renew my old card?"))


def test_no_training_line_is_near_an_evaluation_line() -> None:
    folder = next((f for f in KEPT_APART if f.is_dir()), None)
    if folder is None:
        pytest.skip("the evaluation messages are not here; COACH_EVAL may name their folder")
    kept = [
        words(json.loads(row)["text"])
        for file in sorted(folder.glob("*.jsonl"))
        for row in file.read_text(encoding="utf-8").splitlines()
    ]
    lines = {text: words(text) for text in trained()}
    copies = [text for text, own in lines.items() if any(alike(own, other) for other in kept)]
    assert not copies
