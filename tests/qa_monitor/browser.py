"""A real browser for tests, and a server just big enough for it."""

import io
import json
import queue
import re
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import numpy as np
import pytest
import soundfile
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

Json = Mapping[str, object]

CONSOLE = Path(__file__).parents[2] / "qa_monitor" / "console"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
"""How long a page may take to show what a test expects: other tests may run beside it."""
STRICT = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'"
PAGES = {
    "/": "coach/coach.html",
    "/wall": "wall/wall.html",
    "/calls/{call_id}": "review/review.html",
    "/calls/{call_id}/replay": "replay/replay.html",
    "/login": "account/login.html",
    "/arrivals": "arrivals/arrivals.html",
    "/latency": "latency/latency.html",
    "/rules": "rules/rules.html",
    "/customers": "customers/customers.html",
    "/reports": "reports/reports.html",
}


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Debian's chromium, without a window. Fails in plain words where it is not installed."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: install it with `apt-get install chromium`", pytrace=False)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_page(browser: Browser, address: str, *, locale: str = "en-GB") -> Iterator[Page]:
    """A page in a context of its own: nothing is remembered from another test. Errors on the page fail the test."""
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    try:
        page.goto(address)
        yield page
    finally:
        context.close()
    assert errors == []


@contextmanager
def watch_page(browser: Browser, address: str, *, locale: str = "en-GB", expected: str = "") -> Iterator[Page]:
    """A page of the real application: any error, breach of its policy or request to another site fails the test.

    `expected` is a pattern of messages a test causes on purpose, such as a refused request.
    """
    context = browser.new_context(locale=locale, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    home = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("console", lambda line: problems.append(f"console: {line.text}") if line.type == "error" else None)
    page.on("request", lambda asked: problems.append(f"asked: {asked.url}") if not _is_own(asked.url, home) else None)
    try:
        page.goto(address)
        yield page
    finally:
        context.close()
    assert [problem for problem in problems if not (expected and re.search(expected, problem))] == []


@contextmanager
def timeless_page(browser: Browser, address: str, *, locale: str = "en-GB") -> Iterator[Page]:
    """A page whose clock stands still: time passes by `page.clock.run_for` alone.

    `address` shares its site with a page `/login`, where the clock is stopped before the page itself begins.
    """
    site = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    with open_page(browser, f"{site}/login", locale=locale) as page:
        began = datetime.now(UTC)
        page.clock.install(time=began)
        # so far ahead that a busy machine does not come by it before it hears of this
        page.clock.pause_at(began + timedelta(minutes=10))
        page.goto(address)
        yield page


def _is_own(url: str, home: str) -> bool:
    return url.startswith((f"{home}/", "data:", "blob:"))


def run(page: Page, modules: str, body: str, *values: object) -> object:
    """The value of a JavaScript expression of what the console's modules export, as `m`, and the values `v`."""
    taken = ", ".join(f"...await import('/static/{module}')" for module in modules.split())
    script = f"async (v) => {{ const m = {{ {taken} }}; return ({body}); }}"
    return page.evaluate(script, list(values))


class ConsoleServer:
    """Serves the pages as they are, answers from `answers`, and streams what a test tells it to."""

    def __init__(self) -> None:
        self.answers: dict[str, Json] = {"GET /v1/agents": {"agents": [], "teams": [], "accounts": []}}
        """By method and path: `GET /v1/calls/call-1`. Anything else is answered 404."""
        self.audio: dict[str, bytes] = {}
        """WAV files by path."""
        self.asked: list[str] = []
        self.address = ""
        self._streams: dict[str, queue.SimpleQueue[str]] = {}
        pages = [Route(path, _page(name)) for path, name in PAGES.items()]
        routes = [
            *pages,
            Mount("/static", StaticFiles(directory=CONSOLE)),
            Route("/v1/flags/stream", self._stream),
            Route("/v1/calls/{call_id}/stream", self._stream),
            Route("/v1/arrivals/stream", self._stream),
            Route("/{path:path}", self._answer, methods=["GET", "POST", "PUT", "DELETE"]),
        ]
        self.app = Starlette(routes=routes)

    def send(self, event: str, data: Json, *, path: str = "/v1/flags/stream", event_id: str | None = None) -> None:
        """Send one event to whoever follows `path`, now or later."""
        head = "" if event_id is None else f"id: {event_id}\n"
        self._queue(path).put(f"{head}event: {event}\ndata: {json.dumps(data)}\n\n")

    def cut(self, path: str = "/v1/flags/stream") -> None:
        """End the stream, as a failing server does."""
        self._queue(path).put("")

    def _queue(self, path: str) -> "queue.SimpleQueue[str]":
        return self._streams.setdefault(path, queue.SimpleQueue())

    async def _stream(self, request: Request) -> Response:
        self.asked.append(str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""))
        events = self._queue(request.url.path)

        async def following() -> AsyncIterator[str]:
            while not await request.is_disconnected():
                try:
                    event = events.get_nowait()
                except queue.Empty:
                    await anyio.sleep(0.01)
                    continue
                if event == "":
                    return
                yield event

        return StreamingResponse(following(), media_type="text/event-stream", headers=_headers())

    async def _answer(self, request: Request) -> Response:
        line = f"{request.method} {request.url.path}"
        self.asked.append(line)
        if line in self.answers:
            return JSONResponse(self.answers[line], headers=_headers())
        if request.url.path in self.audio:
            return _part_of(self.audio[request.url.path], request.headers.get("range"))
        return JSONResponse({"detail": "not found"}, status_code=404, headers=_headers())


@contextmanager
def serve(server: ConsoleServer) -> Iterator[ConsoleServer]:
    """Run on a free port of the loopback address until the block ends."""
    config = uvicorn.Config(server.app, port=0, log_level="error", ws="none", timeout_graceful_shutdown=1)
    running = _Announced(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    assert running.ready.wait(10), "the test server did not start"
    server.address = f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        running.should_exit = True
        thread.join(10)


class _Announced(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: object = None) -> None:
        await super().startup(None)
        self.ready.set()


def silence(seconds: int) -> bytes:
    """A WAV file of two channels."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros((seconds * 8000, 2), dtype=np.int16), 8000, subtype="PCM_16", format="WAV")
    return file.getvalue()


def _part_of(audio: bytes, asked: str | None) -> Response:
    """As the service answers: by ranges, without which a browser cannot go to another second."""
    ranged = re.fullmatch(r"bytes=(\d+)-(\d*)", asked or "")
    if ranged is None:
        return Response(audio, media_type="audio/wav", headers=_headers() | {"accept-ranges": "bytes"})
    first, last = int(ranged[1]), min(int(ranged[2] or len(audio)), len(audio) - 1)
    told = {"accept-ranges": "bytes", "content-range": f"bytes {first}-{last}/{len(audio)}"}
    return Response(audio[first : last + 1], status_code=206, media_type="audio/wav", headers=_headers() | told)


def _headers() -> dict[str, str]:
    return {"content-security-policy": STRICT, "cache-control": "no-store"}


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return FileResponse(CONSOLE / name, headers=_headers())

    return answer
