"""Asterisk's chan_websocket: control events as plain words or as JSON, one channel in the codec of `c(…)`."""

from collections.abc import Mapping
from types import MappingProxyType

from streams.protocols.fields import Fields, read_object
from streams.protocols.pcm.call import Source, open_call, text_in
from streams.protocols.pcm.control import UNKNOWN_EVENT, Control, Odd, key_in, read_json
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.layout import Layout, read_rate, roles
from streams.protocols.port import LARGEST_MESSAGE
from streams.protocols.route import Route
from streams.records import Speaker
from streams.refusals import TOO_BIG, WRONG_TYPE, Refused
from streams.samples.codec import Encoding

FORMATS: Mapping[str, tuple[Encoding, int]] = MappingProxyType(
    {
        "ulaw": (Encoding.MULAW, 8000),
        "alaw": (Encoding.ALAW, 8000),
        "slin": (Encoding.PCM16, 8000),
        "slin12": (Encoding.PCM16, 12000),
        "slin16": (Encoding.PCM16, 16000),
        "slin24": (Encoding.PCM16, 24000),
        "slin32": (Encoding.PCM16, 32000),
        "slin44": (Encoding.PCM16, 44100),
        "slin48": (Encoding.PCM16, 48000),
    }
)
"""Encoding and rate by Asterisk's name of the format."""
_ABOUT_PLAYBACK = (
    "MEDIA_XOFF",
    "MEDIA_XON",
    "STATUS",
    "QUEUE_DRAINED",
    "MEDIA_BUFFERING_COMPLETED",
    "MEDIA_MARK_PROCESSED",
)
"""Events about audio that we would send, and a monitor sends none."""


def _preamble(text: str, known: Known) -> Preamble | None:
    fields = _words(text) or read_object(text)
    if fields.get("event") != "MEDIA_START":
        return None
    said = fields.values()
    variables = fields.inner("channel_variables") or Fields({})
    facts = {name.lower(): value for name, value in variables.values().items()}
    every = {**known.query, **facts, **said}
    source = Source(
        dialect=ASTERISK.name,
        said={name: value for name, value in {**facts, **said}.items() if name != "event"},
        session_id=text_in(said, "connection_id"),
        conversation_id=text_in(every, "conversation_id", "channel_id"),
    )
    encoding, rate_hz = _format(fields, known.route)
    channels = roles(1, every, known.route, alone=Speaker.MIXED)
    return open_call(source, Layout(rate_hz=rate_hz, encoding=encoding, channels=channels), known)


def _format(fields: Fields, route: Route) -> tuple[Encoding, int]:
    """Early releases do not name the format: then it is the route's."""
    allowed = f"{', '.join(FORMATS)}; set it in the dial option c(…)"
    name = fields.get("format")
    if name is not None:
        known = FORMATS.get(name) if isinstance(name, str) else None
        if known is None:
            raise fields.bad("format", allowed, WRONG_TYPE)
        return known
    if route.encoding is None:
        raise fields.bad("format", f"{allowed}, or encoding and rate_hz in the route", WRONG_TYPE)
    if route.encoding is not Encoding.PCM16:
        return route.encoding, route.rate_hz or 8000
    return route.encoding, read_rate({}, ("rate_hz",), route)


def _control(text: str) -> Control | None:
    fields = _words(text) or read_json(text)
    if fields is None:
        return UNKNOWN_EVENT
    event = fields.get("event")
    if event == "DTMF_END":
        return key_in(fields)
    if event == "ERROR":
        return Odd(counted_as="source_error")
    return None if event in _ABOUT_PLAYBACK else UNKNOWN_EVENT


def _words(text: str) -> Fields | None:
    """The plain form, `EVENT key:value …`; None where it is JSON. Raises Refused: 1009."""
    if len(text) > LARGEST_MESSAGE:
        raise Refused(TOO_BIG, f"a message has at most {LARGEST_MESSAGE} bytes, not {len(text)}")
    if text.lstrip().startswith("{"):
        return None
    event, *pairs = text.split() or [""]
    values = (pair.partition(":") for pair in pairs)
    return Fields({**{name: value for name, _, value in values}, "event": event})


ASTERISK = PcmDialect(name="asterisk", subprotocols=("media",), read_preamble=_preamble, read_control=_control)
