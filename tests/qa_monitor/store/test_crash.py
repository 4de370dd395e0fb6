"""The process is killed while it writes: nothing it acknowledged is lost."""

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from alerts.records import FlagState
from qa_monitor.records.calls import CallState
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId

CHILD = """
import asyncio, sys
from pathlib import Path
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import NOON, a_call, a_flag, an_utterance

async def main():
    store = await SqliteStore.open(Path(sys.argv[1]))
    call = a_call(sys.argv[2])
    await store.save_call(call)
    for n in range(100_000):
        flag = a_flag(f"{call.call_id}-{n}", call_id=call.call_id)
        await asyncio.gather(
            store.save_flag(flag, call, NOON),
            store.save_utterance(an_utterance(float(n), call_id=call.call_id)),
        )
        sys.stdout.write(f"{flag.flag_id}\\n")
        sys.stdout.flush()

asyncio.run(main())
"""


def run_and_kill(folder: Path, call_id: str, flags: int) -> list[str]:
    """Flag ids the child said were saved, killed at some point after it said so many."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder), call_id], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child, child.stdout as output:
        acknowledged = [output.readline().strip() for _ in range(flags)]
        child.send_signal(signal.SIGKILL)
        # the last line may be cut by the kill
        acknowledged += [line.strip() for line in output if line.endswith("\n")]
    assert child.returncode == -signal.SIGKILL
    return acknowledged


async def reopen(folder: Path, call_id: str) -> tuple[set[str], CallState, list[int]]:
    store = await SqliteStore.open(folder)
    record = await store.record(CallId(call_id))
    events = await store.flag_events(0, 1_000_000)
    await store.close()
    assert record is not None
    saved: set[str] = {stored.flag.flag_id for stored in record.flags if stored.flag.state is FlagState.CONFIRMED}
    return saved, record.call.state, [event.sequence for event in events]


@pytest.mark.slow
def test_every_acknowledged_flag_survives_a_kill(tmp_path: Path) -> None:
    """Five kills at random moments into the same file: it stays whole, and numbers go on without a hole."""
    chance = random.Random(7)
    for kill in range(5):
        call_id = f"call-{kill}"
        acknowledged = run_and_kill(tmp_path, call_id, chance.randint(1, 60))
        saved, state, sequences = asyncio.run(reopen(tmp_path, call_id))

        assert set(acknowledged) <= saved
        assert state is CallState.INTERRUPTED
        assert sequences == list(range(1, len(sequences) + 1))
    connection = sqlite3.connect(tmp_path / FILE)
    verdict = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    assert verdict == [("ok",)]
