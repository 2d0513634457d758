"""One reply of each kind, to look at their blocks and to hold them against Slack's limits."""

from __future__ import annotations

from bot.coaching.reply import Attachment, Button, Card, Picture, Point, Reply, Source, Table

_ALT = "A chart: two competencies shown, one partly shown."
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="200" height="60" fill="#ffffff"/>'
    '<text x="10" y="30" fill="#1a1f26">Sample</text></svg>'
)


def _buttons(number: int, title: str = "Choice") -> tuple[Button, ...]:
    return tuple(Button(f"{title} {n}", f'/press{{"do": "sample", "n": {n}}}') for n in range(1, number + 1))


def samples() -> dict[str, Reply]:
    """Invented content, of the shapes and sizes the coach's answers have, and some beyond them."""
    source = Source("A guide & its <title>", "https://example.org/guide?a=1&b=2", "2026-10-01")
    row = ("Fee", "100 for members", "150 for others")
    return {
        "lead only": Reply("A plain sentence with **bold** and [a link](https://example.org)."),
        "points and sources": Reply(
            "It depends on three things:",
            (
                Point("The office you work in", "because you told me “a control PMO”"),
                Point("Your budget"),
                Point("5 < 6 & 7 > 6"),
            ),
            buttons=_buttons(4),
            sources=(source,) * 3,
        ),
        "five buttons": Reply("Five choices:", buttons=_buttons(5)),
        "menu": Reply("Nine choices:", buttons=_buttons(9)),
        "many choices": Reply("Two hundred and fifty choices:", buttons=_buttons(250)),
        "long titles": Reply(
            "Long titles:",
            buttons=_buttons(3, "A title so long that no button of Slack's would take it, which is said in full above"),
        ),
        "long payload": Reply("A payload too long:", buttons=(Button("Go on", '/press{"x": "' + "y" * 3000 + '"}'),)),
        "table of two columns": Reply(
            "Two columns:", table=Table(("Part", "Length"), tuple((f"Part {n}", f"{n} h") for n in range(1, 15)))
        ),
        "wide table": Reply("Compared:", table=Table(("", "Member", "Others"), (row, ("Renewal", "60", ""), row))),
        "few cards": Reply(
            "Your plan:", cards=tuple(Card(f"{n}. Step", "Done when it is done.", _buttons(2)) for n in range(1, 4))
        ),
        "many cards": Reply(
            "I hold 60 things:", cards=tuple(Card(f"Thing {n}", "You said so.", _buttons(2)) for n in range(1, 61))
        ),
        "picture": Reply("How ready you are:", picture=Picture(_SVG, _ALT)),
        "files": Reply("Your plan as files.", attachments=(Attachment("plan.md", "text/markdown", "# Plan"),)),
        "only files": Reply("", attachments=(Attachment("plan.ics", "text/calendar", "BEGIN:VCALENDAR"),)),
        "very long": Reply("A sentence that goes on. " * 1500, closing="The end."),
        "public": Reply("Anyone may read this.", private=False),
    }
