"""Our own plain protocol: one JSON preamble with known fields only, then samples; a few JSON events between them."""

from collections.abc import Mapping
from types import MappingProxyType

from streams.protocols.facts import NAMES, read_facts
from streams.protocols.fields import MOST_METADATA, Fields, member, read_object
from streams.protocols.pcm.call import facts_in, metadata_in
from streams.protocols.pcm.control import strict_control
from streams.protocols.pcm.dialect import Known, PcmDialect, Preamble
from streams.protocols.pcm.layout import LOWEST_RATE_HZ, PAIRS
from streams.records import CallStarted, Speaker
from streams.refusals import WRONG_TYPE
from streams.samples.codec import Encoding

HIGHEST_RATE_HZ = 48000
_ALLOWED = NAMES | {"rate_hz", "encoding", "channels", "metadata"}
_ROLES = "customer and agent in either order, two unknown, or one role"


def _preamble(text: str, known: Known) -> Preamble:
    """Read and check. Raises BadField: 1003 for an encoding or rate we cannot decode, else 1008."""
    message = read_object(text)
    message.only(_ALLOWED)
    facts = read_facts(facts_in(message.values(), known))
    form = _with_defaults(message, known)
    call = CallStarted(
        call_id=facts.call_id,
        tenant=facts.tenant,
        team=facts.team,
        agent_id=facts.agent_id,
        direction=facts.direction,
        language=facts.language,
        channels=_channels(form),
        rate_hz=_rate_hz(form),
        started_at=known.now,
        dialect=GENERIC.name,
        notice=facts.notice,
        consent=facts.consent,
        metadata=_metadata(message, known),
    )
    return Preamble(call=call, encoding=_encoding(form), token=facts.token)


def _with_defaults(message: Fields, known: Known) -> Fields:
    """What the message leaves out, from the address or the route."""
    route, query = known.route, known.query
    roles = route.channels if "channels" not in query else query["channels"].split(",")
    defaults: dict[str, object] = {
        "rate_hz": query.get("rate_hz", route.rate_hz),
        "encoding": query.get("encoding", route.encoding),
        "channels": None if roles is None else list(roles),
    }
    return Fields(defaults | {name: value for name, value in message.values().items() if value is not None})


def _channels(form: Fields) -> tuple[Speaker, ...]:
    named = form.texts("channels")
    channels = tuple(speaker for name in named if (speaker := member(Speaker, name)) is not None)
    if len(channels) != len(named) or (len(channels) != 1 and channels not in PAIRS):
        raise form.bad("channels", _ROLES)
    return channels


def _rate_hz(form: Fields) -> int:
    rate_hz = form.whole("rate_hz", WRONG_TYPE)
    if rate_hz is None or not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise form.bad("rate_hz", f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}", WRONG_TYPE)
    return rate_hz


def _encoding(form: Fields) -> Encoding:
    encoding = member(Encoding, form.get("encoding"))
    if encoding is None:
        raise form.bad("encoding", ", ".join(Encoding), WRONG_TYPE)
    return encoding


def _metadata(message: Fields, known: Known) -> Mapping[str, str]:
    given = (message.inner("metadata") or Fields({})).metadata(without={"token"})
    query = {name: value for name, value in known.query.items() if name not in _ALLOWED}
    return MappingProxyType(metadata_in(query, MOST_METADATA - len(given)) | dict(given))


GENERIC = PcmDialect(name="pcm", read_preamble=_preamble, read_control=strict_control)
