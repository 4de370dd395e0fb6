"""Other servers, measured by the same driver with the same calls; each step is a process of its own.

Its program (`bench/peers/step.py` in the source tree) is given to us: the product knows nothing of other servers.
`python -m PROGRAM --list` prints a JSON object of names, each with why it cannot be run here or null;
`python -m PROGRAM NAME JOB FIGURES` plays a job into that server and writes its figures.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from qa_monitor.bench.figures import Figures, trouble
from qa_monitor.bench.job import Material
from qa_monitor.bench.limit import PEER_STEPS
from qa_monitor.bench.records import CallPlan
from qa_monitor.bench.run import Setup
from qa_monitor.bench.service import BenchError

MAY_LOSE = 0.05
"""Of the utterances: other servers drop a short one now and then, and are not stopped for that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerProgram:
    """A module, and the folder to run it in."""

    module: str
    folder: Path

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run it to its end."""
        command = [sys.executable, "-m", self.module, *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerJob:
    """One step."""

    model: str
    """Folder of the speech model."""
    cores: int
    nice: int
    material: Material
    run_s: float
    calls: tuple[CallPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerResult:
    """How many calls another server follows; `limit` is none where it cannot be run here, `why` says why."""

    limit: int | None
    final_p95_s: float | None
    """At the limit; at one call where even that was too much."""
    why: str | None
    steps: tuple[Figures, ...] = ()


def known_peers(program: PeerProgram) -> Mapping[str, str | None]:
    """Names, each with why it cannot be run here, or none. Raises `BenchError`."""
    told = program.run("--list")
    if told.returncode:
        raise BenchError(f"{program.module} --list: {_last_line(told.stderr)}")
    return msgspec.json.decode(told.stdout, type=dict[str, str | None])


def measure_peers(
    program: PeerProgram, setup: Setup, model: Path, cores: int, tell: Callable[[str], None]
) -> dict[str, PeerResult]:
    """Every peer, one after the other."""
    found = {}
    for name, missing in known_peers(program).items():
        if missing is not None:
            found[name] = PeerResult(limit=None, final_p95_s=None, why=missing)
            continue
        tell(name)
        found[name] = _climb(partial(_step, program, name, setup, (model, cores)))
    return found


def _climb(step: Callable[[int], Figures]) -> PeerResult:
    steps: list[Figures] = []
    limit, why = 0, None
    for count in PEER_STEPS:
        try:
            steps.append(step(count))
        except BenchError as error:
            why = f"{count} calls: {error}"
            break
        wrong = trouble(steps[-1], may_lose=MAY_LOSE)
        if wrong is not None:
            why = f"{count} calls: {wrong}"
            break
        limit = count
    at = next((one for one in steps if one.calls == max(limit, PEER_STEPS[0])), None)
    return PeerResult(limit=limit, final_p95_s=at.final_p95_s if at else None, why=why, steps=tuple(steps))


def _job(setup: Setup, model: Path, cores: int, count: int) -> PeerJob:
    return PeerJob(
        model=str(model),
        cores=cores,
        nice=setup.nice,
        material=setup.material,
        run_s=setup.seconds,
        calls=setup.at_once(count),
    )


def _step(program: PeerProgram, name: str, setup: Setup, machine: tuple[Path, int], count: int) -> Figures:
    job = _job(setup, *machine, count)
    with tempfile.TemporaryDirectory(prefix="qa-monitor-bench-") as folder:
        asked, answered = Path(folder) / "job.json", Path(folder) / "figures.json"
        asked.write_bytes(msgspec.json.encode(job))
        ended = program.run(name, str(asked), str(answered))
        if ended.returncode:
            raise BenchError(_last_line(ended.stderr))
        return msgspec.json.decode(answered.read_bytes(), type=Figures)


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else "it failed without a word"
