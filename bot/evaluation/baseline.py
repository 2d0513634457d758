"""What stock Rasa makes of the same lines: the pipeline of `rasa init` with its own fallback, trained on our data."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.runtime.settings import ROOT

IGNORED = frozenset({"press", "skip", "not_understood"})
CONFIG = {
    "recipe": "default.v1",
    "language": "en",
    "assistant_id": "baseline",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "entity_recognition": False, "random_seed": 7},
        {"name": "FallbackClassifier", "threshold": 0.7},
    ],
}


def parse_with_stock(texts: Sequence[str], data: Path = ROOT / "data" / "nlu") -> list[dict[str, Any]]:
    """Trains, in minutes to half an hour, and reads; the form is that of ``coach parse`` with no facts."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        (folder / "config.yml").write_text(yaml.safe_dump(CONFIG), encoding="utf-8")
        (folder / "nlu").mkdir()
        for file in data.glob("*.yml"):
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
            content["nlu"] = [b for b in content["nlu"] or [] if b.get("intent") not in IGNORED]
            if content["nlu"]:
                kept = yaml.safe_dump(content, allow_unicode=True, width=10**6)
                (folder / "nlu" / file.name).write_text(kept, encoding="utf-8")
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu"), str(folder))
        if not model:
            raise RuntimeError("The baseline was not trained; the lines above say why.")
        return asyncio.run(_parsed(Agent.load(model), texts))


async def _parsed(agent: Any, texts: Sequence[str]) -> list[dict[str, Any]]:
    intents = [(await agent.parse_message(text))["intent"] for text in texts]
    return [{"intents": [_named(i["name"], i["confidence"])], "facts": []} for i in intents]


def _named(name: str | None, confidence: float) -> dict[str, Any]:
    return {"name": "not_understood" if name in (None, "nlu_fallback") else name, "confidence": confidence}
