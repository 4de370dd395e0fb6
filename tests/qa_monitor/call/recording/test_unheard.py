"""What is recorded of a call on a disk that is full for a while: what had room can be listened to, the rest is said."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from qa_monitor.call.pace.pace import Beginning
from qa_monitor.call.recording.recorded import Part, Stretch, unpacked
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.call.recording.unheard import UnheardCalls, UnheardSound
from qa_monitor.late_listening.put_aside import beginning_of
from qa_monitor.records.calls import BACKLOG
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.store.unheard.sealed import SealedFiles
from streams.consent import Consent, Notice
from tests.qa_monitor.builders import a_call

CALL = a_call()
STRETCH = Stretch(
    heard_until_s=(3.0, 4.0),
    beginning=Beginning(agent_id="a", team="t", notice=Notice.PLAYED, consent=Consent.GRANTED),
)
NO_ROOM = 2**62


def a_block(start_s: float) -> Block:
    """One second."""
    return Block(start_s=start_s, samples=np.full((CALL.rate_hz, 2), 7, np.int16))


def recorded(
    folder: Path, work: Callable[[SealedFiles, UnheardCalls, UnheardSound], Awaitable[None]]
) -> tuple[list[Part], str | None]:
    """What opens of a call afterwards, and why it is blind once it was listened to."""

    async def run() -> tuple[list[Part], str | None]:
        store = await SqliteStore.open(folder)
        with ThreadPoolExecutor(1) as executor:
            files = SealedFiles(folder / "sealed", floor_bytes=0)
            calls = UnheardCalls(files, store.unheard, executor, keeps=True)
            await store.save_call(CALL)
            sound = UnheardSound(CALL.call_id, calls)
            await sound.begin(None)
            await work(files, calls, sound)
            sealed = list(files.parts(CALL.call_id, await calls.begin(CALL.call_id, None)))
            await calls.settle(CALL.call_id, None, 9.0)
            found = await store.call(CALL.call_id)
        await store.close()
        assert found is not None
        return [unpacked(one, CALL.call_id) for one in sealed], found.blind

    return asyncio.run(run())


def starts(parts: list[Part]) -> list[float]:
    return [part.start_s for part in parts if isinstance(part, Block)]


def test_what_comes_once_there_is_room_again_can_be_listened_to(tmp_path: Path) -> None:
    """Also where there was none at its very beginning, which the rest means nothing without."""
    lost: list[float] = []

    async def work(files: SealedFiles, _: UnheardCalls, sound: UnheardSound) -> None:
        files._floor_bytes = NO_ROOM
        for part in (STRETCH, a_block(3.0)):
            lost.append(await sound.add(part, CALL.rate_hz))
        files._floor_bytes = 0
        for part in (a_block(4.0), a_block(5.0)):
            lost.append(await sound.add(part, CALL.rate_hz))

    parts, blind = recorded(tmp_path, work)

    assert beginning_of(parts) == STRETCH.beginning
    assert starts(parts) == [4.0, 5.0]
    assert lost == [0.0, 1.0, 0.0, 0.0]
    assert blind == BACKLOG


def test_that_something_had_no_room_outlives_what_else_was_missing(tmp_path: Path) -> None:
    """Late text came after all, the sound did not."""

    async def work(files: SealedFiles, calls: UnheardCalls, sound: UnheardSound) -> None:
        await sound.add(STRETCH, CALL.rate_hz)
        files._floor_bytes = NO_ROOM
        await sound.add(a_block(3.0), CALL.rate_hz)
        await calls.note(CALL.call_id, None)

    assert recorded(tmp_path, work) == ([STRETCH], BACKLOG)


def test_a_call_of_which_all_had_room_is_whole(tmp_path: Path) -> None:
    async def work(_: SealedFiles, calls: UnheardCalls, sound: UnheardSound) -> None:
        await calls.note(CALL.call_id, BACKLOG)
        for part in (STRETCH, a_block(3.0)):
            await sound.add(part, CALL.rate_hz)
        await calls.note(CALL.call_id, None)

    parts, blind = recorded(tmp_path, work)

    assert (starts(parts), blind) == ([3.0], None)
