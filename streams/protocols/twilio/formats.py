"""Which encoding and rate a start message announces, and what decodes it."""

import re
from dataclasses import dataclass

from streams.protocols.fields import Fields
from streams.protocols.route import Route
from streams.protocols.twilio.dialects import TwilioDialect, Wideband, Wire
from streams.refusals import WRONG_TYPE, Refused
from streams.samples import g722
from streams.samples.codec import WIRE_NAMES, Encoding
from streams.samples.decoder import Decoder, LinearDecoder

RATES_HZ = (8000, 16000, 24000)
_NOT_DECODED = {"opus": "Opus", "amr-wb": "AMR-WB", "amr": "AMR"}
_NAMES: dict[str, Wire] = {**WIRE_NAMES, "g722": Wideband.G722, "audio/g722": Wideband.G722}
_SPOKEN = {Encoding.MULAW: "PCMU", Encoding.ALAW: "PCMA", Encoding.PCM16: "L16", Wideband.G722: "G722"}
_WITH_RATE = re.compile(r"(.*?);\s*rate=([0-9]{4,6})")
_G722_RATES_HZ = (8000, g722.RATE_HZ)
"""The payload counts at 8 kHz, though the sound is sampled at 16: both are announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFormat:
    """What the payloads hold."""

    wire: Wire
    rate_hz: int
    """Of the decoded samples."""
    big_endian: bool

    @property
    def width(self) -> int:
        """A payload is a whole number of so many bytes."""
        return self.wire.width if isinstance(self.wire, Encoding) else 1

    def decoder(self) -> Decoder:
        """A new decoder, for one track."""
        if isinstance(self.wire, Encoding):
            return LinearDecoder(self.wire, self.rate_hz, big_endian=self.big_endian)
        return g722.G722Decoder()


def read_format(start: Fields, dialect: TwilioDialect, route: Route) -> WireFormat:
    """Read and check; the route stands in for what is absent. Raises Refused: 1003 for what we cannot decode."""
    declared = start.inner(dialect.media_format)
    if declared is None:
        if route.encoding is None or route.rate_hz is None:
            raise start.bad(dialect.media_format, f"encoding {_spoken(dialect)} and a rate", WRONG_TYPE)
        declared = Fields({})
    wire, named_hz = _wire(declared, dialect, route)
    if declared.whole("channels", WRONG_TYPE) not in (None, 1):
        raise declared.bad("channels", "1", WRONG_TYPE)
    rate_hz = declared.whole(dialect.sample_rate, WRONG_TYPE) or named_hz or route.rate_hz
    allowed = _G722_RATES_HZ if wire is Wideband.G722 else RATES_HZ
    if rate_hz not in allowed or rate_hz is None:
        raise declared.bad(dialect.sample_rate, ", ".join(map(str, allowed)), WRONG_TYPE)
    if wire is Wideband.G722:
        rate_hz = g722.RATE_HZ
    return WireFormat(wire=wire, rate_hz=rate_hz, big_endian=dialect.big_endian)


def _wire(declared: Fields, dialect: TwilioDialect, route: Route) -> tuple[Wire, int | None]:
    """The encoding, and the rate that its name may hold."""
    written = declared.get("encoding")
    if written in (None, "") and route.encoding is not None:
        return route.encoding, None
    name, rate_hz = _split(written.lower()) if isinstance(written, str) else ("", None)
    if name in _NOT_DECODED:
        raise Refused(WRONG_TYPE, f"{_NOT_DECODED[name]} is not decoded: {dialect.remedy}")
    wire = _NAMES.get(name)
    if wire is None or wire not in dialect.wires:
        raise declared.bad("encoding", f"{_spoken(dialect)}; {dialect.remedy}", WRONG_TYPE)
    if wire is Wideband.G722 and not g722.installed():
        raise Refused(WRONG_TYPE, "G.722 needs the extra `g722`: pip install qa-monitor[g722]")
    return wire, rate_hz


def _split(name: str) -> tuple[str, int | None]:
    """`audio/l16;rate=8000` is the name and the rate."""
    found = _WITH_RATE.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, None)


def _spoken(dialect: TwilioDialect) -> str:
    return ", ".join(_SPOKEN[wire] for wire in dialect.wires)
