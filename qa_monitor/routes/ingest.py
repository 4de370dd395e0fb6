"""Adapter: the websockets telephony connects to. Who may is checked before the handshake is answered."""

import uuid
from collections.abc import Callable

import structlog
from fastapi import APIRouter
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from qa_monitor.application import Application
from qa_monitor.call.switchboard.pair_lines import VoiceLine
from qa_monitor.call.switchboard.switchboard import CallLine
from qa_monitor.faults import fault_of
from qa_monitor.routes.cookies import address_of
from qa_monitor.routes.parts import Parts
from qa_monitor.telephony.admission import Visit
from qa_monitor.telephony.door import TurnedAway
from qa_monitor.telephony.settings import Address
from qa_monitor.telephony.upgrade import Upgrade, read_upgrade
from streams.protocols.audiohook.session import AudioHook
from streams.protocols.legs import OneVoice
from streams.protocols.pcm.dialects import PCM_DIALECTS, negotiate
from streams.protocols.pcm.session import Pcm
from streams.protocols.port import Admit, Dialect
from streams.protocols.twilio.dialects import DIALECTS as TWILIO_DIALECTS
from streams.protocols.twilio.session import Twilio
from streams.records import CallEvent
from streams.refusals import ABNORMAL, NORMAL, Close
from streams.sockets.ingest import Gone, OnEvent, serve
from streams.sockets.websocket import StarletteSocket

log = structlog.get_logger()
router = APIRouter()

PROBE = "probe"
"""How a dialect counts the provider's own test of the connection, which makes no call."""
_UNSAID = (1005, ABNORMAL)
"""No close frame came, or one without a code."""
TESTED = "the provider's connection test, answered"

Make = Callable[[Upgrade, Visit, CallLine], Dialect]
"""Builds the dialect of one connection."""


@router.websocket("/v1/streams/audiohook")
async def audiohook(websocket: WebSocket, parts: Parts) -> None:
    """Genesys AudioHook."""
    route = parts.reception.telephony.route(Address.AUDIOHOOK)

    def make(upgrade: Upgrade, visit: Visit, line: CallLine) -> Dialect:
        return AudioHook(
            opened_at=parts.clock(),
            admit=visit.admit,
            route=route,
            downlink=line.downlink,
            session_id=upgrade.header("audiohook-session-id") or "",
            organization_id=upgrade.header("audiohook-organization-id") or "",
            partials=parts.reception.telephony.log_in(Address.AUDIOHOOK).partial_transcripts,
        )

    await _carry(websocket, parts, Address.AUDIOHOOK, make)


@router.websocket("/v1/streams/pcm")
async def pcm(websocket: WebSocket, parts: Parts) -> None:
    """Our own: one preamble, then binary samples."""
    await _carry(websocket, parts, Address.PCM, _pcm(parts, Address.PCM))


@router.websocket("/v1/streams/pcm/{name}")
async def preamble(websocket: WebSocket, name: str, parts: Parts) -> None:
    """Everyone else's preamble, then binary samples."""
    if name not in PCM_DIALECTS or name == Address.PCM.value:
        await _unknown(websocket, parts, name)
        return
    await _carry(websocket, parts, Address(name), _pcm(parts, Address(name)))


@router.websocket("/v1/streams/{name}")
async def twilio(websocket: WebSocket, name: str, parts: Parts) -> None:
    """The Twilio family."""
    if name not in TWILIO_DIALECTS:
        await _unknown(websocket, parts, name)
        return
    address, telephony = Address(name), parts.reception.telephony
    route = telephony.route(address)

    def make(upgrade: Upgrade, visit: Visit, line: CallLine) -> Dialect:
        return Twilio(
            opened_at=parts.clock(),
            admit=visit.admit,
            route=route,
            dialect=TWILIO_DIALECTS[name],
            accounts=telephony.accounts(address),
            query=upgrade.query,
        )

    await _carry(websocket, parts, address, make)


def _pcm(parts: Application, address: Address) -> Make:
    route = parts.reception.telephony.route(address)

    def make(upgrade: Upgrade, visit: Visit, line: CallLine) -> Dialect:
        def pcm(admit: Admit) -> Dialect:
            return Pcm(
                opened_at=parts.clock(),
                admit=admit,
                route=route,
                dialect=PCM_DIALECTS[address.value],
                query=upgrade.query,
                # our own protocol names its calls; others may have no name to give
                call_id="" if address is Address.PCM else f"{address}-{uuid.uuid4().hex[:12]}",
            )

        return OneVoice(make=pcm, admit=visit.admit, admit_side=visit.admit_side, pairs=parts.reception.pairs)

    return make


async def _carry(websocket: WebSocket, parts: Application, address: Address, make: Make) -> None:
    peer = address_of(websocket, parts.settings.trusted_proxies)
    upgrade = read_upgrade(websocket, peer)
    try:
        who = parts.door.knock(address, upgrade)
    except TurnedAway as away:
        await parts.door.late.wait(away.after_s)
        await _refuse(websocket, parts, address.value, away)
        return
    visit = parts.reception.admission.visit(address, who)
    line = parts.switchboard.line()
    line.wants_transcripts = parts.reception.telephony.route(address).transcripts
    dialect = make(upgrade, visit, line)
    voice = parts.pair_lines.line(dialect, line) if isinstance(dialect, OneVoice) else None
    further = parts.reception.telephony.log_in(address).subprotocols
    subprotocol = negotiate(address.value, upgrade.offered, further) if address.value in PCM_DIALECTS else None
    number = parts.arrivals.opened(address.value, peer, lambda: dialect.rejected)
    socket = _Socket(websocket)
    try:
        await websocket.accept(subprotocol)
        if voice is None:
            await serve(socket, dialect, _noted(parts, number, line), parts.clock)
        else:
            await serve(socket, voice.side, _noted(parts, number, voice), parts.clock)
    except Exception as error:
        # its call got its end and the connection its close; the others go on
        log.error("a connection ended by our fault", **fault_of(error), dialect=address.value)
    finally:
        visit.over()
        close = dialect.close or socket.parting
        tested = PROBE in dialect.rejected and close.code in (NORMAL, socket.parting.code)
        parts.arrivals.over(number, close.code, TESTED if tested else close.reason, good=tested)
        parts.metrics.rejected(address.value, dialect.rejected)
        if voice is not None:
            parts.metrics.rejected(address.value, voice.over())


class _Socket(StarletteSocket):
    """Remembers how the other side went away."""

    parting = Close(code=ABNORMAL, reason="the other side went away")

    async def receive(self) -> str | bytes | Gone:
        """The next message, or how the other side went away."""
        message = await super().receive()
        if isinstance(message, Gone) and message.code not in _UNSAID:
            self.parting = Close(code=message.code, reason="the other side closed")
        return message


def _noted(parts: Application, number: int, line: CallLine | VoiceLine) -> OnEvent:
    noted = False

    async def hear(event: CallEvent) -> None:
        nonlocal noted
        await line(event)
        if not noted and line.call is not None:
            noted = True
            parts.arrivals.started(number, line.call)

    return hear


async def _unknown(websocket: WebSocket, parts: Application, name: str) -> None:
    known = ", ".join(address.value for address in Address if address is not Address.AUDIOSOCKET)
    shown = name if name.isascii() and name.isprintable() and len(name) < 40 else "?"
    await _refuse(websocket, parts, shown, TurnedAway(404, f"no such protocol; known are {known}"))


async def _refuse(websocket: WebSocket, parts: Application, name: str, away: TurnedAway) -> None:
    peer = address_of(websocket, parts.settings.trusted_proxies)
    parts.metrics.refused(away.counted)
    parts.arrivals.refused(name, peer, away.status, away.why)
    headers = {"www-authenticate": 'Bearer, Basic realm="telephony"'} if away.status == 401 else {}
    await websocket.send_denial_response(JSONResponse({"detail": away.why}, status_code=away.status, headers=headers))
