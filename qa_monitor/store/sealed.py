"""Adapter: sealed sound as files, one per call, parts behind one another. See `unheard_port.SealedSound`.

Nobody has screened this sound, so it is never readable without its key. Each part is covered by the output of SHAKE-256
over the key of its call and 16 random bytes of its own, and vouched for by a keyed BLAKE2b of its number and of what
then lies on the disk.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from qa_monitor.store.folder import free_bytes
from qa_monitor.store.records import StoreError
from streams.records import CallId

UNHEARD_FOLDER = "unheard"
"""Where the files go inside the data folder."""
KEY_BYTES = 32
_LENGTH_BYTES, _OWN_BYTES, _SEAL_BYTES = 4, 16, 16
MOST_BYTES = 64 * 1024 * 1024
"""A longer part was never written: what says so is no length."""


class SealedFiles:
    """Files under one folder, named by a digest of the call id."""

    def __init__(self, folder: Path, floor_bytes: int) -> None:
        """`floor_bytes`: so much of the disk stays free."""
        self._folder, self._floor_bytes = folder, floor_bytes

    def add(self, call_id: CallId, key: bytes, number: int, part: bytes) -> None:
        own = os.urandom(_OWN_BYTES)
        covered = own + _covered(key, own, part)
        data = len(part).to_bytes(_LENGTH_BYTES, "big") + _seal(key, number, covered) + covered
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            if free_bytes(self._folder) - len(data) < self._floor_bytes:
                megabytes = self._floor_bytes // 1024**2
                raise StoreError(f"{self._folder}: sound is not kept while less than {megabytes} MB would stay free")
            self._append(self._path(call_id), data)
        except OSError as error:
            raise StoreError(
                f"{self._folder}: sound cannot be kept: {error.strerror}; free some space or check the disk"
            ) from error

    def parts(self, call_id: CallId, key: bytes) -> Iterator[bytes]:
        try:
            with self._path(call_id).open("rb") as file:
                number = 0
                while len(head := file.read(_LENGTH_BYTES + _SEAL_BYTES)) == _LENGTH_BYTES + _SEAL_BYTES:
                    length = int.from_bytes(head[:_LENGTH_BYTES], "big")
                    covered = file.read(_OWN_BYTES + length) if length <= MOST_BYTES else b""
                    if not hmac.compare_digest(_seal(key, number, covered), head[_LENGTH_BYTES:]):
                        return  # cut off in the middle of a write
                    yield _covered(key, covered[:_OWN_BYTES], covered[_OWN_BYTES:])
                    number += 1
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreError(f"{self._folder}: sound cannot be read: {error.strerror}; check the disk") from error

    def erase(self, call_id: CallId) -> None:
        try:
            self._path(call_id).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self._folder}: sound cannot be deleted: {error.strerror}; check the disk") from error

    def keep_only(self, call_ids: Sequence[CallId]) -> None:
        wanted = {self._path(call_id) for call_id in call_ids}
        for path in self._folder.glob("*"):
            if path not in wanted:
                path.unlink(missing_ok=True)

    def _append(self, path: Path, data: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            before, view = os.fstat(descriptor).st_size, memoryview(data)
            try:
                while view:
                    view = view[os.write(descriptor, view) :]
            except OSError:
                os.ftruncate(descriptor, before)  # nothing half written stays before the next part
                raise
        finally:
            os.close(descriptor)

    def _path(self, call_id: CallId) -> Path:
        return self._folder / hashlib.sha256(call_id.encode("utf-8", "surrogatepass")).hexdigest()


def _covered(key: bytes, own: bytes, part: bytes) -> bytes:
    """Covered, or uncovered again."""
    cover = hashlib.shake_256(b"cover" + key + own).digest(len(part))
    return (np.frombuffer(part, np.uint8) ^ np.frombuffer(cover, np.uint8)).tobytes()


def _seal(key: bytes, number: int, covered: bytes) -> bytes:
    seal = hashlib.blake2b(key=key, person=b"unheard", digest_size=_SEAL_BYTES)
    seal.update(number.to_bytes(8, "big") + len(covered).to_bytes(8, "big"))
    seal.update(covered)
    return seal.digest()
