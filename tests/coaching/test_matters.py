"""What is asked beside the facets: the words that name it, and an answer with its source, or plainly none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.coaching import matters
from bot.coaching.case import Case
from tests.coaching.figures import held, joining_saves, numbers
from tests.coaching.test_certification_facts import IDS

MATTERS = tuple(m for m in matters.HOME if m not in ("transfer", "together"))


@pytest.mark.parametrize(
    ("text", "named", "matter"),
    [
        ("is MSP the same as PgMP?", 2, "transfer"),
        ("does my PRINCE2 count towards PMP?", 2, "transfer"),
        ("what's the PMI equivalent of P3O?", 1, "transfer"),
        ("can I turn my IPMA level C into PMP?", 2, "transfer"),
        ("can I skip PRINCE2 Foundation if I have the PMP?", 2, "transfer"),
        ("do I need the CAPM before the PMP?", 2, "transfer"),
        ("are PMP and PRINCE2 accepted by employers?", 2, None),
        ("how many months of experience do I need for PMP and for CAPM?", 2, None),
        ("does my experience count towards PMP?", 1, None),
        ("can I do PMP and PgMP at the same time?", 2, "together"),
        ("can I start PMP at the same time as my new job?", 1, None),
        ("my PMP has lapsed", 1, "lapse"),
        ("what if I don't renew my PMP?", 1, "lapse"),
        ("what happens if I fail the exam?", 1, "retake"),
        ("how many attempts do I get?", 1, "retake"),
        ("can I take it in German?", 1, "language"),
        ("in which languages is the exam?", 1, "language"),
        ("I passed it in March", 1, None),
        ("is it worth joining PMI?", 1, "member"),
        ("do I have to be a member?", 1, "member"),
        ("what does it cost for members?", 1, None),
        ("will my employer pay for the PMP?", 1, "employer"),
        ("who could sponsor it, my company?", 1, "employer"),
        ("how do I check whether someone's PMP is genuine?", 1, "register"),
        ("is he on PMI's list?", 1, "register"),
        ("how do I register for the exam?", 1, None),
        ("what does it cost?", 1, None),
    ],
)
def test_the_words_name_the_matter(text: str, named: int, matter: str | None) -> None:
    assert matters.matter_in(text, named) == matter


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("id_", IDS)
def test_every_matter_of_every_certification(id_: str, matter: str, case_of: Callable[..., Case]) -> None:
    """Each number is the store's; an answer has its source with a day, or says that nothing is held and whom to ask."""
    case = case_of()
    item = case.knowledge.certifications[id_]
    (reply,) = matters.answer(case, [item], matter, "in which language?")
    stored = held([item]) | joining_saves(item)
    shown = numbers(reply.text(), case)
    assert shown <= stored, f"{sorted(shown - stored)} stand in no column:\n{reply.text()}"
    assert item.short in reply.text() or "does not expire" in reply.text()
    assert reply.sources
    assert all(s.url and s.checked_on for s in reply.sources)
    if not reply.points:
        assert "hold" in reply.lead or "held" in reply.lead
        assert item.issuer_url in reply.lead


@pytest.mark.parametrize("matter", MATTERS)
def test_past_its_date_no_figure_and_no_note_is_quoted(matter: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    late = replace(case, person=replace(case.person, today=date(2040, 1, 1)))
    for item in case.knowledge.certifications.values():
        for reply in matters.answer(late, [item], matter):
            assert not numbers(reply.text(), case), reply.text()
    for note in case.knowledge.notes.values():
        assert matters.notes_on(late, note.matter) == []


def test_a_language_asked_for_is_answered_yes_or_no(case_of: Callable[..., Case]) -> None:
    case = case_of()
    pmp = case.knowledge.certifications["pmp"]
    assert matters.answer(case, [pmp], "language", "can I take it in German?")[0].lead.startswith("Yes")
    assert "Finnish is not among" in matters.answer(case, [pmp], "language", "is it offered in Finnish?")[0].lead


def test_levels_of_a_family_that_share_an_answer_get_it_once(case_of: Callable[..., Case]) -> None:
    case = case_of()
    both = [case.knowledge.certifications[i] for i in ("prince2-foundation", "prince2-practitioner")]
    assert len(matters.answer(case, both, "register")) == 1
    pair = [case.knowledge.certifications[i] for i in ("pmp", "prince2-practitioner")]
    assert len(matters.answer(case, pair, "register")) == 2


@pytest.mark.parametrize(
    ("ids", "sees"),
    [
        (("pmp", "pgmp"), ["one after the other", "PMP helps towards PgMP", "reported for both", "USD 1,655"]),
        (("prince2-foundation", "prince2-practitioner"), ["one after the other"]),
        (("pmp", "psm-1"), ["I hold no rule against it", "USD 855"]),
    ],
)
def test_two_at_once(ids: tuple[str, ...], sees: list[str], case_of: Callable[..., Case]) -> None:
    case = case_of()
    (reply,) = matters.answer(case, [case.knowledge.certifications[i] for i in ids], "together")
    for part in sees:
        assert part in reply.text()


@pytest.mark.parametrize(
    ("id_", "says"), [("pmp", "it pays at once"), ("capm", "does not pay"), ("csm", "can't work out")]
)
def test_whether_joining_pays(id_: str, says: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    (reply,) = matters.answer(case, [case.knowledge.certifications[id_]], "member")
    assert says in reply.text()
