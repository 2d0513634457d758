"""Writes pictures of the widget's main states to build/screenshots, the few that are shown to docs/images as well."""

from __future__ import annotations

import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.web.conftest import FLAGS, ROOT, Visitor, free_port, serving

ALL = ROOT / "build" / "screenshots"
SHOWN = ROOT / "docs" / "images"
KEPT = ("web-answer", "web-readiness", "web-plan-phone", "web-profile-dark")
VIEWS = (
    ("", "light", (1280, 800)),
    ("-dark", "dark", (1280, 800)),
    ("-phone", "light", (390, 800)),
    ("-contrast-phone", "contrast", (320, 640)),
)


def main() -> None:
    path = subprocess.run([ROOT / "scripts" / "chromium.sh"], capture_output=True, text=True, check=True).stdout.strip()
    ALL.mkdir(parents=True, exist_ok=True)
    with serving(free_port()) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, theme, size in VIEWS:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5,
                color_scheme="dark" if theme == "dark" else "light",
            )  # fmt: skip
            visitor = Visitor(context, context.new_page())
            visitor.page.goto(server.url)
            if theme == "contrast":
                visitor.page.evaluate("document.querySelector('career-coach').setAttribute('theme', 'contrast')")
            story(visitor, name)
        browser.close()
    SHOWN.mkdir(parents=True, exist_ok=True)
    for name in KEPT:
        small(ALL / f"{name}.png").save(SHOWN / f"{name}.png", optimize=True)


def small(path: Path) -> Image.Image:
    """With 128 colours, which a page of text and flat colour can do with."""
    with Image.open(path) as image:
        return image.convert("RGB").quantize(128, dither=Image.Dither.NONE)


def story(ann: Visitor, name: str) -> None:
    def shot(state: str) -> None:
        ann.page.wait_for_timeout(300)
        ann.page.screenshot(path=ALL / f"web-{state}{name}.png")

    shot("page")
    ann.open()
    shot("greeting")
    ann.say("I've been a PMO manager for seven years and want to become Head of Portfolio. What must I consider?")
    shot("answer")
    ann.say("Am I ready to be Head of Portfolio?")
    shot("readiness")
    ann.tap("Make me a plan")
    shot("plan")
    ann.say("What do you know about me?")
    shot("profile")
    ann.tap("I use you elsewhere too")
    ann.tap("Show me a code")
    shot("code")


if __name__ == "__main__":
    main()
