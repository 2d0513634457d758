import pytest

from bot.experience.spelling import Speller

SPELL = Speller(["manager", "practitioner", "teacher", "programme", "analyst", "pmp"], known=["manor"])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("mangaer", "manager"), ("practicioner", "practitioner"), ("techer", "teacher"), ("programe", "programme")],
)
def test_puts_right(wrong: str, right: str) -> None:
    assert SPELL(wrong) == right


@pytest.mark.parametrize("word", ["managed", "manages", "teaching", "reacher", "pmq", "manor", "practical", "analyse"])
def test_leaves_other_words_alone(word: str) -> None:
    assert SPELL(word) == word
