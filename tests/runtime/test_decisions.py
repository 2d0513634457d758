"""A decision remembered is the decision Rasa's policies would make again, in whatever conversation it is made."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    DefinePrevUserUtteredFeaturization,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.runtime.decisions import Decisions, by_turn, place
from bot.runtime.lean import LeanProcessor

if TYPE_CHECKING:
    from bot.runtime.coach import Coach

LISTEN = ActionExecuted(ACTION_LISTEN_NAME)


def _tracker(*events: object) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("test:x", list(events), [])  # type: ignore[arg-type]


def _said(intent: str = "greet", entities: list[dict[str, str]] | None = None) -> UserUttered:
    return UserUttered("x", {"name": intent, "confidence": 1.0}, entities)


@pytest.mark.model
async def test_decisions_made_ahead_leave_the_policies_nothing_to_do(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    processor = coach.agent.processor
    assert isinstance(processor, LeanProcessor)
    assert processor._decisions is not None
    processor._decisions._made.clear()
    processor.decide_ahead()
    asked: list[str] = []
    monkeypatch.setattr(
        MessageProcessor, "_predict_next_with_tracker", lambda _, tracker: asked.append(tracker.latest_message)
    )
    for intent in sorted(set(processor.domain.intents) - set(DEFAULT_INTENTS)):
        tracker = DialogueStateTracker.from_events("test:x", [LISTEN, _said(intent)], processor.domain.slots)
        prediction = processor._predict_next_with_tracker(tracker)
        action = processor.domain.action_names_or_texts[prediction.max_confidence_index]
        tracker.update(ActionExecuted(action))
        assert processor._predict_next_with_tracker(tracker) is not None
    assert not asked


@pytest.mark.model
async def test_remembered_decisions_are_those_of_the_policies(coach: Coach) -> None:
    """Every intent twice, in an order left to chance; the second time, nothing is asked of the policies."""
    processor = coach.agent.processor
    assert isinstance(processor, LeanProcessor)
    assert processor._decisions is not None
    chance = random.Random(7)
    intents = 2 * sorted(set(processor.domain.intents) - set(DEFAULT_INTENTS))
    chance.shuffle(intents)
    tracker = DialogueStateTracker.from_events("test:x", [LISTEN], processor.domain.slots)
    for intent in intents:
        tracker.update(_said(intent))
        for _ in range(2):
            ours = processor._predict_next_with_tracker(tracker)
            theirs = MessageProcessor._predict_next_with_tracker(processor, tracker)
            assert ours.probabilities == theirs.probabilities, intent
            assert ours.hide_rule_turn == theirs.hide_rule_turn, intent
            assert ours.policy_name == theirs.policy_name
            assert ours.events == theirs.events
            tracker.update_with_events(ours.events, processor.domain)
            action = processor.domain.action_names_or_texts[ours.max_confidence_index]
            tracker.update(ActionExecuted(action, hide_rule_turn=ours.hide_rule_turn))
        assert tracker.latest_action_name == ACTION_LISTEN_NAME
    assert len(processor._decisions._made) >= len(intents)


def _decided(policy: str = "RulePolicy", confidence: float = 1.0) -> PolicyPrediction:
    return PolicyPrediction([0.0, confidence], policy, events=[DefinePrevUserUtteredFeaturization(False)])


def _asked(prediction: PolicyPrediction, tracker: DialogueStateTracker, times: int = 2) -> int:
    """How often the policies were asked."""
    asked = []

    def predict(_: DialogueStateTracker) -> PolicyPrediction:
        asked.append(1)
        return prediction

    decisions = Decisions()
    for _ in range(times):
        again = decisions.of(tracker, predict)
        assert again.probabilities == prediction.probabilities
        assert again.events == prediction.events
    return len(asked)


def test_only_what_a_rule_was_sure_of_is_remembered() -> None:
    tracker = _tracker(LISTEN, _said())
    assert _asked(_decided(), tracker) == 1
    assert _asked(_decided("MemoizationPolicy"), tracker) == 2
    assert _asked(_decided(confidence=0.3), tracker) == 2


def test_a_remembered_decision_is_not_changed_by_who_was_given_it() -> None:
    decisions, tracker = Decisions(), _tracker(LISTEN, _said())
    first = decisions.of(tracker, lambda _: _decided())
    first_again = decisions.of(tracker, lambda _: _decided())
    first_again.probabilities[1] = 0.0
    first_again.events.clear()
    assert decisions.of(tracker, lambda _: _decided()).probabilities == first.probabilities == [0.0, 1.0]


def test_what_a_button_carried_is_part_of_the_place() -> None:
    places = {place(_tracker(LISTEN, _said(entities=e))) for e in ([], [{"entity": "role", "value": "a"}])}
    assert len(places - {None}) == 2


def test_anything_unusual_in_the_turn_is_left_to_the_policies() -> None:
    assert place(_tracker(LISTEN, _said(), SlotSet("a", 1))) == ("greet", ())
    assert place(_tracker(LISTEN, _said(), ActionExecuted("action_person"))) == ("greet", (), "action_person")
    rejected = _tracker(LISTEN, _said(), ActionExecutionRejected("action_person"))
    unheard = _tracker(LISTEN, _said(), ActionExecuted("action_person"), _said())
    followed = _tracker(LISTEN, _said())
    followed.followup_action = "action_person"
    for tracker in (rejected, unheard, followed, _tracker(LISTEN), _tracker(), _tracker(_said())):
        assert place(tracker) is None


@pytest.mark.model
async def test_a_rule_that_looks_past_its_turn_ends_the_remembering(coach: Coach) -> None:
    processor = coach.agent.processor
    assert processor is not None
    parts = [n._component for n in processor.graph_runner._instantiated_nodes.values()]
    rules = next(p for p in parts if hasattr(p, "lookup") and "rules" in p.lookup)
    assert by_turn(processor.domain, parts)
    key = next(iter(rules.lookup["rules"]))
    before = '[{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}, ' + key[1:]
    for longer in (before, "[{}, " + key[1:]):
        rules.lookup["rules"][longer] = "action_person"
        try:
            assert not by_turn(processor.domain, parts)
        finally:
            del rules.lookup["rules"][longer]
    assert not by_turn(Domain.empty(), [])
