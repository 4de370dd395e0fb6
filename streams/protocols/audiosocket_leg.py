"""One connection of AudioSocket: frames over plain TCP, one side of a call each."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from streams.protocols.audiosocket_frames import RATES, Frame, FrameReader, Kind
from streams.protocols.pairing import Seat
from streams.protocols.rate_check import OVER_S, RateCheck
from streams.protocols.silence_feed import SilenceFeed
from streams.records import CallEvent, EndReason
from streams.refusals import ABNORMAL, BAD_DATA, NORMAL, POLICY, TOO_BIG, WRONG_TYPE, Close, Refused
from streams.samples.codec import Encoding, decode

START_DEADLINE_S = 5.0
MOST_BEFORE_START = 16
"""Frames before the UUID."""
DEAD_S = 45.0
"""No whole frame for this long, on no side of the call, ends a connection."""
_KEYS = frozenset("0123456789*#ABCD")
_CALLER_HUNG_UP = 0x01
_REASONS = {WRONG_TYPE: "wrong_type", BAD_DATA: "bad_data", POLICY: "policy", TOO_BIG: "too_big"}

Join = Callable[[UUID, datetime], Seat]
"""Take the place that this UUID stands for. Raises Refused."""


class AudioSocket:
    """One connection. Implements `Dialect` over bytes cut anywhere; a monitor sends nothing, unless it is to feed.

    `feed_silence` owes frames of silence for as long as the connection lasts, of the kind and length of the last one
    heard: Asterisk gives up on a connection where nothing has moved either way for two seconds.
    """

    def __init__(
        self, *, opened_at: datetime, join: Join, rates: Mapping[int, int] = RATES, feed_silence: bool = False
    ) -> None:
        self._opened_at = opened_at
        self._join = join
        self._rates = rates
        self._reader = FrameReader(rates)
        self._rate_check = RateCheck()
        self._rejected: Counter[str] = Counter()
        self._feed = SilenceFeed() if feed_silence else None
        self._seat: Seat | None = None
        self._framed_at = opened_at
        self._before_start = 0
        self._failed = False
        self._over = False
        self._close: Close | None = None

    @property
    def close(self) -> Close | None:
        """Set once the connection must be closed."""
        return self._close

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was dropped or refused on this connection, counted by reason."""
        return self._rejected

    @property
    def seat(self) -> Seat | None:
        """The place in a call that it was given; none before a valid UUID."""
        return self._seat

    def replies(self) -> Sequence[str | bytes]:
        """Nothing, or the silence that is owed by now."""
        return () if self._feed is None else self._feed.owed()

    def receive(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        """Take some bytes of the stream; never raises."""
        if self._over:
            self._rejected["after_end"] += 1
            return ()
        if isinstance(message, str):
            return self._refuse(Refused(WRONG_TYPE, "a byte stream carries no text"), now)
        events: list[CallEvent] = []
        try:
            self._check_deadline(now)
            for frame in self._reader.feed(message):
                events += self._take(frame, now)
                if self._over:
                    return events
            if self._reader.broken is not None:
                raise self._reader.broken
        except Refused as refused:
            events += self._refuse(refused, now)
        return events

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed."""
        if self._over:
            return ()
        if self._feed is not None:
            self._feed.advance(now)
        if self._seat is None:
            try:
                self._check_deadline(now)
            except Refused as refused:
                return self._refuse(refused, now)
            return ()
        events = self._seat.pair.tick(now)
        if self._seat.pair.over_at is not None:
            return (*events, *self._finish(EndReason.END, Close(code=NORMAL, reason="the call has ended"), now))
        if self._is_dead(self._seat, now):
            close = Close(code=NORMAL, reason=f"nothing for {DEAD_S:g} s")
            return (*events, *self._finish(EndReason.TIMEOUT, close, now))
        return events

    def closed(self, now: datetime, code: int = ABNORMAL) -> Sequence[CallEvent]:
        """The socket went away: an orderly end between two frames is a hang-up like any other."""
        if self._over:
            return ()
        if self._failed:
            return self._finish(EndReason.ERROR, None, now)
        orderly = code == NORMAL and not self._reader.unfinished
        return self._finish(EndReason.HANGUP if orderly else EndReason.ABRUPT, None, now)

    def _take(self, frame: Frame, now: datetime) -> Sequence[CallEvent]:
        if frame.kind == Kind.HANGUP:
            return self._finish(EndReason.HANGUP, Close(code=NORMAL, reason="hung up"), now)
        if frame.kind == Kind.UUID:
            return self._enter(frame.payload, now)
        if self._seat is None:
            return self._too_early(frame)
        self._framed_at = now
        if frame.kind in self._rates:
            return self._hear(self._seat, frame, now)
        if frame.kind == Kind.DTMF:
            return self._press(self._seat, frame.payload)
        if frame.kind == Kind.ERROR:
            return self._fault(frame.payload, now)
        self._ignore(frame)
        return ()

    def _enter(self, payload: bytes, now: datetime) -> Sequence[CallEvent]:
        if self._seat is not None:
            raise Refused(POLICY, "a second UUID")
        if len(payload) != 16:
            raise Refused(BAD_DATA, f"a UUID has 16 bytes, not {len(payload)}")
        self._seat = self._join(UUID(bytes=payload), now)
        self._framed_at = now
        if self._feed is not None:
            self._feed.begin(now)
        return ()

    def _too_early(self, frame: Frame) -> Sequence[CallEvent]:
        if frame.kind in self._rates:
            raise Refused(POLICY, "audio before the UUID")
        self._before_start += 1
        if self._before_start > MOST_BEFORE_START:
            raise Refused(POLICY, f"no UUID within {MOST_BEFORE_START} frames")
        self._ignore(frame)
        return ()

    def _hear(self, seat: Seat, frame: Frame, now: datetime) -> Sequence[CallEvent]:
        if len(frame.payload) % 2:
            raise Refused(BAD_DATA, f"{len(frame.payload)} bytes of audio: half a sample")
        if not frame.payload:
            self._rejected["empty"] += 1
            return ()
        rate_hz = self._rates[frame.kind]
        samples = decode(frame.payload, Encoding.PCM16)
        if self._rate_check.is_wrong(len(samples) / rate_hz, now):
            self._rejected["wrong_rate"] += 1
            raise Refused(WRONG_TYPE, f"for {OVER_S:g} s the audio has not come at {rate_hz} Hz, which it claims")
        if self._feed is not None:
            self._feed.heard(frame, len(samples) / rate_hz, now)
        return seat.hear(rate_hz, samples, now)

    def _press(self, seat: Seat, payload: bytes) -> Sequence[CallEvent]:
        digit = payload.decode("ascii", errors="replace")
        if digit not in _KEYS:
            self._rejected["bad_dtmf"] += 1
            return ()
        return seat.press(digit)

    def _fault(self, payload: bytes, now: datetime) -> Sequence[CallEvent]:
        """Codes are bits that may come together; the far side closes after any of them."""
        self._rejected["error_frame"] += 1
        if payload and payload[0] & _CALLER_HUNG_UP:
            return self._finish(EndReason.HANGUP, Close(code=NORMAL, reason="the caller hung up"), now)
        self._failed = True
        return ()

    def _ignore(self, frame: Frame) -> None:
        if frame.kind != Kind.SILENCE:
            self._rejected["unknown_kind"] += 1

    def _check_deadline(self, now: datetime) -> None:
        if self._seat is None and (now - self._opened_at).total_seconds() > START_DEADLINE_S:
            raise Refused(POLICY, f"no UUID within {START_DEADLINE_S:g} s")

    def _is_dead(self, seat: Seat, now: datetime) -> bool:
        """While the other side is heard, a side may be quiet: a telephone on hold need not send anything."""
        last_at = max(self._framed_at, seat.pair.heard_at or self._framed_at)
        return (now - last_at).total_seconds() >= DEAD_S

    def _refuse(self, refused: Refused, now: datetime) -> Sequence[CallEvent]:
        self._rejected[_REASONS.get(refused.code, "not_followed")] += 1
        return self._finish(EndReason.ERROR, refused.close, now)

    def _finish(self, reason: EndReason, close: Close | None, now: datetime) -> Sequence[CallEvent]:
        """Over; `close` is None where the other side has gone."""
        self._over = True
        self._close = close
        return () if self._seat is None else self._seat.leave(reason, now)
