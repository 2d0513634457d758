"""What a process is spared at its start: modules a running coach never uses, and heaps and threads it does not need."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

LATER = frozenset({"rasa.core.test", "rasa.utils.train_utils"})
"""What a policy and the base class of entity extractors import for functions that only training calls; behind the first
stand Matplotlib and the code that scores models, behind the second TensorFlow."""


class _Later(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in LATER:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def load_later() -> None:
    """Must run before rasa is imported; calling it again changes nothing."""
    if not any(isinstance(finder, _Later) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Later())


ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""A turn's products are small: a second thread adds waiting, takes the core another worker needs, and 30 MB."""
HEAPS = 2
M_ARENA_MAX = -8


def stay_small() -> None:
    """Must run before numpy is imported and before a thread is started.

    glibc gives every thread a heap of its own and keeps what each once took; with the threads that share a turn, a
    process grows for hours (docs/performance.md). Elsewhere than on glibc this changes nothing.
    """
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """Returns to the system what is free inside the heaps; some milliseconds, best in a thread of its own."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
