"""AudioSocket over real TCP connections of this machine."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from ipaddress import ip_network
from uuid import UUID

import numpy as np
import pytest

from streams.protocols.audiosocket import Leg
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, EndReason
from streams.samples.codec import Encoding, decode
from streams.sockets.audiosocket_server import AudioSocketServer, ConnectionNotice, Listening, NoticeKind
from streams.sockets.ingest import OnEvent
from streams.sockets.tcp import TcpSocket
from tests.streams.protocols.audiosocket_sessions import (
    AGENT,
    CUSTOMER,
    HANGUP,
    SLIN,
    both_legs,
    dtmf,
    frame,
    hello,
    one_leg,
    paced,
    sound_of,
)
from tests.streams.sessions import after, assert_whole, sound

OPTIONS = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)


@dataclass(slots=True)
class Running:
    """A server, what its calls were told, and the time by which it works."""

    legs: dict[UUID, Leg]
    server: AudioSocketServer | None = None
    now_s: float = 0.0
    lines: list[list[CallEvent]] = field(default_factory=list)
    notices: list[ConnectionNotice] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    fails_on: type[CallEvent] | None = None

    def clock(self) -> datetime:
        return after(self.now_s)

    def claim(self, uuid: UUID) -> Leg | None:
        return self.legs.pop(uuid, None)

    def line(self) -> OnEvent:
        events: list[CallEvent] = []
        self.lines.append(events)

        async def on_event(event: CallEvent) -> None:
            await asyncio.sleep(0)
            if self.fails_on is not None and isinstance(event, self.fails_on):
                raise RuntimeError("this call cannot be followed")
            events.append(event)
            self.changed.set()

        return on_event

    def told(self, notice: ConnectionNotice) -> None:
        self.notices.append(notice)
        self.changed.set()

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait for what the server does; at most five seconds."""
        async with asyncio.timeout(5):
            while not reached():
                self.changed.clear()
                await self.changed.wait()

    def heard(self, frames: int) -> bool:
        return bool(self.lines) and sum(isinstance(event, AudioFrame) for event in self.lines[0]) == frames

    def count(self, kind: NoticeKind) -> int:
        return sum(notice.kind is kind for notice in self.notices)

    @property
    def port(self) -> int:
        assert self.server is not None
        return self.server.port


@asynccontextmanager
async def running(legs: dict[UUID, Leg], listening: Listening | None = None) -> AsyncIterator[Running]:
    run = Running(legs=dict(legs))
    listening = Listening(port=0) if listening is None else listening
    async with AudioSocketServer(run.claim, run.line, run.clock, listening, run.told) as server:
        run.server = server
        yield run


@asynccontextmanager
async def connected(run: Running) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", run.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with_error = await asyncio.gather(writer.wait_closed(), return_exceptions=True)
        assert all(isinstance(error, OSError | None) for error in with_error)


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Whether the server closes, in an orderly way or not, without having sent anything."""
    async with asyncio.timeout(5):
        try:
            return await reader.read(1) == b""
        except ConnectionError:
            return True


def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection: the other side sees a reset, not an end."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def over(work: Callable[[], Coroutine[object, object, None]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(20):
            await work()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(whole())


def ended(run: Running, line: int = 0) -> bool:
    return len(run.lines) > line and bool(run.lines[line]) and isinstance(run.lines[line][-1], CallEnded)


def test_two_connections_are_one_call_on_one_line() -> None:
    """As Asterisk sends it, here with the clock of the test; the order of events is that of one call."""
    customer, agent = sound_of(1, 2), sound_of(2, 2)

    async def work() -> None:
        async with running(both_legs()) as run, connected(run) as (_, one), connected(run) as (_, two):
            one.write(hello(CUSTOMER))
            two.write(hello(AGENT))
            for (at_s, first), (_, second) in zip(paced(customer), paced(agent), strict=True):
                run.now_s = at_s
                for writer, data in ((one, first), (two, second)):
                    writer.write(data or b"")
                await run.until(partial(run.heard, 2 * round(at_s / 0.02)))
            one.write(HANGUP)
            two.write(HANGUP)
            await run.until(lambda: ended(run))

        (events,) = run.lines
        assert_whole(events)
        np.testing.assert_array_equal(sound(events, 0), decode(customer, Encoding.PCM16))
        np.testing.assert_array_equal(sound(events, 1), decode(agent, Encoding.PCM16))

    over(work)


@pytest.mark.parametrize(("break_off", "reason"), [(False, EndReason.HANGUP), (True, EndReason.ABRUPT)])
def test_a_closed_connection_hangs_up_and_a_reset_one_does_not(break_off: bool, reason: EndReason) -> None:
    async def work() -> None:
        async with running(one_leg()) as run, connected(run) as (_, writer):
            writer.write(hello(CUSTOMER) + frame(SLIN, bytes(320)))
            await run.until(lambda: run.heard(1))
            if break_off:
                reset(writer)
            else:
                writer.close()
            await run.until(lambda: ended(run))

        assert run.lines[0][-1].reason is reason  # type: ignore[union-attr]
        assert run.count(NoticeKind.CLOSED) == 1

    over(work)


def test_an_unknown_uuid_is_closed_without_a_call() -> None:
    async def work() -> None:
        async with running({}) as run, connected(run) as (reader, writer):
            writer.write(hello(AGENT))

            assert await is_closed(reader)
            await run.until(lambda: run.count(NoticeKind.REFUSED))

        assert run.lines == []
        assert "unknown" in run.notices[-1].reason
        assert run.notices[-1].peer == "127.0.0.1"

    over(work)


@pytest.mark.parametrize("sent", [b"", hello(AGENT)[:5]])
def test_no_uuid_in_five_seconds_is_closed(sent: bytes) -> None:
    """Also where some of it has come."""

    async def work() -> None:
        async with running(both_legs()) as run, connected(run) as (reader, writer):
            writer.write(sent)
            await run.until(lambda: run.count(NoticeKind.OPENED))
            run.now_s = 5.1

            assert await is_closed(reader)

        assert run.lines == []

    over(work)


def test_only_the_peers_that_are_named_may_connect() -> None:
    async def work() -> None:
        others = Listening(port=0, peers=(ip_network("10.0.0.0/8"), ip_network("::1/128")))
        async with running(both_legs(), others) as run, connected(run) as (reader, _):
            assert await is_closed(reader)
            await run.until(lambda: run.notices)

        assert [notice.kind for notice in run.notices] == [NoticeKind.REFUSED]
        assert run.server is not None
        assert run.server.rejected == {"unknown_peer": 1}

    over(work)


def test_more_connections_than_calls_can_have_are_closed_at_once() -> None:
    async def work() -> None:
        one_call = Listening(port=0, max_calls=1)
        async with running(both_legs(), one_call) as run, connected(run), connected(run), connected(run) as (reader, _):
            assert await is_closed(reader)

        assert run.count(NoticeKind.OPENED) == 2
        assert "2 connections" in next(each.reason for each in run.notices if each.kind is NoticeKind.REFUSED)

    over(work)


def test_silence_is_fed_over_the_wire_where_it_is_asked_for() -> None:
    async def work() -> None:
        async with running(one_leg(), Listening(port=0, feed_silence=True)) as run, connected(run) as (reader, writer):
            writer.write(hello(CUSTOMER) + frame(0x12, bytes(640)))
            await run.until(lambda: run.heard(1))
            run.now_s = 0.05

            async with asyncio.timeout(5):
                assert await reader.readexactly(2 * 643) == frame(0x12, bytes(640)) * 2

    over(work)


def test_leaving_the_server_ends_the_calls_and_closes_the_port() -> None:
    async def work() -> None:
        async with running(both_legs()) as run, asyncio.TaskGroup():
            port = run.port
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(hello(CUSTOMER) + frame(SLIN, bytes(320)))
            await run.until(lambda: run.heard(1))

        assert_whole(run.lines[0])
        assert await is_closed(reader)
        writer.close()
        with closing(socket.socket()) as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0

    over(work)


def test_one_call_that_cannot_be_followed_ends_no_other() -> None:
    """Its error is reported to the loop, its own call gets its ending, and the port stays open."""
    reported: list[str] = []

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: reported.append(f"{context['message']}: {context['exception']}")
        )
        async with running(both_legs()) as run, connected(run) as (reader, writer):
            run.fails_on = AudioFrame
            writer.write(hello(CUSTOMER) + frame(SLIN, bytes(320)) + dtmf("1"))
            assert await is_closed(reader)
            await run.until(lambda: ended(run))
            run.fails_on = None
            run.legs.update(one_leg())
            async with connected(run) as (_, second):
                second.write(hello(CUSTOMER))
                await run.until(lambda: run.count(NoticeKind.OPENED) == 2)

        assert [type(event) for event in run.lines[0]] == [CallStarted, CallEnded]

    over(work)
    assert reported == ["an AudioSocket connection could not be served: this call cannot be followed"]


def test_a_port_that_is_taken_is_an_error_of_the_operating_system() -> None:
    """Whoever starts the service decides what that means."""

    async def work() -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            listening = Listening(port=taken.getsockname()[1])
            with pytest.raises(OSError, match="in use"):
                async with running({}, listening):
                    pass

    over(work)


def test_a_peer_whose_machine_has_gone_is_found_out_within_45_seconds() -> None:
    """What the operating system is asked to do; it does the rest."""
    accepted: list[socket.socket] = []

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        TcpSocket(reader, writer)
        accepted.append(writer.get_extra_info("socket"))
        asked.extend(accepted[0].getsockopt(socket.IPPROTO_TCP, option) for option in OPTIONS)
        assert accepted[0].getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        writer.close()

    asked: list[int] = []

    async def work() -> None:
        async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            assert await is_closed(reader)
            writer.close()

    over(work)
    idle_s, interval_s, probes = asked
    assert idle_s + interval_s * probes <= 45
