"""Every request passes here: the right host, the right origin, someone known, and headers a browser obeys."""

import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_monitor.config import is_loopback
from qa_monitor.security.sessions import COOKIE

PUBLIC = ("/login", "/static/", "/healthz", "/readyz")
POLICY = (
    "default-src 'self'; connect-src 'self'; media-src 'self' blob:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

BY_TELEPHONY = re.compile(r"/v1/calls(/[^/]+/(pause|resume|off-record|transfer))?")
"""What may be posted to with a token of telephony too: announcing calls, and acting on one's own."""

Knows = Callable[[str | None, str | None], bool]
"""Is this session cookie, or this bearer token, of someone who may come in?"""
KnowsToken = Callable[[str | None], bool]
"""Is this bearer token one of telephony's?"""


def nobody(token: str | None) -> bool:
    """No token is one of telephony's."""
    return False


class Gate:
    """Pure ASGI. `knows` decides over people; telephony shows its own token to its own routes.

    `knows_telephony` lets its tokens in to where calls are announced and acted on, and nowhere else.
    """

    def __init__(
        self, app: ASGIApp, *, knows: Knows, open_loopback: bool, knows_telephony: KnowsToken = nobody
    ) -> None:
        self._app, self._knows, self._open = app, knows, open_loopback
        self._knows_telephony = knows_telephony

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)
        elif scope["type"] == "http":
            await refusal(scope, receive, _with_headers(send))
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), str(scope["path"])
        host = headers.get("host", "")
        if self._open and not is_loopback(_name(host)):
            # a page elsewhere may point its own name at this machine: without log-in only loopback names are served
            return JSONResponse({"detail": f"host {host!r} is not this machine"}, status_code=403)
        origin = headers.get("origin")
        crosses = scope["type"] == "websocket" or scope["method"] not in SAFE
        if origin is not None and crosses and _place(origin) != host:
            return JSONResponse({"detail": "requests from other sites are refused"}, status_code=403)
        if self._open or scope["type"] == "websocket" or path.startswith(PUBLIC):
            return None
        if self._knows(_cookie(headers), bearer(headers)):
            return None
        if scope["method"] == "POST" and BY_TELEPHONY.fullmatch(path) and self._knows_telephony(bearer(headers)):
            return None
        if path == "/" or path.startswith("/calls/"):
            return RedirectResponse(f"/login?next={quote(path)}", status_code=303)
        return JSONResponse({"detail": "log in, or send the access token as a bearer token"}, status_code=401)


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
