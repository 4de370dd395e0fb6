"""Scores in the running service: made by itself, answered by humans, made once more."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from streams.records import Speaker
from tests.qa_monitor.past import Past, a_past_call, keep
from tests.qa_monitor.routes.test_rules import silent_engine
from tests.qa_monitor.scorecards.cards import CARD
from tests.qa_monitor.service import Running, running, settings_for

pytestmark = pytest.mark.slow

WITHIN_S = 240.0
Json = dict[str, Any]
"""Checked field by field."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With three calls that ended while it was away."""
    folder = tmp_path_factory.mktemp("data")
    said = ((1.0, Speaker.AGENT, "Bonjour, je m'appelle Karim"), (4.0, Speaker.CUSTOMER, "Bonjour"))
    calls = [a_past_call(name, *said) for name in ("c0", "c1", "old")]
    asyncio.run(keep(folder, [begun(call, days=30 if call.call.call_id == "old" else 1) for call in calls]))
    (folder / "scorecards").mkdir()
    (folder / "scorecards" / "support.yaml").write_text(CARD, encoding="utf-8")
    with running(settings_for(folder), silent_engine) as found:
        yield found


def begun(past: Past, *, days: int) -> Past:
    """So many days ago: only calls of the last two are scored by themselves."""
    return replace(past, call=replace(past.call, started_at=datetime.now(UTC) - timedelta(days=days)))


def get(service: Running, path: str) -> Json:
    answer = httpx.get(f"{service.url}{path}", timeout=30)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def until(ask: Callable[[], Json], done: Callable[[Json], bool]) -> Json:
    """The first answer that will do."""
    until_s = time.monotonic() + WITHIN_S
    while not done(found := ask()) and time.monotonic() < until_s:
        time.sleep(0.2)
    return found


def scores_of(service: Running, call_id: str) -> Json:
    return until(lambda: get(service, f"/v1/calls/{call_id}/scores"), lambda found: bool(found["scores"]))


def test_calls_that_ended_are_scored_by_themselves_and_old_ones_are_not(service: Running) -> None:
    """Found again at the start; with the questions that were asked."""
    (score,) = scores_of(service, "c0")["scores"]

    assert (score["total"], score["state"], score["current"]) == (100.0, "machine", True)
    assert [answer["value"] for answer in score["answers"]] == ["yes", "yes", "unanswered"]
    assert score["answers"][1]["spans"][0]["utterance_ids"] == ["1-00001000"]
    assert score["scorecard"]["sections"][0]["questions"][0]["text"]["fr"] == "Salué ?"
    assert get(service, "/v1/calls/old/scores")["scores"] == []


def test_a_human_answers_and_a_rescoring_keeps_it(service: Running) -> None:
    """A changed scorecard is in force without a restart; the old score stays."""
    before = scores_of(service, "c0")["scores"][0]
    path = f"{service.url}/v1/calls/c0/scores/support/answers"
    refused = httpx.put(f"{path}/greeting", json={"value": "no", "reason": ""}, timeout=30)
    unknown = httpx.put(f"{path}/nothing", json={"value": "no", "reason": "r"}, timeout=30)
    answer = httpx.put(f"{path}/greeting", json={"value": "no", "reason": "to a colleague", "by": "eve"}, timeout=30)
    assert (refused.status_code, unknown.status_code, answer.status_code) == (422, 404, 200), answer.text
    assert (answer.json()["total"], answer.json()["failed_by"]) == (0.0, ["greeting"])

    changed = CARD.replace("weight: 2", "weight: 5")
    (service.settings.data_dir / "scorecards" / "support.yaml").write_text(changed, encoding="utf-8")
    card = until(
        lambda: get(service, "/v1/scorecards"), lambda one: one["scorecards"][0]["version"] != before["version"]
    )
    began = httpx.post(f"{service.url}/v1/scorecards/rescoring", json={"calls": "all"}, timeout=60)
    assert began.status_code == 202, began.text
    job = until(lambda: get(service, "/v1/scorecards/rescoring"), lambda one: one["state"] != "running")

    assert (job["state"], job["done"], job["total"], job["changed"]) == ("done", 3, 3, 3), job["problem"]
    found = get(service, "/v1/calls/c0/scores")
    assert [score["version"] for score in found["scores"]] == [card["scorecards"][0]["version"], before["version"]]
    kept = found["scores"][0]["answers"][0]
    assert (kept["value"], kept["by"], kept["machine_value"], kept["reason"]) == ("no", "eve", "yes", "to a colleague")
    assert [said["question_id"] for said in found["overrides"]] == ["greeting"]


def test_drafts_are_checked_and_wrong_questions_refused(service: Running) -> None:
    draft = CARD.replace("rule: greeting_missing", "rule: customer_anger")
    checked = httpx.post(f"{service.url}/v1/scorecards/check", json={"text": draft}, timeout=30).json()
    wrong = httpx.post(f"{service.url}/v1/scorecards/rescoring", json={"calls": "mood:bad"}, timeout=30)

    assert checked["problems"][0]["field"] == "sections[0].questions[0].rule"
    assert wrong.status_code == 422
    assert httpx.get(f"{service.url}/v1/calls/nowhere/scores", timeout=30).status_code == 404


def test_a_rescoring_that_was_stopped_goes_on_and_another_one_begins_anew(service: Running) -> None:
    """One at a time."""
    path = f"{service.url}/v1/scorecards/rescoring"
    began = httpx.post(path, json={"calls": "team:north"}, timeout=60).json()
    busy = httpx.post(path, json={"calls": "all"}, timeout=60)
    stopped = httpx.delete(path, timeout=60).json()
    gone_on = httpx.post(path, json={"calls": "team:north"}, timeout=60).json()
    job = until(lambda: get(service, "/v1/scorecards/rescoring"), lambda one: one["state"] != "running")
    anew = httpx.post(path, json={"calls": "team:north"}, timeout=60).json()
    httpx.delete(path, timeout=60)

    assert (busy.status_code, stopped["state"], gone_on["state"]) == (409, "stopped", "running")
    assert (began["job_id"], job["job_id"]) == (stopped["job_id"], gone_on["job_id"]) == (began["job_id"],) * 2
    assert (job["state"], job["done"], job["problem"]) == ("done", 3, None)
    assert anew["job_id"] != job["job_id"]


def exported(service: Running, **asked: str | int) -> httpx.Response:
    answer = httpx.get(f"{service.url}/v1/exports/scores", params={"format": "jsonl", **asked}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer


def test_scores_are_exported_whole_or_page_by_page_with_who_answered(service: Running) -> None:
    """Once each, the earliest call first; only those in force."""
    whole = [json.loads(line) for line in exported(service).text.splitlines()]
    paged: list[Json] = []
    cursor: dict[str, str] = {}
    while True:
        page = exported(service, limit=2, **cursor)
        paged += [json.loads(line) for line in page.text.splitlines()]
        if "x-next-cursor" not in page.headers:
            break
        cursor = {"cursor": page.headers["x-next-cursor"]}
    current = get(service, "/v1/calls/c0/scores")["scores"][0]
    human = next(row for row in whole if (row["call_id"], row["question_id"]) == ("c0", "greeting"))
    csv = httpx.get(f"{service.url}/v1/exports/scores", params={"team": "nowhere"}, timeout=60)
    wrong = httpx.get(f"{service.url}/v1/exports/scores", params={"cursor": "x"}, timeout=60)

    assert paged == whole
    assert [row["call_id"] for row in whole[::3]] == ["old", "c0", "c1"]
    assert len({(row["call_id"], row["question_id"]) for row in whole}) == len(whole) == 9
    assert (human["answered"], human["answered_by"], human["value"]) == ("human", "eve", "no")
    assert (human["scorecard_version"], human["question_fr"]) == (current["version"], "Salué ?")
    assert {row["answered"] for row in whole if row["question_id"] != "greeting"} == {"machine"}
    assert [line.split(",")[0] for line in csv.text.splitlines()] == ["call_id"]
    assert wrong.status_code == 422
