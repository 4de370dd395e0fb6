"""Our way of taking websocket messages: the same as the library's, in order, with an end to what may wait."""

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode

from qa_monitor.connections.config import ConnectionConfig, new_loop
from qa_monitor.connections.stream import MOST_WAITING, StreamConnection
from streams.sockets.ingest import Gone
from streams.sockets.websocket import StarletteSocket
from tests.qa_monitor.connections.silence import HELLO, QUICK, Quiet, until

Said = str | bytes


@dataclass(slots=True)
class Heard:
    """What one websocket said to a server that only listens."""

    port: int
    server: Quiet
    messages: list[Said] = field(default_factory=list)
    gone: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def connection(self) -> StreamConnection:
        (only,) = self.server.server_state.connections
        assert isinstance(only, StreamConnection)
        return only


@asynccontextmanager
async def hearing(*, at_once: bool = True) -> AsyncIterator[Heard]:
    """A server that writes down what it hears; at once, or when `go_on` is set."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        line = StarletteSocket(websocket)
        await heard.go_on.wait()
        while not isinstance(message := await line.receive(), Gone):
            heard.messages.append(message)
        heard.gone.set_result(message.code)

    listener = socket.create_server(("127.0.0.1", 0))
    server = Quiet(ConnectionConfig(app, QUICK))
    heard = Heard(port=listener.getsockname()[1], server=server)
    if at_once:
        heard.go_on.set()
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield heard
    finally:
        server.should_exit = True
        await serving
        listener.close()


async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that lets nobody in, and says why."""
    await WebSocket(scope, receive, send).send_denial_response(JSONResponse({"detail": "no"}, status_code=401))


def run(work: Callable[[], Coroutine[object, object, None]]) -> None:
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(asyncio.wait_for(work(), timeout=30))


async def upgraded(heard: Heard) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A websocket whose frames the test writes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", heard.port)
    writer.write(HELLO)
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


def written(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin=fin).serialize(mask=True)


def test_a_client_of_the_library_is_heard_word_for_word() -> None:
    """Text and bytes, of every size up to the limit, whole and in parts."""
    sizes = [0, 1, 125, 126, 3200, 65_535, 65_536, 131_072]
    said: list[Said] = [form for size in sizes for form in (bytes(size), "é" * (size // 2))]

    async def work() -> None:
        async with hearing() as heard:
            async with connect(f"ws://127.0.0.1:{heard.port}/", ping_interval=None) as client:
                for message in said:
                    await client.send(message)
                await client.send(["in ", "three ", "parts"])
                assert await (await client.ping(b"x")) >= 0
            assert await heard.gone == 1000
            assert heard.messages == [*said, "in three parts"]

    run(work)


def test_messages_split_anywhere_are_heard_in_order() -> None:
    """Pieces of one byte to a few hundred, with pings and messages in parts between them."""
    rng = random.Random(5)
    data, said = b"", list[Said]()
    for number in range(300):
        text = f"{number} " + "x" * rng.randrange(200)
        match rng.randrange(3):
            case 0:
                data += written(Opcode.TEXT, text.encode())
            case 1:
                cut = rng.randrange(len(text))
                data += written(Opcode.TEXT, text[:cut].encode(), fin=False) + written(Opcode.PING, b"between")
                data += written(Opcode.CONT, text[cut:].encode())
            case _:
                data += written(Opcode.PING, b"") + written(Opcode.TEXT, text.encode())
        said.append(text)

    async def work() -> None:
        async with hearing() as heard:
            _, writer = await upgraded(heard)
            at = 0
            while at < len(data):
                size = rng.choice([1, 2, 7, 300])
                writer.write(data[at : at + size])
                await asyncio.sleep(0)
                at += size
            writer.write(written(Opcode.CLOSE, struct.pack(">H", 1000)))
            assert await heard.gone == 1000
            assert heard.messages == said
            writer.close()

    run(work)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (written(Opcode.TEXT, b"\xff\xfe{}"), 1007),
        (b"\x81\xff" + struct.pack(">Q", 131_073), 1009),
        (b"\x83\x80" + bytes(4), 1002),
        (b"\xc1\x80" + bytes(4), 1002),
        (b"\x81\x05hello", 1002),
        (written(Opcode.CONT, b"x"), 1002),
        (written(Opcode.TEXT, b"x", fin=False) + written(Opcode.TEXT, b"x"), 1002),
        (b"\x09\x80" + bytes(4), 1002),
    ],
    ids=["not UTF-8", "too large", "opcode", "reserved bit", "no mask", "no beginning", "two beginnings", "cut ping"],
)
def test_what_breaks_the_protocol_closes_with_its_code(data: bytes, code: int) -> None:
    """And with what came before it heard, nothing of what came after it."""

    async def work() -> None:
        async with hearing() as heard:
            reader, writer = await upgraded(heard)
            writer.write(written(Opcode.TEXT, b"before") + data + written(Opcode.TEXT, b"after"))
            head = await reader.readexactly(2)
            body = await reader.readexactly(head[1])
            assert (head[0], struct.unpack(">H", body[:2])[0]) == (0x88, code)
            assert await heard.gone == code
            assert heard.messages == ["before"]
            writer.close()

    run(work)


def test_what_nobody_takes_is_not_read() -> None:
    """A flood waits in the socket, not in the memory; once it is taken, all of it is there, in order."""
    said = [f"{number:05d}" for number in range(20_000)]

    async def work() -> None:
        async with hearing(at_once=False) as heard:
            _, writer = await upgraded(heard)
            flood = asyncio.create_task(sent(writer, said))
            for _ in range(200):
                await asyncio.sleep(0)
                assert heard.connection.queue.qsize() <= MOST_WAITING
            heard.go_on.set()
            await flood
            assert await heard.gone == 1000
            assert heard.messages == said
            writer.close()

    run(work)


async def sent(writer: asyncio.StreamWriter, said: list[str]) -> None:
    writer.write(b"".join(written(Opcode.TEXT, each.encode()) for each in said))
    writer.write(written(Opcode.CLOSE, struct.pack(">H", 1000)))
    await writer.drain()


def test_what_came_before_a_reset_is_still_heard() -> None:
    """The connection breaks while messages wait to be taken."""
    said = [str(number) for number in range(200)]

    async def work() -> None:
        async with hearing(at_once=False) as heard:
            _, writer = await upgraded(heard)
            writer.write(b"".join(written(Opcode.TEXT, each.encode()) for each in said))
            await until(lambda: heard.connection.queue.qsize() == MOST_WAITING)
            heard.connection.transport.abort()
            heard.go_on.set()
            assert await heard.gone in (1005, 1006)
            assert heard.messages == said
            writer.close()

    run(work)


def test_a_refusal_reaches_the_other_side_and_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    """A stranger who knocks a thousand times fills no log."""

    async def test() -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        server = Quiet(ConnectionConfig(refusing, QUICK))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.getsockname()[1])
        writer.write(HELLO)
        answer = await reader.read()
        writer.close()
        server.should_exit = True
        await serving

        assert answer.startswith(b"HTTP/1.1 401 ")
        assert answer.endswith(b'{"detail":"no"}')

    run(test)

    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
