"""Certification questions, and the questions that follow them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.conftest import Chat, said

Begin = Callable[..., Chat]


def test_the_facet_carries_over_to_another_certification(chat: Begin) -> None:
    ada = chat()
    ada.ask("how much is the PMP?", "ask_certification_cost")
    assert "What **PgMP** costs" in said(ada.ask("and PgMP?", "ask_certification_overview"))
    assert "What **PfMP** costs" in said(ada.ask("what about PfMP?", "not_understood"))


def test_the_certification_carries_over_to_another_facet(chat: Begin) -> None:
    ada = chat()
    ada.ask("how much is the PgMP?", "ask_certification_cost")
    assert "**PgMP**" in said(ada.ask("how long is the exam?", "ask_certification_exam"))


def test_the_focus_survives_a_digression(chat: Begin) -> None:
    ada = chat()
    ada.ask("how much is the PgMP?", "ask_certification_cost")
    ada.ask("what's the weather", "out_of_scope")
    assert "**PgMP**" in said(ada.ask("how do I renew it?", "ask_certification_renewal"))


def test_non_members_see_their_price_only(chat: Begin) -> None:
    ada = chat()
    ada.ask("how much is the PgMP?", "ask_certification_cost")
    text = said(ada.ask("and for non-members?", "ask_certification_cost"))
    assert "(non-members)" in text
    assert "(members)" not in text


def test_membership_is_summed(chat: Begin) -> None:
    assert "Joining costs USD" in said(chat().ask("how much is the PMP for members?", "ask_certification_cost"))


def test_the_one_held_is_not_the_one_asked_about(chat: Begin) -> None:
    text = said(chat().ask("I have a PMP already, what does the PgMP cost?", "ask_certification_cost"))
    assert "What **PgMP** costs" in text
    assert "What **PMP** costs" not in text


@pytest.mark.parametrize(
    ("claim", "says"),
    [("The PfMP costs 50 dollars, right?", "not what I hold"), ("PfMP is $1,000, right?", "agrees with what I hold")],
)
def test_a_claimed_price_is_held_against_the_store(chat: Begin, claim: str, says: str) -> None:
    assert says in said(chat().ask(claim, "ask_certification_cost"))


def test_help_with_cheating_is_declined(chat: Begin) -> None:
    for text in ("send me PMP exam dumps", "can someone take the exam for me?", "where can I get real exam questions"):
        assert "don't help" in said(chat().ask(text, "ask_certification_exam"))


def test_an_unknown_name_gets_the_nearest(chat: Begin) -> None:
    replies = chat().ask("is there a PMX?", "not_understood")
    assert "no certification called PMX" in said(replies)
    assert "PMP" in {b.title for r in replies for b in r.buttons}


def test_a_list_says_what_it_was_filtered_by(chat: Begin) -> None:
    text = said(chat().ask("which PMO certifications need no prerequisites?", "ask_certification_list"))
    assert "about pmo" in text.lower()
    assert "nothing required before" in text


def test_both_of_a_list_are_compared_and_the_cheaper_is_priced(chat: Begin) -> None:
    ada = chat()
    ada.ask("compare PMP and PgMP", "ask_certification_comparison")
    assert said(ada.ask("both please", "ask_more")).count("PgMP") > 1
    ada.ask("compare PMP and PgMP", "ask_certification_comparison")
    assert "What **PMP** costs" in said(ada.ask("the cheaper one", "ask_more"))


def test_a_sum_is_worked_out_and_a_missing_fact_asked_by_button(chat: Begin) -> None:
    ada = chat()
    ada.ask("I have been a portfolio manager for 5 years", "state_experience")
    replies = ada.ask("do I qualify for PfMP?", "ask_certification_eligibility")
    assert "60 months" in said(replies)
    asked = ada.press(replies, "Tell you about")
    assert "PfMP" in said(asked)
    after = ada.press(asked, "A bachelor's degree")
    assert "**Met:** a bachelor's degree" in said(after)


def test_what_if_changes_the_sum_and_not_the_record(chat: Begin) -> None:
    ada = chat()
    ada.ask("I have been a portfolio manager for 5 years and I have no degree", "state_experience")
    ada.ask("do I qualify for PfMP?", "ask_certification_eligibility")
    text = said(ada.ask("and if I finish my bachelor's degree?", "ask_routes"))
    assert "Supposing" in text
    assert "**Met:** a bachelor's degree" in text
    assert "bachelor" not in said(ada.ask("what do you know about me?", "ask_profile")).replace("no bachelor", "")


def test_renewal_is_worked_out_from_the_day_it_was_passed(chat: Begin) -> None:
    text = said(
        chat().ask("I passed the PMP in March 2025: when must I renew and how many PDUs?", "ask_certification_renewal")
    )
    assert "renew by March 2028" in text
    assert "60 PDUs" in text


def test_the_portfolio_case_is_told_experience_first(chat: Begin) -> None:
    ada = chat()
    ada.ask("I've been a PMO manager for 2 years and I want to become head of portfolio", "state_goal")
    text = said(ada.ask("which certification should I take?", "ask_certification_choice"))
    assert "None yet" in text
    assert "PfMP" in text


def test_two_at_once_are_told_one_after_the_other(chat: Begin) -> None:
    replies = chat().ask("what do PMP and CAPM cost?", "ask_certification_cost")
    assert [r.about["certification"] for r in replies] == ["pmp", "capm"]


def test_it_is_the_certification_advised_and_the_second_the_runner_up(chat: Begin) -> None:
    ada = chat()
    ada.ask("I hold PRINCE2 Foundation and I'm a project manager with six years", "state_experience")
    advised = ada.ask("which certification should I take?", "ask_certification_choice")[0]
    first, second = advised.about["listed"][:2]
    named = [ada.services.knowledge.certifications[i].short for i in (first, second)]
    assert f"**{named[0]}** first" in said([advised])
    assert f"Runner-up: **{named[1]}**" in said([advised])
    assert "prince2-foundation" not in (first, second)
    assert ada.ask("when should I sit it", "ask_certification_application")[0].about["certification"] == first
    assert ada.ask("what does the second one cost", "ask_certification_cost")[0].about["certification"] == second


@pytest.mark.parametrize(
    ("told", "asked", "role"),
    [
        ("I'm a PMO lead with six years", "which certification for portfolio management?", "portfolio_manager"),
        ("", "best certification for program management?", "programme_manager"),
        ("I'm a PMO lead with six years", "which certification should I take?", "pmo_lead"),
        ("I'm a PMO analyst, I want to be head of PMO", "which cert for portfolio work?", "head_of_pmo"),
    ],
)
def test_a_field_that_is_named_is_aimed_at_where_no_goal_is(chat: Begin, told: str, asked: str, role: str) -> None:
    ada = chat()
    if told:
        ada.ask(told, "state_experience")
    assert ada.ask(asked, "ask_certification_choice")[0].about["to"] == role


def test_another_field_is_not_looked_for_among_those_listed(chat: Begin) -> None:
    ada = chat()
    ada.ask("I'm a PMO lead with six years", "state_experience")
    listed = ada.ask("which certification for portfolio management?", "ask_certification_choice")[0].about["listed"]
    other = ada.ask("what should I take for change management?", "ask_certification_choice")[0].about["listed"]
    assert not set(other) & set(listed)


def test_of_two_listed_the_other_is_the_one_not_talked_of(chat: Begin) -> None:
    ada = chat()
    ada.ask("I've been a PMO manager for 2 years and I want to become head of portfolio", "state_goal")
    one, other = ada.ask("which certification should I take?", "ask_certification_choice")[0].about["listed"]
    assert ada.ask("how much is it?", "ask_certification_cost")[0].about["certification"] == one
    asked = ada.ask("and the other one?", "ask_more")[0]
    assert (asked.about["certification"], asked.about["intent"]) == (other, "ask_certification_cost")
    assert ada.ask("what about the other", "not_understood")[0].about["certification"] == one


def test_either_of_two_compared_is_both(chat: Begin) -> None:
    ada = chat()
    ada.ask("which is better, CSM or PSM I", "ask_certification_comparison")
    replies = ada.ask("and does either expire?", "ask_certification_renewal")
    assert [r.about["certification"] for r in replies] == ["csm", "psm-1"]


def test_how_to_study_is_asked_of_what_is_being_taken_and_not_of_what_was_spoken_of(chat: Begin) -> None:
    ada = chat()
    ada.ask("is the PMI-SP worth it?", "ask_certification_value")
    text = said(ada.ask("I am studying for the CAPM now. How do I prepare?", "ask_certification_preparation"))
    assert "CAPM" in text
    assert "PMI-SP" not in text


def test_what_it_costs_is_asked_of_the_one_just_advised(chat: Begin) -> None:
    ada = chat()
    ada.ask("do I need a degree for PgMP?", "ask_certification_eligibility")
    ada.ask("I want to become a project coordinator", "state_goal")
    choice, cost = ada.ask(
        "which certificate should I take, and what does it cost?",
        "ask_certification_choice",
        "ask_certification_cost",
    )
    first = choice.about["listed"][0]
    assert cost.about["certification"] == first
    assert first != "pgmp"


def test_what_is_told_of_one_is_not_asked_of_another(chat: Begin) -> None:
    ada = chat()
    replies = ada.ask(
        "I am a planner, CAPM, and my CSM has expired. Is the PMI-RMP worth it?",
        "ask_certification_value",
        clause="Is the PMI-RMP worth it?",
    )
    assert [(r.about["certification"], r.about["facet"]) for r in replies] == [("pmi-rmp", "value")]
    lapsed = said(ada.ask("My PMP has lapsed. What now?", "ask_certification_renewal", clause="What now?"))
    assert "lapses or has lapsed" in lapsed
