"""What deleting a call asks of a store and of the audio folder."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from qa_monitor.erasing.records import AudioErased, Erasure, Gone
from streams.records import CallId


class ErasureStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def check(self, call_id: CallId) -> None:
        """Raises `NotKept` for a call that is not there, `StillLive` for one that goes on."""

    async def erase(self, call_id: CallId, by: str, at: datetime, audio: AudioErased) -> Gone:
        """Delete every row of a call that is over, and keep the proof, in one commit.

        Raises `NotKept` for a call that is not there, `StillLive` for one that goes on.
        """

    async def forget_words(self) -> None:
        """Take the words of deleted calls out of the file where an index still holds them, in steps between writes."""

    async def empty_log(self) -> bool:
        """Bring the log of the database to nothing; false where a reader is in the way."""

    async def latest(self, limit: int) -> Sequence[Erasure]:
        """The proofs, newest first."""


class AudioErasing(Protocol):
    """The audio folder's part. Blocks on the disk: keep it off the event loop."""

    def erase(self, call_id: CallId) -> AudioErased:
        """Remove the audio of a call and its outline. Raises `StoreError` where they are being written."""


class Unfinished(Protocol):
    """Whoever listens to speech of calls that are over already. For the event loop."""

    def left(self, call_id: CallId) -> AbstractAsyncContextManager[AudioErased]:
        """Inside, nothing is made of this call; what waited of it is gone, and how much of it lay on the disk is given.

        What was under way is ended, not waited for. Raises `StoreError`.
        """
