"""What Rasa is spared: each test fails when an upgrade changes what the sparing stands on."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.lean import LeanProcessor, PlainRunner, TrustedAction, answers_to
from bot.runtime.settings import ROOT, Settings

if TYPE_CHECKING:
    from bot.runtime.coach import Coach
    from tests.talk import Talk

START = """
import asyncio, json, sys
from bot.runtime.quiet import prepare
prepare()
from bot.runtime.coach import Coach, Incoming
from bot.runtime.settings import Settings
async def main():
    coach = await Coach.start(Settings(database_url=sys.argv[1]), sys.argv[2])
    turn = await coach.take_turn(Incoming("test:start", "What does the PMP cost?"))
    heavy = ("tensorflow", "keras", "jax", "matplotlib")
    print(json.dumps({"loaded": [m for m in heavy if m in sys.modules], "intents": turn.intents}))
asyncio.run(main())
"""


@pytest.mark.model
def test_a_first_answer_needs_no_tensorflow(coach_home: Settings, model: Path) -> None:
    """Rasa's policies import it for training; a new import of it anywhere on the way shows here."""
    ran = subprocess.run(  # in a process of its own: other tests may have loaded it
        [sys.executable, "-c", START, coach_home.database_url, str(model)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["loaded"] == []
    assert found["intents"]


def _action(endpoint: EndpointConfig | None = None) -> RemoteAction:
    return RemoteAction("action_answer", endpoint)


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": [{"text": "hi"}]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": None}], "responses": []},
        {"events": {}, "responses": []},
        {"events": [{"event": "nonsense"}], "responses": []},
        {"events": [], "responses": ["hi"]},
    ],
)
def test_the_schema_compiled_once_decides_as_rasa_does(result: dict[str, Any]) -> None:
    def refuses(action: RemoteAction) -> bool:
        try:
            return not action._validate_action_result(result)
        except Exception:
            return True

    assert refuses(TrustedAction("action_answer", None)) == refuses(_action())


def test_every_remote_action_is_put_in_the_place_of_rasas() -> None:
    endpoint = EndpointConfig("http://127.0.0.1:1")
    taken = TrustedAction.of(_action(endpoint))
    assert isinstance(taken, TrustedAction)
    assert (taken.name(), taken.action_endpoint) == ("action_answer", endpoint)


@pytest.mark.model
async def test_an_action_is_not_sent_the_domain(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[dict[str, Any]] = []
    endpoint = coach.agent.action_endpoint
    assert endpoint is not None
    request = endpoint.request

    async def watched(*args: Any, **kwargs: Any) -> Any:
        calls.append(kwargs["json"])
        return await request(*args, **kwargs)

    monkeypatch.setattr(endpoint, "request", watched)
    channel = CollectingOutputChannel()
    await coach.agent.handle_message(UserMessage("What does the PMP cost?", channel, f"test:{uuid.uuid4().hex}"))
    assert channel.messages
    assert [set(call) for call in calls] == [{"next_action", "sender_id", "tracker", "version"}]


@pytest.mark.model
async def test_a_message_sets_no_slot_so_that_none_is_looked_for(coach: Coach) -> None:
    """Should a slot be given a mapping of Rasa's, messages must be searched for it again."""
    processor = coach.agent.processor
    assert isinstance(processor, LeanProcessor)
    said = UserUttered("I want the PMP", {"name": "state_goal"}, [{"entity": "certification", "value": "pmp"}])
    tracker = DialogueStateTracker.from_events("test:x", [said], processor.domain.slots)
    channel = CollectingOutputChannel()
    before = list(tracker.events)
    searched = await MessageProcessor.run_action_extract_slots(processor, channel, tracker)
    assert list(searched.events) == before
    assert processor._slots_are_ours

    mapped = SimpleNamespace(slots=[SimpleNamespace(mappings=[{"type": "from_entity", "entity": "certification"}])])
    assert not LeanProcessor._slots_are_ours.func(SimpleNamespace(domain=mapped))


@pytest.mark.model
async def test_an_action_is_logged_on_the_tracker_as_rasa_does_it(coach: Coach) -> None:
    processor = coach.agent.processor
    assert isinstance(processor, LeanProcessor)
    action = _action()
    events: list[Event] = [BotUttered("hello"), SlotSet("misses", 1)]
    for given in (events, [ActionExecutionRejected("action_answer")], None):
        ways = []
        for way in (LeanProcessor, MessageProcessor):
            tracker = DialogueStateTracker.from_events("test:x", [UserUttered("hi")], processor.domain.slots)
            prediction = PolicyPrediction.for_action_name(processor.domain, "action_conversation")
            way._log_action_on_tracker(processor, tracker, action, given, prediction)
            ways.append([(type(e), e.as_dict() | {"timestamp": None}) for e in tracker.events])
        assert ways[0] == ways[1]


@pytest.mark.model
async def test_an_action_in_this_process_is_called_as_rasa_would_but_for_what_was_said_before(coach: Coach) -> None:
    processor = coach.agent.processor
    assert processor is not None
    said = UserUttered("What is it?", {"name": "ask_role"}, [], {"facts": [], "questions": []}, message_id="m1")
    events = [ActionExecuted("action_listen"), said, SlotSet("misses", 2)]
    tracker = DialogueStateTracker.from_events("test:x", events, processor.domain.slots)
    endpoint = coach.agent.action_endpoint
    ours = TrustedAction("action_roles", endpoint)._action_call_format(tracker, processor.domain)
    theirs = RemoteAction("action_roles", endpoint)._action_call_format(tracker, processor.domain)
    assert ours["tracker"].pop("events") == []
    assert len(theirs["tracker"].pop("events")) == len(events)
    assert ours == theirs


@pytest.mark.model
async def test_an_action_leaves_on_the_tracker_what_rasa_leaves(coach: Coach) -> None:
    """Run on the conversation itself and not on a copy, it must change nothing there by itself."""
    processor = coach.agent.processor
    assert isinstance(processor, LeanProcessor)
    ways = []
    for way in (LeanProcessor, MessageProcessor):
        message = UserUttered(
            "/ask_help", {"name": "ask_help"}, [], {"text": "/ask_help", "intent": {"name": "ask_help"}}
        )
        events = [ActionExecuted("action_listen"), message]
        tracker = DialogueStateTracker.from_events(f"test:{uuid.uuid4().hex}", events, processor.domain.slots)
        prediction = PolicyPrediction.for_action_name(processor.domain, "action_conversation")
        action = RemoteAction("action_conversation", coach.agent.action_endpoint)
        channel = CollectingOutputChannel()
        more = await way._run_action(processor, action, tracker, channel, coach.agent.nlg, prediction)
        kept = [{**e.as_dict(), "timestamp": None} for e in tracker.events]
        ways.append((more, kept, [m["custom"]["text"] for m in channel.messages]))
    assert ways[0] == ways[1]


@pytest.mark.model
async def test_the_next_action_is_rasas_and_looked_for_once(coach: Coach) -> None:
    processor = coach.agent.processor
    assert isinstance(processor, LeanProcessor)
    for intent in ("ask_salary", "greet", "state_experience"):
        said = [ActionExecuted("action_listen"), UserUttered("", {"name": intent, "confidence": 1.0})]
        tracker = DialogueStateTracker.from_events("test:x", said, processor.domain.slots)
        ours, decided = processor.predict_next_with_tracker_if_should(tracker)
        again, _ = processor.predict_next_with_tracker_if_should(tracker)
        theirs, prediction = MessageProcessor.predict_next_with_tracker_if_should(processor, tracker)
        assert again is ours
        assert (type(ours), vars(ours)) == (type(theirs), vars(theirs))
        assert decided.probabilities == prediction.probabilities

    for _ in range(processor.max_number_of_predictions or 0):
        tracker.update(ActionExecuted("action_conversation"))
    for way in (LeanProcessor, MessageProcessor):
        with pytest.raises(ActionLimitReached):
            way.predict_next_with_tracker_if_should(processor, tracker)


@pytest.mark.model
async def test_the_plain_runner_gives_what_dask_gives(coach: Coach) -> None:
    processor = coach.agent.processor
    assert processor is not None
    plain = processor.graph_runner
    assert isinstance(plain, PlainRunner)

    metadata = processor.model_metadata

    def both(inputs: dict[str, Any], target: str | None) -> tuple[Any, Any]:
        runs = (plain.run(inputs, [target]), DaskGraphRunner.run(plain, inputs, [target]))
        return runs[0][target], runs[1][target]

    tracker = DialogueStateTracker.from_events("test:x", [ActionExecuted("action_listen")], processor.domain.slots)
    for text in ("What does the PMP cost?", "/greet", "I was a PMO manager for 7 years"):
        # a message is changed as it goes through, so each way gets its own
        (read,), (read_by_dask,) = (
            way({PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker}, [metadata.nlu_target])[
                metadata.nlu_target
            ]
            for way in (plain.run, partial(DaskGraphRunner.run, plain))
        )
        ours, theirs = (m.as_dict(only_output_properties=True) for m in (read, read_by_dask))
        assert ours == theirs
        tracker.update(UserUttered(text, ours["intent"], [], ours))
        plainly, by_dask = both({PLACEHOLDER_TRACKER: tracker}, metadata.core_target)
        assert plainly.probabilities == by_dask.probabilities


@pytest.mark.model
async def test_the_tail_predicts_what_the_whole_conversation_predicts(talk: Callable[..., Talk]) -> None:
    """No policy in the model may look further back than the tail that is replayed."""
    someone = talk()
    for text in (
        "hello",
        "I am a PMO manager",
        "How do I become a head of portfolio?",
        "thanks",
        "What does PMP cost?",
        "why?",
    ):
        await someone.say(text)  # fmt: skip
    processor, store = someone.coach.agent.processor, someone.coach.agent.tracker_store
    assert processor is not None
    full = await store.retrieve_full_tracker(someone.conversation)
    short = await store.retrieve(someone.conversation)
    assert full is not None
    assert short is not None
    assert len(short.events) < len(full.events)
    for intent in processor.domain.intents:
        for tracker in (full, short):
            tracker.update(UserUttered("x", {"name": intent, "confidence": 1.0}))
        found = [processor._predict_next_with_tracker(t) for t in (full, short)]
        assert found[0].max_confidence_index == found[1].max_confidence_index, intent


@pytest.mark.model
async def test_a_message_delivered_twice_is_answered_as_before_and_kept_once(talk: Callable[..., Talk]) -> None:
    someone = talk()
    first = await someone.say("I have been a PMO manager for 7 years. What does the PMP cost?", message_id="m-1")
    again = await someone.say("I have been a PMO manager for 7 years. What does the PMP cost?", message_id="m-1")
    assert again == first
    events = someone.coach.services.transcripts.events(someone.conversation)
    assert [e["message_id"] for e in events if e["event"] == "user"] == ["m-1"]


def test_the_answers_to_a_message_end_where_the_next_begins() -> None:
    def said(message_id: str) -> UserUttered:
        return UserUttered("x", message_id=message_id)

    one, two, three = BotUttered("1"), BotUttered("2"), BotUttered("3")
    events = [said("a"), ActionExecuted("action_answer"), one, two, said("b"), three]
    assert answers_to("a", events) == [one, two]
    assert answers_to("b", events) == [three]
    assert answers_to("c", events) is None
