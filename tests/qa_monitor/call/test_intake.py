"""What a call takes at a look: what waits, unless it came faster than the screen can answer for it."""

import asyncio
from pathlib import Path

import numpy as np

from qa_monitor.app import open_application
from qa_monitor.call.inbox import Inbox
from streams.records import AudioFrame, CallEvent, CallId, Paused
from tests.qa_monitor.live_calls import WITHIN_S, Source, a_board, record_of, started
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.replaying import flags_of, replayed, texts_of
from tests.qa_monitor.service import settings_for
from tests.qa_monitor.slow_speech import SlowSpeech

NAME = "en-2-charged-twice"
CALL = a_planned_call(NAME, until_s=40, call_id="c")
HELD_UP_S = 1.0
"""Wall seconds: enough to take in all of it, were it not waited for."""


def a_frame(number: int) -> AudioFrame:
    """The so-and-so-manieth second of one channel."""
    samples = np.zeros(8_000, np.int16)
    return AudioFrame(call_id=CallId("c"), channel=0, start_s=float(number), samples=samples, rate_hz=8_000)


def test_no_more_audio_is_taken_than_is_asked_for() -> None:
    """What is left is still news, in its order."""

    async def take() -> None:
        inbox, paused = Inbox(), Paused(call_id=CallId("c"), at_s=3.0)
        frames = [a_frame(number) for number in range(5)]
        events: list[CallEvent] = [*frames[:3], paused, *frames[3:]]
        for event in events:
            inbox.push(event)

        assert inbox.waiting_s == 5.0
        assert inbox.take(3.0) == frames[:3]
        async with asyncio.timeout(WITHIN_S):
            await inbox.news(2 * WITHIN_S)
        assert inbox.take() == [paused, *frames[3:]]
        assert inbox.take(1.0) == []

    asyncio.run(take())


def test_a_recording_loses_nothing_that_only_came_too_fast(tmp_path: Path) -> None:
    """After a stall, forty seconds come at once while the engine is busy: all are kept, and replayed the same."""
    speech = SlowSpeech(NAME, CALL)

    async def play() -> None:
        async with open_application(settings_for(tmp_path), speech.make) as parts:
            board = a_board(parts)
            source = Source(board.line(), started(CALL), CALL.samples)
            await source.start()
            speech.hold_up()
            asyncio.get_running_loop().call_later(HELD_UP_S, speech.let_go)
            await source.send(40.0)
            await source.end()
            await record_of(parts, board, "c")
            kept = parts.audio.read(CallId("c"), 0.0, 60.0)
            before, found = await replayed(parts, "c")

        assert kept is not None
        assert np.array_equal(kept, CALL.samples)
        assert len(before.flags) >= 2
        assert not found.strayed
        assert flags_of(found.record) == flags_of(before)
        assert texts_of(found.record) == texts_of(before)

    asyncio.run(play())
