"""A lead's day in a real browser, against the real service: from a call that is found to the last word about it."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from qa_monitor.scorecards.records import AnswerValue, CallScore, ScoreId, Span, Why
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.browser import run, watch_page
from tests.qa_monitor.builders import a_call, an_utterance
from tests.qa_monitor.entering import SOON_MS, sign_in
from tests.qa_monitor.people_service import SECRET, Staffed, staffed
from tests.qa_monitor.reviewed import CARD, GREETED, OFFERED, a_score, with_scores

pytestmark = pytest.mark.browser
WORD = SECRET["north"].split()[0]
OF_ONE_CASE = ("first", "second", "third", "fourth")


def proved(call_id: str) -> CallScore:
    """The machine found help offered from the second second to the fourth; the greeting is not its to judge."""
    score = a_score(call_id, greeted=AnswerValue.UNANSWERED)
    proof = Span(start_s=2.0, end_s=4.0)
    answers = tuple(
        replace(one, reason=Why.UNDER_FLOOR.value)
        if one.question_id == GREETED
        else replace(one, reason=Why.FOUND.value, confidence=0.91, spans=(proof,))
        for one in score.answers
    )
    return replace(score, score_id=ScoreId(f"{call_id}-proved"), answers=answers)


async def with_proofs(store: SqliteStore) -> None:
    """A sentence whose words have their times, calls of one case without a recording, and every call's score."""
    await store.save_utterance(an_utterance(3.0, call_id="north-call"))
    for days, name in enumerate(reversed(OF_ONE_CASE), start=1):
        began = datetime.now(UTC) - timedelta(days=days)
        await store.save_call(replace(a_call(name, started_at=began), metadata={"case": "A 7"}))
        ended = CallEnded(call_id=CallId(name), end_s=12.0, reason=EndReason.END)
        await store.end_call(ended, began + timedelta(seconds=12))
    await with_scores(store)
    for call in ("north-call", "south-call"):
        await store.scorecards.save_score(proved(call))


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """As long as for clicks: pages of a busy machine take their time."""
    expect.set_options(timeout=SOON_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("day"), also=with_proofs) as running:
        yield running


def picture(page: Page, name: str) -> None:
    """Kept where a folder is named, in both themes."""
    folder = os.environ.get("QA_MONITOR_PICTURES")
    for scheme in ("light", "dark") if folder else ():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.screenshot(path=Path(folder or "") / f"{name}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


def test_a_leads_day(house: Staffed, browser: Browser) -> None:
    """A word is heard, an answer proved by its seconds and changed, a comment made; then the agent, then the lead."""
    with watch_page(browser, f"{house.url}/calls?text={WORD}") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "dan")
        page.locator("#calls a.open").click()
        hear_and_judge(page)
        comment_and_submit(page)

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    with watch_page(browser, f"{house.url}/mine", locale="fr-FR") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "eve")
        expect(page.locator(".my-review")).to_contain_text("Offer help sooner.")
        expect(page.locator(".my-review")).to_contain_text("Listen to the pause here.")
        question = page.locator(".question", has_text="Une aide a-t-elle été offerte")
        expect(question).to_contain_text("Only after the second request.")
        question.locator("summary").press("Enter")
        question.locator("textarea").fill("Dès la première demande.")
        question.get_by_role("button", name="Contester").press("Enter")
        expect(question).to_contain_text("Un responsable qualité va trancher.")

    with watch_page(browser, f"{house.url}/reviews", locale="fr-CA") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "dan")
        dispute = page.locator("#disputes .card")
        expect(dispute).to_contain_text("Dès la première demande.")
        dispute.get_by_label("Décision").select_option("yes")
        dispute.get_by_label("Motif").fill("Réécouté.")
        dispute.get_by_role("button", name="Trancher").press("Enter")
        expect(page.locator("#disputes .card")).to_have_count(0)
        page.locator("#others .card a", has_text="north-call").click()
        expect(page.locator(".turn .state")).to_have_text("tranchée")
        expect(page.locator(f"#question-{CARD}-{OFFERED} .value")).to_have_text("Oui")
        expect(page.locator("#comments .thread")).to_contain_text("partagé avec l’agent")
        page.locator(".earlier summary").press("Enter")
        page.locator(".side").evaluate("side => side.scrollTo(0, 0)")
        picture(page, "review-fr")


def hear_and_judge(page: Page) -> None:
    """Evidence is heard by keyboard; an answer is changed within one's own review."""
    page.locator("#text-list .word").filter(has_text="veux").click()
    expect(page.locator("#toggle")).to_contain_text("Pause")
    page.keyboard.press("Space")
    expect(page.locator("#toggle")).to_contain_text("Play")
    expect(page.locator("#position")).to_have_text(re.compile(r"0:(0[3-9]|1\d) /"))
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#position")).to_contain_text("0:00 /")

    offered = page.locator(f"#question-{CARD}-{OFFERED}")
    expect(offered).to_contain_text("3 of 3 points · machine · found in the call · 91% sure")
    expect(page.locator(f"#question-{CARD}-{GREETED}")).to_contain_text("people disagree with it too often")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(offered).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator("#position")).to_have_text(re.compile(r"0:0[4-9] /"))
    expect(page.locator("#toggle")).to_contain_text("Play")

    page.get_by_role("button", name="Review this call").press("Enter")
    expect(page.locator(".turn .state")).to_have_text("in review")
    offered.locator("summary").press("Enter")
    offered.get_by_label("Answer").select_option("no")
    offered.get_by_label("Reason").fill("Only after the second request.")
    picture(page, "review-en")
    offered.get_by_role("button", name="Keep the answer").press("Enter")
    expect(offered).to_contain_text("Instead of “Yes”, once you submit: Only after the second request.")


def comment_and_submit(page: Page) -> None:
    """At the playhead, shared with the agent; the note goes with the review."""
    offered = page.locator(f"#question-{CARD}-{OFFERED}")
    page.locator("#title").click()
    page.keyboard.press("c")
    page.keyboard.type("Listen to the pause here.")
    page.get_by_label("Who reads it").select_option("agent")
    page.get_by_role("button", name="Keep the comment").press("Enter")
    expect(page.locator("#comments .thread")).to_contain_text(re.compile(r"0:0[4-9] · Dan"))
    expect(page.locator("#comment-marks button")).to_have_count(1)

    page.get_by_label("Coaching note to the agent").fill("Offer help sooner.")
    page.get_by_role("button", name="Submit").press("Enter")
    expect(page.locator("#score-said")).to_contain_text("the agent sees it now")
    expect(offered).to_contain_text("Dan · the machine said: Yes")
    expect(page.locator(".score .total")).to_have_text("0 of 100")
    page.locator(".earlier summary").press("Enter")
    expect(page.locator(".earlier")).to_contain_text("Was help offered? Yes → No: Only after the second request.")
    expect(page.locator(".earlier")).to_contain_text("60 of 100")


def test_whoever_calibrates_sees_no_score_until_everybody_has_answered(house: Staffed, browser: Browser) -> None:
    """Then kappa is shown, on the page of reviews; the call page shows the score again, and the earlier call."""
    expected = "Failed to load resource.*(404|409)"
    with (
        house.logged_in("ann") as ann,
        house.logged_in("dan") as dan,
        watch_page(browser, f"{house.url}/calls/second", expected=expected) as page,
    ):
        page.set_default_timeout(SOON_MS)
        new = {"title": "May", "scorecard_id": CARD, "calls": OF_ONE_CASE, "reviewers": ["ann", "dan"]}
        path = f"/v1/calibrations/{dan.post('/v1/calibrations', json=new).json()['calibration_id']}"
        sign_in(page, "dan")
        expect(page.locator("#score")).to_contain_text("You calibrate this call")
        expect(page.locator("#score .question")).to_have_count(0)
        expect(page.locator("#case-title")).to_have_text("Earlier calls of case A 7")
        expect(page.locator("#case-calls li")).to_have_count(1)
        expect(page.locator("#case-calls li")).not_to_contain_text("of 100")
        for call, value in zip(OF_ONE_CASE, ("yes", "no", "yes", "no"), strict=True):
            sheet = {question: {"value": value} for question in (GREETED, OFFERED)}
            for client in (ann, dan):
                assert client.post(f"{path}/calls/{call}", json={"answers": sheet}).status_code == 201
        page.goto(f"{house.url}/reviews")
        expect(page.locator("#kappa table")).to_contain_text("1.00")
        expect(page.locator("#kappa table")).to_contain_text("almost perfect")
        page.goto(f"{house.url}/calls/second")
        expect(page.locator("#score .question")).to_have_count(2)
        expect(page.locator("#case-calls li")).to_contain_text("60 of 100")
        page.locator("#case-calls a").press("Enter")
        expect(page).to_have_url(f"{house.url}/calls/first")


def test_bands_are_where_both_speak_and_where_nobody_does(house: Staffed, browser: Browser) -> None:
    """By words: a breath is no silence, a short overlap is turn-taking."""

    def said(speaker: str, start_s: float, end_s: float) -> dict[str, object]:
        return {"speaker": speaker, "start_s": start_s, "end_s": end_s, "words": []}

    with watch_page(browser, f"{house.url}/login") as page:
        spoken = [said("customer", 1, 5), said("agent", 4, 8), said("customer", 7.8, 9), said("agent", 14, 15)]
        bands = run(page, "timeline/bands.js", "m.bandsOf(v[0], v[1])", spoken, 17)
        waited = run(
            page, "timeline/bands.js", "m.bandsOf(v[0], v[1], v[2])", spoken[3:], 20, [{"start_s": 1, "end_s": 13}]
        )
        comments = [{"comment_id": "1", "reply_to": None}, {"comment_id": "2", "reply_to": "1"}]
        threads = run(page, "review/commentpane.js", "m.threadsOf(v[0])", comments)

    assert bands == [
        {"kind": "talk_over", "start_s": 4, "end_s": 5},
        {"kind": "silence", "start_s": 9, "end_s": 14},
    ]
    assert waited == [
        {"kind": "hold", "start_s": 1, "end_s": 13},
        {"kind": "silence", "start_s": 15, "end_s": 20},
    ]
    assert threads == [{"first": comments[0], "answers": comments[1:]}]
