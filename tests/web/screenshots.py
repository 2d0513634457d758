"""Writes pictures of the widget's main states to docs/images (``make screenshots``)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from conftest import FLAGS, ROOT, Server, Visitor

IMAGES = ROOT / "docs" / "images"


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp())
    server = Server(folder, port)
    path = subprocess.run([ROOT / "scripts" / "chromium.sh"], capture_output=True, text=True, check=True).stdout.strip()
    IMAGES.mkdir(parents=True, exist_ok=True)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for name, theme, size in (
                ("", "light", (1280, 800)),
                ("-dark", "dark", (1280, 800)),
                ("-phone", "light", (390, 800)),
            ):
                context = browser.new_context(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5)
                visitor = Visitor(context, context.new_page())
                visitor.page.goto(server.url)
                visitor.page.evaluate("t => document.querySelector('career-coach').setAttribute('theme', t)", theme)
                story(visitor, name)
            browser.close()
    finally:
        server.stop()
        shutil.rmtree(folder)


def story(ann: Visitor, name: str) -> None:
    def shot(state: str) -> None:
        ann.page.wait_for_timeout(300)
        ann.page.screenshot(path=IMAGES / f"web-{state}{name}.png")

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


if __name__ == "__main__":
    main()
