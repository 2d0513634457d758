"""The claim model: taught, kept and asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.experience.lexicon import Lexicon
from bot.experience.reader import Reader
from bot.nlu.claim_model import ClaimModel
from bot.nlu.claim_tuning import ClaimTuning
from bot.nlu.encoder import EncoderMissing, load_base
from bot.nlu.mentions import STATES, unmarked

LEXICON = Lexicon({"planner": "role:planner", "nurse": "role:other", "capm": "certification:capm"})
LINES = [
    line
    for name in ("planner", "nurse")
    for line in (
        f"they gave me the desk of a [{name}](role has) and I sat down",
        f"round here I wear the hat of a [{name}](role has)",
        f"the hat I wear is that of a [{name}](role has)",
        f"a [{name}](role none) from next door shouted at us",
        f"the desk next door is where a [{name}](role none) shouted",
        f"somebody said a [{name}](role none) earns less",
    )
]


@pytest.fixture(scope="module")
def taught() -> ClaimModel:
    """Of a dozen lines: enough to tell a hat one wears from a neighbour who shouts."""
    return ClaimModel.train(
        [unmarked(line) for line in LINES], load_base(), LEXICON, ClaimTuning(layers=1, epochs=20, batch=4)
    )


def roles(model: ClaimModel, text: str) -> list[tuple[str, str]]:
    return [(f.id, f.polarity) for f in Reader(LEXICON, model).read(text).facts if f.kind == "role"]


def test_it_claims_what_its_lines_taught_and_the_rules_do_not(taught: ClaimModel) -> None:
    worn = "round here I wear the hat of a planner and like it"
    assert not Reader(LEXICON).read(worn).facts
    assert roles(taught, worn) == [("planner", "has")]
    assert roles(taught, "a planner from next door shouted") == []


def test_what_was_kept_answers_as_before(taught: ClaimModel, tmp_path: Path) -> None:
    taught.save(tmp_path)
    plain, marked = Reader(LEXICON).marked("the hat of a nurse, and a planner who shouted")
    before, after = (m.probabilities(plain.text, marked) for m in (taught, ClaimModel.load(tmp_path)))
    assert [n.id for n, _ in before] == ["other", "planner"]
    assert all(np.array_equal(a, b) for (_, a), (_, b) in zip(before, after, strict=True))
    assert all(row.shape == (len(STATES),) and row.sum() == pytest.approx(1, abs=1e-5) for _, row in before)


def test_a_name_behind_the_longest_text_read_is_left_to_the_rules(taught: ClaimModel) -> None:
    plain, marked = Reader(LEXICON).marked("well, " * 400 + "the hat of a planner")
    assert taught.probabilities(plain.text, marked) == []
    assert taught(plain.text, marked) == {}


def test_missing_and_damaged_files_say_to_train(taught: ClaimModel, tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="coach train"):
        ClaimModel.load(tmp_path)
    taught.save(tmp_path)
    with (tmp_path / "claims.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(EncoderMissing, match="damaged"):
        ClaimModel.load(tmp_path)
