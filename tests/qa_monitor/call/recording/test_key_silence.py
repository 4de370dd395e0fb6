"""Keys typed during a call are in nothing that is kept of it, sealed away, or played, whenever it is let through."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from structlog.testing import capture_logs

from bench.sounds.keys import Typing, decoded
from qa_monitor.call.recording.key_silence import KeySilence
from qa_monitor.call.recording.listeners import Listener, Parted
from qa_monitor.call.recording.recorder import CallRecorder
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.metrics import Metrics
from qa_monitor.store.audio.files import AudioFiles
from streams.records import AudioFrame, CallStarted, Gap, GapReason
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.test_metrics import values

CALL = a_call()
RATE_HZ = CALL.rate_hz
CARD = "4970101234567890"
FRAME_S = 0.02
Audio = NDArray[np.int16]
Recording = Callable[[CallRecorder], Coroutine[object, object, None]]


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as found:
        yield found


def typed(keys: str = CARD, *, channel: int = 0) -> Audio:
    """Keys on one channel, which leak into the other, and hiss on both: no second is silent."""
    tones = Typing(tone_s=0.07, noise_db=25.0).samples(keys)
    other = tones // 30 + np.round(np.random.default_rng(8).standard_normal(len(tones)) * 60).astype(np.int16)
    return np.column_stack([tones, other] if channel == 0 else [other, tones])


def frames(samples: Audio, start_s: float = 0.0) -> Iterator[AudioFrame]:
    step = round(FRAME_S * RATE_HZ)
    for first in range(0, len(samples), step):
        for channel in range(samples.shape[1]):
            own = np.ascontiguousarray(samples[first : first + step, channel])
            yield AudioFrame(
                call_id=CALL.call_id,
                channel=channel,
                start_s=start_s + first / RATE_HZ,
                samples=own,
                rate_hz=RATE_HZ,
            )


def laid(length: int, *blocks: Block | None) -> Audio:
    """Blocks in their places."""
    whole = np.zeros((length, len(CALL.channels)), np.int16)
    for block in blocks:
        if block is not None:
            first = round(block.start_s * RATE_HZ)
            whole[first : first + len(block.samples)] = block.samples
    return whole


def read(audio: Audio) -> str:
    """What can be read off either channel, however faint."""
    return "".join(decoded(audio[:, channel], least_share=0.2) for channel in range(audio.shape[1]))


def recorded(
    folder: Path, executor: Executor, work: Recording, *, call: CallStarted = CALL, silences: bool = True
) -> tuple[Audio, Metrics]:
    """What is kept of a call after `work`."""
    files, metrics = AudioFiles(folder / "audio", floor_bytes=0), Metrics()
    keys = KeySilence(call, metrics) if silences else None
    recorder = CallRecorder(call, files, executor, holds=True, keys=keys)

    async def run() -> None:
        await recorder.open()
        await work(recorder)
        await recorder.close()

    asyncio.run(run())
    kept = files.read(call.call_id, 0.0, 99.0)
    assert kept is not None
    return kept, metrics


def counted(metrics: Metrics) -> float:
    return values(metrics)["redactions_total", ("keypad",)]


@pytest.mark.parametrize("every", [1, 7, 50, 1000])
@pytest.mark.parametrize("channel", [0, 1])
def test_no_key_is_kept_however_often_audio_is_let_through(
    tmp_path: Path, executor: Executor, every: int, channel: int
) -> None:
    """Even where nothing else holds it back: the screen of words may have answered for all that came."""
    samples = typed(channel=channel)
    assert CARD in read(samples)

    async def work(recorder: CallRecorder) -> None:
        for number, frame in enumerate(frames(samples)):
            recorder.add(frame)
            if number % every == 0:
                await recorder.write(frame.end_s)

    with capture_logs() as logged:
        kept, metrics = recorded(tmp_path, executor, work)

    assert read(kept) == ""
    assert kept.shape == samples.shape
    assert np.array_equal(kept[: round(0.4 * RATE_HZ)], samples[: round(0.4 * RATE_HZ)])
    assert counted(metrics) == len(CARD)
    assert logged == []


def test_keys_stay_where_the_operator_wants_them(tmp_path: Path, executor: Executor) -> None:
    samples = typed()

    async def work(recorder: CallRecorder) -> None:
        for frame in frames(samples):
            recorder.add(frame)

    kept, _ = recorded(tmp_path, executor, work, silences=False)

    assert np.array_equal(kept, samples)


@pytest.mark.parametrize("at_s", [0.0, 0.52, 0.535, 0.56, 1.0])
def test_what_is_sealed_away_holds_no_key_either(tmp_path: Path, executor: Executor, at_s: float) -> None:
    """Nor what is kept before and after it, wherever the call is put aside: in the middle of a tone too."""
    samples = typed()
    sealed: list[Block | None] = []

    async def work(recorder: CallRecorder) -> None:
        for frame in frames(samples[: round(at_s * RATE_HZ)]):
            recorder.add(frame)
        sealed.append(recorder.take())
        for frame in frames(samples[round(at_s * RATE_HZ) :], at_s):
            recorder.add(frame)
            sealed.append(recorder.take(frame.end_s))
        sealed.append(recorder.take())

    recorded(tmp_path, executor, work)
    whole = laid(len(samples), *sealed)

    assert read(whole) == ""
    assert whole[: round(0.4 * RATE_HZ)].any() or at_s == 0.0
    assert whole[-round(0.3 * RATE_HZ) :].any()


@pytest.mark.parametrize("cut_s", [0.51, 0.53, 0.545, 0.565])
def test_a_call_that_ends_in_the_middle_of_a_tone_leaves_nothing_of_it(
    tmp_path: Path, executor: Executor, cut_s: float
) -> None:
    async def work(recorder: CallRecorder) -> None:
        for frame in frames(typed()[: round(cut_s * RATE_HZ)]):
            recorder.add(frame)
            await recorder.write(frame.end_s)

    kept, _ = recorded(tmp_path, executor, work)

    assert read(kept) == ""


def test_keys_between_lost_frames_are_silent_too(tmp_path: Path, executor: Executor) -> None:
    """Every sixth frame is missing, on both channels, and told as a gap."""
    samples = typed()

    async def work(recorder: CallRecorder) -> None:
        for number, frame in enumerate(frames(samples)):
            if number % 12 < 10:
                recorder.add(frame)
            else:
                lost = Gap(
                    call_id=CALL.call_id,
                    channel=frame.channel,
                    start_s=frame.start_s,
                    duration_s=FRAME_S,
                    reason=GapReason.LOST,
                )
                recorder.add_gap(lost)
            await recorder.write(frame.end_s)

    kept, _ = recorded(tmp_path, executor, work)

    assert read(kept) == ""
    assert kept[: round(0.08 * RATE_HZ)].any()


async def heard(listener: Listener, length: int) -> Audio:
    """All that was given to somebody."""
    blocks: list[Block] = []
    while not isinstance(given := await listener.next(5.0), Parted):
        if given is not None:
            blocks.append(given)
    return laid(length, *blocks)


def test_who_listens_live_hears_what_is_kept(tmp_path: Path, executor: Executor) -> None:
    samples = typed()
    found: list[Audio] = []

    async def work(recorder: CallRecorder) -> None:
        listening = asyncio.create_task(heard(recorder.listeners.join(), len(samples)))
        for frame in frames(samples):
            recorder.add(frame)
            await recorder.write(frame.end_s - 0.9)
        await recorder.close()
        found.append(await listening)

    kept, _ = recorded(tmp_path, executor, work)

    assert np.array_equal(found[0], kept)
    assert read(kept) == ""


def test_one_who_listens_where_nothing_is_kept_hears_no_key(executor: Executor) -> None:
    """They come in the middle of the keys."""
    samples = typed()

    async def run() -> Audio:
        recorder = CallRecorder(CALL, None, executor, keys=KeySilence(CALL, Metrics()))
        await recorder.open()
        listening: asyncio.Task[Audio] | None = None
        for frame in frames(samples):
            if listening is None and frame.start_s > 1.0:
                listening = asyncio.create_task(heard(recorder.listeners.join(), len(samples)))
                await asyncio.sleep(0)
            recorder.add(frame)
            await recorder.write(frame.end_s - 0.9)
        await recorder.close()
        assert listening is not None
        return await listening

    whole = asyncio.run(run())

    assert whole.any()
    assert read(whole) == ""
