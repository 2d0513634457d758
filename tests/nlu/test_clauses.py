import pytest

from bot.nlu.clauses import asks, split, wishes


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("What is it? How much is it?", ["What is it?", "How much is it?"]),
        ("what is it and how much is it", ["what is it", "and how much is it"]),
        ("I ran a PMO for years. Am I ready?", ["I ran a PMO for years.", "Am I ready?"]),
        ("thanks, what next?", ["thanks,", "what next?"]),
        ("I'd like to know what it costs", ["I'd like to know what it costs"]),
        ("planning and control of work", ["planning and control of work"]),
        ("Sorry, the planner job was two years", ["Sorry, the planner job was two years"]),
        ("oh sorry.\nwhat next?", ["oh sorry.\nwhat next?"]),
        ("sorry", ["sorry"]),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    assert [c.text for c in split(text)] == pieces


def test_pieces_stand_where_they_say() -> None:
    text = "  I ran a PMO.\n\nAm I ready – and how long does it take?  "
    assert [text[c.start : c.end] for c in split(text)] == [c.text for c in split(text)]


@pytest.mark.parametrize("text", ["", "   ", "?!", "..."])
def test_nothing_to_read_has_no_pieces(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize("text", ["is it hard", "tell me more", "so what now", "costs?", "any advice on this"])
def test_form_of_a_question(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["I run a PMO", "not yet certified", "is", "my boss is kind"])
def test_form_of_a_statement(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["I'd love a desk job", "now retraining as a nurse", "hoping to move", "wanna lead"])
def test_form_of_a_wish(text: str) -> None:
    assert wishes(text)


@pytest.mark.parametrize("text", ["I run a PMO", "I wanted that job once", "my work is planning", "I look after six"])
def test_what_is_told_is_no_wish(text: str) -> None:
    assert not wishes(text)


def test_the_number_of_an_item_is_no_part_of_its_words() -> None:
    found = split("1) What does it cost? 2) how long is the exam")
    assert [(c.text, c.asks) for c in found] == [("What does it cost?", True), ("how long is the exam", True)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("(a) what is the cost (b) how long (c) renewal?", ["what is the cost", "how long", "renewal?"]),
        ("My questions: 1. cost of PMP 2. is it hard", ["My questions:", "cost of PMP", "is it hard"]),
        ("a) cost? b) exam?", ["cost?", "exam?"]),
    ],
)
def test_each_item_of_a_list_is_a_clause(text: str, items: list[str]) -> None:
    found = split(text)
    assert [c.text for c in found] == items
    assert [text[c.start : c.end] for c in found] == items


def test_a_number_that_does_not_count_on_is_no_list() -> None:
    assert [c.text for c in split("I hold level 2. What is level 3)?")] == ["I hold level 2.", "What is level 3)?"]


def test_a_statement_that_lost_its_subject_asks_nothing() -> None:
    assert [c.asks for c in split("Was a teacher for years. Have a degree")] == [False, False]
    assert [c.asks for c in split("Was a degree needed? Have the rules changed?")] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "I ran an office for two years, which taught me what a sponsor is for",
        "Planner at a port, where I look after the berths",
        "I am a programme manager in rail for ten years, who understands signalling and can dig a trench",
    ],
)
def test_what_is_told_behind_a_comma_goes_on(text: str) -> None:
    assert [c.asks for c in split(text)] == [False]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("PMP or CAPM, which is better", "which is better"),
        ("I hold the CAPM, which should I take next", "which should I take next"),
        ("Two years as an analyst behind me, who takes me?", "who takes me?"),
        ("I'm done here, where do I go", "where do I go"),
    ],
)
def test_what_is_asked_behind_a_comma_begins_anew(text: str, asked: str) -> None:
    assert [(c.text, c.asks) for c in split(text)][-1] == (asked, True)
