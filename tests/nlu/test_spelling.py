import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.spelling import SEEN, Spelling, counted

MEANT = {"certification": 40, "renewal": 9, "renewed": 7, "price": 12, "prize": 5, "manager": 60, "experience": 30}


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(MEANT, {"plumber", "is", "the", "wage"})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("certificaton", "certification"),
        ("certifcatoin", "certification"),
        ("renewel", "renewal"),
        ("Exprience", "experience"),
        ("manger", "manager"),
        ("wot is the renewl", "what is the renewal"),
        ("abt u", "about you"),
    ],
)
def test_a_letter_or_two_wrong_are_put_right(spelling: Spelling, written: str, read: str) -> None:
    assert spelling.right(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "the plumber",  # known, and none of ours
        "managers",  # another form of a known word
        "PMMBOK",  # initials
        "wages",
        "prix",  # too short to tell
        "xylophonist",  # near nothing
        "12/7 :-) …",
    ],
)
def test_what_may_be_right_is_left_as_it_is(spelling: Spelling, written: str) -> None:
    assert spelling.right(written) == written


def test_of_words_as_near_the_one_most_used_is_meant(spelling: Spelling) -> None:
    assert spelling.right("prixe") == "price"


@given(st.lists(st.sampled_from([*MEANT, "plumber", "is", "?"])).map(" ".join))
def test_right_words_stay(text: str) -> None:
    assert Spelling(MEANT, {"plumber", "is"}).right(text) == text


def test_slips_of_the_training_lines_are_no_words() -> None:
    assert counted(["the exam"] * SEEN + ["the exma"]) == {"exam": SEEN, "the": SEEN + 1}
