"""A stock Rasa 3.6 made from our own data, as ``rasa init`` would have it, with the smallest possible action.

It is spared what the starter project has beyond the question asked: no response selector, no TED, no UnexpecTED policy.
"""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "FallbackClassifier", "threshold": 0.7, "ambiguity_threshold": 0.1},
]
EXAMPLE = re.compile(r"^\s*- (.+)$", re.MULTILINE)
ACTION = '''"""The smallest action: one sentence."""
from rasa_sdk import Action


class Answer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="An answer.")
        return []
'''


def examples(nlu: Path) -> dict[str, list[str]]:
    """The training lines by intent."""
    found: dict[str, list[str]] = {}
    for path in sorted(nlu.rglob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" in item:
                found.setdefault(item["intent"], []).extend(EXAMPLE.findall(item["examples"]))
    return found


def lines(nlu: Path) -> list[str]:
    """Every training line once, in an order that is always the same and has nothing to do with the intents."""
    every = {line for ls in examples(nlu).values() for line in ls}
    return sorted(every, key=lambda line: sha256(line.encode()).digest())


def make(folder: Path, nlu: Path, actions_port: int, epochs: int) -> None:
    """The project, ready to train."""
    intents = sorted(examples(nlu))
    pipeline = [{**part, "epochs": epochs} if "epochs" in part else part for part in PIPELINE]
    shutil.copytree(nlu, folder / "data" / "nlu")
    rules = [{"rule": i, "steps": [{"intent": i}, {"action": "action_answer"}]} for i in [*intents, "nlu_fallback"]]
    (folder / "actions").mkdir()
    (folder / "actions" / "__init__.py").touch()
    (folder / "actions" / "actions.py").write_text(ACTION, encoding="utf-8")
    for name, content in {
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "domain.yml": {
            "version": "3.1",
            "intents": intents,
            "actions": ["action_answer"],
            "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
        },
        "config.yml": {
            "recipe": "default.v1",
            "language": "en",
            "assistant_id": "stock",
            "pipeline": pipeline,
            "policies": [{"name": "RulePolicy"}],
        },
        "credentials.yml": {"rest": None},
        "endpoints.yml": {
            "action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"},
            "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "stock.sqlite")},
        },
    }.items():
        (folder / name).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
