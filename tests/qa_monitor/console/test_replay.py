"""The page of a call gone through again."""

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, serve
from tests.qa_monitor.console_json import Json, utterance_data

pytestmark = pytest.mark.browser


def a_side(**changes: object) -> Json:
    return {
        "flag_id": "f1",
        "rule_id": "cancellation",
        "rule_version": "1a2b3c4d",
        "name": {"en": "Wants to cancel", "fr": "Veut résilier"},
        "priority": "high",
        "state": "confirmed",
        "start_s": 12.4,
        "end_s": 13.1,
        "raised_s": 14.0,
        "text": "<b>Je veux résilier mon abonnement.</b>",
        **changes,
    }


DIFFERENCE: Json = {
    "same": False,
    "as_live": True,
    "strayed": 0,
    "shared_passes": 2,
    "flags": [
        {"change": "same", "before": a_side(), "now": a_side()},
        {"change": "gone", "before": a_side(flag_id="f2", start_s=40.0), "now": None},
        {"change": "new", "before": None, "now": a_side(flag_id="f3", start_s=61.0)},
    ],
    "utterances": [
        {"change": "same", "score_changed": False, "before": utterance_data(), "now": utterance_data()},
        {
            "change": "changed",
            "score_changed": True,
            "before": utterance_data(text="Je veux résider."),
            "now": utterance_data(text="Je veux résilier."),
        },
    ],
}


def a_replay(state: str, difference: Json | None = None) -> Json:
    return {
        "replay_id": "r1",
        "call_id": "call-1",
        "what": "audio",
        "state": state,
        "at_s": 30.0,
        "duration_s": 120.0,
        "problem": None,
        "difference": difference,
    }


def test_what_differs_is_shown_side_by_side(browser: Browser) -> None:
    """It is started by the keyboard, tells how far it is, and what is the same can be asked for."""
    server = ConsoleServer()
    server.answers["POST /v1/calls/call-1/replay"] = a_replay("running")
    server.answers["GET /v1/calls/call-1/replay/r1"] = a_replay("done", DIFFERENCE)
    with serve(server) as running, open_page(browser, f"{running.address}/calls/call-1/replay") as page:
        page.locator("#speed").select_option("5")
        expect(page.locator("#start")).to_be_enabled()
        page.locator("#start").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#verdict")).to_have_text("Flags: 1 new, 1 gone, 0 changed, 1 the same.", timeout=30_000)
        expect(page.locator("#remarks li")).to_have_count(2)
        expect(page.locator("#flags tbody tr")).to_have_count(3)
        expect(page.locator("#flags tbody tr").first).to_contain_text("<b>Je veux résilier")
        expect(page.locator("#flags tbody tr").first).to_contain_text("version 1a2b3c4d · decided at 14 s")
        expect(page.locator("#words tbody tr")).to_have_count(1)
        expect(page.locator("#words tbody tr")).to_contain_text("voice scored otherwise")
        page.locator("#all").check()
        expect(page.locator("#words tbody tr")).to_have_count(2)
        expect(page.locator("#start")).to_be_enabled()
