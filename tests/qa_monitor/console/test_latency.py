"""How long flags took: on the card, on the page of figures, in the header, and reported by who drew them."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.console_json import Json, call_data, fresh_flag, heartbeat_data

pytestmark = pytest.mark.browser

REPORT: Json = {
    "now": NOON.isoformat(),
    "window_s": 300.0,
    "alarm_s": 2.5,
    "drift_s": None,
    "stages": [
        {"stage": "text", "count": 12, "p50_s": 0.8, "p95_s": 1.4},
        {"stage": "screen", "count": 12, "p50_s": 0.9, "p95_s": 1.6},
    ],
    "minutes": [
        {"at": "2026-03-02T11:30:00+00:00", "count": 2, "p50_s": 0.9, "p95_s": 3.6},
        {"at": NOON.isoformat(), "count": 1, "p50_s": 1.0, "p95_s": 1.0},
    ],
    "calls_followed": 12,
    "calls_capacity": 20,
    "calls_room": 8,
}


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers["GET /v1/calls"] = {"calls": []}
    made.answers["GET /v1/flags"] = {"flags": []}
    made.answers["GET /v1/latency"] = REPORT
    made.answers["POST /v1/flags/drawn"] = {"screen_s": {"f1": 1.37, "gone": 9.0}}
    with serve(made) as running:
        yield running


def start(server: ConsoleServer, **beat: object) -> None:
    server.send("snapshot", {"calls": [call_data()], "flags": [fresh_flag("old")]}, event_id="g-1")
    server.send("heartbeat", heartbeat_data(**beat))


def reported(page: Page, server: ConsoleServer) -> list[str]:
    """The flags that the page says it drew, once a new one came."""
    with page.expect_request("**/v1/flags/drawn") as asked:
        server.send("flag", fresh_flag(), event_id="g-2")
    said = json.loads(asked.value.post_data or "")
    assert all(0 <= each["held_s"] < 1 for each in said["drawn"])
    return [each["flag_id"] for each in said["drawn"]]


def test_a_new_flag_says_how_long_it_took_to_this_screen(server: ConsoleServer, browser: Browser) -> None:
    """The page reports what it painted, once, and prints the answer; the stages come on request, by keyboard too."""
    start(server)
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-list .flag")).to_have_count(1)
        assert reported(page, server) == ["f1"]
        card = page.locator('#flag-list [data-flag-id="f1"]')
        expect(card.locator(".latency summary")).to_have_text("1.4\u00a0s after the words")
        expect(card.locator(".stages")).to_be_hidden()
        card.locator(".latency summary").press("Enter")
        expect(card.locator(".stages")).to_contain_text("on screen 1.4\u00a0s")
        server.send("flag", fresh_flag(state="resolved"), event_id="g-3")
        expect(card).to_have_count(0)

    assert server.asked.count("POST /v1/flags/drawn") == 1


def test_a_page_among_many_leaves_the_reporting_to_others(server: ConsoleServer, browser: Browser) -> None:
    """About ten report, however many there are."""
    with open_page(browser, server.address + "/login") as page:
        shares = "[1, 10, 200].map((n) => [0, 0.04, 0.06, 0.999].filter((chance) => m.isReporter(n, chance)).length)"

        assert run(page, "coach/painted.js", shares) == [4, 4, 2]


@pytest.mark.parametrize(("locale", "said"), [("en-GB", "Flags come late"), ("fr-FR", "Les alertes arrivent tard")])
def test_drift_is_said_in_words(server: ConsoleServer, browser: Browser, locale: str, said: str) -> None:
    """On the coach page while it lasts, and on the page of figures."""
    start(server, drift_s=3.4)
    server.answers["GET /v1/latency"] = REPORT | {"drift_s": 3.4}
    with open_page(browser, server.address, locale=locale) as page:
        expect(page.locator("#warnings")).to_contain_text(said)
        server.send("heartbeat", heartbeat_data())
        expect(page.locator("#warnings")).to_be_empty()
        page.goto(server.address + "/latency")
        expect(page.locator("#verdict")).to_contain_text(said)


def test_the_page_of_figures_shows_stages_and_the_last_hour(server: ConsoleServer, browser: Browser) -> None:
    """Every stage with its figures, every minute with a flag as a bar, the chart in words."""
    with open_page(browser, server.address + "/latency") as page:
        rows = page.locator("#rows tr")
        expect(rows).to_have_count(2)
        expect(rows.nth(1)).to_have_text("the coach’s screen0.9\u00a0s1.6\u00a0s12")
        expect(page.locator("#chart .p95")).to_have_count(2)
        expect(page.locator("#verdict")).to_contain_text("below 2.5\u00a0s")
        expect(page.locator("#chart-words")).to_contain_text("Scale: 0 to 4.0\u00a0s")
        server.answers.pop("GET /v1/latency")
        expect(page.locator("#verdict")).to_contain_text("cannot be read", timeout=10_000)


@pytest.mark.parametrize(
    ("capacity", "said"), [({}, "room for 8 more"), ({"calls_capacity": None, "calls_room": None}, "is not known yet")]
)
def test_the_page_of_figures_says_how_many_more_calls_fit(
    server: ConsoleServer, browser: Browser, capacity: Json, said: str
) -> None:
    server.answers["GET /v1/latency"] = REPORT | capacity
    with open_page(browser, server.address + "/latency") as page:
        expect(page.locator("#room")).to_contain_text("Calls followed now: 12.")
        expect(page.locator("#room")).to_contain_text(said)


def test_bars_stand_where_their_minute_is(server: ConsoleServer, browser: Browser) -> None:
    """An hour wide; the newest at the right end."""
    with open_page(browser, server.address + "/login") as page:
        bars = run(
            page, "latency/latency.js", "m.barsOf(v[0]).map((bar) => [Math.round(bar.x), Math.round(bar.p95)])", REPORT
        )

        assert bars == [[295, 16], [595, 120]]
