"""What is asked of the disk about sound that was recorded and not listened to yet (see `call/recording/unheard.py`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa_monitor.erasing.records import AudioErased
from streams.records import CallId


class DamagedSound(Exception):
    """From here on nothing of this call's sealed sound can be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnheardCall:
    """A call that is over, of which sound waits."""

    call_id: CallId
    key: bytes | None
    """Opens the sound. None: only the service that recorded it knows it."""


class UnheardLedger(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def begin(self, call_id: CallId, key: bytes | None, blind: str | None) -> None:
        """From now on sound of this call waits. `blind`: as for `note`. Again changes the note alone.

        Raises `NotKept` for a call that is not there.
        """

    async def note(self, call_id: CallId, blind: str | None) -> None:
        """Why this call cannot be judged even when all that waits of it was listened to, as far as is known now."""

    async def waiting(self) -> Sequence[UnheardCall]:
        """Calls that are over, those that began first first."""

    async def settle(self, call_id: CallId, blind: str | None, until_s: float) -> None:
        """Nothing of it waits any more, and the key is gone. `blind`: why it cannot be judged all the same.

        Without, what was noted holds.
        `until_s`: how far its sound goes, for a call that was interrupted before anybody knew.
        """


class SealedSound(Protocol):
    """The sound itself, sealed. Its methods block on the disk: keep them off the event loop. One writer per call."""

    def add(self, call_id: CallId, key: bytes, number: int, part: bytes) -> None:
        """Add the part of this number; they are counted from 0. Raises `StoreError` where the disk is too full."""

    def parts(self, call_id: CallId, key: bytes) -> Iterator[bytes]:
        """All parts in order, up to where a crash cut the last one off.

        Raises `DamagedSound` behind the last that opens, where there is more, and `StoreError`.
        """

    def erase(self, call_id: CallId) -> AudioErased:
        """Nothing is left of it; gives how much that was. Erasing what is not there changes nothing.

        Raises `StoreError`.
        """

    def keep_only(self, call_ids: Sequence[CallId]) -> None:
        """Erase what belongs to no call named here: a service that was killed may have left it."""
