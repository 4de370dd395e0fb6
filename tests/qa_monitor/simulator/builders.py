"""Calls to be planned by any protocol."""

import struct

import numpy as np

from qa_monitor.simulator.planned import PlannedCall
from streams.records import CallId, Speaker

BOTH_PEOPLE = (Speaker.CUSTOMER, Speaker.AGENT)


def a_call(frames: int = 1000, *, channels: int = 2, rate_hz: int = 8000, seed: int = 3) -> PlannedCall:
    """Noise, so that no two samples are alike."""
    noise = np.random.default_rng(seed).integers(-20_000, 20_000, (frames, channels), dtype=np.int16)
    return PlannedCall(
        call_id=CallId("call-1"),
        agent_id="agent-1",
        channels=BOTH_PEOPLE if channels == 2 else (Speaker.MIXED,),
        rate_hz=rate_hz,
        samples=noise,
    )


def unframed(stream: bytes) -> list[tuple[int, bytes]]:
    found = []
    while stream:
        kind, length = struct.unpack(">BH", stream[:3])
        found.append((kind, stream[3 : 3 + length]))
        stream = stream[3 + length :]
    return found
