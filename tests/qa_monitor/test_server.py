"""How the port is opened, what is said when the service cannot start, and how the process ends."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from qa_monitor.server import ServerError
from qa_monitor.simulator.scenario import StreamProtocol, messages
from qa_monitor.simulator.sender import Line, play
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import a_planned_call, detail, dictated
from tests.qa_monitor.service import Running, Starting, process, running, settings_for

NAME = "en-2-charged-twice"
QUIET = a_planned_call(NAME, until_s=0.4)


def test_a_taken_port_is_said_in_words(tmp_path: Path) -> None:
    """Before anything is loaded."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(
                ServerError, match=f"port {port} on 127.0.0.1 is taken by another program: end it, or choose"
            ),
            running(settings_for(tmp_path, port=port), dictated(NAME, QUIET)),
        ):
            pass


def test_what_can_be_no_address_is_said_in_words(tmp_path: Path) -> None:
    with (
        pytest.raises(ServerError, match="cannot listen on 'a.x00b': allowed: "),
        running(settings_for(tmp_path, host="a\x00b", open_loopback=False), dictated(NAME, QUIET)),
    ):
        pass


def test_a_second_service_on_the_same_data_is_refused(tmp_path: Path) -> None:
    """Two writers would damage it; the first goes on."""
    with running(settings_for(tmp_path), dictated(NAME, QUIET)) as service:
        with (
            pytest.raises(Exception, match="another qa-monitor works in this folder"),
            running(settings_for(tmp_path), dictated(NAME, QUIET)),
        ):
            pass
        assert httpx.get(f"{service.url}/readyz").status_code == 200


def test_stopping_ends_streams_and_calls_and_keeps_what_was_said(tmp_path: Path) -> None:
    """Within seconds, with a console listening and a call going on; the call is ended, not interrupted."""
    call = a_planned_call(NAME, until_s=12.5)

    async def test(service: Running) -> None:
        async with (
            console(service.url) as listener,
            connect(f"{service.url.replace('http', 'ws')}/v1/streams/pcm") as stream,
        ):
            for message in list(messages(call, StreamProtocol.PCM))[:-1]:
                await stream.send(message.data)
            await listener.until(lambda told: told.event == "flag")

    settings = settings_for(tmp_path)
    with running(settings, dictated(NAME, call)) as service:
        asyncio.run(test(service))
        began_s = time.monotonic()
    assert time.monotonic() - began_s < 10
    with running(settings, dictated(NAME, call)) as service:
        found = detail(service.url, call.call_id)
    assert found.call.state == "ended"
    assert [flag.rule_id for flag in found.flags] == ["refund"]


def serve_with(folder: Path, *options: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """`qa-monitor serve`, which must end by itself."""
    starting = Starting(data_dir=folder, options=("--open-loopback", *options))
    return subprocess.run(
        starting.arguments(), capture_output=True, text=True, timeout=120, env={**os.environ, **env}, check=False
    )


@pytest.mark.slow
def test_a_taken_port_ends_the_command_with_2_and_one_sentence(tmp_path: Path) -> None:
    """No traceback; nothing was loaded for it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = serve_with(tmp_path, "--port", str(taken.getsockname()[1]))

    assert ended.returncode == 2
    assert "is taken by another program" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_a_model_that_is_not_there_ends_the_command_with_2_and_what_to_do(tmp_path: Path) -> None:
    """Which model, and how to get it."""
    ended = serve_with(tmp_path / "data", QA_MONITOR_MODEL="large-v3", QA_MONITOR_MODELS_DIR=str(tmp_path / "models"))

    assert ended.returncode == 2
    assert "qa-monitor models pull large-v3" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_a_data_folder_nobody_can_write_ends_the_command_with_2(tmp_path: Path) -> None:
    """A file is in its place, which not even root may write into."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    ended = serve_with(in_the_way / "data")

    assert ended.returncode == 2
    assert "choose a folder this user may write to" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
def test_bad_rules_end_the_command_with_2_naming_file_and_line(tmp_path: Path) -> None:
    """As `qa-monitor rules check` would."""
    rules = tmp_path / "bad.yaml"
    rules.write_text("rules:\n  - id: x\n    name: {en: X}\n")
    ended = serve_with(tmp_path / "data", QA_MONITOR_RULES=str(rules))

    assert ended.returncode == 2
    assert f"{rules}:" in ended.stderr.replace("\n", "")
    assert "Traceback" not in ended.stderr


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_on_a_signal_with_a_call_and_a_console_open(number: signal.Signals, tmp_path: Path) -> None:
    """Within ten seconds, exit code 0, no traceback; the call has its end."""
    call = a_planned_call(NAME, until_s=12.5)
    starting, log = Starting(data_dir=tmp_path / "data"), tmp_path / "log"
    with process(starting, log) as service:

        async def test() -> None:
            async with console(service.url) as listener:
                playing = asyncio.create_task(play([call], Line(url=service.url)))
                await listener.until(lambda told: told.event == "call")
                began_s = time.monotonic()
                assert await asyncio.to_thread(service.end, number) == 0
                assert time.monotonic() - began_s < 10
                (sent,) = await playing
                assert "1012" in (sent.error or "")
                assert listener.ended

        asyncio.run(test())
        assert "Traceback" not in service.log()
    with process(starting, log) as service:
        found = detail(service.url, call.call_id)
        assert (found.call.state, found.call.end_reason) == ("ended", "abrupt")
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
