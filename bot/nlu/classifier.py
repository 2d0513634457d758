"""The question classifier as a Rasa component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.experience.lexicon import ELSEWHERE, Lexicon
from bot.knowledge.content import Knowledge
from bot.knowledge.reading import assemble, read_folder
from bot.nlu.comprehension import Comprehension
from bot.nlu.encoder import load_base
from bot.nlu.intents import Options
from bot.nlu.questions import Question, Weighing
from bot.nlu.tuning import Tuning
from bot.nlu.variation import Variation
from bot.runtime.settings import ROOT

QUESTIONS = "questions"
FOREIGN = frozenset({"technical"})
"""Families of roles that people come from and do not ask about."""
APART = frozenset({"role:operations_manager", "role:line_manager", "role:consultant"})
"""Of our field or of another, as the case may be."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(IntentClassifier, GraphComponent):
    """Sets ``questions`` (a list, in the order asked), and Rasa's own ``intent`` from the first of them."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``weights``: a folder with another encoder. ``ignored``: intents that only buttons carry.

        ``knowledge``: the folder whose names stand for one another in training lines. The rest: see the classes.
        """
        own: dict[str, Any] = {"weights": None, "ignored": [], "knowledge": "data/knowledge"}
        return {**own, **vars(Tuning()), **vars(Options()), **vars(Weighing())}

    @staticmethod
    def required_packages() -> list[str]:
        return ["onnx", "onnxruntime", "safetensors", "spacy", "tensorflow", "tokenizers"]

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._comprehension: Comprehension | None = None

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:  # fmt: skip
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        ignored = set(self._config["ignored"])
        examples = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples if m.get(INTENT) not in ignored]
        knowledge = assemble(read_folder(ROOT / self._config["knowledge"])[0])
        lexicon = Lexicon.of(knowledge)
        self._comprehension = Comprehension.train(
            [t for t, _ in examples],
            [i for _, i in examples],
            load_base(self._config["weights"]),
            _names(lexicon, knowledge),
            _chosen(Tuning, self._config),
            _chosen(Options, self._config),
            _chosen(Weighing, self._config),
            lexicon,
        )
        with self._storage.write_to(self._resource) as folder:
            self._comprehension.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> QuestionClassifier:  # fmt: skip
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._comprehension = Comprehension.load(folder)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        if self._comprehension is None:
            raise RuntimeError("The question classifier has not been trained.")
        # A line that starts with a slash is a button's payload, which Rasa reads by itself.
        typed = [m for m in messages if m.get(TEXT) and not m.get(TEXT).startswith("/")]
        for message, questions in zip(typed, self._comprehension.questions([m.get(TEXT) for m in typed]), strict=True):
            _set(message, questions)
        return messages


def _set(message: Message, questions: list[Question]) -> None:
    first = questions[0]
    ranking = [(first.name, first.confidence), *first.alternatives]
    message.set(INTENT, {"name": first.name, "confidence": first.confidence}, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [{"name": n, "confidence": p} for n, p in ranking], add_to_output=True)
    message.set(QUESTIONS, [q.to_dict() for q in questions], add_to_output=True)


def _chosen(kind: Any, config: dict[str, Any]) -> Any:
    return kind(**{f.name: config[f.name] for f in fields(kind)})


def _names(lexicon: Lexicon, knowledge: Knowledge) -> Variation:
    """Short names are left alone: most are words of their own ("lead", "csm course").

    Roles and papers of other trades stand for one another and never for ours: with "portfolio manager" in the place of
    "lawyer", or "CPA" in that of "PMP", a question outside our subject and one inside would teach the same.
    """
    foreign = {"role:other", *(f"role:{r.id}" for r in knowledge.roles.values() if r.family in FOREIGN)}

    def named(least: int, most: int, fits: Callable[[str], bool]) -> list[str]:
        return [alias for alias, key in lexicon.words.items() if fits(key) and least <= len(alias) <= most]

    return Variation(
        [
            named(3, 24, lambda key: key.startswith("certification:") and key != ELSEWHERE),
            named(3, 28, lambda key: key == ELSEWHERE),
            named(6, 28, lambda key: key.startswith("role:") and key not in foreign | APART),
            named(6, 28, foreign.__contains__),
        ]
    )
