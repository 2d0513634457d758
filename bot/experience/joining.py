"""One person in two channels: joined by a code that one shows and the other types, and separated again."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import date, datetime, timedelta, timezone
from typing import Any

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
    SkippedRow,
    StatementRow,
)

VALID = timedelta(minutes=10)
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that reads like another or like a digit."""
DIGITS = "23456789"
LENGTH = 8
"""About 31 to the power of 8 codes, each good for ten minutes: guessing one is out of reach."""

_OWNED = (StatementRow, EvidenceRow, FeedbackRow, PlanStepRow)


class CodeUnknown(Exception):
    """The code was never given out, has been used, or is too old."""


class Joining:
    """Every method is one transaction and raises StoreUnavailable when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def code(self, person: str) -> str:
        """A new code for a person, good once and for ten minutes; the one before is void."""
        code = _new_code()
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
            moved: dict[str, Any] = {}
            if identity is None:
                session.add(Identity(channel=channel, external_id=external_id, person=person))
            elif identity.person == person:
                return person
            else:
                _part(session, channel, external_id)
                moved = _absorb(session, str(identity.person), person, (channel, external_id))
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
        """Whether the person is known elsewhere too, wherever the code was typed."""
        with session_scope(self._engine) as session:
            return bool(_joins(session, channel, external_id))

    def separate(self, channel: str, external_id: str) -> bool:
        """Undoes a join, from either side. Each place takes what it brought and what was told there since.

        False when there is nothing to undo.
        """
        with session_scope(self._engine) as session:
            return bool([_part(session, *place) for place in _joins(session, channel, external_id)])


def _joins(session: Session, channel: str, external_id: str) -> list[tuple[str, str]]:
    """The joins that undoing from here undoes: the identity's own, else those of all that joined it.

    Who came along with another goes along with it too.
    """
    if session.get(IdentityJoin, (channel, external_id)):
        return [(channel, external_id)]
    identity = session.get(Identity, (channel, external_id))
    if identity is None:
        return []
    rows = _rows(session, IdentityJoin, identity.person)
    came_along = [place for row in rows for place in row.moved.get("identity", [])]
    places = [[row.channel, row.external_id] for row in rows]
    return [(channel, name) for channel, name in places if [channel, name] not in came_along]


def _part(session: Session, channel: str, external_id: str) -> bool:
    """A joined identity becomes a person of its own again, with those who came with it."""
    row = session.get(IdentityJoin, (channel, external_id))
    identity = session.get(Identity, (channel, external_id))
    if row is None or identity is None:
        return False
    old, new, moved = str(row.person), uuid.uuid4().hex, dict(row.moved)
    session.add(PersonRow(id=new, first_seen=datetime.now(timezone.utc), preferences={}))
    session.flush()
    leaving = [(channel, external_id), *(tuple(pair) for pair in moved.get("identity", []))]
    session.delete(row)
    session.flush()
    _lead(session, leaving, old, new)
    told = or_(*(c for place in leaving for c in _told_at(*place)))
    since = session.execute(select(StatementRow.id).where(StatementRow.person == old, told)).scalars()
    moved["statement"] = [*moved.get("statement", []), *since]
    for table in _OWNED:
        _move(session, table, moved.get(table.__tablename__, []), old, new)
    session.add_all(PlanStepRow(**{**step, "person": new, "due": _day(step["due"])}) for step in moved.get("plan", []))
    _copy_skips(session, old, new)
    session.flush()
    _settle(session, old)
    _settle(session, new)
    return True


def _absorb(session: Session, old: str, new: str, joining: tuple[str, str]) -> dict[str, Any]:
    """Everything of ``old`` becomes that of ``new``, and ``old`` is no more; what it takes to undo that.

    Two plans do not make one: a person who has a plan keeps it, and the other is laid by for the undoing.
    """
    moved: dict[str, Any] = {}
    has_plan = session.execute(select(PlanStepRow.id).where(PlanStepRow.person == new)).first() is not None
    if has_plan:
        moved["plan"] = [_as_dict(r) for r in _rows(session, PlanStepRow, old)]
    for table in _OWNED:
        if table is PlanStepRow and has_plan:
            continue
        ids = [str(r.id) for r in _rows(session, table, old)]
        _move(session, table, ids, old, new)
        moved[table.__tablename__] = ids
    _copy_skips(session, old, new)
    places = [(str(i.channel), str(i.external_id)) for i in _rows(session, Identity, old)]
    _lead(session, places, old, new)
    moved["identity"] = [list(place) for place in places if place != joining]
    session.flush()
    session.execute(delete(PersonRow).where(PersonRow.id == old).execution_options(synchronize_session=False))
    session.expire_all()
    return moved


def _lead(session: Session, places: list[tuple[str, str]], old: str, new: str) -> None:
    """Identities, and what joined them, lead to another person."""
    for place in places:
        for table in (Identity, IdentityJoin):
            row = session.get(table, place)
            if row is not None and row.person == old:
                row.person = new


def _told_at(channel: str, external_id: str) -> tuple[Any, Any]:
    own = f"{channel}:{external_id}"
    return StatementRow.conversation == own, StatementRow.conversation.startswith(f"{own}:", autoescape=True)


def _rows(session: Session, table: Any, person: str) -> list[Any]:
    return list(session.execute(select(table).where(table.person == person)).scalars())


def _as_dict(row: Any) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _copy_skips(session: Session, old: str, new: str) -> None:
    for row in _rows(session, SkippedRow, old):
        session.merge(SkippedRow(person=new, question=row.question))


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


def _new_code() -> str:
    """One that no word could be: it has a letter and a digit."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if set(code) & set(DIGITS) and set(code) - set(DIGITS):
            return code


def _hash(code: str) -> str:
    """Codes are compared as typed without case, blanks and dashes."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
