"""What tests share: stores on a fresh database, the real content, the trained model, a person to talk as."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.runtime.quiet import prepare

prepare()
# A busy machine is no failing property.
hypothesis_settings.register_profile("coach", deadline=None)
hypothesis_settings.load_profile("coach")

from actions.services import Services, use  # noqa: E402
from bot.coaching.case import Case  # noqa: E402
from bot.coaching.person import Held, Person  # noqa: E402
from bot.coaching.phrases import Phrases  # noqa: E402
from bot.database import make_engine, migrate  # noqa: E402
from bot.experience.facts import Fact  # noqa: E402
from bot.knowledge.content import Knowledge  # noqa: E402
from bot.knowledge.loader import examine, load  # noqa: E402
from bot.knowledge.wording import load_phrases  # noqa: E402
from bot.runtime.settings import ROOT, Settings  # noqa: E402
from bot.runtime.training import current_model, train  # noqa: E402
from tests.servers import postgres  # noqa: E402

if TYPE_CHECKING:  # Rasa takes seconds to import; tests of pure logic do without
    from bot.runtime.coach import Coach
    from tests.talk import Talk

CONTENT = ROOT / "data" / "knowledge"
TODAY = "2026-11-24"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    content, mistakes = examine(CONTENT)
    assert content is not None, mistakes
    return content


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load_phrases(ROOT / "data" / "responses")


@pytest.fixture
def case_of(knowledge: Knowledge, phrases: Phrases) -> Callable[..., Case]:
    """Builds a case from facts, said today unless a fact comes as a pair with its day."""
    from datetime import date

    today = date.fromisoformat(TODAY)

    def build(*facts: Fact, on: date = today) -> Case:
        held = tuple(Held(f"f{n}", fact, on, fact.text) for n, fact in enumerate(facts))
        return Case(Person(held, today, knowledge), knowledge, phrases)

    return build


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/coach.sqlite", today=TODAY, human_contact="the PMO academy")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """An engine on an empty schema, which is dropped afterwards."""
    schema = f"t{uuid.uuid4().hex[:12]}"
    plain = make_engine(postgres_url)
    with plain.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    made = make_engine(f"{postgres_url}?options=-csearch_path%3D{schema}")
    yield made
    made.dispose()
    with plain.begin() as connection:
        connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    plain.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database of each kind."""
    if request.param == "postgres":
        made: Engine = request.getfixturevalue("postgres_engine")
    else:
        made = make_engine(f"sqlite:///{tmp_path}/coach.sqlite")
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def loaded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the real content, to be copied: loading it takes a second."""
    path = tmp_path_factory.mktemp("content") / "coach.sqlite"
    made = make_engine(f"sqlite:///{path}")
    migrate(made)
    load(made, CONTENT)
    made.dispose()
    return path


@pytest.fixture
def services(settings: Settings, loaded_database: Path) -> Iterator[Services]:
    """Stores on a SQLite file of their own, with the real content loaded."""
    shutil.copy(loaded_database, settings.database_url.removeprefix("sqlite:///"))
    made = Services(settings)
    use(made)
    yield made
    use(None)
    made.engine.dispose()


@pytest.fixture(scope="session")
def model() -> Path:
    given = os.environ.get("COACH_TEST_MODEL")
    return Path(given) if given else current_model("models") or train("models")


@pytest.fixture(scope="session")
def coach_home(tmp_path_factory: pytest.TempPathFactory, loaded_database: Path) -> Settings:
    """One database for the conversations of a test run; every conversation is another person's."""
    path = shutil.copy(loaded_database, tmp_path_factory.mktemp("coach") / "coach.sqlite")
    return Settings(database_url=f"sqlite:///{path}", today=TODAY, human_contact="the PMO academy")


@pytest.fixture(scope="session")
def _loaded() -> dict[str, Coach]:
    return {}


@pytest.fixture
async def coach(coach_home: Settings, model: Path, _loaded: dict[str, Coach]) -> AsyncIterator[Coach]:
    """The coach with its trained model; loaded once, as loading takes seconds."""
    from bot.runtime.coach import Coach

    if "coach" not in _loaded:
        _loaded["coach"] = await Coach.start(coach_home, str(model))
    use(_loaded["coach"].services)
    yield _loaded["coach"]
    use(None)


@pytest.fixture
def talk(coach: Coach) -> Callable[..., Talk]:
    """Starts a conversation as a new person, or as the one named."""

    from tests.talk import Talk

    def begin(name: str = "") -> Talk:
        return Talk(coach, f"test:{name or uuid.uuid4().hex}")

    return begin


@pytest.fixture
def on_day(coach: Coach) -> Iterator[Callable[[str], None]]:
    """Moves the coach's today."""
    before = coach.services.settings

    def move(day: str) -> None:
        object.__setattr__(coach.services, "settings", replace(before, today=day))

    yield move
    object.__setattr__(coach.services, "settings", before)
