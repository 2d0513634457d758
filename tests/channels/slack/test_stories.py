"""The black-box conversations through signed Slack requests: the same content in blocks, nothing lost or added."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.limits import mistakes
from bot.coaching.reply import Reply
from bot.runtime.coach import Coach
from tests.channels.replay import replay, some_stories, texts, words
from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import Stand
from tests.talk import Talk

pytestmark = pytest.mark.model
_people = itertools.count(1)
LOOK_ALIKES = {"∗": "*", "ˋ": "`", "\u200b": ""}


def shown(mrkdwn: str) -> str:
    """What a person sees of Slack's mark-up."""
    text = re.sub(r"<[^|<>]+\|([^<>]+)>", r"\1", mrkdwn)
    for mark, meant in LOOK_ALIKES.items():
        text = text.replace(mark, meant)
    return html.unescape(text)


def offered(block: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be tapped in a block, each as the action that a tap of it sends."""
    found = []
    for element in block.get("elements", []) if block["type"] == "actions" else [block.get("accessory") or {}]:
        sent = {k: v for k, v in element.items() if k in ("type", "action_id", "value", "text")}
        sent["block_id"] = block.get("block_id", "")
        options = element.get("options")
        found += [{**sent, "selected_option": o} for o in options] if options else [sent] if element else []
    return found


def title(action: dict[str, Any]) -> str:
    return str((action.get("selected_option") or action)["text"]["text"])


def read(block: dict[str, Any]) -> list[str]:
    parts = [block["text"]] if isinstance(block.get("text"), dict) else []
    parts += block.get("fields", [])
    parts += block.get("elements", []) if block["type"] == "context" else []
    return [shown(part["text"]) for part in parts] + [title(a) for a in offered(block)]


class Alice:
    """One person's direct messages with the coach."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.user = f"U0STORY{next(_people)}"
        self.channel = f"D{self.user}"
        self.posts: list[dict[str, Any]] = []

    async def had(self, how: str, said: str) -> list[dict[str, Any]]:
        before = len(self.stand.fake.calls)
        if how == "say":
            await self.stand.say(p.message(html.escape(said, quote=False), user=self.user, channel=self.channel))
        else:
            found = ((post, a) for post in self.posts for b in post["blocks"] for a in offered(b))
            post, action = next((post, a) for post, a in found if said.lower() in title(a).lower())
            body = p.tap(action, post["blocks"], p.ts(), self.channel)
            await self.stand.say({**body, "user": {**body["user"], "id": self.user}}, "interactions")
        calls = self.stand.fake.calls[before:]
        self.posts = [args for method, args in calls if method == "chat.postMessage"]
        self.files = [args["filename"] for method, args in calls if method == "files.getUploadURLExternal"]
        return self.posts


def no_slack_message(turn: dict[str, Any]) -> bool:
    """Nobody can send a blank message in Slack, and its button "Correct" opens a form in place of a question."""
    return turn.get("tap") == "Correct" or ("say" in turn and not str(turn["say"]).strip())


@some_stories(1)
async def test_slack_says_the_same(
    path: Path, serve: Any, coach: Coach, talk: Callable[..., Talk], on_day: Callable[[str], None]
) -> None:
    alice = Alice(await serve(coach))
    checked = words(alice.stand.slack.desk.say("label_slack_checked", date=""))

    def compare(where: str, replies: list[Reply], posts: list[dict[str, Any]]) -> None:
        content = words(*(part for post in posts for block in post["blocks"] for part in read(block)))
        for _ in [s for r in replies for s in r.sources if s.checked_on]:
            content -= checked
        said = words(*texts(replies))
        assert (said - content, content - said) == ({}, {}), where
        assert [m for post in posts for m in mistakes(post["blocks"])] == [], where
        assert all(post["text"] for post in posts), where
        pictures = ["readiness.png" for r in replies if r.picture]
        assert sorted(alice.files) == sorted([*pictures, *(a.name for r in replies for a in r.attachments)]), where

    await replay(path, talk(), on_day, alice.had, compare, no_slack_message)
