"""A recording as the protocol can carry it: at a rate it has, in as many channels as it has."""

from dataclasses import replace

import numpy as np

from qa_monitor.simulator.carriage import carriage, nearest_rate_hz
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.rate import to_rate
from streams.records import Samples, Speaker
from streams.samples.codec import Encoding


def encoding_for(protocol: StreamProtocol, asked: Encoding | None) -> Encoding:
    """The encoding asked for, or the protocol's usual one. Raises ValueError where it cannot be carried."""
    allowed = carriage(protocol).encodings
    if asked is not None and asked not in allowed:
        raise ValueError(f"{protocol} carries {', '.join(allowed)}, not {asked}")
    return asked or allowed[0]


def fitted(
    call: PlannedCall, protocol: StreamProtocol, encoding: Encoding, *, two_sockets: bool = False
) -> PlannedCall:
    """The same call as this protocol carries it; unchanged where it fits already. Raises ValueError where it cannot.

    `two_sockets`: each person has a connection, so that nobody need be mixed with anybody.
    """
    if len(call.channels) < carriage(protocol).fewest:
        raise ValueError(f"{protocol} carries two people apart: give a recording with two channels")
    rate_hz = nearest_rate_hz(protocol, encoding, call.rate_hz)
    samples = to_rate(call.samples, call.rate_hz, rate_hz)
    if len(call.channels) > carriage(protocol).channels and not two_sockets:
        return replace(call, channels=(Speaker.MIXED,), rate_hz=rate_hz, samples=mixed(samples))
    return replace(call, rate_hz=rate_hz, samples=samples)


def mixed(samples: Samples) -> Samples:
    """Both people in one channel, at half the level each, so that nothing is cut off; read-only."""
    one: Samples = np.rint(samples.astype(np.float64).mean(axis=1, keepdims=True)).astype(np.int16)
    one.flags.writeable = False
    return one
