"""AudioSocket: announced over HTTP, then one TCP connection per person."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from qa_monitor.simulator.faults import Fault, read_fault
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, SentCall, SimulationError, play
from tests.qa_monitor.simulator.builders import a_call, unframed

CUSTOMER, AGENT = UUID(int=1), UUID(int=2)


@dataclass(slots=True)
class Announcements:
    """The one address of the HTTP interface that is used, and an AudioSocket beside it."""

    status: str = "201 Created"
    answer: object = field(
        default_factory=lambda: {
            "call_id": "call-1",
            "token": "once",
            "expires_at": "2026-01-01T00:00:00Z",
            "audiosocket": {"customer": str(CUSTOMER), "agent": str(AGENT)},
        }
    )
    says: bytes = b""
    """Written to every AudioSocket."""
    hangs_up_after: int | None = None
    """Bytes."""
    resets: bool = False
    """Hangs up by breaking the connection off."""
    http: str = ""
    tcp: str = ""
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    streams: list[bytes] = field(default_factory=list)
    broken: int = 0
    carrying: "list[asyncio.Task[None] | None]" = field(default_factory=list)

    async def done(self) -> None:
        """Every AudioSocket has ended."""
        await asyncio.gather(*(task for task in self.carrying if task is not None))

    async def announced(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ") for line in head.strip().splitlines()[1:])
        self.asked.append((head, json.loads(await reader.readexactly(int(fields["content-length"])))))
        body = json.dumps(self.answer)
        answer = f"HTTP/1.1 {self.status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write((answer + body).encode())
        writer.close()
        await writer.wait_closed()

    async def carried(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One AudioSocket."""
        self.carrying.append(asyncio.current_task())
        writer.write(self.says)
        heard = b""
        try:
            while data := await reader.read(4096):
                heard += data
                full = self.hangs_up_after is not None and len(heard) >= self.hangs_up_after
                if full or heard.endswith(b"\0\0\0"):
                    break
        except ConnectionResetError:
            self.broken += 1
        self.streams.append(heard)
        if self.resets:
            writer.transport.abort()
        writer.close()


@asynccontextmanager
async def a_service(service: Announcements) -> AsyncIterator[Announcements]:
    http = await asyncio.start_server(service.announced, "127.0.0.1", 0)
    tcp = await asyncio.start_server(service.carried, "127.0.0.1", 0)
    async with http, tcp:
        service.http = f"http://127.0.0.1:{http.sockets[0].getsockname()[1]}"
        service.tcp = f"127.0.0.1:{tcp.sockets[0].getsockname()[1]}"
        yield service


def played(service: Announcements, *faults: Fault, call: PlannedCall | None = None) -> SentCall:
    """A call of one second in a twentieth."""

    async def scene() -> SentCall:
        async with a_service(service):
            line = Line(
                url=service.http,
                protocol=StreamProtocol.AUDIOSOCKET,
                audiosocket=service.tcp,
                speed=20.0,
                token="ingest",
                faults=faults,
            )
            (sent,) = await play([call or a_call(8000)], line)
            await service.done()
            return sent

    return asyncio.run(scene())


def test_each_person_has_a_connection() -> None:
    """Opened by the id the service promised for them, closed by a hang-up."""
    call = a_call(8000)
    service = Announcements()

    assert played(service, call=call).error is None

    by_id = {frames[0][1]: frames for frames in map(unframed, service.streams)}
    assert set(by_id) == {CUSTOMER.bytes, AGENT.bytes}
    for channel, identity in enumerate((CUSTOMER, AGENT)):
        frames = by_id[identity.bytes]
        assert b"".join(payload for kind, payload in frames if kind == 0x10) == call.samples[:, channel].tobytes()
        assert frames[-1] == (0x00, b"")


def test_the_call_is_announced_with_what_is_known_of_it() -> None:
    """With the ingest token in the header."""
    service = Announcements()
    played(service)
    ((head, body),) = service.asked

    assert head.startswith("POST /v1/calls HTTP/1.1")
    assert "authorization: bearer ingest" in head.lower()
    assert body["call_id"] == "call-1"
    assert body["channels"] == ["customer", "agent"]
    assert body["audiosocket"] is True


@pytest.mark.parametrize(
    ("service", "error"),
    [
        (Announcements(status="401 Unauthorized"), "the announcement was refused (401): give the ingest token"),
        (Announcements(status="404 Not Found"), "takes no announcements"),
        (Announcements(status="409 Conflict", answer={"detail": "live"}), '(409): {"detail": "live"}'),
        (Announcements(answer={"token": "once"}), "the service promised no AudioSocket id for customer, agent"),
        (Announcements(answer=[]), "answered an announcement with something else"),
        (Announcements(says=struct.pack(">BH", 0x10, 2) + b"\1\1"), "the service sent more than silence"),
        (Announcements(hangs_up_after=19), "the service hung up at second "),
        (Announcements(hangs_up_after=19, resets=True), "the service hung up at second "),
    ],
)
def test_what_the_service_did_is_the_error_of_the_call(service: Announcements, error: str) -> None:
    """With what to do about it."""
    sent = played(service)

    assert sent.error is not None
    assert error in sent.error


def test_silence_may_be_fed_back() -> None:
    """Some releases of Asterisk want it."""
    assert played(Announcements(says=struct.pack(">BH", 0x10, 320) + bytes(320))).error is None


def test_nobody_listening_names_the_setting() -> None:
    """The HTTP side answered, the other did not."""

    async def scene() -> SentCall:
        async with a_service(Announcements()) as service:
            line = Line(url=service.http, protocol=StreamProtocol.AUDIOSOCKET, audiosocket="127.0.0.1:1", speed=20.0)
            (sent,) = await play([a_call(8000)], line)
            return sent

    error = asyncio.run(scene()).error
    assert error is not None
    assert "nothing listens at 127.0.0.1:1" in error
    assert "AudioSocket setting" in error


def test_a_reset_is_a_reset() -> None:
    """Both connections break, with no hang-up."""
    service = Announcements()

    assert played(service, read_fault("abrupt@500ms")).error is None
    assert service.broken == 2


def test_a_wrong_id_is_sent_where_that_is_asked_for() -> None:
    """Sixteen bytes nobody promised."""
    service = Announcements()
    played(service, read_fault("bad-token"))

    assert not {CUSTOMER.bytes, AGENT.bytes} & {unframed(stream)[0][1] for stream in service.streams}


def test_an_address_without_a_port_is_refused() -> None:
    """Field, what was found, what is needed."""
    with pytest.raises(SimulationError, match=r"audiosocket: an address such as .* is needed, found 'host'"):
        Line(url="http://host", protocol=StreamProtocol.AUDIOSOCKET, audiosocket="host")
