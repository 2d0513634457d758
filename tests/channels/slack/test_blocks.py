"""Rendering is pure: every kind of reply within Slack's limits, nothing dropped."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from bot.channels.slack.blocks import render
from bot.channels.slack.limits import mistakes
from bot.channels.slack.mrkdwn import escape, from_markdown, plain, split
from bot.channels.slack.picture import png
from bot.channels.slack.samples import samples
from bot.cli.doctor import doctor
from bot.coaching.reply import Button, Reply, Table
from bot.knowledge.wording import load_phrases
from bot.runtime.settings import ROOT

SAY = load_phrases(ROOT / "data" / "responses").say


def texts(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(("name", "reply"), samples().items(), ids=list(samples()))
def test_each_kind_keeps_slacks_limits_and_drops_nothing(name: str, reply: Reply) -> None:
    rendered = render(reply, SAY, "key", "C1-1.1")
    assert rendered.messages
    for message in rendered.messages:
        assert mistakes(message.blocks) == []
        assert 1 <= len(message.text) <= 4000
    blocks = [b for m in rendered.messages for b in m.blocks]
    values = [
        e.get("value") or o["value"]
        for b in blocks
        for e in [*b.get("elements", []), *([b["accessory"]] if "accessory" in b else [])]
        if isinstance(e, dict) and "action_id" in e
        for o in e.get("options", [{"value": ""}])
    ]
    wanted = [b.payload for b in (*(b for c in reply.cards for b in c.buttons), *reply.buttons)]
    assert sorted(rendered.tokens.get(v, v) for v in values) == sorted(wanted)
    assert len(rendered.files) == len(reply.attachments)
    shown = texts(blocks)
    for part in (*(c.title for c in reply.cards), *(p.text for p in reply.points), *(s.title for s in reply.sources)):
        assert json.dumps(escape(part), ensure_ascii=False)[1:-1] in shown


def test_five_buttons_are_buttons_and_six_are_a_menu() -> None:
    kinds = [
        render(Reply("x", buttons=(Button("b", "/ask_help"),) * n), SAY).messages[0].blocks[-1]["elements"][0]["type"]
        for n in (5, 6)
    ]
    assert kinds == ["button", "static_select"]


def test_long_text_is_split_and_joins_again() -> None:
    text = "Words & more <of> them. " * 900
    blocks = [b for m in render(Reply(text), SAY).messages for b in m.blocks]
    assert len(blocks) > 1
    assert re.sub(r"\s", "", "".join(b["text"]["text"] for b in blocks)) == re.sub(r"\s", "", escape(text))


@pytest.mark.parametrize("most", [10, 50, 3000])
def test_split_never_cuts_an_entity_or_a_link(most: int) -> None:
    text = "a&amp;b " * 40 + "<https://example.org|x> " * 5
    pieces = split(text, max(most, 30))
    assert "".join(pieces) == text
    assert all(piece.count("<") == piece.count(">") for piece in pieces)
    assert all(not re.search(r"&[a-z]*$", piece) for piece in pieces)


def test_markup_of_people_does_nothing() -> None:
    hostile = "<!channel> <@U1> *b* _i_ ~s~ `c` <https://evil.org|bank> &amp;"
    shown = from_markdown(hostile)
    assert "<" not in shown
    assert not set("*`") & set(shown)
    assert not re.search(r"(?<!\u200b)[_~]", shown)


def test_our_markdown_becomes_slacks() -> None:
    assert (
        from_markdown("**Bold** and [here](https://x.org/?a=1&b=2)") == "*Bold* and <https://x.org/?a=1&amp;b=2|here>"
    )


def test_what_people_type_is_read_plainly() -> None:
    assert plain("<@U0BOT> hi <!here> <#C1|pmo> &lt;3", "U0BOT") == "hi @here #pmo <3"


def test_a_table_of_two_columns_is_fields_and_a_wide_one_a_list() -> None:
    two = render(Reply("", table=Table(("Part", "h"), (("A", "1"), ("B", "2")))), SAY).messages[0].blocks
    assert [f["text"] for f in two[0]["fields"]] == ["*A*\n1", "*B*\n2"]
    wide = render(Reply("", table=Table(("", "Fee", "Exam"), (("PMP", "555", "180 q"),))), SAY).messages[0].blocks
    assert wide[0]["text"]["text"] == "*PMP*\nFee: 555\nExam: 180 q"


def test_titles_too_long_for_a_button_are_said_in_full() -> None:
    title = "A very long title " * 8
    blocks = render(Reply("x", buttons=(Button(title.strip(), "/ask_help"),)), SAY).messages[0].blocks
    assert title.strip() in blocks[1]["text"]["text"]
    assert blocks[2]["elements"][0]["text"]["text"].startswith("1. A very long title")


def test_pictures_become_png_and_unknown_shapes_are_refused() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>{}</svg>'
    assert png(svg.format('<text x="1" y="9" fill="#000">x</text>')).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="circle"):
        png(svg.format("<circle r='1'/>"))


def test_the_blocks_are_written_for_block_kit_builder(tmp_path: Any) -> None:
    out = tmp_path / "blocks.json"
    result = CliRunner().invoke(doctor, ["blocks", "--out", str(out)])
    assert result.exit_code == 0
    written = json.loads(out.read_text())
    assert set(written) == set(samples())
    assert all(set(message) == {"blocks"} for messages in written.values() for message in messages)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},
        {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11},
        {"type": "actions", "elements": []},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": {"text": "x" * 76}}]},
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "a", "text": {"text": "x"}, "value": "v" * 2001}],
        },
        {"type": "header", "text": {"text": "x" * 151}},
    ],
)  # fmt: skip
def test_the_check_sees_what_slack_would_refuse(block: dict[str, Any]) -> None:
    assert mistakes([block])
