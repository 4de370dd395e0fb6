"""Audio held in memory until it may be written: no number to mask reaches the disk. Pure; one per call."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from streams.records import AudioFrame, Gap

HOLD_S = 30.0
"""Most that is held. What grows older unreleased is dropped: the gate did not answer, so it is taken for unsafe."""
BEHIND_S = 1.0
"""A channel further behind the other than this is taken for missing."""
SPARE_S = 1.0
"""Room is made for so much more than is held, and given back as what is held becomes less: 32 kB a second at 8 kHz."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Samples that may be written now, of shape (samples, channels), from `start_s` on."""

    start_s: float
    samples: NDArray[np.int16]


class ScreenedAudio:
    """Feed it the frames of all channels; it gives aligned blocks in order, each second once.

    Where nothing came there is silence. A block that begins after the end of the last one tells that what lies
    between was dropped: to be written as silence.
    """

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._base = 0
        """Number of the first sample held."""
        self._room: NDArray[np.int16] = np.zeros((int(SPARE_S * rate_hz), channels), dtype=np.int16)
        self._ends = [0] * channels
        """Per channel, number of the sample after the last one that came."""
        self._mutes: list[tuple[int, int]] = []
        self._dropped = 0
        self._late = 0

    @property
    def start_s(self) -> float:
        """From where on audio is held."""
        return self._base / self._rate_hz

    @property
    def held_s(self) -> float:
        """How much is held."""
        return max(0, max(self._ends) - self._base) / self._rate_hz

    @property
    def dropped_s(self) -> float:
        """How much was dropped unreleased, because it was held too long."""
        return self._dropped / self._rate_hz

    @property
    def late_s(self) -> float:
        """How much came for seconds already given, summed over channels, and was left out."""
        return self._late / self._rate_hz

    def begin(self, at_s: float) -> None:
        """Hold nothing before this second; where something is held already, nothing changes."""
        start = self._number(at_s)
        if self.held_s == 0 and start > self._base:
            self._forget(start - self._base)

    def add(self, frame: AudioFrame) -> None:
        """Hold the samples of a frame. Raises `ValueError` where it is not of this call's rate."""
        if frame.rate_hz != self._rate_hz:
            raise ValueError(f"a frame at {frame.rate_hz} Hz in a call at {self._rate_hz} Hz")
        start = self._number(frame.start_s)
        end = start + len(frame.samples)
        self._reach(frame.channel, end)
        first = max(start, self._base)
        if first < end:
            self._room[first - self._base : end - self._base, frame.channel] = frame.samples[first - start :]
        self._late += min(end, first) - start

    def add_gap(self, gap: Gap) -> None:
        """Nothing will come for these seconds of a channel: silence."""
        self._reach(gap.channel, self._number(gap.start_s + gap.duration_s))

    def mute(self, start_s: float, end_s: float) -> float:
        """Silence these seconds on every channel, also in what is still to come.

        Returns how many of them were given away before: more than 0 means that the caller released too early.
        """
        start, end = self._number(start_s), self._number(end_s)
        escaped = max(0, min(end, self._base) - start)
        if end > self._base:
            self._mutes.append((start, end))
        return escaped / self._rate_hz

    def release(self, until_s: float) -> Block | None:
        """What lies before `until_s` and has come on every channel, or none. A channel far behind is not waited for.

        `until_s` is where the gate's answer ends: before the first held utterance, and before any still being spoken.
        """
        latest = max(self._ends)
        complete = max(min(self._ends), latest - int(BEHIND_S * self._rate_hz))
        allowed = self._number(until_s) if until_s < latest / self._rate_hz else latest
        return self._give(min(allowed, complete))

    def finish(self) -> Block | None:
        """All the rest, or none: the call has ended and the gate has answered for all of it."""
        return self._give(max(self._ends))

    def _number(self, at_s: float) -> int:
        return round(at_s * self._rate_hz)

    def _give(self, until: int) -> Block | None:
        count = until - self._base
        if count <= 0:
            return None
        for start, end in self._mutes:
            self._room[max(0, start - self._base) : max(0, end - self._base)] = 0
        block = Block(start_s=self.start_s, samples=self._room[:count].copy())
        self._forget(count)
        return block

    def _reach(self, channel: int, end: int) -> None:
        """Make room up to this sample; what that pushes out of the bound is dropped."""
        self._ends[channel] = max(self._ends[channel], end)
        excess = end - self._base - int(HOLD_S * self._rate_hz)
        if excess > 0:
            self._dropped += excess
            self._forget(excess)
        if end - self._base > len(self._room):
            self._move(0, len(self._room), end - self._base)

    def _forget(self, count: int) -> None:
        """Move on by so many samples."""
        self._base += count
        held = max(0, max(self._ends) - self._base)
        self._move(count, held, held)
        self._mutes = [(start, end) for start, end in self._mutes if end > self._base]

    def _move(self, begin: int, count: int, wanted: int) -> None:
        """Keep so many samples from `begin` on, with room for what is wanted; where they were is overwritten."""
        room = np.zeros((wanted + int(SPARE_S * self._rate_hz), self._room.shape[1]), dtype=np.int16)
        kept = self._room[begin : begin + count]
        room[: len(kept)] = kept
        self._room[:] = 0
        self._room = room
