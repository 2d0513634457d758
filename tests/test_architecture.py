"""Dependencies point one way (DESIGN.md, section 2)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from bot.runtime.settings import ROOT

PURE = ("bot/knowledge", "bot/experience", "bot/coaching")
WITHOUT_IO = {"sqlalchemy", "rasa", "rasa_sdk", "requests", "httpx", "aiohttp", "socket", "sqlite3", "os", "yaml"}


def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def tops(modules: set[str]) -> set[str]:
    return {m.split(".")[0] for m in modules}


@pytest.mark.parametrize("path", [p for f in PURE for p in files(f)], ids=lambda p: str(p.relative_to(ROOT)))
def test_knowledge_record_and_coaching_know_nothing_of_rasa(path: Path) -> None:
    assert not tops(imported(path)) & {"rasa", "rasa_sdk", "actions"}
    if path.name != "commands.py":
        assert not {m for m in imported(path) if m.startswith(("bot.channels", "bot.nlu", "bot.cli"))}


@pytest.mark.parametrize("path", files("bot/coaching"), ids=lambda p: p.name)
def test_coaching_does_no_io(path: Path) -> None:
    assert not tops(imported(path)) & WITHOUT_IO
    assert "open" not in {
        n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)
    }


@pytest.mark.parametrize("path", files("actions"), ids=lambda p: p.name)
def test_actions_use_the_sdk_only(path: Path) -> None:
    assert "rasa" not in tops(imported(path))


def test_actions_bring_no_rasa_in() -> None:
    """Not even through what they import: an action server of its own needs only the SDK."""
    import subprocess

    code = "import actions.base, actions.services, sys; print('rasa' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "False"
