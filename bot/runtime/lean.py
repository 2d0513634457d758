"""What Rasa costs without need, taken out in one place each; docs/performance.md has the measurements.

Everything here stands on names of Rasa 3.6.21; tests/runtime/test_lean.py fails when an upgrade moves one of them.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import rasa
from jsonschema import Draft7Validator
from rasa.core.actions.action import Action, ActionListen, RemoteAction, action_for_index
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.exceptions import AgentNotReady
from rasa.core.lock_store import LockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ActionLimitReached, ModelNotFound
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.actions import InProcessActions
from bot.runtime.conversations import restored
from bot.runtime.decisions import Decisions, by_turn
from bot.runtime.turns import AT_ONCE, AT_ONCE_ELSEWHERE, Turns

log = logging.getLogger(__name__)

LONGEST_RULE = 4
"""Actions of one turn; ours have one, and "listen"."""


def load_agent(model: str, store: TrackerStore, locks: LockStore, actions: EndpointConfig) -> Agent:
    """Rasa's agent around :class:`LeanProcessor`. Raises rasa.exceptions.ModelNotFound."""
    agent = LeanAgent(lock_store=locks, action_endpoint=actions)
    processor = LeanProcessor(model, store, locks, agent.nlg, actions)
    agent.processor = processor
    agent.domain = store.domain = processor.domain
    # Rasa wraps every store in one that loses turns in silence (reference/anchors.md, 4.5); ours fails loudly.
    agent.tracker_store = store
    return agent


class LeanAgent(Agent):
    """Rasa's agent with turns in threads. Whoever stops waiting does not end a turn, nor open the way for the next."""

    @cached_property
    def _turns(self) -> Turns:
        return Turns(AT_ONCE if isinstance(self.action_endpoint, InProcessActions) else AT_ONCE_ELSEWHERE)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        return await asyncio.shield(asyncio.ensure_future(self._in_order(message)))

    async def _in_order(self, message: UserMessage) -> list[dict[str, Any]] | None:
        if self.processor is None:
            raise AgentNotReady("The agent has no model.")
        async with self.lock_store.lock(message.sender_id):
            return await self._turns.take(self.processor.handle_message(message))


class LeanProcessor(MessageProcessor):
    """Rasa's processor: the same steps and events, and a message delivered twice is answered as it was before."""

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        archive = Path(model_path)
        if not archive.is_file():
            raise ModelNotFound(f"No model found at path '{archive}'.")
        with TemporaryDirectory() as folder:
            metadata, runner = load_predict_graph_runner(Path(folder), archive, RunningStorage, PlainRunner)
        return archive.name, metadata, runner

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        try:
            return await super().handle_message(message)
        except _AnsweredBefore as before:
            for answer in before.answers:
                await message.output_channel.send_response(message.sender_id, answer.message())
            return getattr(message.output_channel, "messages", None)

    async def _handle_message_with_tracker(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        answers = answers_to(message.message_id, list(tracker.events))
        if answers is not None:
            raise _AnsweredBefore(answers)
        if message.parse_data is None:
            message.parse_data = self._read(message, tracker)
        await super()._handle_message_with_tracker(message, tracker)

    def _read(self, message: UserMessage, tracker: DialogueStateTracker) -> Any:
        # Rasa would also ask whether the domain knows the intent, and make an empty domain each time to compare ours
        # with; intents and domain come out of one archive.
        return self._parse_message_with_graph(message, tracker)

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        predict = super()._predict_next_with_tracker
        return self._decisions.of(tracker, predict) if self._decisions else predict(tracker)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        # Rasa makes all of its own actions, with their names, each time it looks for one.
        if self.is_action_limit_reached(tracker, self.should_predict_another_action(tracker.latest_action_name)):
            raise ActionLimitReached("The limit of actions to predict has been reached.")
        prediction = self._predict_next_with_tracker(tracker)
        return self._action(prediction.max_confidence_index), prediction

    @cached_property
    def _action(self) -> Callable[[int], Action]:
        return lru_cache(maxsize=None)(lambda number: action_for_index(number, self.domain, self.action_endpoint))

    def decide_ahead(self) -> None:
        """Makes the decisions on every intent, which else the first to have it would wait for."""
        for intent in self.domain.intents if self._decisions else ():
            said = UserUttered("", {"name": intent, "confidence": 1.0})
            tracker = DialogueStateTracker("", self.domain.slots)
            tracker.update_with_events([ActionExecuted(ACTION_LISTEN_NAME), said], self.domain)
            for _ in range(LONGEST_RULE):
                prediction = self._predict_next_with_tracker(tracker)
                action = self.domain.action_names_or_texts[prediction.max_confidence_index]
                if action == ACTION_LISTEN_NAME:
                    break
                tracker.update_with_events([*prediction.events, ActionExecuted(action)], self.domain)

    @cached_property
    def _decisions(self) -> Decisions | None:
        parts = [node._component for node in self.graph_runner._instantiated_nodes.values()]
        return Decisions() if by_turn(self.domain, parts) else None

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        # Rasa looks for what a message says about each slot; ours are set by answers alone.
        if self._slots_are_ours:
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)

    @cached_property
    def _slots_are_ours(self) -> bool:
        return all(
            set(mapping) == {"type"} and mapping["type"] == "custom"
            for slot in self.domain.slots
            for mapping in slot.mappings
        )

    def _log_action_on_tracker(
        self, tracker: DialogueStateTracker, action: Action, events: list[Event] | None, prediction: PolicyPrediction
    ) -> None:
        # Rasa's own also makes deep copies of all events for a log that nobody keeps.
        events = events or []
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: OutputChannel, nlg: Any,
        prediction: PolicyPrediction,
    ) -> bool:  # fmt: skip
        # Rasa runs every action on a copy of the conversation, in case it rejects the call; ours and "listen" never do.
        action = TrustedAction.of(action)
        if not (isinstance(action, ActionListen) or (isinstance(action, TrustedAction) and action.in_process)):
            return await super()._run_action(action, tracker, output_channel, nlg, prediction)
        try:
            events = await action.run(output_channel, nlg, tracker, self.domain)
        except Exception:
            log.exception("action failed", extra={"action": action.name()})
            events = []
        self._log_action_on_tracker(tracker, action, events, prediction)
        await self._send_bot_messages(events, tracker, output_channel)
        return self.should_predict_another_action(action.name())


class _AnsweredBefore(Exception):
    def __init__(self, answers: list[BotUttered]) -> None:
        super().__init__()
        self.answers = answers


def answers_to(message_id: str, events: list[Event]) -> list[BotUttered] | None:
    """What was said to a message that is among ``events`` already; None when it is not."""
    found = next((n for n, e in enumerate(events) if isinstance(e, UserUttered) and e.message_id == message_id), None)
    if found is None:
        return None
    rest = events[found + 1 :]
    end = next((n for n, e in enumerate(rest) if isinstance(e, UserUttered)), len(rest))
    return [e for e in rest[:end] if isinstance(e, BotUttered)]


class RunningStorage(LocalModelStorage):
    """Leaves out how the model was trained: Rasa imports every class of it, and TensorFlow with them."""

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        described = json.loads((directory / MODEL_ARCHIVE_METADATA_FILE).read_text(encoding="utf-8"))
        return ModelMetadata.from_dict({**described, "train_schema": {"nodes": {}}})


class PlainRunner(DaskGraphRunner):
    """Calls a graph's nodes one after the other; dask makes a scheduler and a queue for every run."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        done: dict[str, Any] = dict(inputs or {})

        def output(name: str) -> Any:
            if name not in done:
                needs = self._graph_schema.nodes[name].needs.values()
                done[name] = self._instantiated_nodes[name](*[(need, output(need)) for need in needs])[1]
            return done[name]

        return {target: output(target) for target in targets or []}


class TrustedAction(RemoteAction):
    """An action whose answer is checked by a schema that is compiled once; Rasa compiles it at every call.

    In this process, what made the answer is what the schema was written to be sure of: the SDK. It is not checked.
    """

    _schema = Draft7Validator(RemoteAction.action_response_format_spec())

    @classmethod
    def of(cls, action: Action) -> Action:
        return cls(action.name(), action.action_endpoint) if type(action) is RemoteAction else action

    @property
    def in_process(self) -> bool:
        return isinstance(self.action_endpoint, InProcessActions)

    async def run(
        self, output_channel: OutputChannel, nlg: Any, tracker: DialogueStateTracker, domain: Domain
    ) -> list[Event]:
        if not isinstance(self.action_endpoint, InProcessActions):
            return await super().run(output_channel, nlg, tracker, domain)
        # Rasa asks its plugins before and after, and looks through all classes of events for each that came back.
        answer = await self.action_endpoint.request(json=self._action_call_format(tracker, domain))
        said = await self._utter_responses(answer["responses"], output_channel, nlg, tracker)
        return [*said, *(event for told in answer["events"] if (event := restored(told)))]

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        if not self.in_process:
            return super()._action_call_format(tracker, domain)
        # Rasa sends all events with each call; no action here looks further than the last message and the slots.
        state = {**tracker.current_state(EventVerbosity.NONE), "events": []}
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": state,
            "version": rasa.__version__,
        }

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        self._schema.validate(result)
        return True
