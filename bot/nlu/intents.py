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
FORMAT = 2


@dataclass(frozen=True)
class Options:
    """``caution``: how many times likelier the subjects outside ours are taken to be than among the training lines.

    Training lines are mostly ours; what people write in the open is not.

    ``near`` and ``far``: at the similarity ``near`` to the closest training line a text is certainly of our world, at
    ``far`` certainly not.
    """

    caution: float = 8.0
    near: float = 0.45
    far: float = 0.25


class IntentModel:
    """``classes`` are the intents in the order of the columns of :meth:`probabilities`."""

    def __init__(
        self, classes: Sequence[str], head: np.ndarray, bias: np.ndarray, examples: np.ndarray, options: Options
    ) -> None:
        """``head`` (size, classes); ``examples`` are the vectors of the training lines."""
        self.classes = list(classes)
        self.options = options
        self._head = head
        self._bias = bias
        self._examples = examples.astype(np.float32)
        self._odds = np.log([options.caution if c in OUTSIDE else 1.0 for c in classes])

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """(texts, classes); a row sums to less than one by what speaks for "nothing known"."""
        scores = vectors @ self._head + self._bias + self._odds
        return np.asarray(softmax(scores, axis=1) * self.known(vectors)[:, None])

    def known(self, vectors: np.ndarray) -> np.ndarray:
        """From 0, unlike anything trained on, to 1."""
        nearest = (vectors @ self._examples.T).max(axis=1)
        return np.asarray(np.clip((nearest - self.options.far) / (self.options.near - self.options.far), 0.0, 1.0))

    def save(self, folder: Path) -> None:
        described = {"format": FORMAT, "classes": self.classes, "options": vars(self.options)}
        (folder / "intents.json").write_text(json.dumps(described), encoding="utf-8")
        examples = self._examples.astype(np.float16)
        np.savez(folder / "intents.npz", head=self._head, bias=self._bias, examples=examples)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Raises ValueError when an older version of the coach made the model."""
        described = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        if described["format"] != FORMAT:
            raise ValueError("The trained model is of another version of the coach; train it anew.")
        arrays = np.load(folder / "intents.npz", allow_pickle=False)
        return cls(
            described["classes"], arrays["head"], arrays["bias"], arrays["examples"], Options(**described["options"])
        )
