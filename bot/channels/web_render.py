"""A reply for the web widget: the neutral fields, ids for feedback, and the picture as a tree of plain shapes."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

Node = list[Any]
"""``[name, attributes, text or None, children]``: what the widget builds, with no markup to parse in a browser."""

SHAPES = {"svg", "g", "rect", "circle", "line", "path", "polyline", "polygon", "text", "tspan", "title"}
ATTRIBUTES = {
    "viewBox", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "d",
    "points", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "transform", "font-size", "font-weight",
    "font-family", "text-anchor",
}  # fmt: skip


def rendered(reply: dict[str, Any], reply_id: str) -> dict[str, Any]:
    """What the widget is sent. ``reply`` is :meth:`Reply.to_dict`."""
    picture = reply.get("picture")
    if picture:
        picture = {"alt": picture["alt"], "tree": picture_tree(picture["svg"])}
    return {**reply, "id": reply_id, "picture": picture}


def picture_tree(svg: str) -> Node | None:
    """Shapes and text only; whatever else an SVG may hold is left out. None when it cannot be read."""
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by bot.coaching, never sent by anybody
    except ElementTree.ParseError:
        return None
    return _node(root)


def _node(element: ElementTree.Element) -> Node | None:
    name = element.tag.rpartition("}")[2]
    if name not in SHAPES:
        return None
    children = [node for node in map(_node, element) if node]
    return [name, {k: v for k, v in element.attrib.items() if k in ATTRIBUTES}, element.text, children]
