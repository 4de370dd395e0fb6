"""Who listens to a live call gets what has passed the screen, slows nobody, and is cut where they are too slow."""

import asyncio
import struct
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from qa_monitor.call.recording.listen_wire import HEAD, begun, pieces
from qa_monitor.call.recording.listeners import Listeners, Parted
from qa_monitor.call.recording.recorder import CallRecorder
from qa_monitor.call.recording.screened_audio import Block
from streams.records import AudioFrame, CallId
from tests.qa_monitor.builders import a_call

T = TypeVar("T")
RATE_HZ = 8_000


def run(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


def a_block(start_s: float = 0.0, seconds: float = 1.0) -> Block:
    """Both channels, each sample another."""
    samples = np.arange(int(seconds * RATE_HZ) * 2, dtype=np.int32).astype(np.int16).reshape(-1, 2)
    return Block(start_s=start_s, samples=samples)


def frames(start_s: float, seconds: float) -> list[AudioFrame]:
    """Loud on both channels."""
    samples = np.full(int(seconds * RATE_HZ), 5_000, np.int16)
    return [
        AudioFrame(call_id=CallId("call-1"), channel=channel, start_s=start_s, samples=samples, rate_hz=RATE_HZ)
        for channel in (0, 1)
    ]


def test_everyone_gets_every_block_from_when_they_came_to_the_end() -> None:
    """Nothing of before; and after the last block, that it is over."""

    async def follow() -> tuple[list[object], list[object]]:
        listeners = Listeners(RATE_HZ)
        first = listeners.join()
        listeners.give(a_block(0.0))
        second = listeners.join()
        listeners.give(a_block(1.0))
        listeners.end()
        heard = [[await one.next(1.0) for _ in range(3)] for one in (first, second)]
        return [_name(one) for one in heard[0]], [_name(one) for one in heard[1]]

    first, second = run(follow())

    assert first == [0.0, 1.0, Parted.ENDED]
    assert second == [1.0, Parted.ENDED, Parted.ENDED]


def _name(given: Block | Parted | None) -> object:
    return given.start_s if isinstance(given, Block) else given


def test_who_comes_after_the_end_is_told_so() -> None:
    """A call may end between the question and the answer."""

    async def late() -> object:
        listeners = Listeners(RATE_HZ)
        listeners.end()
        return await listeners.join().next(1.0)

    assert run(late()) is Parted.ENDED


def test_while_nothing_may_be_heard_there_is_nothing_yet() -> None:
    """The page can say so."""

    async def wait() -> object:
        return await Listeners(RATE_HZ).join().next(0.001)

    assert run(wait()) is None


def test_a_slow_listener_is_cut_and_the_others_are_not() -> None:
    """What waited is dropped at once: memory has a bound, whatever a browser does."""

    async def slow() -> tuple[bool, object, list[object], int]:
        listeners = Listeners(RATE_HZ, most_waiting_s=2.5)
        lame, quick = listeners.join(), listeners.join()
        heard: list[object] = []
        for number in range(4):
            listeners.give(a_block(float(number)))
            heard.append(_name(await quick.next(1.0)))
        return lame.cut, await lame.next(1.0), heard, len(lame._blocks)

    cut, told, heard, waiting = run(slow())

    assert cut
    assert told is Parted.TOO_SLOW
    assert heard == [0.0, 1.0, 2.0, 3.0]
    assert waiting == 0


def test_who_left_is_given_nothing() -> None:
    """And may leave twice."""
    listeners = Listeners(RATE_HZ)
    gone = listeners.join()
    listeners.leave(gone)
    listeners.leave(gone)
    listeners.give(a_block())

    assert len(listeners) == 0
    assert not gone._blocks


def test_without_a_store_audio_is_held_only_while_somebody_listens() -> None:
    """From the second they came; and with its silences, also those asked for before."""

    async def call() -> tuple[float, list[Block], float]:
        with ThreadPoolExecutor(max_workers=1) as executor:
            recorder = CallRecorder(a_call(), None, executor)
            for frame in frames(0.0, 100.0):
                recorder.add(frame)
            before_s = recorder._held.held_s
            listener = recorder.listeners.join()
            recorder.mute(101.0, 101.5)
            for frame in frames(100.0, 3.0):
                recorder.add(frame)
            await recorder.write(102.0)
            recorder.listeners.leave(listener)
            await recorder.write(103.0)
            for frame in frames(103.0, 5.0):
                recorder.add(frame)
            await recorder.close()
        heard = [given for given in [await listener.next(0.001)] if isinstance(given, Block)]
        return before_s, heard, recorder._held.held_s

    before_s, heard, after_s = run(call())

    assert before_s == after_s == 0
    assert [(block.start_s, len(block.samples)) for block in heard] == [(100.0, 2 * RATE_HZ)]
    assert heard[0].samples[:RATE_HZ].all()
    assert not heard[0].samples[RATE_HZ : RATE_HZ * 3 // 2].any()


def test_a_block_is_sent_in_messages_of_a_second() -> None:
    """Each says where it begins and how far the call has come; put together they are the block."""
    block = a_block(7.0, seconds=2.5)
    messages = list(pieces(block, RATE_HZ, now_s=12.0))
    heads = [struct.unpack("<dd", message[: HEAD.size]) for message in messages]
    sent = np.concatenate([np.frombuffer(message[HEAD.size :], "<i2") for message in messages])

    assert heads == [(7.0, 12.0), (8.0, 12.0), (9.0, 12.0)]
    assert np.array_equal(sent.reshape(-1, 2), block.samples)
    assert '"channels": ["customer", "agent"]' in begun(a_call(), 12.0)
