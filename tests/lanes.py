"""Runs all tests that need no server in two processes: `python -m tests.lanes [PYTEST OPTIONS]`.

Tests marked `slow` play calls in real time and mostly wait; the others step back behind them and take the time that is
left. What the others print follows at the end. The exit status is 0 where no test failed in either.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import IO

IN_FRONT = "slow and not service"
BEHIND = "not slow and not service"
STEP_BACK = 10
"""Of niceness: enough to give way, not so much that a page waits for seconds."""
NO_TEST_RAN = 5
"""pytest's status where options chose none."""


def started(chosen: str, options: Sequence[str], sink: IO[str] | None = None, nice: int = 0) -> "subprocess.Popen[str]":
    """pytest on the tests with these markers."""
    command = [sys.executable, "-m", "pytest", "-m", chosen, *options]
    return subprocess.Popen(command, stdout=sink, stderr=sink, text=True, preexec_fn=lambda: os.nice(nice) and None)


def main(options: Sequence[str]) -> int:
    """Both; the worse of their statuses."""
    with tempfile.TemporaryFile("w+") as told:
        behind = started(BEHIND, options, told, STEP_BACK)
        try:
            statuses = [started(IN_FRONT, options).wait(), behind.wait()]
        except KeyboardInterrupt:
            behind.terminate()
            raise
        told.seek(0)
        sys.stdout.write(told.read())
    ran = [status for status in statuses if status != NO_TEST_RAN]
    return max(ran) if ran else NO_TEST_RAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
