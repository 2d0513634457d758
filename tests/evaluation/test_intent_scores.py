import pytest

from bot.evaluation.commands import summarise
from bot.evaluation.intents import Share, calibration_error, confusions, line, matched, scores
from bot.evaluation.report import report


def labelled(*intents: str, scope: str = "in", text: str = "t") -> dict:
    return {"text": text, "scope": scope, "intents": list(intents), "facts": []}


def parsed(*intents: str, p: float = 0.7) -> dict:
    return {"intents": [{"name": name, "confidence": p} for name in intents], "facts": []}


def score(told: dict, found: dict) -> dict:
    return scores([line(told, found)])


def test_the_question_with_one_right_name_is_served_first() -> None:
    pairs = matched(line(labelled("ask_role|ask_salary", "ask_role"), parsed("ask_role", "ask_salary")))
    assert {name for _, name in pairs} == {"ask_role", "ask_salary"}


def test_a_message_is_exact_only_without_superfluous_intents() -> None:
    found = score(labelled("ask_role"), parsed("ask_role", "ask_salary"))
    assert found["questions_in_scope"]["value"] == 1.0
    assert found["messages_exact"]["value"] == 0.0
    assert found["superfluous_intents"]["value"] == 0.5


@pytest.mark.parametrize("name", ["out_of_scope", "ask_project_practice", "chitchat", "not_understood"])
def test_declining_a_foreign_subject_is_right_and_one_of_ours_a_refusal(name: str) -> None:
    assert score(labelled("out_of_scope", scope="out"), parsed(name))["out_of_scope_recall"]["value"] == 1.0
    assert score(labelled("ask_role"), parsed(name))["in_scope_refusals"]["value"] == 1.0


def test_statement_and_question_confused() -> None:
    assert score(labelled("state_goal"), parsed("ask_role"))["statement_question_confusion"]["value"] == 1.0
    assert score(labelled("ask_role"), parsed("state_goal"))["statement_question_confusion"]["value"] == 1.0
    assert score(labelled("ask_role"), parsed("ask_salary"))["statement_question_confusion"]["value"] == 0.0


def test_wrong_and_sure_is_over_the_line_only() -> None:
    assert score(labelled("ask_role"), parsed("ask_salary", p=0.81))["wrong_and_sure"]["right"] == 1
    assert score(labelled("ask_role"), parsed("ask_salary", p=0.8))["wrong_and_sure"]["right"] == 0


def test_wilson_interval() -> None:
    assert Share(8, 10).interval() == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert Share(0, 0).interval() == (0.0, 1.0)


def test_calibration_error_is_the_gap_between_confidence_and_share_right() -> None:
    assert calibration_error([(0.75, True), (0.75, False)]) == pytest.approx(0.25)
    assert calibration_error([]) == 0.0


def test_report_shows_scores_and_confusions() -> None:
    told, found = [labelled("ask_role", text="what is it")], [parsed("ask_salary")]
    shown = report(summarise(told, found), confusions([line(told[0], found[0])]))
    assert "ask_role -> ask_salary" in shown
    assert "what is it" in shown
    assert "0.000  (0 of 1" in shown
