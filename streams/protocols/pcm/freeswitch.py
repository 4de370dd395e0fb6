"""FreeSWITCH's mod_audio_fork and mod_audio_stream: metadata is what the dialplan writes, if it writes any."""

from collections.abc import Mapping

from streams.protocols.fields import LONGEST_METADATA
from streams.protocols.pcm.call import Source, open_call, text_in
from streams.protocols.pcm.control import UNKNOWN_EVENT, Control, Odd, a_key, control_in, read_json
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.layout import mixed_layout


def _preamble(dialect: str, text: str, known: Known) -> Preamble:
    said = _said(text)
    every = {**known.query, **said}
    source = Source(
        dialect=dialect,
        said=said,
        session_id=text_in(every, "uuid", "session_id", "sessionId", "callSid"),
        conversation_id=text_in(every, "conversation_id", "call_uuid", "callId"),
    )
    return open_call(source, mixed_layout(every, known.route), known)


def _said(text: str) -> Mapping[str, object]:
    """Any text is a preamble; one that is not JSON is kept as a note."""
    fields = read_json(text)
    if fields is not None:
        return fields.values()
    return {"note": text[:LONGEST_METADATA]} if text else {}


def _control(text: str) -> Control:
    """`send_text` carries what the dialplan likes: our events, or a pressed key alone."""
    fields = read_json(text)
    if fields is not None:
        return control_in(fields)
    key = a_key(text.strip())
    return UNKNOWN_EVENT if isinstance(key, Odd) else key


AUDIO_FORK = PcmDialect(
    name="audio-fork",
    subprotocols=("audio.drachtio.org", "audiostream.drachtio.org"),
    read_preamble=lambda text, known: _preamble("audio-fork", text, known),
    read_control=_control,
)
AUDIO_STREAM = PcmDialect(
    name="audio-stream",
    read_preamble=lambda text, known: _preamble("audio-stream", text, known),
    read_control=_control,
    preamble_optional=True,
)
