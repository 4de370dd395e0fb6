"""The console's pages in a real browser, against a server that says what a test tells it to."""

from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, silence
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.console_json import Json, call_data, fresh_flag, heartbeat_data, utterance_data

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> résilier"


def start(server: ConsoleServer, *flags: Json) -> None:
    server.send("snapshot", {"calls": [call_data()], "flags": list(flags)}, event_id="g-1")
    server.send("heartbeat", heartbeat_data())


def names(page: Page) -> list[str]:
    return page.locator("#flag-list .name").all_inner_texts()


def test_a_quiet_page_says_so_and_shows_that_it_is_alive(server: ConsoleServer, browser: Browser) -> None:
    """No colour, one sentence, a heartbeat."""
    start(server)
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-rest")).to_have_text("Nothing needs you. 1 call followed.")
        expect(page.locator("#pulse-words")).to_have_text("Live")
        expect(page.locator("#figure-lag")).to_have_text("0.4\u00a0s")
        expect(page).to_have_title("qa-monitor")


def test_the_page_ends_where_the_window_does(server: ConsoleServer, browser: Browser) -> None:
    """However many calls are listed: lists scroll, and what only screen readers get makes nothing longer."""
    ended = [call_data(call_id=f"call-{number}", state="ended", duration_s=60.0) for number in range(60)]
    server.answers["GET /v1/calls"] = {"calls": ended}
    with open_page(browser, server.address) as page:
        expect(page.locator("#ended-calls li").nth(19)).to_be_attached()

        assert page.evaluate("document.documentElement.scrollHeight === innerHeight")


def test_a_flag_shows_what_a_coach_needs(server: ConsoleServer, browser: Browser) -> None:
    """Priority in words, rule, agent, words lit, values against thresholds, action, deadline, latency."""
    start(server, fresh_flag())
    with open_page(browser, server.address) as page:
        card = page.locator("#flag-list .flag")
        expect(card).to_contain_text("Wants to cancel")
        for text in (
            "High",
            "confirmed",
            "agent-7",
            "certainty 95% (threshold 80%)",
            "Listen in",
            "Act within 0:",
            "text 0.8",
        ):
            expect(card).to_contain_text(text)
        expect(card.locator("mark")).to_have_text("résilier")
        expect(page).to_have_title("(1) qa-monitor")


def test_what_callers_say_is_shown_as_text(server: ConsoleServer, browser: Browser) -> None:
    """Markup in words, names, teams and rules never becomes part of the page."""
    hostile = fresh_flag(agent_id=HOSTILE, team=HOSTILE, name={"en": HOSTILE, "fr": HOSTILE})
    evidence = hostile["evidence"]
    assert isinstance(evidence, dict)
    evidence |= {"text": HOSTILE, "phrase": HOSTILE}
    start(server, hostile)
    server.send("utterance", utterance_data(text=HOSTILE, words=[]), path="/v1/calls/call-1/stream")
    with open_page(browser, server.address) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        page.locator("#live-calls .call").click()
        expect(page.locator("#pane-list .text")).to_have_text(HOSTILE)
        expect(page.locator("#flag-list .said")).to_have_text(HOSTILE)
        expect(page.locator("#flag-list .name")).to_have_text(HOSTILE)

        assert page.locator("#flag-list img, #pane-list img, body script").count() == 0


def test_the_page_switches_language_and_remembers_it(server: ConsoleServer, browser: Browser) -> None:
    """Everything on the page, its title for screen readers included."""
    start(server, fresh_flag())
    with open_page(browser, server.address, locale="fr-CA") as page:
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        expect(page.locator("#flag-list .name")).to_have_text("Veut résilier")
        page.locator("#language button[lang=en]").click()
        expect(page.locator("#flag-list .name")).to_have_text("Wants to cancel")
        start(server, fresh_flag())
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_nothing_moves_under_the_pointer(server: ConsoleServer, browser: Browser) -> None:
    """A more pressing flag waits in a line above the list, and comes when the pointer leaves."""
    start(server, fresh_flag("low", priority="low", name={"en": "Dead air", "fr": "Blanc"}))
    with open_page(browser, server.address) as page:
        page.locator("#flag-list .flag").hover()
        server.send("flag", fresh_flag("high"), event_id="g-2")
        expect(page.locator("#flag-new")).to_have_text("1 new: Wants to cancel")
        assert names(page) == ["Dead air"]

        page.mouse.move(1270, 400)
        expect(page.locator("#flag-new")).to_be_hidden()
        assert names(page) == ["Wants to cancel", "Dead air"]


def test_a_withdrawn_flag_says_so_in_place(server: ConsoleServer, browser: Browser) -> None:
    """Struck through, in words, until it is noted."""
    start(server, fresh_flag(state="raised"))
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-list .state")).to_have_text("likely")
        server.send("flag", fresh_flag(state="withdrawn"), event_id="g-2")
        expect(page.locator("#flag-list .state")).to_have_text("withdrawn")
        page.get_by_role("button", name="Noted").click()
        expect(page.locator("#flag-list .flag")).to_have_count(0)


def test_the_keyboard_reaches_and_acknowledges_a_flag(server: ConsoleServer, browser: Browser) -> None:
    """J selects, A acknowledges, and the flag moves to those handled."""
    start(server, fresh_flag("f1"), fresh_flag("f2", priority="low"))
    handled = fresh_flag("f1", state="acknowledged", acknowledged_by="coach", acknowledged_at=NOON.isoformat())
    server.answers["POST /v1/flags/f1/acknowledge"] = handled
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-list .flag")).to_have_count(2)
        page.keyboard.press("j")
        expect(page.locator("#flag-list .flag").first).to_have_attribute("aria-current", "true")
        page.keyboard.press("a")
        expect(page.locator("#flag-list .flag")).to_have_count(1)
        expect(page.locator("#handled-title")).to_have_text("Handled (1)")
        expect(page.locator("#flag-list .flag")).to_have_attribute("aria-current", "true")


def test_a_clip_that_is_not_there_says_so(server: ConsoleServer, browser: Browser) -> None:
    """The server answers 404: the button comes back, with words beside it."""
    start(server, fresh_flag())
    with open_page(browser, server.address) as page:
        page.get_by_role("button", name="Play").click()
        expect(page.locator("#flag-list .note")).to_contain_text("The recording is not there yet.")
        expect(page.locator("#flag-list .play")).to_have_text("Play")


def test_a_clip_still_being_recorded_cannot_be_played(server: ConsoleServer, browser: Browser) -> None:
    """The button says for how long."""
    start(server, fresh_flag(raised_s=-27.0))
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-list .play")).to_contain_text("Play in ")
        expect(page.locator("#flag-list .play")).to_have_attribute("aria-disabled", "true")
        expect(page.locator("#flag-list .play")).to_have_text("Play", timeout=10_000)


def test_a_flag_of_a_call_that_has_ended_says_so(server: ConsoleServer, browser: Browser) -> None:
    """No deadline runs any more, and the title counts only what can still be acted on."""
    start(server, fresh_flag())
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-count")).to_have_text("1 open · 1 told in 10 min")
        server.send("call", call_data(state="ended"))
        expect(page.locator("#flag-list .deadline")).to_have_text("Call ended")
        expect(page.locator("#flag-count")).to_have_text("1 in a call that has ended · 1 told in 10 min")
        expect(page).to_have_title("qa-monitor")


@pytest.mark.parametrize("seconds", [4, 17])
def test_a_clip_whose_end_is_not_kept_yet_says_so(server: ConsoleServer, browser: Browser, seconds: int) -> None:
    """Audio is kept a little later than it is heard: what is there plays, and words say what is missing."""
    clip = {"start_s": 0.0, "end_s": 17.0, "url": "/clip"}
    flag = fresh_flag()
    start(server, {**flag, "evidence": {**cast(Json, flag["evidence"]), "clip": clip}})
    server.audio["/clip"] = silence(seconds)
    with open_page(browser, server.address) as page:
        page.get_by_role("button", name="Play").click()
        expect(page.locator("#flag-list .play")).to_contain_text("Stop 0:0")
        expect(page.locator("#flag-list .note")).to_have_text(
            "" if seconds == 17 else "The last 13\u00a0s are not kept yet. Play again in a few seconds to hear them."
        )


def test_sound_is_off_until_someone_switches_it_on(server: ConsoleServer, browser: Browser) -> None:
    """Browsers ask for a click, and so do coaches."""
    start(server)
    with open_page(browser, server.address) as page:
        expect(page.locator("#sound")).to_have_text("Sound off")
        page.locator("#sound").click()
        expect(page.locator("#sound")).to_have_text("Sound on")
        expect(page.locator("#sound")).to_have_attribute("aria-pressed", "true")


def test_a_new_flag_is_said_to_screen_readers(server: ConsoleServer, browser: Browser) -> None:
    """Once, in words; what was open before the page was opened is not read out."""
    start(server, fresh_flag("f1"))
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-list .flag")).to_have_count(1)
        expect(page.locator("#announcer")).to_be_empty()
        server.send("flag", fresh_flag("f2", priority="low"), event_id="g-2")
        expect(page.locator("#announcer")).to_have_text("Low priority: Wants to cancel. agent-7.")


def test_an_acknowledgement_that_fails_says_so(server: ConsoleServer, browser: Browser) -> None:
    """The flag stays open, with words beside the button."""
    start(server, fresh_flag())
    with open_page(browser, server.address) as page:
        page.get_by_role("button", name="Acknowledge").click()
        expect(page.locator("#flag-list .note")).to_have_text("Not saved: the service did not answer. Try again.")
        expect(page.locator("#flag-list .flag")).to_have_count(1)


def test_a_broken_stream_is_said_and_resumed_where_it_was(server: ConsoleServer, browser: Browser) -> None:
    """The page asks for what came after the last event it applied."""
    start(server)
    with open_page(browser, server.address) as page:
        expect(page.locator("#pulse-words")).to_have_text("Live")
        server.send("flag", fresh_flag(), event_id="g-7")
        expect(page.locator("#flag-list .flag")).to_have_count(1)
        server.cut()
        expect(page.locator("#pulse-words")).to_have_text("Connection lost. Reconnecting…")
        server.send("heartbeat", heartbeat_data())
        expect(page.locator("#pulse-words")).to_have_text("Live")

    assert "/v1/flags/stream?after=g-7" in server.asked


def test_trouble_of_the_service_is_said_in_words(server: ConsoleServer, browser: Browser) -> None:
    """Nothing while all is well."""
    start(server)
    with open_page(browser, server.address) as page:
        expect(page.locator("#warnings")).to_be_empty()
        server.send("heartbeat", heartbeat_data(shed_level=1, saving=False))
        expect(page.locator("#warnings p")).to_have_count(2)
        expect(page.locator("#warnings")).to_contain_text("text while people are speaking is paused")


def test_a_call_is_followed_word_by_word(server: ConsoleServer, browser: Browser) -> None:
    """Partials are grey until the final; the customer's voice is read in words; a blind call says why."""
    server.send("snapshot", {"calls": [call_data(blind="mono")], "flags": [fresh_flag()]}, event_id="g-1")
    path = "/v1/calls/call-1/stream"
    server.send("utterance", utterance_data(text="Je veux", final=False, revision=1, emotion=None), path=path)
    with open_page(browser, server.address) as page:
        expect(page.locator("#live-calls")).to_contain_text("Blind: both voices on one channel")
        page.locator("#live-calls .call").click()
        expect(page.locator("#pane-list .utterance")).to_have_class("utterance customer partial")
        server.send("utterance", utterance_data(), path=path)
        expect(page.locator("#pane-list .utterance")).to_have_class("utterance customer")
        expect(page.locator("#pane-list .emotion")).to_contain_text("Voice: anger 70%")
        expect(page.locator("#pane-curve .anger")).to_have_count(1)
        server.send("ended", call_data(state="ended"), path=path)
        expect(page.locator("#pane-status")).to_have_text("The call has ended.")


def test_a_partial_that_was_nothing_is_taken_back(server: ConsoleServer, browser: Browser) -> None:
    """An empty final removes it, and so do a broken stream and the end of the call."""
    path = "/v1/calls/call-1/stream"
    start(server)
    server.send("utterance", utterance_data(text="Euh", final=False, revision=1, emotion=None), path=path)
    with open_page(browser, server.address) as page:
        page.locator("#live-calls .call").click()
        lines = page.locator("#pane-list .utterance")
        expect(lines).to_have_count(1)
        server.send("utterance", utterance_data(text="", words=[], revision=2, emotion=None), path=path)
        expect(lines).to_have_count(0)

        lost = utterance_data(utterance_id="0-9.00", text="Je", final=False, revision=1, emotion=None)
        server.send("utterance", lost, path=path)
        expect(lines).to_have_count(1)
        server.cut(path)
        expect(page.locator("#pane-status")).to_have_text("Transcript interrupted. Reconnecting…")
        expect(lines).to_have_count(0)


def test_an_utterance_in_another_language_says_so(server: ConsoleServer, browser: Browser) -> None:
    """The call was announced in French: only the English one is marked."""
    path = "/v1/calls/call-1/stream"
    start(server)
    server.send("utterance", utterance_data(), path=path)
    server.send("utterance", utterance_data(utterance_id="0-5.00", start_s=5.0, language="en"), path=path)
    with open_page(browser, server.address) as page:
        page.locator("#live-calls .call").click()
        expect(page.locator("#pane-list .utterance")).to_have_count(2)
        expect(page.locator("#pane-list .tongue")).to_have_text(["English"])


def test_a_call_that_was_not_followed_in_time_says_so(server: ConsoleServer, browser: Browser) -> None:
    """In words, in the list; a call that the service lost says that."""
    calls = [call_data(blind="backlog"), call_data("call-2", "interrupted")]
    server.send("snapshot", {"calls": calls, "flags": []}, event_id="g-1")
    with open_page(browser, server.address) as page:
        expect(page.locator("#live-calls .blind")).to_have_text(
            "Blind: some speech could not be followed in time; flags may be missing"
        )
        expect(page.locator("#ended-calls .blind")).to_have_text("interrupted: the service stopped")


def review(server: ConsoleServer, **changes: object) -> str:
    spoken = [
        utterance_data(),
        utterance_data(utterance_id="1-5", speaker="agent", channel=1, start_s=5.0, end_s=7.0, emotion=None),
    ]
    server.answers["GET /v1/calls/call-1"] = {
        "call": call_data(state="ended", duration_s=10.0, end_reason="hangup") | changes,
        "utterances": spoken,
        "flags": [fresh_flag()],
        "held": [{"flag": fresh_flag("h1"), "reason": "repeat"}],
        "dynamics": None,
        "gaps": [],
        "consents": [],
    }
    return server.address + "/calls/call-1"


def test_a_review_shows_the_whole_call(server: ConsoleServer, browser: Browser) -> None:
    """Facts, transcript, curve, flags with evidence, and what was held back with its reason."""
    server.answers["GET /v1/calls/call-1/peaks"] = {
        "per_second": 50,
        "duration_s": 10.0,
        "channels": [[-50, 50] * 500, [-9, 9] * 500],
    }
    with open_page(browser, review(server)) as page:
        expect(page.locator("#facts")).to_contain_text("hung up")
        expect(page.locator("#text-list .utterance")).to_have_count(2)
        expect(page.locator("#voice .anger")).to_have_count(1)
        expect(page.locator("#review-flags .flag")).to_contain_text("Wants to cancel")
        expect(page.locator("#review-held")).to_contain_text("already told a moment ago")
        expect(page.locator("#marks .mark")).to_have_count(1)
        expect(page.locator("#no-audio")).to_be_hidden()
        expect(page.locator("#toggle")).to_be_visible()

        assert page.locator("#lanes").inner_text().split() == ["Customer", "Agent"]


def test_a_call_in_progress_grows_on_its_own_page(server: ConsoleServer, browser: Browser) -> None:
    """Words come in as they are spoken, flags a little later, and the page says that the recording is not complete."""
    address = review(server, state="live", ended_at=None, end_reason=None)
    record = server.answers["GET /v1/calls/call-1"]
    later = utterance_data(utterance_id="0-8", start_s=8.0, end_s=9.0, text="Merci beaucoup.", words=[])
    with open_page(browser, address) as page:
        expect(page.locator("#banner")).to_contain_text("Call in progress")
        server.send("utterance", later, path="/v1/calls/call-1/stream")
        expect(page.locator("#text-list .utterance")).to_have_count(3)
        server.answers["GET /v1/calls/call-1"] = {**record, "flags": [fresh_flag(), fresh_flag("f2", start_s=6.0)]}
        expect(page.locator("#review-flags .flag")).to_have_count(2, timeout=10_000)
        expect(page.locator("#text-list .utterance")).to_have_count(3)


def test_a_click_on_a_word_goes_there(server: ConsoleServer, browser: Browser) -> None:
    """Without a recording too: the position moves, and the utterance is marked."""
    with open_page(browser, review(server)) as page:
        expect(page.locator("#no-audio")).to_be_visible()
        expect(page.locator("#toggle")).to_be_hidden()
        page.locator("#text-list .word", has_text="veux").first.click()
        expect(page.locator("#position")).to_have_text("0:01 / 0:10")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#position")).to_have_text("0:06 / 0:10")
        expect(page.locator("#text-list .utterance.agent")).to_have_class("utterance agent now")


def test_a_call_without_consent_says_why_there_is_no_curve(server: ConsoleServer, browser: Browser) -> None:
    """And shows none."""
    address = review(server, consent="refused")
    record = server.answers["GET /v1/calls/call-1"]
    server.answers["GET /v1/calls/call-1"] = {**record, "utterances": [utterance_data(emotion=None)]}
    with open_page(browser, address) as page:
        expect(page.locator("#voice-words")).to_have_text("The customer's voice is not scored: consent is “refused”.")
        expect(page.locator("#voice")).to_be_hidden()


def test_a_missing_call_says_so(server: ConsoleServer, browser: Browser) -> None:
    """No empty page."""
    with open_page(browser, server.address + "/calls/nobody") as page:
        expect(page.locator("#status")).to_have_text("There is no such call, or it is no longer kept.")


@pytest.mark.parametrize(
    ("query", "goes_to"),
    [("", "/"), ("?next=/calls/a", "/calls/a"), ("?next=//elsewhere", "/"), ("?next=https://elsewhere", "/")],
)
def test_the_login_goes_back_to_our_own_pages_only(
    server: ConsoleServer, browser: Browser, query: str, goes_to: str
) -> None:
    """A link that leads elsewhere is not followed."""
    with open_page(browser, f"{server.address}/login{query}") as page:
        assert page.locator("#next").input_value() == goes_to


def test_a_refused_token_is_explained(server: ConsoleServer, browser: Browser) -> None:
    """In the language of the page."""
    with open_page(browser, server.address + "/login?error=wrong", locale="fr") as page:
        expect(page.locator("#error")).to_contain_text("Ce jeton n’est pas le bon")
