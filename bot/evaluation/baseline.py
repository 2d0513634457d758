"""What a stock Rasa makes of the same lines: the project `coach bench` measures, trained on our data."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.bench import stock
from bot.runtime.settings import ROOT

IGNORED = frozenset({"press", "skip"})
"""Intents that only buttons carry; to be read as one of them is not to be understood."""


def parse_with_stock(texts: Sequence[str], project: Path | None = None, epochs: int = 100) -> list[dict[str, Any]]:
    """In the form of ``coach parse`` with no facts. ``project`` was made and trained before, else one is now: an hour.

    Raises RuntimeError when there is no trained model in the end.
    """
    from rasa.core.agent import Agent

    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        models = (project or _trained(folder / "stock", epochs)) / "models"
        newest = max(models.glob("*.tar.gz"), key=lambda m: m.stat().st_mtime, default=None)
        if newest is None:
            raise RuntimeError(f"There is no trained stock model in {models}.")
        return asyncio.run(_parsed(Agent.load(shutil.copy(newest, folder)), texts))


def _trained(folder: Path, epochs: int) -> Path:
    from rasa.model_training import train_nlu

    stock.make(folder, ROOT / "data" / "nlu", actions_port=0, epochs=epochs)
    train_nlu(str(folder / "config.yml"), str(folder / "data" / "nlu"), str(folder / "models"))
    return folder


async def _parsed(agent: Any, texts: Sequence[str]) -> list[dict[str, Any]]:
    intents = [(await agent.parse_message(text))["intent"] for text in texts]
    return [{"intents": [_named(i["name"], i["confidence"])], "facts": []} for i in intents]


def _named(name: str | None, confidence: float) -> dict[str, Any]:
    unread = name in (None, "nlu_fallback", *IGNORED)
    return {"name": "not_understood" if unread else name, "confidence": confidence}
