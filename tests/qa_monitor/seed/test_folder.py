"""Seeded calls in a folder: the rows that live calls leave, the same for the same seed."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from qa_monitor.cli import app
from qa_monitor.records.calls import CallState
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.reports.port import Backlog
from qa_monitor.scorecards.records import CallScore
from qa_monitor.seed.calls import centre, made_calls
from qa_monitor.seed.records import SeedError, SeedPlan, utterance
from qa_monitor.seed.rows import LINES, line_cells
from qa_monitor.seed.run import seed
from qa_monitor.store.calls.utterance_rows import utterance_cells
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.reports.figures import read_for_repeats
from qa_monitor.store.tables import schema
from streams.records import CallId
from tests.qa_monitor.seeding import a_plan
from tests.qa_monitor.storing import a_store

OWN_OF_EACH_FOLDER = ("generations", "alembic_version", "flag_events")
"""A folder's generation is its own; events carry it."""


def dumped(folder: Path) -> list[str]:
    """Every row of every table that seeding fills."""
    connection = sqlite3.connect(folder / FILE)
    rows = [line for line in connection.iterdump() if not any(f'INTO "{name}"' in line for name in OWN_OF_EACH_FOLDER)]
    connection.close()
    return rows


def test_the_same_seed_makes_the_same_rows(tmp_path: Path) -> None:
    """Byte for byte; another seed makes others."""
    for name, plan in (("one", a_plan()), ("again", a_plan()), ("other", a_plan(seed=2))):
        seed(tmp_path / name, plan)

    assert dumped(tmp_path / "one") == dumped(tmp_path / "again")
    assert dumped(tmp_path / "one") != dumped(tmp_path / "other")


def test_rows_are_those_that_live_calls_leave() -> None:
    """Utterances are written without the store's own function: they come out the same."""
    plan = a_plan(4)
    for made in made_calls(plan, centre(plan)):
        for line in made.spoken.lines:
            cells = line_cells(made.call.call_id, made.language.value, line)
            expected = utterance_cells(utterance(made.call, line))
            assert {**cells, "timing": None} == expected
            assert tuple(cells) == LINES


def test_the_store_reads_them_back(tmp_path: Path) -> None:
    """As it reads any call."""
    plan = a_plan()
    seed(tmp_path, plan)
    (made, *_) = [call for call in made_calls(plan, centre(plan)) if call.flag_lives and call.emotions]

    async def read(call_id: CallId) -> CallRecord | None:
        async with a_store(tmp_path) as store:
            return await store.record(call_id)

    record = asyncio.run(read(made.call.call_id))

    assert record is not None
    assert record.call.state is CallState.ENDED
    assert record.call.dynamics == made.dynamics
    assert record.call.course == made.course
    assert [one.utterance.text for one in record.utterances] == [line.text for line in made.spoken.lines]
    assert len([one for one in record.utterances if one.emotion]) == len(made.emotions)
    assert {one.flag.flag_id for one in record.flags} == {life[-1][1].flag.flag_id for life in made.flag_lives}


def test_calls_come_with_their_score_and_figures(tmp_path: Path) -> None:
    """The score reads back as it was made; figures are all counted, and words tell the same of repeated contact."""
    plan = a_plan()
    seed(tmp_path, plan)
    made = {call.call.call_id: call for call in made_calls(plan, centre(plan))}

    async def read() -> tuple[list[tuple[CallScore, ...]], Backlog]:
        async with a_store(tmp_path) as store:
            return [await store.scorecards.scores_of(call_id) for call_id in made], await store.reports.backlog()

    scores, backlog = asyncio.run(read())
    engine = writer_engine(tmp_path / FILE)
    with engine.begin() as connection:
        kept = {row.call_id: row.repeated for row in connection.execute(select(schema.call_figures))}
        connection.execute(update(schema.call_figures).values(repeated=None))
        read_again = read_for_repeats(connection, plan.calls)
    engine.dispose()

    assert scores == [(call.score,) for call in made.values()]
    assert backlog == Backlog(pending=0, unread=0)
    assert kept == {call_id: told.value for call_id, told in read_again.items()}


def test_a_folder_with_calls_is_left_alone(tmp_path: Path) -> None:
    """Unless one asks for it, and then not with the same calls again."""
    seed(tmp_path, a_plan(3))

    with pytest.raises(SeedError, match="--into"):
        seed(tmp_path, a_plan(3, seed=2))
    with pytest.raises(SeedError, match="another seed"):
        seed(tmp_path, a_plan(3), into=True)
    done = seed(tmp_path, SeedPlan(calls=3, until=a_plan().until, seed=2), into=True)

    assert (done.calls, done.people) == (3, 0)


def test_the_command_says_what_it_made(tmp_path: Path) -> None:
    """With the size of a call."""
    folder = str(tmp_path / "data")
    given = ["seed", "--calls", "3", "--until", "2026-06-01", "--data-dir", folder]
    done, refused = CliRunner().invoke(app, given), CliRunner().invoke(app, given)

    assert done.exit_code == 0, done.output
    assert "3 calls (365 days until 2026-06-01, seed 1)" in done.output
    assert "bytes a call" in done.output
    assert refused.exit_code == 2
