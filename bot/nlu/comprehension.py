"""Messages to questions in batches: clauses, one run of the encoder for all of them, the classifier, the choice."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from bot.experience.facts import Fact
from bot.experience.lexicon import Lexicon
from bot.nlu.clauses import split, wishes
from bot.nlu.encoder import Base, Encoder, Graph
from bot.nlu.intents import IntentModel, Options
from bot.nlu.ngrams import NGrams
from bot.nlu.questions import Question, Weighing, questions_in
from bot.nlu.reading import reader_for
from bot.nlu.spelling import Spelling, counted
from bot.nlu.tuning import Tuning, tune
from bot.nlu.variation import Variation

HELD = frozenset({"role", "certification", "education", "experience"})


class Comprehension:
    def __init__(
        self, model: IntentModel, encoder: Encoder, lexicon: Lexicon | None = None, weighing: Weighing | None = None,
        spelling: Spelling | None = None,
    ) -> None:  # fmt: skip
        self.model = model
        self.encoder = encoder
        self.lexicon = lexicon or Lexicon({})
        self.reader = reader_for(self.lexicon)
        self.weighing = weighing or Weighing()
        self.spelling = spelling or Spelling({}, ())

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], base: Base, variation: Variation,
        tuning: Tuning | None = None, options: Options | None = None, weighing: Weighing | None = None,
        lexicon: Lexicon | None = None,
    ) -> Comprehension:  # fmt: skip
        """``labels`` are the intents of ``texts``; at least two."""
        from bot.nlu.encoder_graph import build  # onnx is slow to import and needed only here

        spelling = _spelling(counted(texts), lexicon or Lexicon({}), base.tokenizer)
        right = [spelling.right(text) for text in texts]
        classes, numbers = np.unique(np.array(labels), return_inverse=True)
        tuned = tune(base, right, numbers, variation, tuning or Tuning())
        with tempfile.TemporaryDirectory() as work:
            graph = Path(work) / "encoder.onnx"
            build(tuned.weights, base.config, graph)
            encoder = Encoder(Graph(graph.read_bytes()), base.tokenizer)
        examples = encoder.encode_all(right).astype(np.float16)
        model = IntentModel(
            [str(c) for c in classes], tuned.head, tuned.bias, examples, numbers, NGrams.fit(right, numbers),
            options or Options(),
        )  # fmt: skip
        return cls(model, encoder, lexicon, weighing, spelling)

    def save(self, folder: Path) -> None:
        self.model.save(folder)
        self.encoder.save(folder)
        kept = {"weighing": vars(self.weighing), "words": self.lexicon.words, "meant": self.spelling.meant}
        (folder / "comprehension.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Comprehension:
        """Raises EncoderMissing or ValueError when the files are not a whole model of this version."""
        model = IntentModel.load(folder)
        kept = json.loads((folder / "comprehension.json").read_text(encoding="utf-8"))
        encoder, lexicon = Encoder.load(folder), Lexicon(kept["words"])
        spelling = _spelling(kept["meant"], lexicon, encoder.tokenizer)
        return cls(model, encoder, lexicon, Weighing(**kept["weighing"]), spelling)

    def questions(self, texts: Sequence[str]) -> list[list[Question]]:
        """One list for each text, never empty."""
        clauses = [split(t) for t in texts]
        pieces = list(
            dict.fromkeys(t for text, cs in zip(texts, clauses, strict=True) for t in (text, *(c.text for c in cs)))
        )
        if not pieces:
            return []
        right = [self.spelling.right(piece) for piece in pieces]
        rows = self.model.probabilities(right, self.encoder.encode(right))
        at = {piece: row for row, piece in enumerate(pieces)}
        return [
            questions_in(
                text, cs, self.model.classes, rows[at[text]], rows[[at[c.text] for c in cs]],
                [self._about(c.text) for c in cs],
                frozenset() if any(c.asks for c in cs) else self._told(text), self.weighing,
            )
            for text, cs in zip(texts, clauses, strict=True)
        ]  # fmt: skip

    def _about(self, text: str) -> frozenset[str]:
        mentions = self.reader.mentions(text)
        named = [("certification", mentions.certifications), ("role", mentions.roles)]
        return frozenset(f"{kind}:{name}" for kind, names in named for name in names)

    def _told(self, text: str) -> frozenset[str]:
        held = any(_held(fact) for fact in self.reader.read(text).facts)
        return frozenset(["state_goal"] * wishes(text) + ["state_experience"] * held)


def _spelling(meant: Mapping[str, int], lexicon: Lexicon, tokenizer: Tokenizer) -> Spelling:
    names = (word for alias in lexicon.words for word in alias.split())
    return Spelling(meant, {*names, *tokenizer.get_vocab()})


def _held(fact: Fact) -> bool:
    return fact.kind in HELD and fact.polarity != "wants"
