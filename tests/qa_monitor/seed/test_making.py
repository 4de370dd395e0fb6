"""Batches of made calls, in this process or in one of their own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from qa_monitor.seed.calls import centre
from qa_monitor.seed.making import AHEAD, Numbering, batches, batches_beside
from qa_monitor.seed.records import SeedError
from tests.qa_monitor.seeding import a_plan

ROOT = Path(__file__).parents[3]
NUMBERING = Numbering(generation="00000000", next_sequence=5)


def test_another_process_makes_the_same_batches() -> None:
    """To the last value, and in the same order; so a folder does not tell how it was filled."""
    plan = a_plan(20)

    assert list(batches_beside(plan, NUMBERING)) == list(batches(plan, centre(plan), NUMBERING))


def test_the_other_process_ends_with_whoever_asked() -> None:
    """Also where it still has batches to hand over."""
    made = batches_beside(a_plan(2_000), NUMBERING)
    first = next(made)
    made.close()

    assert len(first.calls) > 0
    assert AHEAD * len(first.calls) < 2_000, "it could not have run ahead to the end"
    with pytest.raises(StopIteration):
        next(made)


ASKER = """
import os, sys
from multiprocessing import active_children
from qa_monitor.seed.making import Numbering, batches_beside
from tests.qa_monitor.seeding import a_plan

if __name__ == "__main__":
    next(batches := batches_beside(a_plan(2_000), Numbering(generation="00000000", next_sequence=5)))
    print(*(child.pid for child in active_children()), flush=True)
    os.kill(os.getpid(), 9)
"""


def test_the_other_process_does_not_outlive_one_that_was_killed(tmp_path: Path) -> None:
    """It would wait for ever for somebody to take its batches."""
    script = tmp_path / "asker.py"
    script.write_text(ASKER)
    found = {**os.environ, "PYTHONPATH": str(ROOT)}
    asked = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, env=found)
    (maker,) = map(int, asked.stdout.split())

    assert asked.returncode == -signal.SIGKILL
    assert psutil.wait_procs([psutil.Process(maker)] if psutil.pid_exists(maker) else [], timeout=60)[1] == []


def test_calls_that_cannot_be_made_are_an_error_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for a process that is gone."""
    no_number = Numbering(generation="00000000", next_sequence=None)  # type: ignore[arg-type]  # it fails over there

    with pytest.raises(SeedError, match="no longer made"):
        list(batches_beside(a_plan(40), no_number))
    assert "TypeError" in capfd.readouterr().err
