"""Verdicts on flags of rules on trial, which nobody was told about, on real files."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.records import CoachId, FlagId, HeldFlag, HoldReason, Measured
from qa_monitor.erasing.records import AudioErased
from qa_monitor.records.errors import NotKept, TooLate
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.records.verdicts import Verdict, VerdictCount, VerdictKind
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, EndReason, Language
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.storing import CALL, a_store

ANN, EVE = CoachId("ann"), CoachId("eve")
S1 = FlagId("s1")
USEFUL, FALSE_ALARM = VerdictKind.USEFUL, VerdictKind.FALSE_ALARM


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def on_trial(name: str = "s1", reason: HoldReason = HoldReason.SHADOW) -> HeldFlag:
    return HeldFlag(flag=a_flag(name), reason=reason)


def a_verdict(kind: VerdictKind, by: CoachId = ANN, at_s: float = 0, name: str = "s1") -> Verdict:
    return Verdict(flag_id=FlagId(name), kind=kind, by=by, at=after(at_s))


async def with_trial(store: SqliteStore) -> None:
    await store.save_call(a_call())
    await store.save_held(on_trial())


def test_a_verdict_on_trial_is_counted_apart_and_told_to_nobody(tmp_path: Path) -> None:
    """A later word of the same person replaces the earlier; two people count twice; the call has the latest word."""
    told: list[FlagEvent] = []

    async def judged() -> tuple[StoredFlag, tuple[VerdictCount, ...], tuple[Verdict, ...]]:
        async with a_store(tmp_path) as store:
            await with_trial(store)
            store.follow(told.append)
            await store.save_verdict(a_verdict(FALSE_ALARM))
            await store.save_verdict(a_verdict(USEFUL, EVE, 2))
            answer = await store.save_verdict(a_verdict(USEFUL, at_s=3))
            record = await store.record(CALL)
            assert record is not None
            assert (await store.flags(open_only=False), record.flags, await store.flag_events(0, 10)) == ((), (), ())
            assert await store.trial_flag(S1) == answer
            return answer, await store.verdict_counts(), record.trial_verdicts

    answer, (counted,), latest = asyncio.run(judged())

    assert told == []
    assert (answer.verdict, answer.verdict_by, answer.verdict_at, answer.sequence) == (USEFUL, ANN, after(3), None)
    assert (counted.on_trial, counted.kind, counted.count) == (True, USEFUL, 2)
    assert (counted.rule_id, counted.rule_version) == ("cancellation", "1a2b")
    assert (counted.tenant, counted.team, counted.language) == (a_call().tenant, a_call().team, Language.FR)
    assert latest == (a_verdict(USEFUL, at_s=3),)


@pytest.mark.parametrize("reason", [reason for reason in HoldReason if reason is not HoldReason.SHADOW])
def test_what_was_held_for_another_reason_cannot_be_judged(tmp_path: Path, reason: HoldReason) -> None:
    async def judged() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            await store.save_held(on_trial(reason=reason))
            with pytest.raises(NotKept):
                await store.save_verdict(a_verdict(USEFUL))
            with pytest.raises(NotKept):
                await store.take_back(S1, ANN, since=NOON, at=NOON)
            assert await store.trial_flag(S1) is None
            assert await store.verdict_counts() == ()

    asyncio.run(judged())


def test_other_systems_hear_nothing_of_what_is_said_of_a_flag_on_trial(tmp_path: Path) -> None:
    """Not even those that want to hear of every change."""

    async def entered() -> int:
        store = await SqliteStore.open(tmp_path, wants=lambda news: ["crm"])
        try:
            await with_trial(store)
            await store.save_verdict(a_verdict(USEFUL))
            await store.take_back(S1, ANN, since=NOON, at=after(1))
            return len(await store.outbox.find(None, None, 10))
        finally:
            await store.close()

    assert asyncio.run(entered()) == 0


def test_a_told_flag_is_judged_as_told(tmp_path: Path) -> None:
    """Its rule may have come into force during the call."""

    async def judged() -> tuple[VerdictCount, ...]:
        async with a_store(tmp_path) as store:
            await with_trial(store)
            await store.save_flag(a_flag("s1"), a_call(), NOON)
            await store.save_verdict(a_verdict(USEFUL))
            return await store.verdict_counts()

    assert [one.on_trial for one in asyncio.run(judged())] == [False]


def test_the_last_word_is_taken_back_then_the_one_before_holds(tmp_path: Path) -> None:
    """One's own alone, and only lately; the same word again is not another."""

    async def undone(store: SqliteStore, by: CoachId, at_s: float) -> VerdictKind | None:
        return (await store.take_back(S1, by, since=after(at_s - 10), at=after(at_s))).verdict

    async def steps() -> list[VerdictKind | None]:
        async with a_store(tmp_path) as store:
            await with_trial(store)
            await store.save_verdict(a_verdict(FALSE_ALARM))
            await store.save_verdict(a_verdict(USEFUL, at_s=5))
            await store.save_verdict(a_verdict(USEFUL, at_s=6))
            for by, at_s in ((EVE, 7), (ANN, 16)):
                with pytest.raises(TooLate):
                    await undone(store, by, at_s)
            found = [await undone(store, ANN, 8), await undone(store, ANN, 9)]
            with pytest.raises(TooLate):
                await undone(store, ANN, 9)
            assert await store.verdict_counts() == ()
            return found

    assert asyncio.run(steps()) == [FALSE_ALARM, None]


def test_verdicts_go_with_their_call_and_with_the_voice_they_are_about(tmp_path: Path) -> None:
    """Without consent a held flag that rests on the voice is deleted: what was said of it would tell of the voice."""
    voice = on_trial("v1")
    measured = (Measured(name="anger", value=0.9, threshold=0.6),)
    voice = replace(voice, flag=replace(voice.flag, evidence=replace(voice.flag.evidence, measured=measured)))

    async def erased() -> tuple[list[FlagId], list[str]]:
        async with a_store(tmp_path) as store:
            await with_trial(store)
            await store.save_held(voice)
            for name in ("s1", "v1"):
                await store.save_verdict(a_verdict(USEFUL, name=name))
            await store.forget_emotions(CALL)
            record = await store.record(CALL)
            assert record is not None
            left = [one.flag_id for one in record.trial_verdicts]
            await store.end_call(CallEnded(call_id=CALL, end_s=9.0, reason=EndReason.END), after(20))
            gone = await store.erasures.erase(CALL, "ada", after(30), AudioErased())
            assert gone.erasure.rows["trial_verdicts"] == 1
            return left, [one.rule_id for one in await store.verdict_counts()]

    assert asyncio.run(erased()) == (["s1"], [])
