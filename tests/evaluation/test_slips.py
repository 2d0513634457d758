import random

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.commands import unchanged
from bot.evaluation.slips import LEAST, slipped

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=1, max_size=8).map(" ".join)


@given(WORDS, st.integers())
def test_at_most_two_long_words_change_and_their_ends_stay(text: str, seed: int) -> None:
    before, after = text.split(" "), slipped(text, random.Random(seed)).split(" ")
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) <= 2
    for a, b in changed:
        assert len(a) >= LEAST
        assert (a[0], a[-1]) == (b[0], b[-1])
        assert abs(len(a) - len(b)) <= 1


def test_the_same_hand_slips_alike() -> None:
    text = "which certification should managers consider"
    assert slipped(text, random.Random(4)) == slipped(text, random.Random(4)) != text


def test_answers_that_stay_are_counted() -> None:
    def asking(*names: str) -> dict[str, list[dict[str, str]]]:
        return {"intents": [{"name": name} for name in names]}

    found = unchanged([asking("a"), asking("a", "b"), asking("c")], [asking("a"), asking("b"), asking("c")])
    assert (found["right"], found["of"]) == (2, 3)
