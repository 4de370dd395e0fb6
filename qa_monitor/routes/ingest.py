"""Adapter: the websockets telephony connects to. Who may is checked before the handshake is answered."""

from collections.abc import Callable

import structlog
from fastapi import APIRouter
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from qa_monitor.app import Application
from qa_monitor.routes.parts import Parts
from qa_monitor.security.gate import bearer
from streams.ingest import serve
from streams.protocols.pcm import Pcm
from streams.protocols.port import POLICY, Admit, Dialect, Refused
from streams.protocols.twilio import Twilio
from streams.records import CallStarted
from streams.sockets import StarletteSocket

log = structlog.get_logger()
router = APIRouter()


@router.websocket("/v1/streams/pcm")
async def pcm(websocket: WebSocket, parts: Parts) -> None:
    """One preamble, then binary samples."""
    await _carry(websocket, parts, "pcm", lambda admit: Pcm(opened_at=parts.clock(), admit=admit))


@router.websocket("/v1/streams/twilio")
async def twilio(websocket: WebSocket, parts: Parts) -> None:
    """Twilio-style media streams."""
    direction = parts.settings.twilio_default_direction
    await _carry(
        websocket,
        parts,
        "twilio",
        lambda admit: Twilio(opened_at=parts.clock(), admit=admit, default_direction=direction),
    )


async def _carry(websocket: WebSocket, parts: Application, name: str, make: Callable[[Admit], Dialect]) -> None:
    token = bearer(websocket.headers)
    known = parts.settings.open_loopback or parts.tokens.allows_telephony(token)
    if token is not None and not known:
        await _refuse(websocket, parts, 401, "wrong ingest token")
        return
    if parts.switchboard.full or parts.stopping.is_set():
        await _refuse(websocket, parts, 503, "no room for another call")
        return

    def admit(given: str | None, call: CallStarted) -> CallStarted:
        if not (known or parts.tokens.allows_telephony(given)):
            parts.metrics.refused("token")
            raise Refused(POLICY, "not authorised: the token is missing, wrong or spent")
        if not parts.switchboard.has_room_for(call):
            raise Refused(POLICY, f"no room for another call, or call {call.call_id} is live already")
        return call

    await websocket.accept()
    dialect = make(admit)
    try:
        await serve(StarletteSocket(websocket), dialect, parts.switchboard.line(), parts.clock)
    except Exception:
        # its call got its end and the connection its close; the others go on
        log.exception("a connection ended by our fault", dialect=name)
    parts.metrics.rejected(name, dialect.rejected)


async def _refuse(websocket: WebSocket, parts: Application, status: int, why: str) -> None:
    parts.metrics.refused(str(status))
    await websocket.send_denial_response(JSONResponse({"detail": why}, status_code=status))
