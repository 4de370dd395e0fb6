"""Adapter: listening to a live call over a websocket. What is heard has passed the screen; none of it is kept."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import structlog
from fastapi import APIRouter, HTTPException
from starlette.responses import JSONResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from qa_monitor.application import Application
from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.recording.listen_wire import ENDINGS, NOT_WELCOME, PARTING, SERVICE_RESTART, begun, held, pieces
from qa_monitor.call.recording.listeners import Listener, Parted
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.people.listening import Ending, Heard, ListeningId
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import check_sees_call, somebody, view_of, visitor_now
from qa_monitor.security.permissions import may
from qa_monitor.security.visitor import Visitor
from streams.records import CallId

log = structlog.get_logger()
router = APIRouter()

LOOK_S = 1.0
"""How often the page is told how far the call has come while nothing may be heard, and who listens is looked at."""
TAKEN_WITHIN_S = 10.0
"""How long one message may take to be sent; then who listens is too slow."""


@router.websocket("/v1/calls/{call_id}/listen")
async def listen(websocket: WebSocket, call_id: str, parts: Parts) -> None:
    """Both channels of a live call, as soon as they are screened. Described in docs/api.md."""
    try:
        who = _somebody(websocket)
        pipeline = await _theirs(who, parts, call_id)
        noted = await _noted(who, parts, pipeline)
    except HTTPException as error:
        answer = JSONResponse({"detail": error.detail}, status_code=error.status_code)
        await websocket.send_denial_response(answer)
        return
    listener = pipeline.listeners.join()
    ear = _Ear(websocket, parts, pipeline, listener)
    ending = Ending.SERVICE_STOPPED
    try:
        await websocket.accept()
        parts.metrics.listened()
        log.info("somebody listens to a call", call_id=call_id, listeners=len(pipeline.listeners))
        ending = await _until_parted(websocket, ear, parts)
    finally:
        pipeline.listeners.leave(listener)
        await _note_end(parts, noted, ending, ear.heard_s)


async def _until_parted(websocket: WebSocket, ear: "_Ear", parts: Application) -> Ending:
    """Why they listen no more."""
    try:
        code = await _while_here(websocket, ear)
    except WebSocketDisconnect as error:
        return Ending.SERVICE_STOPPED if error.code == SERVICE_RESTART else Ending.LEFT
    if code == PARTING[Parted.TOO_SLOW]:
        parts.metrics.listener_cut()
        log.info("somebody who listened was too slow", call_id=ear.call_id)
    with suppress(WebSocketDisconnect, TimeoutError):  # they went away: there is nobody to be told
        await asyncio.wait_for(websocket.close(code), LOOK_S)
    return ENDINGS[code]


async def _noted(who: Visitor, parts: Application, pipeline: CallPipeline) -> ListeningId:
    """On disk before a sound is sent. Raises 503 where that cannot be: nobody listens unseen."""
    call = pipeline.call
    heard = Heard(
        call_id=call.call_id,
        tenant=call.tenant,
        team=call.team,
        agent_id=call.agent_id,
        by=who.name,
        began_at=parts.clock(),
    )
    try:
        return await parts.store.listenings.begin(heard)
    except StoreError as error:
        raise HTTPException(503, f"nobody listens without a trace of it: {error}") from error


async def _note_end(parts: Application, noted: ListeningId, ending: Ending, heard_s: float) -> None:
    try:
        await parts.store.listenings.end(noted, ending, parts.clock(), heard_s)
    except StoreError as error:
        # that they listened is on disk; its end is taken for that of the service at its next start
        log.warning("the end of a listening was not kept", why=str(error))


def _somebody(websocket: WebSocket) -> Visitor:
    """Raises 401 for a stranger."""
    who = somebody(websocket)
    if who is None:
        raise HTTPException(401, "log in, or send the access token as a bearer token")
    return who


async def _theirs(who: Visitor, parts: Application, call_id: str) -> CallPipeline:
    """The live call. Raises `HTTPException` for a role that may not, and a call that is not theirs."""
    if not may(who, "GET", f"/v1/calls/{call_id}/listen"):
        raise HTTPException(403, "this account's roles do not allow that")
    if not parts.settings.listen_live:
        raise HTTPException(403, "listening to live calls is switched off (listen_live)")
    await check_sees_call(parts, who, call_id)
    pipeline = parts.switchboard.live.get(CallId(call_id))
    if pipeline is None:
        raise HTTPException(404, f"no call {call_id} is live")
    return pipeline


async def _while_here(websocket: WebSocket, ear: "_Ear") -> int:
    """Send until they leave, are cut, or it ends: the close code. Raises `WebSocketDisconnect` where they left."""
    tasks = [asyncio.create_task(work) for work in (ear.send(), ear.cut(), _gone(websocket))]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(task for task in tasks if task in done).result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _gone(websocket: WebSocket) -> int:
    """Wait until they leave; what they send is not listened to."""
    while (message := await websocket.receive())["type"] != "websocket.disconnect":
        pass
    raise WebSocketDisconnect(message.get("code", 1000))


class _Ear:
    """One who listens, as far as the wire is concerned."""

    def __init__(self, websocket: WebSocket, parts: Application, pipeline: CallPipeline, listener: Listener) -> None:
        self._websocket, self._parts, self._pipeline, self._listener = websocket, parts, pipeline, listener
        self._who_now = visitor_now(websocket)
        self._view = view_of(parts, self._who_now())
        self.heard_s = 0.0
        """Seconds of sound that were sent."""

    @property
    def call_id(self) -> CallId:
        """What is listened to."""
        return self._pipeline.call.call_id

    async def send(self) -> int:
        """Until nothing more will come: the close code that says why. Raises `WebSocketDisconnect`."""
        call, now_s = self._pipeline.call, self._pipeline.now_s
        await self._websocket.send_text(begun(call, now_s))
        while True:
            given = await self._listener.next(LOOK_S)
            if view_of(self._parts, self._who_now()) != self._view or not self._may():
                return NOT_WELCOME
            if given is Parted.TOO_SLOW or not await self._sent(given):
                return PARTING[Parted.TOO_SLOW]
            if given is Parted.ENDED:
                return PARTING[given]
            if isinstance(given, Block):
                self.heard_s += len(given.samples) / call.rate_hz
                self._parts.metrics.listened_for(len(given.samples) / call.rate_hz)

    async def cut(self) -> int:
        """Once too much waits for them: the close code, also while a message is on its way."""
        await self._listener.until_cut()
        return PARTING[Parted.TOO_SLOW]

    def _may(self) -> bool:
        who: Visitor | None = self._who_now()
        return who is not None and may(who, "GET", f"/v1/calls/{self._pipeline.call.call_id}/listen")

    def _messages(self, given: Block | Parted | None) -> Iterator[str | bytes]:
        now_s = self._pipeline.now_s
        if given is None:
            closed = self._pipeline.closed
            yield held(now_s, None if closed is None else closed.value)
        elif isinstance(given, Block):
            yield from pieces(given, self._pipeline.call.rate_hz, now_s)

    async def _sent(self, given: Block | Parted | None) -> bool:
        """False where they do not take it in time."""
        for message in self._messages(given):
            send = (
                self._websocket.send_text(message) if isinstance(message, str) else self._websocket.send_bytes(message)
            )
            try:
                await asyncio.wait_for(send, TAKEN_WITHIN_S)
            except TimeoutError:
                return False
        return True
