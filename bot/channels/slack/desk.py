"""Deals with what was taken from Slack: one thing at a time for each person, answered once, whatever fails."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import answers, blocks
from bot.channels.slack.events import Envelope, opens_modal, read, value_of
from bot.channels.slack.forms import Forms
from bot.channels.slack.mrkdwn import plain
from bot.channels.slack.people import People
from bot.channels.slack.sender import LaidAside, Sender
from bot.channels.slack.store import LEASE, Call, SlackStore, Taken
from bot.coaching.reply import Reply
from bot.database import StoreUnavailable
from bot.runtime.coach import LONGEST_MESSAGE, Coach, Incoming
from bot.runtime.settings import Settings

log = logging.getLogger(__name__)

SWEEP = 15.0
"""Seconds between two looks for events that were laid aside or left behind by a process that died."""
GRACE = 10.0
"""Seconds that answers being made have when the coach is told to stop."""
BEHIND = 0.2
"""Seconds between two looks whether an earlier message of the person is done with in another process."""
_OTHERS_NAME = re.compile(r"^\s*<@([A-Z0-9]+)(\|[^>]*)?>")


class Desk:
    def __init__(self, coach: Coach, settings: Settings, client: AsyncWebClient) -> None:
        services = coach.services
        self.coach = coach
        self.settings = settings
        self.client = client
        self.say = services.phrases.say
        self.store = SlackStore(services.engine)
        self.sender = Sender(client, settings.slack_patience)
        self.people = People(
            services.record, services.joining, coach.conversations, self.store, settings.slack_allowed_teams
        )
        services.on_erase.append(self.people.forget)
        self.forms = Forms(coach, self.people, self.sender)
        self._me: dict[str, str] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None

    # --- work comes and goes ---

    def start(self) -> None:
        """Looks for what was left behind, now and from time to time."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Lets answers being made end; one that does not is left for the next process."""
        if self._sweeper:
            self._sweeper.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=GRACE)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def idle(self) -> None:
        """Returns when nothing is being dealt with."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def begin(self, envelope: Envelope, taken: Taken) -> None:
        task = asyncio.create_task(self._deal(envelope, taken))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sweep(self) -> None:
        while True:
            with contextlib.suppress(StoreUnavailable):
                for taken in await asyncio.to_thread(self.store.left_behind):
                    envelope = read(taken.body)
                    if envelope:
                        self.begin(envelope, taken)
                await asyncio.to_thread(self.store.tidy)
            await asyncio.sleep(SWEEP)

    async def _deal(self, envelope: Envelope, taken: Taken) -> None:
        try:
            async with self._lock(envelope.who.key), self._holding(taken.number):
                await self._in_turn(envelope, taken)
        except asyncio.CancelledError:
            self.store.release(taken.number)
            raise
        except (LaidAside, StoreUnavailable) as error:
            log.warning("a %s is laid aside (%s)", envelope.kind, type(error).__name__)
            with contextlib.suppress(StoreUnavailable):
                await asyncio.to_thread(self.store.release, taken.number)
        except Exception:
            log.exception("a %s could not be dealt with", envelope.kind)
            await self._apologise(envelope, taken)

    @contextlib.asynccontextmanager
    async def _lock(self, person: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(person, asyncio.Lock())
        async with lock:
            yield
        if not lock.locked() and not getattr(lock, "_waiters", None):
            self._locks.pop(person, None)

    @contextlib.asynccontextmanager
    async def _holding(self, number: int) -> AsyncIterator[None]:
        """Tells other processes that this one is still at it."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(LEASE.total_seconds() / 3)
                with contextlib.suppress(StoreUnavailable):
                    await asyncio.to_thread(self.store.renew, number)

        task = asyncio.create_task(renew())
        try:
            yield
        finally:
            task.cancel()

    async def _in_turn(self, envelope: Envelope, taken: Taken) -> None:
        # Another process's work can only be seen in the database; there is no event to wait for.
        while await asyncio.to_thread(self.store.before, taken.number, envelope.who.key):  # noqa: ASYNC110
            await asyncio.sleep(BEHIND)
        if taken.calls is None:
            calls = await self._calls(envelope, taken)
        else:
            calls = taken.calls
        sent = await self._send(taken.number, calls)
        if envelope.kind in ("message", "edit") and sent and envelope.who.user:
            await asyncio.to_thread(
                self.store.keep_answer, envelope.team, envelope.channel, envelope.ts, envelope.who.key, sent
            )
        await asyncio.to_thread(self.store.done, taken.number)

    async def _send(self, number: int, calls: list[Call]) -> list[list[str]]:
        """Makes the calls in order, each kept until it is made; [channel, ts] of the messages posted."""
        sent: list[list[str]] = [s for call in calls if call["method"] == "sent" for s in call["args"]["messages"]]
        left = [call for call in calls if call["method"] != "sent"]
        while left:
            kept = [{"method": "sent", "args": {"messages": sent}}, *left]
            await asyncio.to_thread(self.store.keep_calls, number, kept)
            answer = await self.sender.send(left[0])
            if left[0]["method"] in ("chat.postMessage", "chat.update") and answer and "ts" in answer:
                sent.append([str(answer["channel"]), str(answer["ts"])])
            left.pop(0)
        return sent

    async def _apologise(self, envelope: Envelope, taken: Taken) -> None:
        """A failure is said, as far as it can be."""
        if envelope.who.user:
            channel = envelope.channel if envelope.channel and not envelope.public else f"@{envelope.who.user}"
            thread = envelope.thread if channel == envelope.channel else ""
            text = self.say("utter_failed")
            call = answers.post(channel, thread, text, [blocks.section(text)])
            with contextlib.suppress(LaidAside):
                await self.sender.send(call)
        with contextlib.suppress(StoreUnavailable):
            await asyncio.to_thread(self.store.done, taken.number)

    async def me(self) -> dict[str, str]:
        """The app's own workspace, organisation and user, asked of Slack once. Raises LaidAside."""
        if not self._me:
            found = await self.sender.send({"method": "auth.test", "args": {}})
            if not found:
                raise LaidAside("auth.test")
            self._me = {
                "team": str(found["team_id"]),
                "enterprise": str(found.get("enterprise_id") or found["team_id"]),
                "user": str(found.get("user_id", "")),
            }
        return self._me

    # --- what there is to do ---

    async def _calls(self, envelope: Envelope, taken: Taken) -> list[Call]:
        if envelope.kind == "app_uninstalled":
            if self.settings.slack_on_uninstall == "erase":
                for team in {envelope.team, envelope.who.team}:
                    await asyncio.to_thread(self.people.erase_team, team)
            log.warning("the app was removed from workspace %s", envelope.team)
            return []
        if envelope.kind == "tokens_revoked":
            log.error("Slack tokens were revoked: run `coach doctor slack`")
            return []
        me = await self.me()
        if self.people.is_stranger(envelope.who, me["team"], me["enterprise"]):
            return self._refusal(envelope)
        kinds: dict[str, Callable[[Envelope, Taken], Awaitable[list[Call]]]] = {
            "message": self._message,
            "edit": self._edit,
            "command": self._command,
            "tap": self._tap,
            "assistant": self._assistant,
            "home": self._home,
            "home_tap": self._home_tap,
            "shortcut": self._shortcut,
            "submission": self._submission,
        }
        return await kinds[envelope.kind](envelope, taken)

    def _refusal(self, envelope: Envelope) -> list[Call]:
        if not envelope.channel:
            return []
        text = self.say("utter_slack_stranger")
        if envelope.public:
            return [answers.whisper(envelope, text)]
        return [answers.post(envelope.channel, envelope.thread, text, [blocks.section(text)])]

    async def _message(self, envelope: Envelope, taken: Taken) -> list[Call]:
        if not envelope.mention and envelope.public and await self._said_to_another(envelope):
            return []
        place = await self._place(envelope)
        if envelope.mention and envelope.public:
            await asyncio.to_thread(
                self.store.follow, envelope.team, envelope.channel, envelope.thread or envelope.ts, envelope.who.key
            )
        text = plain(envelope.text, (await self.me())["user"])
        if not text and envelope.files:
            return await self._reply([Reply(self.say("utter_slack_file_only"))], envelope, place, taken.number)
        if envelope.thread and not envelope.public:
            await self._thinking(envelope)
        words = (text, "") if text else ("", "/ask_help")
        about = {"public": envelope.public}
        incoming = Incoming(envelope.who.conversation(place), *words, envelope.message_id, about)
        return await self._turn(incoming, envelope, place, taken.number)

    async def _said_to_another(self, envelope: Envelope) -> bool:
        """In a followed thread people also talk to each other: who is named first is spoken to."""
        named = _OTHERS_NAME.match(envelope.text)
        return bool(named) and named.group(1) != (await self.me())["user"]  # type: ignore[union-attr]

    async def _edit(self, envelope: Envelope, taken: Taken) -> list[Call]:
        """The question is answered again in the place of its former answer; one that was never answered stays so."""
        former = await asyncio.to_thread(self.store.answer, envelope.team, envelope.channel, envelope.ts)
        if former is None:
            return []
        place = await self._place(envelope)
        conversation = envelope.who.conversation(place)
        person = await asyncio.to_thread(self.people.person, envelope.who)
        await asyncio.to_thread(self.people.record.withdraw, person, conversation, envelope.message_id)
        text = plain(envelope.text, (await self.me())["user"])
        message_id = f"{envelope.message_id}-{envelope.data['edited']}"
        incoming = Incoming(conversation, text, "" if text else "/ask_help", message_id, {"public": envelope.public})
        return answers.in_place(await self._turn(incoming, envelope, place, taken.number), former)

    async def _command(self, envelope: Envelope, taken: Taken) -> list[Call]:
        """``/coach`` answers in the direct messages: what is asked by command is nobody else's business."""
        text = plain(envelope.text)
        incoming = Incoming(envelope.who.conversation(), text, "" if text else "/ask_help", envelope.keys[0])
        return await self._turn(incoming, envelope, "", taken.number)

    async def _tap(self, envelope: Envelope, taken: Taken) -> list[Call]:
        body, action = envelope.data, envelope.data["actions"][0]
        if opens_modal(action):
            return await self.forms.open_correction(envelope)
        group, _, place = blocks.group_of(action.get("block_id", ""))
        payload = await asyncio.to_thread(self.store.payload, envelope.who.key, value_of(action))
        shown: list[Call] = []
        message = body.get("message") or {}
        if group and not envelope.public and message.get("blocks"):
            after = blocks.chosen(message["blocks"], action["block_id"], blocks.title_of(action), self.say)
            args = {"channel": envelope.channel, "ts": envelope.ts, "blocks": after, "text": message.get("text", "")}
            update = {"method": "chat.update", "args": args}
            shown = [] if await self.sender.try_once(update) else [update]
        if not group or not payload:
            reply = Reply(self.say("utter_button_old"))
            return [*shown, *await self._reply([reply], envelope, place, taken.number)]
        if envelope.public:
            await asyncio.to_thread(
                self.store.follow, envelope.team, envelope.channel, envelope.thread or envelope.ts, envelope.who.key
            )
        incoming = Incoming(
            envelope.who.conversation(place), "", payload, envelope.keys[0][-100:], {"public": envelope.public}
        )
        return [*shown, *await self._turn(incoming, envelope, place, taken.number)]

    async def _assistant(self, envelope: Envelope, taken: Taken) -> list[Call]:
        """The assistant pane was opened: a thread of its own, with questions to start from."""
        await asyncio.to_thread(
            self.store.follow, envelope.team, envelope.channel, envelope.thread, envelope.who.key, "assistant"
        )
        numbers = ("1", "2", "3", "4")
        prompts = [
            {"title": self.say(f"label_slack_prompt_{n}"), "message": self.say(f"utter_slack_prompt_{n}")}
            for n in numbers
        ]
        text = self.say("utter_slack_assistant")
        args = {"channel_id": envelope.channel, "thread_ts": envelope.thread, "prompts": prompts}
        return [
            answers.post(envelope.channel, envelope.thread, text, [blocks.section(text)]),
            {"method": "assistant.threads.setSuggestedPrompts", "args": args},
        ]

    async def _home(self, envelope: Envelope, taken: Taken) -> list[Call]:
        return [await self.forms.home(envelope.who)]

    async def _home_tap(self, envelope: Envelope, taken: Taken) -> list[Call]:
        said, calls = await self.forms.home_tap(envelope)
        return [*await self._directly(said, envelope, taken.number), *calls]

    async def _shortcut(self, envelope: Envelope, taken: Taken) -> list[Call]:
        return await self.forms.open_evidence(envelope)

    async def _submission(self, envelope: Envelope, taken: Taken) -> list[Call]:
        said, calls = await self.forms.submit(envelope)
        return [*await self._directly(said, envelope, taken.number), *calls]

    # --- a turn ---

    async def _place(self, envelope: Envelope) -> str:
        """Which of the person's conversations it is: a channel's thread, a chat in the pane, or the one at large."""
        if envelope.public:
            return f"{envelope.channel}-{envelope.thread or envelope.ts}"
        if not envelope.thread:
            return ""
        kind = await asyncio.to_thread(
            self.store.follows, envelope.team, envelope.channel, envelope.thread, envelope.who.key
        )
        return f"{envelope.channel}-{envelope.thread}" if kind == "assistant" else ""

    async def _thinking(self, envelope: Envelope) -> None:
        args = {
            "channel_id": envelope.channel,
            "thread_ts": envelope.thread,
            "status": self.say("label_slack_thinking"),
        }
        await self.sender.try_once({"method": "assistant.threads.setStatus", "args": args})

    async def _turn(self, incoming: Incoming, envelope: Envelope, place: str, number: int) -> list[Call]:
        replies = (await self.coach.take_turn(incoming)).replies
        if any(r.about.get("erased") for r in replies):
            await asyncio.to_thread(self.people.erase_traces, envelope.who, number)
        elif len(incoming.text) > LONGEST_MESSAGE:
            await self._keep_whole(incoming, envelope)
            replies = [*replies, Reply(self.say("utter_slack_long", most=LONGEST_MESSAGE))]
        if envelope.files:
            replies = [*replies, Reply(self.say("utter_slack_file_too"))]
        return await self._reply(replies, envelope, place, number)

    async def _keep_whole(self, incoming: Incoming, envelope: Envelope) -> None:
        person = await asyncio.to_thread(self.people.person, envelope.who)
        await asyncio.to_thread(
            self.people.record.keep_statement,
            person,
            incoming.conversation,
            f"{incoming.message_id}-whole",
            incoming.text,
        )

    async def _reply(self, replies: list[Reply], envelope: Envelope, place: str, number: int) -> list[Call]:
        calls, tokens = answers.calls_for(replies, envelope, place, str(number), self.say)
        if tokens:
            await asyncio.to_thread(self.store.keep_tokens, envelope.who.key, tokens)
        return calls

    async def _directly(self, replies: list[Reply], envelope: Envelope, number: int) -> list[Call]:
        """Replies to what was done in a form or at home, in the direct messages."""
        to = Envelope(envelope.kind, envelope.keys, envelope.team, envelope.who, channel=f"@{envelope.who.user}")
        return await self._reply(replies, to, "", number) if replies else []
