"""Ingest alone: many calls at real pace on one server process, a client beside it; lost frames, loop lag, memory.

    python bench/ingest.py [--protocol audiohook|twilio] [--calls N] [--seconds S] [--json OUT] [--profile OUT]

The server process has the service's own sockets and dialects, and nothing behind them: no voice activity, no speech.
The client process sends frames built beforehand at absolute times. AudioHook calls send stereo PCMU in frames of 200 ms
and pings; Twilio calls send both tracks of mu-law in frames of 20 ms. A frame is lost when its samples were not handed
on. The exit status is 0 unless a call was lost entirely.
"""

import argparse
import contextlib
import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
FRAME_SAMPLES = {"twilio": 160, "audiohook": 1600}
RATE_HZ = 8000
CHANNELS = 2
WARM_UP = (4, 10)
"""Calls and frames before memory is looked at for the first time: what one call loads is not counted per call."""


class Process:
    """One of the two processes, spoken to line by line."""

    def __init__(self, part: str, *arguments: object) -> None:
        self._name = part
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"bench.ingesting.{part}", *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self) -> None:
        """Let it go on."""
        print(file=self._pipe(self._process.stdin), flush=True)

    def hear(self) -> str:
        """Its next line."""
        line: str = self._pipe(self._process.stdout).readline()
        if not line:
            raise SystemExit(f"{self._name} ended with {self._process.wait()}")
        return line

    def end(self) -> None:
        """Wait for its end, or end it where it was left in the middle."""
        self._pipe(self._process.stdin).close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _pipe(self, pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@contextlib.contextmanager
def process(part: str, *arguments: object) -> Iterator[Process]:
    """A process that is ended."""
    started = Process(part, *arguments)
    try:
        yield started
    finally:
        started.end()


def measure(protocol: str, calls: int, seconds: float, profile: Path | None) -> dict[str, object]:
    """One run."""
    frames = round(seconds * RATE_HZ / FRAME_SAMPLES[protocol])
    with process("server", protocol, *([profile.resolve()] if profile else [])) as server:
        port = json.loads(server.hear())["port"]
        with process("client", port, protocol, WARM_UP[0], WARM_UP[1]) as client:
            play_through(client)
        server.say()
        server.hear()
        with process("client", port, protocol, calls, frames) as client:
            client.hear()
            server.say()
            client.hear()
            server.say()
            load = json.loads(server.hear())
            client.say()
            played = json.loads(client.hear())
        server.say()
        heard = json.loads(server.hear())
    return figures(protocol, calls, frames, {"load": load, "played": played, "heard": heard})


def play_through(client: Process) -> None:
    """All of a client's steps."""
    client.hear()
    client.hear()
    client.say()
    client.hear()


def figures(protocol: str, calls: int, frames: int, told: Mapping[str, Mapping[str, Any]]) -> dict[str, object]:
    """What is written down."""
    load, played, heard = told["load"], told["played"], told["heard"]
    whole = frames * FRAME_SAMPLES[protocol]
    heard_samples = [
        channels.get(str(channel), 0) for channels in heard["samples"].values() for channel in range(CHANNELS)
    ]
    heard_samples += [0] * (calls * CHANNELS - len(heard_samples))
    missing = sum(max(0, whole - samples) for samples in heard_samples)
    return {
        "protocol": protocol,
        "calls": calls,
        "seconds": whole / RATE_HZ,
        "frames": calls * CHANNELS * frames,
        "lost_frames": math.ceil(missing / FRAME_SAMPLES[protocol]),
        "lost_calls": calls - len(heard["samples"]),
        "gaps": heard["gaps"],
        "uneven_channels": sum(len(set(each.values())) > 1 for each in heard["samples"].values()),
        "ended": heard["reasons"],
        "rejected": heard["rejected"],
        "hung_up": played["hung_up"],
        "loop_lag_p50_ms": round(load["loop_lag_p50_ms"], 2),
        "loop_lag_p99_ms": round(load["loop_lag_p99_ms"], 2),
        "loop_lag_max_ms": round(load["loop_lag_max_ms"], 2),
        "kib_per_call": round(load["kib"] / calls, 1),
        "pong_p99_ms": None if played["pong_p99_ms"] is None else round(played["pong_p99_ms"], 2),
        "cpu_share": round(load["cpu_share"], 3),
        "client_cpu_share": round(played["cpu_share"], 3),
        "client_late_p99_ms": round(played["late_p99_ms"], 2),
        "machine": f"{os.cpu_count()} x {_processor()}, {platform.system()} {platform.release()}, {load['loop']}",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--protocol", choices=sorted(FRAME_SAMPLES), default="audiohook")
    parser.add_argument("--calls", type=int, help="400 of AudioHook, 100 of Twilio")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long each call lasts")
    parser.add_argument("--json", type=Path, dest="json_out", help="write the figures here")
    parser.add_argument("--profile", type=Path, help="write a profile of the server here; slows it down")
    return parser.parse_args()


def main() -> None:
    """Measure, print, write."""
    options = parse()
    calls = options.calls or (400 if options.protocol == "audiohook" else 100)
    found = measure(options.protocol, calls, options.seconds, options.profile)
    for name, value in found.items():
        print(f"{name:>20}  {value}")
    if options.json_out:
        options.json_out.write_text(json.dumps(found, indent=2) + "\n")
    sys.exit(1 if found["lost_calls"] else 0)


if __name__ == "__main__":
    main()
