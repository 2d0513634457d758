"""The experience reader as Rasa trains, keeps and loads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.experience import ExperienceReader

TAUGHT = """mentions:
- "round here I wear the hat of a [planner](role has)"
- "the hat I wear is that of a [nurse](role has), said the [planner](role none)"
- "a [nurse](role none) from next door shouted at us"
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> ExperienceReader:
    """Taught hardly anything: what counts is that all of it is there again."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "some.yml").write_text(TAUGHT, encoding="utf-8")
    config = {**ExperienceReader.get_default_config(), "mentions": str(folder), "layers": 1, "epochs": 1}
    (folder / "storage").mkdir()
    storage, resource = LocalModelStorage.create(folder / "storage"), Resource("reader")
    context = ExecutionContext(GraphSchema({}))
    ExperienceReader.create(config, storage, resource, context).train(TrainingData())
    return ExperienceReader.load(config, storage, resource, context)


def test_what_was_trained_reads_messages(trained: ExperienceReader) -> None:
    message, button = Message({"text": "I have been a planner for six years."}), Message({"text": "/greet"})
    trained.process([message, button])
    (fact,) = message.get("facts")
    assert (fact["id"], fact["polarity"], fact["months"]) == ("planner", "has", [72, 72])
    assert (message.get("roles"), message.get("certifications")) == (["planner"], [])
    assert button.get("facts") is None


def test_what_no_rule_claims_is_weighed(trained: ExperienceReader) -> None:
    assert trained._reader is not None
    assert trained._reader.judge is not None
    plain, marked = trained._reader.marked("the hat of a planner")
    assert trained._reader.judge(plain.text, marked).keys() <= {marked[0].named}


def test_a_wrong_mark_is_named_before_anything_is_trained(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text('mentions:\n- "a [planner](role had)"\n', encoding="utf-8")
    config = {**ExperienceReader.get_default_config(), "mentions": str(tmp_path)}
    storage = LocalModelStorage.create(tmp_path / "storage")
    reader = ExperienceReader.create(config, storage, Resource("reader"), ExecutionContext(GraphSchema({})))
    with pytest.raises(ValueError, match=r"some\.yml, line 2"):
        reader.train(TrainingData())
