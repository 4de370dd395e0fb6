"""The gate in front of every request, around the smallest application."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from qa_monitor.security.gate import MOST_BODY, MOST_OF, Gate, bearer
from qa_monitor.security.sessions import COOKIE
from qa_monitor.security.visitor import OPERATOR

HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")
GOOD_COOKIE, GOOD_TOKEN = "session-1", "token-1"
HERE = "http://monitor.example"
API = ["/v1/calls", "/v1/flags", "/v1/flags/stream", "/v1/calls/c-1/audio", "/metrics", "/openapi.json", "/else"]


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """What the gate guards: it says that someone came in."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"inside"})


def a_gate(*, open_loopback: bool = False) -> Gate:
    return Gate(
        inside,
        who=lambda cookie, token: OPERATOR if cookie == GOOD_COOKIE or token == GOOD_TOKEN else None,
        open_loopback=open_loopback,
    )


def ask(
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
    base: str = HERE,
    open_loopback: bool = False,
) -> httpx.Response:
    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(a_gate(open_loopback=open_loopback))
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(asking())


def upgrade(headers: Mapping[str, str], *, open_loopback: bool = False) -> Message:
    """The first answer to a websocket's handshake."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    scope: Scope = {
        "type": "websocket",
        "path": "/v1/streams/pcm",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "extensions": {"websocket.http.response": {}},
    }
    asyncio.run(a_gate(open_loopback=open_loopback)(scope, receive, send))
    return sent[0]


@pytest.mark.parametrize("path", API)
def test_strangers_get_no_answer_but_401(path: str) -> None:
    """As JSON, telling what to do; whether the path exists is not told."""
    answer = ask(path)

    assert answer.status_code == 401
    assert "token" in answer.json()["detail"]


@pytest.mark.parametrize(("path", "where"), [("/", "/login?next=/"), ("/calls/c%201", "/login?next=/calls/c%201")])
def test_strangers_on_a_page_are_sent_to_the_log_in(path: str, where: str) -> None:
    """And come back to where they wanted to be."""
    answer = ask(path)

    assert (answer.status_code, answer.headers["location"]) == (303, where)


@pytest.mark.parametrize("path", ["/login", "/static/shared/console.css", "/healthz", "/readyz"])
def test_what_tells_nothing_about_calls_is_open(path: str) -> None:
    """The log-in page, its style, and whether the service lives."""
    assert ask(path).text == "inside"


@pytest.mark.parametrize(
    "headers", [{"cookie": f"a=b; {COOKIE}={GOOD_COOKIE}"}, {"authorization": f"bEARER {GOOD_TOKEN}"}]
)
@pytest.mark.parametrize("path", [*API, "/", "/calls/c-1"])
def test_who_is_known_comes_in(path: str, headers: Mapping[str, str]) -> None:
    """By cookie or by bearer token."""
    assert ask(path, headers).text == "inside"


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": f"{COOKIE}=other"},
        {"cookie": f"{COOKIE}="},
        {"cookie": "\x00;;==;\x7f"},
        {"authorization": "Bearer other"},
        {"authorization": "Bearer "},
        {"authorization": "Bearer"},
        {"authorization": f"Basic {GOOD_TOKEN}"},
        {"authorization": GOOD_TOKEN},
    ],
)
def test_what_is_not_quite_right_is_wrong(headers: Mapping[str, str]) -> None:
    """Broken headers are no reason to fail either."""
    assert ask("/v1/calls", headers).status_code == 401


@pytest.mark.parametrize("path", ["/v1/people%0A", "/v1/reviews/reviewers%0A", "/v1/calls/%00", "/%1B", "/login%0A"])
def test_an_address_with_hidden_signs_leads_nowhere(path: str) -> None:
    """Not even for the operator: routes and permissions might read it in two ways."""
    assert ask(path, {"authorization": f"Bearer {GOOD_TOKEN}"}).status_code == 400


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://monitor.example.evil.example", "null", "http://[", "http://monitor.example:81"],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_sites_cannot_act_with_our_cookie(origin: str, method: str) -> None:
    """Not even somebody logged in, not even the log-in."""
    headers = {"origin": origin, "cookie": f"{COOKIE}={GOOD_COOKIE}"}

    assert ask("/v1/flags/f/acknowledge", headers, method=method).status_code == 403
    assert ask("/login", headers, method=method).status_code == 403


def test_our_own_pages_and_programs_may_act() -> None:
    """A program sends no origin, a page its own."""
    headers = {"cookie": f"{COOKIE}={GOOD_COOKIE}"}

    assert ask("/v1/flags/f/acknowledge", headers, method="POST").text == "inside"
    assert ask("/v1/flags/f/acknowledge", {**headers, "origin": HERE}, method="POST").text == "inside"


def test_other_sites_cannot_open_a_stream() -> None:
    """A browser sends cookies along with a websocket, whoever asked for it; telephony has no origin."""
    host = {"host": "monitor.example"}

    assert upgrade({**host, "origin": "https://evil.example"})["type"] == "websocket.http.response.start"
    assert upgrade({**host, "origin": "https://evil.example"})["status"] == 403
    assert upgrade({**host, "origin": HERE})["type"] == "websocket.accept"
    assert upgrade(host)["type"] == "websocket.accept"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.1:8080",
        "localhost.evil.example",
        "[::2]",
        "[",
        "[x]",
        "@",
        "",
    ],
)
def test_without_log_in_only_loopback_names_are_served(host: str) -> None:
    """A page elsewhere may point its own name at this machine: it is told so, for pages, streams and telephony."""
    assert ask("/v1/calls", {"host": host}, open_loopback=True).status_code == 403
    assert ask("/healthz", {"host": host}, open_loopback=True).status_code == 403
    assert upgrade({"host": host}, open_loopback=True)["status"] == 403


def test_without_log_in_a_missing_host_is_refused() -> None:
    """There is nothing to tell who asks."""
    assert upgrade({}, open_loopback=True)["status"] == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST"])
def test_without_log_in_everybody_on_this_machine_comes_in(host: str) -> None:
    """What the demo does."""
    assert ask("/v1/calls", {"host": host}, open_loopback=True).text == "inside"
    assert upgrade({"host": host}, open_loopback=True)["type"] == "websocket.accept"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/v1/calls", {}),
        ("/", {}),
        ("/healthz", {}),
        ("/", {"cookie": f"{COOKIE}={GOOD_COOKIE}"}),
        ("/v1/x", {"host": "["}),
    ],
)
def test_every_answer_carries_what_a_browser_must_obey(path: str, headers: Mapping[str, str]) -> None:
    """Refusals and redirects too; no page may be framed or kept."""
    answer = ask(path, headers)

    assert all(answer.headers.get(name) for name in HEADERS)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_bearer_token_is_read_as_written() -> None:
    """Case of the scheme and spaces around do not matter."""
    assert bearer(Headers({"authorization": "bearer  abc "})) == "abc"
    assert bearer(Headers({})) is None


def send_to(path: str, size: int, *, told: bool) -> int:
    """The status of a post of so many bytes to an application that reads all of them."""

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        await inside(scope, receive, send)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, size, 65_536):
            yield bytes(min(65_536, size - start))

    async def asking() -> int:
        app = ExceptionMiddleware(reading)
        gate = Gate(app, who=lambda cookie, token: OPERATOR, open_loopback=False)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=HERE) as client:
            answer = await client.post(path, content=bytes(size) if told else pieces())
            return answer.status_code

    return asyncio.run(asking())


@pytest.mark.parametrize("told", [True, False], ids=["length told", "length not told"])
@pytest.mark.parametrize(
    ("path", "most"), [("/login", MOST_OF["/login"]), ("/v1/people/import", MOST_BODY), ("/v1/rules", MOST_BODY)]
)
def test_a_body_that_would_fill_the_memory_is_refused(path: str, most: int, told: bool) -> None:
    """Least of all is read of strangers."""
    assert send_to(path, most, told=told) == 200
    assert send_to(path, most + 1, told=told) == 413


def test_a_recording_is_measured_where_it_is_written() -> None:
    """It goes to the disk as it comes."""
    assert send_to("/v1/imports", MOST_BODY + 1, told=True) == 200
