"""One table says who may do what; a route without a line in it fails here."""

import pytest

from qa_monitor.config import Settings
from qa_monitor.people.records import Account, AccountId, Role
from qa_monitor.routes import listen, pages
from qa_monitor.security.gate import PAGES
from qa_monitor.security.permissions import OPEN_TO_ALL, PERMISSIONS, home_of, may
from qa_monitor.security.visitor import OPERATOR, Visitor, visitor_of
from qa_monitor.web import build_web

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def an(*roles: Role, must_change: bool = False) -> Visitor:
    return visitor_of(Account(account_id=AccountId("ann"), roles=frozenset(roles)), must_change=must_change)


def routes_there_are() -> set[str]:
    """All of the interface, and the pages and the websocket for people, which it does not describe."""
    described = build_web(Settings()).openapi()["paths"]
    found = {f"{method.upper()} {path}" for path, ways in described.items() for method in ways if method in METHODS}
    for route in pages.router.routes:
        found |= {f"{method} {route.path}" for method in route.methods}  # type: ignore[attr-defined]  # all are of the web
    sockets = {f"GET {route.path}" for route in listen.router.routes}  # type: ignore[attr-defined]  # one more of the web
    return found | sockets | {"GET /openapi.json"}


def test_every_route_has_its_rule_and_every_rule_its_route() -> None:
    """Whoever adds a route says in `security/permissions.py` who may ask it."""
    assert routes_there_are() == set(PERMISSIONS) | OPEN_TO_ALL


@pytest.mark.parametrize(
    ("role", "method", "path", "allowed"),
    [
        (Role.COACH, "GET", "/", True),
        (Role.COACH, "GET", "/v1/calls/c-1", True),
        (Role.COACH, "HEAD", "/v1/calls/c-1", True),
        (Role.COACH, "GET", "/v1/calls/c-1/listen", True),
        (Role.COACH, "POST", "/v1/flags/f-1/verdict", True),
        (Role.COACH, "PUT", "/v1/rules", False),
        (Role.COACH, "GET", "/v1/people", False),
        (Role.COACH, "GET", "/v1/arrivals/stream", False),
        (Role.COACH, "GET", "/v1/deliveries", False),
        (Role.COACH, "GET", "/metrics", False),
        (Role.COACH, "GET", "/v1/mine/calls", False),
        (Role.QA_LEAD, "PUT", "/v1/rules", True),
        (Role.QA_LEAD, "POST", "/v1/rules/test", True),
        (Role.QA_LEAD, "GET", "/v1/rules/history/7", True),
        (Role.QA_LEAD, "PUT", "/v1/people", False),
        (Role.AGENT, "GET", "/v1/mine/calls", True),
        (Role.AGENT, "GET", "/v1/mine/flags/f-1/clip", True),
        (Role.AGENT, "GET", "/v1/calls", False),
        (Role.AGENT, "GET", "/v1/flags/stream", False),
        (Role.ADMIN, "PUT", "/v1/people", True),
        (Role.ADMIN, "POST", "/v1/deliveries/replay", True),
        (Role.ADMIN, "POST", "/v1/people/accounts/ann/password", True),
        (Role.ADMIN, "GET", "/v1/calls", False),
        (Role.ADMIN, "GET", "/v1/calls/c-1/audio", False),
        (Role.ADMIN, "GET", "/v1/calls/c-1/listen", False),
        (Role.AGENT, "GET", "/v1/calls/c-1/listen", False),
        (Role.ADMIN, "PUT", "/v1/rules", True),
        (Role.ADMIN, "POST", "/v1/rules/test", False),
        (Role.ADMIN, "GET", "/v1/nowhere", False),
        (Role.ADMIN, "DELETE", "/v1/calls/c-1", True),
        (Role.QA_LEAD, "DELETE", "/v1/calls/c-1", True),
        (Role.COACH, "DELETE", "/v1/calls/c-1", False),
        (Role.COACH, "GET", "/v1/erasures", False),
        (Role.ADMIN, "OPTIONS", "/v1/people", False),
        (Role.COACH, "GET", "/v1/calls/c-1/audio/", False),
        (Role.COACH, "GET", "//v1/people", False),
        (Role.COACH, "GET", "/v1/calls/a/b/peaks", False),
    ],
)  # fmt: skip
def test_a_role_may_do_its_work_and_nothing_else(role: Role, method: str, path: str, allowed: bool) -> None:
    assert may(an(role), method, path) is allowed


def test_roles_add_up() -> None:
    both = an(Role.COACH, Role.ADMIN)

    assert may(both, "GET", "/v1/calls")
    assert may(both, "GET", "/v1/people")


def test_the_operator_may_do_anything() -> None:
    assert all(may(OPERATOR, *route.split(" ")) for route in PERMISSIONS)
    assert may(OPERATOR, "GET", "/v1/nowhere")


def test_a_handed_out_password_is_good_for_choosing_another_and_nothing_else() -> None:
    fresh = an(*Role, must_change=True)
    allowed = {route for route in PERMISSIONS if may(fresh, *route.split(" "))}

    assert allowed == {"GET /account", "GET /v1/me", "PUT /v1/me/password", "POST /logout", "GET /openapi.json"}
    assert home_of(fresh) == "/account"


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ((Role.COACH,), "/"),
        ((Role.QA_LEAD, Role.ADMIN), "/"),
        ((Role.ADMIN, Role.AGENT), "/people"),
        ((Role.AGENT,), "/mine"),
    ],
)
def test_everybody_begins_on_a_page_that_is_theirs(roles: tuple[Role, ...], home: str) -> None:
    assert home_of(an(*roles)) == home
    assert may(an(*roles), "GET", home)


def test_the_pages_strangers_are_sent_back_to_are_the_pages_there_are() -> None:
    there = {route.path for route in pages.router.routes}  # type: ignore[attr-defined]  # all are of the web

    assert {"/login", "/logout", "/calls/{call_id}", "/calls/{call_id}/replay"} | PAGES == there
