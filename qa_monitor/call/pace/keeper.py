"""Notes the pace of a live call."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

from qa_monitor.call.pace.cells import FORM, Cell, Cells, event_cells
from qa_monitor.call.pace.pace import Asked, Sound, Standing
from streams.engine.batching import Kind
from streams.records import AudioFrame, CallEvent, CallStarted

_LEVEL, _WINDOW_BITS, _MEMORY = 6, 12, 5
"""Of packing: 32 KiB for each live call, where zlib by itself takes 260; lines repeat within less than 4 KiB."""


class PaceKeeper:
    """Notes the pace of one live call. To be used from one event loop; `packed` once, in the end."""

    def __init__(self, call: CallStarted) -> None:
        self._rate_hz = call.rate_hz
        self._packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY)
        self._parts: list[bytes] = []
        self._next = [0] * len(call.channels)
        self._standing: Standing | None = None
        self._stepped = self._collected = False
        self._write(["form", FORM, call.agent_id, call.team, call.notice.value, call.consent.value])

    def took(self, events: Iterable[CallEvent], standing: Standing) -> None:
        """What came since the last time."""
        self._stepped = self._collected = False
        if standing != self._standing:
            self._standing = standing
            closed = None if standing.closed is None else standing.closed.value
            given = (standing.level, standing.company, standing.beam, standing.follows, closed, standing.twice)
            self._write(["stands", *given])
        came = [cells for run in _runs(events) if (cells := self._cells(run)) is not None]
        if came:
            self._stepped = True
            self._write(["took", *came])

    def collecting(self) -> None:
        """What has become known is about to be asked for."""
        if self._collected:
            self._stepped = False
        self._collected = True

    def asked(self, asked: Asked, kind: Kind, samples: int, *, refused: bool) -> None:
        """A pass was asked for."""
        self._write(["asked", *asked, kind.value, samples, refused])

    def cancelled(self, asked: Asked, yes: bool) -> None:
        """Whether a pass could still be called off."""
        self._write(["cancelled", *asked, yes])

    def promoted(self, asked: Asked, yes: bool) -> None:
        """Whether an early pass could be used as the final."""
        self._write(["promoted", *asked, yes])

    def known(self, asked: Asked, *, failed: bool, batch: int) -> None:
        """A pass was found to be over."""
        if not self._stepped:
            self._stepped = True
            self._write(["took"])
        self._write(["known", *asked, failed, batch])

    def packed(self) -> bytes:
        """All of it."""
        self._parts.append(self._packing.flush())
        return b"".join(self._parts)

    def _cells(self, run: Sound | CallEvent) -> Cells | None:
        if not isinstance(run, Sound):
            return event_cells(run)
        expected, self._next[run.channel] = self._next[run.channel], round(run.start_s * self._rate_hz) + run.samples
        plain = run.start_s == expected / self._rate_hz
        return [run.channel, run.samples] if plain else [run.channel, run.samples, float(run.start_s)]

    def _write(self, line: Sequence[Cell | Cells]) -> None:
        if part := self._packing.compress(json.dumps(line, separators=(",", ":")).encode() + b"\n"):
            self._parts.append(part)


def _runs(events: Iterable[CallEvent]) -> Iterator[Sound | CallEvent]:
    """As the ears join them: of each channel in a row, on the same side of every event that is no sound."""
    runs: dict[int, Sound] = {}
    for event in events:
        if not isinstance(event, AudioFrame):
            yield from runs.values()
            runs.clear()
            yield event
            continue
        run = runs.get(event.channel)
        if run is not None and abs(event.start_s - run.start_s - run.samples / event.rate_hz) * event.rate_hz > 0.5:
            yield run
            run = None
        start_s, before = (event.start_s, 0) if run is None else (run.start_s, run.samples)
        runs[event.channel] = Sound(channel=event.channel, start_s=start_s, samples=before + len(event.samples))
    yield from runs.values()
