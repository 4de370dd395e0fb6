"""What is kept of a deletion: enough to prove it, nothing of the call."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from streams.records import CallId


class StillLive(Exception):
    """A call that goes on cannot be deleted: more of it would be written after."""

    def __init__(self, call_id: CallId) -> None:
        super().__init__(f"call {call_id} is live: it can be deleted once it is over")
        self.call_id = call_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioErased:
    """What was removed of sound that was kept, and of its outline."""

    files: int = 0
    bytes: int = 0

    def __add__(self, other: "AudioErased") -> "AudioErased":
        return AudioErased(files=self.files + other.files, bytes=self.bytes + other.bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """One call that was deleted. Holds nothing of it but a digest of its name."""

    erasure_id: int
    call_digest: str
    """SHA-256 of the call's id: whoever knows the id can find the proof, and nobody can read the id from it."""
    at: datetime
    by: str
    rows: Mapping[str, int]
    """Deleted rows per table; tables without any are left out."""
    audio: AudioErased


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What a deletion did."""

    erasure: Erasure
    log_emptied: bool
    """Old pages have left the database's log too. False: another program reads it, and they go with its next turn."""
    traces: int | None
    """Places in the data folder where the call's id, its words or the name of its audio still stand; none where it was
    not asked for: every byte of the folder is read for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is known of a call at the moment it was deleted, for the search that proves it. To be forgotten after it."""

    erasure: Erasure
    known: tuple[bytes, ...]
    """Bytes that stood in the database for this call alone."""


def digest_of(call_id: CallId) -> str:
    """The name of a call in proofs, and of its audio file."""
    return hashlib.sha256(call_id.encode("utf-8", "surrogatepass")).hexdigest()
