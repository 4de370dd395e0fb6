"""Adapter: the TCP port that Asterisk's AudioSocket connects to. Each connection is served on its own."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import TracebackType

from streams.protocols.audiosocket import Claim, Pairs
from streams.protocols.audiosocket_frames import RATES
from streams.protocols.audiosocket_leg import AudioSocket
from streams.protocols.pairing import Pair
from streams.records import CallEvent, CallStarted
from streams.sockets.ingest import Clock, OnEvent, serve
from streams.sockets.pair_line import PairLine, Side
from streams.sockets.tcp import TcpSocket

Network = IPv4Network | IPv6Network
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where and to whom to listen."""

    host: str = "127.0.0.1"
    port: int = 9092
    """0: any free one."""
    peers: tuple[Network, ...] = LOOPBACK
    """Only these addresses may connect."""
    rates: Mapping[int, int] = field(default_factory=lambda: RATES)
    """Samples per second of each kind of audio."""
    feed_silence: bool = False
    """Send silence back; never where the telephone system would play it to anybody."""
    max_calls: int = 100
    """Calls of two connections each."""


class NoticeKind(StrEnum):
    """What became of a connection."""

    OPENED = "opened"
    JOINED = "joined"
    """It is one side of a call that has begun."""
    REFUSED = "refused"
    """It never became part of a call."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionNotice:
    """One thing that happened to one connection, for whoever looks after the installation."""

    kind: NoticeKind
    number: int
    """Of the connection, counted from 1."""
    call: CallStarted | None
    """The call it is part of, once that has begun."""
    peer: str
    """Address of the other side."""
    reason: str
    """In words; empty where there is nothing to say."""


class AudioSocketServer:
    """Listens while it is entered; leaving it ends the calls that are left.

    `line` is called once per call and takes the events of both of its connections, one at a time and in order.
    """

    def __init__(
        self,
        claim: Claim,
        line: Callable[[], OnEvent],
        clock: Clock,
        listening: Listening,
        notice: Callable[[ConnectionNotice], None] | None = None,
    ) -> None:
        self._line, self._clock, self._listening, self._notice = line, clock, listening, notice
        self._pairs = Pairs(claim)
        self._lines: dict[Pair, PairLine] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._rejected: Counter[str] = Counter()
        self._accepted_count = 0

    async def __aenter__(self) -> "AudioSocketServer":
        """Raises OSError where the port cannot be had."""
        self._server = await asyncio.start_server(self._accepted, self._listening.host, self._listening.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._server is None:
            raise RuntimeError("the server has not been entered")
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def connections(self) -> int:
        """Connections being served."""
        return len(self._tasks)

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was refused, dropped or corrected on connections that have ended and in calls, counted by reason."""
        return self._rejected + self._pairs.rejected

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = str((writer.get_extra_info("peername") or ("",))[0])
        self._accepted_count += 1
        connection = _Connection(number=self._accepted_count, peer=peer)
        refusal = self._refusal(peer)
        if refusal is not None:
            name, reason = refusal
            self._rejected[name] += 1
            self._tell(NoticeKind.REFUSED, connection, reason)
            writer.transport.abort()
            return
        self._tell(NoticeKind.OPENED, connection)
        task = asyncio.create_task(self._carry(TcpSocket(reader, writer), connection), name="audiosocket connection")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: writer.transport.abort())  # also where it was cancelled before it began

    def _refusal(self, peer: str) -> tuple[str, str] | None:
        """Why this peer may not connect now: the counter's name, and the reason in words."""
        if not _is_among(peer, self._listening.peers):
            return "unknown_peer", "this address is not among the peers that may connect"
        if len(self._tasks) >= 2 * self._listening.max_calls:
            return "too_many", f"{len(self._tasks)} connections are open already"
        return None

    async def _carry(self, socket: TcpSocket, connection: "_Connection") -> None:
        side = Side(
            AudioSocket(
                opened_at=self._clock(),
                join=self._pairs.join,
                rates=self._listening.rates,
                feed_silence=self._listening.feed_silence,
            ),
            self._line_of,
        )
        reason = "the service is stopping"

        async def deliver(event: CallEvent) -> None:
            await side.deliver(event)
            if connection.call is None and side.seat is not None and side.seat.pair.call is not None:
                connection.call = side.seat.pair.call
                self._tell(NoticeKind.JOINED, connection)

        try:
            await serve(socket, side, deliver, self._clock)
            reason = side.close.reason if side.close is not None else "the other side closed"
        except Exception as error:
            # serve has ended the call; nobody awaits this task, and no other call may suffer
            reason = "internal error"
            fault = {"message": "an AudioSocket connection could not be served", "exception": error}
            asyncio.get_running_loop().call_exception_handler(fault)
        finally:
            self._rejected.update(side.rejected)
            if side.seat is not None and side.seat.pair.over_at is not None:
                self._lines.pop(side.seat.pair, None)
            self._tell(NoticeKind.REFUSED if side.seat is None else NoticeKind.CLOSED, connection, reason)

    def _line_of(self, pair: Pair) -> PairLine:
        if pair not in self._lines:
            self._lines[pair] = PairLine(self._line())
        return self._lines[pair]

    def _tell(self, kind: NoticeKind, connection: "_Connection", reason: str = "") -> None:
        if self._notice is not None:
            number, call, peer = connection.number, connection.call, connection.peer
            self._notice(ConnectionNotice(kind=kind, number=number, call=call, peer=peer, reason=reason))


@dataclass(slots=True, kw_only=True)
class _Connection:
    """What is told of one connection."""

    number: int
    peer: str
    call: CallStarted | None = None


def _is_among(address: str, networks: Iterable[Network]) -> bool:
    """Whether one of the networks holds this address; an IPv4 address written as an IPv6 one counts as itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return False  # the other side has gone before it could be asked for
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found.version == network.version and found in network for network in networks)
