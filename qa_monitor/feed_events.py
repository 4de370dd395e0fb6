"""What goes over an event stream to a page, and the memory of the latest of it. Pure."""

import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from qa_monitor.records.calls import StoredCall
from qa_monitor.records.feed import FeedSnapshot
from qa_monitor.records.flags import StoredFlag
from qa_monitor.schemas.feed import HeartbeatJson, SnapshotJson
from qa_monitor.wire.calls import call_json
from qa_monitor.wire.flags import flag_json

Data = Mapping[str, JsonValue]


class FeedKind(StrEnum):
    """Names of events on the streams."""

    SNAPSHOT = "snapshot"
    FLAG = "flag"
    CALL = "call"
    HEARTBEAT = "heartbeat"
    RESYNC = "resync"
    UTTERANCE = "utterance"
    DYNAMICS = "dynamics"
    HEALTH = "health"
    COURSE = "course"
    NOTES = "notes"
    ENDED = "ended"
    ARRIVALS = "arrivals"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """One event as a page gets it."""

    event: FeedKind
    data: Data
    id: str | None = None
    """What a console sends back to resume after this event; none for events that need no resuming."""
    sequence: int | None = None
    """The number inside `id`."""
    _written: list[bytes] = field(default_factory=list, init=False, repr=False, compare=False)
    """What `wire` gave, once it was asked."""

    def wire(self) -> bytes:
        """As it goes over a stream of server-sent events. Written once, however many consoles get it."""
        if not self._written:
            head = "" if self.id is None else f"id: {self.id}\r\n"
            data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))  # a line: line breaks are escaped
            self._written.append(f"{head}event: {self.event.value}\r\ndata: {data}\r\n\r\n".encode())
        return self._written[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursors:
    """Ids of one run of numbers."""

    generation: str

    def id(self, sequence: int) -> str:
        """The id of the event with this number."""
        return f"{self.generation}-{sequence}"

    def sequence(self, event_id: str) -> int | None:
        """The number inside an id, or none for an id of another run, or one that was never an id."""
        generation, _, number = event_id.rpartition("-")
        if generation != self.generation or not (number.isascii() and number.isdecimal()):
            return None
        # longer ones cannot be ours, and would be slow to read
        return int(number) if len(number) < 20 else None


class Recent:
    """The latest numbered events, to be shown again to consoles that come back. Numbers follow without a hole."""

    def __init__(self, limit: int) -> None:
        self._events: deque[tuple[int, FeedEvent]] = deque(maxlen=limit)

    def add(self, sequence: int, event: FeedEvent) -> None:
        """Remember one, and forget the oldest where there is no room."""
        if self._events and sequence != self._events[-1][0] + 1:
            self._events.clear()
        self._events.append((sequence, event))

    def clear(self) -> None:
        """Forget all: consoles that come back are told from the store."""
        self._events.clear()

    def since(self, sequence: int) -> Sequence[FeedEvent] | None:
        """Everything after this number, or none when that reaches back too far."""
        if not self._events or sequence < self._events[0][0] - 1:
            return None
        return [event for number, event in self._events if number > sequence]


def flag_event(stored: StoredFlag, cursors: Cursors) -> FeedEvent:
    """A flag in its new state, numbered when it is saved."""
    number = stored.sequence
    return FeedEvent(
        event=FeedKind.FLAG,
        data=flag_json(stored).model_dump(mode="json"),
        id=None if number is None else cursors.id(number),
        sequence=number,
    )


def call_event(stored: StoredCall, now: datetime) -> FeedEvent:
    """A call that started, ended or changed."""
    return FeedEvent(event=FeedKind.CALL, data=call_json(stored, now).model_dump(mode="json"))


def snapshot_event(snapshot: FeedSnapshot, unsaved: Sequence[StoredFlag], now: datetime, cursors: Cursors) -> FeedEvent:
    """Live calls and open flags, those not saved included."""
    newer = {stored.flag.flag_id for stored in unsaved}
    flags = [stored for stored in snapshot.flags if stored.flag.flag_id not in newer]
    data = SnapshotJson(
        calls=[call_json(stored, now) for stored in snapshot.calls],
        flags=[flag_json(stored) for stored in (*flags, *unsaved)],
    )
    return FeedEvent(
        event=FeedKind.SNAPSHOT,
        data=data.model_dump(mode="json"),
        id=cursors.id(snapshot.sequence),
        sequence=snapshot.sequence,
    )


def heartbeat_event(heartbeat: HeartbeatJson) -> FeedEvent:
    """Sign of life."""
    return FeedEvent(event=FeedKind.HEARTBEAT, data=heartbeat.model_dump(mode="json"))


def resync_event(reason: str) -> FeedEvent:
    """What the page holds may be incomplete: a snapshot follows."""
    return FeedEvent(event=FeedKind.RESYNC, data={"reason": reason})
