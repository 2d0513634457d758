import random

from bot.experience.lexicon import ELSEWHERE, Lexicon
from bot.knowledge.content import Knowledge
from bot.nlu.classifier import _names
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


def test_a_role_of_another_trade_never_becomes_one_of_ours(knowledge: Knowledge) -> None:
    lexicon = Lexicon.of(knowledge)
    variation = _names(lexicon, knowledge)
    said = {variation.of("how do I become a lawyer", random.Random(seed)).lower() for seed in range(300)}
    assert len(said) > 20
    ours = [name for name, key in lexicon.words.items() if key.startswith("role:") and "other" not in key]
    projects = [name for name in ours if name.split()[0] in ("project", "programme", "portfolio", "pmo", "scrum")]
    assert projects
    assert not said & {f"how do i become a {name}" for name in projects}


def test_a_paper_of_another_profession_never_becomes_one_of_ours_nor_the_reverse(knowledge: Knowledge) -> None:
    lexicon = Lexicon.of(knowledge)
    variation = _names(lexicon, knowledge)
    theirs = {name for name, key in lexicon.words.items() if key == ELSEWHERE}
    for asked, foreign in (("what does the cissp cost", True), ("what does the pgmp cost", False)):
        said = {variation.of(asked, random.Random(seed)).lower() for seed in range(300)}
        named = {text.removeprefix("what does the ").removesuffix(" cost") for text in said}
        assert len(named) > 20
        assert bool(named & (theirs - {"cissp"})) == foreign
        assert not foreign or not named & {"pmp", "prince2", "itil foundation", "capm"}
