"""The service's own plain protocol: one preamble, interleaved samples, the end."""

import json
from collections.abc import Iterator

from qa_monitor.simulator.planned import PlannedCall, TimedMessage, Wire, pieces
from qa_monitor.simulator.protocols.wav import wav_header


def pcm(call: PlannedCall, wire: Wire, token: str | None) -> Iterator[TimedMessage]:
    """Everything to send for one call. The token here is the call's own, from its announcement."""
    preamble = {
        **call.facts(),
        **({"token": token} if token else {}),
        "rate_hz": call.rate_hz,
        "encoding": wire.announced.value,
        "channels": [speaker.value for speaker in call.channels],
    }
    yield TimedMessage(at_s=0.0, data=json.dumps(preamble))
    yield from binary(call, wire)
    yield TimedMessage(at_s=call.duration_s, data=json.dumps({"event": "end"}))


def binary(call: PlannedCall, wire: Wire, frame_s: float = 0.02) -> Iterator[TimedMessage]:
    """The sound as binary messages, channels interleaved."""
    header = wav_header(wire.announced, call.rate_hz, len(call.channels)) if wire.wav_header else b""
    for _, end_s, piece in pieces(call, frame_s):
        yield TimedMessage(at_s=end_s, data=header + wire.write(piece), audio=True)
        header = b""
