"""Rate, encoding and channels of a stream of samples, from what its source and its operator say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from streams.protocols.fields import Fields, member
from streams.protocols.route import Route
from streams.records import Speaker
from streams.refusals import WRONG_TYPE, BadField
from streams.samples.codec import Encoding

LOWEST_RATE_HZ = 8000
HIGHEST_RATE_HZ = 64000
RATE_NAMES = ("rate_hz", "sampleRate", "sample_rate", "samplingRate", "rate")
"""What dialplans call the rate."""
MIXES = {"mono": 1, "mixed": 1, "stereo": 2}
"""Channels by the word that jambonz and FreeSWITCH use."""
MIX_NAMES = ("mixType", "mix_type", "mix")
PAIRS = frozenset(
    {
        (Speaker.CUSTOMER, Speaker.AGENT),
        (Speaker.AGENT, Speaker.CUSTOMER),
        (Speaker.UNKNOWN, Speaker.UNKNOWN),
    }
)
_KILOHERTZ = re.compile(r"([0-9]{1,2})k")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How bytes become samples, and whose they are."""

    rate_hz: int
    encoding: Encoding
    channels: tuple[Speaker, ...]


def a_rate(value: object) -> int | None:
    """Samples per second, written `16000`, `"16000"` or `"16k"`; None for anything else, and out of our range."""
    if isinstance(value, str):
        kilohertz = _KILOHERTZ.fullmatch(value.lower())
        value = int(kilohertz[1]) * 1000 if kilohertz else value
    try:
        rate_hz = Fields({"rate": value}).whole("rate")
    except BadField:
        return None
    return rate_hz if rate_hz is not None and LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ else None


def read_rate(said: Mapping[str, object], names: tuple[str, ...], route: Route) -> int:
    """The first of these names that holds a rate, else the route's. Raises BadField 1003."""
    rates = [rate_hz for name in names if (rate_hz := a_rate(said.get(name))) is not None]
    rate_hz = rates[0] if rates else route.rate_hz
    if rate_hz is None:
        raise Fields(said).bad(
            names[0], f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}; or set rate_hz in the route", WRONG_TYPE
        )
    return rate_hz


def speakers(value: object) -> tuple[Speaker, ...] | None:
    """Roles in a list, or in a text with commas between; None where they make no sense."""
    named = value.split(",") if isinstance(value, str) else value
    if not isinstance(named, list | tuple):
        return None
    channels = tuple(speaker for name in named if (speaker := member(Speaker, name)) is not None)
    return channels if len(channels) == len(named) and (len(channels) == 1 or channels in PAIRS) else None


def roles(
    count: int,
    said: Mapping[str, object],
    route: Route,
    *,
    alone: Speaker = Speaker.UNKNOWN,
    pair: tuple[Speaker, Speaker] = (Speaker.UNKNOWN, Speaker.UNKNOWN),
) -> tuple[Speaker, ...]:
    """Who is heard on these many channels: as the source says, else as the route says, else `alone` or `pair`."""
    for known in (speakers(said.get("channels")), speakers(said.get("side")), route.channels):
        if known is not None and len(known) == count:
            return known
    return (alone,) if count == 1 else pair


def mixed_layout(said: Mapping[str, object], route: Route, default_rate_hz: int | None = None) -> Layout:
    """What a `mixType`, or a number or list of `channels`, and a rate say.

    A value that makes no sense gives way to the route, and that to `default_rate_hz` and one channel, where there is
    such a default: metadata of the customer may lie over these fields, which must neither end the call nor shift its
    channels. Raises BadField 1003 where nobody knows.
    """
    mix = next((said[name] for name in MIX_NAMES if said.get(name)), None)
    count = _count(mix, said) or len(route.channels or ()) or (default_rate_hz and 1)
    if not count:
        raise BadField("mixType", "nothing", f"{', '.join(MIXES)}; or set channels in the route", WRONG_TYPE)
    try:
        rate_hz = read_rate(said, RATE_NAMES, route)
    except BadField:
        if default_rate_hz is None:
            raise
        rate_hz = default_rate_hz
    alone = Speaker.MIXED if mix == "mixed" else Speaker.UNKNOWN
    return Layout(
        rate_hz=rate_hz,
        encoding=route.encoding or Encoding.PCM16,
        channels=roles(count, said, route, alone=alone),
    )


def _count(mix: object, said: Mapping[str, object]) -> int | None:
    channels = said.get("channels")
    named = speakers(channels)
    if isinstance(mix, str) and mix in MIXES:
        return MIXES[mix]
    if named is not None:
        return len(named)
    return next((count for count in (1, 2) if channels in (count, str(count)) and channels is not True), None)
