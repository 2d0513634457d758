"""The content in force, read-only and in memory: what answers are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from bot.knowledge import schema

T = TypeVar("T")


@dataclass(frozen=True)
class Knowledge:
    """Every item by its id (terms by ``kind:id``). ``version`` is a hash of the content."""

    sources: Mapping[str, schema.Source] = field(default_factory=dict)
    roles: Mapping[str, schema.Role] = field(default_factory=dict)
    competencies: Mapping[str, schema.Competency] = field(default_factory=dict)
    pmo_types: Mapping[str, schema.PmoType] = field(default_factory=dict)
    transitions: Mapping[str, schema.Transition] = field(default_factory=dict)
    routes: Mapping[str, schema.Route] = field(default_factory=dict)
    considerations: Mapping[str, schema.Consideration] = field(default_factory=dict)
    advice: Mapping[str, schema.Advice] = field(default_factory=dict)
    questions: Mapping[str, schema.Question] = field(default_factory=dict)
    resources: Mapping[str, schema.Resource] = field(default_factory=dict)
    job_questions: Mapping[str, schema.JobQuestion] = field(default_factory=dict)
    places: Mapping[str, schema.Place] = field(default_factory=dict)
    pay: Mapping[str, schema.Pay] = field(default_factory=dict)
    families: Mapping[str, schema.CertificationFamily] = field(default_factory=dict)
    certifications: Mapping[str, schema.Certification] = field(default_factory=dict)
    notes: Mapping[str, schema.CertificationNote] = field(default_factory=dict)
    terms: Mapping[str, schema.Term] = field(default_factory=dict)
    version: str = ""

    @cached_property
    def _made(self) -> dict[Callable[[Knowledge], Any], Any]:
        return {}

    def once(self, make: Callable[[Knowledge], T]) -> T:
        """What ``make``, a function of a module, makes of this content; made when first asked for, and kept with it.

        For the tables an answer looks things up in, so that no turn walks content that grows without end.
        """
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def _transition_by_pair(self) -> dict[tuple[str, str], schema.Transition]:
        return {(t.from_role, t.to_role): t for t in self.transitions.values()}

    def members(self, ids: Iterable[str]) -> set[str]:
        """Certifications by their ids, a family as its members."""
        return {m for i in ids for m in (self.families[i].members if i in self.families else (i,))}

    def transition(self, from_role: str, to_role: str) -> schema.Transition | None:
        return self._transition_by_pair.get((from_role, to_role))


KINDS: Mapping[str, type[schema.Content]] = {
    "sources": schema.Source,
    "roles": schema.Role,
    "competencies": schema.Competency,
    "pmo_types": schema.PmoType,
    "transitions": schema.Transition,
    "routes": schema.Route,
    "considerations": schema.Consideration,
    "advice": schema.Advice,
    "questions": schema.Question,
    "resources": schema.Resource,
    "job_questions": schema.JobQuestion,
    "places": schema.Place,
    "pay": schema.Pay,
    "families": schema.CertificationFamily,
    "certifications": schema.Certification,
    "notes": schema.CertificationNote,
    "terms": schema.Term,
}
"""The lists a content file may hold, in the order in which they may refer to one another."""


def item_id(item: schema.Content) -> str:
    """The id an item is known by among its kind."""
    return f"{item.kind}:{item.id}" if isinstance(item, schema.Term) else str(getattr(item, "id"))  # noqa: B009 - not every Content has one
