"""An import is killed in the middle, the service or the command: begun again, every recording is there once."""

import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import soundfile

from qa_monitor.replay.one_call import FOLDER
from qa_monitor.store.database.database import FILE
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.service import ServiceProcess, Starting, process

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(1_800)]

NAME = "en-2-charged-twice"
SECONDS = (6.0, 9.0, 12.0)
"""Of each recording."""
WITHIN_S = 300.0
OVER = re.compile(r"(\d+) brought in, (\d+) were already, (\d+) failed")


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A folder with them, and the file that says when each began."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    lines = ["file,began_at,call_id,language,agent_channel"]
    for number, seconds in enumerate(SECONDS):
        call = a_planned_call(NAME, until_s=seconds)
        soundfile.write(folder / f"{number}.flac", call.samples, call.rate_hz)
        lines.append(f"{number}.flac,2026-03-0{number + 1}T10:00:00Z,call-{number},en,1")
    (folder / "calls.csv").write_text("\n".join(lines))
    return folder


@contextmanager
def importing(service: ServiceProcess, data_dir: Path, recordings: Path) -> Iterator["subprocess.Popen[str]"]:
    """`qa-monitor import` as an operator starts it."""
    code = "from qa_monitor.cli import main\nmain()\n"
    options = ["import", str(recordings), "--metadata", str(recordings / "calls.csv")]
    where = ["--url", service.url, "--data-dir", str(data_dir)]
    with subprocess.Popen(
        [sys.executable, "-c", code, *options, *where], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as command:
        try:
            yield command
        finally:
            if command.poll() is None:
                command.kill()


def states(service: ServiceProcess) -> list[str]:
    found = httpx.get(f"{service.url}/v1/imports", timeout=30).json()["imports"]
    return [str(one["state"]) for one in found]


def until_in_the_middle(service: ServiceProcess) -> None:
    """One recording is in, and the next is being gone through."""
    give_up_s = time.monotonic() + WITHIN_S
    while sorted(states(service)) != ["done", "running"]:
        assert time.monotonic() < give_up_s, states(service)
        time.sleep(0.02)


def said(command: "subprocess.Popen[str]") -> tuple[int, ...]:
    """Brought in, there already, failed."""
    out, _ = command.communicate(timeout=WITHIN_S)
    found = OVER.search(out)
    assert found is not None, out
    assert command.returncode == 0
    return tuple(map(int, found.groups()))


def kept(folder: Path) -> tuple[list[tuple[object, ...]], str]:
    """Every call with its seconds, how often its recording is noted, and its utterances; what SQLite says of it all."""
    connection = sqlite3.connect(folder / FILE)
    rows = connection.execute(
        "SELECT c.call_id, c.duration_s, (SELECT count(*) FROM imports i WHERE i.call_id = c.call_id),"
        " (SELECT count(*) FROM utterances u WHERE u.call_id = c.call_id) > 0 FROM calls c ORDER BY c.call_id"
    ).fetchall()
    (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return rows, str(verdict)


def test_every_recording_is_there_once_after_the_service_was_killed(tmp_path: Path, recordings: Path) -> None:
    """What was in stays, what was under way is gone through again, and nothing of the copy of it is left."""
    folder, log = tmp_path / "data", tmp_path / "log"
    starting = Starting(data_dir=folder)
    with process(starting, log) as service, importing(service, folder, recordings) as command:
        until_in_the_middle(service)
        service.process.send_signal(signal.SIGKILL)
        assert service.process.wait(10) == -signal.SIGKILL
        assert command.wait(60) != 0
    with process(starting, log) as service:
        with importing(service, folder, recordings) as command:
            assert said(command) == (2, 1, 0)
        with importing(service, folder, recordings) as command:
            assert said(command) == (0, 3, 0)
        sounds = [httpx.get(f"{service.url}/v1/calls/call-{n}/audio", timeout=30).status_code for n in range(3)]
        assert service.end(signal.SIGTERM) == 0

    rows, verdict = kept(folder)
    assert rows == [(f"call-{number}", seconds, 1, 1) for number, seconds in enumerate(SECONDS)]
    assert (verdict, sounds) == ("ok", [200, 200, 200])
    assert list((folder / FOLDER).iterdir()) == []


def test_every_recording_is_there_once_after_the_command_was_killed(tmp_path: Path, recordings: Path) -> None:
    """The service goes on with what it was sent; the command says of that what is true."""
    folder, log = tmp_path / "data", tmp_path / "log"
    with process(Starting(data_dir=folder), log) as service:
        with importing(service, folder, recordings) as command:
            until_in_the_middle(service)
            command.send_signal(signal.SIGKILL)
            assert command.wait(10) == -signal.SIGKILL
        with importing(service, folder, recordings) as command:
            brought, before, failed = said(command)
        assert service.end(signal.SIGTERM) == 0

    rows, verdict = kept(folder)
    assert rows == [(f"call-{number}", seconds, 1, 1) for number, seconds in enumerate(SECONDS)]
    assert (brought + before, failed, verdict) == (3, 0, "ok")
    assert before >= 1
