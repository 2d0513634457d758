import json
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.comprehension import Comprehension
from bot.nlu.encoder import load_base
from bot.nlu.intents import IntentModel, Options
from bot.nlu.tuning import Tuning, tune
from bot.nlu.variation import Variation


def test_no_row_of_probabilities_passes_one(small: Comprehension) -> None:
    rows = small.model.probabilities(small.encoder.encode(["how much", "hello", "qwxz vbnm", ""]))
    assert rows.min() >= 0
    assert rows.sum(axis=1).max() <= 1 + 1e-6


def test_unlike_everything_known_is_unsure() -> None:
    model = IntentModel(["a", "b"], np.eye(2) * 10, np.zeros(2), np.array([[1.0, 0.0]]), np.array([0]), Options())
    near, far = model.probabilities(np.array([[1.0, 0.0], [-1.0, 0.0]]))
    assert near.sum() == pytest.approx(1.0)
    assert far.sum() == 0.0


def test_caution_leans_to_subjects_outside() -> None:
    parts = ["ask_role", "out_of_scope"], np.zeros((2, 2)), np.zeros(2), np.eye(2), np.arange(2)
    [plain] = IntentModel(*parts, Options(caution=1.0, votes=0.0)).probabilities(np.array([[1.0, 0.0]]))
    [careful] = IntentModel(*parts, Options(caution=4.0, votes=0.0)).probabilities(np.array([[1.0, 0.0]]))
    assert plain.tolist() == pytest.approx([0.5, 0.5])
    assert careful.tolist() == pytest.approx([0.2, 0.8])


def test_head_and_neighbours_that_disagree_are_not_sure() -> None:
    text = np.array([[1.0, 0.0]])
    agreed, opposed = (
        IntentModel(["a", "b"], np.eye(2) * 10, np.zeros(2), np.eye(2), np.array(labels), Options(neighbours=1))
        for labels in ([0, 1], [1, 0])
    )
    assert agreed.probabilities(text).max() > 0.9
    assert opposed.probabilities(text).max() < 0.7


def test_the_same_lines_give_the_same_model(lines: tuple[list[str], list[str]]) -> None:
    labels = np.unique(lines[1], return_inverse=True)[1]
    first, second = (
        tune(load_base(), lines[0], labels, Variation([["PMO", "bank"]]), Tuning(epochs=1, frozen=5)) for _ in range(2)
    )
    assert np.array_equal(first.head, second.head)
    assert all(np.array_equal(first.weights[name], second.weights[name]) for name in first.weights)


def test_frozen_layers_stay_and_the_others_learn(lines: tuple[list[str], list[str]]) -> None:
    base, labels = load_base(), np.unique(lines[1], return_inverse=True)[1]
    tuned = tune(base, lines[0], labels, Variation(), Tuning(epochs=1, frozen=5))
    changed = {
        name.split(".")[2] for name in base.weights if not np.array_equal(base.weights[name], tuned.weights[name])
    }
    assert changed == {"5"}


def test_kept_and_read_again_it_answers_the_same(small: Comprehension, tmp_path: Path) -> None:
    small.save(tmp_path)
    texts = ["how much is it?", "hello. what is the pass mark?", "xyzzy"]
    assert Comprehension.load(tmp_path).questions(texts) == small.questions(texts)


def test_a_model_of_another_version_is_refused(small: Comprehension, tmp_path: Path) -> None:
    small.save(tmp_path)
    described = json.loads((tmp_path / "intents.json").read_text(encoding="utf-8"))
    (tmp_path / "intents.json").write_text(json.dumps({**described, "format": 1}), encoding="utf-8")
    with pytest.raises(ValueError, match="train it anew"):
        Comprehension.load(tmp_path)


def test_messages_are_read_one_by_one_whatever_stands_beside_them(small: Comprehension) -> None:
    texts = ["how much is the exam", "hi", "I was a planner before"]
    assert [[q.name for q in found] for found in small.questions(texts)] == [
        [q.name for q in small.questions([t])[0]] for t in texts
    ]
    assert small.questions([]) == []
