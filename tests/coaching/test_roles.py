"""What comes next from a role."""

from __future__ import annotations

from collections.abc import Callable

from bot.coaching import roles
from bot.coaching.case import Case
from bot.experience.facts import Fact

DELIVERS = Fact("role", "project_manager", text="project manager")


def test_what_comes_next_begins_with_the_role_wanted_then_what_transitions_lead_to(
    case_of: Callable[..., Case],
) -> None:
    wants = Fact("goal", "programme_manager", "wants", text="programme manager")
    case = case_of(DELIVERS, wants)
    listed = roles.career_path(case, "project_manager").about["listed"]
    onward = {t.to_role for t in case.knowledge.transitions.values() if t.from_role == "project_manager"}
    assert listed[0] == "programme_manager"
    assert set(listed) <= onward, "neighbours come after the moves somebody has written of"


def test_nothing_below_the_role_comes_next(case_of: Callable[..., Case]) -> None:
    case = case_of(DELIVERS)
    known = case.knowledge.roles
    listed = roles.career_path(case, "head_of_pmo").about["listed"]
    assert listed
    assert all(known[r].seniority >= known["head_of_pmo"].seniority for r in listed)
