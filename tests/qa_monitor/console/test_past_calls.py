"""A draft tried on past calls, on the page of rules, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, serve
from tests.qa_monitor.console.rule_pages import (
    HOSTILE,
    MOMENT,
    REPORT,
    a_test,
    page_server,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    with serve(page_server()) as running:
        yield running


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
        expect(page.locator("#tested li a")).to_have_attribute("href", "/calls/call-7#t=65")
        expect(page.locator("#tested li mark")).to_have_text("pars.")
        expect(page.locator("#tested .quote")).to_have_text(f"Je pars. {HOSTILE}")
        expect(page.locator("#tested audio")).to_have_attribute("src", str(MOMENT["clip"]))
        expect(page.locator("#test-go")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "none", "failed"),
    [
        ("en-GB", "No recording of this moment is kept.", "It cannot be played."),
        ("fr-FR", "Aucun enregistrement de ce moment n’est conservé.", "L’écoute a échoué."),
    ],
)
def test_a_moment_that_cannot_be_heard_says_so(
    server: ConsoleServer, browser: Browser, locale: str, none: str, failed: str
) -> None:
    """No player where nothing is kept; and where it was deleted since, the player says so when it is asked to play."""
    rule = REPORT["rules"][0]  # type: ignore[index]
    silent = {"call_id": "call-8", "clip": None}
    difference = {**rule["difference"], "only_new": 2, "only_new_first": [MOMENT | silent, MOMENT]}
    report = {**REPORT, "rules": [{**rule, "difference": difference}]}
    server.answers["POST /v1/rules/test"] = a_test(state="done", report=report)
    with open_page(browser, f"{server.address}/rules", locale=locale) as page:
        page.locator("#test-go").click()
        rows = page.locator("#tested .moments li")
        expect(rows.nth(0)).to_contain_text(none)
        expect(rows.nth(0).locator("audio")).to_have_count(0)
        expect(rows.nth(1)).not_to_contain_text(failed)
        rows.nth(1).locator("audio").evaluate("(player) => void player.play().catch(() => null)")
        expect(rows.nth(1)).to_contain_text(failed)


def test_past_calls_say_what_a_draft_asks_of_a_coach(server: ConsoleServer, browser: Browser) -> None:
    """What is held and why, minutes of listening, and all rules of the draft together."""
    rule = REPORT["rules"][0]  # type: ignore[index]
    other = {**rule, "rule_id": "pays", "name_fr": "Paie", "in_force": None}
    server.answers["POST /v1/rules/test"] = a_test(state="done", report={**REPORT, "rules": [rule, other]})
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        page.locator("#test-go").click()
        expect(page.locator("#tested thead th")).to_have_text(
            [
                "Règle",
                "Occurrences",
                "Appels",
                "Retenues",
                "Alertes",
                "Alertes des règles en vigueur",
                "Alertes par heure de superviseur",
                "Minutes à écouter, pour 1 000 appels",
            ]
        )
        expect(page.locator("#tested tbody tr").last.locator("td")).to_have_text(
            ["Paie", "1\u202f500", "4", "2", "3", "–", "0,72", "4,5"]
        )
        expect(page.locator("#tested tfoot td")).to_have_text(["Toutes ensemble", "6", "2", "1,44", "9"])
        expect(page.locator("#tested .moments .remark").first).to_have_text(
            "Retenues\u00a0: 2 × déjà signalée il y a un instant"
        )


def test_why_past_calls_cannot_be_asked_is_said_with_what_is_allowed(server: ConsoleServer, browser: Browser) -> None:
    """In the page's language, beside the button; a draft that changes nothing says so before anything is tried."""
    detail = "calls: language: found 'german'; allowed: en, fr"
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        expect(page.locator("#verdict")).to_have_text("Aucune erreur. En l’état, rien ne changerait.")
        page.route("**/v1/rules/test", lambda route: route.fulfill(status=422, json={"detail": detail}))
        page.locator("#test-go").click()
        expect(page.locator("#test-words")).to_contain_text("language : trouvé 'german' ; autorisé : en, fr.")
        expect(page.locator("#tested-box")).to_be_hidden()


def test_a_test_whose_calls_are_not_counted_yet_shows_that_it_works(server: ConsoleServer, browser: Browser) -> None:
    """Without a share: nobody knows one."""
    server.answers["POST /v1/rules/test"] = a_test(done=0, total=0)
    server.answers["GET /v1/rules/test/t1"] = a_test(done=0, total=0)
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#test-go").click()
        expect(page.locator("#test-words")).not_to_be_empty()
        expect(page.locator("#test-progress")).to_have_js_property("position", -1)
        server.answers["GET /v1/rules/test/t1"] = a_test(done=250, total=1000)
        expect(page.locator("#test-progress")).to_have_js_property("position", 0.25)


def test_a_test_on_no_call_says_so(server: ConsoleServer, browser: Browser) -> None:
    """Instead of a table of noughts."""
    server.answers["POST /v1/rules/test"] = a_test(
        state="done", report=REPORT | {"calls": 0, "call_hours": 0, "rules": []}
    )
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#test-go").click()
        expect(page.locator("#tested")).to_contain_text("No call that is over and that you may see is asked for so.")
        expect(page.locator("#tested table")).to_have_count(0)


def test_a_test_can_be_cancelled(server: ConsoleServer, browser: Browser) -> None:
    server.answers["POST /v1/rules/test"] = a_test()
    server.answers["GET /v1/rules/test/t1"] = a_test()
    server.answers["DELETE /v1/rules/test/t1"] = a_test(state="cancelled")
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#test-go").click()
        page.locator("#test-cancel").click()
        expect(page.locator("#test-words")).to_have_text("Cancelled.")


def test_a_test_that_a_new_service_does_not_know_is_not_waited_for(server: ConsoleServer, browser: Browser) -> None:
    """The service was started again: it answers 404 for good."""
    server.answers["POST /v1/rules/test"] = a_test()
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        page.locator("#test-go").click()
        expect(page.locator("#test-words")).to_contain_text("a redémarré")
        expect(page.locator("#test-cancel")).to_be_hidden()
        expect(page.locator("#test-go")).to_be_visible()
