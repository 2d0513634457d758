import random

from bot.nlu.variation import Variation


def test_names_of_a_group_stand_for_one_another() -> None:
    said = {Variation([["PMP", "PgMP"]]).of("what is pmp", random.Random(seed)).lower() for seed in range(60)}
    assert any("pgmp" in text for text in said)


def test_a_name_inside_a_word_is_left() -> None:
    kept = [Variation([["cap", "PMP"]]).of("capital", random.Random(seed)) for seed in range(60)]
    assert not any("PMP" in text for text in kept)


def test_never_empty_and_always_the_same_for_a_seed() -> None:
    for text in ("?", "a", "", "...", "no!"):
        for seed in range(30):
            said = Variation().of(text, random.Random(seed))
            assert bool(said) == bool(text)
            assert said == Variation().of(text, random.Random(seed))
