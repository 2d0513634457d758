import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.experience.facts import KINDS, POLARITIES
from bot.experience.reader import Reader


def told(reader: Reader, text: str, *kinds: str) -> set[str]:
    """``kind:id/polarity`` of each fact, with the months where they are told."""
    return {
        f"{f.key}/{f.polarity}" + (f" {f.months[0]}-{f.months[1]}" if f.months else "")
        for f in reader.read(text).facts
        if not kinds or f.kind in kinds
    }


ROLES = [
    ("I'm a PMO manager with 7 years in the job.", {"role:pmo_manager/has 84-84"}),
    ("PMO lead, 5+ years", {"role:pmo_lead/has 60-None"}),
    ("I run our project office and have done so for six years.", {"role:pmo_manager/has 72-72"}),
    ("I look after the portfolio team at a bank, 4 yrs now", {"role:portfolio_manager/has 48-48"}),
    ("I'm head of the PMO at a hospital trust", {"role:head_of_pmo/has"}),
    ("I've worked in a PMO for three years", {"role:pmo_analyst/has 36-36"}),
    ("PM for 6yrs in pharma", {"role:project_manager/has 72-72"}),
    ("im a jr pm w/ 2 yoe", {"role:project_manager/has 24-24"}),
    ("I am currently project leader since 6 years", {"role:project_manager/has 72-72"}),
    ("TPM with 5yoe", {"role:programme_manager/has 60-60"}),
    ("10 year veteran project manager here", {"role:project_manager/has 120-120"}),
    ("I have led a programme of some size for the past three years", {"role:programme_manager/has 36-36"}),
    ("I've been a secondary teacher for 16 yrs", {"role:other/has 192-192"}),
    ("I work in customer service", {"role:other/has"}),
    ("I used to be a planner and am now a PMO analyst", {"role:planner/has", "role:pmo_analyst/has"}),
    (
        "I have been a project manager, a general manager, and a sales manager.",
        {"role:project_manager/has", "role:operations_manager/has", "role:line_manager/has"},
    ),
    ("Never been a project manager", {"role:project_manager/lacks"}),
    ("I'm a software engineer at a bank", {"role:developer/has"}),
    ("ex military, 12 years, now operations manager", {"role:other/has 144-144", "role:operations_manager/has"}),
    (
        "Registered nurse turned project coordinator, 3 years in",
        {"role:other/has", "role:project_coordinator/has 36-36"},
    ),
    (
        "Over the past decade I've gone from business analyst to programme director",
        {"role:business_analyst/has", "role:programme_director/has"},
    ),
    ("Project Manager | PMP | CSM | 9 yrs", {"role:project_manager/has 108-108"}),
    ("I want to be head of PMO; presently PMO lead with 3+ years", {"role:pmo_lead/has 36-None"}),
    ("I am not a manager yet, just a pmo coordinator for 1 year", {"role:pmo_administrator/has 12-12"}),
    ("After 10 years as an accountant I moved into a PMO role", {"role:other/has 120-120", "role:pmo_analyst/has"}),
    ("Before moving into product management I was a tester", {"role:product_manager/has", "role:other/has"}),
    ("As a PMO manager of 7 years, am I ready for more?", {"role:pmo_manager/has 84-84"}),
]


@pytest.mark.parametrize(("text", "facts"), ROLES)
def test_roles(reader: Reader, text: str, facts: set[str]) -> None:
    assert told(reader, text, "role") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Currently a business analyst (5 years), previously a software tester for 4.",
            {"role:business_analyst/has 60-60", "role:other/has 48-48"},
        ),
        (
            "I was a developer for ten years, then a scrum master for three, and now a delivery manager",
            {"role:developer/has 120-120", "role:scrum_master/has 36-36", "role:delivery_manager/has"},
        ),
        (
            "I have 15 years experience: 10 as an engineer, 5 as a project manager",
            {"role:engineer/has 120-120", "role:project_manager/has 60-60"},
        ),
        (
            "project manager and PMO analyst for 8 years",
            {"role:project_manager/has 96-96", "role:pmo_analyst/has 96-96"},
        ),
    ],
)
def test_a_length_belongs_to_the_role_it_stands_by(reader: Reader, text: str, facts: set[str]) -> None:
    assert told(reader, text, "role") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "I hold MSP Practitioner, MoP foundation, and I'm working towards P3O",
            {"certification:msp-practitioner/has", "certification:mop-foundation/has", "certification:p3o/studying"},
        ),
        ("I am prince 2 and msp qualified", {"certification:prince2/has", "certification:msp/has"}),
        ("PMP (2019), PgMP (2022)", {"certification:pmp/has", "certification:pgmp/has"}),
        ("my PMP is about to expire", {"certification:pmp/has"}),
        ("CBAP yes, PMI-PBA no", {"certification:cbap/has", "certification:pmi-pba/lacks"}),
        ("I'm not a PMP", {"certification:pmp/lacks"}),
        ("I have neither PMP nor PRINCE2", {"certification:pmp/lacks", "certification:prince2/lacks"}),
        ("I failed my PMP twice", {"certification:pmp/lacks"}),
        ("I don't hold any CAPM, but I have MSP", {"certification:capm/lacks", "certification:msp/has"}),
        ("I let my PMP lapse in 2021", {"certification:pmp/lapsed"}),
        ("My CAPM expired last year", {"certification:capm/lapsed"}),
        (
            "Lean six sigma green belt here, black belt in progress",
            {"certification:lss-green/has", "certification:lss-black/studying"},
        ),
        ("Passed CAPM in 2023, sitting PMP in June", {"certification:capm/has", "certification:pmp/studying"}),
        ("I sat the PMP exam yesterday", set()),
        ("Is the PMP worth it?", set()),
        ("If I get my PMP will I earn more?", set()),
        ("Can I apply for PMP without experience?", set()),
        ("Senior analyst, no degree, P3O foundation", {"certification:p3o-foundation/has"}),
        ("I have no PMP, CAPM or degree", {"certification:pmp/lacks", "certification:capm/lacks"}),
        ("I took PMI-ACP last year but didn't pass", {"certification:pmi-acp/lacks"}),
        ("I never said I had PgMP", {"certification:pgmp/lacks"}),
        ("I have no formal project management qualifications", {"certification:other/lacks"}),
    ],
)
def test_certifications(reader: Reader, text: str, facts: set[str]) -> None:
    assert told(reader, text, "certification") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("I've got an MBA", {"education:mba/has"}),
        ("MSc in engineering, PMP holder", {"education:master/has"}),
        ("I've got a PhD in chemistry", {"education:doctorate/has"}),
        ("currently doing a part-time MBA", {"education:mba/studying"}),
        ("I don't have a degree", {"education:bachelor/lacks"}),
        ("No degree, ten years as a planner", {"education:bachelor/lacks"}),
        ("I've got A levels only", {"education:secondary/has"}),
        ("Do I need a degree for PgMP?", set()),
        ("I am a scrum master", set()),
        ("I managed the budget", set()),
    ],
)
def test_education(reader: Reader, text: str, facts: set[str]) -> None:
    assert told(reader, text, "education") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("how do I become a programme manager?", {"goal:programme_manager/wants"}),
        ("how does one become a programme manager?", set()),
        ("I have been offered a programme manager role", {"goal:programme_manager/wants"}),
        ("I'm a nurse and I want to get into project management", {"goal:project_manager/wants"}),
        ("I'm studying for PgMP and plan to take PfMP next", {"goal:pfmp/wants"}),
        ("They offered me head of PMO", {"goal:head_of_pmo/wants"}),
        ("I've passed PFQ and planning PMQ in spring", {"goal:apm-pmq/wants"}),
        ("I don't want to be a PMO director", set()),
        ("I want to know what a PMO director does", set()),
        ("PMO analyst → PMO manager, how?", {"goal:pmo_manager/wants"}),
    ],
)
def test_goals(reader: Reader, text: str, facts: set[str]) -> None:
    assert told(reader, text, "goal") == facts


@pytest.mark.parametrize(
    "text",
    [
        "my boss is a PMP",
        "My colleague who is PMO manager suggested I ask you",
        "We have a PMO manager who holds P3O",
        "I work under a programme director who has MSP",
        "What does a programme manager with 10 years of experience earn?",
        "would a portfolio manager with MoP earn more?",
        "If I were a PMO director I'd hire more people",
        "One of my team is a scrum master with PSM I",
        "Project managers usually hold a degree",
    ],
)
def test_others_and_suppositions_tell_nothing_of_the_writer(reader: Reader, text: str) -> None:
    assert told(reader, text, "role", "certification", "education", "goal") == set()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("been doing project management for 7 years without a title", {"experience:direct_delivery/has 84-84"}),
        ("haven't managed people", {"experience:line_management/lacks"}),
        ("I've done risk management for 6 years", {"experience:risk_management/has 72-72"}),
    ],
)
def test_experience_without_a_title(reader: Reader, text: str, facts: set[str]) -> None:
    assert told(reader, text, "experience") == facts


@pytest.mark.parametrize(
    ("text", "key", "amount"),
    [
        ("I've 35 hours of project management training", "training:other", 35),
        ("thirty five contact hours done", "training:other", 35),
        ("I manage a team of 12 people", "experience:line_management", 12),
        ("I hold a budget of £4m", "experience:budget", 4_000_000),
        ("I can give it 6 hours a week", "constraint:hours_per_week", 6),
    ],
)
def test_amounts(reader: Reader, text: str, key: str, amount: float) -> None:
    assert [f.amount for f in reader.read(text).facts if f.key == key and f.amount] == [amount]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("im a portfollio manger", "I'm a portfolio manager"),
        ("I hold prince2 practicioner", "I hold PRINCE2 Practitioner"),
        ("certifed busines analyst for 5 yeras", "certified business analyst for 5 years"),
        ("I am a techer", "I am a teacher"),
        ("senior projct manager since 4 years", "senior project manager since 4 years"),
        ("I've been a porgramme manager", "I've been a programme manager"),
        ("I have a bachlor's degree", "I have a bachelor's degree"),
        ("I'm a program manager", "I'm a programme manager"),
    ],
)
def test_a_wrong_letter_changes_nothing(reader: Reader, wrong: str, right: str) -> None:
    assert told(reader, wrong) == told(reader, right) != set()


def test_words_like_those_of_the_trade_are_left_alone(reader: Reader) -> None:
    assert told(reader, "I was a former farmer who managed to plan and designed a property portfolio", "role") == {
        "role:other/has"
    }


def test_what_is_named_is_listed_in_order_whoever_holds_it(reader: Reader) -> None:
    reading = reader.read("Should a PMO manager take PgMP or MSP before becoming programme director? My boss has PMP.")
    assert reading.certifications == ["pgmp", "msp", "pmp"]
    assert reading.roles == ["pmo_manager", "programme_director"]


def test_a_quotation_is_as_written(reader: Reader) -> None:
    (fact,) = reader.read("Well,  I don’t have a PMP yet").facts
    assert (fact.key, fact.polarity, fact.text) == ("certification:pmp", "lacks", "don’t have a PMP")


def test_since_keeps_the_date_and_is_current(reader: Reader) -> None:
    (fact,) = reader.read("I've been a programme manager since 2016").facts
    assert (fact.start, fact.months, fact.current) == ("2016", None, True)


VOCABULARY = """
I'm I've my boss a the not never no PMP prince2 PMO manager project programme lead for 5 years since 2015 want
to become if , . ? - and
studying degree MBA was now teacher 35 hours training “’ İ ﬁ ✅ £4m budget
"""
PIECES = st.sampled_from(VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_message_is_read_and_quoted(reader: Reader, text: str) -> None:
    for fact in reader.read(text).facts:
        assert fact.text in text
        assert fact.kind in KINDS
        assert fact.polarity in POLARITIES


@pytest.mark.parametrize(
    "piece", ["PMP and ", "I am a PM and a planner, ", "5 years ", "I have a ", "resource planning and "]
)
def test_a_row_longer_than_anyone_speaks_is_read(reader: Reader, piece: str) -> None:
    assert len(reader.read(piece * (2_000 // len(piece))).facts) <= 3


@pytest.mark.parametrize(
    "text",
    ["Is the PMP or PgMP better for a PMO manager?", "prince2 practioner here, was a planner", "running our PMO", ""],
)
def test_what_is_mentioned_is_what_reading_also_gives(reader: Reader, text: str) -> None:
    read, mentioned = reader.read(text), reader.mentions(text)
    assert (mentioned.certifications, mentioned.roles) == (read.certifications, read.roles)


def test_a_word_without_end_is_read_at_once(reader: Reader) -> None:
    """A pattern that may cut it anywhere would take hours."""
    assert reader.read(f"I have {'a' * 3990}").facts == []
