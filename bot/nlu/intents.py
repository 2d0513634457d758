"""Which intent a piece of text has: a linear decision over the tuned encoder's vectors, with honest doubt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.ngrams import NGrams, softmax

NOT_UNDERSTOOD = "not_understood"
OUTSIDE = frozenset({"out_of_scope", "ask_project_practice"})
FORMAT = 4
LEAST = 1e-4
"""Added to what the n-grams give a class: words never seen do not rule it out."""
COARSE = 48
"""Directions in which the training lines are looked through first."""
SHORT_LIST = 16
"""Lines compared exactly, for each neighbour wanted."""


@dataclass(frozen=True)
class Options:
    """``near`` and ``far``: at the similarity ``near`` to the closest training line a text is certainly of our world,
    at ``far`` certainly not.

    ``votes``: the share of the ``neighbours`` closest training lines in the decision; a line ``nearness`` less
    similar than another counts 1/e of it. Where they and the linear head disagree, neither makes sure.
    ``temperature`` under 1 makes surer; chosen on lines held out of training.
    """

    near: float = 0.45
    far: float = 0.25
    votes: float = 0.6
    neighbours: int = 25
    nearness: float = 0.05
    temperature: float = 1.0
    doubt: float = 0.65
    """The share of the plain mean of head, votes and n-grams in how sure an answer is: where one of them speaks for
    something else, the answer stays and is less sure."""
    ngrams: float = 0.5
    """How much the n-grams weigh beside the encoder: the power of their probabilities in the product of both."""


class IntentModel:
    """``classes`` are the intents in the order of the columns of :meth:`probabilities`."""

    def __init__(
        self, classes: Sequence[str], head: np.ndarray, bias: np.ndarray,
        examples: np.ndarray, labels: np.ndarray, ngrams: NGrams, options: Options,
    ) -> None:  # fmt: skip
        """``head`` (size, classes); ``examples`` are the vectors of the training lines, ``labels`` their classes."""
        self.classes = list(classes)
        self.options = options
        self._head = head
        self._bias = bias
        self._ngrams = ngrams
        self._examples = examples.astype(np.float32)
        self._coarse = _main_directions(self._examples)
        self._coarse_examples = np.ascontiguousarray((self._examples @ self._coarse).T)
        self._labels = labels

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """(texts, classes), from texts and their vectors; a row lacks to one what speaks for "nothing known"."""
        own = self.options
        alike, labels = self._closest(vectors)
        judged = softmax(vectors @ self._head + self._bias)
        voted, written = self._voted(alike, labels), self._ngrams.probabilities(texts)
        mixed = (1 - own.votes) * judged + own.votes * voted
        agreed = _shares(mixed ** (1 / own.temperature) * (written + LEAST) ** own.ngrams)
        known = np.clip((alike.max(axis=1) - own.far) / (own.near - own.far), 0.0, 1.0)
        return agreed * (known * _trust(agreed, (judged + voted + written) / 3, own.doubt))[:, None]

    def _closest(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Similarities and labels of the closest training lines, (texts, neighbours) in no order.

        All lines are looked at coarsely and a short list exactly: reading every line whole takes longer than encoding.
        """
        # Row by row: for so few rows OpenBLAS takes several times as long over one product of matrices.
        coarse = np.stack([row @ self._coarse_examples for row in vectors @ self._coarse])
        listed = _largest(coarse, self.options.neighbours * SHORT_LIST)
        exact = (self._examples[listed] @ vectors[:, :, None])[:, :, 0]
        best = _largest(exact, self.options.neighbours)
        return np.take_along_axis(exact, best, axis=1), self._labels[np.take_along_axis(listed, best, axis=1)]

    def _voted(self, alike: np.ndarray, labels: np.ndarray) -> np.ndarray:
        weights = softmax(alike / self.options.nearness)
        votes = np.zeros((len(alike), len(self.classes)))
        np.add.at(votes, (np.arange(len(alike))[:, None], labels), weights)
        return votes

    def save(self, folder: Path) -> None:
        described = {"format": FORMAT, "classes": self.classes, "options": vars(self.options)}
        (folder / "intents.json").write_text(json.dumps(described), encoding="utf-8")
        examples = self._examples.astype(np.float16)
        self._ngrams.save(folder)
        np.savez(folder / "intents.npz", head=self._head, bias=self._bias, examples=examples, labels=self._labels)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Raises ValueError when an older version of the coach made the model."""
        described = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        if described["format"] != FORMAT:
            raise ValueError("The trained model is of another version of the coach; train it anew.")
        arrays = np.load(folder / "intents.npz", allow_pickle=False)
        return cls(
            described["classes"], arrays["head"], arrays["bias"], arrays["examples"], arrays["labels"],
            NGrams.load(folder), Options(**described["options"]),
        )  # fmt: skip


def _main_directions(examples: np.ndarray) -> np.ndarray:
    """The directions in which the lines differ most, (size, COARSE or fewer)."""
    _, directions = np.linalg.eigh(examples.T @ examples)
    return np.ascontiguousarray(directions[:, ::-1][:, :COARSE])


def _trust(agreed: np.ndarray, mean: np.ndarray, doubt: float) -> np.ndarray:
    """What is left of a row whose best answer the judges, each for itself, give less."""
    rows = np.arange(len(agreed))
    best = agreed.argmax(axis=1)
    top = agreed[rows, best]
    return np.minimum(1 - doubt + doubt * mean[rows, best] / top, 1.0)


def _shares(weights: np.ndarray) -> np.ndarray:
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _largest(values: np.ndarray, count: int) -> np.ndarray:
    """The places of the ``count`` largest of each row. A partition and no sort: their order does not count."""
    count = min(count, values.shape[1])
    return np.argpartition(values, values.shape[1] - count, axis=1)[:, -count:]
