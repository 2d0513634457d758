"""Messages to questions in batches: clauses, one run of the encoder for all of them, the classifier, the choice."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.nlu.clauses import split
from bot.nlu.encoder import Encoder, EncoderMissing, load_encoder
from bot.nlu.intents import IntentModel
from bot.nlu.questions import Question, Weighing, questions_in

DESCRIPTION = "encoder.json"
Certifications = Callable[[str], frozenset[str]]


class Comprehension:
    def __init__(self, model: IntentModel, encoder: Encoder, weighing: Weighing | None = None) -> None:
        self.model = model
        self.encoder = encoder
        self.weighing = weighing or Weighing()

    def save(self, folder: Path) -> None:
        self.model.save(folder)
        described = {**self.encoder.described, "weighing": vars(self.weighing)}
        (folder / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Comprehension:
        """With the encoder the model was trained with. Raises EncoderMissing when it is another by now."""
        described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        encoder = load_encoder(described["weights"], quantised=described["quantised"])
        if encoder.described["sha256"] != described["sha256"]:
            raise EncoderMissing(
                "The model was trained with another sentence encoder than the one named now; train it anew."
            )
        return cls(IntentModel.load(folder), encoder, Weighing(**described["weighing"]))

    def questions(self, texts: Sequence[str], certifications: Certifications | None = None) -> list[list[Question]]:
        """One list for each text, never empty."""
        clauses = [split(t) for t in texts]
        pieces = list(
            dict.fromkeys(t for text, cs in zip(texts, clauses, strict=True) for t in (text, *(c.text for c in cs)))
        )
        if not pieces:
            return []
        rows = self.model.probabilities(pieces, self.encoder.encode(pieces))
        at = {piece: row for row, piece in enumerate(pieces)}
        return [
            questions_in(
                text, cs, self.model.classes, rows[at[text]], rows[[at[c.text] for c in cs]],
                [certifications(c.text) for c in cs] if certifications and len(cs) > 1 else None, self.weighing,
            )
            for text, cs in zip(texts, clauses, strict=True)
        ]  # fmt: skip
