"""`qa-monitor bench calls` from the command line to the file, and other servers beside it."""

import asyncio
import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from qa_monitor.bench.events import NoStream, events_of
from qa_monitor.bench.figures import figures_of
from qa_monitor.bench.job import Material
from qa_monitor.bench.peers import PeerProgram, PeerResult, known_peers, measure_peers
from qa_monitor.bench.run import Setup
from qa_monitor.cli import app
from qa_monitor.commands.bench import bench_app
from qa_monitor.simulator.planned import StreamProtocol
from tests.qa_monitor.bench_logs import a_call, a_run, without_final

WANTED = {
    "calls",
    "final_p50_s",
    "final_p95_s",
    "partial_p50_s",
    "lost",
    "wer",
    "wer_at_one",
    "cpu_s_per_audio_s",
    "mib_per_call",
}
PEER_PROGRAM = """
import json, sys
from pathlib import Path
if sys.argv[1] == "--list":
    print(json.dumps({"slow": None, "absent": "it is not installed", "broken": None}))
elif sys.argv[1] == "broken":
    sys.exit("broken: it does not start")
else:
    job = json.loads(Path(sys.argv[2]).read_text())
    kept = json.loads(Path(__file__).with_suffix(".json").read_text())
    kept["calls"] = len(job["calls"])
    kept["final_p95_s"] = 0.9 * len(job["calls"])
    Path(sys.argv[3]).write_text(json.dumps(kept))
"""


@pytest.mark.model
@pytest.mark.slow
def test_two_calls_are_played_measured_and_written_down(tmp_path: Path) -> None:
    """Real service, real sockets, real model; the machine may be busy, so how late it is decides nothing here."""
    json_out, plot_out = tmp_path / "calls.json", tmp_path / "calls.svg"
    arguments = ["bench", "calls", "--calls", "2", "--seconds", "9", "--wer-at-one", "0.1", "--material", "bundled"]

    ended = CliRunner().invoke(app, [*arguments, "--json", str(json_out), "--plot", str(plot_out)])

    assert ended.exit_code in (0, 1), ended.output
    written = json.loads(json_out.read_text())
    assert set(written) >= WANTED
    assert written["calls"] == 2
    assert written["utterances"] >= 2
    assert written["finals"] >= 2
    assert written["lost"] < written["utterances"] / 2
    assert written["final_p50_s"] > 0.3
    assert written["wer"] < 0.9
    assert written["wer_at_one"] == 0.1
    assert 0 < written["cpu_s_per_audio_s"] < 5
    assert plot_out.read_text().startswith("<svg")


def a_setup() -> Setup:
    return Setup(seconds=60.0, protocol=StreamProtocol.AUDIOHOOK, material=Material.BUNDLED)


@pytest.fixture
def program(tmp_path: Path) -> PeerProgram:
    """A program that measures other servers: each further call makes the first one 0.9 s slower."""
    path = tmp_path / "peer.py"
    path.write_text(PEER_PROGRAM)
    path.with_suffix(".json").write_bytes(msgspec.json.encode(figures_of(a_run(a_call()))))
    return PeerProgram(module="peer", folder=tmp_path)


def test_other_servers_are_tried_until_they_are_too_slow(program: PeerProgram, tmp_path: Path) -> None:
    told: list[str] = []

    found = measure_peers(program, a_setup(), tmp_path, 2, told.append)

    assert told == ["slow", "broken"]
    assert found["absent"] == PeerResult(limit=None, final_p95_s=None, why="it is not installed")
    assert (found["slow"].limit, found["slow"].final_p95_s) == (2, 1.8)
    assert found["slow"].why == "3 calls: p95 2.70 s"
    assert found["broken"].limit == 0
    assert found["broken"].why == "1 calls: broken: it does not start"


def test_other_servers_may_lose_a_short_utterance_now_and_then(program: PeerProgram, tmp_path: Path) -> None:
    lossy = figures_of(a_run(*(a_call(number) for number in range(5)), without_final(a_call(9), 1)))
    (tmp_path / "peer.json").write_bytes(msgspec.json.encode(lossy))

    found = measure_peers(program, a_setup(), tmp_path, 2, lambda _: None)

    assert (lossy.lost, found["slow"].limit) == (1, 2)
    assert known_peers(program)["absent"] == "it is not installed"


def test_other_servers_are_not_the_product_s_affair() -> None:
    ended = CliRunner().invoke(bench_app, ["calls", "--peers"])

    assert ended.exit_code == 2
    assert "bench/calls.py" in ended.output


def test_a_number_of_times_must_be_a_number() -> None:
    ended = CliRunner().invoke(bench_app, ["calls", "--overload", "2,many"])

    assert ended.exit_code == 2
    assert "--overload" in ended.output


async def _answered(answer: bytes) -> list[tuple[str, str]]:
    async def serve(reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
        await reading.readuntil(b"\r\n\r\n")
        writing.write(answer)
        await writing.drain()
        writing.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return [(event.event, event.data) async for event, _ in events_of(f"http://127.0.0.1:{port}", "/stream")]


def test_events_are_read_whatever_chunks_they_come_in() -> None:
    body = b'event: utterance\r\ndata: {"text":"\xc3\xa9t\xc3\xa9"}\r\n\r\n: ping\r\n\r\nevent: ended\ndata: {}\n\n'
    pieces = [body[:20], body[20:41], body[41:42], body[42:]]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"

    assert asyncio.run(_answered(head + chunks)) == [("utterance", '{"text":"été"}'), ("ended", "{}")]


def test_an_answer_that_is_no_stream_is_told_by_its_status() -> None:
    with pytest.raises(NoStream, match="/stream: answered 404"):
        asyncio.run(_answered(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"))
