"""What the calls of the ingest benchmark send: websocket frames, built beforehand and patched per call."""

import base64
import json
import struct
import uuid
from typing import Protocol

import numpy as np

SLOTS = 2
"""Moments within each frame's time at which a call may send something, evenly spread."""
ORGANIZATION_ID = str(uuid.UUID(int=1, version=4))
NOBODY = "0" * 34
"""Stands in the templates where a call's own id goes; of the same length."""


class Script(Protocol):
    """One call as its source plays it."""

    path: str
    session_id: str
    frame_s: float
    round_trips_s: list[float]

    def opening(self) -> bytes:
        """Right after the handshake."""
        ...

    def piece(self, number: int, slot: int, now_s: float) -> bytes:
        """What is sent in one slot of the audio frame of this number, both from 0; may be empty."""
        ...

    def hear(self, text: str, now_s: float) -> None:
        """A message of the server."""
        ...

    def closing(self) -> bytes:
        """The end of the call."""
        ...


def frame(opcode: int, payload: bytes) -> bytes:
    """A client's frame. Its mask is zeros: the server unmasks it as any other."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    else:
        length = b"\xfe" + struct.pack(">H", size) if size < 65_536 else b"\xff" + struct.pack(">Q", size)
    return bytes([0x80 | opcode]) + length + bytes(4) + payload


def text(message: object) -> bytes:
    """A text frame of JSON."""
    return frame(1, json.dumps(message, separators=(",", ":")).encode())


def mulaw(seed: int, size: int) -> bytes:
    """Noise: every byte is a valid sample."""
    return np.random.default_rng(seed).integers(0, 256, size, dtype=np.uint8).tobytes()


class TwilioAudio:
    """The media messages of one moment, shared by all calls: only the stream's id differs."""

    def __init__(self) -> None:
        self._payloads = {
            track: base64.b64encode(mulaw(seed, 160)).decode() for seed, track in enumerate(("inbound", "outbound"))
        }
        self._halves: dict[int, tuple[tuple[bytes, bytes], ...]] = {}

    def halves(self, number: int) -> tuple[tuple[bytes, bytes], ...]:
        """Per track: the frame before and after the id. Of the last few numbers only, so that memory stays small."""
        found = self._halves.get(number)
        if found is None:
            self._halves.pop(number - 4, None)
            found = self._halves[number] = tuple(
                self._half(number, place, track) for place, track in enumerate(self._payloads)
            )
        return found

    def _half(self, number: int, place: int, track: str) -> tuple[bytes, bytes]:
        whole = text(
            {
                "event": "media",
                "sequenceNumber": str(2 * number + place + 2),
                "streamSid": NOBODY,
                "media": {
                    "track": track,
                    "chunk": str(number + 1),
                    "timestamp": str(number * 20),
                    "payload": self._payloads[track],
                },
            }
        )
        before, after = whole.split(NOBODY.encode())
        return before, after


class TwilioScript:
    """Both tracks, 20 ms each; the second one 10 ms after the first, so that each message travels alone."""

    path = "/v1/streams/twilio"
    frame_s = 0.02

    def __init__(self, number: int, audio: TwilioAudio) -> None:
        self.session_id = f"MZ{number:032d}"
        self.round_trips_s: list[float] = []
        self._sid, self._audio = self.session_id.encode(), audio

    def opening(self) -> bytes:
        """Connected and start."""
        start = {
            "streamSid": self.session_id,
            "accountSid": "AC1",
            "callSid": f"CA{self.session_id}",
            "tracks": ["inbound", "outbound"],
            "customParameters": {},
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        }
        connected = text({"event": "connected", "protocol": "Call", "version": "1.0.0"})
        begun = {"event": "start", "sequenceNumber": "1", "streamSid": self.session_id, "start": start}
        return connected + text(begun)

    def piece(self, number: int, slot: int, now_s: float) -> bytes:
        """One message per track."""
        before, after = self._audio.halves(number)[slot]
        return before + self._sid + after

    def hear(self, text: str, now_s: float) -> None:
        """A monitor has nothing to say here."""

    def closing(self) -> bytes:
        """Stop."""
        return text({"event": "stop", "sequenceNumber": "0", "streamSid": self.session_id, "stop": {}})


class AudioHookScript:
    """Stereo PCMU, 200 ms; a ping every five seconds, whose answers are timed."""

    path = "/v1/streams/audiohook"
    frame_s = 0.2
    _ping_every = 25
    _audio = frame(2, mulaw(2, 3200))

    def __init__(self, number: int) -> None:
        self.session_id = str(uuid.UUID(int=number + 1, version=4))
        self.round_trips_s: list[float] = []
        self._seq, self._heard = 0, 0
        self._sent_s, self._pinged_s = 0.0, 0.0

    def opening(self) -> bytes:
        """Open, offering one medium."""
        media = [{"type": "audio", "format": "PCMU", "channels": ["external", "internal"], "rate": 8000}]
        participant = {"id": self.session_id, "ani": "", "aniName": "", "dnis": ""}
        return self._said(
            "open",
            {
                "organizationId": ORGANIZATION_ID,
                "conversationId": self.session_id,
                "participant": participant,
                "media": media,
            },
        )

    def piece(self, number: int, slot: int, now_s: float) -> bytes:
        """The audio first; a ping, when it is time for one, half a frame later."""
        if slot == 0:
            self._sent_s = (number + 1) * self.frame_s
            return self._audio
        if number % self._ping_every != self._ping_every // 2:
            return b""
        self._pinged_s = now_s
        return self._said("ping", {})

    def hear(self, text: str, now_s: float) -> None:
        """Times a pong; of anything else only the number matters."""
        told = json.loads(text)
        self._heard = told["seq"]
        if told["type"] == "pong":
            self.round_trips_s.append(now_s - self._pinged_s)

    def closing(self) -> bytes:
        """Close, which the server answers with closed."""
        return self._said("close", {"reason": "end"})

    def _said(self, kind: str, parameters: dict[str, object]) -> bytes:
        self._seq += 1
        return text(
            {
                "version": "2",
                "id": self.session_id,
                "type": kind,
                "seq": self._seq,
                "serverseq": self._heard,
                "position": f"PT{self._sent_s:.3f}S",
                "parameters": parameters,
            }
        )
