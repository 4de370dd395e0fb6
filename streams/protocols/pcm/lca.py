"""The stream of AWS Live Call Analytics: JSON at both ends, caller and agent between them."""

from streams.protocols.fields import read_object
from streams.protocols.pcm.call import Source, open_call, text_in
from streams.protocols.pcm.control import UNKNOWN_EVENT, Control, Order, control_in, read_json
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.layout import RATE_NAMES, Layout, read_rate, roles
from streams.records import Speaker
from streams.samples.codec import Encoding

_PAIR = (Speaker.CUSTOMER, Speaker.AGENT)


def _preamble(text: str, known: Known) -> Preamble | None:
    said = read_object(text).values()
    if said.get("callEvent") not in (None, "START"):
        return None
    every = {**known.query, **said}
    source = Source(
        dialect=LCA.name,
        said={**said, "agent_id": text_in(said, "agent_id", "agentId")},
        session_id=text_in(said, "callId"),
    )
    layout = Layout(
        rate_hz=read_rate(every, ("samplingRate", *RATE_NAMES), known.route),
        encoding=known.route.encoding or Encoding.PCM16,
        channels=roles(len(known.route.channels or _PAIR), every, known.route, pair=_PAIR),
    )
    return open_call(source, layout, known)


def _control(text: str) -> Control:
    fields = read_json(text)
    if fields is None:
        return UNKNOWN_EVENT
    return Order.END if fields.get("callEvent") == "END" else control_in(fields)


LCA = PcmDialect(name="lca", read_preamble=_preamble, read_control=_control)
