"""A call that goes on in another session: one call, one clock, one end."""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa_monitor.call.switchboard.switchboard import Switchboard
from qa_monitor.records.calls import CallState
from streams.records import CallEnded, CallStarted, EndReason, GapReason, Speaker
from tests.qa_monitor.live_calls import Source, a_board, an_application, record_of, started
from tests.qa_monitor.playing import a_planned_call

CALL = a_planned_call("en-2-charged-twice", until_s=16, call_id="c")
QUIET = np.zeros_like(CALL.samples)


def again(**changes: object) -> CallStarted:
    """The start of a second session, which carries the first one on."""
    return started(CALL, metadata={"session_id": "s-2", "conversation_id": "v-1"}, continues=("s-1",), **changes)


async def begun(board: Switchboard, call: CallStarted, samples: NDArray[np.int16] = QUIET) -> Source:
    """A session of its own that has announced the call."""
    source = Source(board.line(), call, samples)
    await source.start()
    return source


def test_a_session_that_carries_on_belongs_to_the_same_call(tmp_path: Path) -> None:
    """Its times are the call's; the hole is a gap; the call ends once."""

    async def play() -> None:
        async with an_application(tmp_path, CALL, "en-2-charged-twice") as parts:
            board = a_board(parts)
            first = await begun(board, started(CALL), CALL.samples)
            await first.send(8.0)
            await first.end(EndReason.RECONNECT)
            assert first.line.downlink.flushed
            assert board.has_room_for(again())
            second = await begun(board, again(), CALL.samples)
            await second.send(16.0, from_s=8.0)
            await second.end()
            record = await record_of(parts, board, "c")
            (only,) = await parts.store.calls()

        assert only.call.call_id == "c"
        assert (record.call.state, record.call.end_reason) == (CallState.ENDED, EndReason.END)
        holes = [gap for gap in record.gaps if gap.reason is GapReason.LOST]
        assert [(gap.channel, gap.start_s) for gap in holes] == [(0, 8.0), (1, 8.0)]
        hole_s = holes[0].duration_s
        assert 0 < hole_s < 5
        assert record.call.duration_s == pytest.approx(16.0 + hole_s)
        agent = [kept.utterance for kept in record.utterances if kept.utterance.channel == 1]
        assert agent[-1].start_s == pytest.approx(12.26 + hole_s, abs=0.6)

    asyncio.run(play())


def test_the_channels_of_the_second_session_may_be_the_other_way_round(tmp_path: Path) -> None:
    """Each speaker stays on their channel."""

    async def play() -> None:
        async with an_application(tmp_path) as parts:
            board = a_board(parts)
            first = await begun(board, started(CALL))
            await first.send(1.0)
            await first.end(EndReason.RECONNECT)
            loud = QUIET.copy()
            loud[:, 0] = np.tile([900, -900], len(loud) // 2)
            inverted = again(channels=(Speaker.AGENT, Speaker.CUSTOMER))
            second = await begun(board, inverted, loud)
            await second.send(1.0, from_s=0.0)
            await second.end()
            await record_of(parts, board, "c")
            audio = parts.audio.read(CALL.call_id, 0.0, 9.0)

        assert audio is not None
        assert not audio[:, 0].any()
        assert audio[-8_000:, 1].all()

    asyncio.run(play())


def test_a_conversation_that_left_to_reconnect_is_carried_on_by_its_name(tmp_path: Path) -> None:
    """Where the source does not say which session it continues. While the first is live, it is another call."""

    async def play() -> None:
        async with an_application(tmp_path) as parts:
            board = a_board(parts)
            first = await begun(board, started(CALL))
            unnamed = replace(again(), continues=(), call_id=CALL.call_id)
            assert not board.has_room_for(unnamed)
            await first.end(EndReason.RECONNECT)
            assert board.has_room_for(unnamed)
            assert not board.has_room_for(replace(unnamed, tenant="other"))
            second = await begun(board, unnamed)
            assert set(board.live) == {"c"}
            await second.end()
            record = await record_of(parts, board, "c")

        assert record.call.end_reason is EndReason.END

    asyncio.run(play())


def test_a_session_that_takes_over_silences_the_one_before(tmp_path: Path) -> None:
    """What that still sends is dropped, its end too."""

    async def play() -> None:
        async with an_application(tmp_path) as parts:
            board = a_board(parts)
            first = await begun(board, started(CALL))
            await first.send(1.0)
            board.pause(CALL.call_id)
            second = await begun(board, again())
            assert second.line.downlink.paused
            assert first.line.downlink.flushed
            board.resume(CALL.call_id)
            await first.send(9.0)
            await first.end(EndReason.RECONNECT)
            await second.send(1.0)
            await second.end(EndReason.HANGUP)
            record = await record_of(parts, board, "c")

        assert record.call.end_reason is EndReason.HANGUP
        assert record.call.duration_s is not None
        assert record.call.duration_s < 5

    asyncio.run(play())


@pytest.mark.parametrize("how", ["nobody came", "the service stops"])
def test_a_session_that_never_comes_ends_the_call(how: str, tmp_path: Path) -> None:
    """For good, with its reason; a session that comes later begins another call."""

    async def play() -> None:
        async with an_application(tmp_path) as parts:
            board = a_board(parts, carry_on_s=0.05 if how == "nobody came" else 15.0)
            first = await begun(board, started(CALL))
            await first.send(1.0)
            await first.end(EndReason.RECONNECT)
            if how == "nobody came":
                async with asyncio.timeout(10):
                    async for _ in parts.live.follow(CALL.call_id, parts.clock()):
                        pass
            record = await record_of(parts, board, "c")
            assert (record.call.state, record.call.end_reason) == (CallState.ENDED, EndReason.RECONNECT)
            assert record.call.duration_s == 1.0

            late = await begun(board, again())
            assert set(board.live) == {"c~2"}
            await late.tell(CallEnded(call_id=CALL.call_id, end_s=0.0, reason=EndReason.END))
            await board.drain(20)

    asyncio.run(play())
