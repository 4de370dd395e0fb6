"""A call deleted wholly: no row, no file, no byte of it is left, and a proof that says so."""

import asyncio
import shutil
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert, select

from qa_monitor.delivery.records import DeliveryEvent, DeliveryState
from qa_monitor.erasing.erase import Eraser
from qa_monitor.erasing.records import Erased, StillLive, digest_of
from qa_monitor.erasing.traces import CHUNK, count_traces, found_in
from qa_monitor.people.listening import Ending, Heard, Listening
from qa_monitor.records.errors import NotKept
from qa_monitor.seed.calls import centre, made_calls
from qa_monitor.seed.records import MadeCall
from qa_monitor.seed.run import seed
from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.tables import schema
from qa_monitor.store.whole_calls.erasures import MERGE_PAGES, merge_step, tables_of_call
from streams.records import CallId
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.seeding import a_plan
from tests.qa_monitor.storing import a_store

NOW = datetime(2026, 6, 2, 9, tzinfo=UTC)
COLUMNS = ("call_id", "flag_id")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[MadeCall]]:
    """A few calls with audio, and a delivery waiting for every change of a flag."""
    folder, plan = tmp_path_factory.mktemp("filled"), a_plan()
    seed(folder, plan)
    calls = list(made_calls(plan, centre(plan)))
    audio = AudioFiles(folder / AUDIO_FOLDER, floor_bytes=0)
    for made in calls:
        audio.open(made.call)
        audio.append(made.call.call_id, 0.0, np.ones((8_000, 2), dtype=np.int16))
        audio.close(made.call.call_id)
    engine = writer_engine(folder / FILE)
    with engine.begin() as connection:
        for sequence in connection.execute(select(schema.flag_events.c.sequence)).scalars().all():
            connection.execute(insert(schema.deliveries).values(a_delivery(sequence)))
    engine.dispose()
    return folder, calls


@pytest.fixture
def kept(tmp_path: Path, filled: tuple[Path, list[MadeCall]]) -> list[MadeCall]:
    """The same, for one test to delete from."""
    shutil.copytree(filled[0], tmp_path, dirs_exist_ok=True)
    return filled[1]


def a_delivery(sequence: int) -> dict[str, object]:
    """Somebody is still to be told of this change."""
    return {
        "key": f"k{sequence}",
        "target": "crm",
        "event": next(iter(DeliveryEvent)).value,
        "sequence": sequence,
        "state": DeliveryState.WAITING.value,
        "attempts": 0,
        "entered_at": NOW,
        "due_at": NOW,
    }


def with_flags(calls: list[MadeCall]) -> MadeCall:
    """One that has something in as many tables as possible."""
    return max(calls, key=lambda made: (bool(made.emotions), len(made.flag_lives), len(made.holds)))


def erase(folder: Path, call_id: CallId) -> Erased:
    """With a search afterwards; the proof is kept."""

    async def run() -> Erased:
        async with a_store(folder) as store:
            eraser = Eraser(store.erasures, AudioFiles(folder / AUDIO_FOLDER), folder)
            erased = await eraser.erase(call_id, "lead", NOW, search=True)
            assert await eraser.proofs(5) == (erased.erasure,)
            return erased

    return asyncio.run(run())


def counted(folder: Path, column: str, values: Collection[str]) -> dict[str, int]:
    """Rows of every table of the file, known to this release or not, that name one of these."""
    connection = sqlite3.connect(folder / FILE)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for name in names:
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
        if column in columns:
            marks = ",".join("?" * len(values))
            asked = f'SELECT count(*) FROM "{name}" WHERE "{column}" IN ({marks})'
            found[name] = connection.execute(asked, sorted(values)).fetchone()[0]
    connection.close()
    return found


def test_nothing_is_left_of_a_deleted_call(tmp_path: Path, kept: list[MadeCall]) -> None:
    """In any table that names calls or flags, in the audio folder, in any byte of any file."""
    made = with_flags(kept)
    call_id, flags = made.call.call_id, {life[-1][1].flag.flag_id for life in made.flag_lives}
    others = {one.call.call_id for one in kept} - {call_id}
    before = counted(tmp_path, "call_id", others)
    sentence = max((line.text for line in made.spoken.lines), key=len).encode()
    assert count_traces(tmp_path, [call_id.encode(), sentence, digest_of(call_id).encode()]) >= 3

    erased = erase(tmp_path, call_id)

    assert set(counted(tmp_path, "call_id", {call_id}).values()) == {0}
    assert not flags or set(counted(tmp_path, "flag_id", flags).values()) == {0}
    assert counted(tmp_path, "call_id", others) == before
    assert (erased.log_emptied, erased.traces) == (True, 0)
    assert count_traces(tmp_path, [call_id.encode(), digest_of(call_id).encode() + b".wav"]) == 0


def test_the_proof_says_what_was_deleted_and_nothing_of_it(tmp_path: Path, kept: list[MadeCall]) -> None:
    """Counts per table, files and bytes, who and when; the call by a digest."""
    made = with_flags(kept)
    events = sum(len(life) for life in made.flag_lives)

    proof = erase(tmp_path, made.call.call_id).erasure

    assert (proof.call_digest, proof.by, proof.at) == (digest_of(made.call.call_id), "lead", NOW)
    assert proof.rows["utterances"] == len(made.spoken.lines)
    assert proof.rows.get("flags", 0) == len(made.flag_lives)
    assert proof.rows.get("deliveries", 0) == proof.rows.get("flag_events", 0) == events
    assert (proof.audio.files, proof.audio.bytes > 32_000) == (2, True)


def test_words_said_in_no_other_call_leave_the_index_too(tmp_path: Path, kept: list[MadeCall]) -> None:
    """With any SQLite, and however the index lies: those of the calls that stay are found as before."""
    lasting, deleted = kept[0].call.call_id, kept[1].call.call_id
    say(tmp_path, lasting, "lastingquux")
    say(tmp_path, deleted, *rare_words())
    assert count_traces(tmp_path, [b"deletedquux"]) == 1

    erase(tmp_path, deleted)

    assert count_traces(tmp_path, [b"deletedquux"]) == 0
    assert count_traces(tmp_path, [word.encode()[2:] for word in rare_words()[1::97]]) == 0
    connection = sqlite3.connect(tmp_path / FILE)
    asked = "SELECT call_id FROM call_words JOIN call_facts ON number = call_words.rowid WHERE call_words MATCH ?"
    assert connection.execute(asked, ["lastingquux"]).fetchall() == [(lasting,)]
    connection.execute("INSERT INTO call_words (call_words) VALUES ('integrity-check')")
    connection.close()


def test_other_writes_come_between_while_the_index_is_merged(tmp_path: Path, kept: list[MadeCall]) -> None:
    """One step is one write, and a short one."""
    for number, made in enumerate(kept):
        say(tmp_path, made.call.call_id, *(f"w{number}x{each * 7919 % 99991}" for each in range(3_000)))
    connection = writer_engine(tmp_path / FILE).connect()
    with connection.begin():
        connection.exec_driver_sql("DELETE FROM calls WHERE call_id = ?", (kept[0].call.call_id,))

    steps = 0
    while True:
        with connection.begin():
            before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            more = merge_step(connection, "call_words", MERGE_PAGES if steps else -MERGE_PAGES)
            changed = connection.exec_driver_sql("SELECT total_changes()").scalar_one() - before
        assert changed <= 8 * MERGE_PAGES
        steps += 1
        if not more:
            break
    connection.close()

    assert steps > 2


def say(folder: Path, call_id: CallId, *words: str) -> None:
    """One utterance of a call gets these words more."""
    engine = writer_engine(folder / FILE)
    with engine.begin() as connection:
        one = connection.exec_driver_sql("SELECT min(utterance_id) FROM utterances WHERE call_id = ?", (call_id,))
        connection.exec_driver_sql(
            "UPDATE utterances SET text = text || ? WHERE call_id = ? AND utterance_id = ?",
            (" " + " ".join(words), call_id, one.scalar_one()),
        )
    engine.dispose()


def rare_words() -> list[str]:
    """So many that they fill several pages of the index."""
    return [
        "deletedquux",
        *(f"{chr(97 + each % 26)}{chr(97 + each // 26 % 26)}zeb{each * 7919:x}u" for each in range(2_000)),
    ]


def test_every_table_that_names_a_call_or_a_flag_is_emptied_of_it() -> None:
    """Also those that are added later: they are read off the schema."""
    emptied = {table.name for table, _ in tables_of_call(CallId("c"))}
    naming = {table.name for table in schema.metadata.sorted_tables if any(name in table.c for name in COLUMNS)}

    assert (naming | {"deliveries"}) - emptied == {"listenings"}
    assert "erasures" not in emptied


def test_that_somebody_listened_outlives_the_call_without_its_name(tmp_path: Path, kept: list[MadeCall]) -> None:
    """Whoever listened cannot undo it by deleting the call: a digest is left, as in the proof."""
    call_id = with_flags(kept).call.call_id

    async def listened() -> None:
        heard = Heard(call_id=call_id, tenant="default", team="north", agent_id="a-7", by="dan", began_at=NOW)
        async with a_store(tmp_path) as store:
            await store.listenings.end(await store.listenings.begin(heard), Ending.LEFT, NOW, 12.0)

    async def left() -> tuple[Listening, ...]:
        async with a_store(tmp_path) as store:
            return await store.listenings.latest(5)

    asyncio.run(listened())
    erased = erase(tmp_path, call_id)
    (one,) = asyncio.run(left())

    assert (one.call_id, one.call_digest, one.by, one.heard_s) == (None, digest_of(call_id), "dan", 12.0)
    assert "listenings" not in erased.erasure.rows
    assert erased.traces == 0


def test_what_is_not_there_or_goes_on_is_not_deleted(tmp_path: Path) -> None:
    """And it is said which."""

    async def run() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            eraser = Eraser(store.erasures, AudioFiles(tmp_path / AUDIO_FOLDER), tmp_path)
            with pytest.raises(StillLive):
                await eraser.erase(a_call().call_id, "lead", NOW)
            with pytest.raises(NotKept):
                await eraser.erase(CallId("another"), "lead", NOW)

    asyncio.run(run())


def test_a_search_finds_what_lies_across_two_pieces(tmp_path: Path) -> None:
    """Files are read in pieces."""
    file = tmp_path / "file"
    file.write_bytes(b"x" * (CHUNK - 3) + b"needle" + b"x" * 10)

    assert found_in(file, [b"needle", b"absent", b"file"]) == {b"needle", b"file"}
