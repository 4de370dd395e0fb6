"""Everything kept, in one folder or tar file with sums; and back again.

Works while the service does. Secrets (access and ingest tokens) are left out: a restored service makes its own.
"""

import os
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_monitor.archive import Archive, FolderArchive, Summed, is_inside, reading, writing
from qa_monitor.records.errors import StoreError
from qa_monitor.rules.history import FOLDER as HISTORY_FOLDER
from qa_monitor.rules.rulesets import RULES_FOLDER
from qa_monitor.store.audio.files import AUDIO_FOLDER
from qa_monitor.store.database.copy import adopt_database, copy_database
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.folder import LOCK, FolderLock

MANIFEST = "manifest.json"
SCRATCH = ".unfinished-"
FOLDERS = (AUDIO_FOLDER, RULES_FOLDER, HISTORY_FOLDER)
"""Of a data folder, besides the database: calls' audio, the rules that were published, and all that ever held."""


class BackupError(Exception):
    """A backup could not be made or used. The message says what to do; nothing was changed."""


class FileEntry(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    made_at: datetime
    files: dict[str, FileEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What was copied."""

    made_at: datetime
    """When the backup was made."""
    files: int
    bytes: int


def backup(data_dir: Path, target: Path, now: datetime) -> BackupReport:
    """Copy database, audio and rules to a new folder, or to a tar file where the name says so (`.tar.gz`, …).

    Raises `BackupError`, for one when `target` exists; then nothing is left behind.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise BackupError(f"{target} exists: name a new file or folder")
    if target.resolve().is_relative_to(data_dir.resolve()):
        raise BackupError(f"{target} lies in the data folder: name a place outside {data_dir}")
    if not (data_dir / FILE).is_file():
        raise BackupError(f"{data_dir} holds no {FILE}: name the data folder of the service")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=target.parent) as scratch:
            made = Path(scratch) / "made"
            copy_database(data_dir / FILE, Path(scratch) / FILE)
            with writing(made, target) as archive:
                manifest = fill(archive, Path(scratch) / FILE, data_dir, now)
            os.replace(made, target)
    except (OSError, StoreError, tarfile.TarError) as error:
        raise BackupError(f"{target}: the backup could not be made: {error}") from error
    return report(manifest)


def fill(archive: Archive, database: Path, data_dir: Path, now: datetime) -> Manifest:
    """Put the copy of the database, the folders and, last, the manifest into an archive."""
    entries: dict[str, FileEntry] = {}
    with database.open("rb") as file:
        entries[FILE] = put(archive, FILE, file, size_of(file))
    for path in sorted(path for folder in FOLDERS for path in (data_dir / folder).rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                name = path.relative_to(data_dir).as_posix()
                # as much as it holds now: that of a live call grows meanwhile
                entries[name] = put(archive, name, file, size_of(file))
    manifest = Manifest(made_at=now, files=entries)
    text = manifest.model_dump_json(indent=1).encode()
    archive.add(MANIFEST, BytesIO(text), len(text))
    return manifest


def put(archive: Archive, name: str, file: IO[bytes], size: int) -> FileEntry:
    """Copy a file and tell what was copied."""
    summed = Summed(file, size)
    archive.add(name, summed, size)
    return FileEntry(bytes=size, sha256=summed.sha256)


def size_of(file: IO[bytes]) -> int:
    """Bytes of an open file."""
    return os.fstat(file.fileno()).st_size


def restore(source: Path, data_dir: Path, *, replace: bool = False) -> BackupReport:
    """Put a backup into a data folder after every sum was verified. The service must not run there.

    A folder that holds anything is refused, unless `replace`: then its database, audio and rules are deleted. Raises
    `BackupError`.
    """
    try:
        lock = FolderLock.take(data_dir)
        try:
            held = [path.name for path in data_dir.iterdir() if path.name != LOCK and not path.name.startswith(SCRATCH)]
            if held and not replace:
                raise BackupError(
                    f"{data_dir} is not empty: name an empty folder, or replace what it holds with --overwrite"
                )
            with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=data_dir) as scratch:
                restored = Path(scratch) / "restored"
                manifest = unpack(source, restored)
                adopt_database(restored / FILE)
                install(restored, data_dir, Path(scratch) / "old")
        finally:
            lock.release()
    except (OSError, EOFError, StoreError, tarfile.TarError) as error:
        raise BackupError(f"{source}: the backup could not be restored: {error}") from error
    return report(manifest)


def unpack(source: Path, folder: Path) -> Manifest:
    """Copy all files of a backup to a new folder, and verify them against its manifest."""
    unpacked = FolderArchive(folder)
    found: dict[str, FileEntry] = {}
    manifest: Manifest | None = None
    with closing(reading(source)) as files:
        for member in files:
            if member.name == MANIFEST:
                manifest = read_manifest(source, member.file)
            elif not is_inside(member.name):
                raise BackupError(f"{source}: {member.name!r} is no file of a backup")
            else:
                found[member.name] = put(unpacked, member.name, member.file, member.size)
    if manifest is None:
        raise BackupError(f"{source}: no {MANIFEST}: this is no backup, or not all of one")
    differing = sorted(
        name for name in manifest.files.keys() | found.keys() if manifest.files.get(name) != found.get(name)
    )
    if differing or FILE not in found:
        names = ", ".join(differing[:3]) or FILE
        raise BackupError(f"{source}: differs from its {MANIFEST} in {names}: use another backup")
    return manifest


def read_manifest(source: Path, file: IO[bytes]) -> Manifest:
    """The manifest inside an archive."""
    try:
        return Manifest.model_validate_json(file.read())
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the whole file"
        raise BackupError(f"{source}: {MANIFEST} is not one of this release, see {where}") from error


def install(restored: Path, data_dir: Path, old: Path) -> None:
    """Put the verified files in the place of those there, which go to `old`; all of them, or none."""
    old.mkdir()
    # the logs first: beside another database they would be taken for its own
    moves = [(data_dir / name, old / name) for name in (f"{FILE}-wal", f"{FILE}-shm", FILE, *FOLDERS)]
    moves += [(restored / name, data_dir / name) for name in (*FOLDERS, FILE)]
    done: list[tuple[Path, Path]] = []
    try:
        for start, end in moves:
            if start.exists():
                start.rename(end)
                done.append((start, end))
    except OSError:
        for start, end in reversed(done):
            end.rename(start)
        raise


def report(manifest: Manifest) -> BackupReport:
    """What a manifest tells."""
    total = sum(entry.bytes for entry in manifest.files.values())
    return BackupReport(made_at=manifest.made_at, files=len(manifest.files), bytes=total)
