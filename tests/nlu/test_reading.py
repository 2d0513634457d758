"""One reader for all that read a message."""

from __future__ import annotations

import pytest

from bot.experience.lexicon import Lexicon
from bot.experience.names import Named, Names
from bot.nlu.reading import SharedReader

LEXICON = Lexicon({"planner": "role:planner", "capm": "certification:capm"})


def test_a_message_looked_through_for_names_is_not_looked_through_again_to_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts: list[str] = []
    find = Names.find

    def noted(self: Names, text: str) -> list[Named]:
        texts.append(text)
        return find(self, text)

    monkeypatch.setattr(Names, "find", noted)
    reader = SharedReader(LEXICON)
    named = reader.mentions("I am a planner with a CAPM.")
    read = reader.read("I am a planner with a CAPM.")
    assert texts == ["i am a planner with a capm."]
    assert (named.roles, named.certifications) == (["planner"], ["capm"])
    assert (read.roles, read.certifications) == (["planner"], ["capm"])
