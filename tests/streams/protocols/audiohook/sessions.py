"""One strict client and one dialect, face to face without a socket, on the test's clock."""

from collections.abc import Sequence
from datetime import datetime

from streams.protocols.audiohook.session import AudioHook
from streams.protocols.port import Admit, Downlink
from streams.protocols.route import Route
from streams.records import CallEvent, CallId, CallStarted, Language, Samples, Speaker, Utterance, UtteranceId, Word
from streams.samples.codec import Encoding, encode
from tests.streams.protocols.audiohook.client import ORGANISATION, SESSION, Client
from tests.streams.sessions import NOON, after, everyone, some_bytes

FRAME_S = 0.2
FRAME_BYTES = 3200
"""200 ms of both channels in mu-law."""


def a_hook(
    *,
    route: Route | None = None,
    downlink: Downlink | None = None,
    admit: Admit = everyone,
    authorised: bool = True,
    partials: bool = False,
    opened_at: datetime = NOON,
) -> AudioHook:
    return AudioHook(
        opened_at=opened_at,
        admit=admit,
        route=route or Route(),
        downlink=downlink or Downlink(),
        session_id=SESSION,
        organization_id=ORGANISATION,
        authorised=authorised,
        partials=partials,
    )


class Session:
    """Carries messages both ways; whatever the server says is judged by the client."""

    def __init__(self, hook: AudioHook | None = None) -> None:
        self.hook = hook or a_hook()
        self.client = Client()
        self.events: list[CallEvent] = []
        self.now_s = 0.0

    def give(self, message: str | bytes) -> Sequence[CallEvent]:
        """One message from the client; the events it made."""
        events = self.hook.receive(message, after(self.now_s))
        return self._after(events)

    def say(self, type_: str, parameters: dict[str, object] | None = None, **changes: object) -> Sequence[CallEvent]:
        return self.give(self.client.say(type_, parameters, **changes))

    def open(self, media: Sequence[object] | None = None, **changes: object) -> "Session":
        self.give(self.client.open(media, **changes))
        return self

    def hear(self, data: bytes, length_s: float = FRAME_S) -> Sequence[CallEvent]:
        """A binary frame at the pace of the call."""
        self.now_s += length_s
        self.client.position_s = round(self.client.position_s + length_s, 6)
        return self.give(data)

    def pass_to(self, now_s: float) -> Sequence[CallEvent]:
        """Time passes, with a tick every 100 ms."""
        events: list[CallEvent] = []
        while self.now_s < now_s and self.hook.close is None:
            self.now_s = round(min(now_s, self.now_s + 0.1), 6)
            events += self._after(self.hook.tick(after(self.now_s)))
        return events

    def leave(self, code: int = 1000) -> Sequence[CallEvent]:
        """The socket goes away."""
        return self._after(self.hook.closed(after(self.now_s), code))

    def call(self) -> CallStarted:
        first = self.events[0]
        assert isinstance(first, CallStarted)
        return first

    def _after(self, events: Sequence[CallEvent]) -> Sequence[CallEvent]:
        for reply in self.hook.replies():
            self.client.take(reply)
        self.events += events
        return events


def an_utterance(**changes: object) -> Utterance:
    """Two words of the customer."""
    words = (_word("bonjour", 1.0, 1.4), _word("madame", 1.5, 2.0))
    fields: dict[str, object] = {
        "call_id": CallId("c-1"),
        "utterance_id": UtteranceId("0-1.0"),
        "speaker": Speaker.CUSTOMER,
        "channel": 0,
        "start_s": 1.0,
        "end_s": 2.0,
        "text": "bonjour madame",
        "words": words,
        "language": Language.FR,
        "confidence": 0.875,
        "final": True,
        "revision": 2,
    }
    return Utterance(**(fields | changes))  # type: ignore[arg-type]


def _word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text=text, start_s=start_s, end_s=end_s, probability=0.9)


def frames(seed: int, count: int, size: int = FRAME_BYTES) -> list[bytes]:
    """Random sound, cut into frames."""
    data = some_bytes(seed, count * size)
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def interleaved(first: Samples, second: Samples, encoding: Encoding) -> bytes:
    """Two channels, sample by sample."""
    both = [encode(channel, encoding) for channel in (first, second)]
    width = encoding.width
    pairs = zip(*([data[at : at + width] for at in range(0, len(data), width)] for data in both), strict=True)
    return b"".join(one + two for one, two in pairs)
