"""The page of the customers' voice in a real browser, against a server that says what a test tells it to."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve, silence

pytestmark = pytest.mark.browser

CLIP = "/v1/calls/c-1/audio"
HOSTILE = "<img src=x onerror=alert(1)> box"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    with serve(ConsoleServer()) as running:
        running.answers["GET /v1/themes"] = themes_data()
        running.answers["GET /v1/themes/surges"] = {"surges": [surge_data()]}
        running.answers["GET /v1/me"] = {"name": "Dan", "account": "dan", "pages": ["/", "/customers", "/rules"]}
        running.audio[CLIP] = silence(3)
        yield running


def an_example(place: int = 1) -> dict[str, object]:
    at = f"2026-03-0{place}T10:12:00Z"
    return {"call_id": f"c-{place}", "at": at, "start_s": 12.0 * place, "end_s": 12.0 * place + 4, "clip": CLIP}


def a_term(shown: str, calls: int, times: float, **changes: object) -> dict[str, object]:
    return {
        "theme": f"fr:{shown}",
        "shown": shown,
        "along": [],
        "language": "fr",
        "calls": calls,
        "expected": calls / times,
        "times": times,
        "low": times / 1.6,
        "high": times * 1.6,
        "chance": 0.0001,
        "fresh": False,
        "reasons": ["outage"],
        "examples": [an_example(1), an_example(2)],
    } | changes


def a_reason(reason_id: str, en: str, fr: str, *shares: float | None) -> dict[str, object]:
    weeks = [
        {"begins_at": "2026-02-01T00:00:00Z", "calls": None if share is None else round(2000 * share), "share": share}
        for share in shares
    ]
    growth = {"times": 1.9, "low": 1.4, "high": 2.5, "grown": reason_id == "outage"}
    return {"reason_id": reason_id, "name": {"en": en, "fr": fr}, "weeks": weeks, "examples": [an_example(3)], **growth}


def themes_data(**changes: object) -> dict[str, object]:
    return {
        "begins_at": "2026-03-02T10:00:00Z",
        "until": "2026-03-09T10:00:00Z",
        "calls": 2143,
        "calls_before": 8090,
        "counting": False,
        "learning": False,
        "teams": ["north", "south"],
        "terms": [
            a_term("panne de réseau", 148, 2.4, along=["coupure", "box rouge"]),
            a_term("mise à jour du décodeur", 37, 18.5, fresh=True, reasons=[]),
            a_term(HOSTILE, 21, 1.8, reasons=[]),
        ],
        "reasons": [
            a_reason("outage", "Breakdown or outage", "Panne ou coupure", 0.11, 0.1, 0.12, 0.11, 0.21),
            a_reason("billing", "Bill or charge", "Facture ou prélèvement", 0.22, 0.24, 0.21, 0.23, 0.22),
            a_reason("refund", "Refund or return", "Remboursement ou retour", None, 0.02, 0.03, None, 0.02),
        ],
    } | changes


def surge_data(**changes: object) -> dict[str, object]:
    return {
        "surge_id": 1,
        "shown": ["panne de réseau", "box rouge", "network down"],
        "words": [
            {"language": "fr", "shown": ["panne de réseau", "box rouge"]},
            {"language": "en", "shown": ["network down"]},
        ],
        "reasons": ["outage"],
        "languages": ["en", "fr"],
        "began_at": "2026-03-09T08:40:00Z",
        "found_at": "2026-03-09T09:05:00Z",
        "ended_at": None,
        "calls": 64,
        "times": 4.2,
        "acknowledged_by": None,
        "acknowledged_at": None,
        "examples": [an_example(1)],
    } | changes


def test_a_lead_sees_what_is_new_and_mutes_a_surge(server: ConsoleServer, browser: Browser) -> None:
    server.answers["POST /v1/themes/surges/1/acknowledge"] = surge_data(acknowledged_by="Dan")
    with open_page(browser, f"{server.address}/customers") as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        expect(page.locator("#rows tr")).to_have_count(3)
        expect(page.locator("#rows tr").first).to_contain_text("panne de réseau")
        expect(page.locator("#rows tr").first).to_contain_text("also: coupure, box rouge")
        expect(page.locator("#rows tr").first).to_contain_text("×2.4")
        expect(page.locator("#rows")).to_contain_text(HOSTILE)
        expect(page.locator("#reasons li")).to_have_count(3)
        expect(page.locator("#period")).to_contain_text("2,143 calls")
        expect(page).to_have_title("(1) Voice of the customer – qa-monitor")
        expect(page.locator(".surge h2")).to_have_text("Many customers call about “panne de réseau”, “box rouge”")
        expect(page.locator(".surge")).to_contain_text("In English: “network down”")
        expect(page.locator(".surge")).to_contain_text("Reason: Breakdown or outage.")
        page.get_by_role("button", name="I know of it").press("Enter")
        expect(page.locator(".surge")).to_contain_text("Known to Dan")
        expect(page).to_have_title("Voice of the customer – qa-monitor")
        page.locator("#rows button.play").first.click()
        expect(page.locator("#rows button.play").first).to_have_attribute("aria-pressed", "true")


def test_choosing_a_team_asks_for_it_and_keeps_the_choice(server: ConsoleServer, browser: Browser) -> None:
    with open_page(browser, f"{server.address}/customers", locale="fr-FR") as page:
        expect(page.locator("h1")).to_have_text("Voix du client")
        expect(page.locator("#team option")).to_have_count(3)
        with page.expect_request(lambda asked: "team=south" in asked.url):
            page.locator("#team").select_option("south")
        expect(page.locator("#team")).to_have_value("south")


def test_a_quiet_week_and_an_unreachable_server_are_said(server: ConsoleServer, browser: Browser) -> None:
    server.answers["GET /v1/themes"] = themes_data(terms=[])
    server.answers["GET /v1/themes/surges"] = {"surges": [surge_data(ended_at="2026-03-09T10:00:00Z")]}
    with open_page(browser, f"{server.address}/customers") as page:
        expect(page.locator("#rows")).to_contain_text("Nothing has grown")
        expect(page.locator("#surges li")).to_have_count(1)
        expect(page.locator("#surges li [lang=en]")).to_have_count(1)
        expect(page.locator(".surge")).to_have_count(0)
        del server.answers["GET /v1/themes"]
        page.locator("#spoken").select_option("fr")
        expect(page.locator("#period")).to_contain_text("cannot be read")


def test_growth_is_drawn_on_a_logarithmic_scale_and_the_most_frequent_reason_comes_first(
    server: ConsoleServer, browser: Browser
) -> None:
    with open_page(browser, f"{server.address}/customers") as page:
        places = run(page, "customers.js", "[0.1, 0.5, 4, 32, 99].map(m.placeOf)")

        names = page.locator("#reasons h3")
        expect(names).to_have_text(["Bill or charge", "Breakdown or outage", "Refund or return"])

    assert places == pytest.approx([0, 0, 75, 150, 150])
