"""Files into the store: every mistake named with file and line, all of the content or none."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.database import StoreUnavailable, make_engine, migrate
from bot.knowledge.checks import contradictions
from bot.knowledge.freshness import stale_on
from bot.knowledge.loader import examine, load
from bot.knowledge.models import CertificationFigure, KnowledgeItem, KnowledgeVersion
from bot.knowledge.reachable import unreachable
from bot.knowledge.schema import Condition
from bot.knowledge.store import KnowledgeStore
from bot.runtime.settings import ROOT

CONTENT = ROOT / "data" / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "knowledge"))


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the first ``old`` of a file; the line it stood on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_real_content_is_whole_and_of_a_useful_size() -> None:
    content, mistakes = examine(CONTENT)
    assert mistakes == []
    assert content is not None
    least = {"roles": 24, "competencies": 35, "transitions": 30, "routes": 7, "considerations": 60, "advice": 200}
    assert {kind: len(getattr(content, kind)) >= number for kind, number in least.items()} == dict.fromkeys(least, True)
    assert unreachable(content) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("routes.yml", "summary:", "sumary:", "sumary"),
        ("routes.yml", 'sources: ["', 'sources: ["nowhere-', "which is not among the sources"),
        ("roles/portfolio.yml", "seniority: 6", "seniority: 12", "seniority"),
        ("roles/portfolio.yml", "checked_on: 2026", "checked_on: 20x6", "checked_on"),
        ("pay.yml", "pay:", "pays:", "is no kind of content"),
        ("questions.yml", 'settles: ["pmo_context:', 'settles: ["pmo_context:no_such_', "is not known"),
    ],
    ids=["a wrong key", "a missing source", "out of range", "no date", "an unknown list", "an unknown fact"],
)
def test_a_mistake_is_named_with_its_file_and_line(folder: Path, name: str, old: str, new: str, says: str) -> None:
    line = spoil(folder, name, old, new)
    content, mistakes = examine(folder)
    assert content is None
    told = [m for m in mistakes if says in m.message]
    assert told, [str(m) for m in mistakes]
    assert told[0].file.endswith(name)
    assert told[0].line <= line
    assert line - told[0].line < 20


def test_unreadable_yaml_says_where(folder: Path) -> None:
    (folder / "routes.yml").write_text("routes:\n  - id: [\n", encoding="utf-8")
    mistakes = examine(folder)[1]
    assert mistakes[0].file.endswith("routes.yml")
    assert "YAML" in mistakes[0].message


def test_a_duplicate_id_names_both_places(folder: Path) -> None:
    text = (folder / "routes.yml").read_text(encoding="utf-8")
    (folder / "again.yml").write_text(text, encoding="utf-8")
    assert any("stands already in" in m.message for m in examine(folder)[1])


def test_a_key_that_stands_twice_is_a_mistake(folder: Path) -> None:
    spoil(folder, "pay.yml", "pay:", "pay: []\npay:")
    assert any("twice" in m.message for m in examine(folder)[1])


def test_loading_is_idempotent_and_stamped(engine: Engine) -> None:
    first, second = load(engine, CONTENT), load(engine, CONTENT)
    assert first.changed
    assert not second.changed
    assert first.version == second.version
    assert KnowledgeStore(engine).knowledge().version == first.version


def test_what_is_read_back_is_what_was_written(engine: Engine) -> None:
    load(engine, CONTENT)
    content, _ = examine(CONTENT)
    assert KnowledgeStore(engine).knowledge() == content


def test_a_load_with_a_mistake_touches_nothing(engine: Engine, folder: Path) -> None:
    before = load(engine, folder).version
    spoil(folder, "routes.yml", "summary:", "sumary:")
    result = load(engine, folder)
    assert result.mistakes
    with Session(engine, future=True) as session:
        assert session.execute(select(KnowledgeVersion.version)).scalar_one() == before
        assert session.execute(select(func.count()).select_from(KnowledgeItem)).scalar_one() > 400


def test_a_running_coach_sees_new_content_and_keeps_the_old_while_the_store_is_away(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_engine(f"sqlite:///{tmp_path}/c.sqlite")
    migrate(made)
    load(made, folder)
    store = KnowledgeStore(made)
    monkeypatch.setattr("bot.knowledge.store.LOOK_AGAIN", 0.0)
    old = store.knowledge().version
    spoil(folder, "resources.yml", 'note: "', 'note: "Good. ')
    assert load(made, folder).changed
    new = store.knowledge().version
    assert new != old
    (tmp_path / "c.sqlite").rename(tmp_path / "away.sqlite")
    made.dispose()
    assert store.knowledge().version == new


def test_an_empty_store_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(StoreUnavailable, match="coach knowledge load"):
        KnowledgeStore(engine).knowledge()


def test_every_figure_has_its_row_with_source_and_expiry(engine: Engine) -> None:
    load(engine, CONTENT)
    with Session(engine, future=True) as session:
        rows = session.execute(select(CertificationFigure)).scalars().all()
    assert len(rows) > 200
    assert all(row.source and row.checked_on < row.expires_on for row in rows)
    assert {row.currency for row in rows if row.path.endswith("amount")} >= {"USD", "GBP"}


@pytest.mark.parametrize(
    "condition",
    [
        {"has": ["role:pmo_manager"], "lacks": ["role:pmo_manager"]},
        {"has": ["role:pmo_manager"], "unknown": ["role:pmo_manager"]},
        {"lacks": ["experience:budget"], "unknown": ["experience:budget"]},
        {"any_has": ["experience:budget"], "lacks": ["experience:budget"]},
        {"months_at_least": {"role:pmo_manager": 24}, "months_below": {"role:pmo_manager": 24}},
    ],
)
def test_a_condition_nobody_can_meet_is_found(condition: dict[str, object]) -> None:
    assert list(contradictions(Condition(**condition)))


def test_a_condition_somebody_can_meet_is_left_alone() -> None:
    assert not list(contradictions(Condition(has=["role:pmo_manager"], months_at_least={"role:pmo_manager": 24})))


def test_what_expires_is_listed_and_only_that() -> None:
    content, _ = examine(CONTENT)
    assert content is not None
    early, late = stale_on(content, date(2000, 1, 1)), stale_on(content, date(2100, 1, 1))
    assert early == []
    assert any(line.startswith("pmp: fees.0 expired on") for line in late)
