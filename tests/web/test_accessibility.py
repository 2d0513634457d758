"""axe-core finds nothing in any state or theme of the widget, nor on the demo page."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.model]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(visitor, axe: str) -> list[str]:
    """Each as rule, place and reason."""
    if not visitor.page.evaluate("() => !!window.axe"):
        visitor.page.evaluate(axe)
    found = visitor.page.evaluate("tags => axe.run({ runOnly: tags })", TAGS)["violations"]
    return [f"{v['id']} {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast", "system dark", "right to left", "phone"])
def test_axe_finds_nothing(visit, axe, theme):
    options = {}
    if theme == "system dark":
        options["color_scheme"] = "dark"
    if theme == "phone":
        options["viewport"] = {"width": 320, "height": 640}
    # axe is put in past the page's policy, which the widget itself never needs.
    ann = visit(bypass_csp=True, **options)
    if theme in ("light", "dark", "contrast"):
        ann.page.evaluate("t => document.querySelector('career-coach').setAttribute('theme', t)", theme)
    if theme == "right to left":
        ann.page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    states = {"closed": violations(ann, axe)}
    ann.open()
    states["greeting"] = violations(ann, axe)
    ann.say("I've been a PMO manager for seven years.")
    ann.say("Am I ready to be Head of Portfolio?")
    states["picture"] = violations(ann, axe)
    ann.tap("Make me a plan")
    states["plan"] = violations(ann, axe)
    ann.say("What do you know about me?")
    states["profile"] = violations(ann, axe)
    ann.widget.get_by_role("button", name="This did not help").last.click()
    states["rating"] = violations(ann, axe)
    ann.context.set_offline(True)
    ann.box.fill("Hello")
    ann.box.press("Enter")
    ann.widget.get_by_role("button", name="Try again").wait_for()
    states["offline"] = violations(ann, axe)
    ann.problems.clear()
    assert {state: found for state, found in states.items() if found} == {}
