"""Tables of the content: made once, and never those of another content."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.content import Knowledge


def test_a_table_is_made_once_for_a_content(knowledge: Knowledge) -> None:
    made = []

    def count(content: Knowledge) -> int:
        made.append(content)
        return len(content.advice)

    content, other = replace(knowledge), replace(knowledge, advice={})
    assert [content.once(count), content.once(count), other.once(count)] == [
        len(knowledge.advice),
        len(knowledge.advice),
        0,
    ]
    assert len(made) == 2
