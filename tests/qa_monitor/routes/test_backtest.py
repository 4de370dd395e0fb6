"""Drafts tried on past calls over HTTP, on the real application."""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx
import numpy as np
import pytest

from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from streams.records import Speaker
from tests.qa_monitor.backtest.test_jobs import DRAFT
from tests.qa_monitor.past import a_past_call, keep
from tests.qa_monitor.routes.test_rules import silent_engine
from tests.qa_monitor.service import running, settings_for

pytestmark = pytest.mark.slow

WITHIN_S = 300.0


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with three calls that are over; audio is kept of the first."""
    folder = tmp_path_factory.mktemp("data")
    said = (
        [(5.0, Speaker.CUSTOMER, "Je vous quitte.")],
        [(5.0, Speaker.CUSTOMER, "Bonjour.")],
        [(5.0, Speaker.CUSTOMER, "Je vous quitte.")],
    )
    calls = [a_past_call(f"c{number}", *one) for number, one in enumerate(said)]
    asyncio.run(keep(folder, calls))
    audio = AudioFiles(folder / AUDIO_FOLDER, floor_bytes=0)
    audio.open(calls[0].call)
    audio.append(calls[0].call.call_id, 0.0, np.zeros((80_000, 2), dtype=np.int16))
    audio.close(calls[0].call.call_id)
    with running(settings_for(folder), silent_engine) as service:
        yield f"{service.url}/v1/rules/test"


def test_a_draft_is_tested_and_the_report_asked_for(url: str) -> None:
    """Only the rules that the draft changes."""
    answer = httpx.post(url, json={"text": DRAFT, "calls": "language:fr"}, timeout=30)
    assert answer.status_code == 202, answer.text
    test = answer.json()
    until_s = time.monotonic() + WITHIN_S
    while test["state"] == "running" and time.monotonic() < until_s:
        test = httpx.get(f"{url}/{test['test_id']}", timeout=30).json()

    assert (test["state"], test["done"]) == ("done", 3), test["problem"]
    (rule,) = test["report"]["rules"]
    assert rule["rule_id"] == "leaves"
    clips = {one["call_id"]: one["clip"] for one in rule["difference"]["only_new_first"]}
    assert clips.keys() == {"c0", "c2"}
    assert clips["c2"] is None
    heard = httpx.get(urljoin(url, clips["c0"]), timeout=30)
    assert heard.headers["content-type"] == "audio/wav", heard.text


def test_a_test_can_be_cancelled_and_stays_so(url: str) -> None:
    test_id = httpx.post(url, json={"text": DRAFT}, timeout=30).json()["test_id"]

    assert httpx.post(url, json={"text": DRAFT}, timeout=30).status_code == 409
    assert httpx.delete(f"{url}/{test_id}", timeout=30).json()["state"] == "cancelled"
    assert httpx.get(f"{url}/{test_id}", timeout=30).json()["state"] == "cancelled"


def test_a_draft_with_mistakes_is_answered_with_them(url: str) -> None:
    answer = httpx.post(url, json={"text": DRAFT.replace("leaves", "Leaves")}, timeout=30).json()

    assert (answer["test_id"], answer["state"]) == (None, "failed")
    assert answer["problems"][0]["line"] == 3


@pytest.mark.parametrize(
    "body", [{"text": DRAFT, "calls": "colour:red"}, {"text": "lists: {rivals: {fr: [chez bidule]}}\n"}]
)
def test_what_cannot_be_tested_is_refused(url: str, body: dict[str, str]) -> None:
    """A query that means nothing; a draft that changes no rule."""
    assert httpx.post(url, json=body, timeout=30).status_code == 422


def test_a_test_nobody_knows_is_not_found(url: str) -> None:
    assert httpx.get(f"{url}/none", timeout=30).status_code == 404
    assert httpx.delete(f"{url}/none", timeout=30).status_code == 404
