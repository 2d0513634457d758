"""Understanding without Rasa's server: only the parts that read a message are taken from the model's archive."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from bot.experience.reader import Reader
from bot.nlu.comprehension import Comprehension
from bot.nlu.reading import load_reader

BATCH = 64
_CLASSIFIER = ".QuestionClassifier"
_READER = ".ExperienceReader"


class Understanding:
    """What a message asks and tells, in the form of ``coach parse`` (DESIGN.md 5.3)."""

    def __init__(self, comprehension: Comprehension, reader: Reader) -> None:
        self.comprehension = comprehension
        self.reader = reader

    @classmethod
    def load(cls, model: Path) -> Understanding:
        """Raises FileNotFoundError when the archive holds no model of the coach."""
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work)
            with tarfile.open(model) as archive:
                classifier = _unpacked(archive, _CLASSIFIER, folder, model)
                experience = _unpacked(archive, _READER, folder, model)
            return cls(Comprehension.load(classifier), load_reader(experience))

    def parse_many(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """One result for each text; every text is read by itself, whatever stands beside it."""
        results = []
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            for text, questions in zip(batch, self.comprehension.questions(batch), strict=True):
                reading = self.reader.read(text)
                results.append(
                    {
                        "text": text,
                        "intents": [{"name": q.name, "confidence": round(q.confidence, 4)} for q in questions],
                        "certifications": list(reading.certifications),
                        "roles": list(reading.roles),
                        "facts": [fact.to_dict() for fact in reading.facts],
                    }
                )
        return results


def _unpacked(archive: tarfile.TarFile, component: str, folder: Path, model: Path) -> Path:
    """The files of one component, by their bare names; nothing is written outside ``folder``."""
    target = folder / component.strip(".")
    target.mkdir()
    for member in archive.getmembers():
        parts = PurePosixPath(member.name.lstrip("/")).parts
        if member.isfile() and len(parts) == 3 and parts[0] == "components" and component in parts[1]:
            content = archive.extractfile(member)
            if content is not None:
                (target / parts[2]).write_bytes(content.read())
    if not any(target.iterdir()):
        raise FileNotFoundError(f"{model} holds no trained {component.strip('.')}; run `coach train`.")
    return target
