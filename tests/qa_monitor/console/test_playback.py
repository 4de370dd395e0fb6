"""A recording played faster and in steps of five seconds, and a past call gone through again at another pace."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, serve, silence
from tests.qa_monitor.console_json import Json, call_data, utterance_data

pytestmark = pytest.mark.browser

CALL_S = 30
SPEEDS = ["×1", "×1.25", "×1.5", "×2"]
RATE = "audio => audio.playbackRate"
RUNNING: Json = {
    "replay_id": "r1",
    "call_id": "call-1",
    "what": "audio",
    "state": "running",
    "at_s": 3.0,
    "duration_s": CALL_S,
    "problem": None,
    "difference": None,
}


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers["GET /v1/calls/call-1"] = {
        "call": call_data(state="ended", duration_s=float(CALL_S), end_reason="hangup"),
        "utterances": [utterance_data()],
        **{name: [] for name in ("flags", "held", "gaps", "consents")},
        "dynamics": None,
    }
    made.answers["GET /v1/calls/call-1/peaks"] = {
        "per_second": 50,
        "duration_s": float(CALL_S),
        "channels": [[-50, 50] * 50 * CALL_S] * 2,
    }
    made.audio["/v1/calls/call-1/audio"] = silence(CALL_S)
    with serve(made) as running:
        yield running


@pytest.mark.parametrize("choice", SPEEDS)
def test_a_recording_is_played_at_the_chosen_speed(server: ConsoleServer, browser: Browser, choice: str) -> None:
    """From the moment it is chosen, and still once it is stopped and played again."""
    with open_page(browser, f"{server.address}/calls/call-1") as page:
        audio = page.locator("#audio")
        expect(page.locator("#position")).to_have_text("0:00 / 0:30")
        expect(page.locator("#speed option")).to_have_text(SPEEDS)
        page.locator("#speed").select_option(choice)
        assert audio.evaluate(RATE) == float(choice[1:])
        for shown in ("Pause", "Play", "Pause"):
            page.locator("#toggle").click()
            expect(page.locator("#toggle")).to_have_text(shown)

        assert audio.evaluate(RATE) == float(choice[1:])


def test_arrows_and_buttons_go_five_seconds_on_and_back(server: ConsoleServer, browser: Browser) -> None:
    """Neither before the beginning nor beyond the end."""
    with open_page(browser, f"{server.address}/calls/call-1") as page:
        position = page.locator("#position")
        expect(position).to_have_text("0:00 / 0:30")
        for press, shown in [("ArrowRight", "0:05"), ("ArrowRight", "0:10"), ("ArrowLeft", "0:05")]:
            page.keyboard.press(press)
            expect(position).to_have_text(f"{shown} / 0:30")
        page.locator("#on").click()
        expect(position).to_have_text("0:10 / 0:30")
        page.locator("#back").click()
        expect(position).to_have_text("0:05 / 0:30")
        for _ in range(3):
            page.keyboard.press("ArrowLeft")
        expect(position).to_have_text("0:00 / 0:30")
        for _ in range(9):
            page.keyboard.press("ArrowRight")
        expect(position).to_have_text("0:30 / 0:30")

        assert page.locator("#audio").evaluate("audio => audio.currentTime") == CALL_S


def test_arrows_move_nothing_while_somebody_writes(server: ConsoleServer, browser: Browser) -> None:
    """They move in the words of a comment."""
    server.answers["GET /v1/calls/call-1/comments"] = {"comments": []}
    with open_page(browser, f"{server.address}/calls/call-1") as page:
        expect(page.locator("#position")).to_have_text("0:00 / 0:30")
        page.locator("#comment-open").click()
        page.locator("#comment-words").fill("Well done")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowRight")

        expect(page.locator("#position")).to_have_text("0:00 / 0:30")


def test_the_review_of_a_call_leads_to_going_through_it_again(server: ConsoleServer, browser: Browser) -> None:
    """For whom may do that."""
    server.answers["GET /v1/me"] = {
        "name": "Gil",
        "account": "gil",
        "roles": ["qa_lead"],
        "pages": ["/calls", "/rules"],
    }
    with open_page(browser, f"{server.address}/calls/call-1") as page:
        page.get_by_role("link", name="Go through this call again").click()

        expect(page).to_have_url(f"{server.address}/calls/call-1/replay")


@pytest.mark.parametrize(
    ("choice", "speed"), [("As fast as it goes", None), ("×1", 1), ("×2", 2), ("×5", 5), ("×10", 10)]
)
def test_a_past_call_is_gone_through_at_the_chosen_pace(
    server: ConsoleServer, browser: Browser, choice: str, speed: int | None
) -> None:
    """The page says how far it is, and stops it on request."""
    server.answers["POST /v1/calls/call-1/replay"] = RUNNING
    server.answers["GET /v1/calls/call-1/replay/r1"] = RUNNING | {"at_s": 12.0}
    server.answers["DELETE /v1/calls/call-1/replay/r1"] = RUNNING | {"state": "stopped"}
    with open_page(browser, f"{server.address}/calls/call-1/replay") as page:
        expect(page.locator("#start")).to_be_enabled()
        page.locator("#speed").select_option(choice)
        with page.expect_request("**/replay") as asked:
            page.locator("#start").click()
        expect(page.locator("#status")).to_contain_text("0:12")
        expect(page.locator("#progress")).to_have_js_property("value", 12 / CALL_S)
        page.locator("#stop").click()
        expect(page.locator("#status")).to_have_text("Stopped.")
        expect(page.locator("#start")).to_be_enabled()

        assert asked.value.post_data_json == {"what": "audio", "speed": speed}


def test_kept_words_have_no_pace(server: ConsoleServer, browser: Browser) -> None:
    """Only what is heard again takes time."""
    server.answers["POST /v1/calls/call-1/replay"] = RUNNING | {"what": "text", "state": "stopped"}
    with open_page(browser, f"{server.address}/calls/call-1/replay") as page:
        page.locator("#speed").select_option("×5")
        page.locator("#what").select_option("text")
        expect(page.locator("#speed")).to_be_disabled()
        with page.expect_request("**/replay") as asked:
            page.locator("#start").click()

        assert asked.value.post_data_json == {"what": "text", "speed": None}
