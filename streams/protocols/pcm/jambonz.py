"""jambonz `listen`: the attributes of the call, with the customer's metadata laid over them."""

from streams.protocols.fields import read_object
from streams.protocols.pcm.call import Source, open_call, text_in
from streams.protocols.pcm.control import lenient_control
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.layout import mixed_layout

_DEFAULT_RATE_HZ = 8000


def _preamble(text: str, known: Known) -> Preamble:
    said = read_object(text).values()
    source = Source(
        dialect=JAMBONZ.name,
        said=said,
        session_id=text_in(said, "callSid", "call_sid"),
        conversation_id=text_in(said, "parentCallSid", "parent_call_sid"),
    )
    return open_call(source, mixed_layout({**known.query, **said}, known.route, _DEFAULT_RATE_HZ), known)


JAMBONZ = PcmDialect(
    name="jambonz",
    subprotocols=("audio.jambonz.org",),
    read_preamble=_preamble,
    read_control=lenient_control,
)
