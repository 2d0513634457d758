"""The actions, in the bot's own process or behind an address: what a turn, which has a thread of its own, calls."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """Takes the place of the address of an action server: same call, same answer, no HTTP (DESIGN.md, section 3)."""

    def __init__(self) -> None:
        # Rasa copies its whole domain, wording included, into every call; no action here asks for it.
        super().__init__("in-process", **{SELECTIVE_DOMAIN: True})
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
        return await self._executor.run(json)


class DistantActions(EndpointConfig):
    """An action server: the event loop that made this waits for its answer, and the turn's thread for the loop."""

    def __init__(self, url: str) -> None:
        super().__init__(url, **{SELECTIVE_DOMAIN: True})
        self._loop = asyncio.get_running_loop()

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(super().request(*args, **kwargs), self._loop).result()
