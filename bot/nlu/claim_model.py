"""Weighs what a message tells of the names that no rule claims: a small encoder that sees where they stand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from tokenizers import Encoding, Tokenizer

from bot.experience.facts import POLARITIES, Polarity
from bot.experience.judging import KINDS, Marked
from bot.experience.lexicon import Lexicon
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.reader import Reader
from bot.nlu.claim_tuning import ClaimTuning, Lesson, teach
from bot.nlu.encoder import Base, Graph, load_tokenizer
from bot.nlu.mentions import STATES, Mention, Message
from bot.nlu.ngrams import softmax

SURE = 0.9
"""How likely a state must be for a fact to be made of it."""
_POLARITY: dict[int, Polarity] = {STATES.index(p): p for p in get_args(Polarity) if p != "wants"}
"""Wishes are left to the rules: what people ask about, they seem to wish."""
_MARKS = {(kind, state): 1 + n for n, (kind, state) in enumerate((k, s) for k in KINDS for s in ("", *POLARITIES))}
"""0 is for words that name nothing."""


class ClaimModel:
    """A :data:`bot.experience.judging.Judge`."""

    def __init__(self, graph: Graph, tokenizer: Tokenizer) -> None:
        self._graph = graph
        self._tokenizer = tokenizer

    @classmethod
    def train(cls, messages: Sequence[Message], base: Base, lexicon: Lexicon, tuning: ClaimTuning) -> ClaimModel:
        """The rules of ``lexicon``'s reader are what it learns to complete."""
        from bot.nlu.encoder_graph import build_claims  # onnx is slow to import and needed only here

        reader = Reader(lexicon)
        lessons = [_lesson(*reader.marked(m.text), m.mentions, base.tokenizer) for m in messages]
        taught = teach(base, lessons, len(_MARKS) + 1, len(STATES), tuning)
        with tempfile.TemporaryDirectory() as work:
            graph = Path(work) / "claims.onnx"
            build_claims(taught.weights, taught.marks, taught.head, taught.bias, base.config, tuning.layers, graph)
            return cls(Graph(graph.read_bytes()), base.tokenizer)

    def save(self, folder: Path) -> None:
        """For one just taught."""
        self._graph.save(folder, "claims")
        self._tokenizer.save(str(folder / "claims_tokenizer.json"))

    @classmethod
    def load(cls, folder: Path) -> ClaimModel:
        """Raises EncoderMissing when a file is missing or damaged."""
        return cls(Graph.load(folder, "claims", "claim model"), load_tokenizer(folder / "claims_tokenizer.json"))

    def __call__(self, text: str, marked: Sequence[Marked]) -> dict[Named, Polarity]:
        return {
            named: _POLARITY[int(row.argmax())]
            for named, row in self.probabilities(text, marked)
            if row.max() >= SURE and int(row.argmax()) in _POLARITY
        }

    def probabilities(self, text: str, marked: Sequence[Marked]) -> list[tuple[Named, np.ndarray]]:
        """Of each state, for each that the rules leave; what stands behind the longest text read is left out."""
        pieces = self._tokenizer.encode(text)
        rows = softmax(self._graph.run(input_ids=np.array([pieces.ids]), marks=np.array([_marks(pieces, marked)])))
        found = [(m.named, list(_within(pieces, m.named.start, m.named.end))) for m in marked if not m.claimed]
        return [(named, rows[places].mean(axis=0)) for named, places in found if places]


def _lesson(plain: Plain, marked: Sequence[Marked], mentions: Sequence[Mention], tokenizer: Tokenizer) -> Lesson:
    """What the rules name and nobody marked tells nothing; what is marked and not named counts all the same."""
    pieces = tokenizer.encode(plain.text)
    states, weights = [-1] * len(pieces.ids), [0.0] * len(pieces.ids)
    told = [(*_in_plain(plain, m), m) for m in mentions]
    spans = [(m.named.start, m.named.end, _state_of(m.named, told)) for m in marked]
    spans += [
        (start, end, STATES.index(m.state))
        for start, end, m in told
        if not any(k.named.start < end and start < k.named.end for k in marked)
    ]
    for start, end, state in spans:
        places = list(_within(pieces, start, end))
        for place in places:
            states[place], weights[place] = state, 1 / len(places)
    return Lesson(pieces.ids, _marks(pieces, marked), states, weights)


def _in_plain(plain: Plain, mention: Mention) -> tuple[int, int]:
    """Its places in the plain text; both 0 where none of it is left there."""
    inside = [n for n, place in enumerate(plain.places) if mention.start <= place < mention.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _state_of(named: Named, told: Sequence[tuple[int, int, Mention]]) -> int:
    over = (m for start, end, m in told if m.kind == named.kind and start < named.end and named.start < end)
    return STATES.index(next((m.state for m in over), "none"))


def _marks(pieces: Encoding, marked: Sequence[Marked]) -> list[int]:
    marks = [0] * len(pieces.ids)
    for m in marked:
        for place in _within(pieces, m.named.start, m.named.end):
            marks[place] = _MARKS[m.named.kind, m.claimed or ""]
    return marks


def _within(pieces: Encoding, start: int, end: int) -> Iterator[int]:
    """The word pieces that stand between two places of the text."""
    for place, (first, last) in enumerate(pieces.offsets):
        if first < last and first < end and start < last:
            yield place
