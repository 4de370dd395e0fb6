"""Adapter: sealed sound as files, one per call, parts behind one another. See `unheard_port.SealedSound`.

Nobody has screened this sound, so it is never readable without its key. Each part is sealed with ChaCha20-Poly1305
under the key of its call and a nonce of its own, bound to its call and its number: a part that was changed, moved or is
of another call does not open.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from qa_monitor.erasing.records import AudioErased
from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.folder import free_bytes
from qa_monitor.store.unheard_port import DamagedSound
from streams.records import CallId

UNHEARD_FOLDER = "unheard"
"""Where the files go inside the data folder."""
KEY_BYTES = 32
_LENGTH_BYTES, _CHECK_BYTES, _NONCE_BYTES = 4, 4, 12


class SealedFiles:
    """Files under one folder, named by a digest of the call id."""

    def __init__(self, folder: Path, floor_bytes: int) -> None:
        """`floor_bytes`: so much of the disk stays free."""
        self._folder, self._floor_bytes = folder, floor_bytes

    def add(self, call_id: CallId, key: bytes, number: int, part: bytes) -> None:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + ChaCha20Poly1305(key).encrypt(nonce, part, _bound_to(call_id, number))
        length = len(sealed).to_bytes(_LENGTH_BYTES, "big")
        data = length + _check(length) + sealed
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
        opens = ChaCha20Poly1305(key)
        try:
            with self._path(call_id).open("rb") as file:
                for number, sealed in enumerate(_sealed_parts(file)):
                    nonce, covered = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
                    yield opens.decrypt(nonce, covered, _bound_to(call_id, number))
        except FileNotFoundError:
            return
        except (InvalidTag, ValueError) as error:
            raise DamagedSound("it was changed on the disk, or sealed with another key") from error
        except OSError as error:
            raise StoreError(f"{self._folder}: sound cannot be read: {error.strerror}; check the disk") from error

    def erase(self, call_id: CallId) -> AudioErased:
        path = self._path(call_id)
        try:
            if not path.exists():
                return AudioErased()
            size = path.stat().st_size
            path.unlink()
            return AudioErased(files=1, bytes=size)
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
        return self._folder / _digest(call_id).hex()


def _sealed_parts(file: BinaryIO) -> Iterator[bytes]:
    """As they lie in the file, up to one that a crash cut off. Raises `DamagedSound`."""
    while len(head := file.read(_LENGTH_BYTES + _CHECK_BYTES)) == _LENGTH_BYTES + _CHECK_BYTES:
        length = head[:_LENGTH_BYTES]
        if head[_LENGTH_BYTES:] != _check(length):
            raise DamagedSound("the length of a part was changed on the disk")
        sealed = file.read(int.from_bytes(length, "big"))
        if len(sealed) < int.from_bytes(length, "big"):
            return
        yield sealed


def _check(length: bytes) -> bytes:
    """Tells a length that was damaged, and would reach past the end, from a part that was cut off."""
    return crc32(length).to_bytes(_CHECK_BYTES, "big")


def _bound_to(call_id: CallId, number: int) -> bytes:
    return _digest(call_id) + number.to_bytes(8, "big")


def _digest(call_id: CallId) -> bytes:
    return hashlib.sha256(call_id.encode("utf-8", "surrogatepass")).digest()
