"""What people told us: kept with their words, superseded and never overwritten, exported and erased whole."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import looking, session_scope, transaction
from bot.experience.facts import Fact
from bot.experience.models import (
    Base,
    EvidenceRow,
    FactRow,
    FeedbackRow,
    Identity,
    PersonRow,
    PlanStepRow,
    SkippedRow,
    StatementRow,
    UnansweredRow,
)
from bot.experience.steps import PlanStep

REMOVED = "removed"
MANY = 50
"""So many facts of one person are kept in memory after a turn; fewer are read again sooner than they are worth it."""
AT_HAND = 100
"""People whose many facts a process has in memory."""

# What every turn asks, put together once: that takes SQLAlchemy longer than the database takes to answer.
_identity, _statement, _fact = Identity.__table__, StatementRow.__table__, FactRow.__table__
_WHO = select(_identity.c.person).where(
    _identity.c.channel == bindparam("channel"), _identity.c.external_id == bindparam("external_id")
)
_KEPT = select(_statement.c.id).where(
    _statement.c.person == bindparam("person"),
    _statement.c.conversation == bindparam("conversation"),
    _statement.c.message_id == bindparam("message_id"),
)
_KEEP = insert(_statement)
_KEEP_ONCE = insert(_statement).from_select(
    [c.name for c in _statement.c],
    select(*(bindparam(c.name, type_=c.type) for c in _statement.c)).where(~_KEPT.exists()),
)
"""Unless the message has been kept: one call where asking first would be two, and a new message is the rule."""
_MEET, _NAME = insert(PersonRow.__table__), insert(_identity)
_HELD_COLUMNS = (
    _fact.c.id, _statement.c.text, _statement.c.said_at, _fact.c.kind, _fact.c.fact_id, _fact.c.polarity,
    _fact.c.months_least, _fact.c.months_most, _fact.c.current, _fact.c.text, _fact.c.start, _fact.c.end,
    _fact.c.amount, _fact.c.unit,
)  # fmt: skip
"""In the order in which :func:`_stored` takes them."""
_FACTS = select(*_HELD_COLUMNS).join(_statement, _fact.c.statement == _statement.c.id).order_by(_fact.c.position)
_HELD = _FACTS.where(_fact.c.person == bindparam("person"), _fact.c.superseded_by.is_(None))
_OF_NAME = (
    select(_identity.c.person)
    .select_from(_identity)
    .outerjoin(_fact, and_(_fact.c.person == _identity.c.person, _fact.c.superseded_by.is_(None)))
    .where(_identity.c.channel == bindparam("channel"), _identity.c.external_id == bindparam("external_id"))
    .order_by(_fact.c.position)
)
_KNOWN = _OF_NAME.add_columns(*_HELD_COLUMNS).outerjoin(_statement, _fact.c.statement == _statement.c.id)
"""Who it is and what is held of them; of somebody with no facts one row without any."""
_IDS = _OF_NAME.add_columns(_fact.c.id)
"""The same with the facts' ids alone: a fact is superseded and never changed, so one read before need not be again."""
_BEFORE = _FACTS.where(_fact.c.person == bindparam("person"), _fact.c.superseded_by.is_not(None))
_OF_STATEMENT = _FACTS.where(_fact.c.statement == bindparam("statement"))
_LAST = select(func.max(_fact.c.position)).where(_fact.c.person == bindparam("person"))
_OF_SAME = (
    _fact.c.person == bindparam("whose"),
    _fact.c.superseded_by.is_(None),
    _fact.c.kind == bindparam("what"),
    _fact.c.fact_id == bindparam("which"),
)
_SAME = select(_fact).where(*_OF_SAME)
_ADD = insert(_fact)
_GIVE_WAY = update(_fact).where(*_OF_SAME)
_ONE_GIVES_WAY = update(_fact).where(_fact.c.id == bindparam("gone"))


@dataclass(frozen=True)
class StoredFact:
    """A fact as held: its id, the whole statement it came from and when that was said."""

    id: str
    fact: Fact
    statement: str
    said_at: datetime


@dataclass(frozen=True)
class Said:
    """One message: the conversation and the channel's own id for it, its words, when, and what was read from it."""

    conversation: str
    message_id: str
    text: str
    said_at: datetime
    facts: Sequence[Fact] = ()


@dataclass(frozen=True)
class Heard:
    """What a message has done to the record: ``before`` and ``held`` are the facts held before and after it.

    ``new`` are those it gave, also when it was kept at an earlier delivery.
    """

    person: str
    before: list[StoredFact]
    new: list[StoredFact]
    held: list[StoredFact]


@dataclass(frozen=True)
class StoredEvidence:
    id: str
    text: str
    competency: str | None
    happened_on: date
    link: str


class Record:
    """Every method that writes is one transaction; all raise StoreUnavailable when the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._at_hand: OrderedDict[tuple[str, str], dict[str, StoredFact]] = OrderedDict()

    # --- who ---

    def person_for(self, channel: str, external_id: str) -> str:
        """The person behind an identity, created on first contact."""
        with transaction(self._engine) as connection:
            return _person(connection, channel, external_id)

    def known(self, channel: str, external_id: str) -> str | None:
        """The person behind an identity, or None when there is none."""
        with looking(self._engine) as connection:
            return _known(connection, channel, external_id)

    def existing(self, person: str) -> str | None:
        """``person`` when the record holds one of that id, else None."""
        with session_scope(self._engine) as session:
            return person if session.get(PersonRow, person) else None

    def identities(self, person: str) -> list[tuple[str, str]]:
        """Channel and name of every identity that leads to a person."""
        with session_scope(self._engine) as session:
            query = select(Identity.channel, Identity.external_id).where(Identity.person == person)
            return sorted((str(channel), str(name)) for channel, name in session.execute(query))

    # --- statements and facts ---

    def hear(self, channel: str, external_id: str, said: Said | None) -> Heard:
        """Keeps what somebody wrote, and gives what is held of them; with None, a tap, there is nothing to keep.

        All that a turn asks of the record before it answers, in one transaction.
        """
        with transaction(self._engine) as connection:
            known = self._known_now(connection, channel, external_id)
            person, before = known or (_meet(connection, channel, external_id), [])
            new, again = _note(connection, person, said) if said else ([], True)
            held = before if again else _after(before, new)
        if len(held) >= MANY:
            self._at_hand[channel, external_id] = {fact.id: fact for fact in held}
            if len(self._at_hand) > AT_HAND:
                self._at_hand.popitem(last=False)
        return Heard(person, before, new, held)

    def _known_now(self, connection: Connection, channel: str, external_id: str) -> tuple[str, list[StoredFact]] | None:
        """Who somebody is and what is held of them; facts at hand are not read again."""
        who = {"channel": channel, "external_id": external_id}
        at_hand = self._at_hand.pop((channel, external_id), None)
        if at_hand:
            ids = connection.execute(_IDS, who).all()
            if ids and all(id_ in at_hand for _, id_ in ids):
                return str(ids[0][0]), [at_hand[id_] for _, id_ in ids]
        rows = connection.execute(_KNOWN, who).all()
        return (str(rows[0][0]), [_stored(fact) for _, *fact in rows if fact[0] is not None]) if rows else None

    def note(self, person: str, said: Said) -> list[StoredFact]:
        """Keeps a statement and its facts. A message kept before changes nothing and gives back what it gave then."""
        with transaction(self._engine) as connection:
            new, _ = _note(connection, person, said)
            return new

    def keep_statement(self, person: str, conversation: str, message_id: str, text: str) -> None:
        """Keeps words nothing was read from, because reading them failed."""
        self.note(person, Said(conversation, message_id, text, datetime.now(timezone.utc)))

    def facts(self, person: str) -> list[StoredFact]:
        """What is held now, in the order in which it was told."""
        return self._facts(person, _HELD)

    def fact_history(self, person: str) -> list[StoredFact]:
        """What was held before and has been superseded or removed."""
        return self._facts(person, _BEFORE)

    def _facts(self, person: str, query: Any) -> list[StoredFact]:
        with looking(self._engine) as connection:
            return _facts(connection, person, query)

    def correct(
        self, person: str, fact_id: str, fact: Fact, conversation: str, text: str, said_at: datetime
    ) -> StoredFact:
        """Puts ``fact`` in the place of another. Raises KeyError when that is not held."""
        with transaction(self._engine) as connection:
            _check_held(connection, person, fact_id)
            statement = _new_id()
            connection.execute(
                _KEEP,
                {
                    "id": statement,
                    "person": person,
                    "conversation": conversation,
                    "message_id": _new_id(),
                    "text": text,
                    "said_at": said_at,
                },
            )
            new = _keep(connection, person, statement, fact, _last(connection, person) + 1)
            connection.execute(update(_fact).where(_fact.c.id == fact_id).values(superseded_by=new))
            return _stored(connection.execute(_OF_STATEMENT, {"statement": statement}).one())

    def remove(self, person: str, fact_id: str) -> None:
        """No longer held; it stays in the history until the person is forgotten. Raises KeyError when not held."""
        with transaction(self._engine) as connection:
            _check_held(connection, person, fact_id)
            connection.execute(update(_fact).where(_fact.c.id == fact_id).values(superseded_by=REMOVED))

    # --- plan, feedback, questions ---

    def plan(self, person: str) -> list[PlanStep]:
        with session_scope(self._engine) as session:
            rows = session.execute(
                select(PlanStepRow).where(PlanStepRow.person == person).order_by(PlanStepRow.position)
            ).scalars()
            return [
                PlanStep(r.text, r.hours, r.weeks, r.done_when, r.why, r.advice, id=r.id, status=r.status, due=r.due)
                for r in rows
            ]

    def replace_plan(self, person: str, steps: Sequence[PlanStep]) -> None:
        """The plan is now ``steps``; those that have an id keep it."""
        with session_scope(self._engine) as session:
            session.execute(delete(PlanStepRow).where(PlanStepRow.person == person))
            for position, s in enumerate(steps):
                session.add(
                    PlanStepRow(
                        id=s.id or _new_id(),
                        person=person,
                        position=position,
                        text=s.text,
                        hours=s.hours,
                        weeks=s.weeks,
                        done_when=s.done_when,
                        why=s.why,
                        advice=s.advice,
                        status=s.status,
                        due=s.due,
                    )
                )

    def skip_question(self, person: str, question: str) -> None:
        with session_scope(self._engine) as session:
            session.merge(SkippedRow(person=person, question=question))

    def skipped_questions(self, person: str) -> list[str]:
        with session_scope(self._engine) as session:
            return sorted(session.execute(select(SkippedRow.question).where(SkippedRow.person == person)).scalars())

    def add_feedback(self, person: str, thumb: str, words: str, about: dict[str, Any]) -> None:
        with session_scope(self._engine) as session:
            now = datetime.now(timezone.utc)
            session.add(FeedbackRow(id=_new_id(), person=person, thumb=thumb, words=words, about=about, given_at=now))

    def add_evidence(self, person: str, text: str, competency: str | None, happened_on: date, link: str = "") -> None:
        with session_scope(self._engine) as session:
            session.add(
                EvidenceRow(
                    id=_new_id(), person=person, text=text, competency=competency, happened_on=happened_on, link=link
                )
            )

    def evidence(self, person: str) -> list[StoredEvidence]:
        """Newest first."""
        with session_scope(self._engine) as session:
            rows = session.execute(
                select(EvidenceRow)
                .where(EvidenceRow.person == person)
                .order_by(EvidenceRow.happened_on.desc(), EvidenceRow.id)
            ).scalars()
            return [StoredEvidence(r.id, r.text, r.competency, r.happened_on, r.link) for r in rows]

    def remove_evidence(self, person: str, evidence_id: str) -> None:
        """Erases one piece of evidence; one that is not this person's is left alone."""
        with session_scope(self._engine) as session:
            session.execute(delete(EvidenceRow).where(EvidenceRow.id == evidence_id, EvidenceRow.person == person))

    def withdraw(self, person: str, conversation: str, message_id: str) -> None:
        """The message was rewritten: what was read from its former words is no longer held."""
        with session_scope(self._engine) as session:
            told = select(StatementRow.id).where(
                StatementRow.person == person,
                StatementRow.conversation == conversation,
                StatementRow.message_id == message_id,
            )
            session.execute(
                update(FactRow)
                .where(FactRow.statement.in_(told.scalar_subquery()), FactRow.superseded_by.is_(None))
                .values(superseded_by=REMOVED)
                .execution_options(synchronize_session=False)
            )

    def identities_in(self, channel: str, prefix: str) -> dict[str, str]:
        """People by external id, of the identities that begin with ``prefix``."""
        with session_scope(self._engine) as session:
            query = select(Identity).where(
                Identity.channel == channel, Identity.external_id.startswith(prefix, autoescape=True)
            )
            return {str(i.external_id): str(i.person) for i in session.execute(query).scalars()}

    def add_unanswered(self, text: str) -> None:
        """For the curator; kept with no person."""
        with session_scope(self._engine) as session:
            session.add(UnansweredRow(id=_new_id(), text=text, asked_on=datetime.now(timezone.utc).date()))

    # --- taking away and erasing ---

    def export(self, person: str) -> dict[str, Any]:
        """Every row held about a person, by table. Raises KeyError for an unknown person."""
        with session_scope(self._engine) as session:
            if session.get(PersonRow, person) is None:
                raise KeyError(person)
            tables = [t for t in Base.metadata.sorted_tables if "person" in t.c]
            return {
                "person": person,
                **{
                    t.name: [_jsonable(row._mapping) for row in session.execute(select(t).where(t.c.person == person))]
                    for t in tables
                },
            }

    def forget(self, person: str) -> int:
        """Erases every row of a person; how many there were. Forgetting an unknown person erases nothing."""
        self._at_hand.clear()
        with session_scope(self._engine) as session:
            erased = 0
            for table in reversed(Base.metadata.sorted_tables):
                column = table.c.get("person") if table.name != "person" else table.c.id
                if column is not None:
                    erased += session.execute(delete(table).where(column == person)).rowcount
            return erased


def _known(connection: Connection, channel: str, external_id: str) -> str | None:
    found = connection.execute(_WHO, {"channel": channel, "external_id": external_id}).scalar_one_or_none()
    return None if found is None else str(found)


def _person(connection: Connection, channel: str, external_id: str) -> str:
    return _known(connection, channel, external_id) or _meet(connection, channel, external_id)


def _meet(connection: Connection, channel: str, external_id: str) -> str:
    person = _new_id()
    connection.execute(_MEET, {"id": person, "first_seen": datetime.now(timezone.utc), "preferences": {}})
    connection.execute(_NAME, {"channel": channel, "external_id": external_id, "person": person})
    return person


def _facts(connection: Connection, person: str, query: Any) -> list[StoredFact]:
    return [_stored(row) for row in connection.execute(query, {"person": person})]


def _after(before: list[StoredFact], new: list[StoredFact]) -> list[StoredFact]:
    """What is held once ``new`` is: of each thing the last that was told, in the order in which it was told."""
    told = [*before, *new]
    begin = len(before)
    given = {n.fact.key for n in new}
    return [
        old
        for place, old in enumerate(told)
        if old.fact.key not in given
        or not any(later.fact.takes_the_place_of(old.fact) for later in told[max(place + 1, begin) :])
    ]


def _note(connection: Connection, person: str, said: Said) -> tuple[list[StoredFact], bool]:
    """The facts it gave, and whether it had been kept before."""
    key = {"person": person, "conversation": said.conversation, "message_id": said.message_id}
    statement = _new_id()
    row = {"id": statement, **key, "text": said.text, "said_at": said.said_at}
    if not connection.execute(_KEEP_ONCE, row).rowcount:
        return _given(connection, connection.execute(_KEPT, key).scalar_one()), True
    if not said.facts:
        return [], False
    for position, fact in enumerate(said.facts, _last(connection, person) + 1):
        _keep(connection, person, statement, fact, position)
    return _given(connection, statement), False


def _given(connection: Connection, statement: str) -> list[StoredFact]:
    return [_stored(row) for row in connection.execute(_OF_STATEMENT, {"statement": statement})]


def _last(connection: Connection, person: str) -> int:
    """The place of the last fact somebody told."""
    return connection.execute(_LAST, {"person": person}).scalar() or 0


def _keep(connection: Connection, person: str, statement: str, fact: Fact, position: int) -> str:
    """Adds a fact and gives its id. What was held of the same kind and id gives way."""
    least, most = fact.months or (None, None)
    row = {
        "id": _new_id(), "person": person, "statement": statement, "position": position,
        "kind": fact.kind, "fact_id": fact.id, "polarity": fact.polarity, "months_least": least, "months_most": most,
        "current": fact.current, "text": fact.text, "start": fact.start, "end": fact.end, "amount": fact.amount,
        "unit": fact.unit,
    }  # fmt: skip
    same = {"whose": person, "what": fact.kind, "which": fact.id}
    bare = fact.kind == "role" and fact.months is None and fact.start is None and fact.polarity == "has"
    rows = connection.execute(_SAME, same).all() if bare or fact.unlisted else []
    going = [r for r in rows if fact.takes_the_place_of(replace(fact, text=r.text))]
    held = going[0] if bare and going else None
    # Naming a role again without its length takes back no length told before.
    if held is not None and held.polarity == "has" and (held.months_least is not None or held.start):
        row |= {"months_least": held.months_least, "months_most": held.months_most}
        row |= {"start": held.start, "end": held.end}
        row["current"] = fact.current if fact.current is not None else held.current
    if not fact.unlisted:
        connection.execute(_GIVE_WAY, {**same, "superseded_by": row["id"]})
    elif going:
        connection.execute(_ONE_GIVES_WAY, [{"gone": r.id, "superseded_by": row["id"]} for r in going])
    connection.execute(_ADD, row)
    return str(row["id"])


def _check_held(connection: Connection, person: str, fact_id: str) -> None:
    held = (_fact.c.id == fact_id, _fact.c.person == person, _fact.c.superseded_by.is_(None))
    if connection.execute(select(_fact.c.id).where(*held)).one_or_none() is None:
        raise KeyError(fact_id)


def _stored(row: Iterable[Any]) -> StoredFact:
    # By place and not by name: somebody of many turns holds a hundred and more, which are read at each.
    id_, statement, said_at, kind, fact_id, polarity, least, most, *rest = row
    months = None if least is None else (least, most)
    return StoredFact(id_, Fact(kind, fact_id, polarity, months, *rest), statement, said_at)


def _jsonable(row: Any) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, (date, datetime)) else value
        for key, value in row.items()
        if key != "person"
    }


def _new_id() -> str:
    return uuid.uuid4().hex
