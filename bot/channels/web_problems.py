"""What can be wrong with a web request, answered in a sentence (``utter_web_<code>``)."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """``code`` is for programs and picks the sentence; ``reason`` goes to the log and holds no token and no text."""

    def __init__(self, status: int, code: str, reason: str = "", **values: Any) -> None:
        super().__init__(reason or code)
        self.status = status
        self.code = code
        self.values = values
