"""What a rule decided is decided once: the same intent in the same place of a turn gets the same action.

Rasa builds every state of the conversation five times for a turn and holds all rules against them. A rule that speaks
of one turn only looks at its intent, at what buttons carried with it and at the actions since. Only such decisions are
remembered; everything else is asked of the policies each time. tests/runtime/test_decisions.py holds both together.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

MOST = 1_000
"""Decisions remembered; a model has about two for an intent, but anyone may write names into a button's payload."""

Place = tuple[Any, ...]
Predict = Callable[[DialogueStateTracker], PolicyPrediction]


class Decisions:
    """Give it only to a model for which :func:`by_turn` is true."""

    def __init__(self) -> None:
        self._made: dict[Place, PolicyPrediction] = {}

    def of(self, tracker: DialogueStateTracker, predict: Predict) -> PolicyPrediction:
        where = place(tracker)
        if where is None:
            return predict(tracker)
        made = self._made.get(where)
        if made is None:
            made = predict(tracker)
            if _by_rule(made):
                if len(self._made) >= MOST:
                    self._made.clear()
                self._made[where] = made
            return made
        again = copy.copy(made)
        again.probabilities = list(made.probabilities)
        again.events = [DefinePrevUserUtteredFeaturization(e.use_text_for_featurization) for e in made.events]
        return again


def place(tracker: DialogueStateTracker) -> Place | None:
    """Where in a turn this is, as far as a rule of one turn can tell; None where anything unusual has happened."""
    if tracker.followup_action or tracker.active_loop_name:
        return None
    actions: list[str | None] = []
    said: UserUttered | None = None
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            if said:
                heard = event.action_name == ACTION_LISTEN_NAME
                names = (e.get("entity") for e in said.entities)
                return (said.intent_name, tuple(sorted(map(str, names))), *actions) if heard else None
            actions.append(event.action_name)
        elif isinstance(event, UserUttered):
            if said:
                return None
            said = event
        elif not isinstance(event, (BotUttered, SlotSet, DefinePrevUserUtteredFeaturization)):
            return None
    return None


def by_turn(domain: Domain, policies: Iterable[Any]) -> bool:
    """Whether no rule looks past its own turn, and nothing but intents and actions has a say."""
    rules = [key for p in policies if isinstance(p, RulePolicy) for key in p.lookup["rules"]]
    of_one_turn = all(_listens(RulePolicy._rule_key_to_state(key)) == [0] for key in rules)
    return bool(rules) and of_one_turn and not domain.action_texts and not any(s.has_features() for s in domain.slots)


def _listens(states: list[Any]) -> list[int]:
    """At which of a rule's states the coach has been listening; -1 where a conversation would begin."""
    before = [(state.get("prev_action") or {}).get("action_name") for state in states]
    return [n if name else -1 for n, name in enumerate(before) if name in (None, ACTION_LISTEN_NAME)]


def _by_rule(prediction: PolicyPrediction) -> bool:
    ours = all(isinstance(e, DefinePrevUserUtteredFeaturization) for e in prediction.events)
    return ours and prediction.policy_name == RulePolicy.__name__ and prediction.max_confidence == 1.0
