"""The widget in a real browser, before a real coach."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.model]

MANAGER = "I've been a PMO manager for seven years."


def test_a_first_conversation_ends_with_a_plan_that_can_be_taken_away(visit):
    ann = visit()
    ann.open()
    assert "I'm a program" in ann.replies.last.inner_text()
    assert "7 years" in ann.say(MANAGER).inner_text()
    picture = ann.say("Am I ready to be Head of Portfolio?").locator("svg.pic")
    assert "Head of Portfolio" in picture.get_attribute("aria-label")
    ann.tap("Make me a plan")
    assert ann.replies.last.locator(".card").count() > 1
    ann.tap("Take it with me")
    with ann.page.expect_download() as taken:
        ann.widget.get_by_role("button", name="plan.ics").click()
    assert Path(taken.value.path()).read_text().startswith("BEGIN:VCALENDAR")
    with ann.page.expect_download() as taken:
        ann.widget.get_by_role("button", name="plan.md").click()
    assert Path(taken.value.path()).read_text().startswith("# ")


def test_buttons_of_an_older_answer_rest_and_the_chosen_one_shows(visit):
    ann = visit()
    ann.open()
    buttons = ann.widget.locator(".next").first.locator("button")
    ann.answered(lambda: buttons.nth(1).click())
    assert [buttons.nth(n).get_attribute("aria-disabled") for n in range(buttons.count())] == ["true"] * buttons.count()
    assert ann.widget.locator(".chosen").count() == 1
    before = ann.replies.count()
    buttons.nth(0).click(force=True)
    ann.page.reload()
    ann.replies.nth(before - 1).wait_for()
    assert ann.replies.count() == before
    assert ann.widget.locator(".chosen").inner_text().startswith("Which certification")


def test_what_is_known_can_be_corrected_removed_and_erased(visit):
    ann = visit()
    ann.open()
    ann.say(MANAGER)
    ann.say("What do you know about me?")
    assert "7 years" in ann.replies.last.locator(".card").first.inner_text()
    ann.tap("Remove")
    ann.say("forget me")
    ann.widget.get_by_role("button", name="Yes, erase everything").click()
    ann.widget.get_by_text("erased").wait_for()
    assert ann.replies.count() == 1
    ann.page.reload()
    ann.widget.locator(".reply").first.wait_for()
    assert ann.widget.get_by_text("seven years").count() == 0


def test_two_people_never_see_each_other(visit):
    ann, bob = visit(), visit()
    ann.open()
    bob.open()
    ann.say("I am a scrum master in Leeds.")
    assert bob.say("What do you know about me?").inner_text().find("scrum") < 0
    assert bob.widget.get_by_text("Leeds").count() == 0


def test_the_conversation_is_there_after_a_reload_and_in_a_second_tab(visit):
    ann = visit()
    ann.open()
    ann.say(MANAGER)
    ann.page.reload()
    ann.widget.get_by_text("seven years").first.wait_for()
    second = ann.context.new_page()
    second.goto(ann.page.url)
    second.get_by_role("button", name="open the chat").click()
    second.locator("career-coach").get_by_text("seven years").first.wait_for()
    ann.say("What is a PMO?")
    second.locator("career-coach .me").get_by_text("What is a PMO?").wait_for()
    second.wait_for_function(
        "n => document.querySelector('career-coach').shadowRoot.querySelectorAll('.reply').length === n",
        arg=ann.replies.count(),
    )


def test_what_is_said_without_a_connection_is_sent_once_when_it_is_back(visit):
    ann = visit()
    ann.open()
    ann.context.set_offline(True)
    ann.box.fill(MANAGER)
    ann.box.press("Enter")
    ann.widget.get_by_role("button", name="Try again").wait_for()
    assert "No connection" in ann.widget.locator(".note").inner_text()
    ann.answered(lambda: ann.context.set_offline(False))
    assert ann.widget.locator(".me").count() == 1
    assert ann.widget.locator(".note").inner_text() == ""
    ann.problems.clear()


def test_an_answer_lost_on_the_way_is_not_made_twice(visit, server):
    ann = visit()
    ann.open()
    lost = []

    def drop(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    ann.page.route("**/api/web/messages", drop)
    ann.say(MANAGER)
    ann.page.unroute("**/api/web/messages")
    ann.page.reload()
    ann.widget.get_by_text("7 years").first.wait_for()
    assert ann.widget.locator(".me").count() == 1
    ann.problems.clear()


def test_the_server_may_be_started_again_in_mid_conversation(visit, server):
    ann = visit()
    ann.open()
    ann.say(MANAGER)
    assert server.stop() == 0
    ann.box.fill("Am I ready to be Head of Portfolio?")
    ann.box.press("Enter")
    ann.widget.get_by_role("button", name="Try again").wait_for()
    before = ann.replies.count()
    server.start()
    ann.page.wait_for_function(
        "n => document.querySelector('career-coach').shadowRoot.querySelectorAll('.reply').length > n", arg=before
    )
    assert "seven years" in ann.replies.last.inner_text()
    ann.problems.clear()


def test_it_works_by_keyboard_alone_and_gives_the_focus_back(visit):
    ann = visit()
    launch = ann.page.get_by_role("button", name="open the chat")
    launch.focus()
    ann.page.keyboard.press("Enter")
    ann.replies.first.wait_for()
    focused = "() => document.querySelector('career-coach').shadowRoot.activeElement"
    assert ann.page.evaluate(f"({focused})().localName") == "textarea"
    ann.answered(lambda: (ann.page.keyboard.type("Hello"), ann.page.keyboard.press("Enter")))
    assert ann.page.evaluate(f"({focused})().localName") == "textarea"
    for _ in range(12):
        ann.page.keyboard.press("Shift+Tab")
        if ann.page.evaluate(f"!!({focused})()?.closest('.next')"):
            break
    ann.answered(lambda: ann.page.keyboard.press("Enter"))
    assert ann.page.evaluate(f"({focused})().classList.contains('chosen')")
    ann.page.keyboard.press("Escape")
    assert ann.page.evaluate(f"({focused})().className") == "launch"


def reach(visitor, title, back=True):
    """Goes there with the Tab key alone; what has the focus must show it."""
    focused = "document.querySelector('career-coach').shadowRoot.activeElement"
    for _ in range(80):
        visitor.page.keyboard.press("Shift+Tab" if back else "Tab")
        if visitor.page.evaluate(f"t => ({focused}?.ariaLabel || {focused}?.textContent || '').startsWith(t)", title):
            break
    assert visitor.page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid", title


def test_a_whole_first_conversation_needs_no_mouse(visit):
    ann = visit()
    reach(ann, "Career coach: open the chat", back=False)
    ann.page.keyboard.press("Enter")
    ann.replies.first.wait_for()

    def typed(text):
        return ann.answered(lambda: (ann.page.keyboard.type(text), ann.page.keyboard.press("Enter")))

    typed(MANAGER)
    typed("Am I ready to be Head of Portfolio?")
    reach(ann, "Make me a plan")
    ann.answered(lambda: ann.page.keyboard.press("Enter"))
    reach(ann, "Done", back=False)
    ann.answered(lambda: ann.page.keyboard.press("Space"))
    reach(ann, "Write a message", back=False)
    typed("What do you know about me?")
    reach(ann, "Remove")
    ann.answered(lambda: ann.page.keyboard.press("Enter"))
    assert "Removed" in ann.replies.last.inner_text()
    reach(ann, "Write a message", back=False)
    typed("forget me")
    reach(ann, "Yes, erase everything")
    ann.page.keyboard.press("Enter")
    ann.widget.get_by_text("Erased:").wait_for()
    reach(ann, "Close")
    ann.page.keyboard.press("Enter")
    assert ann.page.evaluate("document.querySelector('career-coach').shadowRoot.activeElement.className") == "launch"
    ann.page.keyboard.press("Shift+Tab")
    assert ann.page.evaluate("document.activeElement.localName") != "career-coach", "the focus is not kept in"


def test_a_reply_that_comes_while_it_is_closed_leaves_a_mark(visit):
    ann = visit()
    ann.open()
    held = []
    ann.page.route("**/api/web/messages", lambda route: held.append(route))
    ann.box.fill("Hello")
    ann.box.press("Enter")
    while not held:
        ann.page.wait_for_timeout(20)
    ann.page.keyboard.press("Escape")
    held[0].continue_()
    ann.page.get_by_role("button", name="1 new messages").wait_for()


def test_it_is_whole_on_a_phone(visit):
    ann = visit(viewport={"width": 320, "height": 600})
    ann.open()
    ann.say("Am I ready to be Head of Portfolio?")
    panel = ann.widget.locator(".panel").bounding_box()
    assert panel == {"x": 0, "y": 0, "width": 320, "height": 600}
    assert ann.widget.locator(".log").evaluate("n => n.scrollWidth <= n.clientWidth")
    assert ann.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("how", ["the page", "the text alone"])
def test_it_is_whole_at_twice_the_size(visit, how):
    """A window of 1280 by 800 at 200 % is one of 640 by 400 with twice the pixels."""
    ann = visit(viewport={"width": 640, "height": 400}, device_scale_factor=2) if how == "the page" else visit()
    if how == "the text alone":
        ann.widget.evaluate("n => n.style.setProperty('--coach-font-size', '30px')")
    ann.open()
    ann.say(MANAGER)
    ann.say("Am I ready to be Head of Portfolio?")
    size = ann.page.viewport_size
    for part in (ann.widget.locator(".panel"), ann.box, *ann.widget.locator("header button, .go").all()):
        box = part.bounding_box()
        assert box["x"] >= 0, box
        assert box["y"] >= 0, box
        assert box["x"] + box["width"] <= size["width"], box
        assert box["y"] + box["height"] <= size["height"], box
    assert ann.widget.locator(".log").evaluate("n => n.scrollWidth <= n.clientWidth")
    assert ann.widget.locator(".log").bounding_box()["height"] >= 100
    assert ann.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = "n => [...n.querySelectorAll('button, .me, .reply, p, li')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert ann.widget.locator(".log").evaluate(cut) == 0


@pytest.mark.parametrize(("wish", "moves"), [("reduce", "none"), ("no-preference", "b")])
def test_nothing_moves_for_those_who_asked_for_that(visit, wish, moves):
    ann = visit(reduced_motion=wish)
    name = ann.widget.locator(".dots i").first.evaluate("n => getComputedStyle(n).animationName")
    assert name == moves


def test_a_slow_network_shows_what_goes_on_and_keeps_the_order(visit):
    ann = visit()
    ann.open()
    sent = []
    ann.page.on("request", lambda r: "/messages" in r.url and sent.append(json.loads(r.post_data)))
    slow = ann.context.new_cdp_session(ann.page)
    slow.send("Network.enable")
    conditions = {"offline": False, "latency": 1500, "downloadThroughput": 6000, "uploadThroughput": 3000}
    slow.send("Network.emulateNetworkConditions", conditions)
    for text in (MANAGER, "What is a PMO?", "What does the PMP cost?"):
        ann.box.fill(text)
        ann.box.press("Enter")
    ann.widget.locator(".dots").wait_for()
    assert ann.widget.locator(".state").all_inner_texts().count("Sending") == 1
    assert ann.box.is_enabled()
    ann.page.wait_for_function(
        """() => { const root = document.querySelector("career-coach").shadowRoot;
        return root.querySelectorAll(".reply").length > 3 && root.querySelector(".dots").hidden }"""
    )
    assert [m["text"] for m in sent] == [MANAGER, "What is a PMO?", "What does the PMP cost?"]
    assert len({m["message_id"] for m in sent}) == 3
    order = ann.widget.locator(".turn").evaluate_all(
        "nodes => nodes.slice(1).map(n => [n.querySelector('.me').textContent, n.querySelectorAll('.reply').length > 0])"
    )
    assert order == [[f"You: {m['text']}", True] for m in sent]


def test_a_copy_of_the_data_is_made_anew_after_a_reload(visit, server):
    ann = visit()
    ann.open()
    ann.say(MANAGER)
    ann.say("Give me my data")
    file = ann.widget.get_by_role("button", name="my-data.json")
    with ann.page.expect_download() as taken:
        file.click()
    assert "seven years" in Path(taken.value.path()).read_text()
    with sqlite3.connect(server.folder / "coach.sqlite") as database:
        kept = "".join(r[0] or "" for r in database.execute("SELECT replies FROM conversation_message"))
    assert "my-data.json" in kept
    assert '"statement"' not in kept.replace("\\", "")
    ann.page.reload()
    file.wait_for()
    ann.answered(file.click)
    with ann.page.expect_download() as taken:
        file.last.click()
    assert "seven years" in Path(taken.value.path()).read_text()


def test_two_places_are_joined_by_a_code_and_separated(visit):
    """The second browser stands for the other place: it is another person until the code is typed."""
    ann, other = visit(), visit()
    ann.open()
    other.open()
    ann.say(MANAGER)
    ann.say("What do you know about me?")
    ann.tap("I use you elsewhere too")
    code = ann.tap("Show me a code").locator("strong").inner_text()
    other.say("I use you in Slack too")
    other.tap("Type a code")
    assert "as one person" in other.say(code).inner_text()
    assert "7 years" in other.tap("What do you know about me?").inner_text()
    assert "Separated" in ann.say("separate").inner_text()
    assert "7 years" not in other.say("What do you know about me?").inner_text()
    assert "7 years" in ann.say("What do you know about me?").inner_text()


def test_hostile_styles_of_the_page_do_not_reach_it(visit):
    ann = visit()
    ann.page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(`
          * { display: none !important; color: red !important; font: 60px serif !important; all: unset !important }
          html, body { display: block !important }
          career-coach { position: static !important; opacity: 0 !important; transform: scale(9) !important }`);
        document.adoptedStyleSheets = [sheet]; }"""
    )
    ann.page.evaluate("document.querySelector('career-coach').open()")
    ann.replies.first.wait_for()
    box = ann.widget.locator(".panel").bounding_box()
    assert (round(box["width"]), round(box["x"] + box["width"])) == (430, 1260)
    assert ann.box.evaluate("n => getComputedStyle(n).fontSize") == "15px"


SCRIPTS = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "[a](javascript:window.hacked=1) [b](data:text/html,<script>window.hacked=1</script>)",
    "**<svg onload=window.hacked=1>**",
    "I am a <b onmouseover=window.hacked=1>PMO manager</b> for 7 years \"'><iframe src=javascript:window.hacked=1>",
]


@pytest.mark.parametrize("line", SCRIPTS)
def test_no_script_runs_that_somebody_wrote(visit, line):
    ann = visit()
    ann.open()
    ann.say(line)
    assert ann.widget.locator(".me").last.inner_text().endswith(line)
    ann.say("What do you know about me?")
    ann.page.reload()
    ann.widget.locator(".me").last.wait_for()
    assert ann.page.evaluate("window.hacked") is None
    assert ann.widget.locator("img, script, iframe, b, [onload], [onerror]").count() == 0
    assert ann.widget.locator("a[href^='javascript'], a[href^='data']").count() == 0


def test_whatever_a_reply_holds_is_text(visit):
    """As if the knowledge, a button and a picture had been written by an attacker."""
    ann = visit()
    ann.open()
    evil = SCRIPTS[1]
    reply = {
        "id": "x:0",
        "lead": f"{evil} [x](javascript:hacked=1) [ok](https://example.org/)",
        "closing": evil,
        "about": {},
        "points": [{"text": evil, "reason": evil}],
        "table": {"columns": [evil], "rows": [[evil]]},
        "picture": None,
        "cards": [{"title": evil, "text": evil, "buttons": []}],
        "attachments": [{"name": evil, "media_type": "text/html", "content": evil}],
        "buttons": [{"title": evil, "payload": f'/press{{"do": "{evil}"}}'}],
        "sources": [{"title": evil, "url": "javascript:window.hacked=1", "checked_on": evil}],
    }
    ann.page.route("**/api/web/messages", lambda route: route.fulfill(json={"message_id": "x", "replies": [reply]}))
    shown = ann.say("Hello")
    assert shown.inner_text().count("<img") == 11
    assert [a.get_attribute("href") for a in shown.locator("a").all()] == ["https://example.org/"]
    assert shown.locator("a").get_attribute("rel") == "noopener noreferrer"
    assert ann.page.evaluate("window.hacked") is None


def test_a_refused_token_is_asked_for_again(visit):
    ann = visit()
    ann.page.evaluate(
        """() => { window.asked = 0;
        document.querySelector("career-coach").getToken = async () => `token-${++window.asked}`; }"""
    )
    seen = []

    def answer(route):
        token = route.request.headers.get("authorization", "")
        seen.append(token)
        if token == "Bearer token-1":
            return route.fulfill(status=401, json={"error": "bad_identity", "message": "no"})
        return route.fulfill(json={"messages": [], "more": False, "replies": []})

    ann.page.route("**/api/web/**", answer)
    ann.page.get_by_role("button", name="open the chat").click()
    ann.page.wait_for_function("() => window.asked === 2")
    assert seen[0] == "Bearer token-1"
    ann.page.wait_for_function("() => document.querySelector('career-coach').shadowRoot.querySelector('.turn')")
    assert set(seen[1:]) == {"Bearer token-2"}
    ann.problems.clear()


def test_a_thumb_with_a_word_is_kept_with_the_answer_it_is_on(visit, server):
    ann = visit()
    ann.open()
    ann.say(MANAGER)
    ann.say("What does the PMP cost?")
    with ann.page.expect_request("**/api/web/messages") as sent:
        ann.widget.get_by_role("button", name="This helped").first.click()
        ann.page.keyboard.type("clear and short")
        ann.page.keyboard.press("Enter")
    payload = json.loads(sent.value.post_data)["payload"]
    assert json.loads(payload.removeprefix("/press"))["word"] == "clear and short"
    ann.widget.get_by_text("Thank you, noted.").wait_for()
    with sqlite3.connect(server.folder / "coach.sqlite") as database:
        kept = database.execute("SELECT thumb, words, about FROM feedback ORDER BY given_at").fetchall()[-1]
    assert (kept[0], kept[1], json.loads(kept[2])["intent"]) == ("up", "clear and short", "state_experience")
    ann.page.reload()
    ann.widget.get_by_text("7 years").first.wait_for()
    assert ann.widget.locator(".me").count() == 2


def test_ten_thousand_messages_do_not_slow_it(visit, server):
    """Only the last page is fetched and built; earlier ones come when asked for and the place is kept."""
    ann = visit()
    ann.open()
    first = {"replies": [], "text": "made", "payload": "", "answered": True, "sent_at": ""}
    asked = []

    def page(route):
        before = int(route.request.url.partition("before=")[2] or 10_001)
        asked.append(before)
        rows = [
            {**first, "number": n, "message_id": f"made-{n}", "text": f"made {n}"} for n in range(before - 30, before)
        ]
        route.fulfill(json={"messages": rows, "more": True})

    ann.page.route("**/api/web/history*", page)
    ann.page.reload()
    ann.widget.get_by_text("made 10000", exact=False).wait_for()
    assert ann.widget.locator(".turn").count() == 30
    for shown in (60, 90):
        ann.widget.get_by_role("button", name="Earlier messages").click()
        ann.page.wait_for_function(
            "n => document.querySelector('career-coach').shadowRoot.querySelectorAll('.turn').length === n", arg=shown
        )
    assert asked[-2:] == [9971, 9941]
    texts = ann.widget.locator(".me").all_text_contents()
    assert [t.split()[-1] for t in texts] == [str(n) for n in range(9911, 10_001)]


def test_labels_follow_the_pages_language_and_direction(visit):
    ann = visit()
    ann.page.evaluate("() => { document.querySelector('career-coach').lang = 'de' }")
    ann.page.get_by_role("button", name="Gespräch öffnen").click()
    ann.page.get_by_label("Nachricht schreiben").wait_for()
    ann.page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    assert ann.widget.locator(".panel").bounding_box()["x"] == 20
