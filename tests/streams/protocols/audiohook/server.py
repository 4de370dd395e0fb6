"""AudioHook on a real socket of this machine, with the smallest stand-in for the rest of the service."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from streams.protocols.audiohook.session import AudioHook
from streams.protocols.port import Downlink
from streams.protocols.route import Route
from streams.records import CallEnded, CallEvent, LanguageChanged, Paused, UtteranceId
from streams.sockets.ingest import Clock, serve
from streams.sockets.websocket import StarletteSocket
from tests.streams.protocols.audiohook.sessions import an_utterance
from tests.streams.sessions import everyone
from tests.streams.sockets.live_server import Heard


@dataclass(slots=True)
class Speech:
    """Says one final per pause, language or end of a call."""

    downlink: Downlink
    count: int = field(default=0)

    def take(self, event: CallEvent) -> None:
        if isinstance(event, Paused | LanguageChanged | CallEnded):
            self.count += 1
            name = UtteranceId(f"0-{self.count}")
            self.downlink.utterances.append(an_utterance(call_id=event.call_id, utterance_id=name))
        self.downlink.flushed = isinstance(event, CallEnded)


@contextmanager
def audiohook_listening(clock: Clock, *, transcripts: bool = False) -> Iterator[Heard]:
    """Serve `/audiohook` on a free loopback port in a thread; stopped and joined at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = Heard(port=listener.getsockname()[1])

    async def endpoint(websocket: WebSocket) -> None:
        downlink = Downlink()
        speech = Speech(downlink)

        async def on_event(event: CallEvent) -> None:
            heard.take(event)
            speech.take(event)

        await websocket.accept()
        dialect = AudioHook(
            opened_at=clock(),
            admit=everyone,
            route=Route(transcripts=transcripts),
            downlink=downlink,
            session_id=websocket.headers["audiohook-session-id"],
            organization_id=websocket.headers["audiohook-organization-id"],
        )
        heard.open += 1
        try:
            await serve(StarletteSocket(websocket), dialect, on_event, clock)
        except BaseException as error:
            heard.errors.append(error)
            raise
        finally:
            heard.open -= 1
            heard.rejected.update(dialect.rejected)

    config = uvicorn.Config(
        Starlette(routes=[WebSocketRoute("/audiohook", endpoint)]),
        ws="websockets-sansio",
        ws_max_size=131_072,
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="critical",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listener.close()
        assert not thread.is_alive()
