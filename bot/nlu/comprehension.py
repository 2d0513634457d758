"""Messages to questions in batches: clauses, one run of the encoder for all of them, the classifier, the choice."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.nlu.clauses import split
from bot.nlu.encoder import Base, Encoder
from bot.nlu.intents import IntentModel, Options
from bot.nlu.questions import Question, Weighing, questions_in
from bot.nlu.tuning import Tuning, tune
from bot.nlu.variation import Variation

Certifications = Callable[[str], frozenset[str]]


class Comprehension:
    def __init__(self, model: IntentModel, encoder: Encoder, weighing: Weighing | None = None) -> None:
        self.model = model
        self.encoder = encoder
        self.weighing = weighing or Weighing()

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], base: Base, variation: Variation,
        tuning: Tuning | None = None, options: Options | None = None, weighing: Weighing | None = None,
    ) -> Comprehension:  # fmt: skip
        """``labels`` are the intents of ``texts``; at least two."""
        from bot.nlu.encoder_graph import build  # onnx is slow to import and needed only here

        classes, numbers = np.unique(np.array(labels), return_inverse=True)
        tuned = tune(base, texts, numbers, variation, tuning or Tuning())
        with tempfile.TemporaryDirectory() as work:
            graph = Path(work) / "encoder.onnx"
            build(tuned.weights, base.config, graph)
            encoder = Encoder(graph.read_bytes(), base.tokenizer)
        examples = encoder.encode(texts).astype(np.float16)
        model = IntentModel([str(c) for c in classes], tuned.head, tuned.bias, examples, options or Options())
        return cls(model, encoder, weighing)

    def save(self, folder: Path) -> None:
        self.model.save(folder)
        self.encoder.save(folder)
        (folder / "weighing.json").write_text(json.dumps(vars(self.weighing)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Comprehension:
        """Raises EncoderMissing or ValueError when the files are not a whole model of this version."""
        model = IntentModel.load(folder)
        weighing = Weighing(**json.loads((folder / "weighing.json").read_text(encoding="utf-8")))
        return cls(model, Encoder.load(folder), weighing)

    def questions(self, texts: Sequence[str], certifications: Certifications | None = None) -> list[list[Question]]:
        """One list for each text, never empty."""
        clauses = [split(t) for t in texts]
        pieces = list(
            dict.fromkeys(t for text, cs in zip(texts, clauses, strict=True) for t in (text, *(c.text for c in cs)))
        )
        if not pieces:
            return []
        rows = self.model.probabilities(self.encoder.encode(pieces))
        at = {piece: row for row, piece in enumerate(pieces)}
        return [
            questions_in(
                text, cs, self.model.classes, rows[at[text]], rows[[at[c.text] for c in cs]],
                [certifications(c.text) for c in cs] if certifications and len(cs) > 1 else None, self.weighing,
            )
            for text, cs in zip(texts, clauses, strict=True)
        ]  # fmt: skip
