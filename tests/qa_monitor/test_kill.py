"""The process is killed in the middle of a call: what a console had seen is still there."""

import asyncio
import io
import signal
import sqlite3
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile

from qa_monitor.schemas.flags import FlagsJson
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.simulator.sender import Line, play
from qa_monitor.store.database.database import FILE
from tests.qa_monitor.listening import Told, console
from tests.qa_monitor.playing import a_planned_call, detail, truth_of, words_in
from tests.qa_monitor.service import ServiceProcess, Starting, process

pytestmark = [pytest.mark.slow, pytest.mark.model]

NAME = "en-2-charged-twice"


async def seen_before_the_kill(service: ServiceProcess, call: PlannedCall) -> list[Told]:
    """Stream a call; kill the service the moment its first flags are on a console."""
    async with console(service.url) as listener:
        await listener.until(lambda one: one.event == "snapshot")
        playing = asyncio.create_task(play([call], Line(url=service.url, speed=1.5)))
        await listener.until(lambda one: one.event == "flag", 120)
        service.process.send_signal(signal.SIGKILL)
        (sent,) = await playing
        assert sent.error is not None, "the call was to be cut off"
        return list(listener.told)


def test_what_a_console_had_seen_survives_a_kill(tmp_path: Path) -> None:
    """Flags, the audio so far, and a call marked as interrupted; the console resumes where it was."""
    call, folder = a_planned_call(NAME), tmp_path / "data"
    starting, log = Starting(data_dir=folder), tmp_path / "log"
    with process(starting, log) as service:
        told = asyncio.run(seen_before_the_kill(service, call))
        assert service.process.wait(10) == -signal.SIGKILL
    seen = {str(one.data["flag_id"]): one for one in told if one.event == "flag"}
    last_id = [one.id for one in told if one.id is not None][-1]

    with process(starting, log) as service:
        flags = FlagsJson.model_validate_json(httpx.get(f"{service.url}/v1/flags?open=false").content).flags
        found = detail(service.url, call.call_id)
        audio = httpx.get(f"{service.url}/v1/calls/{call.call_id}/audio")
        peaks = httpx.get(f"{service.url}/v1/calls/{call.call_id}/peaks")
        came_back = asyncio.run(coming_back(service, last_id))
        assert service.end(signal.SIGTERM) == 0

    kept = {flag.flag_id: flag for flag in flags}
    assert seen.keys() <= kept.keys()
    assert all(kept[flag_id].evidence.text for flag_id in seen)
    assert (found.call.state, found.call.end_reason) == ("interrupted", "interrupted")
    assert found.utterances
    samples, rate_hz = soundfile.read(io.BytesIO(audio.content), dtype="int16", always_2d=True)
    assert len(samples) > rate_hz
    assert np.array_equal(samples, call.samples[: len(samples)])
    assert peaks.json()["duration_s"] == pytest.approx(len(samples) / rate_hz, abs=0.05)
    assert found.call.duration_s >= max(flag.raised_s for flag in found.flags)
    assert "resync" not in came_back
    assert integrity(folder) == "ok"
    assert "Traceback" not in log.read_text()
    assert words_in(log.read_text(), truth_of(NAME)) == []


async def coming_back(service: ServiceProcess, last_id: str) -> list[str]:
    """What a page hears that reconnects by itself, up to the first sign of life."""
    async with console(service.url, after=last_id) as listener:
        await listener.until(lambda one: one.event == "heartbeat")
        return [one.event for one in listener.told]


def integrity(folder: Path) -> str:
    """What SQLite says of the file."""
    connection = sqlite3.connect(folder / FILE)
    (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return str(verdict)
