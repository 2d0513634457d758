"""The black-box conversations over the web's HTTP: the same answers, word for word."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.coaching.reply import Reply
from bot.runtime.coach import Coach
from tests.channels.replay import replay, some_stories, texts
from tests.talk import Talk

pytestmark = pytest.mark.model


@some_stories(0)
async def test_the_web_says_the_same(
    path: Path, serve: Any, coach: Coach, talk: Callable[..., Talk], on_day: Callable[[str], None]
) -> None:
    database = coach.services.settings.database_url
    server = await serve(coach, database_url=database, web_person_per_minute=1000)
    last: list[Reply] = []
    async with server.client() as client:
        await client.post("/api/web/session", json={})

        async def had(how: str, said: str) -> list[Reply]:
            body = {"text": said}
            if how == "tap":
                buttons = [b for r in last for b in (*(b for c in r.cards for b in c.buttons), *r.buttons)]
                found = next(b for b in buttons if said.lower() in b.title.lower())
                body = {"text": found.title, "payload": found.payload}
            answer = await client.post("/api/web/messages", json={**body, "message_id": uuid.uuid4().hex})
            assert answer.status_code == 200, answer.text
            shown = [{**r, "picture": r["picture"] and {"svg": "", **r["picture"]}} for r in answer.json()["replies"]]
            for reply in shown:
                (reply["picture"] or {}).pop("tree", None)
            last[:] = [Reply.from_dict(r) for r in shown]
            return list(last)

        def compare(where: str, replies: list[Reply], shown: list[Reply]) -> None:
            assert texts(shown) == texts(replies), where
            assert [a.name for r in shown for a in r.attachments] == [a.name for r in replies for a in r.attachments]
            assert all(a.content for r in shown for a in r.attachments)

        await replay(path, talk(), on_day, had, compare)
