"""One connection of the Twilio family: JSON text messages, each track numbered and dated on its own."""

import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from streams.clock.jitter import Chunk, JitterBuffer
from streams.clock.timeline import Timeline, level
from streams.protocols.connection import Connection
from streams.protocols.fields import Fields, read_object
from streams.protocols.port import Admit
from streams.protocols.route import Route
from streams.protocols.twilio.dialects import INBOUND, OUTBOUND, TWILIO, UNNAMED, TwilioDialect
from streams.protocols.twilio.formats import WireFormat
from streams.protocols.twilio.start import Address, Start, read_start
from streams.records import CallEvent, CallId, CallStarted, Dtmf, EndReason
from streams.refusals import BAD_DATA, NORMAL, POLICY, WRONG_TYPE, BadField, Close, Refused
from streams.samples.decoder import Decoder

MOST_BAD_MEDIA = 50
"""Media messages in a row without usable audio."""
_KEYS = frozenset("0123456789*#ABCD")
_NO_QUERY: Mapping[str, str] = MappingProxyType({})


class Twilio(Connection):
    """One stream. Channel 0 is the inbound track, 1 the outbound; a stream with one track has channel 0 only.

    `accounts` are the vendor's account ids whose calls are taken; empty: anybody's. `query` are the parameters of the
    address, which some vendors keep: of lower rank than the start message, of higher than the route.
    """

    def __init__(
        self,
        *,
        opened_at: datetime,
        admit: Admit,
        route: Route,
        dialect: TwilioDialect = TWILIO,
        accounts: frozenset[str] = frozenset(),
        query: Mapping[str, str] = _NO_QUERY,
    ) -> None:
        super().__init__(opened_at, admit)
        self._address = Address(dialect=dialect, route=route, accounts=accounts, query=query)
        self._start: Start | None = None
        self._tracks: dict[str, int] = {}
        self._sole: str | None = None
        self._timelines: tuple[Timeline, ...] = ()
        self._decoders: tuple[Decoder, ...] = ()
        self._buffers: tuple[JitterBuffer, ...] = ()
        self._bad_media = 0

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed."""
        return (*super().tick(now), *self._refuse_sound(now))

    def _take(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        if isinstance(message, bytes):
            raise Refused(WRONG_TYPE, "this endpoint takes JSON text messages, not binary ones")
        fields = read_object(message)
        match fields.get("event"):
            case "start":
                return self._begun(fields, now)
            case "media" | "dtmf" | "mark" | "stop" as event:
                return self._of_call(event, fields, now)
            case "error":
                self._rejected["source_error"] += 1
            case "connected":
                pass
            case _:
                self._rejected["unknown_event"] += 1
        return ()

    def _of_call(self, event: str, message: Fields, now: datetime) -> Sequence[CallEvent]:
        if self._call is None or self._start is None:
            raise Refused(POLICY, f"{event} before start")
        name = self._address.dialect.stream_id
        if self._start.stream_id and message.get(name) not in (None, self._start.stream_id):
            raise Refused(POLICY, f"{name} changed within the connection")
        match event:
            case "media":
                return (*self._media(message, self._start.format, now), *self._refuse_sound(now))
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

    def _begun(self, message: Fields, now: datetime) -> Sequence[CallEvent]:
        if self._call is not None:
            raise Refused(POLICY, "a second start")
        start = read_start(message, self._address, now)
        call = self._begin(start.token, start.call)
        self._listen(start, call)
        return (call,)

    def _listen(self, start: Start, call: CallStarted) -> None:
        self._start = start
        self._tracks = {track: channel for channel, track in enumerate(start.tracks)}
        self._timelines = tuple(Timeline(call.call_id, channel, call.rate_hz) for channel in range(len(start.tracks)))
        self._decoders = tuple(start.format.decoder() for _ in start.tracks)
        self._buffers = tuple(
            JitterBuffer(timeline, decoder, self._rejected)
            for timeline, decoder in zip(self._timelines, self._decoders, strict=True)
        )

    def _refuse_sound(self, now: datetime) -> Sequence[CallEvent]:
        """Close where the sound itself turned out to be something else than was announced."""
        refused = next((decoder.refused for decoder in self._decoders if decoder.refused is not None), None)
        return () if refused is None or self._over else self._refuse(refused, now)

    def _media(self, message: Fields, wire_format: WireFormat, now: datetime) -> Sequence[CallEvent]:
        try:
            media = message.inner("media") or Fields({}, "media.")
            channel = self._channel(media, binds=True)
            if channel is None:
                self._rejected["unknown_track"] += 1
                return ()
            at_ms = media.whole("timestamp")
            chunk = Chunk(
                number=media.whole("chunk"),
                at_s=None if at_ms is None else at_ms / 1000,
                data=_payload(media, wire_format),
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

    def _channel(self, message: Fields, *, binds: bool) -> int | None:
        """The channel of a track. A source with a single track need not name it; where it does, the first counts."""
        named = message.text("track", "").removesuffix("_track")
        if not named and len(self._tracks) == 1:
            return 0
        if UNNAMED not in self._tracks:
            return self._tracks.get(named)
        if binds and self._sole is None and named in (INBOUND, OUTBOUND):
            self._sole = named
        return 0 if named == self._sole else None

    def _dtmf(self, message: Fields, call_id: CallId) -> Sequence[CallEvent]:
        try:
            pressed = message.inner("dtmf") or Fields({}, "dtmf.")
            digit = pressed.text("digit")
            if digit not in _KEYS:
                raise BadField("dtmf.digit", "another text", "one key")  # the key itself may be card data
            channel = self._channel(pressed, binds=False)
        except BadField:
            self._rejected["bad_dtmf"] += 1
            return ()
        at_s = max(timeline.end_s for timeline in self._timelines)
        return (Dtmf(call_id=call_id, channel=channel, digit=digit, at_s=at_s),)


def _payload(media: Fields, wire_format: WireFormat) -> bytes:
    """The bytes of at least one sample. Raises BadField, without the payload in its text."""
    payload = media.get("payload")
    allowed = f"base64 of whole {wire_format.wire} samples"
    if not isinstance(payload, str) or not payload:
        raise BadField("media.payload", "no text", allowed)
    try:
        data = binascii.a2b_base64(payload, strict_mode=True)
    except ValueError:
        raise BadField("media.payload", f"a text of {len(payload)} characters", allowed) from None
    if not data or len(data) % wire_format.width:
        raise BadField("media.payload", f"{len(data)} bytes", allowed)
    return data
