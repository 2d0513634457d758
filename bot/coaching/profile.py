"""What is held about a person, shown to them with the words it came from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coaching.case import Case
from bot.coaching.person import Held
from bot.coaching.phrases import amount_in_words, count, listed, months_in_words
from bot.coaching.reply import Card, Reply, button
from bot.experience.facts import Fact


def in_words(case: Case, fact: Fact) -> str:
    """``PMO manager, 7 years``; ``no PMP``; ``wants: head of portfolio``."""
    name = case.fact_name(fact.key)
    if fact.polarity == "lacks":
        name = name.removeprefix("a ").removeprefix("an ")  # "no bachelor's degree"
    text = case.say(f"label_polarity_{'wants' if fact.kind == 'goal' else fact.polarity}", name=name)
    details = []
    if fact.months:
        details.append(months_in_words(*fact.months))
    elif fact.start:
        details.append(case.say("label_since", date=fact.start) if not fact.end else f"{fact.start} to {fact.end}")
    if fact.amount is not None:
        details.append(amount_in_words(fact.amount, fact.unit))
    if fact.current is False:
        details.append(case.say("label_former"))
    return ", ".join([text, *details])


def answer(case: Case) -> Reply:
    if not case.person.held:
        return Reply(case.say("utter_profile_empty"), about={"intent": "ask_profile"})
    return Reply(
        case.say("utter_profile_lead", count=count(len(case.person.held), "thing")),
        cards=tuple(_card(case, held) for held in case.person.held),
        closing=case.say("utter_profile_closing"),
        buttons=(
            button(case.say("button_export"), "export_me"),
            button(case.say("button_forget"), "forget_me"),
            button(case.say("button_places"), "press", do="places"),
        ),
        about={"intent": "ask_profile", "listed": [h.id for h in case.person.held], "kind": "fact"},
    )


def _card(case: Case, held: Held) -> Card:
    said = case.say("utter_profile_said", words=held.fact.text or held.statement, date=held.said_on.isoformat())
    return Card(
        in_words(case, held.fact),
        said,
        (
            button(case.say("button_correct"), "press", do="correct", fact=held.id),
            button(case.say("button_remove"), "press", do="remove", fact=held.id),
        ),
    )


def noted(case: Case, facts: Sequence[Fact]) -> str:
    """What was understood of a statement, said back in one line; empty when nothing was."""
    return case.say("utter_noted", facts=listed(_told(case, f) for f in facts)) if facts else ""


def _told(case: Case, fact: Fact) -> str:
    """With the words themselves where the name says not which: "another occupation (“customs officer”)"."""
    words = in_words(case, fact)
    return case.say("label_in_words", name=words, words=fact.text) if fact.unlisted and fact.text else words


def changes(case: Case, before: Reply, after: Reply) -> list[str]:
    """What differs between two answers to the same question, a line each: left out, new, reason changed."""
    old = {p.text: p.reason for p in before.points}
    new = {p.text: p.reason for p in after.points}
    lines = [case.say("utter_change_gone", text=text) for text in old if text not in new]
    lines += [
        case.say("utter_change_new", text=text, reason=f" ({new[text]})" if new[text] else "")
        for text in new
        if text not in old
    ]
    lines += [
        case.say("utter_change_reason", text=text, reason=new[text])
        for text in new
        if text in old and new[text] != old[text] and new[text]
    ]
    if before.lead != after.lead:
        lines.insert(0, case.say("utter_change_lead", text=after.lead))
    return lines
