"""Backup and restore of a data folder, on real files."""

import asyncio
import hashlib
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from qa_monitor.backup import MANIFEST, BackupError, backup, restore
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.rules.history import FOLDER as HISTORY_FOLDER
from qa_monitor.rules.rulesets import RULES_FOLDER
from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag, a_score, an_utterance

CALL = CallId("call-1")
NAMES = ("saved", "saved.tar", "saved.tar.gz", "saved.tgz")
SOUND = np.arange(16_000, dtype=np.int16).reshape(-1, 2)


async def fill(data_dir: Path) -> SqliteStore:
    """A service with one live call: its store is still open."""
    store = await SqliteStore.open(data_dir)
    utterance = an_utterance()
    await store.save_call(a_call())
    await store.save_utterance(utterance, a_score(utterance))
    await store.save_flag(a_flag(), a_call(), NOON)
    files = AudioFiles(data_dir / AUDIO_FOLDER, floor_bytes=0)
    files.open(a_call())
    files.append(CALL, 0.0, SOUND)
    return store


def test_the_rules_that_were_published_come_back_with_their_history(data_dir: Path, tmp_path: Path) -> None:
    """They are written on a page and are nowhere else; those of the folder restored into go."""
    rules, kept = data_dir / RULES_FOLDER / "published.yaml", data_dir / HISTORY_FOLDER / "000001.json"
    for path in (rules, kept):
        path.parent.mkdir()
        path.write_text(path.name)
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / RULES_FOLDER).mkdir(parents=True)
    (elsewhere / RULES_FOLDER / "old.yaml").write_text("of before")

    backup(data_dir, tmp_path / "saved.tar.gz", NOON)
    restore(tmp_path / "saved.tar.gz", elsewhere, replace=True)

    found = [elsewhere / path.relative_to(data_dir) for path in (rules, kept)]
    assert [path.read_text() for path in found] == ["published.yaml", "000001.json"]
    assert [path.name for path in (elsewhere / RULES_FOLDER).iterdir()] == ["published.yaml"]


async def read(data_dir: Path) -> tuple[CallRecord | None, str]:
    store = await SqliteStore.open(data_dir)
    record = await store.record(CALL)
    await store.close()
    return record, store.generation


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder of a service that has stopped."""
    folder = tmp_path / "data"

    async def fill_and_close() -> None:
        store = await fill(folder)
        await store.end_call(CallEnded(call_id=CALL, end_s=1.0, reason=EndReason.END), NOON)
        await store.close()

    asyncio.run(fill_and_close())
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_what_was_backed_up_while_the_service_worked_comes_back(tmp_path: Path, name: str) -> None:
    """Calls, utterances, scores, flags and audio; under numbers of its own, so that consoles start afresh."""
    data_dir, target, elsewhere = tmp_path / "data", tmp_path / "safe" / name, tmp_path / "elsewhere"

    async def work() -> str:
        store = await fill(data_dir)
        made = await asyncio.to_thread(backup, data_dir, target, NOON)
        await store.save_utterance(an_utterance(5.0))
        await store.close()
        assert (made.files, made.made_at) == (3, NOON)
        return store.generation

    generation = asyncio.run(work())
    restored = restore(target, elsewhere)
    record, new_generation = asyncio.run(read(elsewhere))
    audio = AudioFiles(elsewhere / AUDIO_FOLDER)

    assert (restored.files, restored.made_at) == (3, NOON)
    assert record is not None
    assert [kept.utterance for kept in record.utterances] == [an_utterance()]
    assert record.utterances[0].emotion == a_score(an_utterance())
    assert [stored.flag for stored in record.flags] == [a_flag()]
    sound = audio.read(CALL, 0.0, 9.0)
    assert sound is not None
    assert np.array_equal(sound, SOUND)
    assert new_generation != generation
    assert [path.name for path in target.parent.iterdir()] == [name]
    assert all(path.stat().st_mode & 0o077 == 0 for path in elsewhere.rglob("*") if path.is_file())
    assert target.stat().st_mode & 0o077 == 0


def test_a_folder_in_use_or_not_empty_is_not_restored_into(tmp_path: Path, data_dir: Path) -> None:
    """Unless told, and never under a running service."""
    backup(data_dir, tmp_path / "saved", NOON)
    before = asyncio.run(read(data_dir))

    with pytest.raises(BackupError, match="is not empty: .* --overwrite"):
        restore(tmp_path / "saved", data_dir)

    async def under_a_running_service() -> None:
        store = await SqliteStore.open(data_dir)
        try:
            with pytest.raises(BackupError, match="another qa-monitor works in this folder"):
                await asyncio.to_thread(restore, tmp_path / "saved", data_dir, replace=True)
        finally:
            await store.close()

    asyncio.run(under_a_running_service())
    assert asyncio.run(read(data_dir)) == before


def test_replacing_leaves_only_what_the_backup_holds(tmp_path: Path, data_dir: Path) -> None:
    """The newer call goes; tokens and the like stay."""
    backup(data_dir, tmp_path / "saved.tar", NOON)
    (data_dir / "token").write_text("secret")

    async def go_on() -> None:
        store = await SqliteStore.open(data_dir)
        await store.save_call(a_call("later"))
        await store.close()

    asyncio.run(go_on())
    later = AudioFiles(data_dir / AUDIO_FOLDER, floor_bytes=0)
    later.open(a_call("later"))
    later.close(CallId("later"))

    restore(tmp_path / "saved.tar", data_dir, replace=True)

    async def calls() -> list[str]:
        store = await SqliteStore.open(data_dir)
        found = await store.calls()
        await store.close()
        return [stored.call.call_id for stored in found]

    assert asyncio.run(calls()) == ["call-1"]
    assert later.wav(CallId("later")) is None
    assert (data_dir / "token").read_text() == "secret"
    assert not list(data_dir.glob(".unfinished-*"))


def the_sound(saved: Path) -> Path:
    return next((saved / AUDIO_FOLDER).rglob("*.wav"))


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)


def rewrite_manifest(saved: Path, **changes: object) -> None:
    manifest = json.loads((saved / MANIFEST).read_text())
    (saved / MANIFEST).write_text(json.dumps(manifest | changes))


def drop_database(saved: Path) -> None:
    (saved / FILE).unlink()
    files = json.loads((saved / MANIFEST).read_text())["files"]
    rewrite_manifest(saved, files={name: entry for name, entry in files.items() if name != FILE})


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a byte": lambda saved: flip(the_sound(saved), -1),
    "a byte of the database": lambda saved: flip(saved / FILE, 5_000),
    "cut short": lambda saved: os.truncate(the_sound(saved), 100),
    "a file gone": lambda saved: the_sound(saved).unlink(),
    "a file more": lambda saved: (saved / "more").write_text(""),
    "no manifest": lambda saved: (saved / MANIFEST).unlink(),
    "no database": drop_database,
    "another format": lambda saved: rewrite_manifest(saved, format=2),
    "no JSON": lambda saved: (saved / MANIFEST).write_text("{"),
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("a byte", r"differs from its manifest.json in audio/.*\.wav"),
        ("a byte of the database", "differs from its manifest.json in qa-monitor.db"),
        ("cut short", "differs from its manifest.json"),
        ("a file gone", "differs from its manifest.json"),
        ("a file more", "differs from its manifest.json in more"),
        ("no manifest", "this is no backup, or not all of one"),
        ("no database", "differs from its manifest.json in qa-monitor.db"),
        ("another format", "manifest.json is not one of this release, see format"),
        ("no JSON", "manifest.json is not one of this release"),
    ],
)
def test_a_spoilt_backup_is_refused_and_nothing_is_touched(
    tmp_path: Path, data_dir: Path, change: str, said: str
) -> None:
    """Everything is verified before anything is replaced."""
    backup(data_dir, tmp_path / "saved", NOON)
    DAMAGE[change](tmp_path / "saved")
    before = asyncio.run(read(data_dir))

    with pytest.raises(BackupError, match=said):
        restore(tmp_path / "saved", data_dir, replace=True)
    with pytest.raises(BackupError, match=said):
        restore(tmp_path / "saved", tmp_path / "elsewhere")

    assert asyncio.run(read(data_dir)) == before
    assert not list(data_dir.glob(".unfinished-*"))


def test_a_damaged_database_is_refused_even_when_the_sums_agree(tmp_path: Path, data_dir: Path) -> None:
    """The backup may have been made of a file that was damaged already."""
    backup(data_dir, tmp_path / "saved", NOON)
    (tmp_path / "saved" / FILE).write_bytes(b"no database" * 1_000)
    manifest = json.loads((tmp_path / "saved" / MANIFEST).read_text())
    data = (tmp_path / "saved" / FILE).read_bytes()
    manifest["files"][FILE] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (tmp_path / "saved" / MANIFEST).write_text(json.dumps(manifest))

    with pytest.raises(BackupError, match="no database"):
        restore(tmp_path / "saved", tmp_path / "elsewhere")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "audio/../../outside"])
def test_a_hostile_archive_writes_nowhere_else(tmp_path: Path, name: str) -> None:
    """Names that leave the folder are refused."""
    with tarfile.open(tmp_path / "hostile.tar", "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, BytesIO(b"evil"))

    with pytest.raises(BackupError, match="is no file of a backup"):
        restore(tmp_path / "hostile.tar", tmp_path / "elsewhere")

    assert not list(tmp_path.rglob("*outside*"))


def test_a_truncated_tar_is_refused(tmp_path: Path, data_dir: Path) -> None:
    """A copy that was cut off on its way."""
    for name, share in (("saved.tar", 0.5), ("saved.tar.gz", 0.9)):
        backup(data_dir, tmp_path / name, NOON)
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data[: int(len(data) * share)])

        with pytest.raises(BackupError):
            restore(tmp_path / name, tmp_path / "elsewhere")


def test_places_that_make_no_sense_are_refused_in_words(tmp_path: Path, data_dir: Path) -> None:
    """Nothing is overwritten, nothing is copied into itself."""
    (tmp_path / "taken.tar").write_text("mine")
    with pytest.raises(BackupError, match="exists: name a new file"):
        backup(data_dir, tmp_path / "taken.tar", NOON)
    with pytest.raises(BackupError, match="lies in the data folder"):
        backup(data_dir, data_dir / "saved", NOON)
    with pytest.raises(BackupError, match="holds no qa-monitor.db"):
        backup(tmp_path / "nowhere", tmp_path / "saved", NOON)
    with pytest.raises(BackupError, match="could not be restored"):
        restore(tmp_path / "nowhere", tmp_path / "elsewhere")

    assert (tmp_path / "taken.tar").read_text() == "mine"
    assert not list(tmp_path.glob(".unfinished-*"))


def test_a_backup_holds_no_log_beside_the_database(tmp_path: Path, data_dir: Path) -> None:
    """It is one whole file, which any SQLite can open."""
    backup(data_dir, tmp_path / "saved", NOON)
    connection = sqlite3.connect(f"file:{tmp_path / 'saved' / FILE}?mode=ro", uri=True)
    verdict = connection.execute("PRAGMA integrity_check").fetchall()
    count = connection.execute("SELECT count(*) FROM flags").fetchone()
    connection.close()

    assert verdict == [("ok",)]
    assert count == (1,)
    assert sorted(path.name for path in (tmp_path / "saved").iterdir()) == [AUDIO_FOLDER, MANIFEST, FILE]
