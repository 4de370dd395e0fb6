"""The service as it comes opens no connection to any other machine, with a call through it."""

import asyncio
import json
import threading
from ipaddress import ip_address
from pathlib import Path

import psutil
import pytest

from qa_monitor.simulator.sender import Line, play
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import a_planned_call, detail, truth_of, words_in
from tests.qa_monitor.service import ServiceProcess, Starting, process

pytestmark = [pytest.mark.slow, pytest.mark.model]

NAME = "en-2-charged-twice"
HOOK = """
import json, socket, sys
asked = open({path!r}, "a", buffering=1)
names = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto",
         "socket.sendmsg", "subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork")
def watch(event, args):
    if event in names:
        asked.write(json.dumps([event, [repr(one) for one in args if not isinstance(one, socket.socket)]]) + "\\n")
sys.addaudithook(watch)
with socket.socket() as proof:
    proof.connect_ex(("127.0.0.1", 9))
"""
"""Notes every address that Python code connects to, looks up or sends to, and every program it starts."""
PROOF = ["socket.connect", ["('127.0.0.1', 9)"]]


class SocketWatch:
    """Looks at the sockets of a process all the while, whoever opened them."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.seen: set[tuple[str, str]] = set()
        """Own and other address of every internet socket."""
        self.looks = 0

    def __enter__(self) -> "SocketWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            self.looks += 1
            for one in self._process.net_connections(kind="inet"):
                self.seen.add((one.laddr.ip, one.raddr.ip if one.raddr else ""))


async def play_a_call(service: ServiceProcess) -> str:
    call = a_planned_call(NAME, until_s=26.5)
    async with console(service.url) as listener:
        (sent,) = await play([call], Line(url=service.url, speed=2))
        assert sent.error is None
        await listener.until(lambda one: one.event == "call" and one.data["state"] == "ended", 120)
    return call.call_id


def test_nothing_is_asked_of_any_other_machine(tmp_path: Path) -> None:
    """Start with no model joined yet, a call with flags and emotion, and the end: loopback only, no name looked up."""
    notes, log = tmp_path / "asked", tmp_path / "log"
    starting = Starting(
        data_dir=tmp_path / "data",
        env={"QA_MONITOR_MODELS_DIR": str(tmp_path / "models")},
        prelude=HOOK.format(path=str(notes)),
    )
    with process(starting, log) as service, SocketWatch(service.process.pid) as watch:
        call_id = asyncio.run(play_a_call(service))
        found = detail(service.url, call_id)

    assert found.flags
    assert any(one.emotion for one in found.utterances)
    asked = [json.loads(line) for line in notes.read_text().splitlines()]
    assert asked[0] == PROOF
    assert [one for one in asked if not is_here(one)] == []
    assert watch.looks > 20
    assert watch.seen
    assert all(ip_address(ip).is_loopback for pair in watch.seen for ip in pair if ip)
    assert words_in(log.read_text(), truth_of(NAME)) == []


def is_here(note: list[object]) -> bool:
    """A connection to this machine's own loopback, or a lookup of its own address."""
    event, args = note
    assert isinstance(args, list)
    return event in ("socket.connect", "socket.getaddrinfo") and "'127.0.0.1'" in str(args[0])
