"""Which intent a piece of text has: a linear decision over the tuned encoder's vectors, with honest doubt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import softmax

NOT_UNDERSTOOD = "not_understood"
OUTSIDE = frozenset({"out_of_scope", "ask_project_practice"})
FORMAT = 3


@dataclass(frozen=True)
class Options:
    """``caution``: how many times likelier the subjects outside ours are taken to be than among the training lines.

    Training lines are mostly ours; what people write in the open is not.

    ``near`` and ``far``: at the similarity ``near`` to the closest training line a text is certainly of our world, at
    ``far`` certainly not.

    ``votes``: the share of the ``neighbours`` closest training lines in the decision; a line ``nearness`` less
    similar than another counts 1/e of it. Where they and the linear head disagree, neither makes sure.
    ``temperature`` under 1 makes surer; chosen on lines held out of training.
    """

    caution: float = 25.0
    near: float = 0.45
    far: float = 0.25
    votes: float = 0.5
    neighbours: int = 25
    nearness: float = 0.05
    temperature: float = 1.0


class IntentModel:
    """``classes`` are the intents in the order of the columns of :meth:`probabilities`."""

    def __init__(
        self, classes: Sequence[str], head: np.ndarray, bias: np.ndarray,
        examples: np.ndarray, labels: np.ndarray, options: Options,
    ) -> None:  # fmt: skip
        """``head`` (size, classes); ``examples`` are the vectors of the training lines, ``labels`` their classes."""
        self.classes = list(classes)
        self.options = options
        self._head = head
        self._bias = bias
        self._examples = examples.astype(np.float32)
        self._labels = labels
        self._odds = np.array([options.caution if c in OUTSIDE else 1.0 for c in classes])

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """(texts, classes); a row sums to less than one by what speaks for "nothing known"."""
        own = self.options
        alike = vectors @ self._examples.T
        judged = softmax(vectors @ self._head + self._bias, axis=1)
        mixed = (1 - own.votes) * judged + own.votes * self._voted(alike)
        weighed = mixed ** (1 / own.temperature) * self._odds
        known = np.clip((alike.max(axis=1) - own.far) / (own.near - own.far), 0.0, 1.0)
        return np.asarray(weighed / weighed.sum(axis=1, keepdims=True) * known[:, None])

    def _voted(self, alike: np.ndarray) -> np.ndarray:
        most = min(self.options.neighbours, alike.shape[1])
        # A partition and no sort: their order does not count, and there are as many lines as were trained on.
        closest = np.argpartition(alike, alike.shape[1] - most, axis=1)[:, -most:]
        weights = softmax(np.take_along_axis(alike, closest, axis=1) / self.options.nearness, axis=1)
        votes = np.zeros((len(alike), len(self.classes)))
        np.add.at(votes, (np.arange(len(alike))[:, None], self._labels[closest]), weights)
        return votes

    def save(self, folder: Path) -> None:
        described = {"format": FORMAT, "classes": self.classes, "options": vars(self.options)}
        (folder / "intents.json").write_text(json.dumps(described), encoding="utf-8")
        examples = self._examples.astype(np.float16)
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
            Options(**described["options"]),
        )  # fmt: skip
