from pathlib import Path

import pytest

from bot.experience.lexicon import Lexicon
from bot.experience.reader import Reader
from bot.knowledge.reading import assemble, read_folder


@pytest.fixture(scope="session")
def reader() -> Reader:
    placed, mistakes = read_folder(Path(__file__).parents[2] / "data" / "knowledge")
    assert mistakes == []
    return Reader(Lexicon.of(assemble(placed)))
