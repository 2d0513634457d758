from typing import Any

from bot.evaluation.facts import fact_scores


def fact(key: str, polarity: str = "has", months: list[int | None] | None = None) -> dict[str, Any]:
    kind, _, id_ = key.partition(":")
    return {"kind": kind, "id": id_, "polarity": polarity, "months": months}


def line(*facts: dict[str, Any], unsure: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"facts": list(facts), "unsure": list(unsure)}


def shares(score: dict[str, Any]) -> tuple[str, str]:
    precision, recall = (f"{score[n]['right']}/{score[n]['of']}" for n in ("precision", "recall"))
    return precision, recall


def test_counts_right_missed_and_invented_by_kind_and_together() -> None:
    labelled = [line(fact("role:planner"), fact("certification:pmp")), line(fact("goal:planner", "wants"))]
    parsed = [line(fact("role:planner"), fact("education:mba")), line()]
    scores = fact_scores(labelled, parsed)
    assert shares(scores["role"]) == ("1/1", "1/1")
    assert shares(scores["certification"]) == ("0/0", "0/1")
    assert shares(scores["education"]) == ("0/1", "0/0")
    assert shares(scores["goal"]) == ("0/0", "0/1")
    assert shares(scores["role+certification+education"]) == ("1/2", "1/2")
    assert scores["role"]["precision"]["low"] < 1.0 == scores["role"]["precision"]["high"]


def test_another_polarity_is_another_fact() -> None:
    scores = fact_scores([line(fact("certification:pmp", "lacks"))], [line(fact("certification:pmp"))])
    assert shares(scores["certification"]) == ("0/1", "0/1")


def test_an_unsure_fact_is_neither_right_nor_wrong() -> None:
    labelled = [line(unsure=(fact("role:planner"),))]
    assert shares(fact_scores(labelled, [line(fact("role:planner"))])["role"]) == ("0/0", "0/0")
    assert "role" not in fact_scores(labelled, [line()])


def test_the_same_fact_twice_counts_once() -> None:
    scores = fact_scores([line(fact("role:other"), fact("role:other"))], [line(fact("role:other"))])
    assert shares(scores["role"]) == ("1/1", "1/1")


def test_months_are_right_within_a_month_at_both_ends() -> None:
    told: list[list[int | None]] = [[60, 60], [60, None], [24, 36], [12, 12], [12, 12]]
    read: list[list[int | None] | None] = [[61, 59], [60, 60], [24, 36], None, [14, 14]]
    labelled = [line(fact("role:planner", months=m)) for m in told]
    scores = fact_scores(labelled, [line(fact("role:planner", months=m)) for m in read])
    assert (scores["months"]["right"], scores["months"]["of"]) == (2, 5)


def test_months_of_a_missed_fact_count_only_among_all() -> None:
    scores = fact_scores([line(fact("role:planner", months=[12, 12]))], [line()])
    assert scores["months"]["of"] == 0
    assert (scores["months_of_all"]["right"], scores["months_of_all"]["of"]) == (0, 1)
