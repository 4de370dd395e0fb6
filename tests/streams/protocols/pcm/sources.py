"""One well-behaved source of each preamble-then-samples protocol, and what it says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from streams.protocols.pcm.dialects import PCM_DIALECTS
from streams.protocols.pcm.session import Pcm
from streams.protocols.port import Admit
from streams.protocols.route import Route
from streams.records import CallStarted, Samples, Speaker
from streams.samples.codec import Encoding, decode
from tests.streams.sessions import NOON, chunks, everyone, preamble, some_bytes

Message = str | bytes
PAIR = (Speaker.CUSTOMER, Speaker.AGENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source, the route it is meant for, and its words."""

    name: str
    dialect: str
    hello: str
    rate_hz: int = 8000
    channels: int = 2
    encoding: Encoding = Encoding.PCM16
    route: Route = Route()
    dtmf: str = '{"event":"dtmf","digit":"5"}'
    end: str | None = None
    """None: the source just closes."""
    other: str = '{"event":"something","else":1}'
    """Text that means nothing to us."""

    def __str__(self) -> str:
        return self.name

    @property
    def bytes_per_s(self) -> int:
        return self.rate_hz * self.channels * self.encoding.width

    def opened(self, admit: Admit = everyone, route: Route | None = None) -> Pcm:
        """A fresh connection, on its own route unless another is given."""
        return Pcm(
            opened_at=NOON,
            admit=admit,
            route=route or self.route,
            dialect=PCM_DIALECTS[self.dialect],
            call_id="given-1",
        )

    def live(self) -> Pcm:
        """A connection whose call has begun."""
        dialect = self.opened()
        (call,) = dialect.receive(self.hello, NOON)
        assert isinstance(call, CallStarted)
        return dialect

    def audio(self, seconds: float, seed: int = 1) -> bytes:
        return some_bytes(seed, round(seconds * self.bytes_per_s))

    def frames(self, data: bytes, length_s: float = 0.02) -> list[bytes]:
        return chunks(data, round(length_s * self.bytes_per_s))

    def samples(self, data: bytes, channel: int) -> Samples:
        return decode(data, self.encoding)[channel :: self.channels]


def a_json(**fields: object) -> str:
    return json.dumps(fields)


SOURCES: Sequence[Source] = (
    Source(name="pcm", dialect="pcm", hello=preamble(), end='{"event":"end"}'),
    Source(
        name="jambonz",
        dialect="jambonz",
        hello=a_json(callSid="CS-1", direction="inbound", sampleRate=16000, mixType="stereo", **{"from": "+331"}),
        rate_hz=16000,
        route=Route(channels=PAIR),
        dtmf='{"event":"dtmf","dtmf":"5","duration":1600}',
    ),
    Source(
        name="audio-fork",
        dialect="audio-fork",
        hello=a_json(uuid="fs-1", sampleRate="8k", mixType="stereo", agent_id=1001),
        route=Route(channels=PAIR),
    ),
    Source(
        name="audio-stream",
        dialect="audio-stream",
        hello="appel 7, file ventes",
        route=Route(channels=PAIR, rate_hz=8000),
        dtmf="5",
        other="whatever the dialplan likes",
    ),
    Source(
        name="vonage",
        dialect="vonage",
        hello=a_json(event="websocket:connected", **{"content-type": "audio/l16;rate=16000"}, uuid="v-1"),
        rate_hz=16000,
        channels=1,
        dtmf='{"event":"websocket:dtmf","digit":"5","duration":260}',
    ),
    Source(
        name="lca",
        dialect="lca",
        hello=a_json(callEvent="START", callId="l-1", fromNumber="+1", toNumber="+2", agentId="Ann", samplingRate=8000),
        end='{"callEvent":"END","callId":"l-1"}',
    ),
    Source(
        name="asterisk-plain",
        dialect="asterisk",
        hello="MEDIA_START connection_id:a-1 channel:WebSocket/x-1 format:ulaw optimal_frame_size:160 ptime:20",
        channels=1,
        encoding=Encoding.MULAW,
        dtmf="DTMF_END digit:5",
        other="SOMETHING else:1",
    ),
    Source(
        name="asterisk-json",
        dialect="asterisk",
        hello=a_json(event="MEDIA_START", connection_id="a-2", channel_id="1.2", format="slin16", channel_variables={}),
        rate_hz=16000,
        channels=1,
        dtmf='{"event":"DTMF_END","digit":"5","channel_id":"1.2"}',
    ),
)


def a_source(name: str) -> Source:
    return next(source for source in SOURCES if source.name == name)


def a_wav_header(source: Source, *, more: bytes = b"", rate_hz: int | None = None) -> bytes:
    """A header as a streaming sender writes it; `more` lies between format and samples."""
    kind = {Encoding.PCM16: 1, Encoding.ALAW: 6, Encoding.MULAW: 7}[source.encoding]
    group = source.channels * source.encoding.width
    rate = rate_hz or source.rate_hz
    form = np.array([kind, source.channels], "<u2").tobytes() + np.array([rate, rate * group], "<u4").tobytes()
    form += np.array([group, 8 * source.encoding.width], "<u2").tobytes()
    return b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + form + more + b"data\xff\xff\xff\xff"
