"""What a console can do with a flag over HTTP, and what it is answered when that cannot be."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import numpy as np
import pytest

from alerts.records import Priority
from qa_monitor.config import Settings
from streams.engine.engine import SpeechEngine
from streams.records import Language
from tests.qa_monitor.builders import a_call, a_flag
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.service import Running, running, settings_for
from tests.qa_monitor.storing import a_store

NAMES = ("f1", "f2", "f3", "f4")


def silent_engine(settings: Settings) -> SpeechEngine:
    """Nobody speaks."""
    return Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR).engine()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("data")
    now = datetime.now(UTC)

    async def seed() -> None:
        async with a_store(folder) as store:
            for name in NAMES:
                flag = replace(a_flag(name, priority=Priority.MEDIUM), raised_at=now, rule_id=name)
                await store.save_flag(flag, a_call(started_at=now), now)

    asyncio.run(seed())
    with running(settings_for(folder), silent_engine) as service:
        yield service


def post(service: Running, path: str, body: object = None) -> httpx.Response:
    return httpx.post(f"{service.url}/v1/flags/{path}", json=body, timeout=30)


def test_a_flag_is_drawn_put_off_handed_over_and_closed(service: Running) -> None:
    """Each answers with the flag as it stands then; the last act can be taken back."""
    drawn = post(service, "f1/drawn").json()
    assert drawn["care"]["delivered_to"] == "console"
    put_off = post(service, "f1/snooze", {"minutes": 5}).json()
    assert put_off["care"]["snoozed_until"] is not None
    assert put_off["care"]["act_by"] is None
    handed = post(service, "f1/hand-over", {"to": " Claire ", "word": "You know him."}).json()
    assert (handed["care"]["desk"], handed["care"]["word"], handed["care"]["act"]) == (
        "Claire",
        "You know him.",
        "handed_over",
    )
    closed = post(service, "f1/resolve", {"outcome": "helped"}).json()
    assert (closed["state"], closed["care"]["outcome"]) == ("resolved", "helped")
    assert closed["sequence"] > handed["sequence"] > put_off["sequence"] > drawn["sequence"]
    assert post(service, "f1/undo").json()["state"] == "confirmed"


def test_what_cannot_be_done_is_refused_in_words(service: Running) -> None:
    """404 for a flag that is not kept, 409 for what the flag does not allow, 422 for what means nothing."""
    assert post(service, "f9/snooze", {"minutes": 1}).status_code == 404
    assert post(service, "f2/snooze", {"minutes": 31}).status_code == 422
    assert post(service, "f2/hand-over", {"to": "  "}).status_code == 422
    assert post(service, "f2/resolve", {"outcome": "magic"}).status_code == 422
    refused = post(service, "f2/hand-over", {"to": "everyone"})
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "flag f2 is with everyone already: name another coach",
    )
    assert post(service, "f2/resolve", {"outcome": "nothing"}).status_code == 200
    again = post(service, "f2/resolve", {"outcome": "nothing"})
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "flag f2 is resolved and cannot become resolved; allowed: nothing more",
    )
    assert post(service, "f2/snooze", {"minutes": 1}).status_code == 409
