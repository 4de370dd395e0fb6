"""Where and how calls are played, and what became of each."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from qa_monitor.simulator.audiohook.opening import Offer
from qa_monitor.simulator.audiohook.transcripts import Transcript
from qa_monitor.simulator.carriage import carriage
from qa_monitor.simulator.disturbed import Trouble, disturbed
from qa_monitor.simulator.faults import Fault, FaultName, check_carried, has
from qa_monitor.simulator.fitting import encoding_for
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol, TimedItem, TimedMessage, Wire
from streams.records import CallId
from streams.samples.codec import Encoding

WEB_SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
HTTP_SCHEMES = {"ws": "http", "wss": "https"}
WRONG_TOKEN = "wrong-on-purpose"
NO_ORGANIZATION = "00000000-0000-4000-8000-000000000000"


class SimulationError(Exception):
    """A call could not be played to its end; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a call has been sent."""

    call_id: CallId
    sent_s: float
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCall:
    """A call that was played, or why it was not played to its end."""

    call_id: CallId
    started_at_s: float
    """On the sender's clock: when the call's second 0 was sent."""
    speed: float
    error: str | None = None
    transcripts: tuple[Transcript, ...] = ()
    """What the service told back of it, where its protocol can carry that."""

    def sent_at_s(self, second: float) -> float:
        """When the audio up to `second` of the call was due on the wire, on the sender's clock."""
        return self.started_at_s + second / self.speed


@dataclass(frozen=True, slots=True, kw_only=True)
class SendClock:
    """The time the sender lives by; tests pass their own."""

    now_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def wait_until(self, at_s: float) -> None:
        """Return at `at_s`, or at once when that has passed."""
        wait_s = at_s - self.now_s()
        if wait_s > 0:
            await self.sleep(wait_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a source proves itself with, besides the ingest token."""

    key: str = ""
    """AudioHook: the API key."""
    secret: str | None = field(default=None, repr=False)
    """AudioHook: the client secret, in base64. Twilio: the account's auth token. None: nothing is signed."""
    organization: str = NO_ORGANIZATION
    """AudioHook: the id of the organisation."""
    public_url: str | None = None
    """The address that is signed, where the service is reached by another one."""
    basic: str | None = field(default=None, repr=False)
    """`user:password`, sent instead of the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where and how calls are sent. Raises `SimulationError` or `FaultError` for what cannot be."""

    url: str
    """The service, for example `http://127.0.0.1:8080`, or the full address of a stream."""
    protocol: StreamProtocol = StreamProtocol.PCM
    speed: float = 1.0
    token: str | None = None
    audiosocket: str = "127.0.0.1:9092"
    """Host and port of the service's AudioSocket."""
    announce: bool = False
    """Announce every call over HTTP first, and open it with the token that is handed back."""
    credentials: Credentials = Credentials()
    faults: tuple[Fault, ...] = ()
    seed: int = 0
    encoding: Encoding | None = None
    """None: the protocol's usual one."""
    json_control: bool = True
    offer: Offer = Offer.STEREO
    """AudioHook: the media offered."""
    two_sockets: bool = False
    """Vonage and Asterisk: a connection per person, instead of both mixed on one."""

    def __post_init__(self) -> None:
        if self.speed <= 0:
            raise SimulationError(f"speed: must be above 0, found {self.speed}")
        parts = urlsplit(self.url)
        if parts.scheme not in WEB_SCHEMES or not parts.netloc:
            raise SimulationError(f"url: an address such as http://127.0.0.1:8080 is needed, found {self.url!r}")
        if self.protocol is StreamProtocol.AUDIOSOCKET and not self.audiosocket_at[1]:
            raise SimulationError(
                f"audiosocket: an address such as 127.0.0.1:9092 is needed, found {self.audiosocket!r}"
            )
        if self.two_sockets and carriage(self.protocol).channels > 1:
            raise SimulationError(f"two-sockets: {self.protocol} carries both people on one connection")
        check_carried(self.faults, self.protocol)
        try:
            encoding_for(self.protocol, self.encoding)
        except ValueError as error:
            raise SimulationError(f"codec: {error}") from None

    @property
    def address(self) -> str:
        """The websocket address."""
        parts = urlsplit(self.url)
        below = carriage(self.protocol).path
        path = parts.path if "/streams/" in parts.path else f"{parts.path.rstrip('/')}/v1/streams/{below}"
        return urlunsplit((WEB_SCHEMES[parts.scheme], parts.netloc, path, parts.query, ""))

    @property
    def audiosocket_at(self) -> tuple[str, int]:
        """Host and port of AudioSocket; port 0 where none is given."""
        host, _, port = self.audiosocket.rpartition(":")
        return host.strip("[]"), int(port) if host and port.isdecimal() else 0

    @property
    def service(self) -> str:
        """The HTTP address of the service itself."""
        parts = urlsplit(self.url)
        path = parts.path.split("/v1/streams/")[0].rstrip("/")
        return urlunsplit((HTTP_SCHEMES.get(parts.scheme, parts.scheme), parts.netloc, path, "", ""))

    @property
    def wire(self) -> Wire:
        """How the sound is written."""
        announced = encoding_for(self.protocol, self.encoding)
        other = Encoding.MULAW if announced is Encoding.PCM16 else Encoding.PCM16
        return Wire(
            announced=announced,
            sent=other if has(self.faults, FaultName.WRONG_CODEC) else None,
            wav_header=has(self.faults, FaultName.WAV_HEADER),
            json_control=self.json_control,
        )

    def given_token(self, token: str | None) -> str | None:
        """The token as it is sent: a wrong one where that is asked for."""
        return WRONG_TOKEN if has(self.faults, FaultName.BAD_TOKEN) else token

    def with_faults(
        self, items: Iterable[TimedMessage], call: PlannedCall, stream: str, *, duration_s: float | None = None
    ) -> list[TimedItem]:
        """What is really sent of one stream of a call."""
        trouble = Trouble(
            faults=self.faults,
            protocol=self.protocol,
            duration_s=call.duration_s if duration_s is None else duration_s,
            stream=stream,
            seed=self.seed,
        )
        return disturbed(items, trouble)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the service handed back for an announced call."""

    token: str = field(repr=False)
    audiosocket: dict[str, UUID] = field(default_factory=dict)
    """The id that opens each person's connection."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Job:
    """One call, as it is to be sent."""

    call: PlannedCall
    line: Line
    ticket: Ticket | None
    clock: SendClock
    report: Callable[[float], None]
    """So many seconds of the call are sent."""
    step: Callable[[str], None]
    """Something worth telling whoever checks an installation."""

    @property
    def message_token(self) -> str | None:
        """The token that travels in a message: the call's own, or the line's where there is no header for it."""
        if self.ticket is not None:
            return self.line.given_token(self.ticket.token)
        return None if carriage(self.line.protocol).headers else self.line.given_token(self.line.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How sending went; an error here is a finding, not an exception."""

    started_at_s: float
    error: str | None = None
    transcripts: tuple[Transcript, ...] = ()


OnProgress = Callable[[Progress], None]
OnStep = Callable[[CallId, str], None]
