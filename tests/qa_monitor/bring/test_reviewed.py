"""A recording that was brought in is a call like any other to whom reviews, counts and searches."""

import asyncio
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from qa_monitor.library.records import Asked, CallFilter
from qa_monitor.library.text_query import parse_text
from qa_monitor.people.sight import EVERYTHING
from qa_monitor.records.errors import CallExists
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.store.whole_calls.imports import WholeCall
from qa_monitor.themes.port import Scope
from qa_monitor.themes.reasons import STARTER, read_reasons
from qa_monitor.themes.records import EVERY, Theme
from qa_monitor.themes.watch import ThemeWatch
from streams.records import CallEnded, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag, an_utterance, some_dynamics
from tests.qa_monitor.reporting import asked, figure, made
from tests.qa_monitor.storing import CALL, a_store

BROUGHT_IN = NOON + timedelta(days=30)
"""Long after the call."""
TEXT = "Ma box clignote depuis hier."
SHA = "ab" * 32


async def a_whole_call(folder: Path) -> WholeCall:
    """As it is read from the store in which a recording was gone through."""
    async with a_store(folder) as store:
        await store.save_call(a_call())
        await store.save_utterance(an_utterance(1.0, text=TEXT))
        await store.save_flag(a_flag(), a_call(), NOON)
        await store.save_dynamics(CALL, some_dynamics())
        await store.end_call(CallEnded(call_id=CALL, end_s=60.0, reason=EndReason.END), NOON + timedelta(minutes=1))
        return await store.imports.whole(CALL)


async def found(store: SqliteStore, text: str) -> list[str]:
    """Calls in which this was said."""
    page = await store.library.calls(Asked(filter=CallFilter(text=parse_text(text))), EVERYTHING)
    return [call.facts.call_id for call in page.calls]


def test_a_recording_is_found_scored_and_counted(tmp_path: Path) -> None:
    """A month after the call: by its words, for scorecards, in reports and among what customers call about."""

    async def test() -> None:
        whole = await a_whole_call(tmp_path / "apart")
        async with a_store(tmp_path / "kept") as store:
            await store.imports.keep(whole, SHA, BROUGHT_IN)

            assert await found(store, "clignote") == [CALL]
            since = BROUGHT_IN - timedelta(hours=48)
            assert await store.scorecards.unscored(since, BROUGHT_IN, 10, late_too=True) == (CALL,)
            later = BROUGHT_IN + timedelta(seconds=1)
            assert await store.scorecards.unscored(later, later, 10, late_too=True) == ()
            report = await made(store, asked())
            assert figure(report, "calls").value == 1
            watch = ThemeWatch(store.themes, read_reasons(STARTER), lambda: BROUGHT_IN, UTC)
            assert await watch.count_all(lambda counted: None) == 1
            scope = Scope(since=NOON - timedelta(days=1), until=NOON + timedelta(days=1), sight=EVERYTHING)
            assert await store.themes.sums(scope, (EVERY, Theme("fr:box"))) == {EVERY: 1, Theme("fr:box"): 1}

    asyncio.run(test())


def test_a_recording_comes_in_once_and_whole(tmp_path: Path) -> None:
    """A second time nothing is written, not even its digest."""

    async def test() -> None:
        whole = await a_whole_call(tmp_path / "apart")
        async with a_store(tmp_path / "kept") as store:
            await store.imports.keep(whole, SHA, BROUGHT_IN)
            with pytest.raises(CallExists):
                await store.imports.keep(whole, "cd" * 32, BROUGHT_IN)
            again = await store.imports.find("cd" * 32)

            assert again is None
            assert await found(store, "clignote") == [CALL]

    asyncio.run(test())
