"""Files in one folder or one tar file, each with its sum: written once, read back in order."""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

CHUNK = 1024 * 1024
TARS = (".tar", ".tar.gz", ".tgz")


class Readable(Protocol):
    """Bytes that come in order."""

    def read(self, size: int = -1, /) -> bytes: ...


class Archive(Protocol):
    """Where files are put."""

    def add(self, name: str, source: Readable, size: int) -> None:
        """Put so many bytes under this name. Raises `OSError` when the source gives fewer."""


class Summed:
    """Reads from a file at most so many bytes, and sums what was read."""

    def __init__(self, source: Readable, size: int) -> None:
        self._source = source
        self._left = size
        self._sum = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of what was read so far."""
        return self._sum.hexdigest()

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        self._sum.update(data)
        return data


class FolderArchive:
    """Files in a folder, for this user alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700)

    def add(self, name: str, source: Readable, size: int) -> None:
        path = self._folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(path, "xb", opener=private) as file:
            shutil.copyfileobj(source, file, CHUNK)
            if file.tell() != size:
                raise OSError(f"{name} became shorter while it was read")


class TarArchive:
    """Files in a tar file, for this user alone."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, source: Readable, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, source)


@contextmanager
def writing(path: Path, kind: Path) -> Iterator[Archive]:
    """A new archive at `path`, of the kind that the name `kind` tells: a tar file, or else a folder."""
    if not is_tar(kind):
        yield FolderArchive(path)
        return
    compressed = not kind.name.endswith(".tar")
    with open(path, "xb", opener=private) as file:
        with tarfile.open(fileobj=file, mode="w:gz" if compressed else "w") as tar:
            yield TarArchive(tar)
        file.flush()
        os.fsync(file.fileno())


def is_tar(path: Path) -> bool:
    """By its name."""
    return path.name.endswith(TARS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """One file of an archive."""

    name: str
    size: int
    file: IO[bytes]


def reading(path: Path) -> Generator[Member, None, None]:
    """Every regular file of an archive, in order. Raises `OSError` or `tarfile.TarError`.

    Each must be read before the next is asked for.
    """
    return read_folder(path) if path.is_dir() else read_tar(path)


def read_folder(folder: Path) -> Generator[Member, None, None]:
    """Files of a folder and its folders."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                yield Member(name=path.relative_to(folder).as_posix(), size=path.stat().st_size, file=file)


def read_tar(path: Path) -> Generator[Member, None, None]:
    """Files of a tar file; links and the like are left out."""
    with tarfile.open(path) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isreg() else None
            if file is not None:
                with file:
                    yield Member(name=member.name, size=member.size, file=file)


def is_inside(name: str) -> bool:
    """The name stays in the folder it is put into."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


def private(path: str, flags: int) -> int:
    """Open a file for this user alone."""
    return os.open(path, flags | os.O_CLOEXEC, 0o600)
