"""The form of the content files in ``data/knowledge``: what a curator may write, checked on load.

A file holds one list under one key (``roles:``, ``advice:`` ...), a certification file one item. Every item has an
``id`` of lower-case words, its ``sources`` (ids of ``sources.yml``) and the date it was last checked.
"""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - Source has a field called date
from typing import Any, Literal

from pydantic import BaseModel, ConstrainedInt, ConstrainedStr, Extra, Field, root_validator, validator


class Id(ConstrainedStr):
    regex = r"^[a-z0-9]+([_-][a-z0-9]+)*$"


class FactKey(ConstrainedStr):
    """``kind:id``, as in :attr:`bot.experience.facts.Fact.key`."""

    regex = r"^(role|certification|experience|education|training|pmo_context|trait|goal|constraint):[a-z0-9_-]+$"


class Sentence(ConstrainedStr):
    min_length = 3
    strip_whitespace = True


class Word(ConstrainedStr):
    min_length = 2
    strip_whitespace = True


class Address(ConstrainedStr):
    regex = r"^https?://"


class Title(ConstrainedStr):
    """Slack cuts a button's title at 75 characters."""

    min_length = 1
    max_length = 75


class PartialDate(ConstrainedStr):
    regex = r"^\d{4}(-\d\d){0,2}$"


class Currency(ConstrainedStr):
    regex = r"^[A-Z]{3}$"


class Level(ConstrainedInt):
    ge, le = 1, 4


class Seniority(ConstrainedInt):
    ge, le = 1, 7


class Weight(ConstrainedInt):
    ge, le = 1, 5


class Ease(ConstrainedInt):
    ge, le = 1, 3


class Count(ConstrainedInt):
    ge = 0


class Positive(ConstrainedInt):
    ge = 1


class Content(BaseModel):
    class Config:
        extra = Extra.forbid
        anystr_strip_whitespace = True


class Item(Content):
    id: Id
    sources: list[Id] = Field(min_items=1)
    checked_on: Day


class Source(Content):
    """``date`` is when it was published, as exactly as known: "2024", "2024-05" or "2024-05-17"."""

    id: Id
    title: Sentence
    url: Address
    publisher: Sentence
    date: PartialDate | None = None
    checked_on: Day
    note: str = ""


class Condition(Content):
    """Over a person's record. An empty condition always holds. All four parts must hold.

    ``has`` / ``lacks`` / ``unknown``: every fact key listed is in that state ("lacks" is told, "unknown" is not told).
    ``any_has``: at least one listed key is held. ``months_at_least`` / ``months_below``: by fact key, told months.
    """

    has: list[FactKey] = []
    any_has: list[FactKey] = []
    lacks: list[FactKey] = []
    unknown: list[FactKey] = []
    wants: list[FactKey] = []
    months_at_least: dict[FactKey, Positive] = {}
    months_below: dict[FactKey, Positive] = {}


class Role(Item):
    """``competencies`` gives the level (1 aware, 2 working, 3 skilled, 4 leading) the role asks for."""

    name: Sentence
    aliases: list[Sentence] = []
    family: Literal["project", "programme", "portfolio", "pmo", "product", "agile", "change", "business", "technical"]
    seniority: Seniority
    purpose: Sentence
    week: list[Sentence] = Field(min_items=3)
    decides: list[Sentence] = Field(min_items=2)
    scale: Sentence
    neighbours: list[Id] = Field(min_items=1)
    competencies: dict[Id, Level]


class Shows(Content):
    """A fact that is evidence for a competency up to ``level``; with ``months``, only from that many months on."""

    fact: FactKey
    level: Level
    months: Count = Count(0)


class Competency(Item):
    """``levels`` are four descriptions, for 1 aware, 2 working, 3 skilled, 4 leading."""

    name: Sentence
    aliases: list[Sentence] = []
    area: Literal["people", "delivery", "portfolio", "business", "personal"]
    summary: Sentence
    levels: list[Sentence] = Field(min_items=4, max_items=4)
    shown_by: list[Shows] = []
    develop: list[Sentence] = Field(min_items=1)


class PmoType(Item):
    """``fact`` is the pmo_context fact that tells a person works in one.

    ``led_by`` is the role meant by somebody who wants to reach such an office and names no role.
    """

    name: Sentence
    aliases: list[Sentence] = []
    summary: Sentence
    services: list[Sentence] = Field(min_items=2)
    culture: Sentence
    changes_the_answer: Sentence
    fact: FactKey
    led_by: Id | None = None


class Transition(Item):
    from_role: Id
    to_role: Id
    lead: Sentence
    considerations: list[Id] = Field(min_items=3)
    routes: list[Id] = Field(min_items=1)


class Route(Item):
    """``months`` is the usual stay, at least and at most; ``reversible`` 1 (hard to undo) to 3 (easily undone)."""

    name: Sentence
    aliases: list[Sentence] = []
    summary: Sentence
    months: tuple[Count, Positive]
    gains: list[Sentence] = Field(min_items=2)
    gives_facts: list[FactKey] = []
    reversible: Ease
    undo: Sentence
    suits: Sentence
    beware: Sentence
    fits: Condition = Condition()
    misfits: Condition | None = None


class Consideration(Item):
    """What a transition depends on. ``depends_on`` names the facts that decide it, ``question`` what to ask."""

    name: Sentence
    why: Sentence
    topic: Literal[
        "pmo", "management", "background", "person", "portfolio", "business", "knowledge", "leadership", "market"
    ]
    depends_on: list[FactKey] = Field(min_items=1)
    question: Id | None = None


Topic = Literal[
    "transition", "readiness", "role_skills", "career_path", "routes", "business_acumen", "leadership",
    "portfolio_practice", "learning_resources", "job_search", "salary", "timeline", "plan", "outlook", "role",
]  # fmt: skip


class Step(Content):
    """What a person may do about a piece of advice: it becomes a step of a plan. ``done_when`` says what counts."""

    text: Sentence
    hours: Positive
    weeks: Positive
    done_when: Sentence


class Advice(Item):
    """``because`` is the reason shown, with ``{fact}`` where the person's own words go (only if ``when`` asks a fact).

    ``roles`` limits it to people who want one of these roles, ``seniority`` (at least, at most) to people whose present
    role is of that seniority; who has told of no role is not limited. ``weight`` 1 to 5 orders pieces that apply alike.
    """

    topics: list[Topic] = Field(min_items=1)
    consideration: Id | None = None
    competency: Id | None = None
    route: Id | None = None
    roles: list[Id] = []
    seniority: tuple[Seniority, Seniority] | None = None
    when: Condition = Condition()
    text: Sentence
    because: str = ""
    more: str = ""
    weight: Weight = Weight(3)
    step: Step | None = None

    @validator("seniority")
    def in_order(cls, value: tuple[int, int] | None) -> tuple[int, int] | None:
        if value and value[0] > value[1]:
            raise ValueError("the least must not be above the most")
        return value


class AnswerFact(Content):
    fact: FactKey
    polarity: Literal["has", "lacks", "wants"] = "has"
    months: tuple[Count, Count | None] | None = None


class Answer(Content):
    """A button under an interview question: tapping it states ``facts``, each ``polarity kind:id``, months optional."""

    title: Title
    facts: list[AnswerFact]


class Question(Item):
    """One interview question; ``settles`` names the facts it asks for, ``why`` answers "why do you ask?"."""

    text: Sentence
    why: Sentence
    settles: list[FactKey] = Field(min_items=1)
    answers: list[Answer] = Field(min_items=2)


class Resource(Item):
    title: Sentence
    kind: Literal["book", "guide", "standard", "article", "course", "community", "mentoring", "event", "podcast"]
    author: Sentence
    url: Address
    note: Sentence
    competencies: list[Id] = []
    topics: list[Topic] = []


class JobQuestion(Item):
    """A question an interviewer asks, or a piece of evidence to bring; ``looks_for`` is what a good answer shows."""

    kind: Literal["question", "evidence", "cv"]
    roles: list[Id]
    text: Sentence
    looks_for: Sentence
    competency: Id | None = None


class Place(Item):
    """Where pay is asked for; ``look`` says who publishes it there. An alias all in capitals ("US") is read as such."""

    name: Sentence
    aliases: list[Word] = Field(min_items=1)
    look: Sentence


class Pay(Item):
    """A published figure, a year's gross pay. Nothing is shown after ``expires_on``.

    Without ``roles`` it is of the field as a whole. ``of`` says whose pay was counted, and how; figures of one
    ``survey`` can be laid side by side.
    """

    roles: list[Id] = []
    place: Id
    year: Positive
    currency: Currency
    of: Sentence
    survey: Id | None = None
    average: Positive | None = None
    median: Positive | None = None
    low: Positive | None = None
    high: Positive | None = None
    expires_on: Day

    @root_validator(skip_on_failure=True)
    def some_figure(cls, values: dict[str, Any]) -> dict[str, Any]:
        if all(values.get(name) is None for name in ("average", "median", "low", "high")):
            raise ValueError("give at least one of average, median, low, high")
        if values["expires_on"] <= values["checked_on"]:
            raise ValueError("the figure expires before it was checked")
        return values


# --- certifications ------------------------------------------------------------------------------------------------


class Figure(Content):
    """A fact that goes stale: where it was read, when, and until when it may be quoted."""

    source: Id
    checked_on: Day
    expires_on: Day


class Experience(Content):
    """``counts`` names the facts whose months count, ``within_years`` the issuer's window, None for any time."""

    label: Sentence
    months: Positive
    counts: list[FactKey] = Field(min_items=1)
    within_years: Positive | None = None


class EligibilityRoute(Content):
    """One of the issuer's alternative sets; all its requirements must be met. ``education`` is the least level.

    ``education_note`` says what else is asked of the degree (accreditation), which the record cannot prove.
    ``prerequisites``: at least one of these certifications; ``waives_training``: any of these stands for the hours.
    """

    id: Id
    name: Sentence
    education: Literal["secondary", "associate", "bachelor", "master", "doctorate"] | None = None
    education_note: str = ""
    experience: list[Experience] = []
    training_hours: Positive | None = None
    waives_training: list[Id] = []
    prerequisites: list[Id] = []
    other: str = ""


class Eligibility(Figure):
    """No routes and ``open_to_all`` false means: not reliably known."""

    open_to_all: bool = False
    routes: list[EligibilityRoute] = []
    note: str = ""


class Exam(Figure):
    """``attempts_included`` sittings are paid for, within ``attempts_days`` days; ``attempts`` says the rest."""

    questions: int | None = None
    minutes: int | None = None
    pass_percent: int | None = None
    pass_note: str = ""
    attempts: str = ""
    attempts_included: int | None = None
    attempts_days: int | None = None
    format: str = ""
    open_book: bool | None = None
    online: bool | None = None
    test_centre: bool | None = None
    languages: list[Sentence] = []


class Fee(Figure):
    """``for_`` tells who pays it; ``includes`` what is in the price; ``about`` marks a "from" price."""

    kind: Literal["exam", "bundle", "course", "application", "renewal", "retake", "membership"]
    amount: float
    currency: Currency
    for_: Literal["member", "non_member", "everyone"] = Field("everyone", alias="for")
    region: str = ""
    includes: str = ""
    about: bool = False
    as_of: str = ""


class Renewal(Figure):
    """``years`` None with ``never_expires`` true: for life. ``units`` are for the whole cycle.

    ``lapsed`` is what the issuer does with one that was not renewed.
    """

    never_expires: bool = False
    years: int | None = None
    units: int | None = None
    unit: str = ""
    how: str = ""
    lapsed: str = ""


class Preparation(Figure):
    hours_low: int | None = None
    hours_high: int | None = None
    means: list[Sentence] = []


class Status(Content):
    state: Literal["current", "renamed", "being_withdrawn", "withdrawn"] = "current"
    since: Day | None = None
    until: Day | None = None
    successor: Id | None = None
    note: str = ""


class Certification(Item):
    """Prose fields hold no figures: every number an answer shows comes from the figure fields."""

    name: Sentence
    short: Sentence
    family: Id
    level: Literal["entry", "foundation", "practitioner", "professional", "senior", "expert"]
    fields: list[
        Literal["project", "programme", "portfolio", "pmo", "agile", "risk", "scheduling", "business_analysis",
                "change", "benefits", "service", "governance", "quality", "construction", "ai", "sustainability"]
    ] = Field(min_items=1)  # fmt: skip
    issuer: Sentence
    issuer_url: Address
    aliases: list[Sentence] = []
    status: Status = Status()
    for_whom: Sentence
    covers: Sentence
    value: Sentence
    recognition: Sentence
    eligibility: Eligibility | None = None
    exam: Exam | None = None
    fees: list[Fee] = []
    renewal: Renewal | None = None
    preparation: Preparation | None = None
    before: list[Id] = []
    after: list[Id] = []
    apply: str = ""
    book_at: Address | None = None
    conflicts: list[Sentence] = []
    confidence: Literal["high", "medium"]


class CertificationFamily(Item):
    """A named family ("PRINCE2") whose members are levels or variants."""

    name: Sentence
    aliases: list[Sentence] = []
    members: list[Id] = []


class CertificationNote(Item):
    """What people ask of certifications beside the facets. Prose holds no figures.

    ``about`` names certifications or families, nothing means all. For "transfer", ``held`` is what somebody has, and
    ``counts`` how: in part of what is asked, as training hours, towards renewal only, not any more as far as known, or
    not at all though employers see them alike. ``url`` is the place itself, such as a register.
    """

    matter: Literal["transfer", "register", "employer", "together", "retake", "member"]
    held: list[Id] = []
    about: list[Id] = []
    counts: Literal["partly", "training", "renewal", "once", "alike"] | None = None
    text: Sentence
    url: Address | None = None
    expires_on: Day

    @root_validator(skip_on_failure=True)
    def transfer_is_whole(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (values["matter"] == "transfer") != bool(values["held"] and values["about"] and values["counts"]):
            raise ValueError("give held, about and counts for a transfer, and for nothing else")
        return values


class Term(Content):
    """A fact a person can tell that has no item of its own. ``name`` completes "you told me of ...".

    Whoever holds one of ``from_roles`` has it too, unless they say otherwise.
    """

    kind: Literal["experience", "pmo_context", "trait", "constraint", "education", "training", "certification", "role"]
    id: Id
    name: Sentence
    aliases: list[Sentence] = []
    from_roles: list[Id] = []
