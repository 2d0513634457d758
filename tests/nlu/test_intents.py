import json
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.comprehension import Comprehension
from bot.nlu.encoder import load_base
from bot.nlu.intents import IntentModel, Options
from bot.nlu.ngrams import NGrams
from bot.nlu.tuning import Tuning, tune
from bot.nlu.variation import Variation


def test_no_row_of_probabilities_passes_one(small: Comprehension) -> None:
    texts = ["how much", "hello", "qwxz vbnm", ""]
    rows = small.model.probabilities(texts, small.encoder.encode(texts))
    assert rows.min() >= 0
    assert rows.sum(axis=1).max() <= 1 + 1e-6


def judging(
    head: np.ndarray,
    examples: np.ndarray,
    labels: list[int],
    options: Options | None = None,
    bias: tuple[float, float] = (0.0, 0.0),
) -> IntentModel:
    """Of classes a and b; ``bias``, of the n-grams, is all they say."""
    ngrams = NGrams({"words": [], "letters": []}, np.zeros(0), np.zeros((0, 2)), np.array(bias))
    return IntentModel(["a", "b"], head, np.zeros(2), examples, np.array(labels), ngrams, options or Options())


def test_unlike_everything_known_is_unsure() -> None:
    model = judging(np.eye(2) * 10, np.array([[1.0, 0.0]]), [0], Options(doubt=0.0))
    near, far = model.probabilities(["near", "far"], np.array([[1.0, 0.0], [-1.0, 0.0]]))
    assert near.sum() == pytest.approx(1.0)
    assert far.sum() == 0.0


def test_head_and_neighbours_that_disagree_are_not_sure() -> None:
    trusting = Options(neighbours=1, doubt=0.0)
    agreed, opposed = (judging(np.eye(2) * 10, np.eye(2), labels, trusting) for labels in ([0, 1], [1, 0]))
    assert agreed.probabilities(["it"], np.array([[1.0, 0.0]])).max() > 0.9
    assert opposed.probabilities(["it"], np.array([[1.0, 0.0]])).max() < 0.7


def test_where_meaning_does_not_decide_the_words_do() -> None:
    def share(weight: float) -> float:
        undecided = judging(
            np.zeros((2, 2)), np.eye(2), [0, 1], Options(votes=0.0, ngrams=weight, doubt=0.0), (0.0, 2.0)
        )
        return float(undecided.probabilities(["it"], np.array([[1.0, 0.0]]))[0, 1])

    assert share(0.0) == pytest.approx(0.5)
    assert 0.5 < share(0.3) < share(1.0)


def test_where_one_of_three_speaks_for_another_the_answer_stays_and_is_less_sure() -> None:
    def answer(doubt: float) -> np.ndarray:
        others_against = judging(np.eye(2) * 10, np.eye(2), [0, 1], Options(doubt=doubt, ngrams=0.3), (0.0, 4.0))
        return others_against.probabilities(["it"], np.array([[1.0, 0.0]]))[0]

    trusting, doubting = answer(0.0), answer(0.5)
    assert trusting[0] > 0.9
    assert 0.5 < doubting[0] < trusting[0] - 0.1
    assert doubting[1] / doubting[0] == pytest.approx(trusting[1] / trusting[0])


def test_looked_for_coarsely_the_neighbours_are_those_of_a_full_search() -> None:
    chance = np.random.default_rng(3)
    centres = chance.standard_normal((50, 384))
    labels = np.repeat(np.arange(50), 80)
    lines = centres[labels] + chance.standard_normal((len(labels), 384))
    lines /= np.linalg.norm(lines, axis=1, keepdims=True)
    ngrams = NGrams({"words": [], "letters": []}, np.zeros(0), np.zeros((0, 50)), np.zeros(50))
    model = IntentModel(list(map(str, range(50))), np.zeros((384, 50)), np.zeros(50), lines, labels, ngrams, Options())
    asked = lines[::97] + 0.02 * chance.standard_normal((len(lines[::97]), 384))
    found, _ = model._closest(asked.astype(np.float32))
    exact = np.sort(asked @ lines.T, axis=1)[:, -Options().neighbours :]
    assert np.abs(np.sort(found, axis=1) - exact).max() < 0.02
    assert np.isclose(np.sort(found, axis=1), exact, atol=1e-4).mean() > 0.98


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
