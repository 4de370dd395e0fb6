"""`qa-monitor simulate`: exit codes, words, and the quick check of an installation."""

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rich.console import Console
from typer.testing import CliRunner
from websockets.sync.server import Server, ServerConnection, serve

from qa_monitor.cli import app
from qa_monitor.simulator.checking import a_sample
from qa_monitor.simulator.line import Line
from qa_monitor.simulator.run import SimulationOptions, run_check, run_simulation
from qa_monitor.simulator.scenario import StreamProtocol


@contextmanager
def a_service(hangs_up: Callable[[ServerConnection], None]) -> Iterator[str]:
    """A listener in a thread; `hangs_up` is called once the source has said that the call is over."""

    def answer(socket: ServerConnection) -> None:
        for message in socket:
            if isinstance(message, str) and '"end"' in message:
                hangs_up(socket)

    server: Server
    with serve(answer, "127.0.0.1", 0, compression=None) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        finally:
            server.shutdown()
            thread.join()


def shown_by(run: Callable[[Console], int]) -> tuple[int, str]:
    """Exit code and what was printed."""
    console = Console(width=200, record=True, file=io.StringIO())
    return run(console), console.export_text()


def options_for(url: str) -> SimulationOptions:
    return SimulationOptions(files=[], url=url, protocol=StreamProtocol.PCM)


def test_a_check_tells_every_step() -> None:
    """Each with its second."""
    with a_service(lambda socket: socket.close()) as url:
        code, shown = shown_by(lambda console: run_check(options_for(url), Line(url=url, speed=50), console))

    assert code == 0
    for step in ("connected to ws://127.0.0.1", "sent 5.0 s of sound", "closed with 1000"):
        assert step in shown


def test_a_check_that_fails_says_why() -> None:
    """The service's own reason, and exit code 1."""
    with a_service(lambda socket: socket.close(1008, "no such tenant")) as url:
        code, shown = shown_by(lambda console: run_check(options_for(url), Line(url=url, speed=50), console))

    assert code == 1
    assert "the service closed the connection with 1008: no such tenant" in shown


def test_a_recording_is_played_to_its_end(tmp_path: Path) -> None:
    """Exit code 0."""
    path = tmp_path / "call.wav"
    soundfile.write(path, np.zeros((4000, 2), np.int16), 8000)
    with a_service(lambda socket: socket.close()) as url:
        options = SimulationOptions(files=[path], url=url)
        code, _ = shown_by(lambda console: run_simulation(options, Line(url=url, speed=50), console))

    assert code == 0


def test_a_recording_the_protocol_cannot_carry_is_2(tmp_path: Path) -> None:
    """Nothing is sent; the reason is said."""
    path = tmp_path / "mono.wav"
    soundfile.write(path, np.zeros((800, 1), np.int16), 8000)
    options = SimulationOptions(files=[path], protocol=StreamProtocol.LCA)
    line = Line(url="http://127.0.0.1:1", protocol=StreamProtocol.LCA)

    code, shown = shown_by(lambda console: run_simulation(options, line, console))

    assert code == 2
    assert "lca carries two people apart" in shown


def test_the_sample_has_each_channel_in_turn() -> None:
    """Never both at once, and five seconds long."""
    sample = a_sample()

    assert sample.samples.shape == (40_000, 2)
    assert not (sample.samples[:, 0] * sample.samples[:, 1]).any()
    assert all(np.abs(sample.samples[:, channel]).max() > 2000 for channel in (0, 1))


@pytest.mark.parametrize(
    ("arguments", "code", "wanted"),
    [
        (["--fault", "help"], 0, "stall"),
        ([], 2, "give a recording, or --check"),
        (["--check", "--fault", "nonsense"], 2, "--fault: found 'nonsense'; allowed: loss, "),
        (["--check", "--protocol", "vonage", "--fault", "swapped"], 2, "vonage cannot have it"),
        (["--check", "--protocol", "twilio", "--codec", "pcm16"], 2, "codec: twilio carries mulaw, not pcm16"),
        (["--check", "--url", "host"], 2, "url: an address such as http://127.0.0.1:8080 is needed"),
        (["--check", "--url", "http://127.0.0.1:1"], 1, "start the service with `qa-monitor serve`"),
        (["--check", "--protocol", "audiosocket", "--url", "http://127.0.0.1:1"], 1, "nothing listens at"),
        (
            ["--check", "--protocol", "audiohook", "--secret", "not base64!", "--url", "http://127.0.0.1:1"],
            1,
            "--secret: the client secret is base64 text",
        ),
    ],
)
def test_the_command_says_what_is_wrong(arguments: list[str], code: int, wanted: str) -> None:
    """Exit code 2 for what was asked, 1 for what became of it."""
    result = CliRunner().invoke(app, ["simulate", *arguments])

    assert result.exit_code == code
    assert wanted in " ".join(result.output.split())
