"""The widget on a page of another origin, as an intranet embeds it: by cookie, by token, and where it may not be."""

from __future__ import annotations

import time
from collections.abc import Iterator

import jwt
import pytest

from tests.web.conftest import Intranet, Server, free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.model]

KEY = "a shared secret of the tests, long enough for HS256"
CLAIMS = {"iss": "https://sso.example", "aud": "career-coach"}


def test_a_page_of_another_origin_with_a_strict_policy(visit, intranet):
    ann = visit(intranet.url)
    ann.open()
    ann.say("I've been a PMO manager for seven years.")
    (cookie,) = [c for c in ann.context.cookies(f"http://127.0.0.1:{intranet.port}/api/web/x") if c["name"] == "coach"]
    assert cookie["httpOnly"]
    assert ann.page.evaluate("document.cookie") == ""
    ann.page.reload()
    ann.widget.get_by_text("7 years").first.wait_for()


def test_a_page_that_is_not_listed_gets_nothing(visit, intranet, server):
    """The same page by another name: the browser keeps its calls from the coach, and the widget says so."""
    eve = visit(intranet.url.replace("127.0.0.1", "localhost"))
    eve.page.get_by_role("button", name="open the chat").click()
    eve.widget.get_by_text("No connection").wait_for()
    assert eve.replies.count() == 0
    eve.problems.clear()


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Server, Intranet]]:
    """A coach that asks for the page's token, and the page it may be embedded in."""
    page = Intranet(free_port())
    settings = {
        "IDENTITY": "token", "ORIGINS": page.url, "TOKEN_KEY": KEY, "TOKEN_ALGORITHMS": "HS256",
        "TOKEN_ISSUER": CLAIMS["iss"], "TOKEN_AUDIENCE": CLAIMS["aud"],
    }  # fmt: skip
    with serving(page.port, **{f"COACH_WEB_{name}": value for name, value in settings.items()}) as running:
        yield running, page
    page.stop()


def embedded(visit, page, name, *lives):
    """Opens the page for someone whose tokens are good for so many seconds, the last of them for all to come."""
    given = []

    def mint():
        life = lives[min(len(given), len(lives) - 1)]
        given.append(jwt.encode({**CLAIMS, "sub": name, "exp": time.time() + life}, KEY, "HS256"))
        return given[-1]

    someone = visit("about:blank")
    someone.page.expose_function("mint", mint)
    someone.page.goto(page.url)
    someone.page.evaluate("() => { document.querySelector('career-coach').getToken = () => window.mint() }")
    return someone, given


def test_the_pages_token_says_who_writes(visit, guarded):
    _, page = guarded
    ann, given = embedded(visit, page, "ann", 300)
    bob, _ = embedded(visit, page, "bob", 300)
    ann.open()
    bob.open()
    ann.say("I am a scrum master in Leeds.")
    assert "Scrum" not in bob.say("What do you know about me?").inner_text()
    assert len(given) == 1, "a token is used until it is refused"
    assert ann.context.cookies() == []
    again, _ = embedded(visit, page, "ann", 300)
    again.open()
    again.widget.get_by_text("Leeds").first.wait_for()


def test_a_token_that_has_run_out_is_renewed_and_one_that_stays_bad_is_said(visit, guarded):
    coach, page = guarded
    ann, given = embedded(visit, page, "ann", -60, 300)
    before = coach.log.count("refused (ExpiredSignatureError)")
    ann.open()
    assert len(given) == 2
    assert coach.log.count("refused (ExpiredSignatureError)") == before + 1
    assert not any(part in coach.log for token in given for part in token.split("."))
    ann.problems.clear()
    eve, refused = embedded(visit, page, "eve", -60)
    eve.page.get_by_role("button", name="open the chat").click()
    eve.widget.get_by_text("Your sign-in is not valid").wait_for()
    assert len(refused) == 2
    assert eve.replies.count() == 0
    eve.problems.clear()
