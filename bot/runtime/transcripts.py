"""Conversations as kept: every event, and what they come to; read for export, erased on request, purged by age."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Integer, String, Text, UniqueConstraint, delete, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, declarative_base

from bot.coaching.reply import without_files
from bot.database import session_scope

Base: Any = declarative_base()


class Conversation(Base):
    """``slots`` are their values after the last event, ``length`` how many events there are."""

    __tablename__ = "conversation"
    sender_id = Column(String(250), primary_key=True)
    length = Column(Integer, nullable=False)
    slots = Column(JSON, nullable=False)
    changed_at = Column(DateTime(timezone=True), nullable=False, index=True)


class ConversationEvent(Base):
    __tablename__ = "conversation_event"
    sender_id = Column(String(250), primary_key=True)
    number = Column(Integer, primary_key=True)
    data = Column(Text, nullable=False)


class ConversationMessage(Base):
    """What a person sent with the replies to it, as they saw them. ``replies`` is empty while it is being answered."""

    __tablename__ = "conversation_message"
    __table_args__ = (UniqueConstraint("conversation", "message_id", name="uq_conversation_message"),)
    id = Column(Integer, primary_key=True, autoincrement=True)
    conversation = Column(String(250), nullable=False)
    message_id = Column(String(100), nullable=False)
    text = Column(Text, nullable=False)
    payload = Column(Text, nullable=False)
    replies = Column(Text)
    sent_at = Column(DateTime(timezone=True), nullable=False)


@dataclass(frozen=True)
class Message:
    """One message kept with its replies; ``replies`` is None while it is being answered. ``number`` grows with time."""

    number: int
    message_id: str
    text: str
    payload: str
    replies: list[dict[str, Any]] | None
    sent_at: datetime


class Transcripts:
    """Every method is one transaction and raises StoreUnavailable when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, identities: Iterable[tuple[str, str]]) -> list[str]:
        """The conversations (``channel:name``, or with a thread) of someone known by these channels and names."""
        whose = [f"{channel}:{name}" for channel, name in identities]
        if not whose:
            return []
        with session_scope(self._engine) as session:
            found: set[str] = set()
            # A message whose turn failed is kept and has no events.
            for column in (Conversation.sender_id, ConversationMessage.conversation):
                mine = or_(*(c for w in whose for c in (column == w, _below(column, w))))
                found |= set(session.execute(select(column).where(mine)).scalars())
            return sorted(found)

    def events(self, sender_id: str) -> list[dict[str, Any]]:
        """Every event of a conversation, oldest first."""
        with session_scope(self._engine) as session:
            query = select(ConversationEvent.data).where(ConversationEvent.sender_id == sender_id)
            return [json.loads(data) for data in session.execute(query.order_by(ConversationEvent.number)).scalars()]

    def claim(self, conversation: str, message_id: str, text: str, payload: str) -> Message | None:
        """Keeps a message that is about to be answered. One kept before is given back in place of None."""
        with session_scope(self._engine) as session:
            row = ConversationMessage(
                conversation=conversation,
                message_id=message_id,
                text=text,
                payload=payload,
                sent_at=datetime.now(timezone.utc),
            )
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                query = select(ConversationMessage).where(
                    ConversationMessage.conversation == conversation, ConversationMessage.message_id == message_id
                )
                return _message(session.execute(query).scalar_one())
            return None

    def keep_replies(self, conversation: str, message_id: str, replies: list[dict[str, Any]]) -> None:
        """Without the contents of files. A message erased meanwhile stays erased."""
        with session_scope(self._engine) as session:
            session.execute(
                update(ConversationMessage)
                .where(ConversationMessage.conversation == conversation, ConversationMessage.message_id == message_id)
                .values(replies=json.dumps([without_files(r) for r in replies], ensure_ascii=False))
            )

    def history(self, conversation: str, before: int | None, limit: int) -> list[Message]:
        """The last ``limit`` messages with a number below ``before``, oldest first."""
        with session_scope(self._engine) as session:
            query = select(ConversationMessage).where(ConversationMessage.conversation == conversation)
            if before is not None:
                query = query.where(ConversationMessage.id < before)
            rows = session.execute(query.order_by(ConversationMessage.id.desc()).limit(limit)).scalars()
            return [_message(row) for row in rows][::-1]

    def erase(self, sender_id: str) -> int:
        """Every event of a conversation, and its slots; how many events there were."""
        with session_scope(self._engine) as session:
            return _erase(session, sender_id)

    def erase_all(self, prefix: str) -> None:
        """Erases the conversation ``prefix`` and those that begin with it and a colon: a person's threads."""
        with session_scope(self._engine) as session:
            mine = (Conversation.sender_id == prefix) | _below(Conversation.sender_id, prefix)
            for sender_id in list(session.execute(select(Conversation.sender_id).where(mine)).scalars()):
                _erase(session, sender_id)

    def purge(self, before: datetime) -> int:
        """Erases conversations with nothing said since ``before``; how many."""
        with session_scope(self._engine) as session:
            old = select(Conversation.sender_id).where(Conversation.changed_at < before).scalar_subquery()
            for column in (ConversationEvent.sender_id, ConversationMessage.conversation):
                session.execute(
                    delete(column.class_).where(column.in_(old)).execution_options(synchronize_session=False)
                )
            left = ConversationMessage.conversation.not_in(select(Conversation.sender_id).scalar_subquery())
            session.execute(
                delete(ConversationMessage)
                .where(ConversationMessage.sent_at < before, left)
                .execution_options(synchronize_session=False)
            )
            return int(session.execute(delete(Conversation).where(Conversation.changed_at < before)).rowcount)


def _below(column: Any, prefix: str) -> Any:
    return column.startswith(f"{prefix}:", autoescape=True)


def _erase(session: Session, sender_id: str) -> int:
    erased = session.execute(delete(ConversationEvent).where(ConversationEvent.sender_id == sender_id)).rowcount
    session.execute(delete(Conversation).where(Conversation.sender_id == sender_id))
    session.execute(delete(ConversationMessage).where(ConversationMessage.conversation == sender_id))
    return int(erased)


def _message(row: ConversationMessage) -> Message:
    replies = json.loads(row.replies) if row.replies is not None else None
    # SQLite gives times back without their zone.
    return Message(row.id, row.message_id, row.text, row.payload, replies, row.sent_at.replace(tzinfo=timezone.utc))
