"""Slack's limits on what is sent, and a check that a message or view keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

BLOCKS = 50
VIEW_BLOCKS = 100
SECTION = 3000
FIELDS = 10
FIELD = 2000
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
ELEMENTS = 25
CONTEXT_ELEMENTS = 10
OPTIONS = 100
OVERFLOW = 5
OPTION_TEXT = 75
OPTION_VALUE = 150
RADIO = 10
BLOCK_ID = 255
HEADER = 150
INPUT = 3000
LABEL = 2000
PROMPTS = 4
MODAL_TITLE = 24
FALLBACK = 40_000
TEXT_ADVISED = 4_000
"""Slack advises fallback texts below this and cuts them only far above."""


def mistakes(blocks: list[dict[str, Any]], most: int = BLOCKS) -> list[str]:
    """What Slack would refuse, a line each; empty when it would take them."""
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    found += [f"block_id {i} twice" for i in set(ids) if ids.count(i) > 1]
    found += [f"block_id of {len(i)} characters" for i in ids if len(i) > BLOCK_ID]
    for number, block in enumerate(blocks):
        found += [f"block {number} ({block['type']}): {m}" for m in _BLOCKS[block["type"]](block)]
    return found


def _size(text: str, most: int, what: str) -> list[str]:
    return [] if 1 <= len(text) <= most else [f"{what} of {len(text)} characters"]


def _section(block: dict[str, Any]) -> list[str]:
    found = _size(block["text"]["text"], SECTION, "text") if "text" in block else []
    fields = block.get("fields", [])
    found += [f"{len(fields)} fields"] if len(fields) > FIELDS or not (fields or "text" in block) else []
    found += [m for f in fields for m in _size(f["text"], FIELD, "field")]
    return found + (_element(block["accessory"]) if "accessory" in block else [])


def _actions(block: dict[str, Any]) -> list[str]:
    elements = block["elements"]
    found = [] if 1 <= len(elements) <= ELEMENTS else [f"{len(elements)} elements"]
    ids = [e["action_id"] for e in elements]
    found += [f"action_id {i} twice" for i in set(ids) if ids.count(i) > 1]
    return found + [m for e in elements for m in _element(e)]


def _context(block: dict[str, Any]) -> list[str]:
    elements = block["elements"]
    found = [] if 1 <= len(elements) <= CONTEXT_ELEMENTS else [f"{len(elements)} elements"]
    return found + [m for e in elements for m in _size(e["text"], FIELD, "text")]


def _input(block: dict[str, Any]) -> list[str]:
    return _size(block["label"]["text"], LABEL, "label") + _element(block["element"])


def _element(element: dict[str, Any]) -> list[str]:
    kind = element["type"]
    if kind == "button":
        return _size(element["text"]["text"], BUTTON_TEXT, "button") + _size(
            element.get("value", "-"), BUTTON_VALUE, "value"
        )
    if kind == "plain_text_input":
        return ["initial value too long"] if len(element.get("initial_value", "")) > INPUT else []
    options = element.get("options")
    if options is None:
        return []
    most = {"overflow": OVERFLOW, "radio_buttons": RADIO, "checkboxes": RADIO}.get(kind, OPTIONS)
    found = [] if 1 <= len(options) <= most else [f"{len(options)} options"]
    for option in options:
        found += _size(option["text"]["text"], OPTION_TEXT, "option")
        found += _size(option["value"], OPTION_VALUE, "option value")
    return found


_BLOCKS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "section": _section,
    "actions": _actions,
    "context": _context,
    "input": _input,
    "header": lambda block: _size(block["text"]["text"], HEADER, "header"),
    "divider": lambda _: [],
}
