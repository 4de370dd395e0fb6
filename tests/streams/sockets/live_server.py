"""The smallest application around `serve`, on a real socket of this machine."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from streams.protocols.pcm.session import Pcm
from streams.protocols.port import Dialect
from streams.protocols.route import Route
from streams.protocols.twilio.session import Twilio
from streams.records import CallEvent
from streams.sockets.ingest import Clock, serve
from streams.sockets.websocket import StarletteSocket
from tests.streams.sessions import everyone


@dataclass(slots=True)
class Heard:
    """What came out of all connections of the server."""

    port: int
    events: dict[str, list[CallEvent]] = field(default_factory=dict)
    errors: list[BaseException] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)
    open: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, event: CallEvent) -> None:
        with self.changed:
            self.events.setdefault(event.call_id, []).append(event)
            self.changed.notify_all()

    async def until(self, call_id: str, kind: type[CallEvent]) -> None:
        """Wait until the last event of a call is of this kind; at most five seconds."""

        def reached() -> bool:
            events = self.events.get(call_id)
            return events is not None and isinstance(events[-1], kind)

        def wait() -> None:
            with self.changed:
                assert self.changed.wait_for(reached, timeout=5)

        await asyncio.to_thread(wait)


MakeDialect = Callable[[datetime], Dialect]
DIALECTS: dict[str, MakeDialect] = {
    "/twilio": lambda now: Twilio(opened_at=now, admit=everyone, route=Route()),
    "/pcm": lambda now: Pcm(opened_at=now, admit=everyone, route=Route()),
}


@contextmanager
def listening(clock: Clock) -> Iterator[Heard]:
    """Serve `/twilio` and `/pcm` on a free loopback port in a thread; stopped and joined at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = Heard(port=listener.getsockname()[1])
    routes = [WebSocketRoute(path, _endpoint(heard, make, clock)) for path, make in DIALECTS.items()]
    config = uvicorn.Config(
        Starlette(routes=routes),
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


def _endpoint(heard: Heard, make: MakeDialect, clock: Clock) -> Callable[[WebSocket], object]:
    async def endpoint(websocket: WebSocket) -> None:
        async def on_event(event: CallEvent) -> None:
            heard.take(event)

        await websocket.accept()
        dialect = make(clock())
        heard.open += 1
        try:
            await serve(StarletteSocket(websocket), dialect, on_event, clock)
        except BaseException as error:
            heard.errors.append(error)
            raise
        finally:
            heard.open -= 1
            heard.rejected.update(dialect.rejected)

    return endpoint
