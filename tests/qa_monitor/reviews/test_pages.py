"""Reviews in a real browser, against the real service: a reviewer's queue, an agent's dispute, a lead's decision."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from qa_monitor.reviews.calibration import CalibrationId
from qa_monitor.reviews.records import Assign, ReviewerId, Value
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId
from tests.qa_monitor.browser import run, watch_page
from tests.qa_monitor.entering import SOON_MS, sign_in
from tests.qa_monitor.people_service import Staffed, staffed
from tests.qa_monitor.reviewed import (
    ABOUT,
    GREETED,
    OFFERED,
    a_calibration,
    a_sheet,
    an_event,
    with_scores,
)

pytestmark = pytest.mark.browser


async def with_reviews(store: SqliteStore) -> None:
    """One call given to Ann; one calibration closed, one open."""
    await with_scores(store)
    about = replace(ABOUT, call_id=CallId("north-call"))
    await store.reviews.begin(about, an_event(Assign(reviewer=ReviewerId("ann"), words="March sample"), by="dan"))
    both = ("north-call", "south-call")
    await store.calibrations.begin(a_calibration("dan", "ann", calls=both))
    for call, value in zip(both, (Value.YES, Value.NO), strict=True):
        for who in ("dan", "ann"):
            answers = {GREETED: value, OFFERED: Value.YES if who == "dan" else value}
            await store.calibrations.hand_in(CalibrationId("c-1"), a_sheet(who, call, answers=answers))
    assert (await store.calibrations.open_for(ReviewerId("ann"))) == ()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("reviews"), also=with_reviews) as running:
        yield running


def test_a_review_goes_round_by_keyboard(house: Staffed, browser: Browser) -> None:
    """The reviewer submits, the agent disputes in French, the lead decides: each on their own page."""
    with watch_page(browser, f"{house.url}/reviews") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "ann")
        expect(page).to_have_title("Reviews – qa-monitor")
        card = page.locator("#queue .card")
        expect(card).to_contain_text("March sample")
        expect(card).to_contain_text("Eve · ")
        expect(page.locator("#dispute-section")).to_be_hidden()
        card.get_by_role("button", name="Begin").press("Enter")
        page.get_by_label("Coaching note to the agent").fill("Well opened.")
        card.get_by_role("button", name="Keep the note").press("Enter")
        expect(page.locator("#said")).to_have_text("The note is kept.")
        card.get_by_role("button", name="Submit").press("Enter")
        expect(page.locator("#said")).to_contain_text("the agent sees it now")
        expect(page.locator("#queue")).to_contain_text("No call is waiting")

    with watch_page(browser, f"{house.url}/mine", locale="fr-FR") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "eve")
        expect(page.locator(".my-review")).to_contain_text("Well opened.")
        question = page.locator(".question", has_text="L’agent a-t-il salué")
        question.locator("summary").press("Enter")
        question.locator("textarea").fill("J’ai salué.")
        question.get_by_role("button", name="Contester").press("Enter")
        expect(question).to_contain_text("Un responsable qualité va trancher.")

    with watch_page(browser, f"{house.url}/reviews") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "dan")
        dispute = page.locator("#disputes .card")
        expect(dispute).to_contain_text("J’ai salué.")
        expect(dispute.locator(".quote .who")).to_contain_text("Eve")
        dispute.get_by_label("Decision").select_option("yes")
        dispute.get_by_label("Reason").fill("Heard it.")
        dispute.get_by_role("button", name="Decide").press("Enter")
        expect(page.locator("#disputes")).to_contain_text("No dispute is open.")
        expect(page.locator("#others .state")).to_have_text("decided")


def test_a_calibration_is_begun_filled_in_and_read(house: Staffed, browser: Browser) -> None:
    """Figure, word and bar of what is closed; a sheet of what is open, by keyboard, with every field named."""
    with watch_page(browser, f"{house.url}/reviews") as page:
        page.set_default_timeout(SOON_MS)
        page.set_viewport_size({"width": 1180, "height": 760})
        sign_in(page, "dan")
        expect(page.locator("#kappa h3")).to_contain_text("Service")
        table = page.locator("#kappa table")
        expect(table.locator("tbody tr")).to_have_count(2)
        expect(table).to_contain_text("0.00")
        expect(table).to_contain_text("slight")
        expect(table).to_contain_text("The floor counts from 20 calls.")
        page.locator("#calibrate-open").press("Enter")
        page.get_by_label("Title").fill("April")
        offered = page.locator("#scorecards option")
        assert offered.first.get_attribute("label") not in (None, "", offered.first.get_attribute("value"))
        page.locator("#calibrate-scorecard").fill("service")
        page.locator("#calibrate-calls").fill("north-call")
        for name in ("ann", "dan"):
            page.locator(f"#calibrate-reviewers input[value={name}]").check()
        page.get_by_role("button", name="Begin", exact=True).press("Enter")
        open_one = page.locator("#calibrations .card", has_text="April")
        open_one.get_by_role("button", name="Answer").press("Enter")
        for question in (GREETED, OFFERED):
            page.locator(f"input[name=answer-{question}][value=yes]").check()
        nameless = page.locator("input, button, select, textarea").evaluate_all(
            "all => all.filter(one => !one.labels?.length && !one.textContent.trim() && !one.ariaLabel).length"
        )
        page.get_by_role("button", name="Hand in").press("Enter")
        expect(page.locator("#said")).to_have_text("Handed in.")
        expect(open_one).to_contain_text("Dan: 1 of 1")
        expect(open_one).to_contain_text("Ann: 0 of 1")
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")

        assert run(page, "reviews/kappatable.js", "[-1, 0, 0.5, 1, 2].map(m.placeOf)") == [0, 0, 60, 120, 120]
        assert nameless == 0
        assert wide <= 0
