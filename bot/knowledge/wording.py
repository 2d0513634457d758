"""Reads the coach's phrases from files in Rasa's response format."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.coaching.phrases import Phrases


def load_phrases(folder: Path) -> Phrases:
    """All ``responses:`` below ``folder``. Raises ValueError for a phrase that stands twice or has several texts."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        responses = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("responses") or {}
        for key, variants in responses.items():
            if key in texts or len(variants) != 1:
                raise ValueError(f"{path}: {key} must stand once, with one text")
            texts[key] = variants[0]["text"].strip()
    return Phrases(texts)
