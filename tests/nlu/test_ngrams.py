from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.linear_model import LogisticRegression

from bot.nlu.ngrams import KINDS, STRENGTH, NGrams, _vectorizer

TEXTS = [
    *("what does it cost", "what is the cost", "cost of the exam"),
    *("the exam, how long", "how long is the exam", "long exam?"),
    *("hello there", "hello", "oh, hello"),
]
LABELS = np.repeat([0, 1, 2], 3)


def test_read_without_scikit_learn_it_says_what_scikit_learn_says() -> None:
    asked = [*TEXTS, "the cost of a long long exam", "zzz", "", "COST"]
    vectorizers = [_vectorizer(kind).fit(TEXTS) for kind in KINDS]
    seen, new = (hstack([v.transform(texts) for v in vectorizers]).tocsr() for texts in (TEXTS, asked))
    theirs = LogisticRegression(C=STRENGTH).fit(seen, LABELS).predict_proba(new)
    assert NGrams.fit(TEXTS, LABELS).probabilities(asked) == pytest.approx(theirs, abs=0.01)


def test_kept_and_read_again_it_says_the_same(tmp_path: Path) -> None:
    ngrams = NGrams.fit(TEXTS, LABELS)
    ngrams.save(tmp_path)
    assert np.array_equal(NGrams.load(tmp_path).probabilities(TEXTS), ngrams.probabilities(TEXTS))
