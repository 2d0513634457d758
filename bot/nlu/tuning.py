"""Fine-tunes the sentence encoder's upper layers and the classifier on them. TensorFlow; for training only."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.nlu.encoder import Base, padded
from bot.nlu.variation import Variation

LONGEST = 64  # word pieces; longer lines are cut for training, not when a message is read


@dataclass(frozen=True)
class Pace:
    """How often and in what steps lines are learnt. ``rate`` is for the encoder, ``head_rate`` for what stands on it.

    ``smoothing`` keeps the confidences honest without a second fit.
    """

    epochs: int = 5
    rate: float = 1.5e-4
    head_rate: float = 1e-2
    batch: int = 32
    smoothing: float = 0.1
    dropout: float = 0.1
    seed: int = 7


@dataclass(frozen=True)
class Tuning(Pace):
    """``frozen``: lower layers left as they are."""

    frozen: int = 3
    scale: float = 10.0


@dataclass(frozen=True)
class Tuned:
    """``weights``: all of the encoder's, by name. ``head`` (size, classes) and ``bias`` act on vectors of length 1."""

    weights: dict[str, np.ndarray]
    head: np.ndarray
    bias: np.ndarray


def tune(base: Base, texts: Sequence[str], labels: np.ndarray, variation: Variation, options: Tuning) -> Tuned:
    """``labels`` are class numbers from 0. The same lines give the same weights on the same machine."""
    import tensorflow as tf  # seconds to import, and never needed to answer

    tf.keras.utils.set_random_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - repeatable, not secret
    encoder = Network(tf, base, options.frozen, options.dropout)
    counts = np.bincount(labels)
    # Half-way between every line and every class counting the same.
    balance = np.sqrt(np.median(counts) / counts).clip(0.5, 2.5).astype(np.float32)
    head = tf.Variable(tf.keras.initializers.GlorotUniform(options.seed)((base.config["hidden_size"], len(counts))))
    bias = tf.Variable(tf.zeros(len(counts)))
    learn = learner(tf, encoder.trained, [head, bias], options, len(texts))
    port = tf.TensorSpec((None, None), tf.int32)

    rows_of = (tf.TensorSpec((None,), tf.int32), tf.TensorSpec((None,), tf.float32))

    @tf.function(input_signature=[port, port, *rows_of], autograph=False)
    def step(ids: Any, mask: Any, truth: Any, share: Any) -> None:
        with tf.GradientTape() as tape:
            scores = (tf.matmul(encoder.vectors(ids, mask), head) + bias) * options.scale
            loss = tf.keras.losses.categorical_crossentropy(
                tf.one_hot(truth, len(counts)), scores, from_logits=True, label_smoothing=options.smoothing
            )
            loss = tf.reduce_mean(loss * share)
        learn(tape, loss)

    for _ in range(options.epochs):
        pieces = [e.ids[:LONGEST] for e in base.tokenizer.encode_batch([variation.of(t, chance) for t in texts])]
        for rows in batches([len(p) for p in pieces], options.batch, chance):
            ids, mask = padded([pieces[r] for r in rows])
            step(ids.astype(np.int32), mask.astype(np.int32), labels[rows].astype(np.int32), balance[labels[rows]])
    return Tuned(encoder.numbers(), head.numpy() * options.scale, bias.numpy() * options.scale)


def learner(tf: Any, inner: Sequence[Any], outer: Sequence[Any], pace: Pace, lines: int) -> Callable[[Any, Any], None]:
    """Takes a step down from a tape and a loss, shorter from step to step: of the encoder and of what stands on it."""
    steps = pace.epochs * math.ceil(lines / pace.batch)
    falling = tf.keras.optimizers.schedules.PolynomialDecay
    of_inner = tf.keras.optimizers.Adam(falling(pace.rate, steps, 0.0))
    of_outer = tf.keras.optimizers.Adam(falling(pace.head_rate, steps, 1e-4))
    of_inner.build(inner)
    of_outer.build(outer)

    def learn(tape: Any, loss: Any) -> None:
        gradients = tape.gradient(loss, [*inner, *outer])
        gradients, _ = tf.clip_by_global_norm(gradients, 1.0)
        of_inner.apply_gradients(zip(gradients[: len(inner)], inner, strict=True))
        of_outer.apply_gradients(zip(gradients[len(inner) :], outer, strict=True))

    return learn


def batches(lengths: Sequence[int], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Every row once, in random order but beside rows of like length, so that little work is wasted on padding."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    batches = []
    for start in range(0, len(order), 8 * size):
        alike = sorted(order[start : start + 8 * size], key=lengths.__getitem__)
        batches += [alike[i : i + size] for i in range(0, len(alike), size)]
    chance.shuffle(batches)
    yield from batches


class Network:
    """The network of :mod:`bot.nlu.encoder_graph`, with dropout, and variables for the layers that learn.

    ``frozen`` lower layers are left as they are; of ``layers``, where told, the others are not used.
    """

    def __init__(self, tf: Any, base: Base, frozen: int, dropout: float, layers: int | None = None) -> None:
        self._tf = tf
        self._config = base.config
        self._dropout = dropout
        self._layers = layers or int(base.config["num_hidden_layers"])
        self._weights: dict[str, Any] = {}
        for name, value in base.weights.items():
            layer = int(name.split(".")[2]) if name.startswith("encoder.layer.") else -1
            if layer < self._layers:
                self._weights[name] = tf.Variable(value) if layer >= frozen else tf.constant(value)
        self.trained = [w for w in self._weights.values() if isinstance(w, tf.Variable)]

    def numbers(self) -> dict[str, np.ndarray]:
        return {name: np.asarray(weight.numpy()) for name, weight in self._weights.items()}

    def vectors(self, ids: Any, mask: Any) -> Any:
        """One of length 1 for each text."""
        tf = self._tf
        seen = tf.cast(mask, tf.float32)
        return tf.math.l2_normalize(tf.reduce_sum(self.pieces(ids, mask) * seen[:, :, None], 1), -1)

    def pieces(self, ids: Any, mask: Any, added: Any = 0.0) -> Any:
        """One vector for each word piece. ``added`` comes to what the layers are given."""
        tf, weights = self._tf, self._weights
        seen = tf.cast(mask, tf.float32)
        bias = (1.0 - seen)[:, None, None, :] * -10000.0
        places = weights["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        words = tf.gather(weights["embeddings.word_embeddings.weight"], ids)
        x = words + places + weights["embeddings.token_type_embeddings.weight"][0]
        x = self._dropped(self._normed(x, "embeddings.LayerNorm")) + added
        for layer in range(self._layers):
            x = self._layer(x, f"encoder.layer.{layer}", bias)
        return x

    def _layer(self, x: Any, name: str, bias: Any) -> Any:
        tf, size = self._tf, self._config["hidden_size"]
        heads = self._config["num_attention_heads"]
        shape = tf.shape(x)

        def apart(part: str) -> Any:
            y = self._dense(x, f"{name}.attention.self.{part}")
            return tf.transpose(tf.reshape(y, [shape[0], shape[1], heads, size // heads]), [0, 2, 1, 3])

        scores = tf.matmul(apart("query"), apart("key"), transpose_b=True) / math.sqrt(size // heads) + bias
        mixed = tf.matmul(self._dropped(tf.nn.softmax(scores, -1)), apart("value"))
        together = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [shape[0], shape[1], size])
        attended = self._dropped(self._dense(together, f"{name}.attention.output.dense"))
        x = self._normed(x + attended, f"{name}.attention.output.LayerNorm")
        wide = tf.nn.gelu(self._dense(x, f"{name}.intermediate.dense"), approximate=False)
        return self._normed(x + self._dropped(self._dense(wide, f"{name}.output.dense")), f"{name}.output.LayerNorm")

    def _dense(self, x: Any, name: str) -> Any:
        # Kept as stored (out, in): a three-dimensional product with the transpose flag would not broadcast.
        return self._tf.einsum("bli,oi->blo", x, self._weights[f"{name}.weight"]) + self._weights[f"{name}.bias"]

    def _normed(self, x: Any, name: str) -> Any:
        mean, variance = self._tf.nn.moments(x, [-1], keepdims=True)
        scaled = (x - mean) * self._tf.math.rsqrt(variance + self._config["layer_norm_eps"])
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _dropped(self, x: Any) -> Any:
        return self._tf.nn.dropout(x, self._dropout) if self._dropout else x
