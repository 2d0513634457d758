import numpy as np

from bot.nlu.clauses import split
from bot.nlu.questions import Question, Weighing, questions_in

CLASSES = ["ask_role", "ask_salary", "greet", "state_experience"]
FOREIGN = ["ask_role", "out_of_scope"]
PLAIN = Weighing(caution=1.0, among_ours=1.0)


def read(text: str, whole: list[float], *clauses: list[float], about: list[str] | None = None) -> list[Question]:
    pieces = split(text)
    assert len(pieces) == len(clauses)
    named = [frozenset([name] if name else []) for name in about] if about else None
    return questions_in(text, pieces, CLASSES, np.array(whole), np.array(clauses), named)


def names(found: list[Question]) -> list[str]:
    return [q.name for q in found]


def test_each_question_is_found_in_order() -> None:
    found = read("What does it pay? What is it?", [0.4, 0.4, 0, 0], [0, 0.9, 0, 0], [0.9, 0, 0, 0])
    assert names(found) == ["ask_salary", "ask_role"]


def test_background_beside_a_question_is_no_intent() -> None:
    found = read("I run a PMO. What does it pay?", [0, 0.5, 0, 0.4], [0, 0, 0, 0.9], [0, 0.9, 0, 0])
    assert names(found) == ["ask_salary"]


def test_background_alone_is_one() -> None:
    assert names(read("I run a PMO.", [0, 0, 0, 0.9], [0, 0, 0, 0.9])) == ["state_experience"]


def test_a_greeting_beside_a_question_needs_no_answer() -> None:
    assert names(read("Hello. What does it pay?", [0, 0.7, 0.2, 0], [0, 0, 0.9, 0], [0, 0.9, 0, 0])) == ["ask_salary"]


def test_one_question_twice_is_answered_once_unless_about_two_certifications() -> None:
    twice = [0.9, 0, 0, 0], [0.9, 0, 0, 0], [0.8, 0, 0, 0]
    text = "What is PMP? What is PgMP?"
    assert names(read(text, *twice, about=["certification:pmp", "certification:pmp"])) == ["ask_role"]
    assert names(read(text, *twice, about=["certification:pmp", "certification:pgmp"])) == ["ask_role", "ask_role"]


def test_a_certification_only_thought_of_is_not_asked_about_again() -> None:
    named = ["certification:pmp", "certification:capm"]
    whole, asked = [0, 0.9, 0, 0], [0, 0.9, 0, 0]
    text = "What does the PMP pay? I had the CAPM in mind."
    assert names(read(text, whole, asked, [0, 0.95, 0, 0], about=named)) == ["ask_salary"]
    text = "What does the PMP pay? And what does the CAPM?"
    assert names(read(text, whole, asked, [0, 0.95, 0, 0], about=named)) == ["ask_salary", "ask_salary"]


def test_nothing_sure_enough_is_not_understood_and_names_what_it_might_be() -> None:
    [found] = read("Er?", [0.1, 0.05, 0, 0], [0.1, 0.05, 0, 0])
    assert found.name == "not_understood"
    assert found.alternatives[0][0] == "ask_role"


def test_an_empty_message_is_not_understood() -> None:
    [found] = questions_in("  ", [], CLASSES, np.zeros(4), np.zeros((0, 4)))
    assert (found.name, found.confidence) == ("not_understood", 0.0)


def test_a_wish_beside_what_is_held_is_told_too() -> None:
    text = "I run a PMO and hope to move."
    both = questions_in(
        text, split(text), CLASSES, np.zeros(4), np.array([[0, 0, 0, 0.9]]), told=frozenset({"state_goal"})
    )
    assert names(both) == ["state_experience", "state_goal"]
    asked = questions_in(
        text, split(text), CLASSES, np.zeros(4), np.array([[0, 0.9, 0, 0]]), told=frozenset({"state_goal"})
    )
    assert names(asked) == ["ask_salary"]


def test_a_question_that_names_nothing_goes_with_the_foreign_one_beside_it() -> None:
    text = "How do I bake bread? What does it do?"
    rows = np.array([[0.1, 0.9], [0.8, 0.2]])

    def read_about(*about: str) -> list[str]:
        named = [frozenset[str](), frozenset(about)]
        return names(questions_in(text, split(text), FOREIGN, np.array([0.5, 0.5]), rows, named, weighing=PLAIN))

    assert read_about() == ["out_of_scope"]
    assert read_about("role:planner") == ["out_of_scope", "ask_role"]


def test_a_certification_of_ours_speaks_against_a_foreign_subject() -> None:
    text = "PMP for me?"

    def read_about(*about: str) -> list[str]:
        row = np.array([0.4, 0.6])
        return names(questions_in(text, split(text), FOREIGN, row, row[None], [frozenset(about)], weighing=PLAIN))

    assert read_about() == ["out_of_scope"]
    assert read_about("certification:pmp") == ["ask_role"]


CORRECTING = ["ask_role", "correct_experience", "state_experience"]


def test_background_that_takes_nothing_back_is_no_correction_beside_a_question() -> None:
    text = "Was a developer for years. What does a PMO do?"
    rows = np.array([[0, 0.6, 0.3], [0.9, 0, 0]])
    assert names(questions_in(text, split(text), CORRECTING, np.array([0.5, 0.3, 0.1]), rows)) == ["ask_role"]


def test_words_that_take_something_back_are_a_correction_beside_a_question() -> None:
    text = "No, I was a developer. What does a PMO do?"
    rows = np.array([[0, 0, 0], [0, 0.6, 0.3], [0.9, 0, 0]])
    found = questions_in(text, split(text), CORRECTING, np.array([0.5, 0.3, 0.1]), rows)
    assert names(found) == ["correct_experience", "ask_role"]


def test_a_doubtful_question_in_words_that_do_not_ask_is_left_out_beside_one_that_asks() -> None:
    text = "What does it pay? Only in the north."
    assert names(read(text, [0.2, 0.7, 0, 0], [0, 0.9, 0, 0], [0.9, 0, 0, 0])) == ["ask_salary", "ask_role"]
    assert names(read(text, [0.2, 0.7, 0, 0], [0, 0.9, 0, 0], [0.4, 0, 0, 0])) == ["ask_salary"]


def test_words_that_tell_of_the_person_and_do_not_ask_are_no_question() -> None:
    text = "Analyst by trade, next stop project management"
    pieces, row = split(text), np.array([[0.5, 0, 0, 0.4]])
    told = frozenset({"state_experience"})
    assert names(questions_in(text, pieces, CLASSES, row[0], row)) == ["ask_role"]
    assert names(questions_in(text, pieces, CLASSES, row[0], row, told=told)) == ["state_experience"]


def test_two_unnamed_certifications_are_no_reason_to_answer_twice() -> None:
    twice = [0.9, 0, 0, 0], [0.9, 0, 0, 0], [0.8, 0, 0, 0]
    about = ["certification:prince2", "certification:other"]
    assert names(read("What is PRINCE2? What is that diploma?", *twice, about=about)) == ["ask_role"]


ELSEWHERE = ["ask_transition", "out_of_scope"]


def test_a_role_of_ours_asked_about_as_a_career_speaks_against_a_foreign_subject() -> None:
    def first(text: str, role: str) -> str:
        row = np.array([[0.3, 0.6]])
        named = [frozenset([f"role:{role}"])]
        return questions_in(text, split(text), ELSEWHERE, row[0], row, named, weighing=PLAIN)[0].name

    assert first("how do I become a scrum master", "scrum_master") == "ask_transition"
    assert first("how do I become a lawyer", "other") == "out_of_scope"
    assert first("my project manager was rude to me", "project_manager") == "out_of_scope"


def foreign(text: str, whole: list[float], *clauses: list[float]) -> list[str]:
    return names(questions_in(text, split(text), FOREIGN, np.array(whole), np.array(clauses)))


def test_what_is_outside_is_decided_on_the_whole_message() -> None:
    """A clause that might be anybody's, in a message that is ours, is ours."""
    text = "I run a PMO. What would they pay?"
    doubtful = [0.8, 0.1]
    assert foreign(text, [0.99, 0.01], [0.9, 0.0], doubtful) == ["ask_role"]
    assert foreign(text, [0.5, 0.5], [0.9, 0.0], doubtful) == ["out_of_scope"]


def test_a_single_clause_has_no_message_to_speak_for_it() -> None:
    assert foreign("What would they pay?", [0.9, 0.1], [0.9, 0.1]) == ["out_of_scope"]


def test_a_clause_that_might_be_anything_is_judged_with_the_message_around_it() -> None:
    """ "Thoughts?" alone asks for more; after an offer told it asks about that."""
    text = "They offered me half as much again. Thoughts?"
    assert names(read(text, [0.1, 0.8, 0, 0], [0, 0, 0, 0.9], [0.5, 0.3, 0, 0])) == ["ask_salary"]
    assert names(read(text, [0.4, 0.5, 0, 0], [0, 0, 0, 0.9], [0.9, 0.02, 0, 0])) == ["ask_role"]


def test_a_question_in_doubt_is_no_less_one_beside_sure_background() -> None:
    text = "I keep losing to insiders. Is it me?"
    assert names(read(text, [0.25, 0, 0, 0.7], [0, 0, 0, 0.95], [0.25, 0, 0, 0])) == ["ask_role"]


def test_what_hardly_shows_in_the_whole_is_still_asked_where_its_clause_is_sure() -> None:
    text = "What does it pay? What is it?"
    assert names(read(text, [0.001, 0.95, 0, 0], [0, 0.95, 0, 0], [0.95, 0.001, 0, 0])) == ["ask_salary", "ask_role"]


def test_words_that_ask_beside_background_are_a_question_though_nothing_is_sure_of_it() -> None:
    text = "I ran the plans of a shipyard. Any use here?"
    found = read(text, [0.002, 0.01, 0, 0.5], [0, 0, 0, 0.95], [0.02, 0.05, 0, 0.01])
    assert names(found) == ["ask_salary"]
    assert found[0].confidence < Weighing().threshold
    told, asked = [0.0, 0.95], [0.1, 0.02]
    classes = ["out_of_scope", "state_experience"]
    outside = questions_in(text, split(text), classes, np.array([0.01, 0.9]), np.array([told, asked]), weighing=PLAIN)
    assert names(outside) == ["state_experience"]
