"""One person in several places: a code shown in one, typed in another, and undone in either."""

from __future__ import annotations

import re

from actions.base import Question, Turn, press, pressed, takes_whole
from bot.coaching.reply import Button, Reply, button
from bot.experience.joining import ALPHABET, LENGTH, CodeUnknown

_CODE = re.compile(
    rf"^\W*(?:(?:join|my|the|your|this|here|code|is|it'?s|with)\W+)*([{ALPHABET}]{{4}}\W?[{ALPHABET}]{{4}})\W*$", re.I
)
_PLACE = r"(?:slack|intranet|web(?:site)?|widget|terminal|other place|elsewhere|two places|both places)"
_ASKS = re.compile(
    rf"^\W*(?:(?:show|give|get|send|need|want|i|me|please|can|could|have|you|a|the|my|new|join(?:ing)?)\W+)*code(?:\W+please)?\W*$"
    rf"|\b(?:join|link|connect|pair)\b(?!.*\bas\b).{{0,40}}\b(?:with|to|and|my|up)\b.{{0,25}}\b{_PLACE}\b"
    rf"|\b(?:use|know)\b.{{0,20}}\b(?:you|me)\b.{{0,25}}\b{_PLACE}\b.{{0,12}}\b(?:too|as well|also)\b",
    re.IGNORECASE,
)
_UNDOES = re.compile(
    r"^\W*(?:please\W+)?(?:separate|unjoin|unlink|disconnect)\b"
    rf"(?:.{{0,30}}\b(?:{_PLACE}|again|them|us|the two)\b)?\W*$",
    re.IGNORECASE,
)
SHORT = 12
"""Words a message about joining has at most; a longer one tells of something else."""


@takes_whole
def about_places(turn: Turn) -> Question | None:
    """A code, the wish for one, or the wish to undo it, in a message of its own."""
    waiting = turn.state.get("awaiting") == "code"
    if waiting:
        turn.state["awaiting"] = None
    typed = _CODE.match(turn.text)
    if typed and (waiting or re.search(r"\d", typed.group(1))):
        return _pressed(turn, "join", typed.group(1))
    words = turn.text.split()
    if waiting and len(words) <= 2 and sum(map(len, words)) in range(LENGTH - 2, LENGTH + 4) and "?" not in turn.text:
        return _pressed(turn, "join", turn.text)
    if len(words) > SHORT:
        return None
    return _pressed(turn, "separate") if _UNDOES.match(turn.text) else _asked(turn)


def _asked(turn: Turn) -> Question | None:
    if not _ASKS.search(turn.text):
        return None
    return _pressed(turn, "join_code" if "code" in turn.text.lower() else "places")


def _pressed(turn: Turn, do: str, code: str = "") -> Question:
    return Question("press", turn.text, {"do": do, "code": code} if code else {"do": do})


def _profile(turn: Turn) -> Button:
    return button(turn.say("button_profile"), "ask_profile")


@pressed("places")
def press_places(turn: Turn, question: Question) -> Reply:
    """What joining does, with what to do next; where it is done, how to undo it."""
    if turn.services.joining.joined(*turn.identity):
        return Reply(turn.say("utter_join_is"), buttons=(press(turn.say("button_separate"), "separate"),))
    return Reply(
        turn.say("utter_join_how"),
        buttons=(
            press(turn.say("button_join_code"), "join_code"),
            press(turn.say("button_join_type"), "join_type"),
        ),
    )


@pressed("join_code")
def press_code(turn: Turn, question: Question) -> Reply:
    return Reply(turn.say("utter_join_code", code=turn.services.joining.code(turn.person_id)))


@pressed("join_type")
def press_type(turn: Turn, question: Question) -> Reply:
    turn.state["awaiting"] = "code"
    return Reply(turn.say("utter_join_type"))


@pressed("join")
def press_join(turn: Turn, question: Question) -> Reply:
    try:
        turn.person_id = turn.services.joining.join(*turn.identity, str(question.entities.get("code", "")))
    except CodeUnknown:
        return Reply(turn.say("utter_join_wrong"), buttons=(press(turn.say("button_join_type"), "join_type"),))
    turn.refresh()
    return Reply(turn.say("utter_join_done"), buttons=(_profile(turn), press(turn.say("button_separate"), "separate")))


@pressed("separate")
def press_separate(turn: Turn, question: Question) -> Reply:
    if not turn.services.joining.separate(*turn.identity):
        return Reply(turn.say("utter_join_none"), buttons=(press(turn.say("button_places"), "places"),))
    turn.person_id = turn.services.record.person_for(*turn.identity)
    turn.refresh()
    return Reply(turn.say("utter_join_undone"), buttons=(_profile(turn),))
