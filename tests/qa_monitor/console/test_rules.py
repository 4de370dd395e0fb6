"""The rule editor in a real browser, against a server that says what a test tells it to."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"
SCOPE = {"tenant": "", "team": ""}
PROBLEM = {"file": "published.yaml", "line": 2, "field": "rules[0].id", "found": HOSTILE, "allowed": "small letters"}
MOMENT = {
    "call_id": "call-7",
    "flag_id": "f",
    "start_s": 65.0,
    "end_s": 66.0,
    "speaker": "customer",
    "text": f"Je pars. {HOSTILE}",
    "words": ["pars."],
    "phrase": "je pars",
    "explanation_en": "",
    "explanation_fr": "",
    "clip": "/v1/calls/call-7/audio?start_s=55.0&end_s=71.0",
}
REPORT = {
    "calls": 1000,
    "call_hours": 83.333,
    "work_min_per_1000_calls": 0.05,
    "agents_per_coach": 20,
    "rules": [
        {
            "rule_id": "leaves",
            "name_en": "Leaves",
            "name_fr": "Part",
            "found": {"hits": 5, "calls_hit": 4, "flags": 3, "held": {}},
            "flags_per_coach_hour": 0.72,
            "told_first": [MOMENT],
            "in_force": {"hits": 2, "calls_hit": 2, "flags": 2, "held": {}},
            "difference": {
                "only_new": 1,
                "only_old": 0,
                "both": 2,
                "only_new_first": [MOMENT],
                "only_old_first": [],
            },
        }
    ],
}


def a_test(**changes: object) -> dict[str, object]:
    empty: dict[str, object] = {"problem": None, "problems": [], "report": None}
    return {"test_id": "t1", "state": "running", "done": 250, "total": 1000, **empty, **changes}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    published = [{"scope": SCOPE, "text": "rules:\n  - id: leaves\n"}]
    made.answers["GET /v1/rules"] = {"version": "abc123", "published": published, "sets": []}
    made.answers["POST /v1/rules/check"] = {"problems": [], "differences": []}
    with serve(made) as running:
        yield running


def test_what_is_published_is_there_to_be_changed(server: ConsoleServer, browser: Browser) -> None:
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#draft")).to_have_value("rules:\n  - id: leaves\n")
        expect(page.locator("#in-force")).to_have_text("In force: version abc123")
        expect(page.locator("#verdict")).to_have_text("No mistakes.")


def test_mistakes_stand_at_their_lines_and_lead_there(server: ConsoleServer, browser: Browser) -> None:
    server.answers["POST /v1/rules/check"] = {"problems": [PROBLEM], "differences": []}
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#gutter .wrong")).to_have_text("2")
        expect(page.locator("#problems li")).to_contain_text(f"rules[0].id found {HOSTILE} allowed: small letters")
        page.locator("#problems button").click()
        assert page.evaluate("document.activeElement.selectionStart") == len("rules:\n")


def test_a_sentence_is_tried_and_its_words_are_lit(server: ConsoleServer, browser: Browser) -> None:
    hit = {"rule_id": "leaves", "phrase": "je pars", "part": 0, "reason": "sound", "certainty": 0.8, "lit": [0, 1]}
    flag = {"rule_id": "leaves", "priority": "high", "held": None}
    server.answers["POST /v1/rules/try"] = {
        "problems": [],
        "words": ["Je", "part", HOSTILE],
        "hits": [hit],
        "flags": [flag],
    }
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#sentence").fill("Je part")
        page.locator("#try button").click()
        expect(page.locator("#tried mark")).to_have_text(["Je", "part"])
        expect(page.locator("#tried")).to_contain_text("“je pars”, sounds alike, certainty 80%")
        expect(page.locator("#tried")).to_contain_text("a flag of priority High")
        expect(page.locator("#tried .quote")).to_contain_text(HOSTILE)


def test_past_calls_show_progress_then_what_differs_with_its_clip(server: ConsoleServer, browser: Browser) -> None:
    server.answers["POST /v1/rules/test"] = a_test()
    server.answers["GET /v1/rules/test/t1"] = a_test(done=500)
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        page.locator("#test-go").click()
        expect(page.locator("#test-words")).to_have_text("500 appels sur 1000")
        server.answers["GET /v1/rules/test/t1"] = a_test(state="done", done=1000, report=REPORT)
        expect(page.locator("#tested tbody td").first).to_have_text("Part")
        expect(page.locator("#tested")).to_contain_text("0,72")
        expect(page.locator("#tested")).to_contain_text("2 dans les deux, 1 seulement dans le brouillon")
        expect(page.locator("#tested li a")).to_have_attribute("href", "/calls/call-7")
        expect(page.locator("#tested audio")).to_have_attribute("src", str(MOMENT["clip"]))
        expect(page.locator("#test-go")).to_be_visible()


def test_a_test_can_be_cancelled(server: ConsoleServer, browser: Browser) -> None:
    server.answers["POST /v1/rules/test"] = a_test()
    server.answers["GET /v1/rules/test/t1"] = a_test()
    server.answers["DELETE /v1/rules/test/t1"] = a_test(state="cancelled")
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#test-go").click()
        page.locator("#test-cancel").click()
        expect(page.locator("#test-words")).to_have_text("Cancelled.")


def test_publishing_and_taking_back_say_how_it_went(server: ConsoleServer, browser: Browser) -> None:
    server.answers["PUT /v1/rules"] = {"number": 2}
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#by").fill("Camille")
        page.locator("#publish button[type=submit]").click()
        expect(page.locator("#published-words")).to_have_text("Published: in force for calls that run, too.")
        page.locator("#undo").click()
        expect(page.locator("#published-words")).to_have_text("That did not work. Try again.")


def test_the_place_of_a_line_is_found(server: ConsoleServer, browser: Browser) -> None:
    """A line beyond the end is the last one."""
    with open_page(browser, f"{server.address}/rules") as page:
        places = "[1, 2, 9].map((line) => m.placeOfLine('ab\\ncde', line))"
        assert run(page, "ruleeditor.js", places) == [[0, 2], [3, 6], [3, 6]]
