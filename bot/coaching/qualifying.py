"""Whether a person meets an issuer's requirements, as an answer: the sum, what is missing, and who decides."""

from __future__ import annotations

from bot.coaching.case import Case
from bot.coaching.eligibility import Requirement, RouteResult, State, assess
from bot.coaching.phrases import listed
from bot.coaching.reply import Button, Point, Reply, button
from bot.knowledge.schema import Certification

ASKED = 3
"""Missing facts offered as buttons at once."""


def answer(case: Case, certification: Certification, *, supposed: str = "") -> Reply | None:
    """The sum for this person, or None when nothing they told bears on it; ``supposed`` quotes a "what if"."""
    results = assess(case.person, certification.eligibility) if certification.eligibility else []
    if not results or not any(r.words for result in results for r in result.requirements):
        return None
    best, *others = results
    lead = case.say(f"utter_qualifying_{best.verdict}", name=certification.short, route=best.route.name)
    closing = [case.say("utter_qualifying_earliest", date=f"{best.earliest:%B %Y}")] if best.earliest else []
    closing += [case.say("utter_qualifying_other", route=o.route.name, why=_in_short(case, o)) for o in others[:3]]
    closing.append(case.say("utter_qualifying_judge", issuer=certification.issuer))
    if supposed:
        lead = f"{case.say('utter_qualifying_supposed', words=supposed)} {lead}"
    return Reply(
        lead,
        tuple(_point(case, r) for r in best.requirements),
        closing="\n".join(closing),
        buttons=tuple(_ask(case, certification, r) for r in best.in_state("unknown")[:ASKED]),
        about={
            "intent": "ask_certification_eligibility",
            "certification": certification.id,
            "facet": "eligibility",
            "verdict": best.verdict,
        },
    )


def _point(case: Case, r: Requirement) -> Point:
    words = listed(f"“{w}”" for w in r.words)
    reason = case.say("utter_because_told", facts=words) if words else ""
    return Point(
        case.say(f"utter_qualifying_point_{r.state}", what=asked(case, r), detail=_detail(case, r)).strip(), reason
    )


def asked(case: Case, r: Requirement) -> str:
    """What the issuer asks, in words."""
    if r.kind == "experience":
        key = "utter_requirement_experience_within" if r.within_years else "utter_requirement_experience"
        return case.say(key, months=r.need, label=r.label, years=r.within_years)
    if r.kind == "training":
        return case.say("utter_requirement_training", hours=r.need)
    if r.kind == "prerequisite":
        return listed((case.fact_name(k) for k in r.keys), "or")
    return case.fact_name(r.keys[0]) if r.kind == "education" else r.label


def _detail(case: Case, r: Requirement) -> str:
    """The sum of a counted requirement; empty for the others, and where nothing was told."""
    if r.kind not in ("experience", "training") or r.state == "unknown":
        return ""
    unit = case.say("label_unit_months" if r.kind == "experience" else "label_unit_hours")
    least, most = r.have
    have = case.say("label_at_least", number=least) if most is None else _range(least, most)
    if r.state == "met":
        return case.say("utter_qualifying_have", have=have, unit=unit)
    return case.say("utter_qualifying_short_by", have=have, unit=unit, short=_range(*r.shortfall))


def _range(least: int, most: int | None) -> str:
    return str(least) if most is None or least == most else f"{least} to {most}"


def _in_short(case: Case, result: RouteResult) -> str:
    order: tuple[State, ...] = ("short", "unknown", "open")
    worst = next((r for state in order for r in result.in_state(state)), None)
    verdict = case.say(f"label_verdict_{result.verdict}")
    return f"{verdict} ({asked(case, worst)})" if worst else verdict


def _ask(case: Case, certification: Certification, r: Requirement) -> Button:
    key = r.keys[0]
    title = case.say("button_depends", fact=r.label if r.kind == "experience" else case.fact_name(key))
    return button(title[:75], "press", do="ask_fact", fact=key, certification=certification.id)
