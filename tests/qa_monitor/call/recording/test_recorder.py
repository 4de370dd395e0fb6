"""A call's audio on its way to the disk: held, muted, written; and a disk in trouble never stops a call."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from structlog.testing import capture_logs

from qa_monitor.call.recording.recorder import CallRecorder
from qa_monitor.store.audio.files import AudioFiles
from qa_monitor.store.port import Blocks
from streams.records import AudioFrame, CallId, Gap, GapReason
from tests.qa_monitor.builders import a_call

T = TypeVar("T")
CALL = CallId("call-1")
RATE_HZ = 8_000


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as found:
        yield found


@pytest.fixture
def files(tmp_path: Path) -> AudioFiles:
    return AudioFiles(tmp_path / "audio", floor_bytes=0)


def run(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


def frames(start_s: float, seconds: float) -> list[AudioFrame]:
    """Loud on both channels, no sample is 0."""
    samples = np.random.default_rng(int(start_s * 10)).integers(1_000, 9_000, int(seconds * RATE_HZ), dtype=np.int16)
    return [
        AudioFrame(call_id=CALL, channel=channel, start_s=start_s, samples=samples, rate_hz=RATE_HZ)
        for channel in (0, 1)
    ]


def kept(files: AudioFiles, until_s: float = 99.0) -> Blocks:
    found = files.read(CALL, 0.0, until_s)
    assert found is not None
    return found


async def open_with(recorder: CallRecorder, *blocks: list[AudioFrame]) -> None:
    await recorder.open()
    for block in blocks:
        for frame in block:
            recorder.add(frame)


def test_only_what_is_released_is_on_the_disk(files: AudioFiles, executor: Executor) -> None:
    """The rest is in memory until the card screen has answered."""
    recorder = CallRecorder(a_call(), files, executor)

    async def half() -> None:
        await open_with(recorder, frames(0.0, 4.0))
        await recorder.write(1.5)

    run(half())
    assert files.duration_s(CALL) == 1.5
    assert recorder.written_s == 1.5
    run(recorder.close())
    assert files.duration_s(CALL) == 4.0


def test_a_muted_number_is_silence_on_both_channels(files: AudioFiles, executor: Executor) -> None:
    """Whoever repeats it; what is around it stays."""
    recorder = CallRecorder(a_call(), files, executor)

    async def call() -> None:
        await open_with(recorder, frames(0.0, 4.0))
        recorder.mute(1.0, 2.0)
        await recorder.close()

    run(call())
    audio = kept(files)
    assert not audio[RATE_HZ : 2 * RATE_HZ].any()
    assert audio[:RATE_HZ].all()
    assert audio[2 * RATE_HZ :].all()


def test_a_number_known_too_late_is_an_error_in_the_log(files: AudioFiles, executor: Executor) -> None:
    """It must never happen; if it does, nobody may overlook it."""
    recorder = CallRecorder(a_call(), files, executor)

    async def call() -> None:
        await open_with(recorder, frames(0.0, 4.0))
        await recorder.write(3.0)
        recorder.mute(1.0, 2.0)
        await recorder.close()

    with capture_logs() as logged:
        run(call())
    assert [line["log_level"] for line in logged] == ["error"]


def test_a_gap_is_as_long_as_it_was(files: AudioFiles, executor: Executor) -> None:
    """The file's clock is the call's."""
    recorder = CallRecorder(a_call(), files, executor)

    async def call() -> None:
        await open_with(recorder, frames(0.0, 1.0))
        for channel in (0, 1):
            recorder.add_gap(Gap(call_id=CALL, channel=channel, start_s=1.0, duration_s=2.0, reason=GapReason.LOST))
        for frame in frames(3.0, 1.0):
            recorder.add(frame)
        await recorder.close()

    run(call())
    audio = kept(files)
    assert len(audio) == 4 * RATE_HZ
    assert not audio[RATE_HZ : 3 * RATE_HZ].any()
    assert audio[3 * RATE_HZ :].all()


def test_where_no_audio_is_kept_none_is_held_either(executor: Executor) -> None:
    """`keep_audio` off: nothing fills the memory."""
    recorder = CallRecorder(a_call(), None, executor)

    async def call() -> None:
        await open_with(recorder, frames(0.0, 2.0))
        await recorder.write(1.0)
        await recorder.close()

    run(call())
    assert recorder.trouble is None
    assert recorder.written_s == 0.0


def test_a_full_disk_is_said_once_and_tried_again(tmp_path: Path, executor: Executor) -> None:
    """The call goes on; when there is room the file goes on, with silence for what could not be kept."""
    files = AudioFiles(tmp_path / "audio", floor_bytes=0)
    recorder = CallRecorder(a_call(), files, executor)

    async def call() -> tuple[str | None, str | None]:
        await open_with(recorder, frames(0.0, 6.0))
        await recorder.write(1.0)
        files._floor_bytes = 1 << 60  # as if hardly anything were free
        await recorder.write(2.0)
        await recorder.write(3.0)
        full = recorder.trouble
        files._floor_bytes = 0
        await recorder.write(4.0)
        freed = recorder.trouble
        await recorder.close()
        return full, freed

    with capture_logs() as logged:
        full, freed = run(call())
    audio = kept(files)

    assert "would stay free" in (full or "")
    assert freed is None
    assert [line["event"] for line in logged] == ["audio is not kept"]
    assert len(audio) == 6 * RATE_HZ
    assert not audio[RATE_HZ : 3 * RATE_HZ].any()
    assert audio[3 * RATE_HZ :].all()


def test_audio_that_cannot_be_begun_is_begun_when_it_can(tmp_path: Path, executor: Executor) -> None:
    """A disk that is full only when the call starts does not cost the whole recording."""
    files = AudioFiles(tmp_path / "audio", floor_bytes=1 << 60)
    recorder = CallRecorder(a_call(), files, executor)

    async def call() -> None:
        await open_with(recorder, frames(0.0, 3.0))
        await recorder.write(1.0)
        files._floor_bytes = 0
        await recorder.write(2.0)
        await recorder.close()

    with capture_logs():
        run(call())
    audio = kept(files)
    assert len(audio) == 3 * RATE_HZ
    assert audio[RATE_HZ:].all()
