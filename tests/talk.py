"""Talking to the coach in a test: say, tap a button by its title, look at what is held."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.coaching.reply import Button, Reply
from bot.runtime.coach import Coach, Incoming, Turn


@dataclass
class Talk:
    """One person's conversation; ``turn`` is what came of the last message."""

    coach: Coach
    conversation: str
    turn: Turn = field(default_factory=lambda: Turn([]))

    async def say(self, text: str, message_id: str = "") -> str:
        """What the coach answers, all replies as one text."""
        incoming = Incoming(self.conversation, text, **({"message_id": message_id} if message_id else {}))
        self.turn = await self.coach.take_turn(incoming)
        return self.text

    async def tap(self, title: str) -> str:
        """Taps the button of the last answer whose title holds ``title``."""
        found = next((b for b in self.buttons if title.lower() in b.title.lower()), None)
        if found is None:
            raise LookupError(f"no button {title!r} among {[b.title for b in self.buttons]}")
        return await self.press(found.payload)

    async def press(self, payload: str) -> str:
        self.turn = await self.coach.take_turn(Incoming(self.conversation, payload=payload))
        return self.text

    @property
    def text(self) -> str:
        return "\n\n".join(reply.text() for reply in self.turn.replies)

    @property
    def replies(self) -> list[Reply]:
        return self.turn.replies

    @property
    def buttons(self) -> list[Button]:
        return [b for r in self.replies for b in (*(b for c in r.cards for b in c.buttons), *r.buttons)]

    @property
    def urls(self) -> list[str]:
        return [s.url for r in self.replies for s in r.sources]

    def held(self) -> dict[str, str]:
        """What the record holds of this person: fact key to polarity."""
        channel, _, name = self.conversation.partition(":")
        record = self.coach.services.record
        person = record.known(channel, name)
        return {s.fact.key: s.fact.polarity for s in record.facts(person)} if person else {}
