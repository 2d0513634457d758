"""The README, CONTRIBUTING and the docs say what is true: commands, settings and paths exist."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, main
from bot.runtime.settings import ROOT, Settings

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
MADE = (".venv", ".coach", "models", "node_modules", "build")
SETTINGS = {f"COACH_{f.name.upper()}" for f in fields(Settings)}
ELSEWHERE = {
    "COACH_BENCH_POSTGRES",
    "COACH_BENCH_REDIS",
    "COACH_ENCODER",
    "COACH_ENCODER_THREADS",
    "COACH_TEST_MODEL",
    "COACH_EVAL",
}
"""Read where they are used and not settings of the server."""


def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", words(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", words(page))) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_exist(page: Path) -> None:
    named = set(re.findall(r"`coach ([a-z]+)(?: ([a-z]+))?", words(page)))
    context = click.Context(main)
    for command, sub in named:
        assert command in COMMANDS, command
        found = main.get_command(context, command)
        if sub and isinstance(found, click.Group):
            assert sub in found.commands, f"{command} {sub}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_settings_exist(page: Path) -> None:
    assert set(re.findall(r"COACH_[A-Z0-9_]*[A-Z0-9]", words(page))) <= SETTINGS | ELSEWHERE


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_paths_exist(page: Path) -> None:
    text = words(page)
    named = re.findall(r"`((?:bot|actions|data|docs|tests|migrations|deploy|scripts)/[\w./-]*)`", text)
    named += [p for p in re.findall(r"\]\((?!http)([^)#]+)", text) if p]
    for path in named:
        base = (
            ROOT
            if path.startswith(("bot", "actions", "data", "docs", "tests", "migrations", "deploy", "scripts"))
            else page.parent
        )
        assert (base / path).exists() or path.startswith(MADE), f"{page.name} names {path}"


def test_every_command_has_help() -> None:
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(), name


def test_settings_are_explained_and_refused_in_a_sentence() -> None:
    source = words(ROOT / "bot" / "runtime" / "settings.py")
    for field in fields(Settings):
        assert re.search(rf'    {field.name}: .*\n    """\S', source), field.name
    with pytest.raises(ValueError, match="COACH_PORT must be a"):
        Settings.from_environment({"COACH_PORT": "many"})
