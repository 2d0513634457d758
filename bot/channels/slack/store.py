"""What the Slack channel must remember: events taken, what is still to be sent, threads followed, answers given."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Column, DateTime, Integer, String, Text, delete, func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, declarative_base

from bot.database import StoreUnavailable, session_scope

Base: Any = declarative_base()

LEASE = timedelta(seconds=60)
"""How long a process may be silent about an event before another takes it over; it renews this while it works."""
KEPT = timedelta(days=7)
"""How long an event's id is remembered. Slack repeats an event within hours."""

Call = dict[str, Any]
"""A Web API call to be made: ``method`` and ``args``."""


class EventRow(Base):
    """``body`` and ``calls`` hold what people wrote, and only until the event is dealt with."""

    __tablename__ = "slack_event"
    number = Column(Integer, primary_key=True, autoincrement=True)
    key = Column(String(200), nullable=False, unique=True)
    kind = Column(String(60), nullable=False)
    team = Column(String(40), nullable=False)
    person = Column(String(90), nullable=False)
    body = Column(Text)
    calls = Column(Text)
    received_at = Column(DateTime(timezone=True), nullable=False, index=True)
    owner = Column(String(32))
    lease_until = Column(DateTime(timezone=True))


class ThreadRow(Base):
    """``kind`` is "followed" (a channel thread the person asked in) or "assistant" (a chat in the assistant pane).

    ``user`` is the person's key, as ``person`` is elsewhere.
    """

    __tablename__ = "slack_thread"
    team = Column(String(40), primary_key=True)
    channel = Column(String(40), primary_key=True)
    ts = Column(String(30), primary_key=True)
    user = Column(String(40), primary_key=True)
    kind = Column(String(10), nullable=False)


class AnswerRow(Base):
    """Which messages answered a question: ``sent`` is a JSON list of [channel, ts]."""

    __tablename__ = "slack_answer"
    team = Column(String(40), primary_key=True)
    channel = Column(String(40), primary_key=True)
    ts = Column(String(30), primary_key=True)
    person = Column(String(90), nullable=False)
    sent = Column(Text, nullable=False)
    answered_at = Column(DateTime(timezone=True), nullable=False)


class TokenRow(Base):
    """A button's payload that is longer than Slack takes."""

    __tablename__ = "slack_token"
    token = Column(String(40), primary_key=True)
    person = Column(String(90), primary_key=True)
    payload = Column(Text, nullable=False)


@dataclass(frozen=True)
class Taken:
    """An event this process deals with. ``calls`` is set when the answer was made before and is still to be sent."""

    number: int
    body: dict[str, Any]
    calls: list[Call] | None = None


class SlackStore:
    """Every method is one transaction and raises StoreUnavailable when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._owner = uuid.uuid4().hex

    # --- events ---

    def take(self, keys: Sequence[str], kind: str, team: str, person: str, body: dict[str, Any]) -> Taken | None:
        """Takes an event for this process, or None when one of its keys was taken before, here or elsewhere."""
        now = _now()
        try:
            with Session(self._engine, future=True) as session, session.begin():
                row = EventRow(
                    key=keys[0], kind=kind, team=team, person=person, body=json.dumps(body), received_at=now,
                    owner=self._owner, lease_until=now + LEASE,
                )  # fmt: skip
                session.add(row)
                session.flush()
                session.add_all(
                    EventRow(key=key, kind=kind, team=team, person=person, received_at=now)
                    for key in dict.fromkeys(keys[1:])
                    if key != keys[0]
                )
                session.flush()
                return Taken(int(row.number), body)
        except IntegrityError:
            return None
        except Exception as error:
            raise StoreUnavailable(f"The event could not be kept: {type(error).__name__}") from error

    def left_behind(self) -> list[Taken]:
        """Takes over, oldest first, events that a process gave up or died with."""
        now, taken = _now(), []
        with session_scope(self._engine) as session:
            stale = (EventRow.body.is_not(None), EventRow.lease_until < now)
            numbers = list(session.execute(select(EventRow.number).where(*stale).order_by(EventRow.number)).scalars())
            for number in numbers:
                won = session.execute(
                    update(EventRow)
                    .where(EventRow.number == number, *stale)
                    .values(owner=self._owner, lease_until=now + LEASE)
                    .execution_options(synchronize_session=False)
                ).rowcount
                if won:
                    row = session.get(EventRow, number)
                    taken.append(Taken(number, json.loads(row.body), json.loads(row.calls) if row.calls else None))
        return taken

    def before(self, number: int, person: str) -> bool:
        """True while an earlier event of the person is being dealt with by a living process."""
        with session_scope(self._engine) as session:
            earlier = (
                EventRow.number < number,
                EventRow.person == person,
                EventRow.body.is_not(None),
                EventRow.lease_until > _now(),
            )
            return session.execute(select(func.count()).select_from(EventRow).where(*earlier)).scalar() > 0

    def renew(self, number: int) -> None:
        self._set(number, lease_until=_now() + LEASE)

    def release(self, number: int) -> None:
        """Gives an event up for now: it is taken again by :meth:`left_behind`."""
        self._set(number, lease_until=_now() - timedelta(seconds=1))

    def keep_calls(self, number: int, calls: list[Call]) -> None:
        """The answer is made and these calls are left; the event is not answered anew from here on."""
        self._set(number, calls=json.dumps(calls), lease_until=_now() + LEASE)

    def done(self, number: int) -> None:
        self._set(number, body=None, calls=None)

    def _set(self, number: int, **values: Any) -> None:
        with session_scope(self._engine) as session:
            session.execute(update(EventRow).where(EventRow.number == number).values(**values))

    def last_seen(self) -> dict[str, datetime]:
        """When each kind of event was last received."""
        with session_scope(self._engine) as session:
            rows = session.execute(select(EventRow.kind, func.max(EventRow.received_at)).group_by(EventRow.kind))
            return dict(rows.all())

    def tidy(self) -> None:
        """Forgets the ids of events Slack will not repeat any more."""
        with session_scope(self._engine) as session:
            old = (EventRow.received_at < _now() - KEPT, EventRow.body.is_(None))
            session.execute(delete(EventRow).where(*old).execution_options(synchronize_session=False))

    # --- threads, answers, tokens ---

    def follow(self, team: str, channel: str, ts: str, person: str, kind: str = "followed") -> None:
        with session_scope(self._engine) as session:
            session.merge(ThreadRow(team=team, channel=channel, ts=ts, user=person, kind=kind))

    def follows(self, team: str, channel: str, ts: str, person: str) -> str:
        """The kind of thread it is for this person, or an empty string."""
        with session_scope(self._engine) as session:
            row = session.get(ThreadRow, (team, channel, ts, person))
            return str(row.kind) if row else ""

    def keep_answer(self, team: str, channel: str, ts: str, person: str, sent: list[list[str]]) -> None:
        with session_scope(self._engine) as session:
            session.merge(
                AnswerRow(
                    team=team, channel=channel, ts=ts, person=person, sent=json.dumps(sent), answered_at=_now()
                )
            )  # fmt: skip

    def answer(self, team: str, channel: str, ts: str) -> list[list[str]] | None:
        """Where a question was answered, or None when it was not."""
        with session_scope(self._engine) as session:
            row = session.get(AnswerRow, (team, channel, ts))
            return json.loads(row.sent) if row else None

    def keep_tokens(self, person: str, tokens: dict[str, str]) -> None:
        with session_scope(self._engine) as session:
            for token, payload in tokens.items():
                session.merge(TokenRow(token=token, person=person, payload=payload))

    def payload(self, person: str, value: str) -> str:
        """What a button carries: itself, or what its token stands for; empty for a token of someone else or gone."""
        from bot.channels.slack.blocks import TOKEN

        if not value.startswith(TOKEN):
            return value
        with session_scope(self._engine) as session:
            row = session.get(TokenRow, (value, person))
            return str(row.payload) if row else ""

    # --- erasing ---

    def erase_kept(self, person: str) -> None:
        """What is kept of a person beside events."""
        with session_scope(self._engine) as session:
            for column in (ThreadRow.user, AnswerRow.person, TokenRow.person):
                session.execute(delete(column.class_).where(column == person))

    def erase_person(self, person: str, *, but: int = 0) -> None:
        """Everything of a person but the ids of events, which say nothing. ``but`` is the event being dealt with."""
        self.erase_kept(person)
        with session_scope(self._engine) as session:
            session.execute(
                update(EventRow)
                .where(EventRow.person == person, EventRow.number != but)
                .values(body=None, calls=None)
                .execution_options(synchronize_session=False)
            )

    def erase_team(self, team: str) -> None:
        """Everything of a workspace but the ids of events: one that Slack repeats must not erase a later beginning."""
        quiet = {"synchronize_session": False}
        with session_scope(self._engine) as session:
            for table in (ThreadRow, AnswerRow):
                session.execute(delete(table).where(table.team == team).execution_options(**quiet))
            for column in (ThreadRow.user, AnswerRow.person, TokenRow.person):
                theirs = column.startswith(f"{team}-", autoescape=True)
                session.execute(delete(column.class_).where(theirs).execution_options(**quiet))
            session.execute(
                update(EventRow).where(EventRow.team == team).values(body=None, calls=None).execution_options(**quiet)
            )


def _now() -> datetime:
    return datetime.now(timezone.utc)
