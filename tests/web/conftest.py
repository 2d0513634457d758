"""A real coach in its own process, and a real Chromium before it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG = 60_000
"""Milliseconds a browser may wait: machines that run tests can be slow."""


@dataclass
class Server:
    """``coach serve`` on one port and database; it can be stopped and started again."""

    folder: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "serve.log").read_text(errors="replace")

    def start(self) -> None:
        environment = {
            **os.environ,
            "COACH_DATABASE_URL": f"sqlite:///{self.folder}/coach.sqlite",
            "COACH_PORT": str(self.port),
            "COACH_WEB_SECRET": "a secret of the tests, long enough to be taken",
            "COACH_WEB_PERSON_PER_MINUTE": "500",
            "COACH_WEB_ADDRESS_PER_MINUTE": "5000",
            **self.environment,
        }
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from bot.cli import main; main()", "serve"],
                cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log,
            )  # fmt: skip
        while True:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=30).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            assert self.process.poll() is None, self.log
            time.sleep(0.2)

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(number)
        return self.process.wait(60)


class Intranet:
    """A company's own page on another origin; its policy allows the coach's script and calls and nothing else."""

    def __init__(self, port: int) -> None:
        """``port`` is where the coach will listen."""
        self.port, coach = port, f"http://127.0.0.1:{port}"
        self.body = (
            '<!doctype html><html lang="en"><title>Intranet</title><h1>Intranet</h1>'
            f'<script type="module" src="{coach}/widget.js"></script><career-coach></career-coach>'
        )
        policy = (
            f"default-src 'none'; script-src {coach}; connect-src {coach}; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'"
        )
        page = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/" else 204)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                if self.path == "/":
                    self.wfile.write(page.body.encode())

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(port: int, **environment: str) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp())
    running = Server(folder, port, environment)
    running.start()
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server(intranet: Intranet) -> Iterator[Server]:
    with serving(intranet.port, COACH_WEB_ORIGINS=intranet.url) as running:
        yield running


@pytest.fixture(scope="session")
def intranet() -> Iterator[Intranet]:
    page = Intranet(free_port())
    yield page
    page.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = subprocess.run([ROOT / "scripts" / "chromium.sh"], capture_output=True, text=True, check=False)
    if found.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(found.stderr.strip())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's script, from npm."""
    path = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core is missing: run `npm ci --ignore-scripts`.")
    return path.read_text(encoding="utf-8")


class Visitor:
    """A person with their own browser profile."""

    def __init__(self, context: Any, page: Page) -> None:
        self.context = context
        self.page = page
        self.problems: list[str] = []
        page.set_default_timeout(LONG)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda m: m.type == "error" and self.problems.append(m.text))

    @property
    def widget(self) -> Locator:
        return self.page.locator("career-coach")

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Write a message")

    @property
    def replies(self) -> Locator:
        return self.widget.locator(".reply")

    def open(self) -> None:
        self.page.get_by_role("button", name="open the chat").click()
        self.replies.first.wait_for()

    def answered(self, act: Callable[[], Any]) -> Locator:
        """The last reply, when everything said has been answered."""
        before = self.replies.count()
        act()
        self.page.wait_for_function(
            """before => { const root = document.querySelector("career-coach").shadowRoot;
            return root.querySelectorAll(".reply").length > before && root.querySelector(".dots").hidden }""",
            arg=before,
        )
        return self.replies.last

    def say(self, text: str) -> Locator:
        def send() -> None:
            self.box.fill(text)
            self.box.press("Enter")

        return self.answered(send)

    def tap(self, title: str) -> Locator:
        return self.answered(self.widget.get_by_role("button", name=title, exact=True).last.click)


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens the demo page, or another, for a new person; any error in it fails the test, unless it is expected."""
    contexts = []
    visitors = []

    def new(address: str = "/", **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        visitor = Visitor(context, context.new_page())
        visitors.append(visitor)
        visitor.page.goto(address if ":" in address else server.url + address)
        return visitor

    yield new
    problems = [p for visitor in visitors for p in visitor.problems]
    for context in contexts:
        context.close()
    assert problems == []
