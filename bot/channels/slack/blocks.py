"""A reply as Block Kit. Pure: what must be stored or uploaded beside the blocks is given back with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.mrkdwn import escape, from_markdown, link, split
from bot.coaching.reply import Attachment, Button, Card, Picture, Reply, Source, Table

Block = dict[str, Any]
Say = Callable[..., str]

MENU_FROM = 6
"""Choices from which on a menu takes the place of buttons."""
OPEN_CARDS = 5
"""Cards up to which each shows its buttons; more of them have an overflow menu each, to stay short on a phone."""
TOKEN = "token:"  # noqa: S105 - a prefix, not a secret


@dataclass(frozen=True)
class Message:
    """One Slack message: blocks within the limits, and the text for notifications and screen readers."""

    blocks: list[Block]
    text: str


@dataclass
class Rendered:
    """``tokens`` are payloads too long for Slack, by the token that stands for them; store them before sending."""

    messages: list[Message]
    pictures: list[Picture] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)


def render(reply: Reply, say: Say, key: str = "", place: str = "") -> Rendered:
    """``key`` tells this answer's buttons from any other's, ``place`` (channel-thread) is where its taps belong.

    Both are kept in the blocks' ids as ``group|number|key|place``.
    """
    tokens: dict[str, str] = {}
    ids = _Ids(key, place)
    blocks = _sections(from_markdown(reply.lead))
    blocks += _points(reply)
    blocks += _table(reply.table) if reply.table else []
    blocks += _sections(f"_{escape(reply.picture.alt)}_") if reply.picture else []
    for number, card in enumerate(reply.cards):
        blocks += _card(card, number, len(reply.cards) <= OPEN_CARDS, ids, tokens, say)
    blocks += _sections(from_markdown(reply.closing))
    blocks += _sources(reply.sources, say)
    blocks += choices(reply.buttons, "next", ids, tokens, say)
    if not blocks:
        blocks = _sections(escape(say("label_slack_files")))
    return Rendered(
        _messages(blocks, fallback(reply, say)),
        [reply.picture] if reply.picture else [],
        list(reply.attachments),
        tokens,
    )


def fallback(reply: Reply, say: Say) -> str:
    """The reply as text alone, as mrkdwn. The blocks hold all of it, so this may be cut."""
    text = from_markdown(reply.text()).strip() or escape(say("label_slack_files"))
    return split(text, limits.TEXT_ADVISED - 1)[0] + ("…" if len(text) >= limits.TEXT_ADVISED else "")


class _Ids:
    def __init__(self, key: str, place: str) -> None:
        self.key, self.place, self.count = key, place, 0

    def next(self, group: str) -> str:
        self.count += 1
        return f"{group}|{self.count}|{self.key}|{self.place}"


def _messages(blocks: list[Block], text: str) -> list[Message]:
    """A block of buttons is not parted from the section above it."""
    messages: list[Message] = []
    while blocks:
        cut = min(len(blocks), limits.BLOCKS)
        if cut < len(blocks) and blocks[cut]["type"] == "actions" and blocks[cut - 1]["type"] == "section":
            cut -= 1
        messages.append(Message(blocks[:cut], text if not messages else _text_of(blocks[:cut])))
        blocks = blocks[cut:]
    return messages


def _text_of(blocks: list[Block]) -> str:
    texts = [b["text"]["text"] for b in blocks if b["type"] == "section" and "text" in b]
    return split("\n".join(texts), limits.TEXT_ADVISED)[0] if texts else "…"


def section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def _sections(text: str) -> list[Block]:
    return [section(piece) for piece in split(text.strip(), limits.SECTION) if piece.strip()]


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": t} for t in texts]}


def _points(reply: Reply) -> list[Block]:
    lines = [f"• {from_markdown(p.text)}" + (f"\n    _{escape(p.reason)}_" if p.reason else "") for p in reply.points]
    return [b for text in _packed(lines, limits.SECTION) for b in _sections(text)]


def _packed(lines: Iterable[str], most: int) -> list[str]:
    """Lines joined as long as they fit together."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + 1 + len(line) <= most:
            packed[-1] += "\n" + line
        else:
            packed.append(line)
    return packed


def _table(table: Table) -> list[Block]:
    """Two columns as fields side by side; more as a short list a row: a wide grid cannot be read on a phone."""
    pairs = [f"*{escape(row[0])}*\n{escape(row[1])}" for row in table.rows if len(row) == 2]
    if len(table.columns) == 2 and all(len(p) <= limits.FIELD for p in pairs):
        fields = [{"type": "mrkdwn", "text": p} for p in pairs]
        return [
            {"type": "section", "fields": fields[n : n + limits.FIELDS]} for n in range(0, len(fields), limits.FIELDS)
        ]
    rows = []
    for row in table.rows:
        cells = [f"{escape(c)}: {escape(v)}" for c, v in zip(table.columns[1:], row[1:], strict=False) if v]
        rows.append("\n".join([f"*{escape(row[0])}*", *cells]))
    return [b for text in _packed(rows, limits.SECTION) for b in _sections(text)]


def _card(card: Card, number: int, is_open: bool, ids: _Ids, tokens: dict[str, str], say: Say) -> list[Block]:
    blocks = _sections(f"*{escape(card.title)}*\n{from_markdown(card.text)}")
    group = f"card{number}"
    if not card.buttons:
        return blocks
    if is_open or len(card.buttons) > limits.OVERFLOW:
        return blocks + choices(card.buttons, group, ids, tokens, say)
    if any(len(b.title) > limits.OPTION_TEXT for b in card.buttons):
        return blocks + choices(card.buttons, group, ids, tokens, say)
    menu = {
        "type": "overflow",
        "action_id": "coach.tap.0",
        "options": [_option(b.title, value(b.payload, tokens, limits.OPTION_VALUE)) for b in card.buttons],
    }
    blocks[-1] = {**blocks[-1], "block_id": ids.next(group), "accessory": menu}
    return blocks


def _sources(sources: Sequence[Source], say: Say) -> list[Block]:
    def one(source: Source) -> str:
        checked = escape(say("label_slack_checked", date=source.checked_on)) if source.checked_on else ""
        return f"{link(source.url, source.title)} {checked}".strip()

    texts = [one(s) for s in sources]
    return [context(*texts[n : n + limits.CONTEXT_ELEMENTS]) for n in range(0, len(texts), limits.CONTEXT_ELEMENTS)]


def choices(buttons: Sequence[Button], group: str, ids: _Ids, tokens: dict[str, str], say: Say) -> list[Block]:
    """Buttons up to five, a menu from six on. Titles Slack would refuse are listed in full above, by number."""
    if not buttons:
        return []
    titles = [b.title for b in buttons]
    blocks: list[Block] = []
    if any(len(t) > limits.BUTTON_TEXT for t in titles):
        lines = [f"{n}. {escape(t)}" for n, t in enumerate(titles, 1)]
        blocks += [b for text in _packed(lines, limits.SECTION) for b in _sections(text)]
        titles = [_short(f"{n}. {t}") for n, t in enumerate(titles, 1)]
    titles = [t or "…" for t in titles]
    if len(buttons) < MENU_FROM:
        values = [value(b.payload, tokens, limits.BUTTON_VALUE) for b in buttons]
        elements = [
            {"type": "button", "action_id": f"coach.tap.{n}", "text": _plain(t), "value": v}
            for n, (t, v) in enumerate(zip(titles, values, strict=True))
        ]
        return [*blocks, {"type": "actions", "block_id": ids.next(group), "elements": elements}]
    options = [_option(t, value(b.payload, tokens, limits.OPTION_VALUE)) for t, b in zip(titles, buttons, strict=True)]
    menus = [options[n : n + limits.OPTIONS] for n in range(0, len(options), limits.OPTIONS)]
    for menu in menus:
        select = {
            "type": "static_select",
            "action_id": "coach.tap.0",
            "placeholder": _plain(say("label_slack_choose")),
            "options": menu,
        }
        blocks.append({"type": "actions", "block_id": ids.next(group), "elements": [select]})
    return blocks


def _short(title: str) -> str:
    return title if len(title) <= limits.BUTTON_TEXT else title[: limits.BUTTON_TEXT - 1] + "…"


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _option(title: str, payload: str) -> dict[str, Any]:
    return {"text": _plain(_short(title)), "value": payload}


def value(payload: str, tokens: dict[str, str], most: int) -> str:
    """The payload, or the token that stands for one that is too long."""
    if len(payload) <= most and not payload.startswith(TOKEN):
        return payload
    token = TOKEN + hashlib.sha256(payload.encode()).hexdigest()[:32]
    tokens[token] = payload
    return token


# --- after a tap ---


def group_of(block_id: str) -> tuple[str, str, str]:
    """Group, key and place of a block's id; empty ones for an id that is none of ours."""
    parts = block_id.split("|")
    return (parts[0], parts[2], parts[3]) if len(parts) == 4 else ("", "", "")


def chosen(blocks: list[Block], block_id: str, title: str, say: Say) -> list[Block]:
    """The message after a tap: the tapped group's buttons give way to what was chosen; other cards stay tappable."""
    group = group_of(block_id)[0]
    result: list[Block] = []
    said = False
    for block in blocks:
        if not _belongs(block, group, block_id):
            result.append(block)
            continue
        if block["type"] == "section":
            result.append({k: v for k, v in block.items() if k not in ("accessory", "block_id")})
        if not said:
            result.append(context(escape(say("label_slack_chosen", title=title))))
            said = True
    return result[: limits.BLOCKS]


def _belongs(block: Block, group: str, block_id: str) -> bool:
    if block["type"] not in ("actions", "section"):
        return False
    own = block.get("block_id", "")
    return own == block_id or bool(group and group_of(own)[0] == group)


def title_of(action: dict[str, Any]) -> str:
    """What the person saw on what they tapped."""
    option = action.get("selected_option") or action
    return re.sub(r"\s+", " ", str((option.get("text") or {}).get("text", ""))).strip()
