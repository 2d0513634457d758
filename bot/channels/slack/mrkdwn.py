"""Between Slack's mark-up and ours: what people type becomes plain text, what the coach says becomes mrkdwn."""

from __future__ import annotations

import re

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+|mailto:[^)\s]+)\)")
_ANGLE = re.compile(r"<([^<>\n]+)>")
_MARKS = str.maketrans({"*": "∗", "_": "\u200b_", "~": "\u200b~", "`": "ˋ"})
"""Slack has no escape for its own marks. A look-alike or a joint before it keeps them from formatting."""


def escape(text: str) -> str:
    """For text whose marks are meant as they stand: no formatting, mention or link can come of it."""
    return _angles(text).translate(_MARKS)


def _angles(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def from_markdown(text: str) -> str:
    """``**bold**`` and ``[text](url)`` as mrkdwn; everything else escaped."""
    result, at = [], 0
    for match in _LINK.finditer(text):
        result += [_bold(text[at : match.start()]), link(match.group(2), match.group(1))]
        at = match.end()
    return "".join([*result, _bold(text[at:])])


def _bold(text: str) -> str:
    result, at = [], 0
    for match in _BOLD.finditer(text):
        result += [escape(text[at : match.start()]), f"*{escape(match.group(1))}*"]
        at = match.end()
    return "".join([*result, escape(text[at:])])


def link(url: str, title: str) -> str:
    """A labelled link; one Slack would not take is shown as text."""
    if not url.startswith(("https://", "http://", "mailto:")) or any(c in url for c in "<>| \n"):
        return escape(f"{title} {url}".strip())
    return f"<{_angles(url)}|{escape(title).replace('|', '/')}>"


def plain(text: str, bot_user: str = "") -> str:
    """What a person typed, as they saw it: links as their labels, entities as characters, our own mention gone."""

    def shown(match: re.Match[str]) -> str:
        target, _, label = match.group(1).partition("|")
        if target == f"@{bot_user}" and bot_user:
            return ""
        if target.startswith("@"):
            return f"@{label.lstrip('@')}" if label else "@someone"
        if target.startswith("#"):
            return f"#{label or 'channel'}"
        if target.startswith("!"):
            return label or f"@{target[1:].split('^')[0]}"
        return label or target.removeprefix("mailto:")

    text = _ANGLE.sub(shown, text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def split(text: str, most: int) -> list[str]:
    """Pieces of at most ``most`` characters that join to the same text, cut at a paragraph, line, sentence or word.

    An entity such as ``&amp;`` and a link are never cut.
    """
    pieces = []
    while len(text) > most:
        cut = next(
            (at for at in (text.rfind(mark, 1, most) for mark in ("\n\n", "\n", ". ", " ")) if at > most // 2), -1
        )
        cut = cut + 1 if cut > 0 else most
        for opening, closing in (("<", ">"), ("&", ";")):
            start = text.rfind(opening, 0, cut)
            end = text.find(closing, max(start, 0))
            if start > 0 and start < cut <= end and (opening == "<" or end - start < 6):
                cut = start
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces
