"""The experience reader as a part of Rasa's pipeline."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.experience.lexicon import Lexicon
from bot.experience.reader import Reader
from bot.knowledge.reading import assemble, read_folder
from bot.nlu.claim_model import ClaimModel
from bot.nlu.claim_tuning import ClaimTuning
from bot.nlu.encoder import load_base
from bot.nlu.mentions import read_mentions
from bot.nlu.reading import load_reader, reader_for
from bot.runtime.settings import ROOT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ExperienceReader(GraphComponent):
    """Sets ``facts``, ``certifications`` and ``roles``. The words come from the content as it was when trained."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, reader: Reader | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ExperienceReader:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> ExperienceReader:  # fmt: skip
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, load_reader(Path(folder)))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``knowledge``: the folder whose names and aliases are read; ``mentions``: the one with what is learnt from;
        ``weights``: a folder with another encoder. The rest: see :class:`ClaimTuning`."""
        own = {"knowledge": "data/knowledge", "mentions": "data/mentions", "weights": None}
        return {**own, **vars(ClaimTuning())}

    def train(self, training_data: TrainingData) -> Resource:
        lexicon = Lexicon.of(assemble(read_folder(ROOT / self._config["knowledge"])[0]))
        messages = read_mentions(ROOT / self._config["mentions"])
        tuning = ClaimTuning(**{f.name: self._config[f.name] for f in fields(ClaimTuning)})
        claims = ClaimModel.train(messages, load_base(self._config["weights"]), lexicon, tuning)
        self._reader = reader_for(lexicon, claims)
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / "lexicon.json").write_text(json.dumps(lexicon.words, ensure_ascii=False), encoding="utf-8")
            claims.save(Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        if self._reader is None:
            raise RuntimeError("The experience reader has not been trained.")
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            reading = self._reader.read(text)
            message.set("facts", [fact.to_dict() for fact in reading.facts], add_to_output=True)
            message.set("certifications", list(reading.certifications), add_to_output=True)
            message.set("roles", list(reading.roles), add_to_output=True)
        return messages
