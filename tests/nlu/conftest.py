import pytest

from bot.nlu.comprehension import Comprehension
from bot.nlu.encoder import load_base
from bot.nlu.tuning import Tuning
from bot.nlu.variation import Variation

LINES = {
    "ask_certification_cost": [
        "how much is it", "what does the exam cost", "price please", "the fee?", "is it expensive", "what do I pay",
    ],
    "ask_certification_exam": [
        "how long is the exam", "how many questions are there", "what is the pass mark", "can I sit it online",
        "is it multiple choice", "where do I take the test",
    ],
    "greet": ["hello", "hi there", "good morning", "hey", "hiya", "good evening"],
    "state_experience": [
        "I have run a PMO for six years", "I worked as an analyst", "I was a planner before", "my job is delivery",
        "I lead a team of four", "I manage projects in a bank",
    ],
    "out_of_scope": [
        "what is the weather", "who won the match", "write me some code", "my cat is ill", "how do I bake bread",
        "who should I vote for",
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def lines() -> tuple[list[str], list[str]]:
    return [t for ts in LINES.values() for t in ts], [name for name, ts in LINES.items() for _ in ts]


@pytest.fixture(scope="session")
def small(lines: tuple[list[str], list[str]]) -> Comprehension:
    """A model of five intents: enough to see the parts work together, too small to judge them by."""
    return Comprehension.train(*lines, load_base(), Variation(), Tuning(epochs=8, batch=8))
