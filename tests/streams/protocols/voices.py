"""Two websockets of one call, each with one voice, fed by a clock of the test."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from streams.protocols.legs import OneVoice, OpenPairs
from streams.protocols.pcm.dialects import PCM_DIALECTS
from streams.protocols.pcm.session import Pcm
from streams.protocols.port import Admit
from streams.protocols.route import Route
from streams.records import CallEvent, CallStarted, Speaker
from tests.streams.sessions import after, chunks, everyone, some_bytes

STEP_S = 0.02
RATE_HZ = 8000
NOTHING: Mapping[str, str] = MappingProxyType({})

Timed = tuple[float, str | bytes | None]
"""When (s) and what arrives; None: the socket is closed in an orderly way."""


def let_in(token: str | None, call: CallStarted, side: Speaker) -> CallStarted:
    """Lets every side in."""
    return call


def hello(dialect: str, side: str | None, *, rate_hz: int = RATE_HZ, facts: Mapping[str, str] = NOTHING) -> str:
    """What a source says first."""
    said = {"call_id": "c-1", **facts} | ({} if side is None else {"side": side})
    if dialect == "vonage":
        kind = f"audio/l16;rate={rate_hz}"
        return json.dumps({"event": "websocket:connected", "content-type": kind, "uuid": f"leg-{side}", **said})
    form = {8000: "slin", 16000: "slin16"}[rate_hz]
    return json.dumps({"event": "MEDIA_START", "connection_id": f"m-{side}", "format": form, "channel_variables": said})


def sound_of(seed: int, seconds: float) -> bytes:
    return some_bytes(seed, round(seconds * RATE_HZ) * 2)


def paced(data: bytes, *, begin_s: float = 0.0) -> list[Timed]:
    """20 ms each, arriving when they have been spoken."""
    return [(begin_s + (n + 1) * STEP_S, part) for n, part in enumerate(chunks(data, 320))]


def side(name: str, data: bytes, *, begin_s: float = 0.0, end_s: float | None = None) -> list[Timed]:
    """A whole connection of Asterisk."""
    last: list[Timed] = [] if end_s is None else [(end_s, None)]
    return [(begin_s, hello("asterisk", name)), *paced(data, begin_s=begin_s), *last]


@dataclass(slots=True)
class Sockets:
    """Connections by name, as the service would serve them."""

    dialect: str = "asterisk"
    pairs: OpenPairs = field(default_factory=OpenPairs)
    voices: dict[str, OneVoice] = field(default_factory=dict)
    events: list[CallEvent] = field(default_factory=list)
    asked: list[tuple[Speaker, CallStarted]] = field(default_factory=list)

    def voice(self, name: str, at_s: float = 0.0) -> OneVoice:
        """The connection of this name; made when first asked for."""
        if name not in self.voices:

            def pcm(admit: Admit) -> Pcm:
                known = PCM_DIALECTS[self.dialect]
                return Pcm(opened_at=after(at_s), admit=admit, route=Route(), dialect=known, call_id=f"own-{name}")

            self.voices[name] = OneVoice(make=pcm, admit=everyone, admit_side=self._admit_side, pairs=self.pairs)
        return self.voices[name]

    def say(self, name: str, message: str | bytes | None, at_s: float) -> Sequence[CallEvent]:
        voice = self.voice(name, at_s)
        now = after(at_s)
        events = voice.closed(now, 1000) if message is None else voice.receive(message, now)
        self.events += events
        assert list(voice.replies()) == []
        return events

    def tick(self, at_s: float) -> None:
        for voice in list(self.voices.values()):
            if voice.close is None:
                self.events += voice.tick(after(at_s))

    def play(self, timed: dict[str, Iterable[Timed]], until_s: float = 0.0) -> list[CallEvent]:
        """Everything at its time, with a tick every 100 ms; `until_s` ticks on after the last message."""
        said: list[tuple[float, str, str | bytes | None]] = [
            (at_s, name, message) for name, each in timed.items() for at_s, message in each
        ]
        last_s = max([until_s, *(at_s for at_s, _, _ in said)])
        ticks: list[tuple[float, str, str | bytes | None]] = [
            (n / 10, "", None) for n in range(1, int(last_s * 10) + 1)
        ]
        for at_s, name, message in sorted([*said, *ticks], key=lambda each: each[0]):
            if not name:
                self.tick(at_s)
            elif self.voice(name, at_s).close is None:
                self.say(name, message, at_s)
        return self.events

    def _admit_side(self, token: str | None, call: CallStarted, which: Speaker) -> CallStarted:
        self.asked.append((which, call))
        return call
