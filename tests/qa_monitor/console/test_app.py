"""The pages on the real application: real calls, real models, a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.qa_monitor.browser import watch_page
from tests.qa_monitor.console_service import Service, service

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.slow]

SOON_MS = 30_000
IN_THE_CALL_MS = 90_000
NAMES = {"en": "Wants to cancel", "fr": "Veut résilier"}
LIT = {"en": re.compile("cancel"), "fr": re.compile("r[ée]sil")}
PARTIAL_THEN_FINAL = """() => {
  window.seen = {};
  const note = () => document.querySelectorAll("#pane-list .utterance").forEach((line) => {
    const kind = line.classList.contains("partial") ? "partial" : "final";
    (window.seen[line.dataset.id] ??= new Set()).add(kind);
  });
  new MutationObserver(note).observe(document.getElementById("pane-list"), { childList: true, subtree: true });
}"""
SEEN_AS_BOTH = "() => Object.values(window.seen).some((kinds) => kinds.has('partial') && kinds.has('final'))"
DRAWN_ROWS = """(canvas) => {
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const rows = new Set();
  for (let at = 0; at < width * height; at += 1) if (data[at * 4 + 3] > 0) rows.add(Math.floor(at / width));
  return rows.size / height;
}"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with service(tmp_path_factory.mktemp("console")) as running:
        yield running


def row(page: Page, running: Service, language: str) -> Locator:
    """The call in that language among those in progress."""
    return page.locator("#live-calls .call", has_text=running.calls[language].agent_id)


def card(page: Page, running: Service, language: str, name: str) -> Locator:
    """The flag of that name of the call in that language."""
    cards = page.locator("#flag-list .flag", has_text=running.calls[language].agent_id)
    return cards.filter(has=page.locator(".name", has_text=name))


def test_coaches_follow_calls_as_they_are_spoken(running: Service, browser: Browser) -> None:
    """Flags with their words lit in both languages; words in progress; taking one on clears it everywhere; sound."""
    with (
        watch_page(browser, running.url) as english,
        watch_page(browser, running.url, locale="fr-FR") as french,
    ):
        expect(english.locator("#pulse-words")).to_have_text("Live", timeout=SOON_MS)
        running.start_calls()
        row(english, running, "en").click(timeout=SOON_MS)
        english.evaluate(PARTIAL_THEN_FINAL)

        for language in ("fr", "en"):
            flag = card(english, running, language, NAMES["en"])
            expect(flag.locator("mark").first).to_have_text(LIT[language], timeout=IN_THE_CALL_MS)
            expect(card(french, running, language, NAMES["fr"])).to_be_visible(timeout=SOON_MS)
        english.wait_for_function(SEEN_AS_BOTH, timeout=IN_THE_CALL_MS)
        expect(english.locator("#pane-list mark", has_text=LIT["en"]).first).to_be_visible(timeout=SOON_MS)

        expect(row(english, running, "en").locator(".count").first).to_be_visible()
        takes_on(english, french, running)
        hears_the_clip(french, running)


def takes_on(one: Page, other: Page, running: Service) -> None:
    """Acknowledged here, handled there."""
    card(one, running, "en", NAMES["en"]).get_by_role("button", name="Acknowledge").click()
    expect(card(other, running, "en", NAMES["fr"])).to_have_count(0, timeout=SOON_MS)
    expect(other.locator("#handled-title")).to_have_text("Traitée (1)")


def hears_the_clip(page: Page, running: Service) -> None:
    """The label counts what the audio element has played."""
    play = card(page, running, "fr", NAMES["fr"]).locator(".play")
    expect(play).to_have_text("Écouter", timeout=SOON_MS)
    play.click()
    expect(play).to_have_text("Arrêter 0:02", timeout=SOON_MS)
    play.click()
    expect(play).to_have_text("Écouter")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_review_shows_and_plays_the_whole_call(running: Service, browser: Browser, language: str) -> None:
    """Waveform, transcript, curve and flags; sound from where one clicks, and the transcript in step with it."""
    running.wait_for_calls()
    call = running.calls[language]
    statuses: set[int] = set()

    def note(answer: Response) -> None:
        if "/audio" in answer.url:
            statuses.add(answer.status)

    with watch_page(browser, f"{running.url}/calls/{call.call_id}", locale=language) as page:
        page.on("response", note)
        ended = {"en": "ended by the source", "fr": "terminé par la source"}[language]
        expect(page.locator("#facts")).to_contain_text(ended, timeout=SOON_MS)

        expect(page.locator("#text-list .utterance.customer").nth(2)).to_be_visible()
        expect(page.locator("#text-list .utterance.agent").nth(2)).to_be_attached()
        expect(page.locator("#review-flags .name", has_text=NAMES[language])).to_have_count(1)
        expect(page.locator("#text-list mark", has_text=LIT[language]).first).to_be_visible()
        expect(page.locator("#voice path.anger").first).to_be_attached()
        assert page.locator("#text-list .agent .emotion").count() == 0
        assert page.locator("#wave").evaluate(DRAWN_ROWS) > 0.5
        plays_in_step(page)

    assert statuses == {206}


def plays_in_step(page: Page) -> None:
    """From the middle of the recording on."""
    box = page.locator("#waveform").bounding_box()
    assert box is not None
    page.locator("#toggle").click()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    page.wait_for_function("() => { const { currentTime, duration } = audio; return currentTime > duration / 2 + 1; }")
    page.locator("#toggle").click()

    at_s = page.evaluate("audio.currentTime")
    spoken = [
        float(at) for at in page.locator(".utterance .time").evaluate_all("all => all.map(one => one.dataset.at)")
    ]
    marked = page.locator(".utterance.now .time").evaluate_all("all => all.map(one => Number(one.dataset.at))")
    assert max(at for at in spoken if at <= at_s) in marked


def test_a_page_outlives_a_restart_of_the_service(running: Service, browser: Browser) -> None:
    """It says so meanwhile, comes back by itself, and shows every flag it had shown, once."""
    running.wait_for_calls()
    refused = "Failed to load resource|ERR_"
    with watch_page(browser, running.url, expected=refused) as page:
        expect(page.locator("#flag-list .flag").nth(3)).to_be_attached(timeout=SOON_MS)
        before = shown(page)
        running.stop()
        expect(page.locator("#pulse")).to_have_class(re.compile("lost|silent"), timeout=SOON_MS)
        running.start()
        expect(page.locator("#pulse-words")).to_have_text("Live", timeout=SOON_MS)

        assert shown(page) == before
        page.reload()
        expect(page.locator("#flag-list .flag").nth(3)).to_be_attached(timeout=SOON_MS)
        assert shown(page) == before
        expect(page.locator("#ended-calls .call")).to_have_count(2)


def shown(page: Page) -> object:
    return page.locator("#flag-list .flag").evaluate_all("all => all.map((one) => one.dataset.flagId)")


def test_only_someone_with_the_token_gets_in(tmp_path: Path, browser: Browser) -> None:
    """Every page leads to the log-in page and back; a wrong token is explained; a session that ended asks again."""
    refused = "Failed to load resource.*401"
    with (
        service(tmp_path, open_loopback=False) as closed,
        watch_page(browser, f"{closed.url}/calls/call-1", locale="fr-FR", expected=refused) as page,
    ):
        expect(page).to_have_url(f"{closed.url}/login?next=/calls/call-1")
        sign_in(page, "wrong")
        expect(page.locator("#error")).to_contain_text("Ce jeton n’est pas le bon")
        page.locator("#language button[lang=en]").click()
        expect(page.locator("#error")).to_contain_text("not the right one")
        sign_in(page, (tmp_path / "access-token").read_text(encoding="utf-8").strip())
        expect(page).to_have_url(f"{closed.url}/calls/call-1")

        page.goto(closed.url)
        expect(page.locator("#pulse-words")).to_have_text("Live", timeout=SOON_MS)
        assert [cookie["httpOnly"] for cookie in page.context.cookies()] == [True]
        page.context.clear_cookies()
        page.reload()
        expect(page.get_by_label("Name", exact=True)).to_be_focused()


def sign_in(page: Page, token: str) -> None:
    page.locator("#token").fill(token)
    page.locator("#token").press("Enter")
