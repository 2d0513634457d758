"""What all actions share: a turn is opened, what was said is kept, each question gets its answer."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.public import mark
from actions.services import Services, services
from bot.coaching.case import Case
from bot.coaching.person import Person, assume
from bot.coaching.reply import Button, Reply, button
from bot.experience.facts import Fact
from bot.experience.record import Said, StoredFact
from bot.knowledge.content import Knowledge

log = logging.getLogger(__name__)

UNSURE = 0.23
"""Confidence below which the only reading of a message is offered to choose, not answered."""

STATE_SLOTS = (
    "certification_focus",
    "role_focus",
    "last_answer",
    "interview",
    "awaiting",
    "introduced",
    "plan_focus",
    "misses",
)
"""Slots an answer may read and write, by :attr:`Turn.state`."""


@dataclass(frozen=True)
class Question:
    """One thing asked in a message: its intent, its own words, and what a button carried."""

    intent: str
    text: str = ""
    entities: Mapping[str, Any] = field(default_factory=dict)
    alternatives: tuple[Mapping[str, Any], ...] = ()


@dataclass
class Turn:
    """One message and everything an answer to it may look at. ``state`` changes become slot events."""

    services: Services
    person_id: str
    conversation: str
    text: str
    questions: list[Question]
    new_facts: list[StoredFact]
    certifications: list[str]
    roles: list[str]
    person: Person
    state: dict[str, Any]
    tapped: bool = False
    corrected: list[tuple[Fact, Fact]] = field(default_factory=list)
    public: bool = False

    @property
    def knowledge(self) -> Knowledge:
        return self.services.knowledge

    @property
    def identity(self) -> tuple[str, str]:
        """Channel and name of who writes."""
        return identity_of(self.conversation)

    @property
    def today(self) -> date:
        return self.person.today

    @property
    def case(self) -> Case:
        return self.services.case(self.person)

    def say(self, key: str, **values: object) -> str:
        return self.services.phrases.say(key, **values)

    def supposing(self, facts: list[Fact]) -> Person:
        """The person once ``facts`` hold; the record stays as it is."""
        return assume(self.person, facts)

    def state_facts(self, facts: list[Fact], words: str) -> list[StoredFact]:
        """Keep facts a button stated, as if typed, and look at the person anew."""
        said = Said(self.conversation, uuid.uuid4().hex, words, self.services.now(), facts)
        stored = self.services.record.note(self.person_id, said)
        self.refresh()
        self.new_facts.extend(stored)
        return stored

    def refresh(self) -> None:
        self.person = self.services.person(self.person_id)


Handler = Callable[[Turn, Question], "Reply | list[Reply]"]
AnyHandler = TypeVar("AnyHandler", bound=Handler)
_by_intent: dict[str, Handler] = {}
_by_press: dict[str, Handler] = {}


def answers(*intents: str) -> Callable[[AnyHandler], AnyHandler]:
    """Registers a function as the answer to ``intents``."""

    def register(handler: AnyHandler) -> AnyHandler:
        for intent in intents:
            _by_intent[intent] = handler
        return handler

    return register


def pressed(*names: str) -> Callable[[AnyHandler], AnyHandler]:
    """Registers a function as what the buttons ``/press{"do": name}`` do."""

    def register(handler: AnyHandler) -> AnyHandler:
        for name in names:
            _by_press[name] = handler
        return handler

    return register


def press(title: str, do: str, **entities: Any) -> Button:
    """A button that does a thing and is not a question a person could type."""
    return button(title, "press", do=do, **entities)


def handler_for(question: Question) -> Handler | None:
    if question.intent == "press":
        return _by_press.get(str(question.entities.get("do")))
    return _by_intent.get(question.intent)


class TopicAction(Action):
    """One Rasa action a topic. The rules send a message to the topic of its first question; all are answered.

    A subclass gives ``topic``; its module registers the answers with :func:`answers` and :func:`pressed`.
    """

    topic: ClassVar[str] = ""

    def name(self) -> str:
        return f"action_{self.topic}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Never raises and never stays silent: a failure is said, and what the person told is kept first."""
        return self._run(dispatcher, tracker)

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        turn = open_turn(tracker, services())
        turn.public = bool((tracker.latest_message or {}).get("metadata", {}).get("public"))
        before = dict(turn.state)
        replies = answer_all(turn)
        intents = [question.intent for question in turn.questions]
        for reply in replies:
            stamped = replace(
                reply, knowledge_version=turn.knowledge.version, about={**reply.about, "intents": intents}
            )
            dispatcher.utter_message(json_message=stamped.to_dict())
        return [SlotSet(name, turn.state.get(name)) for name in STATE_SLOTS if turn.state.get(name) != before.get(name)]


def open_turn(tracker: Tracker, at: Services) -> Turn:
    """Keeps what was said, then shows the person as they now are. Raises StoreUnavailable when it cannot."""
    message = tracker.latest_message or {}
    entities = {e["entity"]: e["value"] for e in message.get("entities") or []}
    text = message.get("text") or ""
    tapped = text.startswith("/")
    said = None if tapped else Said(
        tracker.sender_id,
        message.get("message_id") or uuid.uuid4().hex,
        (message.get("metadata") or {}).get("whole_text") or text,
        at.now(),
        [Fact.from_dict(f) for f in message.get("facts") or []],
    )  # fmt: skip
    heard = at.record.hear(*identity_of(tracker.sender_id), said)
    found = message.get("questions") or []
    intent = (message.get("intent") or {}).get("name") or "not_understood"
    questions = [_asked(q, text, entities) for q in found] or [Question(intent, text, entities)]
    if len(questions) == 1 and found and found[0].get("confidence", 1.0) < UNSURE:
        questions = [replace(questions[0], intent="not_understood", alternatives=_meanings(found[0]))]
    replaced = [
        (old.fact, n.fact)
        for n in heard.new
        for old in heard.before
        if n.fact.takes_the_place_of(old.fact) and n.fact != old.fact
    ]
    return Turn(
        at, heard.person, tracker.sender_id, text, questions, list(heard.new),
        list(message.get("certifications") or ()), list(message.get("roles") or ()), at.seen(heard.held),
        {name: tracker.get_slot(name) for name in STATE_SLOTS}, tapped,
        replaced,
    )  # fmt: skip


def _asked(read: Mapping[str, Any], text: str, entities: Mapping[str, Any]) -> Question:
    return Question(read["name"], read.get("text", text), entities, tuple(read.get("alternatives") or ()))


def _meanings(read: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    return ({"name": read["name"]}, *(read.get("alternatives") or ()))


def identity_of(sender_id: str) -> tuple[str, str]:
    """A conversation is ``channel:person`` or ``channel:person:thread``; who it is are the first two."""
    channel, _, rest = sender_id.partition(":")
    return channel, rest.split(":")[0] if rest else sender_id


_ANSWERS_FORGET = frozenset({"affirm", "deny", "stop"})


def answer_all(turn: Turn) -> list[Reply]:
    replies: list[Reply] = []
    turn.questions = [_resolved(turn, asked) for asked in _together(turn)]
    if turn.state.get("awaiting") == "forget" and not _ANSWERS_FORGET & {q.intent for q in turn.questions}:
        turn.state["awaiting"] = None  # a later "yes" means something else
    for question in turn.questions:
        handler = handler_for(question)
        if handler is None:
            handler = _by_press["unknown"] if question.intent == "press" else _by_intent["not_understood"]
        before = dict(turn.state)
        try:
            answer = handler(turn, question)
        except Exception:
            # The person must hear of it, and the other questions still get their answers.
            log.exception("answer failed", extra={"intent": question.intent})
            answer = Reply(
                turn.say("utter_failed"),
                buttons=(button(turn.say("button_try_again"), question.intent, **question.entities),),
            )
        answered = answer if isinstance(answer, list) else [answer]
        for step in _followers:
            step(turn, answered)
        replies.extend(mark(turn, question, handler, before, answered))
    return after_all(turn, replies)


_CORRECTS = re.compile(r"^\W*(?:no|nope|nah|sorry|wait|actually|correction|wrong)\b[^?]*$", re.IGNORECASE)


SMALL_WORDS = frozenset({"affirm", "deny", "greet", "thank", "chitchat"})
"""Beside anything else, and with nothing they could answer, these need no answer of their own."""


def _together(turn: Turn) -> list[Question]:
    """ "No, five years, not seven" is one correction, however many pieces it was read in."""
    if not turn.tapped and (whole := next(filter(None, (step(turn) for step in _wholes)), None)):
        return [whole]
    waiting = turn.state.get("awaiting")
    if isinstance(waiting, dict) and "correct" in waiting and not turn.tapped and "?" not in turn.text:
        stops = any(q.intent in ("stop", "deny", "forget_me") for q in turn.questions)
        return turn.questions if stops else [Question("correct_experience", turn.text)]
    substance = _told_once([q for q in turn.questions if q.intent not in SMALL_WORDS])
    asked = turn.questions if waiting else substance or turn.questions[:1]
    correcting = any(q.intent == "correct_experience" for q in asked)
    if correcting and len(asked) > 1 and _CORRECTS.match(turn.text):
        return [Question("correct_experience", turn.text)]
    return asked


_wholes: list[Callable[[Turn], Question | None]] = []


def takes_whole(step: Callable[[Turn], Question | None]) -> Callable[[Turn], Question | None]:
    """Registers what may see one question in a whole message, whatever it was read as."""
    _wholes.append(step)
    return step


STATED = frozenset({"state_experience", "state_goal"})


def _told_once(questions: list[Question]) -> list[Question]:
    """What is told and what is wished in one message is answered together; the wish says what is wanted."""
    stated = [q for q in questions if q.intent in STATED]
    kept = next((q for q in stated if q.intent == "state_goal"), stated[0] if stated else None)
    return [q for q in questions if q.intent not in STATED or q is kept]


_resolvers: list[Callable[[Turn, Question], Question]] = []


def resolves(step: Callable[[Turn, Question], Question]) -> Callable[[Turn, Question], Question]:
    """Registers what may see another question in a short one, from what was said before."""
    _resolvers.append(step)
    return step


def _resolved(turn: Turn, question: Question) -> Question:
    for step in _resolvers:
        question = step(turn, question)
    return question


_followers: list[Callable[[Turn, list[Reply]], None]] = []


def follows(step: Callable[[Turn, list[Reply]], None]) -> Callable[[Turn, list[Reply]], None]:
    """Registers what is kept of an answer before the next question of the message: what "it" then means."""
    _followers.append(step)
    return step


_closers: list[Callable[[Turn, list[Reply]], list[Reply]]] = []


def closes(step: Callable[[Turn, list[Reply]], list[Reply]]) -> Callable[[Turn, list[Reply]], list[Reply]]:
    """Registers what is done with the replies of every turn: the greeting line, the interview's next question."""
    _closers.append(step)
    return step


def after_all(turn: Turn, replies: list[Reply]) -> list[Reply]:
    for step in _closers:
        replies = step(turn, replies)
    return replies
