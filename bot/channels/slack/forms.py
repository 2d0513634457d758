"""App Home and the forms, on the record: opened in time, read back, and shown anew."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timezone
from typing import Any

from bot.channels.slack import home as page_of
from bot.channels.slack import modals
from bot.channels.slack.events import Envelope, Who, value_of
from bot.channels.slack.mrkdwn import plain
from bot.channels.slack.people import CHANNEL, People
from bot.channels.slack.sender import Sender
from bot.channels.slack.store import Call
from bot.coaching import profile, readiness
from bot.coaching.case import Case
from bot.coaching.interview import facts_of, questions_for
from bot.coaching.phrases import listed
from bot.coaching.reply import Reply
from bot.experience.joining import CodeUnknown
from bot.experience.record import Said, StoredFact
from bot.runtime.coach import Coach, Incoming

ONE_FORM = 5
"""Interview questions in one form: what fits a phone without tiring."""


class Forms:
    def __init__(self, coach: Coach, people: People, sender: Sender) -> None:
        self.coach = coach
        self.services = coach.services
        self.say = coach.services.phrases.say
        self.people = people
        self.sender = sender

    def _case(self, who: Who) -> tuple[str, Case]:
        person = self.people.person(who)
        return person, Case(self.services.person(person), self.services.knowledge, self.services.phrases)

    # --- home ---

    async def home(self, who: Who, page: int = 0) -> Call:
        known = await asyncio.to_thread(self._known, who)
        view = page_of.view(known, self.say, page)
        return {"method": "views.publish", "args": {"user_id": who.user, "view": view}}

    def _known(self, who: Who) -> page_of.Known:
        """Looking at the page makes nobody known."""
        person = self.people.record.known(CHANNEL, who.key)
        if person is None:
            return page_of.Known()
        record = self.people.record
        case = Case(self.services.person(person), self.services.knowledge, self.services.phrases)
        role, certification = case.person.goal_role, case.person.goal_certification
        name = case.role_name(role) if role else case.certification_name(certification) if certification else ""
        found = readiness.findings(case, role) if role else []
        return page_of.Known(
            name,
            tuple(
                page_of.KnownLevel(f.competency.name, f.level, f.wanted, self.say(f"label_{f.standing}")) for f in found
            ),
            tuple(self._step(s) for s in record.plan(person) if s.status != "dropped"),
            tuple(
                page_of.KnownFact(
                    h.id,
                    profile.in_words(case, h.fact),
                    self.say(
                        "utter_profile_said", words=h.fact.text or h.statement, date=h.said_on.isoformat()
                    ),
                )
                for h in case.person.held
            ),
            tuple(
                page_of.KnownEvidence(
                    e.id, f"{e.happened_on.isoformat()} {self._competency(e.competency)}".strip(), e.text
                )
                for e in record.evidence(person)
            ),
            self.people.joining.joined(CHANNEL, who.key),
        )  # fmt: skip

    def _step(self, step: Any) -> page_of.KnownStep:
        done = step.status == "done"
        due = step.due.isoformat() if step.due else "-"
        key = "utter_plan_step_done" if done else "utter_plan_step"
        text = self.say(key, hours=step.hours, due=due, done_when=step.done_when, why=step.why)
        return page_of.KnownStep(step.id, step.text, text, done)

    def _competency(self, id_: str | None) -> str:
        item = self.services.knowledge.competencies.get(id_ or "")
        return item.name if item else ""

    async def home_tap(self, envelope: Envelope) -> tuple[list[Reply], list[Call]]:
        """What to say in the direct messages, and the calls that show the page anew or open a form."""
        action = envelope.data["actions"][0]
        name, value, who = str(action["action_id"]), value_of(action), envelope.who
        if name == "home.correct":
            verb, _, fact = value.partition(":")
            if verb == "correct":
                return [], await self._open_correction(envelope, fact)
            await self._press(envelope, "remove", fact=fact)
        elif name == "home.tick":
            await self._press(envelope, "step_done", step=value)
        elif name == "home.evidence":
            person = await asyncio.to_thread(self.people.person, who)
            await asyncio.to_thread(self.people.record.remove_evidence, person, value)
        elif name == "home.rate":
            return await self._open_rating(envelope)
        elif name == "home.join":
            return [], self._open(envelope, modals.joining(self.say))
        elif name.startswith("home.page"):
            return [], [await self.home(who, int(value) if value.isdigit() else 0)]
        else:
            return await self._whole(name, envelope), [await self.home(who)]
        return [], [await self.home(who)]

    async def _whole(self, name: str, envelope: Envelope) -> list[Reply]:
        who = envelope.who
        if name == "home.export":
            return await self._ask(envelope, "/export_me")
        if name == "home.erase":
            replies = await self._press(envelope, "forget")
            await asyncio.to_thread(self.people.erase_traces, who)
            return replies
        if name == "home.code":
            return await self._press(envelope, "join_code")
        if name == "home.separate":
            return await self._press(envelope, "separate")
        return [Reply(self.say("utter_button_old"))]

    async def _press(self, envelope: Envelope, do: str, **entities: Any) -> list[Reply]:
        payload = json.dumps({"do": do, **entities}, sort_keys=True)
        return await self._ask(envelope, f"/press{payload}")

    async def _ask(self, envelope: Envelope, payload: str) -> list[Reply]:
        """Through the coach, as if the button had been in the conversation: one place decides what it does."""
        incoming = Incoming(envelope.who.conversation(), "", payload, envelope.keys[0][-100:])
        return (await self.coach.take_turn(incoming)).replies

    # --- opening ---

    def _open(self, envelope: Envelope, view: modals.View) -> list[Call]:
        return [{"method": "views.open", "args": {"trigger_id": envelope.data["trigger_id"], "view": view}}]

    async def open_correction(self, envelope: Envelope) -> list[Call]:
        """From a button in a message, whose payload names the fact."""
        payload = value_of(envelope.data["actions"][0])
        fact = json.loads(payload.removeprefix("/press")).get("fact", "")
        return await self._open_correction(envelope, str(fact))

    async def _open_correction(self, envelope: Envelope, fact_id: str) -> list[Call]:
        def find() -> tuple[Case, StoredFact | None]:
            person, case = self._case(envelope.who)
            return case, next((f for f in self.people.record.facts(person) if f.id == fact_id), None)

        case, held = await asyncio.to_thread(find)
        if held is None:
            text = self.say("utter_fact_gone")
            gone = {"channel": f"@{envelope.who.user}", "text": text}
            return [{"method": "chat.postMessage", "args": gone}, await self.home(envelope.who)]
        view = modals.correction(fact_id, profile.in_words(case, held.fact), held.fact, {}, self.say)
        return self._open(envelope, view)

    async def open_evidence(self, envelope: Envelope) -> list[Call]:
        message = envelope.data.get("message") or {}
        text = plain(message.get("text") or "")
        competencies = sorted(self.services.knowledge.competencies.values(), key=lambda c: c.name)
        reading = await asyncio.to_thread(self.services.reader.read, text[:4000])
        guess = modals.matching(text, reading.facts, competencies)
        day = min(modals.day_of(envelope.ts), self.services.today())
        link = f"slack:{envelope.team}/{envelope.channel}/{envelope.ts}"
        return self._open(envelope, modals.evidence(text, day, competencies, guess, link, self.say))

    async def _open_rating(self, envelope: Envelope) -> tuple[list[Reply], list[Call]]:
        person, case = await asyncio.to_thread(self._case, envelope.who)
        skipped = await asyncio.to_thread(self.people.record.skipped_questions, person)
        questions = questions_for(case.person, case.knowledge, role=case.person.goal_role, skipped=skipped)[:ONE_FORM]
        if not questions:
            return [Reply(self.say("utter_interview_nothing"))], []
        return [], self._open(envelope, modals.rating(questions, self.say))

    # --- submitting ---

    async def mistakes(self, envelope: Envelope) -> dict[str, str]:
        """What is wrong in a submission, by field, to be shown in the form; empty when it can be taken."""
        view = envelope.data["view"]
        values = view["state"]["values"]
        if view["callback_id"] == "evidence":
            found = modals.read_evidence(values, self.services.today(), self.say)
            return found if isinstance(found, dict) else {}
        if view["callback_id"] == "correct":
            held = await asyncio.to_thread(self._held, envelope)
            found_fact = modals.read_correction(values, held.fact, self.say) if held else {}
            return found_fact if isinstance(found_fact, dict) else {}
        if view["callback_id"] == "join":
            try:
                code = modals.read_code(values)
                await asyncio.to_thread(self.people.joining.join, CHANNEL, envelope.who.key, code)
            except CodeUnknown:
                return {"code": self.say("utter_join_wrong")}
        return {}

    def _held(self, envelope: Envelope) -> StoredFact | None:
        fact_id = modals.about(envelope.data["view"]).get("fact")
        person = self.people.person(envelope.who)
        return next((f for f in self.people.record.facts(person) if f.id == fact_id), None)

    async def submit(self, envelope: Envelope) -> tuple[list[Reply], list[Call]]:
        """Keeps what was submitted, free of mistakes; what to say, and the page shown anew."""
        kind = envelope.data["view"]["callback_id"]
        if kind == "evidence":
            said = await asyncio.to_thread(self._keep_evidence, envelope)
        elif kind == "correct":
            return await self._correct(envelope), [await self.home(envelope.who)]
        elif kind == "rate":
            said = await asyncio.to_thread(self._keep_rating, envelope)
        elif kind == "join":
            said = self.say("utter_join_done")
        else:
            return [Reply(self.say("utter_button_old"))], []
        return [Reply(said)] if said else [], [await self.home(envelope.who)]

    def _keep_evidence(self, envelope: Envelope) -> str:
        view = envelope.data["view"]
        found = modals.read_evidence(view["state"]["values"], self.services.today(), self.say)
        if isinstance(found, dict):
            return ""
        person = self.people.person(envelope.who)
        link = str(modals.about(view).get("link", ""))
        self.people.record.add_evidence(person, found.text, found.competency, found.happened_on, link)
        name = self._competency(found.competency) or self.say("label_slack_no_competency")
        return self.say("utter_slack_evidence_kept", date=found.happened_on.isoformat(), competency=name)

    async def _correct(self, envelope: Envelope) -> list[Reply]:
        """Through the coach, which also knows what the correction changes in its last advice."""
        held = await asyncio.to_thread(self._held, envelope)
        if held is None:
            return [Reply(self.say("utter_fact_gone"))]
        fact = modals.read_correction(envelope.data["view"]["state"]["values"], held.fact, self.say)
        if isinstance(fact, dict) or fact == held.fact:
            return []
        least, most = fact.months or (None, None)
        now = {"polarity": fact.polarity, "least": least, "most": most, "current": fact.current}
        told = {name: value for name, value in now.items() if value is not None}
        return await self._press(envelope, "corrected", fact=held.id, value=told)

    def _keep_rating(self, envelope: Envelope) -> str:
        person, case = self._case(envelope.who)
        view, facts = envelope.data["view"], []
        for id_, number in modals.read_rating(view["state"]["values"]).items():
            question = case.knowledge.questions.get(id_)
            if question is None or number >= len(question.answers):
                continue
            answer = question.answers[number]
            stated = facts_of(answer, answer.title)
            words, now = f"{question.text} {answer.title}", datetime.now(timezone.utc)
            said = Said(envelope.who.conversation(), f"{view['id']}:{id_}"[:100], words, now, stated)
            self.people.record.note(person, said)
            if not stated:
                self.people.record.skip_question(person, id_)
            facts += stated
        return self.say("utter_noted", facts=listed(profile.in_words(case, f) for f in facts)) if facts else ""
