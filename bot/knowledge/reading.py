"""Content files into checked items, with file and line for every mistake."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.knowledge.content import KINDS, Knowledge, item_id
from bot.knowledge.schema import Content


@dataclass(frozen=True, order=True)
class Mistake:
    """``line`` counts from 1; 0 where the whole file is meant."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Placed:
    """An item and where it stands."""

    kind: str
    item: Content
    file: str
    line: int


class _Lined(yaml.CSafeLoader):
    """Keeps the line of each mapping under a key no content uses."""


def _mapping(loader: _Lined, node: yaml.MappingNode) -> dict[str, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    double = next((key for n, key in enumerate(keys) if key in keys[:n]), None)
    if double is not None:
        raise yaml.constructor.ConstructorError(None, None, f"{double!r} stands twice", node.start_mark)
    result: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    result[_LINES] = {"": node.start_mark.line + 1} | {
        key: k.start_mark.line + 1 for key, (k, _) in zip(keys, node.value, strict=True)
    }
    return result


_LINES = "\0lines"
_Lined.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_folder(folder: Path) -> tuple[list[Placed], list[Mistake]]:
    """Every item below ``folder`` and every mistake of form; references are checked by :mod:`bot.knowledge.checks`."""
    placed: list[Placed] = []
    mistakes: list[Mistake] = []
    files = sorted(folder.rglob("*.yml"))
    if not files:
        mistakes.append(Mistake(str(folder), 0, "there are no content files (*.yml) in this folder."))
    for path in files:
        name = str(path.relative_to(folder.parent))
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Lined)  # noqa: S506 - a safe loader
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or error
            mistakes.append(Mistake(name, mark.line + 1 if mark else 0, f"this is not readable as YAML: {problem}."))
            continue
        for kind, raw, line in _raw_items(name, data, mistakes):
            _check(kind, raw, name, line, placed, mistakes)
    return placed, mistakes


def _raw_items(name: str, data: Any, mistakes: list[Mistake]) -> Iterator[tuple[str, Any, int]]:
    if data is None:
        return
    if not isinstance(data, dict):
        mistakes.append(Mistake(name, 1, "the file must hold lists under keys such as roles: or advice:."))
        return
    lines = data.pop(_LINES)
    if "certifications/" in name and "id" in data:
        yield "certifications", {**data, _LINES: lines}, lines[""]
        return
    for key, items in data.items():
        if key == "aliases":
            continue
        if key not in KINDS:
            mistakes.append(
                Mistake(name, lines[key], f"{key!r} is no kind of content; the kinds are {', '.join(KINDS)}.")
            )
            continue
        for raw in items or []:
            line = raw[_LINES][""] if isinstance(raw, dict) else lines[key]
            yield key, raw, line


def _check(kind: str, raw: Any, name: str, line: int, placed: list[Placed], mistakes: list[Mistake]) -> None:
    if not isinstance(raw, dict):
        mistakes.append(Mistake(name, line, f"an item of {kind} must have keys and values, not be {raw!r}."))
        return
    try:
        placed.append(Placed(kind, KINDS[kind].parse_obj(_plain(raw)), name, line))
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(str(part) for part in problem["loc"] if part != "__root__")
            message = f"{raw.get('id', 'an item')}: {where}: {problem['msg']}."
            mistakes.append(Mistake(name, _line_of(raw, problem["loc"], line), message))


def _line_of(raw: Any, loc: tuple[Any, ...], line: int) -> int:
    for part in loc:
        if isinstance(raw, dict):
            line = raw.get(_LINES, {}).get(part, line)
            raw = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
    return line


def _plain(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: _plain(value) for key, value in raw.items() if key != _LINES}
    return [_plain(value) for value in raw] if isinstance(raw, list) else raw


def assemble(placed: list[Placed]) -> Knowledge:
    """The items as content in force, in a fixed order, stamped with the hash of all of them."""
    kinds: dict[str, dict[str, Content]] = {kind: {} for kind in KINDS}
    for one in sorted(placed, key=lambda p: (p.file, p.line)):
        kinds[one.kind].setdefault(item_id(one.item), one.item)
    return Knowledge(**kinds, version=version_of(kinds))  # type: ignore[arg-type]


def version_of(kinds: dict[str, dict[str, Content]]) -> str:
    """Twelve hexadecimal digits of the normalised content: the same content gives the same version."""
    normal = {
        kind: {id_: json.loads(item.json(by_alias=True)) for id_, item in items.items()}
        for kind, items in kinds.items()
    }
    return hashlib.sha256(json.dumps(normal, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
