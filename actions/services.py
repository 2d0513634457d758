"""What every action needs: the stores, the wording, the settings. Made on first use, never at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from functools import cached_property
from typing import Any

from sqlalchemy.engine import Engine

from bot.coaching.case import Case
from bot.coaching.person import Held, Person
from bot.coaching.phrases import Phrases
from bot.database import make_engine
from bot.experience.facts import Fact
from bot.experience.joining import Joining
from bot.experience.lexicon import Lexicon
from bot.experience.reader import Reader
from bot.experience.record import Record, StoredFact
from bot.experience.supposing import supposed
from bot.knowledge.content import Knowledge
from bot.knowledge.store import KnowledgeStore
from bot.knowledge.wording import load_phrases
from bot.runtime.settings import ROOT, Settings
from bot.runtime.transcripts import Transcripts


@dataclass(frozen=True)
class Services:
    settings: Settings
    on_erase: list[Callable[[str, str], None]] = field(default_factory=list, compare=False, repr=False)
    """What else keeps something of a person: told the channel and name of each place they are known in."""

    @cached_property
    def record(self) -> Record:
        return Record(self.engine)

    @cached_property
    def joining(self) -> Joining:
        return Joining(self.engine)

    @cached_property
    def knowledge_store(self) -> KnowledgeStore:
        return KnowledgeStore(self.engine)

    @property
    def knowledge(self) -> Knowledge:
        """The content in force; the last good one when a load fails."""
        return self.knowledge_store.knowledge()

    @cached_property
    def phrases(self) -> Phrases:
        return load_phrases(ROOT / "data" / "responses")

    @cached_property
    def engine(self) -> Engine:
        return make_engine(self.settings.database_url)

    @cached_property
    def transcripts(self) -> Transcripts:
        return Transcripts(self.engine)

    def export(self, person_id: str) -> dict[str, Any]:
        """All that is held about a person. Raises KeyError when they are unknown."""
        mine = self.transcripts.of(self.record.identities(person_id))
        return {**self.record.export(person_id), "conversations": {c: self.transcripts.events(c) for c in mine}}

    def erase(self, person_id: str) -> tuple[int, int]:
        """Record and conversations alike, in every channel; the rows and the events there were."""
        places = self.record.identities(person_id)
        mine = self.transcripts.of(places)
        rows = self.record.forget(person_id)
        for forget in self.on_erase:
            for place in places:
                forget(*place)
        return rows, sum(self.transcripts.erase(c) for c in mine)

    def case(self, person: Person) -> Case:
        return Case(person, self.knowledge, self.phrases)

    @cached_property
    def reader(self) -> Reader:
        return Reader(Lexicon.of(self.knowledge))

    def supposed(self, text: str) -> tuple[str, list[Fact]]:
        """ "If I finish my degree": its words, and the facts that would then hold; none when nothing is supposed."""
        words, statement = supposed(text)
        facts = self.reader.read(statement).facts if statement else []
        return words, [replace(f, polarity="has") for f in facts if f.kind != "goal"]

    def now(self) -> datetime:
        """The clock's time, on the day answers are given as of."""
        return datetime.combine(self.today(), datetime.now(timezone.utc).time(), timezone.utc)

    def today(self) -> date:
        return date.fromisoformat(self.settings.today) if self.settings.today else datetime.now(timezone.utc).date()

    def person(self, person_id: str) -> Person:
        """What is held of a person, as the advice sees them."""
        return self.seen(self.record.facts(person_id))

    def seen(self, facts: Iterable[StoredFact]) -> Person:
        """A person of whom ``facts`` are held."""
        return Person(tuple(map(held, facts)), self.today(), self.knowledge)


def held(stored: StoredFact) -> Held:
    return Held(stored.id, stored.fact, stored.said_at.date(), stored.statement)


_current: list[Services] = []


def services() -> Services:
    """The process's services, from the environment unless :func:`use` gave others."""
    if not _current:
        _current.append(Services(Settings.from_environment()))
    return _current[0]


def use(chosen: Services | None) -> None:
    """Make ``chosen`` the process's services; None forgets them."""
    _current[:] = [chosen] if chosen else []
