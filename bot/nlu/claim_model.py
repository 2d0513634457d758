"""Weighs what a message tells of the names that no rule claims: a small encoder that sees where they stand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from bot.experience.facts import POLARITIES, Polarity
from bot.experience.judging import Marked
from bot.experience.lexicon import Lexicon
from bot.experience.names import Named
from bot.experience.plain import Plain
from bot.experience.reader import Reader
from bot.nlu.claim_tuning import ClaimTuning, Lesson, teach
from bot.nlu.encoder import Base, EncoderMissing, load_tokenizer, session, sha256
from bot.nlu.mentions import KINDS, STATES, Mention, Message
from bot.nlu.ngrams import softmax

SURE = 0.9
"""How likely a state must be for a fact to be made of it."""
_TOLD: tuple[Polarity, ...] = ("has", "lacks", "studying", "lapsed")
_POLARITY = {STATES.index(told): told for told in _TOLD}
_MARKS = {(kind, state): 1 + n for n, (kind, state) in enumerate((k, s) for k in KINDS for s in ("", *POLARITIES))}
"""0 is for words that name nothing."""


class ClaimModel:
    """A :data:`bot.experience.judging.Judge`."""

    def __init__(self, graph: bytes | Path, tokenizer: Tokenizer) -> None:
        """``graph``: as just taught, or its file."""
        self._graph = graph if isinstance(graph, bytes) else None
        self._session = session(graph)
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
            build_claims(
                taught.weights, taught.marks, taught.head, taught.bias, base.config, tuning.layers, graph
            )  # fmt: skip
            return cls(graph.read_bytes(), base.tokenizer)

    def save(self, folder: Path) -> None:
        """For one just taught; a loaded one has its files already."""
        if self._graph is None:
            raise ValueError("A claim model that was loaded is saved already.")
        (folder / "claims.onnx").write_bytes(self._graph)
        (folder / "claims.sha256").write_text(sha256(folder / "claims.onnx"), encoding="utf-8")
        self._tokenizer.save(str(folder / "claims_tokenizer.json"))

    @classmethod
    def load(cls, folder: Path) -> ClaimModel:
        """Raises EncoderMissing when a file is missing or damaged."""
        try:
            expected = (folder / "claims.sha256").read_text(encoding="utf-8")
            found = sha256(folder / "claims.onnx")
        except FileNotFoundError as error:
            raise EncoderMissing("The trained model has no claim model; run `coach train`.") from error
        if found != expected:
            raise EncoderMissing("The trained model's claim model is damaged; run `coach train --force`.")
        return cls(folder / "claims.onnx", load_tokenizer(folder / "claims_tokenizer.json"))

    def __call__(self, text: str, marked: Sequence[Marked]) -> dict[Named, Polarity]:
        """Wishes are left to the rules: what people ask about, they seem to wish."""
        return {
            named: _POLARITY[int(row.argmax())]
            for named, row in self.probabilities(text, marked)
            if row.max() >= SURE and int(row.argmax()) in _POLARITY
        }

    def probabilities(self, text: str, marked: Sequence[Marked]) -> list[tuple[Named, np.ndarray]]:
        """Of each state, for each that the rules leave; what stands behind the longest text read is left out."""
        pieces = self._tokenizer.encode(text)
        given = {"input_ids": np.array([pieces.ids]), "marks": np.array([_marks(pieces, marked)])}
        rows = softmax(self._session.run(None, given)[0][0])
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
