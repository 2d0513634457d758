"""The words people use for roles, certifications and terms, gathered from the content."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.experience.plain import plain
from bot.knowledge.content import Knowledge

OTHER_PAPER, ELSEWHERE = "certification:other", "certification:elsewhere"
"""Papers that are no item of ours, and those of other professions; of one who holds them the two tell the same."""
SHORT = {
    "role": {
        "pm": "project_manager",
        "pms": "project_manager",
        "ba": "business_analyst",
        "sm": "scrum_master",
        "po": "product_owner",
        "tpm": "programme_manager",
        "dev": "developer",
        "swe": "developer",
        "rte": "delivery_manager",
        "rn": "other",
        "gp": "other",
        "qa": "other",
    }
}
"""Abbreviations too short for a content alias."""


@dataclass(frozen=True)
class Lexicon:
    """Alias, as :func:`normal` writes it, to ``kind:id``."""

    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, knowledge: Knowledge) -> Lexicon:
        """The certifications' own names win over the list of names; what is named first keeps its word."""
        words: dict[str, str] = {}

        def add(alias: str, key: str) -> None:
            words.setdefault(normal(alias), key)

        for role in knowledge.roles.values():
            for alias in (role.name, role.id.replace("_", " "), *role.aliases):
                add(alias, f"role:{role.id}")
        for kind in (knowledge.families, knowledge.certifications):
            for item in kind.values():
                for alias in (item.id, item.name, getattr(item, "short", item.name), *item.aliases):
                    add(alias, f"certification:{item.id}")
        for key, term in knowledge.terms.items():
            for alias in (*((term.name,) if term.kind == "certification" else ()), *term.aliases):
                add(alias, key)
        for kind_name, aliases in SHORT.items():
            for alias, id_ in aliases.items():
                add(alias, f"{kind_name}:{id_}")
        words = {**_levels(words), **words}
        return cls({alias: key for alias, key in words.items() if alias})


def _levels(words: dict[str, str]) -> dict[str, str]:
    """The other ways to say "PRINCE2 Foundation": "foundation level of PRINCE2", "PRINCE2 (Foundation)"."""
    keys = set(words.values())
    found: dict[str, str] = {}
    for family, key in words.items():
        for level in ("foundation", "practitioner"):
            one = f"{key}-{level}"
            if one in keys:
                for said in (
                    f"{level} level of {family}",
                    f"{level} level in {family}",
                    f"{level} in {family}",
                    f"{family} {level} level",
                    f"{family} at {level} level",
                    f"{family} ({level})",
                ):
                    found[said] = one
            if level == "practitioner" and one in keys:
                found[f"{family} foundation and practitioner"] = one
                found[f"{family} foundation & practitioner"] = one
                found[f"{family} f&p"] = one
                found[f"{family} f + p"] = one
    return found


def normal(alias: str) -> str:
    """As aliases are compared with messages: lower case, one space, no hyphens, one spelling."""
    return plain(alias).text.strip()
