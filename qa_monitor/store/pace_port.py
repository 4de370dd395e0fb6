"""What is asked of a store about the pace of calls (see `call/pace/pace.py`)."""

from typing import Protocol

from streams.records import CallId


class PaceStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def save(self, call_id: CallId, packed: bytes) -> None:
        """Keep the pace of a call; an earlier one is replaced."""

    async def load(self, call_id: CallId) -> bytes | None:
        """The pace of a call, or none where none is kept."""
