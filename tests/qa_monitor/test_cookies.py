"""The cookie of a session, as a browser is told to keep it."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from qa_monitor.routes.cookies import set_session


def given(scheme: str, origin: str | None) -> str:
    """What the browser is told, for a log-in that came in this way."""
    headers = [] if origin is None else [(b"origin", origin.encode())]
    scope = {"type": "http", "scheme": scheme, "path": "/login", "headers": headers, "server": ("here", 80)}
    answer = Response()
    set_session(answer, Request(scope), "name")
    return answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("scheme", "origin", "secure"),
    [
        ("http", None, False),
        ("http", "http://127.0.0.1:8080", False),
        ("https", None, True),
        ("http", "https://monitor.example", True),
    ],
    ids=["a program", "on this machine", "served with TLS", "behind a proxy with TLS"],
)
def test_a_cookie_that_came_by_tls_goes_by_tls_alone(scheme: str, origin: str | None, secure: bool) -> None:
    """Behind a proxy only the page's own origin tells how the browser came; the gate has compared it with the host."""
    cookie = given(scheme, origin)

    assert ("; Secure" in cookie) is secure
    assert "; HttpOnly" in cookie
    assert "; SameSite=lax" in cookie
