"""From replies to the calls that post them: where each goes, who may see it, what is changed in place. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.slack import limits
from bot.channels.slack.blocks import Say, context, render
from bot.channels.slack.events import Envelope
from bot.channels.slack.mrkdwn import escape
from bot.channels.slack.store import Call
from bot.coaching.reply import Reply

QUIET = {"unfurl_links": False, "unfurl_media": False}


def post(channel: str, thread: str, text: str, blocks: list[dict[str, Any]]) -> Call:
    args: dict[str, Any] = {"channel": channel, "text": text, "blocks": blocks, **QUIET}
    return {"method": "chat.postMessage", "args": {**args, "thread_ts": thread} if thread else args}


def whisper(at: Envelope, text: str) -> Call:
    """A line that only this person sees, where they wrote."""
    args = {"channel": at.channel, "user": at.who.user, "text": escape(text)}
    thread = at.thread or at.ts
    return {"method": "chat.postEphemeral", "args": {**args, "thread_ts": thread} if thread else args}


def calls_for(
    replies: Sequence[Reply], at: Envelope, place: str, key: str, say: Say
) -> tuple[list[Call], dict[str, str]]:
    """The calls in order, and the tokens to be kept before them.

    Where others read along, a reply marked private goes to the person's direct messages, and a line that only they see
    says so where they asked.
    """
    calls: list[Call] = []
    tokens: dict[str, str] = {}
    told = False
    for number, reply in enumerate(replies):
        away = at.public and reply.private
        if away and not told:
            calls.append(whisper(at, say("utter_slack_answered_directly")))
        channel = f"@{at.who.user}" if away else at.channel
        thread = "" if away else (at.thread or at.ts if at.public else at.thread)
        rendered = render(reply, say, f"{key}.{number}", place)
        tokens |= rendered.tokens
        for message in rendered.messages:
            blocks = message.blocks
            if away and not told:
                blocks, told = [context(escape(say("utter_slack_why_here"))), *blocks], True
                if len(blocks) > limits.BLOCKS:
                    calls.append(post(channel, thread, message.text, blocks[:1]))
                    blocks = blocks[1:]
            calls.append(post(channel, thread, message.text, blocks))
        beside = {"channel": channel, **({"thread_ts": thread} if thread else {})}
        for picture in rendered.pictures:
            args = {**beside, "name": "readiness.png", "title": picture.alt, "svg": picture.svg}
            calls.append({"method": "upload", "args": args})
        for file in rendered.files:
            args = {**beside, "name": file.name, "content": file.content}
            calls.append({"method": "upload", "args": args})
    return calls, tokens


def in_place(calls: Sequence[Call], former: Sequence[Sequence[str]]) -> list[Call]:
    """The calls with the former answer's messages changed rather than followed; those left over are deleted.

    ``former`` are [channel, ts] of the messages that answered before. An answer never moves between a channel and the
    direct messages by a change: that would show in public what was private.
    """
    left = [list(f) for f in former]
    result: list[Call] = []
    for call in calls:
        if call["method"] != "chat.postMessage":
            result.append(call)
            continue
        direct = call["args"]["channel"].startswith(("@", "D"))
        found = next((f for f in left if f[0].startswith("D") == direct), None)
        if found is None:
            result.append(call)
            continue
        left.remove(found)
        args = {k: call["args"][k] for k in ("text", "blocks")}
        result.append({"method": "chat.update", "args": {"channel": found[0], "ts": found[1], **args}})
    gone = [{"method": "chat.delete", "args": {"channel": channel, "ts": ts}} for channel, ts in left]
    return [*result, *gone]
