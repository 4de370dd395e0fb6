"""Broken connections over real sockets: each closed with its code, none noticed by the call beside it."""

import asyncio
import random
import struct
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime

import psutil
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, EndReason
from tests.streams.hostile import PCM_FAULTS, TWILIO_FAULTS, Fault, Message
from tests.streams.sessions import (
    NOON,
    after,
    assert_whole,
    pcm_session,
    play,
    preamble,
    some_bytes,
    start,
    twilio_session,
)
from tests.streams.sockets.client_frames import masked
from tests.streams.sockets.live_server import DIALECTS, Heard, listening

GOOD: dict[str, list[Message]] = {
    "/twilio": [*twilio_session(some_bytes(11, 32000), some_bytes(12, 32000), {"call_id": "good"})],
    "/pcm": pcm_session(some_bytes(13, 128_000), call_id="good"),
}
FAULTS = {"/twilio": TWILIO_FAULTS, "/pcm": PCM_FAULTS}
Paths = pytest.mark.parametrize("path", ["/twilio", "/pcm"])


def frozen() -> datetime:
    """No deadline and no stall: what comes out depends on the messages alone."""
    return NOON


def a_connection(heard: Heard, path: str) -> connect:
    return connect(f"ws://127.0.0.1:{heard.port}{path}", compression=None, max_size=2**20)


async def send_all(socket: ClientConnection, messages: Sequence[Message]) -> None:
    """Until all is sent, or the server has had enough."""
    try:
        for message in messages:
            await socket.send(message)
    except ConnectionClosed:
        return


async def code_for(heard: Heard, path: str, messages: Sequence[Message]) -> int | None:
    """How the server closes; None where it was still open when the client left without a word."""
    async with a_connection(heard, path) as socket:
        await send_all(socket, messages)
        try:
            await asyncio.wait_for(socket.wait_closed(), timeout=5)
        except TimeoutError:
            return None
        return socket.close_code


async def good_call(heard: Heard, path: str, stop: asyncio.Event) -> None:
    """Sent bit by bit all the while; its last message follows when the broken ones are through."""
    *messages, last = GOOD[path]
    async with a_connection(heard, path) as socket:
        for message in messages:
            await socket.send(message)
            await asyncio.sleep(0)
        await stop.wait()
        await socket.send(last)
        await socket.wait_closed()
        assert socket.close_code == 1000


def as_bits(events: Sequence[CallEvent]) -> list[object]:
    """Everything an event says, samples as bytes."""
    return [
        (event.channel, event.start_s, event.rate_hz, event.samples.tobytes())
        if isinstance(event, AudioFrame)
        else event
        for event in events
    ]


async def beside_a_good_call(heard: Heard, path: str, trouble: Callable[[], Coroutine[object, object, None]]) -> None:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(good_call(heard, path, stop))
        try:
            await trouble()
        finally:
            stop.set()


def assert_undisturbed(heard: Heard, path: str) -> None:
    assert as_bits(heard.events["good"]) == as_bits(play(DIALECTS[path](NOON), GOOD[path], step_s=0.0))
    assert heard.errors == []
    assert heard.open == 0


async def all_faults(heard: Heard, path: str, count: int) -> None:
    """Broken sessions, eight at a time; the ones that decide a code are held to it."""

    async def one(seed: int) -> None:
        chance = random.Random(seed)
        fault = chance.choice([fault for fault in FAULTS[path] if _decides(fault)])
        async with limit:
            code = await code_for(heard, path, [_encodable(each) for each in fault.session(chance)])
        assert fault.codes is not None
        assert code in fault.codes, (seed, fault.name)

    limit = asyncio.Semaphore(8)
    async with asyncio.TaskGroup() as group:
        for seed in range(count):
            group.create_task(one(seed))


def _decides(fault: Fault) -> bool:
    return fault.codes is not None and None not in fault.codes


def _encodable(message: Message) -> Message:
    return message if isinstance(message, bytes) else message.encode(errors="replace").decode()


@Paths
def test_broken_connections_meet_their_codes_and_a_good_call_hears_nothing_of_it(path: str) -> None:
    with listening(frozen) as heard:
        asyncio.run(beside_a_good_call(heard, path, lambda: all_faults(heard, path, 120)))

    assert_undisturbed(heard, path)
    for events in heard.events.values():
        assert isinstance(events[-1], CallEnded)


@pytest.mark.slow
@Paths
def test_a_thousand_broken_connections_do_no_harm_either(path: str) -> None:
    process = psutil.Process()
    with listening(frozen) as heard:
        asyncio.run(all_faults(heard, path, 100))  # what is loaded and cached once
        before = process.memory_info().rss
        asyncio.run(beside_a_good_call(heard, path, lambda: all_faults(heard, path, 1000)))
        grown = process.memory_info().rss - before

    assert_undisturbed(heard, path)
    assert grown < 20_000_000


@Paths
def test_frames_that_break_the_websocket_itself_are_refused(path: str) -> None:
    """Bad UTF-8: 1007. Beyond the server's own limit: 1009. A reserved opcode: 1002."""

    async def trouble(heard: Heard) -> None:
        assert await raw_code(heard, path, masked(0x81, b"\xff\xfe{}")) == 1007
        assert await raw_code(heard, path, masked(0x83, b"x")) == 1002
        assert await code_for(heard, path, ["x" * 131_073]) == 1009

    with listening(frozen) as heard:
        asyncio.run(beside_a_good_call(heard, path, lambda: trouble(heard)))

    assert_undisturbed(heard, path)


@Paths
def test_a_source_that_is_torn_away_ends_its_call_abruptly(path: str) -> None:
    """A TCP reset in the middle of a frame."""
    hello = start({"call_id": "torn"}) if path == "/twilio" else preamble(call_id="torn")

    async def trouble(heard: Heard) -> None:
        reader, writer = await upgraded(heard, path)
        writer.write(masked(0x81, hello.encode()) + masked(0x82, bytes(400))[:100])
        await writer.drain()
        await heard.until("torn", CallStarted)
        writer.transport.abort()
        await heard.until("torn", CallEnded)

    with listening(frozen) as heard:
        asyncio.run(beside_a_good_call(heard, path, lambda: trouble(heard)))

    assert_undisturbed(heard, path)
    started, ended = heard.events["torn"]
    assert isinstance(started, CallStarted)
    assert ended == CallEnded(call_id=started.call_id, end_s=0.0, reason=EndReason.ABRUPT)
    assert_whole(heard.events["torn"])


@Paths
def test_connections_that_never_start_are_closed_at_the_deadline(path: str) -> None:
    """Silent ones, by the tick alone. The clock runs twentyfold, so that 5 s are a quarter of one."""
    began = time.monotonic()

    def fast() -> datetime:
        return after((time.monotonic() - began) * 20)

    async def idle(heard: Heard) -> None:
        async with a_connection(heard, path) as socket:
            await asyncio.wait_for(socket.wait_closed(), timeout=10)
            assert (socket.close_code, socket.close_reason) == (1008, "no valid start within 5 s")

    async def trouble(heard: Heard) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(30):
                group.create_task(idle(heard))

    with listening(fast) as heard:
        asyncio.run(trouble(heard))

    assert heard.events == {}
    assert heard.errors == []
    assert heard.rejected["policy"] == 30


async def upgraded(heard: Heard, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A websocket whose frames we write ourselves."""
    reader, writer = await asyncio.open_connection("127.0.0.1", heard.port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def raw_code(heard: Heard, path: str, frame: bytes) -> int:
    """The code in the server's close frame."""
    reader, writer = await upgraded(heard, path)
    writer.write(frame)
    async with asyncio.timeout(5):
        head = await reader.readexactly(2)
        assert head[0] == 0x88
        body = await reader.readexactly(head[1] & 0x7F)
    writer.close()
    await writer.wait_closed()
    code: int = struct.unpack(">H", body[:2])[0]
    return code
