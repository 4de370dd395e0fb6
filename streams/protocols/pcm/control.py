"""What a text message in mid-stream asks for."""

from dataclasses import dataclass
from enum import StrEnum

from streams.protocols.fields import Fields, member, read_object
from streams.records import Language
from streams.refusals import BAD_DATA, BadField, Refused

KEYS = frozenset("0123456789*#ABCD")


class Order(StrEnum):
    """What needs no further word."""

    END = "end"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key was pressed. May be card data: not shown."""

    digit: str

    def __repr__(self) -> str:
        return "Key()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Another agent takes the call."""

    agent_id: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Nothing to act on: counted under this name."""

    counted_as: str


Control = Order | Key | Language | Handover | Odd
UNKNOWN_EVENT = Odd(counted_as="unknown_event")


def read_json(text: str) -> Fields | None:
    """The JSON object in a text that need not be one; None where it is none. Raises Refused: 1009."""
    try:
        return read_object(text)
    except Refused as refused:
        if refused.code != BAD_DATA:
            raise
        return None


def strict_control(text: str) -> Control:
    """Our own events. Raises Refused: 1007 for what is not JSON."""
    return control_in(read_object(text))


def lenient_control(text: str) -> Control:
    """Our own events, and the keys that several providers write alike; any other text is counted."""
    fields = read_json(text)
    return UNKNOWN_EVENT if fields is None else control_in(fields)


def control_in(fields: Fields) -> Control:
    """The event that our own protocol writes so."""
    event = fields.get("event")
    order = member(Order, event)
    if order is not None:
        return order
    try:
        match event:
            case "dtmf":
                return key_in(fields)
            case "language":
                return _language(fields)
            case "agent":
                return Handover(agent_id=fields.text("agent_id"), team=fields.text("team", ""))
            case _:
                return UNKNOWN_EVENT
    except BadField:
        return Odd(counted_as="bad_event")


def key_in(fields: Fields) -> Key | Odd:
    """The key in `digit` or `dtmf`, whichever the provider writes."""
    return a_key(fields.get("digit") or fields.get("dtmf"))


def a_key(value: object) -> Key | Odd:
    """The key, where it is one. What else it is goes nowhere: it may be several keys of a card number."""
    if not isinstance(value, str) or value.upper() not in KEYS:
        return Odd(counted_as="bad_dtmf")
    return Key(digit=value.upper())


def _language(fields: Fields) -> Language:
    language = member(Language, fields.text("language").replace("_", "-").split("-")[0].lower())
    if language is None:
        raise fields.bad("language", ", ".join(Language))
    return language
