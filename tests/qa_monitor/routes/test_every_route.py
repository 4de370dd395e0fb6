"""Every route there is, behind its own gate: open by a written list, or closed to strangers and to other roles."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from qa_monitor.config import Settings
from qa_monitor.people.records import AccountId, Role
from qa_monitor.security.passwords import hash_password
from qa_monitor.security.permissions import OPEN_TO_ALL, PERMISSIONS
from qa_monitor.security.sessions import COOKIE
from qa_monitor.web import build_web
from tests.qa_monitor.people.test_register import HERE, a_house
from tests.qa_monitor.people_service import GOOD

OPEN_MOUNTS = {"/static"}
"""Files of the pages, which hold nothing of calls."""
OF_TELEPHONY = {
    "/v1/streams/audiohook",
    "/v1/streams/pcm",
    "/v1/streams/pcm/{name}",
    "/v1/streams/{name}",
}
"""Websockets with log-ins of their own: see `test_door.py`."""
ONE_ROLE = {"ann": Role.COACH, "dan": Role.QA_LEAD, "eve": Role.AGENT, "fay": Role.ADMIN}
TWISTS = ("%0A", "/", "%2F")
"""Other ways to write an address, which must not lead there for whom the address itself does not."""


@asynccontextmanager
async def a_front(folder: Path, name: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """The whole web application, its gate in front and nothing behind: whoever gets through falls."""
    async with a_house(folder) as house:
        app = build_web(Settings())
        credentials = SimpleNamespace(of_token=lambda _: None)
        app.state.application = SimpleNamespace(
            entrance=house.entrance, reception=SimpleNamespace(credentials=credentials)
        )
        cookies = {}
        if name:
            hashed = hash_password(GOOD, account_id=name)
            await house.register.set_password(AccountId(name), hashed, "console", must_change=False)
            cookies[COOKIE] = await house.entrance.log_in(name, GOOD, HERE)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here", cookies=cookies) as client:
            yield client


def routes_of(app: FastAPI) -> Iterator[BaseRoute]:
    """All that the application answers, also what its description leaves out."""
    for route in app.router.routes:
        inner = getattr(route, "original_router", None)  # where routers are included, they stay whole
        yield from [route] if inner is None else inner.routes


ROUTES = list(routes_of(build_web(Settings())))
ASKED = sorted(
    f"{method} {route.path}"
    for route in ROUTES
    if isinstance(route, Route)
    for method in (route.methods or ())
    if method != "HEAD"
)


def address(path: str) -> str:
    """With a name in every gap."""
    return re.sub(r"\{\w+(:\w+)?\}", "1", path)


def refused(answer: httpx.Response) -> bool:
    """Or sent to the log-in, or to a page of one's own."""
    return answer.status_code in (401, 403) or (answer.status_code == 303 and answer.text == "")


def test_all_kinds_of_routes_are_known() -> None:
    """A route of another kind would be looked at by no test here."""
    kinds = [route for route in ROUTES if not isinstance(route, Route | WebSocketRoute | Mount)]
    mounts = {route.path for route in ROUTES if isinstance(route, Mount)}
    sockets = {route.path for route in ROUTES if isinstance(route, WebSocketRoute)}

    assert kinds == []
    assert mounts == OPEN_MOUNTS
    assert sockets == OF_TELEPHONY | {"/v1/calls/{call_id}/listen"}
    assert len(ASKED) > 120


def test_strangers_get_nowhere_but_where_a_list_says_so(tmp_path: Path) -> None:
    """By GET and HEAD alike."""

    async def test() -> None:
        async with a_front(tmp_path) as stranger:
            for route in set(ASKED) - OPEN_TO_ALL:
                method, _, path = route.partition(" ")
                for way in {method, "HEAD"} if method == "GET" else {method}:
                    answer = await stranger.request(way, address(path))
                    assert refused(answer), (way, path, answer.status_code)
                    assert answer.status_code != 303 or answer.headers["location"].startswith("/login?"), path

    asyncio.run(test())


@pytest.mark.parametrize("name", ONE_ROLE)
def test_a_role_gets_nowhere_but_where_the_table_says_so(tmp_path: Path, name: str) -> None:
    """However the address is written."""
    own = {route for route, roles in PERMISSIONS.items() if ONE_ROLE[name] in roles}
    closed = [route for route in ASKED if route not in own | OPEN_TO_ALL]

    async def test() -> None:
        async with a_front(tmp_path, name) as client:
            for route in closed:
                method, _, path = route.partition(" ")
                assert refused(await client.request(method, address(path))), route
                for twist in TWISTS:
                    answer = await client.request(method, address(path) + twist)
                    assert refused(answer) or answer.status_code in (400, 404), (route, twist, answer.status_code)

    asyncio.run(test())

    assert len(closed) > 25
