"""The channel-neutral answer. Channels render it; nothing here knows of Slack, HTML or a terminal."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Button:
    """A next step to tap. ``payload`` is ``/intent{"entity": "value"}`` and is never shown."""

    title: str
    payload: str


def button(title: str, intent: str, **entities: Any) -> Button:
    return Button(
        title, f"/{intent}{json.dumps(entities, ensure_ascii=False, sort_keys=True)}" if entities else f"/{intent}"
    )


def split_payload(payload: str) -> tuple[str, dict[str, Any]]:
    """``/intent{...}`` as intent and entities; an unreadable one is an unknown intent."""
    name, brace, rest = payload.strip().removeprefix("/").partition("{")
    try:
        entities = json.loads(brace + rest) if brace else {}
    except ValueError:
        return "", {}
    return name.strip(), entities if isinstance(entities, dict) else {}


@dataclass(frozen=True)
class Source:
    """Where a statement comes from; ``checked_on`` is an ISO date."""

    title: str
    url: str
    checked_on: str


@dataclass(frozen=True)
class Point:
    """One point of an answer, with the reason it is made to this person."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """An image with the words that replace it. ``svg`` is self-contained and has no script."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Attachment:
    name: str
    media_type: str
    content: str


@dataclass(frozen=True)
class Card:
    """One thing held about the person, or one step of a plan, with what can be done to it."""

    title: str
    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer: a lead sentence, points with reasons, what it depends on, sources, next steps.

    ``lead`` and ``closing`` may hold ``**bold**`` and ``[text](url)`` and nothing else of Markdown.
    ``about`` names what was answered (intent and ids), for feedback, "why?" and "tell me more".
    ``private`` marks what must never be shown where others read along.
    """

    lead: str
    points: tuple[Point, ...] = ()
    table: Table | None = None
    cards: tuple[Card, ...] = ()
    picture: Picture | None = None
    attachments: tuple[Attachment, ...] = ()
    closing: str = ""
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    private: bool = True
    knowledge_version: str = ""
    about: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """Everything but buttons and sources, as Markdown lines."""
        blocks = [self.lead] if self.lead else []
        if self.points:
            blocks.append("\n".join(f"- {p.text}{f' ({p.reason})' if p.reason else ''}" for p in self.points))
        if self.table:
            blocks.append(_markdown_table(self.table))
        if self.picture:
            blocks.append(self.picture.alt)
        blocks.extend(f"**{card.title}** {card.text}".strip() for card in self.cards)
        if self.closing:
            blocks.append(self.closing)
        return "\n\n".join(blocks)

    def to_dict(self) -> dict[str, Any]:
        """JSON for the wire and for ``coach chat --json``: the fields, and ``text``."""
        return {"text": self.text(), **asdict(self)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """The reverse of :meth:`to_dict`; unknown keys are ignored, so that old events can be shown."""

        def many(kind: type, key: str) -> tuple[Any, ...]:
            return tuple(kind(**item) for item in data.get(key) or ())

        def table(value: dict[str, Any] | None) -> Table | None:
            return Table(tuple(value["columns"]), tuple(tuple(row) for row in value["rows"])) if value else None

        picture = data.get("picture")
        return cls(
            lead=data.get("lead", data.get("text", "")),
            points=many(Point, "points"),
            table=table(data.get("table")),
            cards=tuple(
                Card(c["title"], c["text"], tuple(Button(**b) for b in c.get("buttons") or ()))
                for c in data.get("cards") or ()
            ),
            picture=Picture(**picture) if picture else None,
            attachments=many(Attachment, "attachments"),
            closing=data.get("closing", ""),
            buttons=many(Button, "buttons"),
            sources=many(Source, "sources"),
            private=data.get("private", True),
            knowledge_version=data.get("knowledge_version", ""),
            about=data.get("about") or {},
        )

    def with_(self, **changes: Any) -> Reply:
        return replace(self, **changes)


def without_files(reply: dict[str, Any]) -> dict[str, Any]:
    """A reply's dictionary to be kept: its files by name only. A copy of all data would hold every copy before it,
    and would outlast what was erased since."""
    return {**reply, "attachments": [{**file, "content": ""} for file in reply.get("attachments") or ()]}


def _markdown_table(table: Table) -> str:
    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"

    return "\n".join([line(table.columns), line(("---",) * len(table.columns)), *map(line, table.rows)])
