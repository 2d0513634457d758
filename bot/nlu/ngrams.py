"""Which intent the very words and letters speak for: what the encoder, which reads for meaning, passes over.

Fitted by scikit-learn; read without it, whose checks take longer for one message than encoding it.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

SEEN = 1_000
"""Texts whose scores are remembered."""
WORDS = 5_000
"""Words whose letters' n-grams are remembered."""

KINDS: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2), "min_df": 2},
    "letters": {"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 4},
}
"""One or two words, three to five letters within a word; ``min_df`` lines must hold one for it to count."""

STRENGTH = 6.0
"""Inverse of the regression's regularisation."""
STEPS = 60


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows to probabilities; SciPy's own asks so much about its input that it takes several times as long."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


class NGrams:
    """Logistic regression over both kinds of n-grams, each text's tf-idf of a kind having length 1."""

    def __init__(
        self, vocabulary: dict[str, list[str]], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray
    ) -> None:
        """``idf`` (n-grams) and ``weights`` (n-grams, classes) follow the kinds of ``vocabulary`` in their order."""
        self._vocabulary = vocabulary
        self._idf = idf.astype(np.float32)
        self._weights = weights.astype(np.float16)
        self._bias = bias
        self._places: dict[str, dict[str, int]] = {}
        first = 0
        for kind, grams in vocabulary.items():
            self._places[kind] = {gram: first + n for n, gram in enumerate(grams)}
            first += len(grams)
        self._words, self._letters = _analyser("words"), _analyser("letters")
        self._of_word = lru_cache(maxsize=WORDS)(self._letters_of)
        self._scores = lru_cache(maxsize=SEEN)(self._scored)

    @classmethod
    def fit(cls, texts: Sequence[str], labels: np.ndarray) -> NGrams:
        """``labels`` are class numbers from 0, three or more, each at least once."""
        from scipy.sparse import hstack  # scikit-learn and this are for training only
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import LogisticRegression

        vocabulary, idf, parts = {}, [], []
        for kind in KINDS:
            vectorizer = _vectorizer(kind)
            parts.append(vectorizer.fit_transform(texts))
            vocabulary[kind] = [str(gram) for gram in vectorizer.get_feature_names_out()]
            idf.append(vectorizer.idf_)
        with warnings.catch_warnings():  # that it might go on: more steps give no better answers
            warnings.simplefilter("ignore", ConvergenceWarning)
            fitted = LogisticRegression(C=STRENGTH, max_iter=STEPS).fit(hstack(parts).tocsr(), labels)
        return cls(vocabulary, np.concatenate(idf), fitted.coef_.T, fitted.intercept_)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """(texts, classes)."""
        return softmax(np.stack([self._scores(text) for text in texts]))

    def _scored(self, text: str) -> np.ndarray:
        scores = self._bias.astype(np.float32)
        words = _known(self._places["words"], self._words(text))
        letters = chain.from_iterable(map(self._of_word, text.lower().split()))
        for counts in (Counter(words), Counter(letters)):
            if counts:
                found = np.fromiter(counts, dtype=np.int64)
                values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self._idf[found]
                scores = scores + (values / np.linalg.norm(values)) @ self._weights[found].astype(np.float32)
        return scores

    def _letters_of(self, word: str) -> tuple[int, ...]:
        """None of them reaches over a space, so a word has the same wherever it stands."""
        return tuple(_known(self._places["letters"], self._letters(word)))

    def save(self, folder: Path) -> None:
        (folder / "ngrams.json").write_text(json.dumps(self._vocabulary, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / "ngrams.npz", idf=self._idf, weights=self._weights, bias=self._bias)

    @classmethod
    def load(cls, folder: Path) -> NGrams:
        arrays = np.load(folder / "ngrams.npz", allow_pickle=False)
        vocabulary = json.loads((folder / "ngrams.json").read_text(encoding="utf-8"))
        return cls(vocabulary, arrays["idf"], arrays["weights"], arrays["bias"])


def _vectorizer(kind: str) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, lowercase=True, **KINDS[kind])


def _known(places: Mapping[str, int], grams: Iterable[str]) -> Iterator[int]:
    return (place for gram in grams if (place := places.get(gram)) is not None)


def _analyser(kind: str) -> Callable[[str], list[str]]:
    """A text's n-grams, as they were counted in training."""
    analyse: Callable[[str], list[str]] = _vectorizer(kind).build_analyzer()
    return analyse
