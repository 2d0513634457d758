"""The words people use for roles, certifications and terms, gathered from the content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.knowledge.content import Knowledge

SHORT = {
    "role": {
        "pm": "project_manager",
        "ba": "business_analyst",
        "sm": "scrum_master",
        "po": "product_owner",
        "tpm": "programme_manager",
        "dev": "developer",
    }
}
"""Abbreviations too short for a content alias."""


@dataclass(frozen=True)
class Lexicon:
    """Alias (lower case, single spaces) to ``kind:id``."""

    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, knowledge: Knowledge) -> Lexicon:
        words: dict[str, str] = {}
        for role in knowledge.roles.values():
            for alias in (role.name, role.id.replace("_", " "), *role.aliases):
                words.setdefault(normal(alias), f"role:{role.id}")
        for kind in (knowledge.families, knowledge.certifications):
            for item in kind.values():
                names = (
                    item.id,
                    item.id.replace("-", " "),
                    item.name,
                    getattr(item, "short", item.name),
                    *item.aliases,
                )
                for alias in names:
                    words.setdefault(normal(alias), f"certification:{item.id}")
        for key, term in knowledge.terms.items():
            for alias in (*((term.name,) if term.kind != "constraint" else ()), *term.aliases):
                words.setdefault(normal(alias), key)
        for kind_name, aliases in SHORT.items():
            for alias, id_ in aliases.items():
                words.setdefault(alias, f"{kind_name}:{id_}")
        return cls(words)


def normal(alias: str) -> str:
    """As aliases are compared: lower case, one space, US "program" as "programme"."""
    return re.sub(r"\bprogram\b", "programme", re.sub(r"[\s\-–_/]+", " ", alias.lower()).strip())
