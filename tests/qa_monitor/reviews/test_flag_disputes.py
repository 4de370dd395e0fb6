"""An agent disputes a flag, a lead decides: once each, kept for good, and a false alarm counts against its rule."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.records import FlagId, FlagState
from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import Sight
from qa_monitor.records.errors import NotKept
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.reviews.flag_disputes import DisputeEvent, Disputes, FlagRuling, Step, check_step, standing
from qa_monitor.reviews.life import WrongStep
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.storing import a_store

SAID = DisputeEvent(flag_id=FlagId("f1"), step=Step.DISPUTE, words="I had asked before.", by="eve", at=NOON)
RIGHT = DisputeEvent(
    flag_id=FlagId("f1"),
    step=Step.DECIDE,
    words="True.",
    by="dan",
    at=NOON + timedelta(minutes=1),
    ruling=FlagRuling.FALSE_ALARM,
)


def test_a_flag_is_disputed_once_and_decided_once() -> None:
    said, decided = standing([SAID]), standing([SAID, RIGHT])

    assert said.open
    assert (decided.words, decided.ruling, decided.decided_by) == (SAID.words, FlagRuling.FALSE_ALARM, "dan")
    check_step(None, Step.DISPUTE)
    check_step(said, Step.DECIDE)
    for now, step in ((said, Step.DISPUTE), (None, Step.DECIDE), (decided, Step.DECIDE), (decided, Step.DISPUTE)):
        with pytest.raises(WrongStep):
            check_step(now, step)


async def flagged(store: SqliteStore) -> None:
    for name in ("f1", "f2"):
        await store.save_flag(a_flag(name), a_call(), NOON)


def test_a_false_alarm_is_the_leads_verdict_in_the_same_moment(tmp_path: Path) -> None:
    """A flag that stands is no verdict: that says nothing of its use."""

    async def lived() -> None:
        async with a_store(tmp_path) as store:
            await flagged(store)
            told: list[str] = []
            store.follow(lambda change: told.append(change.flag.flag.state))
            assert (await store.disputes.add(SAID)).verdict is None
            await store.disputes.add(replace(SAID, flag_id=FlagId("f2")))
            await store.disputes.add(replace(RIGHT, flag_id=FlagId("f2"), ruling=FlagRuling.STANDS))
            assert told == []
            after = await store.disputes.add(RIGHT)

            assert (after.verdict, after.verdict_by, after.verdict_at) == (VerdictKind.FALSE_ALARM, "dan", RIGHT.at)
            assert told == [FlagState.ACKNOWLEDGED]
            (counted,) = await store.verdict_counts()
            assert (counted.kind, counted.count) == (VerdictKind.FALSE_ALARM, 1)
            found = await store.disputes.of_flags([FlagId("f1"), FlagId("f2"), FlagId("f3")])
            assert {name: each.ruling for name, each in found.items()} == {"f1": "false_alarm", "f2": "stands"}
            with pytest.raises(WrongStep):
                await store.disputes.add(RIGHT)
            with pytest.raises(NotKept):
                await store.disputes.add(replace(SAID, flag_id=FlagId("f3")))

    asyncio.run(lived())


def test_disputes_are_found_by_those_who_see_the_call(tmp_path: Path) -> None:
    async def lived() -> None:
        async with a_store(tmp_path) as store:
            await flagged(store)
            await store.disputes.add(SAID)
            await store.disputes.add(replace(SAID, flag_id=FlagId("f2")))
            await store.disputes.add(RIGHT)
            south = Sight(
                teams=frozenset({TeamKey("default", "south")}), known=frozenset({TeamKey("default", "north")})
            )
            for sought, flags in [
                (Disputes(), ["f2", "f1"]),
                (Disputes(open=True), ["f2"]),
                (Disputes(open=False), ["f1"]),
                (Disputes(call_id=CallId("call-1"), limit=1), ["f2"]),
                (Disputes(call_id=CallId("other")), []),
                (Disputes(sight=south), []),
            ]:
                found = await store.disputes.find(sought)
                assert [stored.flag.flag_id for _, stored in found] == flags, sought

    asyncio.run(lived())


def test_nobody_writes_over_a_dispute(tmp_path: Path) -> None:
    """And it goes with its call."""

    async def filled() -> None:
        async with a_store(tmp_path) as store:
            await flagged(store)
            await store.disputes.add(SAID)

    asyncio.run(filled())
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        connection.execute("UPDATE flag_disputes SET words = ''")
    connection.execute("DELETE FROM calls")
    assert connection.execute("SELECT count(*) FROM flag_disputes").fetchone() == (0,)
    connection.close()
