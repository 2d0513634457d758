"""Tables of the experience record: people, what they said, what was read from it, what they plan."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()


def _person() -> Column:
    return Column(String(32), ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True)


class PersonRow(Base):
    __tablename__ = "person"
    id = Column(String(32), primary_key=True)
    first_seen = Column(DateTime(timezone=True), nullable=False)
    preferences = Column(JSON, nullable=False, default=dict)


class Identity(Base):
    """Who someone is in a channel. Several may lead to one person."""

    __tablename__ = "identity"
    channel = Column(String(40), primary_key=True)
    external_id = Column(String(200), primary_key=True)
    person = _person()


class StatementRow(Base):
    """The words, exactly as written. A message delivered twice is one statement."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("person", "conversation", "message_id", name="uq_statement_message"),)
    id = Column(String(32), primary_key=True)
    person = _person()
    conversation = Column(String(250), nullable=False)
    message_id = Column(String(100), nullable=False)
    text = Column(Text, nullable=False)
    said_at = Column(DateTime(timezone=True), nullable=False)


class FactRow(Base):
    """``superseded_by`` is the id of the fact that took its place, or "removed"."""

    __tablename__ = "fact"
    __table_args__ = (
        Index("ix_fact_current", "person", "superseded_by"),
        Index("ix_fact_position", "person", "position"),
        Index("ix_fact_statement", "statement"),
    )
    id = Column(String(32), primary_key=True)
    person = _person()
    statement = Column(String(32), ForeignKey("statement.id", ondelete="CASCADE"), nullable=False)
    position = Column(Integer, nullable=False)
    kind = Column(String(20), nullable=False)
    fact_id = Column(String(80), nullable=False)
    polarity = Column(String(10), nullable=False)
    months_least = Column(Integer)
    months_most = Column(Integer)
    current = Column(Boolean)
    text = Column(Text, nullable=False)
    start = Column(String(10))
    end = Column(String(10))
    amount = Column(Float)
    unit = Column(String(20))
    superseded_by = Column(String(32))


class PlanStepRow(Base):
    __tablename__ = "plan_step"
    id = Column(String(32), primary_key=True)
    person = _person()
    position = Column(Integer, nullable=False)
    text = Column(Text, nullable=False)
    hours = Column(Integer, nullable=False)
    weeks = Column(Integer, nullable=False)
    done_when = Column(Text, nullable=False)
    why = Column(Text, nullable=False)
    advice = Column(String(80), nullable=False)
    status = Column(String(10), nullable=False)
    due = Column(Date)


class FeedbackRow(Base):
    __tablename__ = "feedback"
    id = Column(String(32), primary_key=True)
    person = _person()
    thumb = Column(String(4), nullable=False)
    words = Column(Text, nullable=False)
    about = Column(JSON, nullable=False)
    given_at = Column(DateTime(timezone=True), nullable=False)


class SkippedRow(Base):
    __tablename__ = "skipped_question"
    person = Column(String(32), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    question = Column(String(80), primary_key=True)


class EvidenceRow(Base):
    """A dated piece of career evidence, kept for a competency."""

    __tablename__ = "evidence"
    id = Column(String(32), primary_key=True)
    person = _person()
    text = Column(Text, nullable=False)
    competency = Column(String(80))
    happened_on = Column(Date, nullable=False)
    link = Column(Text, nullable=False, default="")


class UnansweredRow(Base):
    """A question the coach could not answer, for the curator; nobody's name is with it."""

    __tablename__ = "unanswered_question"
    id = Column(String(32), primary_key=True)
    text = Column(Text, nullable=False)
    asked_on = Column(Date, nullable=False)


class JoinCode(Base):
    """A code that joins another channel's identity to a person; only its hash is kept."""

    __tablename__ = "join_code"
    code = Column(String(64), primary_key=True)
    person = _person()
    expires_at = Column(DateTime(timezone=True), nullable=False)


class IdentityJoin(Base):
    """An identity joined to a person, and the ids of what came with it by table: what undoing takes back."""

    __tablename__ = "identity_join"
    channel = Column(String(40), primary_key=True)
    external_id = Column(String(200), primary_key=True)
    person = _person()
    moved = Column(JSON, nullable=False)
    joined_at = Column(DateTime(timezone=True), nullable=False)
