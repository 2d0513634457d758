"""Keeps Rasa's start-up to what an operator can use, and its telemetry off."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import TextIO

import structlog

from bot.runtime.startup import load_later, stay_small

OWN = str(Path(__file__).resolve().parents[2])
NOISY = ("rasa", "matplotlib", "apscheduler", "tensorflow", "h5py", "numba", "asyncio", "sanic.access")


def prepare() -> None:
    """Must run before rasa is imported.

    Telemetry: the environment variable is what Rasa asks first. Warnings: SQLAlchemy's notice of version 2.0 and the
    libraries' deprecations are for Rasa's authors; the 3.6 line is frozen (RasaHQ/rasa#13027) and will not mend them.
    """
    load_later()
    stay_small()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
    # Rasa draws its progress bars unless this says ERROR; tqdm's own switch is overruled by it.
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    warnings.showwarning = _show
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    # Rasa logs by structlog, which shows everything unless told otherwise.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _show(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None,
    line: str | None = None,
) -> None:  # fmt: skip
    """Here and not in the filters, which Rasa and others set anew after us."""
    theirs = not filename.startswith(OWN) or "site-packages" in filename
    aged = issubclass(category, DeprecationWarning | FutureWarning | PendingDeprecationWarning)
    # Rasa says so of every domain whose entities and slots share a name, whatever its mappings.
    if theirs and (aged or str(message).startswith("Slot auto-fill")):
        return
    (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))
