"""What is left out under load, in words, on both pages, in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_page
from tests.qa_monitor.console_json import Json, call_data, heartbeat_data, utterance_data

pytestmark = pytest.mark.browser


def test_every_level_is_said_in_words(server: ConsoleServer, browser: Browser) -> None:
    """What is refused, and what is still to come, beside it; nothing once all is done again."""
    server.send("snapshot", {"calls": [call_data(blind="later")], "flags": []}, event_id="g-1")
    with open_page(browser, server.address) as page:
        expect(page.locator("#live-calls")).to_contain_text("Blind: recorded only; text follows after the call")
        server.send("heartbeat", heartbeat_data(shed_level=5, shed=["calls", "refused"], later_s=83.0))
        expect(page.locator("#warnings p")).to_have_text(
            [
                "Overloaded: new calls, then the newest others, are recorded only, unwatched ones first; "
                "their text follows after the call.",
                "Overloaded: new calls are refused.",
                "Still to be listened to and transcribed: 1\u00a0min.",
            ]
        )
        server.send("heartbeat", heartbeat_data(later_s=2.0))
        expect(page.locator("#warnings")).to_be_empty()


def test_text_that_comes_after_the_call_appears_by_itself(server: ConsoleServer, browser: Browser) -> None:
    """The page says that text is still to come, and that what has come was late."""
    over = call_data(state="ended", duration_s=10.0, end_reason="hangup")
    record: Json = {
        "call": over | {"blind": "later"},
        "utterances": [],
        "flags": [],
        "held": [],
        "dynamics": None,
        "gaps": [],
        "consents": [],
    }
    server.answers["GET /v1/calls/call-1"] = record
    with open_page(browser, server.address + "/calls/call-1") as page:
        expect(page.locator("#health")).to_contain_text("recorded only; text follows after the call")
        late = [utterance_data(late=True)]
        server.answers["GET /v1/calls/call-1"] = {**record, "call": over, "utterances": late}
        expect(page.locator("#text-list .utterance")).to_contain_text("transcribed later", timeout=9_000)
        expect(page.locator("#health .blind")).to_be_empty()
