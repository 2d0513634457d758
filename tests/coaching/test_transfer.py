"""Whether one certification counts for another: never more than an issuer's requirements or a dated note say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.coaching import transfer
from bot.coaching.case import Case
from bot.knowledge.schema import Certification
from tests.coaching.figures import numbers


def named(case: Case, *ids: str) -> list[Certification]:
    families = case.knowledge.families
    single = [m for i in ids for m in (families[i].members if i in families else [i])]
    return [case.knowledge.certifications[i] for i in single]


@pytest.mark.parametrize(
    ("one", "other", "sees", "never"),
    [
        ("msp", "pgmp", ["**MSP** and **PgMP** are not the same", "PgMP does not require MSP"], ["counting for"]),
        ("prince2", "pmp", ["replaces nothing PMI asks for", "training hours"], []),
        ("pmp", "apm-chpp", ["recognised assessment of professional practice", "opens one of the ways"], []),
        ("apm-pmq", "apm-chpp", ["once it has validated your experience"], []),
        ("pmp", "prince2", ["For earlier editions", "is not held; ask before you book"], []),
        ("ipma-c", "pmp", ["I hold nothing by which **IPMA Level C** counts for **PMP**"], ["are not the same: "]),
        ("ipma-d", "ipma-c", ["shorter and cheaper"], []),
        ("apm-pmq", "ipma-d", ["trainers still call them equal", "not exchanged"], []),
        ("capm", "pmp", ["An active CAPM stands for the training hours", "PMP does not require CAPM"], []),
        ("pmp", "pgmp", ["PMP opens one of the ways to PgMP", "PgMP does not require PMP"], []),
        ("prince2-foundation", "prince2-practitioner", ["PRINCE2 Practitioner requires PRINCE2 Foundation"],
         ["PRINCE2 Practitioner does not require"]),
        ("csm", "psm-1", ["Most employers take the two as equal"], []),
        ("msp", "prince2", ["also renews the other"], []),
        ("pmo-cp", "pmi-pmocp", ["free transition", "is not held; ask PMI"], []),
        ("pmp", "cobit", ["hold nothing from ISACA or PMI"], ["counting for"]),
    ],
)  # fmt: skip
def test_two_certifications(
    one: str, other: str, sees: Sequence[str], never: Sequence[str], case_of: Callable[..., Case]
) -> None:
    case = case_of()
    reply = transfer.between(case, named(case, one), named(case, other))
    for part in sees:
        assert part in reply.text()
    for part in never:
        assert part not in reply.text()
    assert reply.sources


def test_no_pair_is_told_more_than_is_held(case_of: Callable[..., Case]) -> None:
    """Every pair: no number, a source, and "nothing" in so many words wherever neither requirements nor notes speak."""
    case = case_of()
    items = list(case.knowledge.certifications.values())
    notes = [n for n in case.knowledge.notes.values() if n.matter == "transfer"]
    for one in items:
        for other in items:
            if one is other:
                continue
            reply = transfer.between(case, [one], [other])
            assert not numbers(reply.text(), case), reply.text()
            assert reply.sources
            speaks = any(
                {one.id, other.id} <= case.knowledge.members([*n.held, *n.about])
                or (one.id in case.knowledge.members(n.held) and other.id in case.knowledge.members(n.about))
                for n in notes
            ) or any(
                a.id in (*r.prerequisites, *r.waives_training)
                for a, b in ((one, other), (other, one))
                for r in (b.eligibility.routes if b.eligibility else ())
            )  # fmt: skip
            if not speaks:
                assert "I hold nothing from" in reply.lead, f"{one.id} and {other.id}: {reply.text()}"


@pytest.mark.parametrize(
    ("ids", "others", "nearest"),
    [
        (["p3o"], "PMI", "pmi-pmocp"),
        (["msp"], "PMI", "pgmp"),
        (["pfmp"], "PeopleCert", "mop-practitioner"),
        (["pmp"], "APM", "apm-pmq"),
        (["pmi-rmp"], "APM", "apm-risk2"),
    ],
)
def test_the_nearest_of_another_issuer(ids: list[str], others: str, nearest: str, case_of: Callable[..., Case]) -> None:
    case = case_of()
    among = [c for c in case.knowledge.certifications.values() if others in c.issuer]
    found = transfer.nearest(case, named(case, *ids), among)
    withdrawn = case.knowledge.certifications[nearest].status.state == "withdrawn"
    assert nearest in [c.id for c in found] or withdrawn
    reply = transfer.elsewhere(case, named(case, *ids), among, issuer=others)
    assert "not a ruling of an issuer" in reply.closing


def test_a_note_past_its_date_is_not_told(case_of: Callable[..., Case]) -> None:
    case = case_of()
    late = replace(case, person=replace(case.person, today=date(2040, 1, 1)))
    reply = transfer.between(late, named(case, "pmp"), named(case, "apm-chpp"))
    assert "I hold nothing from" in reply.lead
    assert transfer.known_cases(late).points == ()


def test_what_counts_for_one(case_of: Callable[..., Case]) -> None:
    case = case_of()
    text = transfer.into(case, case.knowledge.certifications["apm-chpp"]).text()
    assert "**PMP**: APM takes PMP" in text
    assert "lets another certificate count" in transfer.into(case, case.knowledge.certifications["cobit"]).text()
