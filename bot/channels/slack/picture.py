"""Our own pictures as PNG: Slack shows no SVG. Draws the few shapes that our pictures are made of."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

SCALE = 2
"""Pixels for one unit of the picture: sharp on a phone."""


def png(svg: str) -> bytes:
    """Raises ValueError for a shape it cannot draw."""
    from PIL import Image, ImageDraw

    root = ElementTree.fromstring(svg)  # noqa: S314
    size = tuple(int(float(root.get(side, "0")) * SCALE) for side in ("width", "height"))
    image = Image.new("RGB", (size[0], size[1]), "white")
    canvas = ImageDraw.Draw(image)
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("svg", "g", "title", "desc"):
            continue
        if name not in _SHAPES:
            raise ValueError(f"a picture holds <{name}>, which cannot be drawn")
        _SHAPES[name](canvas, element)
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()


def _number(element: Any, name: str) -> float:
    return float(element.get(name, "0")) * SCALE


def _rect(canvas: Any, element: Any) -> None:
    x, y, width, height = (_number(element, n) for n in ("x", "y", "width", "height"))
    canvas.rounded_rectangle(
        (x, y, x + width - 1, y + height - 1), _number(element, "rx"), fill=element.get("fill"),
        outline=element.get("stroke"), width=SCALE,
    )  # fmt: skip


def _line(canvas: Any, element: Any) -> None:
    ends = tuple(_number(element, n) for n in ("x1", "y1", "x2", "y2"))
    canvas.line(ends, fill=element.get("stroke", "#000000"), width=SCALE)


def _text(canvas: Any, element: Any) -> None:
    font = _font(element.get("font-weight") in ("600", "700", "bold"))
    x, y = _number(element, "x"), _number(element, "y")
    anchor = {"middle": "ms", "end": "rs"}.get(element.get("text-anchor", ""), "ls")
    canvas.text((x, y), "".join(element.itertext()), font=font, fill=element.get("fill", "#000000"), anchor=anchor)


_SHAPES = {"rect": _rect, "line": _line, "text": _text}


@lru_cache
def _font(bold: bool) -> Any:
    """The font that comes with matplotlib, found without importing it, which would take seconds."""
    from importlib.util import find_spec

    from PIL import ImageFont

    spec = find_spec("matplotlib")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    try:
        return ImageFont.truetype(str(folder / "mpl-data" / "fonts" / "ttf" / name), 12 * SCALE)
    except OSError:
        return ImageFont.load_default()
