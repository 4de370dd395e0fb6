"""The sender keeps absolute time and delivers every byte, over a real socket."""

import asyncio
import base64
import http
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from rich.console import Console
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from qa_monitor.simulator.faults import read_fault
from qa_monitor.simulator.one_way import headers_of
from qa_monitor.simulator.progress import ProgressDisplay
from qa_monitor.simulator.scenario import StreamProtocol, messages
from qa_monitor.simulator.sender import Credentials, Line, Progress, SendClock, SimulationError, play
from streams.samples.codec import Encoding, encode
from tests.qa_monitor.playing import BOTH
from tests.qa_monitor.simulator.test_scenario import a_planned_call


@dataclass(slots=True)
class FakeTime:
    """A clock that only moves when somebody waits."""

    now_s: float = 100.0
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        """Be there at once."""
        self.waits.append(seconds)
        self.now_s += seconds
        await asyncio.sleep(0)

    @property
    def clock(self) -> SendClock:
        """For the sender."""
        return SendClock(now_s=lambda: self.now_s, sleep=self.sleep)


@dataclass(slots=True)
class Service:
    """A listener that keeps what it hears and hangs up at the end."""

    url: str = ""
    paths: list[str] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    heard: list[list[str | bytes]] = field(default_factory=list)
    hang_up: tuple[int, str] | None = None
    refuse: http.HTTPStatus | None = None

    async def answer(self, socket: ServerConnection) -> None:
        """Listen until the call ends, or hang up after the first message."""
        assert socket.request is not None
        self.paths.append(socket.request.path)
        self.tokens.append(socket.request.headers.get("Authorization"))
        mine: list[str | bytes] = []
        self.heard.append(mine)
        async for message in socket:
            mine.append(message)
            if self.hang_up:
                await socket.close(*self.hang_up)
            elif isinstance(message, str) and json.loads(message).get("event") in ("end", "stop"):
                return

    def check(self, socket: ServerConnection, request: Request) -> Response | None:
        """Refuse the upgrade where told to."""
        return None if self.refuse is None else socket.respond(self.refuse, "no")


@asynccontextmanager
async def a_service(service: Service) -> AsyncIterator[Service]:
    """The listener on a free port."""
    async with serve(service.answer, "127.0.0.1", 0, process_request=service.check, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        service.url = f"http://127.0.0.1:{port}"
        yield service


@pytest.mark.parametrize("protocol", BOTH)
def test_every_message_arrives_unchanged_and_in_order(protocol: StreamProtocol) -> None:
    """What the scenario says is what the service hears."""

    async def scene() -> None:
        call = a_planned_call(frames=1600)
        async with a_service(Service()) as service:
            (sent,) = await play([call], Line(url=service.url, protocol=protocol), clock=FakeTime().clock)

        assert sent.error is None
        assert service.paths == [f"/v1/streams/{protocol}"]
        assert service.heard == [[message.data for message in messages(call, protocol)]]

    asyncio.run(scene())


def test_the_audio_is_byte_exact_in_both_protocols() -> None:
    """Samples as they are over pcm, their mu-law over twilio."""

    async def scene() -> None:
        call = a_planned_call(frames=1000)
        async with a_service(Service()) as service:
            for protocol in (StreamProtocol.PCM, StreamProtocol.TWILIO):
                await play([call], Line(url=service.url, protocol=protocol), clock=FakeTime().clock)
        plain, twilio = service.heard
        media = [event["media"] for event in map(json.loads, twilio) if event["event"] == "media"]
        agent = b"".join(base64.b64decode(piece["payload"]) for piece in media if piece["track"] == "outbound")

        assert b"".join(piece for piece in plain if isinstance(piece, bytes)) == call.samples.tobytes()
        assert agent == encode(call.samples[:, 1], Encoding.MULAW)

    asyncio.run(scene())


@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_time_is_absolute_and_follows_the_speed(speed: float) -> None:
    """Ten seconds of audio take ten seconds at real pace, however long each send takes."""

    async def scene() -> None:
        time = FakeTime()
        call = a_planned_call(frames=80_000)
        async with a_service(Service()) as service:
            (sent,) = await play([call], Line(url=service.url, speed=speed), clock=time.clock)

        assert time.now_s == pytest.approx(100 + 10 / speed)
        assert sent.started_at_s == 100
        assert sent.sent_at_s(10) == pytest.approx(100 + 10 / speed)

    asyncio.run(scene())


def test_lost_time_is_made_up() -> None:
    """After a stall the audio that is due leaves at once, and the next waits are short again."""

    async def scene() -> None:
        time = FakeTime()

        def stall(progress: Progress) -> None:
            if progress.sent_s == 0.5:
                time.now_s += 0.3

        async with a_service(Service()) as service:
            await play([a_planned_call(frames=16_000)], Line(url=service.url), on_progress=stall, clock=time.clock)

        assert time.now_s == pytest.approx(102)
        assert sum(time.waits) == pytest.approx(1.7)

    asyncio.run(scene())


def test_copies_start_one_after_the_other() -> None:
    """Each waits for its own start."""

    async def scene() -> None:
        call = a_planned_call()
        time = FakeTime()
        async with a_service(Service()) as service:
            sent = await play([call, call.copied(1, starts_after_s=3.0)], Line(url=service.url), clock=time.clock)

        assert [one.call_id for one in sent] == ["call-1", "call-1-1"]
        assert sent[1].started_at_s >= 103
        assert len(service.heard) == 2

    asyncio.run(scene())


def test_the_token_travels_where_the_protocol_allows() -> None:
    """A header over pcm; Twilio has none to give."""

    async def scene() -> None:
        async with a_service(Service()) as service:
            for protocol in (StreamProtocol.PCM, StreamProtocol.TWILIO):
                line = Line(url=service.url, protocol=protocol, token="secret")
                await play([a_planned_call()], line, clock=FakeTime().clock)

        assert service.tokens == ["Bearer secret", None]
        start = next(event for event in map(json.loads, service.heard[1]) if event["event"] == "start")
        assert start["start"]["customParameters"]["token"] == "secret"

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("service", "wanted"),
    [
        (Service(hang_up=(1008, "rate_hz: too low")), "the service closed the connection with 1008: rate_hz: too low"),
        (Service(refuse=http.HTTPStatus.FORBIDDEN), "refused the call (403): give the ingest token with --token"),
        (Service(refuse=http.HTTPStatus.UNAUTHORIZED), "refused the call (401): give the ingest token with --token"),
        (Service(refuse=http.HTTPStatus.SERVICE_UNAVAILABLE), "answered 503 Service Unavailable"),
    ],
    ids=["closed", "403", "401", "503"],
)
def test_a_refusal_says_what_to_do(service: Service, wanted: str) -> None:
    """The call that failed is named."""

    async def scene() -> None:
        async with a_service(service):
            (sent,) = await play([a_planned_call(frames=80_000)], Line(url=service.url), clock=FakeTime().clock)

        assert sent.error is not None
        assert sent.error.startswith("call call-1: ")
        assert sent.error.endswith(wanted)

    asyncio.run(scene())


def test_nobody_listening_says_how_to_start_the_service() -> None:
    """A port nobody has opened."""

    async def scene() -> None:
        async with a_service(Service()) as service:
            url = service.url
        (sent,) = await play([a_planned_call()], Line(url=url), clock=FakeTime().clock)

        assert sent.error == (
            f"call call-1: nothing listens at {url.replace('http', 'ws')}/v1/streams/pcm: "
            "start the service with `qa-monitor serve`"
        )

    asyncio.run(scene())


def test_one_failing_call_leaves_the_others_alone() -> None:
    """The service hangs up on the first only."""

    async def scene() -> None:
        call = a_planned_call()
        service = Service()

        def refuse_first(socket: ServerConnection, request: Request) -> Response | None:
            first = not service.paths
            service.paths.append(request.path)
            return socket.respond(http.HTTPStatus.FORBIDDEN, "no") if first else None

        async with serve(service.answer, "127.0.0.1", 0, process_request=refuse_first) as server:
            url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
            line = Line(url=url)
            sent = await play([call, call.copied(1, starts_after_s=5.0)], line, clock=FakeTime().clock)

        assert [one.error is None for one in sent] == [False, True]
        assert service.heard == [
            [message.data for message in messages(call.copied(1, starts_after_s=5.0), StreamProtocol.PCM)]
        ]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8080", "ws://127.0.0.1:8080/v1/streams/pcm"),
        ("https://qa.example.com/", "wss://qa.example.com/v1/streams/pcm"),
        ("ws://host/v1/streams/twilio", "ws://host/v1/streams/twilio"),
    ],
)
def test_the_address_follows_from_the_url(url: str, address: str) -> None:
    """Web or websocket, with or without the path."""
    assert Line(url=url).address == address


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (lambda: Line(url="127.0.0.1:8080").address, "url: an address such as http://127.0.0.1:8080 is needed"),
        (lambda: Line(url="http://host", speed=0), "speed: must be above 0, found 0"),
    ],
)
def test_a_bad_option_is_named(line: Callable[[], object], message: str) -> None:
    """Field, what is allowed, what was found."""
    with pytest.raises(SimulationError, match=message):
        line()


@pytest.mark.parametrize(("ping_s", "freed"), [(0.1, True), (None, False)])
def test_a_half_open_connection_is_held_to_see_whether_it_is_freed(ping_s: float | None, freed: bool) -> None:
    """A service that asks for a sign of life gets none, and hangs up; one that does not is told on."""

    async def scene() -> None:
        service = Service()
        async with serve(
            service.answer, "127.0.0.1", 0, ping_interval=ping_s, ping_timeout=0.1, close_timeout=0.1
        ) as at:
            url = f"http://127.0.0.1:{next(iter(at.sockets)).getsockname()[1]}"
            line = Line(url=url, speed=10, faults=(read_fault("half-open=800ms@500ms"),))
            (sent,) = await play([a_planned_call(frames=16_000)], line)

        assert (sent.error is None) is freed
        assert freed or "still held the half-open connection after 0.8 s" in str(sent.error)

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("protocol", "selected"), [(StreamProtocol.JAMBONZ, "audio.jambonz.org"), (StreamProtocol.ASTERISK, "media")]
)
def test_a_sub_protocol_must_be_taken(protocol: StreamProtocol, selected: str) -> None:
    """The vendor's module would break off otherwise."""

    async def scene() -> None:
        service = Service()
        async with a_service(service):
            (sent,) = await play([a_planned_call()], Line(url=service.url, protocol=protocol))
        assert sent.error == f"call call-1: the service did not take the sub-protocol {selected}"

        offered = [Subprotocol(selected)]
        async with serve(service.answer, "127.0.0.1", 0, subprotocols=offered) as server:
            url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
            (sent,) = await play([a_planned_call()], Line(url=url, protocol=protocol))
        assert sent.error is None

    asyncio.run(scene())


def test_a_service_that_speaks_on_a_line_for_listening_is_told_on() -> None:
    """Even one message is one too many."""

    async def answer(socket: ServerConnection) -> None:
        async for message in socket:
            if message == '{"event": "end"}':
                await socket.send("thank you")
                return

    async def scene() -> None:
        async with serve(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
            (sent,) = await play([a_planned_call()], Line(url=url))

        assert sent.error == "call call-1: the service sent 1 messages on a line where it may only listen"

    asyncio.run(scene())


def test_twilio_signs_the_public_address() -> None:
    """Or the one it dials; wrongly where that is asked for."""
    known = Credentials(secret="12345", public_url="wss://calls.example.com/telephony/twilio")
    line = Line(url="http://host", protocol=StreamProtocol.TWILIO, credentials=known)
    wrong = replace(line, faults=(read_fault("bad-signature"),))

    assert headers_of(line, line.address) == {"X-Twilio-Signature": "TwM5KZXMpQklaxk9G+ff+36M8Is="}
    assert headers_of(wrong, line.address) != headers_of(line, line.address)


def test_a_password_takes_the_place_of_the_token() -> None:
    """For sources that know no bearer."""
    line = Line(
        url="http://host", protocol=StreamProtocol.JAMBONZ, token="t", credentials=Credentials(basic="user:secret")
    )

    assert headers_of(line, line.address) == {"Authorization": "Basic dXNlcjpzZWNyZXQ="}
    assert headers_of(replace(line, credentials=Credentials()), line.address) == {"Authorization": "Bearer t"}


def test_progress_is_told_and_shown() -> None:
    """About twice per second of audio, and once at the end."""
    told: list[Progress] = []
    console = Console(width=80, record=True, file=io.StringIO())

    async def scene() -> None:
        async with a_service(Service()) as service:
            with ProgressDisplay(console) as display:

                def tell(progress: Progress) -> None:
                    told.append(progress)
                    display.show(progress)

                call = a_planned_call(frames=16_000)
                await play([call], Line(url=service.url), on_progress=tell, clock=FakeTime().clock)

    asyncio.run(scene())

    assert [progress.sent_s for progress in told] == [0.5, 1.0, 1.5, 2.0, 2.0]
    assert "call-1" in console.export_text()
