"""Keeps Rasa's start-up to what an operator can use, and its telemetry off."""

from __future__ import annotations

import logging
import os
import warnings

import structlog

from bot.runtime.startup import load_later

NOISY = ("rasa", "matplotlib", "apscheduler", "tensorflow", "h5py", "numba", "asyncio", "sanic.access")


def prepare() -> None:
    """Must run before rasa is imported.

    Telemetry: the environment variable is what Rasa asks first. Warnings: SQLAlchemy's notice of version 2.0 and the
    libraries' deprecations are for Rasa's authors; the 3.6 line is frozen (RasaHQ/rasa#13027) and will not mend them.
    """
    load_later()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
    for category in (DeprecationWarning, FutureWarning, PendingDeprecationWarning):
        warnings.filterwarnings("ignore", category=category, module=r"(?!bot|actions)")
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    # Rasa logs by structlog, which shows everything unless told otherwise.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
