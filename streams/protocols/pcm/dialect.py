"""What tells one preamble-then-samples protocol from another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from streams.protocols.pcm.control import Control
from streams.protocols.route import Route
from streams.records import CallStarted
from streams.samples.codec import Encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a stream besides what its own messages say."""

    route: Route
    query: Mapping[str, str]
    """Parameters of the address, secrets removed: the preamble ranks above them, the route below."""
    call_id: str
    """For a call that nobody else names. Empty: such a call is refused."""
    now: datetime
    """When its first audio or its preamble arrived, whichever came first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preamble:
    """A valid opening: the call, and how its samples are written."""

    call: CallStarted
    encoding: Encoding
    token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PcmDialect:
    """One protocol as data. Everything else, from the held audio to the ending, is the same for all."""

    name: str
    """As in the address, and in `CallStarted.dialect`."""
    subprotocols: tuple[str, ...] = ()
    """Names of the websocket sub-protocol that the source may offer."""
    read_preamble: Callable[[str, Known], Preamble | None]
    """What the first text says; None: it is no preamble, wait for one. Raises Refused."""
    read_control: Callable[[str], Control | None]
    """What a later text asks; None: nothing. Raises Refused: 1009 when it is too long, 1007 where text must be JSON."""
    preamble_optional: bool = False
    """Audio may go on without a preamble: `read_preamble` is then given the empty text."""
