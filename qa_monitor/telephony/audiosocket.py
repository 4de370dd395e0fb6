"""Asterisk's AudioSocket beside the websockets: its port, its announced calls, its connections on the page."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from qa_monitor.call.switchboard.switchboard import Switchboard
from qa_monitor.config import Settings
from qa_monitor.metrics import Metrics
from qa_monitor.telephony.arrivals import Arrivals
from qa_monitor.telephony.reception import Reception
from qa_monitor.telephony.settings import Address
from streams.protocols.audiosocket_frames import RATES
from streams.records import CallEnded, CallEvent
from streams.refusals import NORMAL, POLICY
from streams.sockets.audiosocket_server import AudioSocketServer, ConnectionNotice, Listening, NoticeKind
from streams.sockets.ingest import OnEvent

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asterisk:
    """What AudioSocket needs of the application."""

    reception: Reception
    switchboard: Switchboard
    arrivals: Arrivals
    metrics: Metrics

    def line(self) -> OnEvent:
        """One call's way in: both of its connections."""
        line, legs = self.switchboard.line(), self.reception.legs

        async def hear(event: CallEvent) -> None:
            try:
                await line(event)
            finally:
                if isinstance(event, CallEnded):
                    legs.released(event.call_id)

        return hear


class _Notices:
    """Shows connections on the page."""

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self._numbers: dict[int, int] = {}

    def __call__(self, notice: ConnectionNotice) -> None:
        match notice.kind:
            case NoticeKind.OPENED:
                self._numbers[notice.number] = self._arrivals.opened(Address.AUDIOSOCKET.value, notice.peer)
            case NoticeKind.JOINED:
                if notice.call is not None:
                    self._arrivals.started(self._numbers[notice.number], notice.call)
            case NoticeKind.REFUSED if notice.number not in self._numbers:
                self._arrivals.refused(Address.AUDIOSOCKET.value, notice.peer, POLICY, notice.reason)
            case NoticeKind.REFUSED | NoticeKind.CLOSED:
                code = NORMAL if notice.kind is NoticeKind.CLOSED else POLICY
                self._arrivals.over(self._numbers.pop(notice.number), code, notice.reason)


@asynccontextmanager
async def open_audiosocket(
    settings: Settings, clock: Callable[[], datetime], asterisk: Asterisk
) -> AsyncIterator[int | None]:
    """Listen as the settings say; gives the port. None where it is off, or where the port cannot be had: that is
    logged, and everything else goes on.
    """
    if settings.audiosocket_port is None:
        yield None
        return
    configured = asterisk.reception.telephony.audiosocket
    listening = Listening(
        host=settings.audiosocket_host,
        port=settings.audiosocket_port,
        peers=configured.peers,
        rates={**RATES, **configured.rates},
        feed_silence=configured.feed_silence,
        max_calls=settings.max_calls,
    )
    server = AudioSocketServer(
        asterisk.reception.legs.claim, asterisk.line, clock, listening, _Notices(asterisk.arrivals)
    )
    try:
        await server.__aenter__()
    except (OSError, TypeError, ValueError) as error:  # the latter two for what can be no name of a machine
        why = getattr(error, "strerror", None) or str(error)
        log.warning("AudioSocket is not taken", port=settings.audiosocket_port, why=why)
        yield None
        return
    try:
        yield server.port
    finally:
        await server.__aexit__(None, None, None)
        asterisk.metrics.rejected(Address.AUDIOSOCKET.value, server.rejected)
