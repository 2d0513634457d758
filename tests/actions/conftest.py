"""A tracker as Rasa hands it to an action, made from what was said and understood."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import actions.joining  # noqa: F401 - registers its buttons
from actions.base import TopicAction
from actions.certifications import ActionCertifications
from actions.conversation import ActionConversation
from actions.interview import ActionInterview
from actions.person import ActionPerson
from actions.plan import ActionPlan
from actions.roles import ActionRoles
from actions.services import Services
from actions.topics import ActionTopics
from actions.transition import ActionTransition
from bot.coaching.reply import Reply

TOPICS: tuple[type[TopicAction], ...] = (
    ActionCertifications, ActionConversation, ActionInterview, ActionPerson, ActionPlan, ActionRoles, ActionTopics,
    ActionTransition,
)  # fmt: skip


@dataclass
class Chat:
    """Runs actions for one person, keeping the slots between turns as Rasa would."""

    services: Services
    sender: str = "test:ada"
    slots: dict[str, Any] = field(default_factory=dict)

    def ask(
        self, text: str, *intents: str, message_id: str = "", clause: str = "",
        instead: Mapping[str, float] | None = None, **entities: Any,
    ) -> list[Reply]:  # fmt: skip
        """The text with the intents it was understood to hold, in ``clause`` where it is not the whole, and with what
        each might have meant ``instead``; facts and names are read from it."""
        others = [{"name": name, "confidence": p} for name, p in (instead or {}).items()]
        reading = self.services.reader.read(text)
        return self._run(
            {
                "text": text,
                "message_id": message_id or uuid.uuid4().hex,
                "intent": {"name": intents[0]},
                "questions": [{"name": i, "text": clause or text, "alternatives": others} for i in intents],
                "facts": [f.to_dict() for f in reading.facts],
                "certifications": list(reading.certifications),
                "roles": list(reading.roles),
                "entities": [{"entity": k, "value": v} for k, v in entities.items()],
            }
        )

    def tap(self, payload: str) -> list[Reply]:
        name, brace, rest = payload.removeprefix("/").partition("{")
        entities = json.loads(brace + rest) if brace else {}
        return self._run(
            {
                "text": payload,
                "intent": {"name": name},
                "entities": [{"entity": k, "value": v} for k, v in entities.items()],
            }
        )

    def press(self, replies: list[Reply], title: str) -> list[Reply]:
        buttons = [b for r in replies for b in (*(b for c in r.cards for b in c.buttons), *r.buttons)]
        return self.tap(next(b.payload for b in buttons if title in b.title))

    def _run(self, message: dict[str, Any]) -> list[Reply]:
        tracker = Tracker(self.sender, self.slots, message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        events = asyncio.run(ActionConversation().run(dispatcher, tracker, {}))
        self.slots.update({e["name"]: e["value"] for e in events})
        return [Reply.from_dict(m["custom"]) for m in dispatcher.messages]


@pytest.fixture
def chat(services: Services) -> Callable[..., Chat]:
    def begin(sender: str = "test:ada") -> Chat:
        return Chat(services, sender)

    return begin


def said(replies: list[Reply]) -> str:
    return "\n\n".join(r.text() for r in replies)
