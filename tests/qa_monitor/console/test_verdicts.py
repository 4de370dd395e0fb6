"""A coach's verdict on a flag, by one key and one click, on the real service with two consoles and in parts."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from alerts.records import FlagState, Priority
from qa_monitor.config import Settings
from streams.engine.engine import SpeechEngine
from streams.records import CallEnded, CallId, EndReason, Language
from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve, timeless_page, watch_page
from tests.qa_monitor.builders import a_call, a_flag
from tests.qa_monitor.console_json import Json, call_data, flag_data, fresh_flag, heartbeat_data, utterance_data
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.service import Running, running, settings_for
from tests.qa_monitor.storing import a_store

pytestmark = pytest.mark.browser

SOON_MS = 20_000


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers |= {"GET /v1/calls": {"calls": []}, "GET /v1/flags": {"flags": []}}
    with serve(made) as running:
        yield running


def silent_engine(settings: Settings) -> SpeechEngine:
    """Nobody speaks."""
    return Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR).engine()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With two flags of a call that ended a minute ago."""
    folder = tmp_path_factory.mktemp("data")
    now = datetime.now(UTC)

    async def seed() -> None:
        async with a_store(folder) as store:
            await store.save_call(a_call(started_at=now - timedelta(minutes=2)))
            for name, priority in (("f1", Priority.HIGH), ("f2", Priority.LOW)):
                flag = replace(a_flag(name, priority=priority), raised_at=now - timedelta(seconds=90))
                await store.save_flag(flag, a_call(), now)
            for state in (FlagState.RAISED, FlagState.WITHDRAWN):
                await store.save_flag(a_flag("gone", state=state), a_call(), now)
            ended = CallEnded(call_id=CallId("call-1"), end_s=60.0, reason=EndReason.END)
            await store.end_call(ended, now - timedelta(minutes=1))

    asyncio.run(seed())
    with running(settings_for(folder), silent_engine) as started:
        yield started


def cards(page: Page) -> Locator:
    return page.locator("#flag-list .flag")


def judged(state: str = "acknowledged", verdict: str | None = "useful", **changes: object) -> Json:
    """As the server answers."""
    now = datetime.now(UTC).isoformat()
    said = {"verdict": verdict, "verdict_by": "console", "verdict_at": now}
    return fresh_flag("f1", state=state, acknowledged_by="console", acknowledged_at=now) | said | changes


def test_one_key_judges_a_flag_on_every_console_and_one_takes_it_back(service: Running, browser: Browser) -> None:
    """By keyboard alone: judged here it is handled there, taken back it is open on both, judged again it stays."""
    with watch_page(browser, service.url) as one, watch_page(browser, service.url, locale="fr-FR") as other:
        for page in (one, other):
            expect(cards(page)).to_have_count(2, timeout=SOON_MS)
        one.keyboard.press("j")
        chosen = one.locator('#flag-list [aria-current="true"]').get_attribute("data-flag-id")
        one.keyboard.press("u")
        expect(cards(other)).to_have_count(1, timeout=SOON_MS)
        expect(other.locator("#handled-title")).to_have_text("Traitée (1)")
        expect(one.locator("#undo-words")).to_have_text("Useful: Wants to cancel. agent-7.")
        one.keyboard.press("z")
        for page in (one, other):
            expect(cards(page)).to_have_count(2, timeout=SOON_MS)
            expect(page.locator('#flag-list [aria-pressed="true"]')).to_have_count(0)
        expect(one.locator("#undo")).to_be_hidden()

        one.locator(f'[data-flag-id="{chosen}"]').focus()
        one.keyboard.press("f")
        other.locator("#handled-title").click(timeout=SOON_MS)
        row = other.locator(f'#handled-list [data-flag-id="{chosen}"]')
        expect(row.locator('[aria-pressed="true"]')).to_have_text("Fausse alerteF", timeout=SOON_MS)
        row.get_by_role("button", name="Déjà connue").focus()
        other.keyboard.press("Enter")
        expect(row.locator('[aria-pressed="true"]')).to_have_text("Déjà connueD", timeout=SOON_MS)
        expect(row.get_by_role("button", name="Déjà connue")).to_be_focused()


def test_nothing_is_taken_back_where_nothing_was_done(service: Running) -> None:
    """In words, each with its own status."""
    asked = [httpx.post(f"{service.url}/v1/flags/{name}/undo", timeout=30) for name in ("gone", "nobody")]

    assert [answer.status_code for answer in asked] == [409, 404]
    assert "nothing was done to flag gone lately" in asked[0].text


def test_a_verdict_is_corrected_on_the_review_page_and_after_a_reload(service: Running, browser: Browser) -> None:
    """The flags of past calls keep their verdicts; keys go to the flag that was gone to last."""
    with watch_page(browser, f"{service.url}/calls/call-1", expected="404") as page:
        expect(page.locator("#review-flags .flag")).to_have_count(3, timeout=SOON_MS)
        page.keyboard.press("j")
        page.keyboard.press("f")
        first = page.locator("#review-flags .flag").first
        expect(first.locator('[aria-pressed="true"]')).to_have_text("False alarmF", timeout=SOON_MS)
        expect(first).to_be_focused()
        expect(first).to_contain_text("False alarm, says Operator")
        expect(page.locator("#undo-go")).to_be_visible()
    with watch_page(browser, service.url) as page:
        page.locator("#handled-title").click(timeout=SOON_MS)
        pressed = page.locator('#handled-list [aria-pressed="true"]', has_text="False alarm")
        expect(pressed.first).to_be_visible(timeout=SOON_MS)


def test_buttons_show_their_keys_in_both_languages(server: ConsoleServer, browser: Browser) -> None:
    """One click does the same; the help lists the keys; a withdrawn flag asks for no verdict."""
    server.send("snapshot", {"calls": [call_data()], "flags": [fresh_flag()]}, event_id="g-1")
    server.answers["POST /v1/flags/f1/verdict"] = judged(verdict="already_known")
    with open_page(browser, server.address) as page:
        expect(page.locator(".verdict button")).to_have_text(["UsefulU", "False alarmF", "Already knownD"])
        page.locator("#help-open").click()
        expect(page.locator("#help")).to_contain_text("The selected flag was useful, a false alarm, already known")
        page.locator("#help-close").click()
        page.locator("#language button[lang=fr]").click()
        expect(page.locator(".verdict button")).to_have_text(["UtileU", "Fausse alerteF", "Déjà connueD"])
        page.get_by_role("button", name="Déjà connue").click()
        # the pointer rests on the list: the card stays, so that the verdict can be changed where it was given
        expect(page.locator("#flag-list [aria-pressed=true]")).to_have_text("Déjà connueD")
        expect(page.locator("#undo-words")).to_have_text("Déjà connue : Veut résilier. agent-7.")
        page.mouse.move(1270, 400)
        expect(cards(page)).to_have_count(0)
        server.send("flag", fresh_flag("w", state="withdrawn"), event_id="g-2")
        expect(cards(page)).to_have_count(1)
        expect(page.locator("#flag-list .verdict")).to_have_count(0)


def test_the_undo_is_offered_for_ten_seconds(server: ConsoleServer, browser: Browser) -> None:
    """It counts down, then it is gone."""
    server.send("heartbeat", heartbeat_data())
    server.send("snapshot", {"calls": [call_data()], "flags": [fresh_flag()]}, event_id="g-1")
    server.answers["POST /v1/flags/f1/acknowledge"] = judged(verdict=None)
    with timeless_page(browser, server.address) as page:
        expect(cards(page)).to_have_count(1)
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(page.locator("#undo-words")).to_have_text("Acknowledged: Wants to cancel. agent-7.")
        page.clock.run_for(8_500)
        expect(page.locator("#undo-go")).to_contain_text("2\u00a0s")
        page.clock.run_for(2_000)
        expect(page.locator("#undo")).to_be_hidden()


def test_what_fails_is_said_and_stays(server: ConsoleServer, browser: Browser) -> None:
    """A verdict beside its flag, an undo in its place until it is closed."""
    server.send("snapshot", {"calls": [call_data()], "flags": [fresh_flag("f2"), fresh_flag("f1")]}, event_id="g-1")
    server.answers["POST /v1/flags/f1/verdict"] = judged()
    with open_page(browser, server.address) as page:
        expect(cards(page)).to_have_count(2)
        page.locator('[data-flag-id="f2"]').focus()
        page.keyboard.press("d")
        expect(page.locator('[data-flag-id="f2"] .note')).to_have_text(
            "Not saved: the service did not answer. Try again."
        )
        page.locator('[data-flag-id="f1"]').focus()
        page.keyboard.press("u")
        expect(page.locator("#undo-go")).to_be_visible()
        page.keyboard.press("z")
        expect(page.locator("#undo-problem")).to_have_text("Not undone: the service did not answer. Try again.")
        page.locator("#undo-close").click()
        expect(page.locator("#undo-problem")).to_be_empty()


def test_a_reviewed_flag_says_what_went_wrong(server: ConsoleServer, browser: Browser) -> None:
    record: Json = {"call": call_data(state="ended", duration_s=10.0), "utterances": [utterance_data()]}
    kept: Json = {"flags": [judged()], "held": [], "dynamics": None, "gaps": [], "consents": []}
    server.answers["GET /v1/calls/call-1"] = record | kept
    with open_page(browser, f"{server.address}/calls/call-1") as page:
        expect(page.locator("#review-flags")).to_contain_text("Useful, says Operator")
        page.get_by_role("button", name="Already known").click()
        expect(page.locator("#review-flags .note")).to_have_text("Not saved: the service did not answer. Try again.")


def test_an_expired_flag_is_handled_and_says_so(server: ConsoleServer, browser: Browser) -> None:
    """It leaves the list with its reason, and can still be judged."""
    server.send("snapshot", {"calls": [], "flags": [fresh_flag("old")]}, event_id="g-1")
    with open_page(browser, server.address) as page:
        expect(cards(page)).to_have_count(1)
        server.send("flag", fresh_flag("old", state="expired"), event_id="g-2")
        expect(cards(page)).to_have_count(0)
        page.locator("#handled-title").click()
        expect(page.locator("#handled-list .state")).to_have_text("expired")
        expect(page.locator("#handled-list .verdict button")).to_have_count(3)


def test_handled_flags_that_cannot_be_loaded_are_not_passed_over(server: ConsoleServer, browser: Browser) -> None:
    del server.answers["GET /v1/flags"]
    with open_page(browser, server.address) as page:
        expect(page.locator("#handled-failed")).to_be_visible()


def test_the_newer_of_two_states_wins_whatever_comes_first(server: ConsoleServer, browser: Browser) -> None:
    """The answer to a click may be ahead of the stream; what was taken back opens again."""

    def told(state: str, sequence: int) -> Json:
        return {"type": "flag", "id": None, "flag": flag_data(state=state, sequence=sequence)}

    body = "v.map((events) => events.reduce(m.applyEvent, m.NOTHING_YET).flags['f1'].state)"
    orders = [
        [told("confirmed", 1), told("acknowledged", 2), told("confirmed", 3)],
        [told("confirmed", 1), told("acknowledged", 4), told("confirmed", 3)],
        [told("acknowledged", 2), told("confirmed", 1)],
    ]
    with open_page(browser, f"{server.address}/login") as page:
        assert run(page, "feed/feed.js", body, *orders) == ["confirmed", "acknowledged", "acknowledged"]
        past = {"type": "past", "flags": [flag_data("a", state="acknowledged"), flag_data("b")]}
        shown = "Object.keys(m.applyEvent(m.NOTHING_YET, v[0]).flags)"
        assert run(page, "feed/feed.js", shown, past) == ["a"]
