"""Every request passes here: the right host, the right origin, someone known, and headers a browser obeys."""

import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from math import inf
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_monitor.config import is_loopback
from qa_monitor.security.permissions import home_of, may
from qa_monitor.security.sessions import COOKIE
from qa_monitor.security.visitor import OPERATOR, Visitor

PUBLIC = ("/login", "/static/", "/healthz", "/readyz")
POLICY = (
    "default-src 'self'; connect-src 'self'; media-src 'self' blob:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
PAGES = frozenset(
    {
        "/",
        "/account",
        "/arrivals",
        "/calls",
        "/customers",
        "/latency",
        "/mine",
        "/people",
        "/reports",
        "/reviews",
        "/rules",
        "/wall",
    }
)
"""Strangers are sent from here to the log-in and back; those who may not see one, to the page they begin with."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

MOST_BODY = 16 * 1024 * 1024
"""Bytes of a body: four million letters of a CSV file, however they are written."""
MOST_OF = {"/login": 65_536}
"""Of strangers, less is read."""
MEASURED_THERE = frozenset({"/v1/imports"})
"""Recordings go to the disk as they come, and are measured there."""
BY_TELEPHONY = re.compile(r"/v1/calls(/[^/]+/(pause|resume|off-record|transfer|consent))?")
"""What may be posted to with a token of telephony too: announcing calls, and acting on one's own."""

Who = Callable[[str | None, str | None], Visitor | None]
"""Whose is this session cookie, or this bearer token? None: of nobody who may come in."""
KnowsToken = Callable[[str | None], bool]
"""Is this bearer token one of telephony's?"""


def nobody(token: str | None) -> bool:
    """No token is one of telephony's."""
    return False


class Gate:
    """Pure ASGI. `who` decides over people, `may` over what they ask; telephony shows its own token to its own routes.

    `knows_telephony` lets its tokens in to where calls are announced and acted on, and nowhere else. Routes find the
    visitor in the state of the request as `visitor`, and in `visitor_now` how to ask once more: event streams outlive
    sessions.
    """

    def __init__(self, app: ASGIApp, *, who: Who, open_loopback: bool, knows_telephony: KnowsToken = nobody) -> None:
        self._app, self._who, self._open = app, who, open_loopback
        self._knows_telephony = knows_telephony

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None and scope["type"] == "http":
            await self._app(scope, _bounded(scope, receive), _with_headers(send))
        elif refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await refusal(scope, receive, _with_headers(send))
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), str(scope["path"])
        if not path.isprintable():
            # what comes behind takes a line break at the end of an address for none, and we for a part of a name
            return JSONResponse({"detail": "the address holds what cannot be shown"}, status_code=400)
        host = headers.get("host", "")
        if self._open and not is_loopback(_name(host)):
            # a page elsewhere may point its own name at this machine: without log-in only loopback names are served
            return JSONResponse({"detail": f"host {host!r} is not this machine"}, status_code=403)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:18]) > _most(path):
            return JSONResponse({"detail": f"the body is too long: at most {_most(path)} bytes"}, status_code=413)
        origin = headers.get("origin")
        crosses = scope["type"] == "websocket" or scope["method"] not in SAFE
        if origin is not None and crosses and _place(origin) != host:
            return JSONResponse({"detail": "requests from other sites are refused"}, status_code=403)
        visitor = self._noted(scope, headers)
        if scope["type"] == "websocket" or path.startswith(PUBLIC):
            return None
        if scope["method"] == "POST" and BY_TELEPHONY.fullmatch(path) and self._knows_telephony(bearer(headers)):
            return None
        return (
            _stranger(path, bytes(scope["query_string"]).decode("latin-1"))
            if visitor is None
            else _forbidden(visitor, str(scope["method"]), path)
        )

    def _noted(self, scope: Scope, headers: Headers) -> Visitor | None:
        """Who asks, left where routes find it."""
        cookie, token = _cookie(headers), bearer(headers)

        def now() -> Visitor | None:
            return OPERATOR if self._open else self._who(cookie, token)

        visitor = now()
        scope.setdefault("state", {}).update(visitor=visitor, visitor_now=now)
        return visitor


def _stranger(path: str, query: str) -> Response:
    if path in PAGES or path.startswith("/calls/"):
        # the address of a search holds all of it: a link somebody shared leads there after the log-in too
        return RedirectResponse(f"/login?next={quote(f'{path}?{query}' if query else path)}", status_code=303)
    return JSONResponse({"detail": "log in, or send the access token as a bearer token"}, status_code=401)


def _forbidden(visitor: Visitor, method: str, path: str) -> Response | None:
    if may(visitor, method, path):
        return None
    if method == "GET" and path in PAGES:
        return RedirectResponse(home_of(visitor), status_code=303)
    return JSONResponse({"detail": "this account's roles do not allow that"}, status_code=403)


def bearer(headers: Headers) -> str | None:
    """The token of an `Authorization: Bearer …` header."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _name(host: str) -> str:
    """The host without its port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _place(origin: str) -> str | None:
    """Host and port of an origin; none where it has none."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def _cookie(headers: Headers) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value


def _most(path: str) -> float:
    """Bytes of a body."""
    return inf if path in MEASURED_THERE else MOST_OF.get(path, MOST_BODY)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """A body whose length nobody told is read as far as it may go, since it is held in memory."""
    most, size = _most(str(scope["path"])), 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPException(413, f"the body is too long: at most {most} bytes")
        return message

    return receiving


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = POLICY
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            headers["permissions-policy"] = "camera=(), microphone=(), geolocation=()"
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
