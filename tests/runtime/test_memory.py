"""A process keeps no more than it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.nlu import encoder
from bot.nlu.reading import reader_for
from bot.nlu.understanding import Understanding
from bot.runtime.settings import ROOT

THREADS = """
import json
from bot.runtime.quiet import prepare
prepare()
import numpy as np
from threadpoolctl import threadpool_info
np.ones((200, 200)) @ np.ones((200, 200))
print(json.dumps([p["num_threads"] for p in threadpool_info()]))
"""


def test_products_are_made_by_one_thread() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", THREADS], capture_output=True, text=True, cwd=ROOT, check=True, env={"PATH": "/usr/bin"}
    )
    found = json.loads(ran.stdout)
    assert found
    assert set(found) == {1}


@pytest.mark.model
def test_a_loaded_encoder_holds_no_second_copy_and_remembers_a_bounded_number(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comprehension = Understanding.load(model).comprehension
    with pytest.raises(ValueError, match="saved already"):
        comprehension.encoder.save(tmp_path)
    monkeypatch.setattr(encoder, "KEPT", 3)
    comprehension.encoder.encode(["one", "two", "three", "one", "four"])
    comprehension.encoder.encode(["one"])
    comprehension.encoder.encode(["five"])
    assert list(comprehension.encoder._known)[-2:] == ["one", "five"]
    assert len(comprehension.encoder._known) == 3


@pytest.mark.model
def test_all_parts_that_read_share_one_reader(model: Path) -> None:
    understanding = Understanding.load(model)
    assert understanding.reader is understanding.comprehension.reader
    assert understanding.reader is reader_for(understanding.comprehension.lexicon)
