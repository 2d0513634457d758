"""Trains the model when what it is made from has changed, and finds the newest one."""

from __future__ import annotations

import hashlib
import sys
from contextlib import redirect_stdout
from pathlib import Path

from bot.runtime.settings import ROOT

NAMES = ("roles", "certifications", "families.yml", "vocabulary.yml", "certification_names.yml")
"""Parts of the content whose names and aliases a model holds; advice and wording are read at run time."""

MADE_FROM = (
    *("data/nlu", "data/stories", "data/rules", "domain.yml", "config.yml"),
    *(f"data/knowledge/{name}" for name in NAMES),
    "data/mentions",
    *("bot/nlu", "bot/experience/lexicon.py", "bot/experience/plain.py", "bot/experience/spelling.py"),
)
"""Files and folders whose change asks for a new model."""

DATA = ("data/nlu", "data/stories", "data/rules")


def fingerprint(root: Path = ROOT) -> str:
    """Of all that a model is made from, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in MADE_FROM:
        path = root / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in (".yml", ".py"))
        for file in files:
            digest.update(str(file.relative_to(root)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def newest_model(model: str, root: Path = ROOT) -> Path | None:
    """``model`` itself when it is a file, else the newest archive in that folder."""
    path = root / model
    if path.is_file():
        return path
    return max(path.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime, default=None)


def current_model(model: str, root: Path = ROOT) -> Path | None:
    """The model made from the present data, or None when there is none yet."""
    path = root / model
    if path.is_file():
        return path
    found = path / f"coach-{fingerprint(root)}.tar.gz"
    return found if found.exists() else None


def train(model: str = "models", root: Path = ROOT) -> Path:
    """Trains and keeps one model, named after its fingerprint. Raises RuntimeError when Rasa refuses the data."""
    from rasa.model_training import train as rasa_train

    name = f"coach-{fingerprint(root)}"
    with redirect_stdout(sys.stderr):  # Rasa says where the model is; standard output belongs to the commands
        result = rasa_train(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / d) for d in DATA],
            output=str(root / model),
            fixed_model_name=name,
            force_training=True,
        )
    if result.code or not result.model:
        raise RuntimeError(
            "Training failed; the lines above say why. `rasa data validate` checks the files one by one."
        )
    return Path(result.model)
