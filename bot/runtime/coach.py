"""One turn of conversation, whatever the channel: text or a tap in, replies out, never silence."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import unicodedata
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.exceptions import ModelNotFound

from actions.services import Services, use
from bot.coaching.reply import Reply, split_payload
from bot.database import StoreUnavailable
from bot.runtime.conversations import ConversationStore
from bot.runtime.lean import LeanProcessor, load_agent
from bot.runtime.locks import LocalLocks, RedisLocks
from bot.runtime.settings import Settings
from bot.runtime.startup import give_back

log = logging.getLogger(__name__)

GIVE_BACK = 500
"""Turns after which free memory is returned to the system; left alone, its scattered pieces add up."""

LONGEST_MESSAGE = 4000
"""Characters read of one message; the whole of it is kept as the statement."""


@dataclass(frozen=True)
class Incoming:
    """What a person sent. ``conversation`` is ``channel:person`` or ``channel:person:thread``.

    ``payload`` is what a button carried and the only thing that is ever taken as a command; ``message_id`` is the
    channel's own, so that a message delivered twice is kept once.
    """

    conversation: str
    text: str = ""
    payload: str = ""
    message_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What came of a message: the replies, at least one, and the intents it was understood to hold."""

    replies: list[Reply]
    intents: list[str] = field(default_factory=list)


class Coach:
    """The loaded model with its stores. :meth:`start` loads; :meth:`take_turn` answers."""

    def __init__(self, agent: Agent, services: Services) -> None:
        self.agent = agent
        self.services = services
        self.conversations = services.transcripts
        self._intents = set(agent.domain.intents) if agent.domain else set()
        self._turns = 0

    @classmethod
    async def start(cls, settings: Settings, model: str) -> Coach:
        """Raises FileNotFoundError when there is no model there."""
        from bot.runtime.actions import DistantActions, InProcessActions

        services = Services(settings)
        use(services)
        store = ConversationStore(services.engine)
        services.on_erase.append(store.drop)
        endpoint = DistantActions(settings.actions_url) if settings.actions_url else InProcessActions()
        locks = RedisLocks(settings.redis_url) if settings.redis_url else LocalLocks()
        try:
            agent = load_agent(model, store, locks, endpoint)
        except ModelNotFound as error:
            raise FileNotFoundError(f"There is no trained model at {model}; run `coach train`.") from error
        coach = cls(agent, services)
        await coach._settle()
        return coach

    async def _settle(self) -> None:
        """What the first person would wait for is done before anyone writes, and Python looks for garbage elsewhere.

        Model and content stay as long as the process. Looking through them stops every turn now and then, for longer
        the more content there is.
        """
        with suppress(StoreUnavailable):  # said to whoever writes meanwhile; all this is made when it is back
            await asyncio.to_thread(lambda: (self.services.phrases, self.services.reader))
        gc.collect()
        gc.freeze()
        if isinstance(processor := self.agent.processor, LeanProcessor):
            asyncio.get_running_loop().run_in_executor(None, processor.decide_ahead)  # meanwhile anyone may write

    async def take_turn(self, incoming: Incoming) -> Turn:
        """Answers one message. A failure is answered in a sentence and logged without the text."""
        self._turns += 1
        if self._turns % GIVE_BACK == 0:
            asyncio.get_running_loop().run_in_executor(None, give_back)
        text, problem = self._readable(incoming)
        if problem:
            return Turn([Reply(self.services.phrases.say(problem))])
        collected = CollectingOutputChannel()
        message = UserMessage(
            text, collected, incoming.conversation, input_channel=incoming.conversation.split(":")[0],
            message_id=incoming.message_id, metadata=_with_whole(incoming),
        )  # fmt: skip
        try:
            await self.agent.handle_message(message)
        except StoreUnavailable:
            log.exception("store unavailable")
            return Turn([Reply(self.services.phrases.say("utter_store_unavailable"))])
        except Exception:
            log.exception("turn failed")
            return Turn([await asyncio.to_thread(self._failed, incoming)])
        replies = [Reply.from_dict(m["custom"]) for m in collected.messages if "custom" in m]
        if any(r.about.get("erased") for r in replies):
            await asyncio.to_thread(self.conversations.erase, incoming.conversation)
            self.agent.tracker_store.drop(*incoming.conversation.split(":")[:2])
        return Turn(replies or [await asyncio.to_thread(self._failed, incoming)], _intents(replies))

    def _readable(self, incoming: Incoming) -> tuple[str, str]:
        """What Rasa is given, and the key of a phrase when it is given nothing."""
        if incoming.payload:
            name, entities = split_payload(incoming.payload)
            if name not in self._intents:
                return "", "utter_button_old"
            return f"/{name}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{name}", ""
        text = clean(incoming.text)
        if not text:
            return "", "utter_empty"
        return text[:LONGEST_MESSAGE], ""

    def _failed(self, incoming: Incoming) -> Reply:
        """What the person told is kept as a statement even when nothing could be made of it."""
        if incoming.text:
            try:
                record = self.services.record
                channel, _, rest = incoming.conversation.partition(":")
                person = record.person_for(channel, rest.split(":")[0])
                record.keep_statement(person, incoming.conversation, incoming.message_id, incoming.text)
            except StoreUnavailable:
                return Reply(self.services.phrases.say("utter_store_unavailable"))
        return Reply(self.services.phrases.say("utter_failed"))


def _with_whole(incoming: Incoming) -> dict[str, Any]:
    """A message too long to be read is still kept whole."""
    too_long = not incoming.payload and len(incoming.text) > LONGEST_MESSAGE
    return {**incoming.metadata, "whole_text": incoming.text} if too_long else incoming.metadata


def _intents(replies: list[Reply]) -> list[str]:
    return next((r.about["intents"] for r in replies if "intents" in r.about), [])


def clean(text: str) -> str:
    """Without control characters, and without the slash that would make a typed line a command (RasaHQ/rasa#5075)."""
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" or c == "\u200d" else " " for c in text)
    return kept.strip().lstrip("/").strip()
