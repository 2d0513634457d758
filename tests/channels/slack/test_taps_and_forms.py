"""Buttons, menus, App Home, the shortcut and the forms."""

from __future__ import annotations

import asyncio
import json
from datetime import date, datetime, timezone
from typing import Any

import pytest

from bot.channels.slack.limits import VIEW_BLOCKS, mistakes
from bot.coaching.reply import Button, Card, Reply
from bot.experience.facts import Fact
from bot.experience.record import Said
from tests.channels.slack import payloads as p
from tests.channels.slack.conftest import Stand

WHO = ("slack", "T0HOME-U0ALICE")


async def ask(stand: Stand, reply: Reply) -> list[dict[str, Any]]:
    """The blocks of an answer that holds ``reply``."""
    stand.coach.replies = lambda i: [reply]
    await stand.say(p.message("hello"))
    stand.coach.replies = lambda i: [Reply(f"did {i.payload}")]
    blocks: list[dict[str, Any]] = stand.fake.posts[-1]["blocks"]
    return blocks


def actions_of(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**e, "block_id": b["block_id"]} for b in blocks if b["type"] == "actions" for e in b["elements"]]


def tell(stand: Stand, *facts: Fact) -> list[str]:
    """Ids of facts held for the person."""
    record = stand.coach.services.record
    person = record.person_for(*WHO)
    now = datetime.now(timezone.utc)
    return [s.id for s in record.note(person, Said("slack:T0HOME-U0ALICE", f"m{len(facts)}", "my words", now, facts))]


def person(stand: Stand) -> str:
    known = stand.coach.services.record.known(*WHO)
    assert known
    return known


async def test_a_tap_is_answered_and_shown(stand: Stand) -> None:
    blocks = await ask(stand, Reply("Which?", buttons=(Button("My plan", "/ask_plan"), Button("Pay", "/ask_salary"))))
    await stand.say(p.tap(actions_of(blocks)[0], blocks, "2000000000.000001"), "interactions")
    assert stand.coach.heard[-1].payload == "/ask_plan"
    (update,) = stand.fake.of("chat.update")
    assert update["ts"] == "2000000000.000001"
    assert actions_of(update["blocks"]) == []
    assert update["blocks"][-1]["elements"][0]["text"] == "You chose: My plan"
    assert stand.fake.posts[-1]["text"] == "did /ask\u200b_plan"


async def test_a_double_tap_counts_once(stand: Stand) -> None:
    blocks = await ask(stand, Reply("Which?", buttons=(Button("One", "/ask_plan"), Button("Two", "/ask_help"))))
    taps = [p.tap(action, blocks, "2000000000.000001") for action in (*actions_of(blocks), actions_of(blocks)[0])]
    await asyncio.gather(*(stand.post(tap, kind="interactions") for tap in taps))
    await stand.slack.desk.idle()
    assert len(stand.coach.heard) == 2


async def test_cards_are_tapped_one_by_one(stand: Stand) -> None:
    cards = tuple(
        Card(f"Step {n}", "text", (Button("Done", f'/press{{"do": "step_done", "step": {n}}}'),)) for n in (1, 2)
    )
    blocks = await ask(stand, Reply("Plan", cards=cards))
    one, two = actions_of(blocks)
    await stand.say(p.tap(one, blocks, "2000000000.000001"), "interactions")
    after = stand.fake.of("chat.update")[-1]["blocks"]
    assert [a["block_id"] for a in actions_of(after)] == [two["block_id"]]
    await stand.say(p.tap(two, after, "2000000000.000001"), "interactions")
    assert len(stand.coach.heard) == 3


async def test_menus_and_long_payloads(stand: Stand) -> None:
    buttons = tuple(Button(f"Choice {n}", f'/press{{"n": "{n}{"x" * 300}"}}') for n in range(9))
    blocks = await ask(stand, Reply("Which?", buttons=buttons))
    (menu,) = actions_of(blocks)
    action = {**menu, "selected_option": menu["options"][4]}
    await stand.say(p.tap(action, blocks, "2000000000.000001"), "interactions")
    assert stand.coach.heard[-1].payload == buttons[4].payload
    assert stand.fake.of("chat.update")[0]["blocks"][-1]["elements"][0]["text"] == "You chose: Choice 4"


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "old_style", "type": "button", "value": "x", "block_id": "abc"},
        {"action_id": "coach.tap.0", "type": "button", "value": "token:gone", "block_id": "next|1|9.0|"},
        {"action_id": "coach.tap.0", "type": "users_select", "selected_user": "U1", "block_id": "next|1|9.0|"},
    ],
    ids=["unknown", "token gone", "unknown element"],
)
async def test_a_button_from_an_older_version_is_said_to_be_old(stand: Stand, action: dict[str, Any]) -> None:
    await stand.say(p.tap(action, [], "1.1"), "interactions")
    assert stand.fake.posts[0]["text"] == stand.slack.desk.say("utter_button_old")
    assert stand.coach.heard == []


async def test_an_unknown_button_at_home_is_said_to_be_old(stand: Stand) -> None:
    await stand.say(p.home_tap("home.from_last_year", "x"), "interactions")
    assert stand.fake.posts[0]["text"] == stand.slack.desk.say("utter_button_old")
    assert len(stand.fake.of("views.publish")) == 1


@pytest.mark.parametrize(
    ("kind", "about"),
    [("from_last_year", "{}"), ("from_last_year", ""), ("correct", "{}"), ("correct", "not JSON"), ("correct", "[]")],
)
async def test_a_form_from_an_older_version_is_answered(stand: Stand, kind: str, about: str) -> None:
    form = {"callback_id": kind, "private_metadata": about}
    values = {"state": {"selected_option": {"value": "has"}}, "renamed": {"value": "x"}}
    await stand.say(p.submission(form, values), "interactions")
    expected = "utter_fact_gone" if kind == "correct" else "utter_button_old"
    assert stand.fake.posts[0]["text"] == stand.slack.desk.say(expected)


@pytest.mark.parametrize("values", [{}, {"text0": {}, "day": {"selected_date": "yesterday"}}])
async def test_evidence_with_fields_missing_is_asked_for_again(stand: Stand, values: dict[str, Any]) -> None:
    form = {"callback_id": "evidence", "private_metadata": "{}"}
    status, text = await stand.post(p.submission(form, values), kind="interactions")
    assert (status, set(json.loads(text)["errors"])) == (200, {"text0", "day"})


async def test_evidence_from_a_form_that_gave_no_link_is_kept(stand: Stand) -> None:
    form = {"callback_id": "evidence", "private_metadata": ""}
    values = {"text0": {"value": "I ran the board"}, "day": {"selected_date": "2026-09-20"}}
    await stand.say(p.submission(form, values), "interactions")
    assert [e.text for e in stand.coach.services.record.evidence(person(stand))] == ["I ran the board"]


async def test_a_tap_in_a_channel_shows_nobody_what_was_chosen(stand: Stand) -> None:
    stand.coach.replies = lambda i: [Reply("Which?", private=False, buttons=(Button("I have a PMP", "/press"),))]
    at = p.ts()
    await stand.say(p.mention("cost?", at=at))
    blocks = stand.fake.posts[-1]["blocks"]
    action = actions_of(blocks)[0]
    await stand.say(p.tap(action, blocks, "2000000000.000001", p.CHANNEL), "interactions")
    assert stand.fake.of("chat.update") == []
    assert stand.coach.heard[-1].conversation == f"slack:T0HOME-U0ALICE:{p.CHANNEL}-{at}"


async def open_home(stand: Stand) -> dict[str, Any]:
    opened = {"type": "app_home_opened", "user": "U0ALICE", "channel": p.DM, "tab": "home", "event_ts": p.ts()}
    await stand.say(p.event(opened))
    view: dict[str, Any] = stand.fake.of("views.publish")[-1]["view"]
    assert mistakes(view["blocks"], VIEW_BLOCKS) == []
    return view


async def test_home_of_a_newcomer_makes_nobody_known(stand: Stand) -> None:
    view = await open_home(stand)
    assert "I hold nothing about you yet" in json.dumps(view)
    assert stand.coach.services.record.known(*WHO) is None


async def test_home_shows_what_is_known(stand: Stand) -> None:
    role = Fact("role", "pmo_manager", months=(84, 84), text="PMO manager for 7 years")
    tell(stand, role, Fact("goal", "portfolio_manager", "wants"))
    text = json.dumps(await open_home(stand), ensure_ascii=False)
    assert "7 years" in text
    assert "PMO manager for 7 years" in text
    assert "You are aiming for: " in text
    assert "■" in text or "□" in text


async def test_home_of_a_long_record_has_pages(stand: Stand) -> None:
    tell(stand, *(Fact("experience", f"thing{n}", text=f"words {n}") for n in range(150)))
    seen = json.dumps(await open_home(stand))
    for page in (1, 2):
        await stand.say(p.home_tap("home.page.more", str(page)), "interactions")
        view = stand.fake.of("views.publish")[-1]["view"]
        assert mistakes(view["blocks"], VIEW_BLOCKS) == []
        seen += json.dumps(view)
    assert all(f"thing{n}*" in seen for n in range(150))


async def test_home_ticks_removes_exports_and_erases_through_the_coach(stand: Stand) -> None:
    for tap in (
        p.home_tap("home.tick", "s1"),
        p.home_tap("home.correct", option="remove:f1"),
        p.home_tap("home.export", "export"),
        p.home_tap("home.erase", "erase"),
    ):
        await stand.say(tap, "interactions")
    payloads = [i.payload for i in stand.coach.heard]
    assert payloads == [
        '/press{"do": "step_done", "step": "s1"}',
        '/press{"do": "remove", "fact": "f1"}',
        "/export_me",
        '/press{"do": "forget"}',
    ]  # fmt: skip
    assert len(stand.fake.of("views.publish")) == 4
    assert {c["channel"] for c in stand.fake.posts} == {"DU0ALICE"}


async def test_home_tapped_twice_counts_once(stand: Stand) -> None:
    tap = p.home_tap("home.tick", "s1")
    await stand.say(tap, "interactions")
    await stand.say({**tap, "trigger_id": "another"}, "interactions")
    assert len(stand.coach.heard) == 1


async def test_correcting_in_a_form(stand: Stand) -> None:
    (fact,) = tell(stand, Fact("role", "pmo_manager", months=(60, 60), current=True, text="PMO manager, five years"))
    await stand.say(p.home_tap("home.correct", option=f"correct:{fact}"), "interactions")
    view = stand.fake.of("views.open")[0]["view"]
    assert mistakes(view["blocks"]) == []
    fields = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert fields["years"]["initial_value"] == "5"
    good = {"state": {"selected_option": {"value": "has"}}, "current": {"selected_option": {"value": "yes"}}}
    for wrong in ("many", "-1", "61"):
        status, text = await stand.post(
            p.submission(view, {**good, "years": {"value": wrong}}, "V1"), kind="interactions"
        )
        assert (status, json.loads(text)["response_action"]) == (200, "errors")
        assert list(json.loads(text)["errors"]) == ["years"]
    await stand.say(p.submission(view, {**good, "years": {"value": "5"}}, "V1"), "interactions")
    assert stand.coach.heard == []
    await stand.say(p.submission(view, {**good, "years": {"value": "7.5"}}, "V2"), "interactions")
    (heard,) = stand.coach.heard
    assert json.loads(heard.payload.removeprefix("/press")) == {
        "do": "corrected", "fact": fact,
        "value": {"polarity": "has", "least": 90, "most": 90, "current": True},
    }  # fmt: skip
    assert heard.conversation == "slack:T0HOME-U0ALICE"
    assert len(stand.fake.of("views.publish")) == 2


async def test_correct_in_a_message_opens_the_form_each_time(stand: Stand) -> None:
    (fact,) = tell(stand, Fact("certification", "pmp", text="PMP"))
    payload = "/press" + json.dumps({"do": "correct", "fact": fact}, sort_keys=True)
    card = Card("PMP", "said", (Button("Correct", payload),))
    blocks = await ask(stand, Reply("I hold:", cards=(card,)))
    for _ in range(2):
        await stand.say(p.tap(actions_of(blocks)[0], blocks, "2000000000.000001"), "interactions")
    assert len(stand.fake.of("views.open")) == 2
    assert len(stand.coach.heard) == 1


async def test_correcting_what_is_no_longer_held(stand: Stand) -> None:
    await stand.say(p.home_tap("home.correct", option="correct:gone"), "interactions")
    assert stand.fake.of("views.open") == []
    assert stand.fake.posts[0]["text"] == stand.slack.desk.say("utter_fact_gone")


async def test_saving_a_message_as_evidence(stand: Stand) -> None:
    await stand.say(
        p.shortcut("Alice ran the <@U1|board> &amp; stakeholder management", "1790000000.000100"), "interactions"
    )
    view = stand.fake.of("views.open")[0]["view"]
    assert mistakes(view["blocks"]) == []
    fields = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert fields["text0"]["initial_value"] == "Alice ran the @board & stakeholder management"
    assert fields["day"]["initial_date"] == "2026-09-21"
    values = {"text0": {"value": " "}, "day": {"selected_date": "2027-01-01"}}
    _, text = await stand.post(p.submission(view, values, "V2"), kind="interactions")
    assert set(json.loads(text)["errors"]) == {"text0", "day"}
    chosen = fields["competency"]["options"][0]
    values = {
        "text0": {"value": "I ran the board"}, "day": {"selected_date": "2026-09-20"},
        "competency": {"selected_option": chosen},
    }  # fmt: skip
    body = p.submission(view, values, "V2")
    await stand.say(body, "interactions")
    await stand.say(body, "interactions")
    (kept,) = stand.coach.services.record.evidence(person(stand))
    assert (kept.text, kept.happened_on, kept.competency) == ("I ran the board", date(2026, 9, 20), chosen["value"])
    assert "Kept as career evidence" in stand.fake.posts[-1]["text"]
    assert "I ran the board" in json.dumps(await open_home(stand))
    await stand.say(p.home_tap("home.evidence", kept.id), "interactions")
    assert stand.coach.services.record.evidence(person(stand)) == []


async def test_a_long_message_as_evidence_is_whole(stand: Stand) -> None:
    text = " ".join(f"word{n}" for n in range(900))
    await stand.say(p.shortcut(text, "1790000000.000100"), "interactions")
    view = stand.fake.of("views.open")[0]["view"]
    assert mistakes(view["blocks"]) == []
    pieces = [b["element"]["initial_value"] for b in view["blocks"] if b.get("block_id", "").startswith("text")]
    assert len(pieces) > 1
    assert "".join(pieces) == text


async def test_rating_several_questions_in_one_form(stand: Stand) -> None:
    await stand.say(p.home_tap("home.rate"), "interactions")
    view = stand.fake.of("views.open")[0]["view"]
    assert mistakes(view["blocks"]) == []
    asked = [b for b in view["blocks"] if b["type"] == "input"]
    assert len(asked) > 1
    first = asked[0]
    values = {b["block_id"]: {"selected_option": None} for b in asked}
    values[first["block_id"]] = {"selected_option": first["element"]["options"][0]}
    await stand.say(p.submission(view, values), "interactions")
    facts = stand.coach.services.record.facts(person(stand))
    question = stand.coach.services.knowledge.questions[first["block_id"][2:]]
    assert {f.fact.key for f in facts} == {s.fact for s in question.answers[0].facts}


async def test_joined_by_a_code_and_separated(stand: Stand) -> None:
    services = stand.coach.services
    intranet = services.record.person_for("web", "alice")
    tell(stand, Fact("certification", "pmp", text="PMP"))
    code = stand.slack.desk.people.joining.code(intranet)
    await stand.say(p.home_tap("home.join"), "interactions")
    view = stand.fake.of("views.open")[0]["view"]
    _, text = await stand.post(p.submission(view, {"code": {"value": "WRONG"}}), kind="interactions")
    assert "code" in json.loads(text)["errors"]
    await stand.say(p.submission(view, {"code": {"value": code.lower()}}), "interactions")
    assert person(stand) == intranet
    assert [f.fact.id for f in services.record.facts(intranet)] == ["pmp"]
    assert "home.separate" in json.dumps(stand.fake.of("views.publish")[-1])
    assert stand.fake.posts[-1]["text"] == stand.slack.desk.say("utter_join_done")


async def test_codes_and_separating_at_home_go_through_the_coach(stand: Stand) -> None:
    for tap in (p.home_tap("home.code", "code"), p.home_tap("home.separate", "separate")):
        await stand.say(tap, "interactions")
    assert [i.payload for i in stand.coach.heard] == ['/press{"do": "join_code"}', '/press{"do": "separate"}']
