"""Trains the claim model: an encoder's lower layers and a decision for each name. TensorFlow; for training only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.nlu.encoder import Base, padded
from bot.nlu.tuning import Network, Pace, batches, learner


@dataclass(frozen=True)
class ClaimTuning(Pace):
    """``layers``: the lower ones, which are all there are.

    ``unmarked``: the share of messages in which the model has to do without what the rules say.
    """

    rate: float = 3e-4
    head_rate: float = 3e-3
    batch: int = 16
    smoothing: float = 0.05
    layers: int = 3
    unmarked: float = 0.2


@dataclass(frozen=True)
class Lesson:
    """A message in word pieces: their ids, the mark each has, its state where it belongs to a name and else -1.

    ``weights``: the pieces of one name count together as one.
    """

    ids: Sequence[int]
    marks: Sequence[int]
    states: Sequence[int]
    weights: Sequence[float]


@dataclass(frozen=True)
class Taught:
    """``weights``: the encoder's, by name. ``marks`` (kinds, size) is added to the words' vectors; ``head`` (size,
    states) and ``bias`` act on the pieces' vectors."""

    weights: dict[str, np.ndarray]
    marks: np.ndarray
    head: np.ndarray
    bias: np.ndarray


def teach(base: Base, lessons: Sequence[Lesson], marks: int, states: int, options: ClaimTuning) -> Taught:
    """``marks`` and ``states`` tell how many there are."""
    import tensorflow as tf  # seconds to import, and never needed to answer

    tf.keras.utils.set_random_seed(options.seed)
    chance = random.Random(options.seed)  # noqa: S311 - repeatable, not secret
    network = Network(tf, base, 0, options.dropout, options.layers)
    size = base.config["hidden_size"]
    table = tf.Variable(tf.zeros((marks, size)))
    head = tf.Variable(tf.keras.initializers.GlorotUniform(options.seed)((size, states)))
    bias = tf.Variable(tf.zeros(states))
    own = [table, head, bias]
    learn = learner(tf, network.trained, own, options, len(lessons))
    whole, part = tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None, None), tf.float32)

    @tf.function(input_signature=[whole, whole, whole, whole, part], autograph=False)
    def step(ids: Any, mask: Any, marked: Any, truth: Any, share: Any) -> None:
        with tf.GradientTape() as tape:
            scores = tf.matmul(network.pieces(ids, mask, tf.gather(table, marked)), head) + bias
            wanted = tf.one_hot(tf.maximum(truth, 0), states)
            loss = tf.keras.losses.categorical_crossentropy(
                wanted, scores, from_logits=True, label_smoothing=options.smoothing
            )
            loss = tf.reduce_sum(loss * share) / (tf.reduce_sum(share) + 1e-6)
        learn(tape, loss)

    for _ in range(options.epochs):
        for rows in batches([len(lesson.ids) for lesson in lessons], options.batch, chance):
            some = [lessons[r] for r in rows]
            ids, mask = padded([lesson.ids for lesson in some])
            marked, _ = padded([[0] * len(s.ids) if chance.random() < options.unmarked else s.marks for s in some])
            truth, _ = padded([s.states for s in some])
            share = np.zeros(ids.shape, dtype=np.float32)
            for row, lesson in enumerate(some):
                share[row, : len(lesson.weights)] = lesson.weights
            step(*(a.astype(np.int32) for a in (ids, mask, marked, truth)), share)
    return Taught(network.numbers(), *(np.asarray(variable.numpy()) for variable in own))
