"""The flag feed under load: how long a flag takes to two hundred consoles, and whether any of them misses one.

    python bench/feed.py --json OUT [--consoles 200] [--per-minute 50] [--noise 0.1] [--minutes 40] [--cuts 1000]

The service is whole, with its store on disk; in place of speech, flags are handed to its feed as calls hand them. All
consoles are in one process of their own and read server-sent events from real sockets. `p99_ms` is from the moment a
flag is decided, before it is saved, until a console has read its event to the end.

Half of the time one more console reads nothing: it fills up, is cut after 20 s, and comes back to read nothing again
(`stalled_connections`). Windows without and with it alternate in one run, in the order without, with, with, without;
the flags of each are resolved before the next begins. `stalled_change` compares the 99th percentiles (0.05: 5 % slower
with it). Few flags in a hundred make a 99th percentile: `stalled_low` to `stalled_high` is its 95 % interval, flags
drawn again at random, and blocks of four windows go on until half of that is below `--noise`, or until `--minutes` are
over. `quiet_change` compares the windows without it among each other, the last of each block with the first: what
comes of nothing.

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
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, from anywhere

from bench.feeding.shown import Change, difference  # noqa: E402 - needs the line above

STORM_PER_MINUTE = 300.0
"""Flags a minute while connections break; each is raised, confirmed and resolved."""
BLOCK = (False, True, True, False)
"""Windows of one block: with a console that reads nothing, or without. What drifts slowly is the same for both."""
FEWEST_BLOCKS = 3
WARM_UP = 120
"""Flags before the first window; they stay open, so that a page begins with as many as one does on a bad day."""
DRAWS = 1_000


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Flags at the usual rate for a while."""

    stalled: bool
    told: list[list[Any]]
    """Every change, with the moment when it was decided."""
    flags: tuple[NDArray[np.float64], ...]
    """Per flag, how many ms it took to each console."""
    cpu_s: float


def measure(options: argparse.Namespace) -> dict[str, object]:
    """One run."""
    with (
        tempfile.TemporaryDirectory(prefix="qa-monitor-feed-") as folder,
        process("bench.feeding.server", folder) as server,
    ):
        url = server.hear()["url"]
        with process("bench.feeding.consoles", url, str(options.consoles)) as consoles:
            consoles.hear()
            told = server.ask({"flags": WARM_UP, "per_minute": 1200, "seed": 0})["told"]
            windows = list(all_windows(server, consoles, options, told))
            stalled_times = consoles.ask({"stalled": True})["times"]
            before = len(told)
            told += storm(server, consoles, options, before)
            seen = consoles.ask({"report": True})
    return figures(options, windows, told, seen) | {
        "stalled_connections": stalled_times,
        "changes_while_breaking": len(told) - before,
    }


def all_windows(
    server: Process, consoles: Process, options: argparse.Namespace, told: list[list[Any]]
) -> Iterator[Window]:
    """Block after block, until the change is known well enough, or the time is over; `told` grows by what they tell."""
    known: list[Window] = []
    ends_s = time.monotonic() + 60 * options.minutes
    while len(known) < FEWEST_BLOCKS * len(BLOCK) or (noise_of(known) > options.noise and time.monotonic() < ends_s):
        for stalled in BLOCK:
            window = one_window(server, consoles, options, (len(known) + 1, stalled, len(told)))
            told += window.told
            known.append(window)
            yield window
        print(f"{len(known)} windows, noise {noise_of(known):.3f}", file=sys.stderr, flush=True)


def one_window(server: Process, consoles: Process, options: argparse.Namespace, which: tuple[int, bool, int]) -> Window:
    """`which`: its number, whether one more console reads nothing, and how many changes were told before."""
    number, stalled, before = which
    consoles.ask({"until": before})
    consoles.ask({"stall": stalled})
    consoles.ask({"arrived": True})
    flags = max(1, round(options.seconds * options.per_minute / 60))
    found = server.ask({"flags": flags, "per_minute": options.per_minute, "seed": number})
    consoles.ask({"until": before + flags})
    came = consoles.ask({"arrived": True})["came"]
    resolved = server.ask({"resolve": number})["told"]
    consoles.ask({"until": before + flags + len(resolved)})
    return Window(
        stalled=stalled,
        told=found["told"] + resolved,
        flags=delays_ms(found["told"], came),
        cpu_s=found["cpu_s"],
    )


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
    options: argparse.Namespace, windows: Sequence[Window], told: Sequence[Sequence[Any]], seen: dict[str, Any]
) -> dict[str, object]:
    """What is written down."""
    quiet, stalled = flags_of(windows, False), flags_of(windows, True)
    first = [flag for window in windows[:: len(BLOCK)] for flag in window.flags]
    last = [flag for window in windows[len(BLOCK) - 1 :: len(BLOCK)] for flag in window.flags]
    low, high = interval(quiet, stalled)
    changes: list[Change] = [(flag, state) for flag, state, _ in told]
    found = difference(changes, [[(flag, state) for flag, state in shown] for shown in seen["shown"]])
    flags = len(quiet) + len(stalled)
    return {
        "consoles": options.consoles,
        "flags_per_minute": options.per_minute,
        "flags": flags,
        "p50_ms": round(percentile(quiet, 50), 1),
        "p99_ms": round(percentile(quiet, 99), 1),
        "p99_stalled_ms": round(percentile(stalled, 99), 1),
        "stalled_change": round(percentile(stalled, 99) / percentile(quiet, 99) - 1, 3),
        "stalled_low": round(low, 3),
        "stalled_high": round(high, 3),
        "quiet_change": round(percentile(last, 99) / percentile(first, 99) - 1, 3),
        "server_cpu_ms_per_flag": round(1000 * sum(window.cpu_s for window in windows) / flags, 1),
        "p99_ms_by_window": [round(percentile(window.flags, 99), 1) for window in windows],
        "disconnects": seen["connections"] - options.consoles,
        "missing": found.missing,
        "twice": found.twice,
        "out_of_order": found.out_of_order,
        "resyncs": seen["resyncs"],
        "told_before_saved": seen["unsaved"],
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f}",
    }


def flags_of(windows: Sequence[Window], stalled: bool) -> list[NDArray[np.float64]]:
    """The flags of all windows of one kind."""
    return [flag for window in windows if window.stalled is stalled for flag in window.flags]


def delays_ms(
    told: Sequence[Sequence[Any]], came: Sequence[Sequence[Sequence[Any]]]
) -> tuple[NDArray[np.float64], ...]:
    """Per flag, from the decision to each console, saved or not yet."""
    decided = {(flag, state): at_s for flag, state, at_s in told}
    found: dict[tuple[str, str], list[float]] = {change: [] for change in decided}
    for console in came:
        first: dict[tuple[str, str], float] = {}
        for flag, state, at_s in console:
            first.setdefault((flag, state), at_s)
        for change in first.keys() & decided.keys():
            found[change].append((first[change] - decided[change]) * 1000)
    return tuple(np.array(delays) for delays in found.values() if delays)


def percentile(flags: Sequence[NDArray[np.float64]], share: float) -> float:
    """Over all flags and consoles, in ms."""
    return float(np.percentile(np.concatenate(flags), share))


def interval(quiet: Sequence[NDArray[np.float64]], stalled: Sequence[NDArray[np.float64]]) -> tuple[float, float]:
    """Within which the change of the 99th percentile lies in 95 of 100 cases.

    Flags are drawn again, each with all its consoles: they get one flag at about the same time.
    """
    chance = np.random.default_rng(1)

    def drawn(flags: Sequence[NDArray[np.float64]]) -> float:
        return percentile([flags[at] for at in chance.integers(len(flags), size=len(flags))], 99)

    low, high = np.percentile([drawn(stalled) / drawn(quiet) - 1 for _ in range(DRAWS)], [2.5, 97.5])
    return float(low), float(high)


def noise_of(windows: Sequence[Window]) -> float:
    """Half of that interval."""
    low, high = interval(flags_of(windows, False), flags_of(windows, True))
    return (high - low) / 2


def _there(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--consoles", type=int, default=200)
    parser.add_argument("--per-minute", type=float, default=50.0, help="flags")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each window; four make a block")
    parser.add_argument("--noise", type=float, default=0.1, help="of the change: half of its 95 %% interval")
    parser.add_argument("--minutes", type=float, default=40.0, help="of windows at most, after the first three blocks")
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
