"""Calls begin, are told apart, fail alone and end, in the application around a dictated recording."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.call.pipeline import PipelineFailed
from qa_monitor.records.calls import CallState, StoredCall
from streams.records import AudioFrame, CallEnded, CallId, CallStarted, EndReason, Language, Samples
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.service import settings_for

QUIET: Samples = np.zeros(1_600, np.int16)
WITHIN_S = 20.0


@asynccontextmanager
async def an_application(folder: Path, **changes: object) -> AsyncIterator[Application]:
    """Whatever it hears, nobody speaks."""
    nobody = Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR)
    async with open_application(settings_for(folder, **changes), lambda _: nobody.engine()) as parts:
        yield parts


def a_frame(call: CallStarted, start_s: float, rate_hz: int = 8_000) -> AudioFrame:
    return AudioFrame(call_id=call.call_id, channel=0, start_s=start_s, samples=QUIET, rate_hz=rate_hz)


def an_end(call: CallStarted, end_s: float = 0.2) -> CallEnded:
    return CallEnded(call_id=call.call_id, end_s=end_s, reason=EndReason.END)


async def kept(parts: Application, call_id: str) -> StoredCall:
    found = await parts.store.call(CallId(call_id))
    assert found is not None
    return found


async def ended(parts: Application, call_id: str) -> list[str]:
    """Follow a call to its end, as a page does; what came."""
    async with asyncio.timeout(WITHIN_S):
        return [event.event.value async for event in parts.live.follow(CallId(call_id), parts.clock())]


async def whole_call(parts: Application, call: CallStarted) -> None:
    line = parts.switchboard.line()
    await line(call)
    await line(a_frame(call, 0.0))
    (call_id,) = parts.switchboard.live
    await line(an_end(call))
    await ended(parts, call_id)


def test_a_call_is_live_from_its_start_to_its_end(tmp_path: Path) -> None:
    """On the switchboard and in the store."""

    async def test() -> None:
        async with an_application(tmp_path) as parts:
            line, call = parts.switchboard.line(), a_call("c")
            await line(call)
            assert set(parts.switchboard.live) == {"c"}
            assert (await kept(parts, "c")).state is CallState.LIVE

            await line(a_frame(call, 0.0))
            await line(an_end(call))
            await ended(parts, "c")
            assert not parts.switchboard.live
            stored = await kept(parts, "c")
            assert (stored.state, stored.end_reason, stored.duration_s) == (CallState.ENDED, EndReason.END, 0.2)

    asyncio.run(test())


def test_an_id_that_is_live_has_no_room_and_gets_a_number_afterwards(tmp_path: Path) -> None:
    """Systems that restart count from one again: nothing is overwritten."""

    async def test() -> None:
        async with an_application(tmp_path) as parts:
            line, call = parts.switchboard.line(), a_call("c")
            await line(call)
            assert not parts.switchboard.has_room_for(call)
            assert parts.switchboard.has_room_for(a_call("d"))
            await line(an_end(call))
            await ended(parts, "c")

            for number in (2, 3):
                assert parts.switchboard.has_room_for(call)
                await whole_call(parts, call)
                assert (await kept(parts, f"c~{number}")).state is CallState.ENDED

    asyncio.run(test())


def test_events_of_a_renamed_call_are_its_own(tmp_path: Path) -> None:
    """Gaps and audio are kept under the name that was given."""

    async def test() -> None:
        async with an_application(tmp_path) as parts:
            await whole_call(parts, a_call("c"))
            await whole_call(parts, a_call("c"))

            assert parts.audio.duration_s(CallId("c")) == pytest.approx(0.2)
            assert parts.audio.duration_s(CallId("c~2")) == pytest.approx(0.2)

    asyncio.run(test())


def test_no_more_calls_than_allowed_not_even_at_the_same_moment(tmp_path: Path) -> None:
    """A call counts from the moment it is announced, before it is saved."""

    async def test() -> None:
        async with an_application(tmp_path, max_calls=2) as parts:
            board = parts.switchboard
            admitted = 0

            async def arrives(number: int) -> None:
                nonlocal admitted
                call = a_call(f"c-{number}")
                if board.has_room_for(call):
                    admitted += 1
                    await board.line()(call)

            await asyncio.gather(*(arrives(number) for number in range(10)))
            assert admitted == 2
            assert board.full
            for call_id in list(board.live):
                await board.live[call_id].put(an_end(a_call(call_id)))
                await ended(parts, call_id)
            assert not board.full

    asyncio.run(test())


def test_a_call_that_cannot_be_followed_ends_alone_and_says_so(tmp_path: Path) -> None:
    """Its connection is told, its consoles too, and the call beside it goes on to its own end."""

    async def test() -> None:
        async with an_application(tmp_path) as parts:
            broken, good = a_call("broken"), a_call("good")
            broken_line, good_line = parts.switchboard.line(), parts.switchboard.line()
            await broken_line(broken)
            await good_line(good)
            await broken_line(a_frame(broken, 0.0, rate_hz=16_000))  # no dialect does this: an error of our own
            assert (await ended(parts, "broken"))[-1] == "ended"
            with pytest.raises(PipelineFailed):
                await broken_line(a_frame(broken, 0.2))
            await good_line(a_frame(good, 0.0))
            await good_line(an_end(good))
            await parts.switchboard.drain(WITHIN_S)

            first, second = await kept(parts, "broken"), await kept(parts, "good")
            assert (first.state, first.end_reason) == (CallState.ENDED, EndReason.ERROR)
            assert (second.state, second.end_reason) == (CallState.ENDED, EndReason.END)
            assert parts.switchboard.has_room_for(broken)

    with capture_logs() as logged:
        asyncio.run(test())
    assert [line["event"] for line in logged if line["log_level"] == "error"] == [
        "a call could not be followed any further"
    ]


def test_draining_waits_for_calls_that_are_ending(tmp_path: Path) -> None:
    """What was said last is judged and kept before the store closes."""

    async def test() -> None:
        async with an_application(tmp_path) as parts:
            line, call = parts.switchboard.line(), a_call("c")
            await line(call)
            await line(an_end(call))
            await parts.switchboard.drain(WITHIN_S)

            assert (await kept(parts, "c")).state is CallState.ENDED

    asyncio.run(test())


def test_a_call_still_going_on_at_the_end_is_marked_by_the_next_start(tmp_path: Path) -> None:
    """Draining has a limit; nothing stays live for ever."""

    async def test() -> None:
        async with an_application(tmp_path) as parts:
            await parts.switchboard.line()(a_call("c"))
            await parts.switchboard.drain(0.1)
        async with an_application(tmp_path) as parts:
            assert (await kept(parts, "c")).state is CallState.INTERRUPTED

    asyncio.run(test())
