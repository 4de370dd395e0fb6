"""The other side of the ingest benchmark, in a process of its own: many calls at absolute times, as cheaply as can be.

python -m bench.ingesting.client PORT PROTOCOL CALLS FRAMES    plays the calls and writes what it measured to stdout.
"""

import json
import select
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.ingesting.frames import SLOTS, AudioHookScript, Script, TwilioAudio, TwilioScript, frame

LEAST_WAIT_S = 0.0005
"""Pieces that are due within this time are sent together."""
LEAD_S = 0.5
CLOSE_WITHIN_S = 10.0


def scripts(protocol: str, calls: int) -> Sequence[Script]:
    """The calls to play."""
    if protocol == "twilio":
        audio = TwilioAudio()
        return [TwilioScript(number, audio) for number in range(calls)]
    return [AudioHookScript(number) for number in range(calls)]


@dataclass(slots=True)
class Wire:
    """One connection of one call."""

    script: Script
    socket: socket.socket
    unread: bytearray = field(default_factory=bytearray)
    ended: bool = False

    def send(self, data: bytes) -> None:
        """All of it; waits where the server does not read."""
        if not data or self.ended:
            return
        try:
            self.socket.sendall(data)
        except OSError:
            self.ended = True

    def read(self, now_s: float) -> None:
        """Take what the server said; answers its pings."""
        try:
            data = self.socket.recv(65_536)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return
        self.unread += data
        while self._take(now_s):
            pass

    def _take(self, now_s: float) -> bool:
        """One whole frame, unmasked as a server's are; False where there is none."""
        unread = self.unread
        if len(unread) < 2:
            return False
        size, head = unread[1], 2
        if size == 126:
            size, head = int.from_bytes(unread[2:4], "big"), 4
        if len(unread) < head + size:
            return False
        opcode, payload = unread[0] & 15, bytes(unread[head : head + size])
        del unread[: head + size]
        if opcode == 1:
            self.script.hear(payload.decode(), now_s)
        elif opcode == 9:
            self.send(frame(10, payload))
        elif opcode == 8:
            self.send(frame(8, payload))
        return True


def connect(port: int, script: Script) -> Wire:
    """Upgrade and open one call."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(
        f"GET {script.path}?{script.session_id} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = connection.recv(4096)
        if not more:
            raise ConnectionError(f"the server hung up: {answer!r}")
        answer += more
    if b" 101 " not in answer.splitlines()[0]:
        raise ConnectionError(f"no upgrade: {answer!r}")
    wire = Wire(script, connection)
    wire.unread += answer.partition(b"\r\n\r\n")[2]
    wire.send(script.opening())
    return wire


class Playing:
    """All calls at once, on one thread."""

    def __init__(self, wires: Sequence[Wire]) -> None:
        self._wires = wires
        self._by_fd = {wire.socket.fileno(): wire for wire in wires}
        self._poll = select.epoll()
        for fd in self._by_fd:
            self._poll.register(fd, select.EPOLLIN)
        self.late_s: list[float] = []

    def play(self, frames: int) -> None:
        """Every piece at its time; a piece that is late is sent at once, and its delay is counted."""
        frame_s = self._wires[0].script.frame_s
        slots = sorted(
            ((slot / SLOTS + place / len(self._wires) / SLOTS) * frame_s, place, slot)
            for place in range(len(self._wires))
            for slot in range(SLOTS)
        )
        began_s = time.monotonic() + LEAD_S
        for number in range(frames):
            for offset_s, place, slot in slots:
                due_s = began_s + number * frame_s + offset_s
                now_s = self._wait(due_s)
                wire = self._wires[place]
                wire.send(wire.script.piece(number, slot, now_s))
            self.late_s.append(max(0.0, time.monotonic() - due_s))
        self._wait(began_s + frames * frame_s)

    def close(self) -> None:
        """End every call, and wait until the server has closed every connection."""
        for wire in self._wires:
            wire.send(wire.script.closing())
        until_s = time.monotonic() + CLOSE_WITHIN_S
        while time.monotonic() < until_s and not all(wire.ended for wire in self._wires):
            self._read(0.05)
        for wire in self._wires:
            wire.socket.close()

    def _wait(self, due_s: float) -> float:
        now_s = time.monotonic()
        while now_s < due_s - LEAST_WAIT_S:
            self._read(due_s - now_s)
            now_s = time.monotonic()
        return now_s

    def _read(self, within_s: float) -> None:
        heard = self._poll.poll(within_s)
        now_s = time.monotonic()
        for fd, _ in heard:
            wire = self._by_fd[fd]
            wire.read(now_s)
            if wire.ended:
                self._poll.unregister(fd)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies; 0 of nothing."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def tell(line: str) -> None:
    """One line to whoever started this process."""
    print(line, flush=True)


def main() -> None:
    """Play and report."""
    port, protocol, calls, frames = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    wires = [connect(port, script) for script in scripts(protocol, calls)]
    playing = Playing(wires)
    tell("connected")
    before_s, began_s = time.process_time(), time.monotonic()
    playing.play(frames)
    cpu_share = (time.process_time() - before_s) / (time.monotonic() - began_s)
    lost = sum(wire.ended for wire in wires)
    tell("played")
    sys.stdin.readline()
    playing.close()
    round_trips_s = [each for wire in wires for each in wire.script.round_trips_s]
    report = {
        "cpu_share": cpu_share,
        "late_p99_ms": percentile(playing.late_s, 0.99) * 1000,
        "hung_up": lost,
        "pong_p99_ms": percentile(round_trips_s, 0.99) * 1000 if round_trips_s else None,
        "pongs": len(round_trips_s),
    }
    tell(json.dumps(report))


if __name__ == "__main__":
    main()
