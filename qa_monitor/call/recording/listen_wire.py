"""What somebody who listens live is sent: one text to begin with, then blocks of samples, and a text at the end.

A block is 16 bytes, two little-endian 64-bit floats: the second on the call's audio clock at which it begins, and the
second that the call has come to; then samples of 16 bits, little-endian, channels interleaved. Pure.
"""

import json
import struct
from collections.abc import Iterator

import numpy as np

from qa_monitor.call.recording.listeners import Parted
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.people.listening import Ending
from streams.records import CallStarted

HEAD = struct.Struct("<dd")
PIECE_S = 1.0
"""Most seconds in one message."""
PARTING = {Parted.ENDED: 1000, Parted.TOO_SLOW: 4008}
"""The close code that says why it ended."""
NOT_WELCOME = 4003
"""The close code for somebody who may not listen any more."""
SERVICE_RESTART = 1012
"""The close code with which the server itself ends its connections when it stops."""
ENDINGS = {1000: Ending.CALL_ENDED, 4008: Ending.TOO_SLOW, NOT_WELCOME: Ending.NOT_ALLOWED}
"""What a close code is in the log of who listened."""


def begun(call: CallStarted, now_s: float) -> str:
    """The first message: how samples are to be read."""
    channels = [speaker.value for speaker in call.channels]
    return json.dumps({"event": "begun", "rate_hz": call.rate_hz, "channels": channels, "now_s": now_s})


def held(now_s: float, paused: str | None) -> str:
    """Nothing may be heard yet: the call has come to this second."""
    return json.dumps({"event": "held", "now_s": now_s, "paused": paused})


def pieces(block: Block, rate_hz: int, now_s: float) -> Iterator[bytes]:
    """A block, in messages of a second at most."""
    step = int(PIECE_S * rate_hz)
    for at in range(0, len(block.samples), step):
        samples = np.ascontiguousarray(block.samples[at : at + step], dtype="<i2")
        yield HEAD.pack(block.start_s + at / rate_hz, now_s) + samples.tobytes()
