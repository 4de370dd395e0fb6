"""The shapes in which imports are answered."""

from typing import Annotated

from pydantic import Field

from qa_monitor.bring.jobs import Import, ImportState
from qa_monitor.schemas.shape import Shape
from qa_monitor.store.whole_calls.imports import BroughtIn

Cell = Annotated[str, Field(max_length=200)]


class RecordingQuery(Shape):
    """What is said of a recording, as in the columns of the CSV file; empty says nothing."""

    began_at: Annotated[str, Field(max_length=200, examples=["2026-03-29T14:05:00+02:00"])]
    """Date and time with a zone."""
    call_id: Cell = ""
    """Empty: named by the digest of the file."""
    agent_id: Cell = ""
    team: Cell = ""
    tenant: Cell = ""
    direction: Cell = ""
    """`inbound`, `outbound` or `unknown`."""
    language: Cell = ""
    """`fr` or `en`; empty: to be detected."""
    agent_channel: Cell = ""
    """0 or 1 of a stereo recording; empty: nobody knows who speaks on which."""
    notice: Cell = ""
    """`none`, `played` or `contract`."""
    consent: Cell = ""
    """`unknown`, `granted`, `refused`, `objected` or `off_record`."""


class ImportJson(Shape):
    """A recording, as far as it has come."""

    sha256: str
    """Of the file: names the import."""
    call_id: str
    state: ImportState
    at_s: float = 0.0
    """How far it has come, of `duration_s`."""
    duration_s: float | None = None
    """Null where it was brought in before this start of the service."""
    problem: str | None = None


class ImportsJson(Shape):
    """The latest first."""

    imports: list[ImportJson]


def import_json(one: Import) -> ImportJson:
    """As it stands."""
    return ImportJson(
        sha256=one.sha256,
        call_id=one.call.call_id,
        state=one.state,
        at_s=one.progress.at_s,
        duration_s=one.duration_s,
        problem=one.problem,
    )


def done_json(one: BroughtIn) -> ImportJson:
    """One that the ledger knows."""
    return ImportJson(sha256=one.sha256, call_id=one.call_id, state=ImportState.DONE)
