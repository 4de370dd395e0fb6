"""The facts of a call follow everything that is written of it; its words are found as long as they are kept."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from alerts.records import CoachId, FlagId, FlagState
from qa_monitor.records.calls import CallAgent
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.database.migrate import migrate
from qa_monitor.store.migrations.versions import m0012_library
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, EndReason, Speaker
from tests.qa_monitor.builders import NOON, a_call, a_flag, a_held_flag, an_utterance, some_dynamics
from tests.qa_monitor.store.database.test_migrate import FIRST_RELEASE, at_revision
from tests.qa_monitor.storing import CALL, a_store

FACTS = (
    "team, agents, language, state, duration_s, talk_over_s, silence_s, customer_share,"
    " flags_high, held, useful, false_alarm, worded"
)
ENDED = CallEnded(call_id=CALL, end_s=9.5, reason=EndReason.END)
Row = Sequence[object]


def rows(folder: Path, query: str, *values: str) -> list[Row]:
    """As any reader sees them."""
    connection = sqlite3.connect(folder / FILE)
    try:
        return list(connection.execute(query, values))
    finally:
        connection.close()


def found(folder: Path, words: str) -> list[object]:
    """Ids of the calls in the index of words."""
    matching = "SELECT rowid FROM call_words WHERE call_words MATCH ?"
    return [row[0] for row in rows(folder, f"SELECT call_id FROM call_facts WHERE number IN ({matching})", words)]


def change(folder: Path, statement: str) -> None:
    """As the store's own connection would, keys held up."""
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(statement)
    connection.execute("INSERT INTO call_words (call_words) VALUES ('integrity-check')")
    connection.commit()
    connection.close()


async def a_whole_call(store: SqliteStore) -> None:
    """Announced, said, flagged, transferred and over."""
    await store.save_call(replace(a_call(), language=None))
    await store.save_utterance(an_utterance(1.0))
    await store.save_utterance(an_utterance(4.0, channel=1, speaker=Speaker.AGENT, text="Où est l'été dernier ?"))
    await store.save_flag(a_flag(), a_call(), NOON)
    await store.save_held(a_held_flag())
    await store.save_dynamics(CALL, some_dynamics())
    await store.save_agent(CALL, CallAgent(agent_id="agent-9", team="south", from_s=5.0))
    await store.end_call(ENDED, NOON)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with one call that is over."""

    async def keep() -> None:
        async with a_store(tmp_path) as store:
            await a_whole_call(store)

    asyncio.run(keep())
    return tmp_path


def test_facts_tell_of_a_call_once_it_is_over(kept: Path) -> None:
    """The language is the one spoken where none was announced; the team the last one."""
    assert rows(kept, f"SELECT {FACTS} FROM call_facts") == [
        ("south", 2, "fr", "ended", 9.5, 0.4, 3.0, 0.7, 1, 1, 0, 0, 1),
    ]
    assert rows(kept, "SELECT rule_id, flagged, held, useful FROM call_rules") == [("cancellation", 1, 1, 0)]


def test_facts_follow_verdicts_and_withdrawn_flags(kept: Path) -> None:
    """The last word of a coach counts; a flag that was withdrawn does not."""

    async def judge() -> list[Row]:
        seen: list[Row] = []
        async with a_store(kept) as store:
            for kind in (VerdictKind.USEFUL, VerdictKind.FALSE_ALARM):
                await store.save_verdict(Verdict(flag_id=FlagId("f1"), kind=kind, by=CoachId("ann"), at=NOON))
                seen += rows(kept, "SELECT flags_high, useful, false_alarm FROM call_facts")
            await store.save_flag(a_flag("f3", state=FlagState.RAISED), a_call(), NOON)
            await store.save_flag(a_flag("f3", state=FlagState.WITHDRAWN), a_call(), NOON)
            return seen + rows(kept, "SELECT flags_high, useful, false_alarm FROM call_facts")

    assert asyncio.run(judge()) == [(1, 1, 0), (1, 0, 1), (1, 0, 1)]


def test_dynamics_that_come_late_are_in_the_facts(kept: Path) -> None:
    """The last of them are saved as the call ends, before or after."""

    async def late() -> None:
        async with a_store(kept) as store:
            await store.save_dynamics(CALL, replace(some_dynamics(), hold_total_s=7.0, speakers_known=False))

    asyncio.run(late())

    assert rows(kept, "SELECT hold_s, customer_share FROM call_facts") == [(7.0, None)]


def test_words_are_found_by_who_said_them_without_their_accents(kept: Path) -> None:
    """Also in phrases."""
    assert found(kept, "resilier") == [CALL]
    assert found(kept, "agent : resilier") == []
    assert found(kept, 'agent : "l\'ete dernier"') == [CALL]


def test_the_words_of_a_live_call_are_found_once_it_is_over(tmp_path: Path) -> None:
    """Until then they cost nothing."""

    async def live() -> list[object]:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            await store.save_utterance(an_utterance())
            before = found(tmp_path, "resilier")
            await store.end_call(ENDED, NOON)
            return before

    assert asyncio.run(live()) == []
    assert found(tmp_path, "resilier") == [CALL]


def test_words_follow_an_utterance_that_is_replaced_or_comes_late(kept: Path) -> None:
    """What is no longer said is no longer found."""

    async def replaced() -> None:
        async with a_store(kept) as store:
            await store.save_utterance(an_utterance(1.0, text="Je veux rester."), late=True)
            await store.save_utterance(an_utterance(7.0, text="Merci beaucoup."), late=True)

    asyncio.run(replaced())

    assert found(kept, "resilier") == []
    assert found(kept, "rester AND merci") == [CALL]


@pytest.mark.parametrize(
    ("statement", "left"),
    [
        ("UPDATE utterances SET text = 'rien' WHERE channel = 0", [CALL]),
        ("DELETE FROM utterances WHERE channel = 0", [CALL]),
        ("DELETE FROM call_facts", []),
        ("DELETE FROM calls", []),
    ],
)
def test_words_go_with_what_was_said(kept: Path, statement: str, left: list[object]) -> None:
    """Whoever deletes: the database itself sees to it."""
    change(kept, statement)

    assert found(kept, "resilier") == []
    assert found(kept, "dernier") == left


def test_nothing_of_a_deleted_call_stays_in_the_index(kept: Path) -> None:
    """Not even a mark of it, once the index is tidied."""
    change(kept, "DELETE FROM calls")
    change(kept, "INSERT INTO call_words (call_words) VALUES ('optimize')")

    kept_parts = rows(kept, "SELECT hex(block) FROM call_words_data")
    assert not any(b"resilier".hex() in str(block).lower() for (block,) in kept_parts)
    assert rows(kept, "SELECT count(*) FROM call_words_docsize") == [(0,)]


def test_calls_of_an_earlier_release_get_facts_and_are_found(tmp_path: Path) -> None:
    """The same as if they had been written today."""
    path = tmp_path / FILE
    at_revision(path, "0001")
    connection = sqlite3.connect(path)
    connection.executescript(FIRST_RELEASE)
    connection.close()
    migrate(path)

    assert rows(tmp_path, f"SELECT {FACTS} FROM call_facts") == [
        ("north", 1, "fr", "ended", 9.5, None, None, None, 1, 1, 0, 0, 1),
    ]
    assert found(tmp_path, "oui") == ["c"]


def test_migrated_facts_are_those_written_today(kept: Path) -> None:
    """What fills the tables once and what keeps them say the same."""
    facts, did = "SELECT * FROM call_facts", "SELECT * FROM call_rules"
    before = rows(kept, facts), rows(kept, did)
    connection = sqlite3.connect(kept / FILE)
    triggers = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'words_%'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.executescript(
        "DROP VIEW call_said; DROP TABLE call_words; DROP TABLE call_rules; DROP TABLE call_facts;"
        " DROP TABLE saved_searches; DROP INDEX ix_call_agents_team; DROP INDEX ix_call_agents_agent_id;"
    )
    connection.close()
    engine = writer_engine(kept / FILE)
    with engine.begin() as writing, Operations.context(MigrationContext.configure(writing)):
        m0012_library.upgrade()
    engine.dispose()

    assert (rows(kept, facts), rows(kept, did)) == before
    assert found(kept, "resilier") == [CALL]
