"""The process is killed while it delivers: every flag that was saved arrives, always under the same key."""

import asyncio
import random
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections import defaultdict
from pathlib import Path

import pytest

from qa_monitor.delivery.records import DeliveryState
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.receiving import Receiver, a_receiver

FLAGS = 12
"""Flags that each process saves before it goes on to deliver only."""

CHILD = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from qa_monitor.delivery.opening import a_relay
from qa_monitor.delivery.targets import Targets
from qa_monitor.metrics import Metrics
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.receiving import a_target

async def main(folder, url):
    name, flags = sys.stdin.readline().split()
    targets = Targets(every=(a_target(url),))
    store = await SqliteStore.open(Path(folder), wants=targets.wanting)
    relay = a_relay(targets, store.outbox, Metrics(), lambda: datetime.now(UTC))
    store.follow(relay.told)
    working = asyncio.create_task(relay.work())
    for number in range(int(flags)):
        flag = a_flag(f"{name}-{number}", call_id=name)
        await store.save_flag(flag, a_call(name), NOON)
        sys.stdout.write(f"{flag.flag_id}\\n")
        sys.stdout.flush()
    await working

asyncio.run(main(*sys.argv[1:]))
"""


async def a_spare(folder: Path, receiver: Receiver) -> Process:
    """A process that touches nothing before it is told to begin: it gets ready while the one before it works."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, str(folder), receiver.url), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def begin(child: Process, name: str, flags: int) -> None:
    assert child.stdin is not None
    child.stdin.write(f"{name} {flags}\n".encode())


async def a_run(child: Process, receiver: Receiver, name: str, until: int | None) -> list[str]:
    """One process, killed when so many requests have come in all, or at a flag it said was saved; what it saved."""
    begin(child, name, FLAGS)
    assert child.stdout is not None
    saved = [(await child.stdout.readline()).decode().strip()]
    if until is not None:
        await receiver.until(until, 60.0)
    child.send_signal(signal.SIGKILL)
    # the last line may be cut by the kill
    saved += [line.decode().strip() async for line in child.stdout if line.endswith(b"\n")]
    assert await child.wait() == -signal.SIGKILL
    return saved


async def killed_often(folder: Path, kills: int) -> tuple[list[str], Receiver]:
    chance = random.Random(11)
    saved: list[str] = []
    async with a_receiver() as receiver:
        spare = await a_spare(folder, receiver)
        for kill in range(kills):
            child, spare = spare, await a_spare(folder, receiver)
            # a little after the last; now and then as soon as something is saved
            until = len(receiver.received) + chance.randint(1, 8) if kill % 4 else None
            saved += await a_run(child, receiver, f"call-{kill}", until)
        await delivered_to_the_end(spare, receiver)
        return saved, receiver


async def delivered_to_the_end(child: Process, receiver: Receiver) -> None:
    """One more process, which is left alone until nothing waits."""
    begin(child, "last", 1)
    async with asyncio.timeout(120):
        while not any(each.said["data"]["flag_id"] == "last-0" for each in receiver.received):
            receiver.news.clear()
            await receiver.news.wait()
    child.kill()
    await child.wait()


async def left(folder: Path) -> list[str]:
    """Flags whose delivery is not noted as done."""
    store = await SqliteStore.open(folder)
    found = await store.outbox.find(None, None, 10_000)
    await store.close()
    return [str(each.flag_id) for each in found if each.state is not DeliveryState.DELIVERED]


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_every_flag_arrives_at_least_once_under_one_key_whatever_is_killed(tmp_path: Path, kills: int) -> None:
    saved, receiver = asyncio.run(killed_often(tmp_path, kills))
    keys: dict[str, set[str]] = defaultdict(set)
    for each in receiver.received:
        keys[each.said["data"]["flag_id"]].add(each.key)

    assert len(saved) >= kills
    assert set(saved) - keys.keys() == set()
    assert [flag for flag, used in keys.items() if len(used) != 1] == []
    assert len({key for used in keys.values() for key in used}) == len(keys)
    # at most the very last one may have been killed before it was noted
    assert set(asyncio.run(left(tmp_path))) <= {"last-0"}
