"""Vonage voice sockets: one socket hears a mix of the others, unless the operator opens one socket per leg."""

from collections.abc import Mapping

from streams.protocols.fields import Fields, read_object
from streams.protocols.pcm.call import Source, open_call, text_in
from streams.protocols.pcm.control import UNKNOWN_EVENT, Control, control_in, key_in, read_json
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.layout import Layout, a_rate, read_rate, roles
from streams.records import Speaker
from streams.refusals import WRONG_TYPE
from streams.samples.codec import WIRE_NAMES, Encoding

_CONNECTED = "websocket:connected"
_OTHERS = ("websocket:cleared", "websocket:notify")
_OFFERED = "audio/l16;rate=8000, 16000 or 24000"


def _preamble(text: str, known: Known) -> Preamble | None:
    fields = read_object(text)
    if fields.get("event") not in (None, _CONNECTED):
        return None
    said = fields.values()
    every = {**known.query, **said}
    source = Source(
        dialect=VONAGE.name,
        said={name: value for name, value in said.items() if name != "event"},
        session_id=text_in(every, "uuid", "call_uuid", "session_id"),
        conversation_id=text_in(every, "conversation_uuid", "conversation_id"),
    )
    return open_call(source, _layout(fields, every, known), known)


def _layout(fields: Fields, every: Mapping[str, object], known: Known) -> Layout:
    """One channel, in the format that `content-type` names; without one, in the route's."""
    content_type = fields.text("content-type", "").lower().replace(" ", "")
    name, *parameters = content_type.split(";")
    if content_type and WIRE_NAMES.get(name) is not Encoding.PCM16:
        raise fields.bad("content-type", _OFFERED, WRONG_TYPE)
    rates = [each.removeprefix("rate=") for each in parameters if each.startswith("rate=")]
    if rates and a_rate(rates[0]) is None:
        raise fields.bad("content-type", _OFFERED, WRONG_TYPE)
    rate_hz = read_rate({"content-type": rates[0] if rates else None}, ("content-type",), known.route)
    return Layout(
        rate_hz=rate_hz,
        encoding=Encoding.PCM16,
        channels=roles(len(known.route.channels or (1,)), every, known.route, alone=Speaker.MIXED),
    )


def _control(text: str) -> Control | None:
    fields = read_json(text)
    if fields is None:
        return UNKNOWN_EVENT
    event = fields.get("event")
    if event == "websocket:dtmf" or (event is None and fields.get("dtmf") is not None):
        return key_in(fields)
    return None if event in _OTHERS else control_in(fields)


VONAGE = PcmDialect(name="vonage", read_preamble=_preamble, read_control=_control)
