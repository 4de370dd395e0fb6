"""Twilio media streams: JSON text messages, base64 audio, each track numbered and dated on its own."""

import binascii
from collections.abc import Sequence
from datetime import datetime

from streams.codec import Encoding, decode
from streams.jitter import Chunk, JitterBuffer
from streams.protocols.connection import Connection
from streams.protocols.fields import Fields, read_object
from streams.protocols.port import BAD_DATA, NORMAL, POLICY, WRONG_TYPE, Admit, BadField, Close, Refused
from streams.protocols.twilio_start import Start, read_start
from streams.records import CallEvent, CallId, CallStarted, Direction, Dtmf, EndReason, Samples
from streams.timeline import Timeline, level

MOST_BAD_MEDIA = 50
"""Media messages in a row without usable audio."""
_KEYS = frozenset("0123456789*#ABCD")


class Twilio(Connection):
    """One Twilio stream. Channel 0 is the inbound track, 1 the outbound; a stream with one track has channel 0 only.

    `default_direction` stands where the source does not say who called whom.
    """

    def __init__(self, *, opened_at: datetime, admit: Admit, default_direction: Direction = Direction.INBOUND) -> None:
        super().__init__(opened_at, admit)
        self._default_direction = default_direction
        self._stream_sid: str | None = None
        self._encoding = Encoding.MULAW
        self._tracks: dict[str, int] = {}
        self._timelines: tuple[Timeline, ...] = ()
        self._buffers: tuple[JitterBuffer, ...] = ()
        self._bad_media = 0

    def _take(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        if isinstance(message, bytes):
            raise Refused(WRONG_TYPE, "this endpoint takes JSON text messages, not binary ones")
        fields = read_object(message)
        event = fields.get("event")
        if event == "start":
            return self._start(fields, now)
        if event in ("media", "dtmf", "mark", "stop"):
            return self._of_call(str(event), fields, now)
        if event != "connected":
            self._rejected["unknown_event"] += 1
        return ()

    def _of_call(self, event: str, message: Fields, now: datetime) -> Sequence[CallEvent]:
        if self._call is None:
            raise Refused(POLICY, f"{event} before start")
        if self._stream_sid is not None and message.get("streamSid") not in (None, self._stream_sid):
            raise Refused(POLICY, "streamSid changed within the connection")
        match event:
            case "media":
                return self._media(message, now)
            case "dtmf":
                return self._dtmf(message, self._call.call_id)
            case "stop":
                return self._finish(EndReason.END, Close(code=NORMAL, reason="the call has ended"), now)
            case _:
                return ()  # a mark echoes one of ours, and a monitor sends none

    def _advance(self, now_s: float) -> Sequence[CallEvent]:
        return tuple(event for buffer in self._buffers for event in buffer.advance(now_s))

    def _flush(self, now_s: float) -> tuple[Sequence[CallEvent], float]:
        held = tuple(event for buffer in self._buffers for event in buffer.flush(now_s))
        return (*held, *level(self._timelines)), max(timeline.end_s for timeline in self._timelines)

    def _start(self, message: Fields, now: datetime) -> Sequence[CallEvent]:
        if self._call is not None:
            raise Refused(POLICY, "a second start")
        start = read_start(message, self._default_direction, now)
        call = self._begin(start.token, start.call)
        self._listen(start, call)
        return (call,)

    def _listen(self, start: Start, call: CallStarted) -> None:
        self._stream_sid = start.stream_sid
        self._encoding = start.encoding
        self._tracks = {track: channel for channel, track in enumerate(start.tracks)}
        self._timelines = tuple(Timeline(call.call_id, channel, call.rate_hz) for channel in range(len(start.tracks)))
        self._buffers = tuple(JitterBuffer(timeline, self._rejected) for timeline in self._timelines)

    def _media(self, message: Fields, now: datetime) -> Sequence[CallEvent]:
        try:
            media = message.inner("media") or Fields({}, "media.")
            channel = self._channel(media)
            if channel is None:
                self._rejected["unknown_track"] += 1
                return ()
            at_ms = media.whole("timestamp")
            chunk = Chunk(
                number=media.whole("chunk"),
                at_s=None if at_ms is None else at_ms / 1000,
                samples=_samples(media, self._encoding),
            )
        except BadField as bad:
            return self._bad(bad)
        self._bad_media = 0
        return self._buffers[channel].put(chunk, self._heard(now))

    def _bad(self, bad: BadField) -> Sequence[CallEvent]:
        """Drop the message; its chunk becomes a gap. Many in a row: this is not the stream it claims to be."""
        self._rejected["bad_media"] += 1
        self._bad_media += 1
        if self._bad_media > MOST_BAD_MEDIA:
            raise Refused(BAD_DATA, f"{self._bad_media} bad media messages in a row; the last: {bad}")
        return ()

    def _channel(self, message: Fields) -> int | None:
        """The channel of a track. A source with a single track need not name it."""
        named = message.text("track", "").removesuffix("_track")
        if not named and len(self._tracks) == 1:
            return 0
        return self._tracks.get(named)

    def _dtmf(self, message: Fields, call_id: CallId) -> Sequence[CallEvent]:
        try:
            pressed = message.inner("dtmf") or Fields({}, "dtmf.")
            digit = pressed.text("digit")
            if digit not in _KEYS:
                raise BadField("dtmf.digit", "another text", "one key")  # the key itself may be card data
            channel = self._channel(pressed)
        except BadField:
            self._rejected["bad_dtmf"] += 1
            return ()
        at_s = max(timeline.end_s for timeline in self._timelines)
        return (Dtmf(call_id=call_id, channel=channel, digit=digit, at_s=at_s),)


def _samples(media: Fields, encoding: Encoding) -> Samples:
    """The decoded payload, at least one sample. Raises BadField, without the payload in its text."""
    payload = media.get("payload")
    allowed = f"base64 of whole {encoding} samples"
    if not isinstance(payload, str) or not payload:
        raise BadField("media.payload", "no text", allowed)
    try:
        data = binascii.a2b_base64(payload, strict_mode=True)
    except ValueError:
        raise BadField("media.payload", f"a text of {len(payload)} characters", allowed) from None
    if not data or len(data) % encoding.width:
        raise BadField("media.payload", f"{len(data)} bytes", allowed)
    return decode(data, encoding)
