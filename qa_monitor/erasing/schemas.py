"""Deletions as JSON."""

from datetime import datetime

from qa_monitor.erasing.records import Erased, Erasure
from qa_monitor.schemas.shape import Shape


class ErasureJson(Shape):
    """The proof of one deletion. `call_digest` is the SHA-256 of the call's id."""

    erasure_id: int
    call_digest: str
    at: datetime
    by: str
    rows: dict[str, int]
    """Deleted rows per table."""
    audio_files: int
    audio_bytes: int


class ErasedJson(ErasureJson):
    """What a deletion did."""

    log_emptied: bool
    """Old pages have left the database's log too; false while another program reads it."""
    traces: int | None = None
    """Places in the data folder where something of the call was found after it; only where it was asked for."""


class ErasuresJson(Shape):
    """The proofs, newest first."""

    erasures: list[ErasureJson]


def erasure_json(erasure: Erasure) -> ErasureJson:
    """A proof."""
    return ErasureJson(
        erasure_id=erasure.erasure_id,
        call_digest=erasure.call_digest,
        at=erasure.at,
        by=erasure.by,
        rows=dict(erasure.rows),
        audio_files=erasure.audio.files,
        audio_bytes=erasure.audio.bytes,
    )


def erased_json(erased: Erased) -> ErasedJson:
    """What was done just now."""
    proof = erasure_json(erased.erasure).model_dump()
    return ErasedJson(**proof, log_emptied=erased.log_emptied, traces=erased.traces)
