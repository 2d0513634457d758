"""Which intent a piece of text has: a linear model over sentence vectors and character n-grams, with honest doubt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.nlu.encoder import Encoder

NOT_UNDERSTOOD = "not_understood"
FORMAT = 1


@dataclass(frozen=True)
class Options:
    """``strength`` is the inverse of regularisation; ``characters`` weighs the n-grams beside the vector.

    ``near`` and ``far``: at the similarity ``near`` to the closest training line a text is certainly of our world, at
    ``far`` certainly not.
    """

    strength: float = 8.0
    characters: float = 0.6
    folds: int = 5
    near: float = 0.45
    far: float = 0.2


class IntentModel:
    """``classes`` are the intents in the order of the columns of :meth:`probabilities`."""

    def __init__(
        self, classes: list[str], weights: np.ndarray, bias: np.ndarray, words: TfidfVectorizer,
        examples: np.ndarray, temperature: float, options: Options,
    ) -> None:  # fmt: skip
        self.classes = classes
        self.temperature = temperature
        self.options = options
        self._weights = weights
        self._bias = bias
        self._words = words
        self._examples = examples

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], encoder: Encoder, options: Options | None = None
    ) -> IntentModel:
        """Needs at least two intents. The same lines give the same model."""
        options = options or Options()
        vectors, y = encoder.encode(texts), np.array(labels)
        words = _vectorizer().fit([_normal(t) for t in texts])
        features = _features(texts, vectors, words, options)
        folds = min(options.folds, int(np.unique(y, return_counts=True)[1].min()))
        fitted = _fit(features, y, options)
        classes = [str(c) for c in fitted.classes_]
        temperature = _temperature(features, y, classes, folds, options) if folds > 1 else 1.0
        weights, bias = _two_sided(fitted)
        return cls(
            classes,
            weights.astype(np.float32),
            bias.astype(np.float32),
            words,
            vectors.astype(np.float16),
            temperature,
            options,
        )

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """(texts, classes); a row sums to less than one by what speaks for "nothing known"."""
        features = _features(texts, vectors, self._words, self.options)
        scores = (features @ self._weights.T + self._bias) / self.temperature
        return np.asarray(softmax(scores, axis=1) * self.known(vectors)[:, None])

    def known(self, vectors: np.ndarray) -> np.ndarray:
        """From 0, unlike anything trained on, to 1."""
        nearest = (vectors @ self._examples.T.astype(np.float32)).max(axis=1)
        return np.asarray(np.clip((nearest - self.options.far) / (self.options.near - self.options.far), 0.0, 1.0))

    def save(self, folder: Path) -> None:
        described = {
            "format": FORMAT,
            "classes": self.classes,
            "temperature": self.temperature,
            "options": vars(self.options),
            "ngrams": sorted(self._words.vocabulary_, key=self._words.vocabulary_.__getitem__),
        }
        (folder / "intents.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / "intents.npz",
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            idf=self._words.idf_.astype(np.float32),
            examples=self._examples,
        )

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Raises ValueError when an older version of the coach made the model."""
        described = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
        if described["format"] != FORMAT:
            raise ValueError("The trained model is of another version of the coach; train it anew.")
        arrays = np.load(folder / "intents.npz", allow_pickle=False)
        words = _vectorizer(vocabulary={gram: i for i, gram in enumerate(described["ngrams"])})
        words.idf_ = arrays["idf"].astype(np.float64)
        return cls(
            described["classes"], arrays["weights"].astype(np.float32), arrays["bias"], words, arrays["examples"],
            described["temperature"], Options(**described["options"]),
        )  # fmt: skip


def _normal(text: str) -> str:
    return text.lower().replace("’", "'")


def _vectorizer(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), min_df=1 if vocabulary else 3, max_features=20_000, sublinear_tf=True,
        vocabulary=vocabulary, lowercase=False,
    )  # fmt: skip


def _features(texts: Sequence[str], vectors: np.ndarray, words: TfidfVectorizer, options: Options) -> np.ndarray:
    """Dense, float32: the vector, then the weighted n-grams."""
    grams = words.transform([_normal(t) for t in texts]).astype(np.float32)
    return np.hstack([vectors.astype(np.float32), options.characters * grams.toarray()])


def _fit(features: np.ndarray, y: np.ndarray, options: Options) -> LogisticRegression:
    return LogisticRegression(C=options.strength, max_iter=300, class_weight="balanced", tol=1e-3).fit(features, y)


def _two_sided(fitted: LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    """One row of weights per class, also where scikit-learn keeps a single row for two classes."""
    if len(fitted.classes_) > 2:
        return fitted.coef_, fitted.intercept_
    return np.vstack([-fitted.coef_, fitted.coef_]) / 2, np.concatenate([-fitted.intercept_, fitted.intercept_]) / 2


def _temperature(features: np.ndarray, y: np.ndarray, classes: list[str], folds: int, options: Options) -> float:
    """The divisor of the scores that makes held-out lines likeliest."""
    scores, truth = [], []
    for seen, held in StratifiedKFold(folds, shuffle=True, random_state=7).split(features, y):
        weights, bias = _two_sided(_fit(features[seen], y[seen], options))
        scores.append(features[held] @ weights.T + bias)
        truth.append([classes.index(label) for label in y[held]])
    together, right = np.vstack(scores), np.concatenate(truth)

    def loss(temperature: float) -> float:
        return float(-log_softmax(together / temperature, axis=1)[np.arange(len(right)), right].mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)
