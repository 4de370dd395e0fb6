"""The disk is full while a call goes on: consoles are told all the same, and saving goes on by itself afterwards."""

import asyncio
import resource
import sqlite3
from pathlib import Path

import httpx
import pytest

from qa_monitor.schemas.flags import FlagsJson
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.simulator.sender import Line, play
from qa_monitor.store.database.database import FILE
from tests.qa_monitor.listening import Told, console
from tests.qa_monitor.playing import a_planned_call, detail
from tests.qa_monitor.service import ServiceProcess, Starting, process

pytestmark = [pytest.mark.slow, pytest.mark.model]

NAME = "en-2-charged-twice"
FULL = 4096
"""Bytes beyond which no file of the service grows: what is longer already cannot grow at all."""


def set_limit(service: ServiceProcess, size: int) -> None:
    """To the running process, a file that may not grow is a disk without room."""
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def call_on_a_full_disk(service: ServiceProcess, call: PlannedCall) -> list[Told]:
    """Full from just after the call began until its first flag was told."""
    async with console(service.url) as listener:
        playing = asyncio.create_task(play([call], Line(url=service.url, speed=1.5)))
        await listener.until(lambda one: one.event == "call")
        set_limit(service, FULL)
        await listener.until(lambda one: one.event == "flag", 60)
        await listener.until(lambda one: one.event == "heartbeat" and one.data["saving"] is False)
        ready = await asyncio.to_thread(httpx.get, f"{service.url}/readyz", timeout=30)
        assert (ready.status_code, ready.json()["ready"]) == (503, False)
        set_limit(service, resource.RLIM_INFINITY)
        await listener.until(lambda one: one.event == "flag" and one.data["saved"] is True, 30)
        (sent,) = await playing
        assert sent.error is None, "the call goes on, whatever the disk does"
        await listener.until(lambda one: one.event == "call" and one.data["state"] == "ended", 60)
        return list(listener.told)


def test_flags_are_told_unsaved_and_saved_when_there_is_room(tmp_path: Path) -> None:
    """The same flag, first without a number, then with one; the service needs no restart, and logs no traceback."""
    call, log = a_planned_call(NAME, until_s=33), tmp_path / "log"
    log.write_text(" " * FULL + "\n")  # not even the log has room
    with process(Starting(data_dir=tmp_path / "data"), log) as service:
        told = asyncio.run(call_on_a_full_disk(service, call))
        flags = FlagsJson.model_validate_json(httpx.get(f"{service.url}/v1/flags?open=false").content).flags
        found = detail(service.url, call.call_id)
        ready = httpx.get(f"{service.url}/readyz")

    changes = [(one.data["flag_id"], one.data["saved"], one.id is not None) for one in told if one.event == "flag"]
    first = changes[0][0]
    assert changes[0] == (first, False, False)
    assert (first, True, True) in changes
    assert {flag.rule_id for flag in flags} == {"refund", "legal_threat"}
    assert {flag.flag_id for flag in flags} == {one for one, _, _ in changes}
    assert all(flag.saved for flag in flags)
    assert (found.call.state, ready.status_code) == ("ended", 200)
    assert [one.data["saving"] for one in told if one.event == "heartbeat"][-1] is True
    connection = sqlite3.connect(tmp_path / "data" / FILE)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert "Traceback" not in log.read_text()
