"""Runs all tests that need no server in two processes: `python -m tests.lanes [PYTEST OPTIONS]`.

Tests marked `slow` play calls in real time and mostly wait; the others step back behind them and take the time that is
left. What the others print follows at the end. Sharing a machine makes some tests of real time late: where no more
than `FEW` failed, these are run once more with the machine to themselves, and both outcomes stay in what is printed.
The exit status is 0 where none failed, or none of those did again.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

SLOW = "slow and not service"
OTHERS = "not slow and not service"
STEP_BACK = 10
"""Of niceness: enough to give way, not so much that a page waits for seconds."""
FEW = 3
"""Failures in both lanes together that may come of sharing the machine; more are taken for what they are."""
SOME_FAILED, NO_TEST_RAN = 1, 5
"""Statuses of pytest."""


class Lane:
    """One process of pytest on the tests with certain markers; what failed is remembered in a folder of its own."""

    def __init__(self, chosen: str, options: Sequence[str], cache: Path, sink: IO[str] | None = None) -> None:
        self.command = [sys.executable, "-m", "pytest", "-m", chosen, "-o", f"cache_dir={cache}", *options]
        self.remembered = cache / "v" / "cache" / "lastfailed"
        self.sink = sink

    def start(self, before: Callable[[], object] | None = None) -> "subprocess.Popen[str]":
        return subprocess.Popen(self.command, stdout=self.sink, stderr=self.sink, text=True, preexec_fn=before)

    def failed(self) -> list[str]:
        """Names of the tests, and of files that could not be read."""
        return list(json.loads(self.remembered.read_text())) if self.remembered.exists() else []

    def again(self) -> int:
        """What failed, once more; the status."""
        return subprocess.run([*self.command, "--last-failed"], check=False).returncode


def side_by_side(slow: Lane, others: Lane) -> list[int]:
    """The status of each."""
    behind = others.start(before=lambda: os.nice(STEP_BACK))
    try:
        return [slow.start().wait(), behind.wait()]
    except KeyboardInterrupt:
        behind.terminate()
        raise


def alone(lane: Lane, status: int) -> int:
    """The status after what failed was run once more."""
    if status != SOME_FAILED:
        return status
    sys.stdout.write("\n  ".join(["\nFailed beside other tests, run again alone:", *lane.failed()]) + "\n")
    sys.stdout.flush()
    return lane.again()


def main(options: Sequence[str]) -> int:
    """Both; the worse of their statuses."""
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryFile("w+") as told:
        slow = Lane(SLOW, options, Path(scratch) / "slow")
        others = Lane(OTHERS, options, Path(scratch) / "others", told)
        statuses = side_by_side(slow, others)
        told.seek(0)
        sys.stdout.write(told.read())
        if 0 < len(slow.failed()) + len(others.failed()) <= FEW:
            statuses = [alone(lane, status) for lane, status in zip((slow, others), statuses, strict=True)]
    ran = [status for status in statuses if status != NO_TEST_RAN]
    return max(ran) if ran else NO_TEST_RAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
