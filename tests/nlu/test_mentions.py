"""Lines with marks, read as messages with what is named in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.experience.judging import KINDS
from bot.nlu.mentions import STATES, Mention, read_mentions, unmarked
from bot.runtime.settings import ROOT


def test_a_line_is_the_message_with_its_marks_taken_out() -> None:
    message = unmarked("My [boss](role none) says no [degree](education lacks), fine.")
    assert message.text == "My boss says no degree, fine."
    assert message.mentions == (Mention(3, 7, "role", "none"), Mention(16, 22, "education", "lacks"))
    assert [message.text[m.start : m.end] for m in message.mentions] == ["boss", "degree"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("I am a [planner](role holds).", "write one of role, certification, education and of has, lacks"),
        ("I am a [planner](job has).", "no mark"),
        ("I am a [planner](role has", "a bracket is not closed"),
        ("I am a [planner](role).", "a bracket is not closed"),
    ],
)
def test_a_mark_that_is_none_is_named_with_file_and_line(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text(f'mentions:\n- "Hello."\n- "{line}"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.yml, line 3: ") as raised:
        read_mentions(tmp_path)
    assert said in str(raised.value)


def test_what_is_trained_on_has_every_kind_in_every_state_many_times() -> None:
    told = [(m.kind, m.state) for message in read_mentions(ROOT / "data" / "mentions") for m in message.mentions]
    rare = {("role", "studying"), ("role", "lapsed"), ("education", "lapsed")}  # nobody says these
    for kind in KINDS:
        for state in STATES:
            assert (kind, state) in rare or told.count((kind, state)) >= 15, (kind, state)
