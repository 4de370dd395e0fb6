"""The samples of one live call: bytes of any length in, frames and gaps of every channel out."""

from collections import Counter
from collections.abc import Sequence

from streams.clock.pace import Pace
from streams.clock.timeline import Timeline, level
from streams.records import AudioFrame, CallStarted, Gap, GapReason, Samples
from streams.samples.codec import Deinterleaver, Encoding
from streams.samples.wavguard import WavGuard


class LiveAudio:
    """State of one call; not shared. All `now_s` are seconds of the arrival clock since the call began.

    After a stall, what comes is held for a moment, until it is known where it belongs: see `Pace`.

    Counts in `rejected`: `late` audio whose gap was told already, audio `while_paused`, and stretches of ten seconds
    that came `too_fast`: another rate or another number of channels than announced.
    """

    def __init__(self, call: CallStarted, encoding: Encoding, rejected: Counter[str]) -> None:
        self._guard = WavGuard(encoding, call.rate_hz, len(call.channels))
        self._deinterleaver = Deinterleaver(encoding, len(call.channels))
        self._timelines = tuple(Timeline(call.call_id, channel, call.rate_hz) for channel in range(len(call.channels)))
        self._rejected = rejected
        self._paused_at_s: float | None = None
        self._held: list[tuple[Samples, ...]] = []
        self.call_id = call.call_id
        self.pace = Pace()

    @property
    def end_s(self) -> float:
        """Where the next sample goes, the same on every channel."""
        return self._timelines[0].end_s

    @property
    def holds(self) -> bool:
        """Whether audio came that was not given out yet."""
        return bool(self._held)

    @property
    def paused(self) -> bool:
        """Nothing is expected, and what comes is not heard."""
        return self._paused_at_s is not None

    def take(self, data: bytes, now_s: float) -> Sequence[AudioFrame | Gap]:
        """Frames, maybe after gaps; nothing while a header or a single sample is not complete. Raises Refused."""
        channels = self._deinterleaver.feed(self._guard.feed(data))
        length_s = len(channels[0]) / self._timelines[0].rate_hz
        if not length_s:
            return ()
        if self.paused:
            self._rejected["while_paused"] += 1
            return ()
        if self.pace.late(length_s, self.end_s, now_s):
            self._rejected["late"] += 1
            return ()
        self._held.append(channels)
        given = self._give(self.pace.heard(length_s, self.end_s, now_s))
        if self.pace.too_fast:
            self._rejected["too_fast"] = self.pace.too_fast
        return given

    def wait(self, now_s: float) -> Sequence[AudioFrame | Gap]:
        """Nothing came: what is known to be missing by now, and what was held."""
        return () if self.paused else self._give(self.pace.waiting(self.end_s, now_s))

    def pause(self, now_s: float) -> Sequence[AudioFrame | Gap]:
        """The source stops on purpose: what was held belongs before it."""
        self._paused_at_s = now_s
        return self._give(self.pace.given_up(now_s))

    def resume(self, now_s: float) -> Sequence[Gap]:
        """The source goes on: the pause was as long as the arrival clock says."""
        if self._paused_at_s is None:
            return ()
        paused_s = now_s - self._paused_at_s
        self._paused_at_s = None
        self.pace.resumed(now_s)
        return self._gap(paused_s, GapReason.PAUSED)

    def end(self, now_s: float) -> Sequence[AudioFrame | Gap]:
        """The call is over: what was held, and a pause that goes on ends with it."""
        if self._deinterleaver.carried or self._guard.held:
            self._rejected["unfinished_sample"] += 1
        held = self._give(self.pace.given_up(now_s))
        return (*held, *self.resume(now_s), *level(self._timelines))

    def _give(self, missing_s: float | None) -> Sequence[AudioFrame | Gap]:
        """The gap, then all that was held; nothing while it is not known how long the gap is."""
        if missing_s is None:
            return ()
        held, self._held = self._held, []
        gaps = self._gap(missing_s, GapReason.LOST)
        return (*gaps, *(line.audio(one) for every in held for line, one in zip(self._timelines, every, strict=True)))

    def _gap(self, missing_s: float, reason: GapReason) -> Sequence[Gap]:
        if missing_s <= 0:
            return ()
        return tuple(gap for line in self._timelines for gap in line.gap_to(line.end_s + missing_s, reason))
