"""The cookie of a session, and where a request came from."""

from collections.abc import Sequence

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from qa_monitor.security.proxies import Network, client_of
from qa_monitor.security.sessions import COOKIE, LIFE


def set_session(answer: Response, request: Request, name: str) -> None:
    """Give the browser the cookie of a session that has just begun."""
    answer.set_cookie(
        COOKIE,
        name,
        max_age=int(LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_came_by_tls(request),
    )


def _came_by_tls(request: Request) -> bool:
    """Also to a proxy in front of us: then only the page's origin tells, which the gate has compared with the host."""
    return request.url.scheme == "https" or request.headers.get("origin", "").lower().startswith("https://")


def address_of(request: HTTPConnection, proxies: Sequence[Network]) -> str:
    """The machine a request or websocket comes from; `proxies`: those that are believed whom they speak for."""
    peer = request.client.host if request.client is not None else ""
    return client_of(peer, request.headers.getlist("x-forwarded-for"), proxies)
