"""The faults a played call can be asked to have, and which protocol can carry which. Pure."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from qa_monitor.simulator.planned import PREAMBLE_FAMILY, TWILIO_FAMILY, StreamProtocol

NEAR = 10
"""Messages by which a reordered one is late at most."""


class FaultName(StrEnum):
    """What can go wrong on purpose."""

    LOSS = "loss"
    DUPLICATES = "duplicates"
    REORDER = "reorder"
    JITTER = "jitter"
    BUNCH = "bunch"
    STALL = "stall"
    PAUSE = "pause"
    FROZEN_PAUSE = "frozen-pause"
    ABRUPT = "abrupt"
    HALF_OPEN = "half-open"
    NO_START = "no-start"
    GARBAGE = "garbage"
    DRIFT = "drift"
    BAD_SIGNATURE = "bad-signature"
    BAD_TOKEN = "bad-token"
    WRONG_CODEC = "wrong-codec"
    WAV_HEADER = "wav-header"
    SWAPPED = "swapped"
    SILENT_CHANNEL = "silent-channel"
    IDENTICAL_CHANNELS = "identical-channels"
    CLIPPED = "clipped"


class Unit(StrEnum):
    """What the value of a fault means."""

    SHARE = "a share such as 1%"
    SECONDS = "a time such as 3s or 250ms"
    PPM = "parts per million such as 500ppm"
    CHANNEL = "a channel: 0 or 1"
    NONE = "no value"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """What a fault does, and the value it has when none is given."""

    does: str
    unit: Unit = Unit.NONE
    usual: float = 0.0
    dated: bool = False
    """It happens at one second of the call, which may be named: `stall=3s@10s`."""


FAULTS: Mapping[FaultName, FaultKind] = MappingProxyType(
    {
        FaultName.LOSS: FaultKind(does="that share of the sound is never sent", unit=Unit.SHARE, usual=0.01),
        FaultName.DUPLICATES: FaultKind(does="that share is sent twice", unit=Unit.SHARE, usual=0.05),
        FaultName.REORDER: FaultKind(does=f"that share comes up to {NEAR} messages late", unit=Unit.SHARE, usual=0.05),
        FaultName.JITTER: FaultKind(does="each message is late by up to so much", unit=Unit.SECONDS, usual=0.1),
        FaultName.BUNCH: FaultKind(
            does="so much is held back, then sent at once", unit=Unit.SECONDS, usual=2.0, dated=True
        ),
        FaultName.STALL: FaultKind(does="so much sound is lost in one go", unit=Unit.SECONDS, usual=3.0, dated=True),
        FaultName.PAUSE: FaultKind(
            does="the source pauses and says what it discarded", unit=Unit.SECONDS, usual=10.0, dated=True
        ),
        FaultName.FROZEN_PAUSE: FaultKind(
            does="the source pauses and its clock with it", unit=Unit.SECONDS, usual=10.0, dated=True
        ),
        FaultName.ABRUPT: FaultKind(does="the connection breaks", dated=True),
        FaultName.HALF_OPEN: FaultKind(
            does="the source falls silent and deaf, and keeps the connection for so long",
            unit=Unit.SECONDS,
            usual=50.0,
            dated=True,
        ),
        FaultName.NO_START: FaultKind(does="the source connects and says nothing"),
        FaultName.GARBAGE: FaultKind(does="that share is sent damaged", unit=Unit.SHARE, usual=0.01),
        FaultName.DRIFT: FaultKind(does="the source's clock is fast by so much", unit=Unit.PPM, usual=500.0),
        FaultName.BAD_SIGNATURE: FaultKind(does="one letter of the signature is wrong"),
        FaultName.BAD_TOKEN: FaultKind(does="the token, or the promised UUID, is wrong"),
        FaultName.WRONG_CODEC: FaultKind(does="the sound is encoded otherwise than announced"),
        FaultName.WAV_HEADER: FaultKind(does="the header of a WAV file opens the sound"),
        FaultName.SWAPPED: FaultKind(does="each person is heard in the other's place"),
        FaultName.SILENT_CHANNEL: FaultKind(does="that channel is silent", unit=Unit.CHANNEL, usual=1.0),
        FaultName.IDENTICAL_CHANNELS: FaultKind(does="both channels carry the first"),
        FaultName.CLIPPED: FaultKind(does="the level is far too high"),
    }
)


class FaultError(Exception):
    """A fault is not known, has a bad value, or cannot be carried by the protocol; the message says what can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of a call."""

    name: FaultName
    value: float = 0.0
    """In the unit of its kind: a share 0 to 1, seconds, parts per million, a channel."""
    at_s: float | None = None
    """Where in the call; none: a third into it."""


def described_faults() -> str:
    """A line for each: what it does, and what its value means."""
    return "\n".join(
        f"{name:20}{kind.does}"
        + ("" if kind.unit is Unit.NONE else f"; value: {kind.unit}")
        + (f"; at a second of the call: {name}{'' if kind.unit is Unit.NONE else '=VALUE'}@10s" if kind.dated else "")
        for name, kind in FAULTS.items()
    )


_ASKED = re.compile(r"(?P<name>[a-z-]+)(=(?P<value>[^@]*))?(@(?P<at>.+))?")
_NUMBER = re.compile(r"(?P<number>\d+(\.\d+)?)(?P<unit>%|ms|s|ppm)?")
_FACTORS: Mapping[Unit, Mapping[str | None, float]] = {
    Unit.SHARE: {"%": 0.01, None: 1.0},
    Unit.SECONDS: {"ms": 0.001, "s": 1.0, None: 1.0},
    Unit.PPM: {"ppm": 1.0, None: 1.0},
    Unit.CHANNEL: {None: 1.0},
}


def read_fault(asked: str) -> Fault:
    """`loss`, `loss=1%`, `stall=3s@10s`, `abrupt@5s`. Raises FaultError."""
    found = _ASKED.fullmatch(asked)
    if found is None or found["name"] not in set(FaultName):
        raise FaultError(f"--fault: found {asked!r}; allowed: {', '.join(FaultName)}")
    name = FaultName(found["name"])
    kind = FAULTS[name]
    if found["at"] is not None and not kind.dated:
        raise FaultError(f"--fault {name}: happens all along, so it has no second to happen at")
    value = kind.usual if found["value"] is None else _number(name, found["value"], kind.unit)
    at_s = None if found["at"] is None else _number(name, found["at"], Unit.SECONDS)
    return Fault(name=name, value=value, at_s=at_s)


def _number(name: FaultName, text: str, unit: Unit) -> float:
    factors = _FACTORS.get(unit, {})
    found = _NUMBER.fullmatch(text)
    if found is None or found["unit"] not in factors:
        raise FaultError(f"--fault {name}: found {text!r}; allowed: {unit}")
    value = float(found["number"]) * factors[found["unit"]]
    if (unit is Unit.SHARE and value > 1) or (unit is Unit.CHANNEL and value not in (0, 1)):
        raise FaultError(f"--fault {name}: found {text!r}; allowed: {unit}")
    return value


_DESCRIBED = (StreamProtocol.PCM, *PREAMBLE_FAMILY)
_TWO_SIDED = tuple(one for one in StreamProtocol if one not in (StreamProtocol.VONAGE, StreamProtocol.ASTERISK))
_ONLY: Mapping[FaultName, tuple[Sequence[StreamProtocol], str]] = MappingProxyType(
    {
        FaultName.DUPLICATES: (TWILIO_FAMILY, "its sound has no numbers by which a duplicate could be known"),
        FaultName.REORDER: (TWILIO_FAMILY, "its sound has no numbers by which the order could be restored"),
        FaultName.PAUSE: ((StreamProtocol.AUDIOHOOK, StreamProtocol.PCM), "it has no word for a pause: use stall"),
        FaultName.FROZEN_PAUSE: ((StreamProtocol.AUDIOHOOK,), "only audiohook has a clock that can stop"),
        FaultName.BAD_SIGNATURE: ((StreamProtocol.AUDIOHOOK, *TWILIO_FAMILY), "it is not signed"),
        FaultName.BAD_TOKEN: (
            [one for one in StreamProtocol if one is not StreamProtocol.AUDIOHOOK],
            "it has no token: use bad-signature",
        ),
        FaultName.WAV_HEADER: ((*TWILIO_FAMILY, *_DESCRIBED), "no such header was ever seen in it"),
        FaultName.SWAPPED: (_TWO_SIDED, "it carries both people in one channel"),
        FaultName.SILENT_CHANNEL: (_TWO_SIDED, "it carries both people in one channel"),
        FaultName.IDENTICAL_CHANNELS: (_TWO_SIDED, "it carries both people in one channel"),
    }
)


def check_carried(faults: Sequence[Fault], protocol: StreamProtocol) -> None:
    """Raises FaultError, saying why, where this protocol cannot have one of the faults."""
    for fault in faults:
        carriers, why = _ONLY.get(fault.name, (tuple(StreamProtocol), ""))
        if protocol not in carriers:
            raise FaultError(f"--fault {fault.name}: {protocol} cannot have it: {why}")


def has(faults: Sequence[Fault], name: FaultName) -> bool:
    """Whether this fault is asked for."""
    return any(fault.name is name for fault in faults)


def chance_for(seed: int, name: FaultName, stream: str) -> random.Random:
    """The dice of one fault on one stream: the same for the same seed, whatever other faults there are."""
    return random.Random(f"{seed}:{name}:{stream}")
