"""The data folder: made for this user alone, and held by one process at a time."""

import fcntl
import os
import shutil
from pathlib import Path

from qa_monitor.records.errors import StoreError

LOCK = "in-use.lock"


class FolderLock:
    """Says that a process works in a folder. Ends with `release`, or with the process however it dies."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, folder: Path) -> "FolderLock":
        """Make the folder where it is missing and hold it. Raises `StoreError` when it cannot be, or is taken."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{folder}: cannot keep data here: {error.strerror}; name another folder") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise StoreError(
                f"{folder}: another qa-monitor works in this folder: stop it, or name another folder"
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let go. Again changes nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def free_bytes(folder: Path) -> int:
    """Room left on the disk of a folder."""
    return shutil.disk_usage(folder).free
