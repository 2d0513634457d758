"""One person in two channels: joined by a code that one shows and the other types, and separated again."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta, timezone

from sqlalchemy import delete, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.database import session_scope
from bot.experience.models import (
    EvidenceRow,
    FactRow,
    FeedbackRow,
    Identity,
    IdentityJoin,
    JoinCode,
    PersonRow,
    PlanStepRow,
    StatementRow,
)

VALID = timedelta(minutes=10)
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that reads like another or like a digit."""
LENGTH = 8
"""31 to the power of 8 codes, each good for ten minutes: guessing one is out of reach."""

_OWNED = (StatementRow, EvidenceRow, FeedbackRow, PlanStepRow)


class CodeUnknown(Exception):
    """The code was never given out, has been used, or is too old."""


class Joining:
    """Every method is one transaction and raises StoreUnavailable when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def code(self, person: str) -> str:
        """A new code for a person, good once and for ten minutes; the one before is void."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        with session_scope(self._engine) as session:
            now = datetime.now(timezone.utc)
            session.execute(delete(JoinCode).where(or_(JoinCode.person == person, JoinCode.expires_at < now)))
            session.add(JoinCode(code=_hash(code), person=person, expires_at=now + VALID))
        return f"{code[:4]}-{code[4:]}"

    def join(self, channel: str, external_id: str, code: str) -> str:
        """Joins an identity to the person whose code it is, with all it told; that person.

        Raises CodeUnknown for a code that is not good.
        """
        with session_scope(self._engine) as session:
            row = session.get(JoinCode, _hash(code))
            if row is None or _utc(row.expires_at) < datetime.now(timezone.utc):
                raise CodeUnknown
            person = str(row.person)
            session.delete(row)
            identity = session.get(Identity, (channel, external_id))
            if identity is None:
                session.add(Identity(channel=channel, external_id=external_id, person=person))
                moved: dict[str, list[str]] = {}
            elif identity.person == person:
                return person
            else:
                _separate(session, channel, external_id)
                moved = _move_all(session, str(identity.person), person)
                identity.person = person
            session.flush()
            _settle(session, person)
            session.merge(
                IdentityJoin(
                    channel=channel, external_id=external_id, person=person, moved=moved,
                    joined_at=datetime.now(timezone.utc),
                )
            )  # fmt: skip
            return person

    def joined(self, channel: str, external_id: str) -> bool:
        with session_scope(self._engine) as session:
            return session.get(IdentityJoin, (channel, external_id)) is not None

    def separate(self, channel: str, external_id: str) -> bool:
        """Undoes a join: what the identity brought and what it told since goes with it. False when there is none."""
        with session_scope(self._engine) as session:
            return _separate(session, channel, external_id)


def _separate(session: Session, channel: str, external_id: str) -> bool:
    row = session.get(IdentityJoin, (channel, external_id))
    identity = session.get(Identity, (channel, external_id))
    if row is None or identity is None:
        return False
    old, new = str(row.person), uuid.uuid4().hex
    session.add(PersonRow(id=new, first_seen=datetime.now(timezone.utc), preferences={}))
    session.flush()
    own = f"{channel}:{external_id}"
    told = or_(StatementRow.conversation == own, StatementRow.conversation.startswith(f"{own}:", autoescape=True))
    since = session.execute(select(StatementRow.id).where(StatementRow.person == old, told)).scalars()
    moved = {**row.moved, "statement": [*row.moved.get("statement", []), *since]}
    for table in _OWNED:
        _move(session, table, moved.get(table.__tablename__, []), old, new)
    identity.person = new
    session.delete(row)
    session.flush()
    _settle(session, old)
    _settle(session, new)
    return True


def _move_all(session: Session, old: str, new: str) -> dict[str, list[str]]:
    """A plan moves only to a person who has none: two plans do not make one."""
    has_plan = session.execute(select(PlanStepRow.id).where(PlanStepRow.person == new)).first() is not None
    moved = {}
    for table in _OWNED:
        if table is PlanStepRow and has_plan:
            continue
        ids = [str(i) for i in session.execute(select(table.id).where(table.person == old)).scalars()]
        _move(session, table, ids, old, new)
        moved[table.__tablename__] = ids
    return moved


def _move(session: Session, table: type, ids: list[str], old: str, new: str) -> None:
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        quiet = {"synchronize_session": False}
        session.execute(
            update(table).where(table.id.in_(some), table.person == old).values(person=new).execution_options(**quiet)  # type: ignore[attr-defined]
        )
        if table is StatementRow:
            session.execute(
                update(FactRow)
                .where(FactRow.statement.in_(some), FactRow.person == old)
                .values(person=new)
                .execution_options(**quiet)
            )


def _settle(session: Session, person: str) -> None:
    """Of each kind and id the fact told last is in force; what a fact gone elsewhere replaced is so again."""
    session.expire_all()
    rows = session.execute(
        select(FactRow, StatementRow.said_at)
        .join(StatementRow, FactRow.statement == StatementRow.id)
        .where(FactRow.person == person)
        .order_by(StatementRow.said_at, FactRow.position)
    ).all()
    here = {row.id for row, _ in rows}
    last: dict[tuple[str, str], FactRow] = {}
    for position, (row, _) in enumerate(rows, 1):
        row.position = position
        if row.superseded_by not in (None, "removed") and row.superseded_by not in here:
            row.superseded_by = None
        if row.superseded_by is not None:
            continue
        before = last.get((row.kind, row.fact_id))
        if before is not None:
            before.superseded_by = row.id
        last[row.kind, row.fact_id] = row
    session.flush()


def _hash(code: str) -> str:
    """Codes are compared as typed without case, blanks and dashes."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
