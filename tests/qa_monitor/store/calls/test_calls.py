"""Calls, and what was said in them, on real files."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.records import FlagState, Priority
from qa_monitor.records.calls import CallAgent, CallState, FlagCounts, Hold, blindness
from qa_monitor.records.errors import CallExists, NotKept, StoreError
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason, Speaker
from tests.qa_monitor.builders import (
    NOON,
    a_call,
    a_flag,
    a_gap,
    a_held_flag,
    a_score,
    an_utterance,
    some_dynamics,
)
from tests.qa_monitor.storing import CALL, a_store


def test_everything_about_a_call_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    """What the review page reads is what the pipeline saved, embedding aside."""
    call, utterance = a_call(), an_utterance()
    reply = an_utterance(4.0, channel=1, speaker=Speaker.AGENT)

    async def keep() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(call)
            await store.save_utterance(reply, late=True)
            await store.save_utterance(utterance, a_score(utterance))
            await store.save_flag(a_flag(), call, NOON)
            await store.save_held(a_held_flag())
            await store.save_gap(a_gap())
            await store.save_dynamics(CALL, some_dynamics())
            await store.end_call(CallEnded(call_id=CALL, end_s=12.5, reason=EndReason.HANGUP), NOON)

        async with a_store(tmp_path) as store:
            record = await store.record(CALL)

        assert record is not None
        assert record.call.call == call
        assert record.call.state is CallState.ENDED
        assert (record.call.duration_s, record.call.end_reason) == (12.5, EndReason.HANGUP)
        assert record.call.ended_at == NOON
        assert record.call.flags == FlagCounts(high=1)
        assert record.call.dynamics == some_dynamics()
        assert record.call.agents == (CallAgent(agent_id="agent-7", team="north", from_s=0.0),)
        assert record.utterances == (
            StoredUtterance(utterance=utterance, emotion=a_score(utterance)),
            StoredUtterance(utterance=reply, late=True),
        )
        assert [kept.flag for kept in record.flags] == [a_flag()]
        assert (record.flags[0].agent_id, record.flags[0].team, record.flags[0].sequence) == ("agent-7", "north", 1)
        assert record.held == (a_held_flag(),)
        assert record.gaps == (a_gap(),)

    asyncio.run(keep())


def test_a_call_id_is_taken_once(tmp_path: Path) -> None:
    """A second call of the same id never writes into the first."""

    async def twice() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())

            with pytest.raises(CallExists, match="call-1"):
                await store.save_call(a_call())

    asyncio.run(twice())


def test_a_final_replaces_the_same_utterance_and_partials_are_refused(tmp_path: Path) -> None:
    """One row per utterance id; its score goes with it."""
    first, better = an_utterance(text="Je veux rire."), replace(an_utterance(), revision=4)

    async def replace_it() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            await store.save_utterance(first, a_score(first))
            await store.save_utterance(better)
            record = await store.record(CALL)

            assert record is not None
            assert record.utterances == (StoredUtterance(utterance=better),)
            with pytest.raises(ValueError, match="only finals"):
                await store.save_utterance(replace(better, final=False))

    asyncio.run(replace_it())


def test_one_refused_write_leaves_those_committed_with_it(tmp_path: Path) -> None:
    """Writes that wait together share a commit, not a fate."""

    async def together() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            outcomes = await asyncio.gather(
                store.save_utterance(an_utterance(1.0)),
                store.save_utterance(an_utterance(2.0, call_id="unknown")),
                store.save_utterance(an_utterance(3.0)),
                return_exceptions=True,
            )
            record = await store.record(CALL)

            assert [type(outcome) for outcome in outcomes] == [type(None), StoreError, type(None)]
            assert record is not None
            assert [kept.utterance.start_s for kept in record.utterances] == [1.0, 3.0]

    asyncio.run(together())


def test_calls_are_listed_newest_first_with_their_flags_counted(tmp_path: Path) -> None:
    """Withdrawn flags do not count."""

    async def list_them() -> None:
        async with a_store(tmp_path) as store:
            calls = [a_call(f"call-{n}", started_at=NOON + timedelta(minutes=n)) for n in range(3)]
            for call in calls:
                await store.save_call(call)
            await store.end_call(CallEnded(call_id=CallId("call-0"), end_s=5.0, reason=EndReason.END), NOON)
            await store.save_flag(a_flag("a", call_id="call-2", priority=Priority.LOW), calls[2], NOON)
            withdrawn = a_flag("b", call_id="call-2", state=FlagState.WITHDRAWN)
            await store.save_flag(withdrawn, calls[2], NOON)
            every, live = await store.calls(), await store.calls(CallState.LIVE)
            ended, one = await store.calls(CallState.ENDED), await store.calls(limit=1)

        assert [stored.call.call_id for stored in every] == ["call-2", "call-1", "call-0"]
        assert [stored.call.call_id for stored in live] == ["call-2", "call-1"]
        assert [stored.call.call_id for stored in ended] == ["call-0"]
        assert [stored.flags for stored in one] == [FlagCounts(low=1)]

    asyncio.run(list_them())


def test_a_call_is_held_back_only_while_it_is_live(tmp_path: Path) -> None:
    """Lists of calls say so; one that is over is not paused any more."""

    async def hold() -> None:
        async with a_store(tmp_path) as store:
            stored = await store.save_call(a_call())
            assert stored.paused is None
            await store.save_hold(CALL, Hold.OFF_RECORD)
            assert [call.paused for call in await store.calls(CallState.LIVE, 5)] == [Hold.OFF_RECORD]
            assert [call.paused for call in (await store.snapshot()).calls] == [Hold.OFF_RECORD]
            ended = await store.end_call(CallEnded(call_id=CALL, end_s=1.0, reason=EndReason.END), NOON)

        assert ended.paused is None

    asyncio.run(hold())


def test_calls_left_live_are_interrupted_at_their_last_sign_of_life(tmp_path: Path) -> None:
    """The start after a crash closes them; their flags stay."""

    async def crash() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            await store.save_utterance(an_utterance(6.0))
            await store.save_flag(a_flag(), a_call(), NOON)

        store = await SqliteStore.open(tmp_path, heard_s=lambda call_id: 7.5)
        call, flags = await store.call(CALL), await store.flags()
        await store.close()

        assert call is not None
        assert (call.state, call.end_reason) == (CallState.INTERRUPTED, EndReason.INTERRUPTED)
        assert call.duration_s == 8.0
        assert call.ended_at == NOON + timedelta(seconds=8)
        assert [stored.flag for stored in flags] == [a_flag()]
        assert [stored.call.call_id for stored in store.interrupted] == [CALL]

    asyncio.run(crash())


def test_damaged_audio_does_not_keep_the_service_from_starting(tmp_path: Path) -> None:
    """The call is interrupted where the database last heard of it."""

    def damaged(call_id: CallId) -> float:
        raise StoreError(f"audio of {call_id} is damaged")

    async def start() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            await store.save_utterance(an_utterance(6.0))
        store = await SqliteStore.open(tmp_path, heard_s=damaged)
        call = await store.call(CALL)
        await store.close()

        assert call is not None
        assert (call.state, call.duration_s) == (CallState.INTERRUPTED, 8.0)

    asyncio.run(start())


def test_ending_a_call_twice_changes_nothing(tmp_path: Path) -> None:
    """The first reason is the true one."""

    async def end() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            first = await store.end_call(CallEnded(call_id=CALL, end_s=5.0, reason=EndReason.END), NOON)
            second = await store.end_call(CallEnded(call_id=CALL, end_s=9.0, reason=EndReason.ERROR), NOON)

            assert first == second
            with pytest.raises(NotKept, match="call other"):
                await store.end_call(CallEnded(call_id=CallId("other"), end_s=9.0, reason=EndReason.END), NOON)

    asyncio.run(end())


@pytest.mark.parametrize(
    ("channels", "reason"),
    [
        ((Speaker.CUSTOMER, Speaker.AGENT), None),
        ((Speaker.MIXED,), "mono"),
        ((Speaker.CUSTOMER, Speaker.UNKNOWN), "unknown_speaker"),
    ],
)
def test_a_call_whose_speakers_are_not_told_apart_is_blind(channels: tuple[Speaker, ...], reason: str | None) -> None:
    """The console says so in words."""
    assert blindness(a_call(channels=channels)) == reason
