"""Our own plain protocol: one JSON preamble, then binary messages of samples, mono or two channels interleaved."""

from collections.abc import Sequence
from datetime import datetime

from streams.codec import Deinterleaver
from streams.pace import Pace
from streams.protocols.connection import Connection
from streams.protocols.fields import read_object
from streams.protocols.port import LARGEST_MESSAGE, NORMAL, POLICY, TOO_BIG, Admit, Close, Refused
from streams.protocols.preamble import read_preamble
from streams.records import CallEvent, EndReason
from streams.timeline import Timeline, level


class Pcm(Connection):
    """One `pcm` stream. `{"event":"end"}` or a close with code 1000 ends the call; other text events are counted."""

    def __init__(self, *, opened_at: datetime, admit: Admit) -> None:
        super().__init__(opened_at, admit)
        self._deinterleaver: Deinterleaver | None = None
        self._timelines: tuple[Timeline, ...] = ()
        self._pace = Pace()

    def _take(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        if isinstance(message, bytes):
            return self._audio(message, now)
        if self._call is None:
            return self._start(message, now)
        if read_object(message).get("event") == "end":
            return self._finish(EndReason.END, Close(code=NORMAL, reason="the call has ended"), now)
        self._rejected["unknown_event"] += 1
        return ()

    def _advance(self, now_s: float) -> Sequence[CallEvent]:
        end_s = self._timelines[0].end_s
        return self._gap(self._pace.waiting(end_s, now_s))

    def _flush(self, now_s: float) -> tuple[Sequence[CallEvent], float]:
        if self._deinterleaver is not None and self._deinterleaver.carried:
            self._rejected["unfinished_sample"] += 1
        return level(self._timelines), self._timelines[0].end_s

    def _reason_of(self, code: int) -> EndReason:
        return EndReason.END if code == NORMAL else EndReason.ABRUPT

    def _start(self, message: str, now: datetime) -> Sequence[CallEvent]:
        preamble = read_preamble(read_object(message), now)
        call = self._begin(preamble.token, preamble.call)
        self._deinterleaver = Deinterleaver(preamble.encoding, len(call.channels))
        self._timelines = tuple(Timeline(call.call_id, channel, call.rate_hz) for channel in range(len(call.channels)))
        return (call,)

    def _audio(self, message: bytes, now: datetime) -> Sequence[CallEvent]:
        if len(message) > LARGEST_MESSAGE:
            raise Refused(TOO_BIG, f"a message has at most {LARGEST_MESSAGE} bytes, not {len(message)}")
        if self._deinterleaver is None:
            raise Refused(POLICY, "audio before the preamble")
        channels = self._deinterleaver.feed(message)
        if not len(channels[0]):
            return ()
        clock = self._timelines[0]
        missing_s = self._pace.heard(len(channels[0]) / clock.rate_hz, clock.end_s, self._heard(now))
        gaps = self._gap(missing_s)
        return (*gaps, *(line.audio(samples) for line, samples in zip(self._timelines, channels, strict=True)))

    def _gap(self, missing_s: float) -> Sequence[CallEvent]:
        if not missing_s:
            return ()
        return tuple(gap for timeline in self._timelines for gap in timeline.gap_to(timeline.end_s + missing_s))
