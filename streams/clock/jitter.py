"""Numbered chunks of one track back into order, within 200 ms; what does not come by then is a marked gap."""

from collections import Counter, deque
from dataclasses import dataclass
from typing import TypeGuard

from streams.clock.timeline import Timeline
from streams.records import AudioFrame, Gap
from streams.samples.decoder import Decoder

WAIT_S = 0.2
"""A missing chunk is waited for this long, by the arrival clock and by the audio held behind it."""
MOST_HELD = 256
"""Chunks held at once; a normal chunk is 20 ms, so ten are enough."""
TOLERANCE_S = 0.04
"""The source's times may run this far ahead of its samples before audio counts as missing."""
FARTHEST_S = 60.0
"""A time further than this ahead of its arrival is a lie: a gap may not grow by a number in a message."""
STALE_RUN = 100
"""So many old chunks in a row mean that the source began to count anew, not that it repeats itself."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chunk:
    """Audio of one message, as the source numbered and dated it."""

    number: int | None
    """Counts up by one within the track. None: the source does not count, arrival order stands."""
    at_s: float | None
    """Start, in seconds since the stream began. None: right after what came before."""
    data: bytes
    """As it came: it is decoded in order, since a decoder remembers."""


class JitterBuffer:
    """Order, once, within bounds. State of one track of one call; holds at most 200 ms of audio and one chunk more.

    `now_s` is the arrival clock in seconds since the call began; the caller never lets it go back. Dropped chunks are
    counted in `rejected` as `duplicate`, `late` or (for the time alone) `timestamp`.
    """

    def __init__(self, timeline: Timeline, decoder: Decoder, rejected: Counter[str]) -> None:
        self._timeline = timeline
        self._decoder = decoder
        self._rejected = rejected
        self._next = 1
        self._held: dict[int, tuple[Chunk, float]] = {}
        self._lost: deque[range] = deque(maxlen=64)
        self._latest_s = -1.0
        self._shift_s = 0.0
        self._stale = 0

    @property
    def held(self) -> int:
        """Chunks waiting for one that is missing."""
        return len(self._held)

    def put(self, chunk: Chunk, now_s: float) -> tuple[AudioFrame | Gap, ...]:
        """Take one chunk; returns what is in order now."""
        if chunk.number == self._next and not self._held:
            self._stale = 0
            self._next += 1
            return self._place(chunk, 0, now_s)
        if chunk.number is None:
            return (*self.flush(now_s), *self._place(chunk, 0, now_s))
        if chunk.number in self._held:
            self._rejected["duplicate"] += 1
            return ()
        restarted: tuple[AudioFrame | Gap, ...] = ()
        if chunk.number < self._next:
            if not self._counts_anew(chunk, now_s):
                self._rejected["late" if any(chunk.number in lost for lost in self._lost) else "duplicate"] += 1
                return ()
            restarted = self._restart(chunk.number, chunk.at_s, now_s)
        self._stale = 0
        self._held[chunk.number] = (chunk, now_s)
        return (*restarted, *self._release(now_s))

    def advance(self, now_s: float) -> tuple[AudioFrame | Gap, ...]:
        """Give up on what has been waited for long enough. Call at least ten times a second."""
        return self._release(now_s)

    def flush(self, now_s: float) -> tuple[AudioFrame | Gap, ...]:
        """Give out everything held, without waiting any longer: the stream has ended."""
        return self._release(now_s, everything=True)

    def _release(self, now_s: float, *, everything: bool = False) -> tuple[AudioFrame | Gap, ...]:
        released: list[AudioFrame | Gap] = []
        while self._held:
            first = min(self._held)
            if first != self._next and not (everything or self._waited_enough(now_s)):
                break
            chunk, _ = self._held.pop(first)
            if first != self._next:
                self._lost.append(range(self._next, first))
            released += self._place(chunk, first - self._next, now_s)
            self._next = first + 1
        return tuple(released)

    def _waited_enough(self, now_s: float) -> bool:
        held_s = sum(self._length_s(chunk) for chunk, _ in self._held.values())
        waited_s = now_s - min(arrived_s for _, arrived_s in self._held.values())
        return max(held_s, waited_s) > WAIT_S or len(self._held) > MOST_HELD

    def _place(self, chunk: Chunk, lost: int, now_s: float) -> tuple[AudioFrame | Gap, ...]:
        start_s = self._start_s(chunk, lost, now_s)
        gaps = () if start_s is None else self._timeline.gap_to(start_s)
        samples = self._decoder.feed(chunk.data)
        return (*gaps, self._timeline.audio(samples)) if len(samples) else gaps

    def _length_s(self, chunk: Chunk) -> float:
        return len(chunk.data) / self._decoder.bytes_per_s

    def _start_s(self, chunk: Chunk, lost: int, now_s: float) -> float | None:
        """Where the chunk belongs on the clock; None: right after what came before."""
        end_s = self._timeline.end_s
        if self._believable(chunk.at_s, now_s):
            self._latest_s = max(self._latest_s, chunk.at_s)
            start_s = chunk.at_s + self._shift_s
            return start_s if lost or start_s - end_s >= TOLERANCE_S else None
        if chunk.at_s is not None:
            self._rejected["timestamp"] += 1
        if not lost or not end_s:
            return None  # nothing is known to be missing, or the source just began with a high number
        start_s = end_s + lost * self._length_s(chunk)
        return start_s if start_s <= now_s + FARTHEST_S else None

    def _believable(self, at_s: float | None, now_s: float) -> TypeGuard[float]:
        return at_s is not None and at_s + self._shift_s <= now_s + FARTHEST_S

    def _counts_anew(self, chunk: Chunk, now_s: float) -> bool:
        """An old number with a time that was not heard yet is a new count; so is a long run of old numbers."""
        self._stale += 1
        unheard = self._believable(chunk.at_s, now_s) and chunk.at_s > self._latest_s
        return unheard or self._stale > STALE_RUN

    def _restart(self, number: int, at_s: float | None, now_s: float) -> tuple[AudioFrame | Gap, ...]:
        released = self.flush(now_s)
        self._next = number
        self._lost.clear()
        if at_s is not None and at_s <= self._latest_s:
            self._shift_s = self._timeline.end_s - at_s
            self._latest_s = at_s
        return released
