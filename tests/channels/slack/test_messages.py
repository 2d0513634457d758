"""Messages over HTTP: signed, taken once, answered where they belong."""

from __future__ import annotations

from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import Stand


async def test_direct_message_is_answered(stand: Stand) -> None:
    await stand.say(p.message("How do I become a portfolio manager?"))
    (post,) = stand.fake.posts
    assert post["channel"] == p.DM
    assert "thread_ts" not in post
    assert post["text"] == "About: How do I become a portfolio manager?"
    assert post["blocks"][0]["text"] == {"type": "mrkdwn", "text": "About: How do I become a portfolio manager?"}
    assert stand.coach.heard[0].conversation == "slack:T0HOME-U0ALICE"
