"""Coaches' verdicts, on real files."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId, FlagState
from qa_monitor.records.errors import NotKept, TooLate
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.records.verdicts import Restored, Said, Verdict, VerdictCount, VerdictKind
from qa_monitor.store.sqlite import SqliteStore
from streams.records import Language
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.storing import a_store

ANN, F1 = CoachId("ann"), FlagId("f1")


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def a_verdict(flag_id: str, kind: VerdictKind, by: str = "ann", at: datetime = NOON) -> Verdict:
    return Verdict(flag_id=FlagId(flag_id), kind=kind, by=CoachId(by), at=at)


async def undone(store: SqliteStore, at_s: float, by: CoachId = ANN) -> StoredFlag:
    return await store.take_back(F1, by, since=after(at_s - 10), at=after(at_s))


def test_verdicts_are_counted_by_rule_version_team_and_language(tmp_path: Path) -> None:
    """A coach's later word replaces the earlier; two coaches count twice."""

    async def counted() -> tuple[VerdictCount, ...]:
        async with a_store(tmp_path) as store:
            for name in ("f1", "f2"):
                await store.save_flag(a_flag(name), a_call(), NOON)
            await store.save_verdict(a_verdict("f1", VerdictKind.FALSE_ALARM))
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL))
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL, by="eve"))
            await store.save_verdict(a_verdict("f2", VerdictKind.ALREADY_KNOWN))
            return await store.verdict_counts()

    call = a_call()
    found = asyncio.run(counted())

    assert [(one.kind, one.count) for one in found] == [(VerdictKind.ALREADY_KNOWN, 1), (VerdictKind.USEFUL, 2)]
    assert {(one.rule_id, one.rule_version) for one in found} == {("cancellation", "1a2b")}
    assert {(one.tenant, one.team, one.language) for one in found} == {(call.tenant, call.team, Language.FR)}


def test_a_flag_that_is_not_kept_cannot_be_judged(tmp_path: Path) -> None:
    async def judged() -> None:
        async with a_store(tmp_path) as store:
            with pytest.raises(NotKept):
                await store.save_verdict(a_verdict("nobody", VerdictKind.USEFUL))
            assert await store.verdict_counts() == ()

    asyncio.run(judged())


def test_a_verdict_takes_an_open_flag_on_and_is_told(tmp_path: Path) -> None:
    """On the feed like any change, and with the flag wherever it is read; the same word again tells nothing."""
    told: list[FlagEvent] = []

    async def judged() -> tuple[StoredFlag, ...]:
        async with a_store(tmp_path) as store:
            store.follow(told.append)
            await store.save_flag(a_flag(), a_call(), NOON)
            await store.save_verdict(a_verdict("f1", VerdictKind.FALSE_ALARM, at=after(5)))
            await store.save_verdict(a_verdict("f1", VerdictKind.FALSE_ALARM, at=after(6)))
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL, at=after(7)))
            assert (await store.snapshot()).flags == ()
            return await store.flags(open_only=False)

    (found,) = asyncio.run(judged())

    assert [(one.flag.flag.state.value, one.flag.verdict) for one in told] == [
        ("confirmed", None),
        ("acknowledged", VerdictKind.FALSE_ALARM),
        ("acknowledged", VerdictKind.USEFUL),
    ]
    assert found == told[-1].flag
    assert (found.verdict_by, found.verdict_at, found.acknowledged_at) == (ANN, after(7), after(5))


def test_the_last_thing_done_is_taken_back_then_the_one_before(tmp_path: Path) -> None:
    """A changed mind gives the earlier verdict back; then the flag is open again and the verdict gone."""

    async def back() -> tuple[list[StoredFlag], tuple[VerdictCount, ...]]:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(state=FlagState.RAISED), a_call(), NOON)
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL, at=after(1)))
            await store.save_verdict(a_verdict("f1", VerdictKind.ALREADY_KNOWN, at=after(2)))
            steps = [await undone(store, 3)]
            assert [one.kind for one in await store.verdict_counts()] == [VerdictKind.USEFUL]
            steps.append(await undone(store, 4))
            with pytest.raises(TooLate):
                await undone(store, 5)
            return steps, await store.verdict_counts()

    steps, counts = asyncio.run(back())

    assert [(one.flag.state, one.verdict, one.verdict_at) for one in steps] == [
        (FlagState.ACKNOWLEDGED, VerdictKind.USEFUL, after(1)),
        (FlagState.RAISED, None, None),
    ]
    assert (steps[1].acknowledged_by, steps[1].acknowledged_at) == (None, None)
    assert counts == ()


def test_a_verdict_on_an_acknowledged_flag_is_taken_back_alone(tmp_path: Path) -> None:
    """And what the engine has told since stays: confirmed while it was acknowledged, it is confirmed once open."""

    async def back() -> list[StoredFlag]:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(state=FlagState.RAISED), a_call(), NOON)
            await store.acknowledge(F1, ANN, after(1))
            await store.save_verdict(a_verdict("f1", VerdictKind.USEFUL, at=after(2)))
            await store.save_flag(replace(a_flag(), end_s=9.0), a_call(), after(3))
            return [await undone(store, 4), await undone(store, 5)]

    verdict_gone, reopened = asyncio.run(back())

    assert (verdict_gone.flag.state, verdict_gone.verdict) == (FlagState.ACKNOWLEDGED, None)
    assert (verdict_gone.flag.end_s, verdict_gone.acknowledged_at) == (9.0, after(1))
    assert (reopened.flag.state, reopened.flag.end_s) == (FlagState.CONFIRMED, 9.0)


def test_what_is_long_done_or_anothers_is_not_taken_back(tmp_path: Path) -> None:
    async def back() -> StoredFlag | None:
        async with a_store(tmp_path) as store:
            await store.save_flag(a_flag(), a_call(), NOON)
            with pytest.raises(TooLate, match="flag f1"):
                await undone(store, 1)
            await store.acknowledge(F1, ANN, after(2))
            for at_s, by in ((3, CoachId("eve")), (13, ANN)):
                with pytest.raises(TooLate):
                    await undone(store, at_s, by)
            with pytest.raises(NotKept):
                await store.take_back(FlagId("nobody"), ANN, since=NOON, at=NOON)
            return (await store.flags(open_only=False))[0]

    found = asyncio.run(back())

    assert found is not None
    assert found.acknowledged_by == ANN


def test_verdicts_from_before_a_rule_was_restored_count_no_more(tmp_path: Path) -> None:
    """For its version and tenant alone; they are read again in order of time."""

    async def counted() -> tuple[list[Said], list[Said], tuple[Restored, ...]]:
        async with a_store(tmp_path) as store:
            for number, kind in enumerate((VerdictKind.FALSE_ALARM, VerdictKind.USEFUL)):
                await store.save_flag(a_flag(f"f{number}"), a_call(), NOON)
                await store.save_verdict(a_verdict(f"f{number}", kind, at=after(10 - number)))
            rule, tenant = ("cancellation", "1a2b"), a_call().tenant
            before = list(await store.said(rule, tenant))
            restored = Restored(rule_id=rule[0], rule_version=rule[1], tenant=tenant, by="ada", at=after(9))
            await store.restore_rule(replace(restored, tenant="other"))
            assert len(await store.verdict_counts()) == 2
            await store.restore_rule(replace(restored, at=after(3)))
            await store.restore_rule(restored)
            assert [one.kind for one in await store.verdict_counts()] == [VerdictKind.FALSE_ALARM]
            return before, list(await store.said(rule, tenant)), await store.restored()

    before, later, restored = asyncio.run(counted())

    assert before == [Said(kind=VerdictKind.USEFUL, at=after(9)), Said(kind=VerdictKind.FALSE_ALARM, at=after(10))]
    assert later == before[1:]
    assert [(one.tenant, one.at) for one in restored] == [("other", after(9)), (a_call().tenant, after(9))]
