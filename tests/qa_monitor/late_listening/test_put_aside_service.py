"""More calls than may be followed, over real sockets: one is followed, the others come out whole afterwards."""

import asyncio
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from qa_monitor.erasing.records import digest_of
from qa_monitor.erasing.schemas import ErasedJson
from qa_monitor.erasing.traces import count_traces
from qa_monitor.records.calls import BACKLOG
from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.simulator.sender import Line, play
from qa_monitor.store.database.database import FILE
from qa_monitor.store.unheard.sealed import UNHEARD_FOLDER, SealedFiles
from streams.records import CallId
from tests.qa_monitor.playing import a_planned_call, detail, dictated, standing, truth_of
from tests.qa_monitor.service import ServiceProcess, Starting, process, running, settings_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

NAME = "en-2-charged-twice"
WITHIN_S = 240.0


def until(met: Callable[[], bool], within_s: float = WITHIN_S) -> None:
    give_up_s = time.monotonic() + within_s
    while not met():
        assert time.monotonic() < give_up_s
        time.sleep(0.2)


def text_of(found: CallDetailJson) -> str:
    return " ".join(one.text for one in found.utterances)


def scored(url: str, call_id: str) -> bool:
    return bool(httpx.get(f"{url}/v1/calls/{call_id}/scores", timeout=30).json()["scores"])


async def played(url: str, calls: list[PlannedCall]) -> None:
    """One shortly after the other: the first comes first."""
    tasks = []
    for call in calls:
        tasks.append(asyncio.create_task(play([call], Line(url=url, speed=1.5))))
        await asyncio.sleep(1.0)
    for task in tasks:
        (sent,) = await task
        assert sent.error is None


def test_the_call_that_came_first_stays_followed_and_the_others_come_whole_afterwards(tmp_path: Path) -> None:
    """With their text, flags and score; what is followed comes to what it comes to alone."""
    first = a_planned_call(NAME, call_id="first", until_s=30)
    calls = [first, *(replace(first, call_id=CallId(name)) for name in ("second", "third"))]

    with running(settings_for(tmp_path, follow_calls=1), dictated(NAME, first)) as service:
        asyncio.run(played(service.url, calls))
        until(lambda: all(detail(service.url, call.call_id).call.blind is None for call in calls))
        until(lambda: all(scored(service.url, call.call_id) for call in calls))
        found = [detail(service.url, call.call_id) for call in calls]

    followed, *recorded = found
    assert not any(one.late for one in followed.utterances)
    assert all(one.late for call in recorded for one in call.utterances)
    assert len({text_of(call) for call in found}) == 1
    assert len(text_of(followed).split()) >= 0.9 * sum(
        len(line.text.split()) for line in truth_of(NAME).utterances if line.end_s <= 30
    )
    rules = [{rule for rule, _, _ in standing(call)} for call in found]
    assert rules[0] == rules[1] == rules[2]
    assert "refund" in rules[0]
    assert not list((tmp_path / UNHEARD_FOLDER).glob("*"))


@pytest.mark.model
def test_a_recorded_call_that_waits_is_deleted_at_once_with_its_sound(tmp_path: Path) -> None:
    """While it is listened to; nothing of it is left, not even sealed. Another that waits is heard all the same."""
    call, folder, log = a_planned_call(NAME, call_id="gone-for-good"), tmp_path / "data", tmp_path / "log"
    other = a_planned_call(NAME, call_id="other", until_s=8)
    starting = Starting(data_dir=folder, env={"QA_MONITOR_FOLLOW_CALLS": "0"})
    with process(starting, log) as service:
        asyncio.run(cut_off(service, call, folder, other))
        assert service.process.wait(10) == -signal.SIGKILL
    sealed = folder / UNHEARD_FOLDER / digest_of(CallId("gone-for-good"))
    size = sealed.stat().st_size
    with process(starting, log) as service:
        until(lambda: any((folder / "replays").glob("*/*")))
        answer = httpx.delete(f"{service.url}/v1/calls/gone-for-good", params={"search": "true"}, timeout=120)
        assert answer.status_code == 200, answer.text
        done = ErasedJson.model_validate_json(answer.content)
        assert not sealed.exists()
        assert httpx.get(f"{service.url}/v1/calls/gone-for-good").status_code == 404
        until(lambda: detail(service.url, "other").call.blind is None)
        assert detail(service.url, "other").utterances
        assert service.end(signal.SIGTERM) == 0

    assert (done.call_digest, done.rows["unheard"], done.traces) == (digest_of(CallId("gone-for-good")), 1, 0)
    assert done.audio_bytes >= size
    assert count_traces(folder, [b"gone-for-good"]) == 0
    assert "Traceback" not in log.read_text()


@pytest.mark.model
def test_a_deletion_that_a_kill_cut_short_is_asked_for_again(tmp_path: Path) -> None:
    """The sound goes first: a call without it is still listed, says that text is missing, and can be deleted."""
    call, folder, log = a_planned_call(NAME, call_id="gone-for-good"), tmp_path / "data", tmp_path / "log"
    starting = Starting(data_dir=folder, env={"QA_MONITOR_FOLLOW_CALLS": "0"})
    with process(starting, log) as service:
        asyncio.run(cut_off(service, call, folder))
        assert service.process.wait(10) == -signal.SIGKILL
    assert SealedFiles(folder / UNHEARD_FOLDER, 0).erase(CallId("gone-for-good")).files == 1
    with process(starting, log) as service:
        until(lambda: detail(service.url, "gone-for-good").call.blind == BACKLOG)
        answer = httpx.delete(f"{service.url}/v1/calls/gone-for-good", params={"search": "true"}, timeout=120)
        assert (answer.status_code, answer.json()["traces"]) == (200, 0)
        assert httpx.get(f"{service.url}/v1/calls/gone-for-good").status_code == 404


async def cut_off(service: ServiceProcess, call: PlannedCall, data_dir: Path, *before: PlannedCall) -> None:
    """Kill the service once some seconds of the call lie sealed on the disk; `before`: calls that began earlier."""
    playing = asyncio.create_task(play([call, *before], Line(url=service.url, speed=1.0)))
    give_up_s = time.monotonic() + WITHIN_S
    while await asyncio.to_thread(sealed_bytes, data_dir) < 14 * 2 * 2 * call.rate_hz:
        assert time.monotonic() < give_up_s
        await asyncio.sleep(0.1)
    service.process.send_signal(signal.SIGKILL)
    await playing


def sealed_bytes(data_dir: Path) -> int:
    return sum(path.stat().st_size for path in (data_dir / UNHEARD_FOLDER).glob("*"))


@pytest.mark.model
def test_a_recorded_call_survives_a_kill_in_its_middle_and_another_while_it_is_listened_to(tmp_path: Path) -> None:
    """All that had come is there once: text, flags and sound."""
    call, folder, log = a_planned_call(NAME, call_id="killed"), tmp_path / "data", tmp_path / "log"
    starting = Starting(data_dir=folder, env={"QA_MONITOR_FOLLOW_CALLS": "0"})
    with process(starting, log) as service:
        asyncio.run(cut_off(service, call, folder))
        assert service.process.wait(10) == -signal.SIGKILL
    with process(starting, log) as service:
        until(lambda: any((folder / "replays").glob("*/*")))
        service.process.send_signal(signal.SIGKILL)
        assert service.process.wait(10) == -signal.SIGKILL
    with process(starting, log) as service:
        until(lambda: detail(service.url, "killed").call.blind is None)
        found = detail(service.url, "killed")
        audio = httpx.get(f"{service.url}/v1/calls/killed/peaks", timeout=30).json()
        assert service.end(signal.SIGTERM) == 0

    assert found.call.state == "interrupted"
    assert found.call.duration_s is not None
    assert found.call.duration_s >= 13
    assert audio["duration_s"] == pytest.approx(found.call.duration_s, abs=1.0)
    assert found.utterances
    assert all(one.late for one in found.utterances)
    starts = [(one.channel, one.start_s) for one in found.utterances]
    assert len(starts) == len(set(starts))
    assert {rule for rule, _, _ in standing(found)} >= {"refund"}
    with sqlite3.connect(folder / FILE) as connection:
        assert connection.execute("SELECT count(*) FROM unheard").fetchone() == (0,)
    assert sealed_bytes(folder) == 0
    assert "Traceback" not in log.read_text()
