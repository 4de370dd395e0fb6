"""The store on real files."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId, FlagState, Latency, Priority
from qa_monitor.store.engines import writer_engine
from qa_monitor.store.records import (
    CallExists,
    CallState,
    FlagCounts,
    FlagEvent,
    NotKept,
    StoredUtterance,
    StoreError,
    blindness,
)
from qa_monitor.store.sqlite import FILE, SqliteStore
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

CALL = CallId("call-1")


@asynccontextmanager
async def a_store(folder: Path) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(folder, busy_ms=50)
    try:
        yield store
    finally:
        await store.close()


def test_everything_about_a_call_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    """What the review page reads is what the pipeline saved, embedding aside."""
    call, utterance = a_call(), an_utterance()
    reply = an_utterance(4.0, channel=1, speaker=Speaker.AGENT)

    async def keep() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(call)
            await store.save_utterance(reply)
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
        assert record.utterances == (
            StoredUtterance(utterance=utterance, emotion=a_score(utterance)),
            StoredUtterance(utterance=reply),
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


def test_each_change_of_a_flag_gets_the_next_number_and_is_told_in_order(tmp_path: Path) -> None:
    """The number is the resume cursor of the feed: it follows the order of commit, without a hole."""
    told: list[FlagEvent] = []

    async def many() -> None:
        async with a_store(tmp_path) as store:
            store.follow(told.append)
            call = a_call()
            raised = [a_flag(f"f{n}", state=FlagState.RAISED) for n in range(20)]
            await asyncio.gather(*(store.save_flag(flag, call, NOON) for flag in raised))
            await asyncio.gather(*(store.save_flag(flag.moved(FlagState.CONFIRMED), call, NOON) for flag in raised))
            kept = await store.flag_events(0, 1_000)
            some = await store.flag_events(5, 3)
            head = (await store.snapshot()).sequence

        assert [event.sequence for event in told] == list(range(1, 41))
        assert told == list(kept)
        assert [event.sequence for event in some] == [6, 7, 8]
        assert head == 40

    asyncio.run(many())


def test_saving_what_is_kept_already_numbers_nothing(tmp_path: Path) -> None:
    """A retry after an unclear failure shows no coach the same thing twice; its latency is kept all the same."""
    told: list[FlagEvent] = []

    async def again() -> None:
        async with a_store(tmp_path) as store:
            store.follow(told.append)
            first = await store.save_flag(a_flag(), a_call(), NOON)
            second = await store.save_flag(a_flag(), a_call(), NOON + timedelta(seconds=1))
            await store.save_latency(FlagId("f1"), Latency(stored_s=0.9, feed_s=0.95))
            third = await store.save_flag(a_flag(), a_call(), NOON)

        assert first == second
        assert third.flag.latency == Latency(text_s=0.8, rule_s=0.81, stored_s=0.9, feed_s=0.95)
        assert len(told) == 1

    asyncio.run(again())


def test_a_flag_is_kept_even_when_its_call_is_not_yet(tmp_path: Path) -> None:
    """The call may have come while the disk was full."""

    async def flag_first() -> None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(), a_call(), NOON)
            kept = await store.call(CALL)

        assert kept is not None
        assert kept.call == a_call()

    asyncio.run(flag_first())


def test_an_acknowledged_flag_stays_so_until_withdrawn_or_resolved(tmp_path: Path) -> None:
    """A final that confirms what a coach already took on does not ask again."""
    call, coach = a_call(), CoachId("ada")

    async def take_on() -> None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(state=FlagState.RAISED), call, NOON)
            taken = await store.acknowledge(FlagId("f1"), coach, NOON)
            again = await store.acknowledge(FlagId("f1"), CoachId("eve"), NOON + timedelta(minutes=1))
            confirmed = await store.save_flag(a_flag(), call, NOON)
            open_now = await store.flags()
            resolved = await store.save_flag(a_flag(state=FlagState.RESOLVED), call, NOON)
            late = await store.acknowledge(FlagId("f1"), coach, NOON)

            assert (taken.flag.state, taken.acknowledged_by) == (FlagState.ACKNOWLEDGED, coach)
            assert again == taken
            assert confirmed.flag.state is FlagState.ACKNOWLEDGED
            assert open_now == ()
            assert (resolved.flag.state, resolved.acknowledged_by) == (FlagState.RESOLVED, coach)
            assert late == resolved
            with pytest.raises(NotKept, match="flag nobody"):
                await store.acknowledge(FlagId("nobody"), coach, NOON)

    asyncio.run(take_on())


def test_late_news_of_a_flag_whose_life_is_over_changes_nothing(tmp_path: Path) -> None:
    """A retry that comes after the withdrawal does not bring the flag back."""

    async def late() -> None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(state=FlagState.RAISED), a_call(), NOON)
            withdrawn = await store.save_flag(a_flag(state=FlagState.WITHDRAWN), a_call(), NOON)
            again = await store.save_flag(a_flag(state=FlagState.RAISED), a_call(), NOON)
            events = await store.flag_events(0, 10)

        assert again == withdrawn
        assert len(events) == 2

    asyncio.run(late())


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


def test_a_full_disk_refuses_writes_in_words_and_reading_goes_on(tmp_path: Path) -> None:
    """The caller is told what to do; saving resumes by itself once there is room."""

    async def write_until_refused(store: SqliteStore) -> None:
        for n in range(2_000):
            await store.save_utterance(an_utterance(float(n), text="blanc " * 500))

    async def fill() -> None:
        store = await SqliteStore.open(tmp_path, max_bytes=200_000)
        await store.save_call(a_call())
        with pytest.raises(StoreError, match="disk is full: free some space"):
            await write_until_refused(store)
        with pytest.raises(StoreError, match="disk is full"):
            await asyncio.gather(*(store.save_utterance(an_utterance(n, text="b" * 9_000)) for n in (5e3, 6e3, 7e3)))
        kept = await store.call(CALL)
        await store.close()
        async with a_store(tmp_path) as roomier:
            await roomier.save_flag(a_flag(), a_call(), NOON)
            await roomier.check()

        assert kept is not None

    asyncio.run(fill())


def test_a_foreign_lock_fails_writes_and_saving_resumes_after_it(tmp_path: Path) -> None:
    """Another program holds the file for a while: nothing hangs, nothing is half written."""

    async def blocked() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            foreign = sqlite3.connect(tmp_path / FILE, isolation_level=None)
            foreign.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="another program holds the database"):
                await store.save_flag(a_flag(), a_call(), NOON)
            foreign.execute("ROLLBACK")
            foreign.close()
            stored = await store.save_flag(a_flag(), a_call(), NOON)

            assert stored.sequence == 1

    asyncio.run(blocked())


def test_a_folder_is_used_by_one_service_at_a_time(tmp_path: Path) -> None:
    """A second writer could damage the file."""

    async def both() -> None:
        async with a_store(tmp_path):
            with pytest.raises(StoreError, match="another qa-monitor works in this folder"):
                await SqliteStore.open(tmp_path)
        async with a_store(tmp_path) as again:
            await again.check()

    asyncio.run(both())


def test_what_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    (tmp_path / FILE).write_bytes(b"holiday pictures" * 100)

    with pytest.raises(StoreError, match="this file is no database: move it away"):
        asyncio.run(SqliteStore.open(tmp_path))

    assert (tmp_path / FILE).read_bytes() == b"holiday pictures" * 100


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    """Start-up says which folder, and what to do."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="name another folder"):
        asyncio.run(SqliteStore.open(tmp_path / "file" / "data"))


def test_writes_after_closing_are_refused(tmp_path: Path) -> None:
    """A call that outlives the store hears of it."""

    async def late() -> None:
        async with a_store(tmp_path) as store:
            pass
        with pytest.raises(StoreError, match="closed"):
            await store.save_call(a_call())

    asyncio.run(late())


def test_a_number_that_json_cannot_hold_is_refused_at_the_write(tmp_path: Path) -> None:
    """Better than a row that no page can read back."""

    async def infinite() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            with pytest.raises(StoreError, match="not finite"):
                await store.save_dynamics(CALL, some_dynamics(now_s=float("inf")))

    asyncio.run(infinite())


def test_the_database_is_for_its_owner_alone_and_durable(tmp_path: Path) -> None:
    """What is said in calls is private; a commit is on the disk when it returns."""

    async def look() -> None:
        async with a_store(tmp_path):
            pass

    asyncio.run(look())
    engine = writer_engine(tmp_path / FILE)
    with engine.connect() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        foreign_keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
    engine.dispose()

    assert (synchronous, journal, foreign_keys) == (2, "wal", 1)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


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
