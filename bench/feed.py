"""The flag feed under load: how long a flag takes to two hundred consoles, and whether any of them misses one.

    python bench/feed.py --json OUT [--consoles 200] [--per-minute 50] [--seconds 60] [--cuts 1000]

The service is whole, with its store on disk; in place of speech, flags are handed to its feed as calls hand them. All
consoles are in one process of their own and read server-sent events from real sockets. `p99_ms` is from the moment a
flag is decided, before it is saved, until a console has read its event to the end; in stretches without and with one
more console that reads nothing, in turn, whose 99th percentiles `stalled_change` compares (0.05: 5 % slower with it).
Then connections break at random moments while flags go on: `missing` and `twice` count changes over all consoles, as
they are saved; `told_before_saved` counts what came before that, because the disk took longer than the feed waits.
`server_cpu_ms_per_flag` is the service's processor time, heartbeats to all consoles and all else included, by the
number of flags. The exit status is 1 where one is missing or comes twice.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, from anywhere

from bench.feeding.shown import Change, difference  # noqa: E402 - needs the line above

STORM_PER_MINUTE = 300.0
"""Flags a minute while connections break; each is raised, confirmed and resolved."""
ROUNDS = 3
"""Stretches without, and with, a console that reads nothing."""


class Process:
    """One of the two others, spoken to line by line."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._name = module
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def say(self, order: object) -> None:
        """One order."""
        print(json.dumps(order), file=_there(self._process.stdin), flush=True)

    def hear(self) -> Any:
        """Its next answer."""
        line = _there(self._process.stdout).readline()
        if not line:
            raise SystemExit(f"{self._name} ended with {self._process.wait()}")
        return json.loads(line)

    def ask(self, order: object) -> Any:
        """An order and its answer."""
        self.say(order)
        return self.hear()

    def end(self) -> None:
        """Its input ends, and it with that."""
        _there(self._process.stdin).close()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def process(module: str, *arguments: str) -> Iterator[Process]:
    """A process that is ended."""
    started = Process(module, *arguments)
    try:
        yield started
    finally:
        started.end()


def measure(options: argparse.Namespace) -> dict[str, object]:
    """One run."""
    with (
        tempfile.TemporaryDirectory(prefix="qa-monitor-feed-") as folder,
        process("bench.feeding.server", folder) as server,
    ):
        url = server.hear()["url"]
        with process("bench.feeding.consoles", url, str(options.consoles)) as consoles:
            consoles.hear()
            rounds = [stretch(server, consoles, options, number) for number in range(2 * ROUNDS)]
            stormy = storm(server, consoles, options, sum(len(each["told"]) for each in rounds))
            seen = consoles.ask({"report": True})
    return figures(options, rounds, stormy, seen)


def stretch(server: Process, consoles: Process, options: argparse.Namespace, number: int) -> dict[str, Any]:
    """Flags at the usual rate; every other time, one more console reads nothing."""
    consoles.ask({"stall": number % 2 == 1})
    flags = max(1, round(options.seconds * options.per_minute / 60))
    found: dict[str, Any] = server.ask({"flags": flags, "per_minute": options.per_minute, "seed": number})
    consoles.ask({"until": (number + 1) * flags})
    return found


def storm(server: Process, consoles: Process, options: argparse.Namespace, before: int) -> list[list[Any]]:
    """Connections break while flags come and go."""
    consoles.ask({"stall": False})
    flags = max(1, round(options.cuts / 5))
    within_s = 60.0 * flags / STORM_PER_MINUTE
    server.say({"flags": flags, "per_minute": STORM_PER_MINUTE, "seed": 1_000, "whole": True})
    consoles.ask({"cuts": options.cuts, "within_s": within_s})
    told: list[list[Any]] = server.hear()["told"]
    consoles.ask({"until": before + len(told)})
    return told


def figures(
    options: argparse.Namespace, rounds: Sequence[dict[str, Any]], stormy: list[list[Any]], seen: dict[str, Any]
) -> dict[str, object]:
    """What is written down."""
    delays = [delays_ms(each["told"], seen["came"]) for each in rounds]
    quiet = sorted(value for each in delays[::2] for value in each)
    stalled = sorted(value for each in delays[1::2] for value in each)
    told: list[Change] = [
        (flag, state) for each in (*(one["told"] for one in rounds), stormy) for flag, state, _ in each
    ]
    found = difference(told, [[(flag, state) for flag, state in shown] for shown in seen["shown"]])
    return {
        "consoles": options.consoles,
        "flags_per_minute": options.per_minute,
        "flags": len(told) - len(stormy),
        "p50_ms": round(rank(quiet, 0.5), 1),
        "p99_ms": round(rank(quiet, 0.99), 1),
        "p99_stalled_ms": round(rank(stalled, 0.99), 1),
        "stalled_change": round(rank(stalled, 0.99) / rank(quiet, 0.99) - 1, 3),
        "server_cpu_ms_per_flag": round(1000 * sum(each["cpu_s"] for each in rounds) / (len(told) - len(stormy)), 1),
        "p99_ms_by_round": [round(rank(sorted(each), 0.99), 1) for each in delays],
        "disconnects": seen["connections"] - options.consoles,
        "changes_while_breaking": len(stormy),
        "missing": found.missing,
        "twice": found.twice,
        "out_of_order": found.out_of_order,
        "resyncs": seen["resyncs"],
        "told_before_saved": seen["unsaved"],
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f}",
    }


def delays_ms(told: Sequence[Sequence[Any]], came: Sequence[Sequence[Sequence[Any]]]) -> list[float]:
    """From the decision to every console, saved or not yet."""
    decided = {(flag, state): at_s for flag, state, at_s in told}
    found: list[float] = []
    for console in came:
        first: dict[tuple[str, str], float] = {}
        for flag, state, at_s in console:
            first.setdefault((flag, state), at_s)
        found += [(at_s - decided[change]) * 1000 for change, at_s in first.items() if change in decided]
    return found


def rank(ordered: Sequence[float], share: float) -> float:
    """Nearest rank."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _there(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--consoles", type=int, default=200)
    parser.add_argument("--per-minute", type=float, default=50.0, help="flags")
    parser.add_argument("--seconds", type=float, default=60.0, help="of each of six stretches")
    parser.add_argument("--cuts", type=int, default=1000, help="connections that break")
    parser.add_argument("--json", type=Path, dest="json_out", help="write the figures here")
    options = parser.parse_args()
    found = measure(options)
    for name, value in found.items():
        print(f"{name:>24}  {value}")
    if options.json_out:
        options.json_out.write_text(json.dumps(found, indent=2) + "\n")
    sys.exit(1 if found["missing"] or found["twice"] else 0)


if __name__ == "__main__":
    main()
