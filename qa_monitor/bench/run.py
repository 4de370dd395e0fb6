"""One run: a service, a player beside it, and the log of what the player saw."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from qa_monitor.bench.job import Job, Material, load_log, save_job
from qa_monitor.bench.plan import calls_at_once
from qa_monitor.bench.records import CallPlan, RunLog
from qa_monitor.bench.service import BenchError, own_service
from qa_monitor.simulator.planned import StreamProtocol

WARM_CALLS = 8
"""As many as share a pass: what the engine allocates once is not counted per call."""
WARM_S = 15.0
"""At most half as long as the run itself."""


class Progressed(msgspec.Struct, frozen=True):
    """Once a second, from the player."""

    finals: int
    calls_live: int
    lag_s: float
    shed_level: int
    rss_mib: float


OnProgress = Callable[[Progressed], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What all runs of one benchmark share."""

    seconds: float
    protocol: StreamProtocol
    material: Material
    recordings: tuple[Path, ...] = ()
    seed: int = 1
    nice: int = 10
    """How far the player steps back behind the service; on a machine with other work it may then be late itself."""
    later_s: float = 0.0

    def at_once(self, count: int) -> tuple[CallPlan, ...]:
        """So many calls."""
        return calls_at_once(count, self.seconds, self.recordings, self.seed)


def run(calls: Sequence[CallPlan], setup: Setup, on_progress: OnProgress) -> RunLog:
    """Play these calls into a service of their own. Raises `BenchError`."""
    with own_service() as service, tempfile.TemporaryDirectory(prefix="qa-monitor-bench-") as folder:
        job, log = Path(folder) / "job.json", Path(folder) / "log.json"
        save_job(
            Job(
                url=service.url,
                pid=service.pid,
                protocol=setup.protocol,
                material=setup.material,
                run_s=setup.seconds,
                warm=calls_at_once(WARM_CALLS, min(WARM_S, setup.seconds / 2), (), setup.seed + 5000),
                calls=tuple(calls),
                nice=setup.nice,
                later_s=setup.later_s,
            ),
            job,
        )
        _play(job, log, on_progress)
        return load_log(log)


def _play(job: Path, log: Path, on_progress: OnProgress) -> None:
    command = [sys.executable, "-m", "qa_monitor.bench.player", str(job), str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as player:
        try:
            assert player.stdout is not None
            for line in player.stdout:
                on_progress(msgspec.json.decode(line, type=Progressed))
        finally:
            if player.poll() is None and sys.exc_info()[0] is not None:
                player.kill()
    if player.returncode:
        raise BenchError(f"the player ended with {player.returncode}")
