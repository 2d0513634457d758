"""What every answer is made from: the person, the content in force, the wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.coaching.person import Person
from bot.coaching.phrases import Phrases
from bot.coaching.reply import Source
from bot.knowledge.content import Knowledge


@dataclass(frozen=True)
class Case:
    person: Person
    knowledge: Knowledge
    phrases: Phrases

    def say(self, key: str, **values: object) -> str:
        return self.phrases.say(key, **values)

    def sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """The store's sources as a reply shows them, each once; ids the store no longer has are passed over."""
        found = (self.knowledge.sources[i] for i in dict.fromkeys(ids) if i in self.knowledge.sources)
        return tuple(Source(s.title, s.url, s.checked_on.isoformat()) for s in found)

    def role_name(self, role: str) -> str:
        item = self.knowledge.roles.get(role)
        return item.name if item else role.replace("_", " ")

    def fact_name(self, key: str) -> str:
        """A fact key in plain words: "portfolio management", "Head of PMO", "PfMP"."""
        kind, _, id_ = key.partition(":")
        if kind in ("role", "goal") and id_ in self.knowledge.roles:
            return self.knowledge.roles[id_].name
        if kind in ("certification", "goal"):
            return self.certification_name(id_)
        term = self.knowledge.terms.get(key)
        return term.name if term else id_.replace("_", " ")

    def certification_name(self, certification: str) -> str:
        item = self.knowledge.certifications.get(certification) or self.knowledge.families.get(certification)
        if item:
            return item.short if hasattr(item, "short") else item.name
        term = self.knowledge.terms.get(f"certification:{certification}")
        return term.name if term else certification.upper()
