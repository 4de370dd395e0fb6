"""Which role may do what: one table for every page and route. What is not in it is the operator's alone. Pure.

What calls, flags and agents somebody gets to see by a route is decided beside it (`people/sight.py`).
"""

import re
from functools import cache

from qa_monitor.people.records import Role
from qa_monitor.security.visitor import Visitor

COACHES = frozenset({Role.COACH, Role.QA_LEAD})
LEADS = frozenset({Role.QA_LEAD})
AGENTS = frozenset({Role.AGENT})
ADMINS = frozenset({Role.ADMIN})
ANYONE = frozenset(Role)
"""Whoever logged in, also before they have chosen their password."""

PERMISSIONS: dict[str, frozenset[Role]] = {
    # the console: own teams' calls and flags
    "GET /": COACHES,
    "GET /wall": COACHES,
    "GET /v1/agents": COACHES | ADMINS | AGENTS,
    "GET /calls/{call_id}": COACHES,
    "GET /v1/calls": COACHES,
    "GET /v1/calls/{call_id}": COACHES,
    "GET /v1/calls/{call_id}/audio": COACHES,
    "GET /v1/calls/{call_id}/peaks": COACHES,
    "GET /v1/calls/{call_id}/stream": COACHES,
    "GET /v1/calls/{call_id}/listen": COACHES,
    "POST /v1/calls/{call_id}/pause": COACHES,
    "POST /v1/calls/{call_id}/resume": COACHES,
    "POST /v1/calls/{call_id}/off-record": COACHES,
    "POST /v1/calls/{call_id}/transfer": COACHES,
    "POST /v1/calls/{call_id}/consent": COACHES,
    "GET /v1/flags": COACHES,
    "GET /v1/flags/stream": COACHES,
    "GET /latency": COACHES | ADMINS,
    "GET /v1/latency": COACHES | ADMINS,
    "POST /v1/flags/{flag_id}/acknowledge": COACHES,
    "POST /v1/flags/drawn": COACHES,
    "POST /v1/flags/{flag_id}/drawn": COACHES,
    "POST /v1/flags/{flag_id}/snooze": COACHES,
    "POST /v1/flags/{flag_id}/hand-over": COACHES,
    "POST /v1/flags/{flag_id}/resolve": COACHES,
    "POST /v1/flags/{flag_id}/undo": COACHES,
    "POST /v1/flags/{flag_id}/verdict": COACHES,
    "GET /v1/flags/disputes": COACHES,
    "POST /v1/flags/{flag_id}/dispute/decide": LEADS,
    # kept calls, to be found again
    "GET /calls": COACHES,
    "GET /v1/library/calls": COACHES,
    "GET /v1/library/choices": COACHES,
    "POST /v1/library/sample": LEADS,
    "GET /v1/library/searches": COACHES,
    "POST /v1/library/searches": COACHES,
    "DELETE /v1/library/searches/{search_id}": COACHES,
    # rules and back-tests; whose calls somebody may publish rules for, in `rules/rights.py`
    "GET /rules": LEADS | ADMINS,
    "GET /v1/rules": LEADS | ADMINS,
    "PUT /v1/rules": LEADS | ADMINS,
    "GET /v1/rules/written/{rule_id}": LEADS | ADMINS,
    "POST /v1/rules/check": LEADS | ADMINS,
    "POST /v1/rules/try": LEADS | ADMINS,
    "POST /v1/rules/undo": LEADS | ADMINS,
    "POST /v1/rules/{rule_id}/restore": LEADS | ADMINS,
    "GET /v1/rules/history": LEADS | ADMINS,
    "GET /v1/rules/history/{number}": LEADS | ADMINS,
    "POST /v1/rules/test": LEADS,
    "GET /v1/rules/test/{test_id}": LEADS,
    "DELETE /v1/rules/test/{test_id}": LEADS,
    # reviews, comments and calibrations of own teams' calls; what is whose to do, in `reviews/rights.py`
    "GET /reviews": COACHES,
    "GET /v1/reviews": COACHES,
    "POST /v1/reviews": LEADS,
    "GET /v1/reviews/reviewers": LEADS,
    "GET /v1/reviews/{review_id}": COACHES,
    "POST /v1/reviews/{review_id}/assign": LEADS,
    "POST /v1/reviews/{review_id}/begin": COACHES,
    "PUT /v1/reviews/{review_id}/answers/{question_id}": COACHES,
    "PUT /v1/reviews/{review_id}/note": COACHES,
    "POST /v1/reviews/{review_id}/submit": COACHES,
    "POST /v1/reviews/{review_id}/decide": LEADS,
    "POST /v1/reviews/{review_id}/close": LEADS,
    "GET /v1/calls/{call_id}/comments": COACHES,
    "POST /v1/calls/{call_id}/comments": COACHES,
    "GET /v1/calls/{call_id}/case": COACHES,
    "GET /v1/calibrations": COACHES,
    "POST /v1/calibrations": LEADS,
    "GET /v1/calibrations/agreement": COACHES,
    "GET /v1/calibrations/{calibration_id}": COACHES,
    "POST /v1/calibrations/{calibration_id}/calls/{call_id}": COACHES,
    "POST /v1/calibrations/{calibration_id}/close": LEADS,
    # scorecards
    "GET /v1/scorecards": COACHES,
    "POST /v1/scorecards/check": LEADS,
    "GET /v1/calls/{call_id}/scores": COACHES,
    "PUT /v1/calls/{call_id}/scores/{scorecard_id}/answers/{question_id}": LEADS,
    "GET /v1/scorecards/rescoring": LEADS,
    "POST /v1/scorecards/rescoring": LEADS,
    "DELETE /v1/scorecards/rescoring": LEADS,
    # deleting a call
    "DELETE /v1/calls/{call_id}": LEADS | ADMINS,
    "GET /v1/erasures": LEADS | ADMINS,
    # what customers call about
    "GET /customers": LEADS,
    "GET /v1/themes": LEADS,
    "GET /v1/themes/surges": LEADS,
    "POST /v1/themes/surges/{surge_id}/acknowledge": LEADS,
    # reports: own teams' figures
    "GET /reports": COACHES,
    "GET /v1/reports/{kind}": COACHES,
    "POST /v1/surveys": LEADS,
    "POST /v1/surveys/import": LEADS,
    "POST /v1/waits": LEADS,
    "POST /v1/waits/import": LEADS,
    "GET /v1/report-schedules": LEADS,
    "POST /v1/report-schedules": LEADS,
    "DELETE /v1/report-schedules/{schedule_id}": LEADS,
    # calls gone through again
    "GET /calls/{call_id}/replay": LEADS,
    "POST /v1/calls/{call_id}/replay": LEADS,
    "GET /v1/calls/{call_id}/replay/{replay_id}": LEADS,
    "DELETE /v1/calls/{call_id}/replay/{replay_id}": LEADS,
    # calls for other systems
    "GET /v1/calls/{call_id}/export": LEADS,
    "GET /v1/exports/calls": LEADS,
    "GET /v1/exports/scores": LEADS,
    # recordings brought in
    "GET /v1/imports": ADMINS,
    "POST /v1/imports": ADMINS,
    "GET /v1/imports/{sha256}": ADMINS,
    "DELETE /v1/imports/{sha256}": ADMINS,
    # an agent's own calls, after them
    "GET /mine": AGENTS,
    "GET /v1/mine/calls": AGENTS,
    "GET /v1/mine/flags/{flag_id}/clip": AGENTS,
    "POST /v1/mine/flags/{flag_id}/dispute": AGENTS,
    "GET /v1/mine/reviews": AGENTS,
    "POST /v1/mine/reviews/{review_id}/acknowledge": AGENTS,
    "POST /v1/mine/reviews/{review_id}/dispute": AGENTS,
    "GET /v1/mine/calls/{call_id}/comments": AGENTS,
    "POST /v1/mine/calls/{call_id}/comments": AGENTS,
    # people, connections, deliveries, tokens
    "GET /people": ADMINS,
    "GET /v1/people": ADMINS,
    "PUT /v1/people": ADMINS,
    "DELETE /v1/people": ADMINS,
    "POST /v1/people/import": ADMINS,
    "GET /v1/people/export": ADMINS,
    "GET /v1/people/changes": ADMINS,
    "GET /v1/people/listenings": ADMINS,
    "GET /v1/people/listenings/export": ADMINS,
    "GET /v1/people/routing": ADMINS,
    "POST /v1/people/accounts/{account_id}/password": ADMINS,
    "GET /arrivals": ADMINS,
    "GET /v1/arrivals": ADMINS,
    "GET /v1/arrivals/stream": ADMINS,
    "POST /v1/calls": ADMINS,
    "GET /v1/deliveries": ADMINS,
    "POST /v1/deliveries/replay": ADMINS,
    "GET /v1/tokens": ADMINS,
    "POST /v1/tokens": ADMINS,
    "DELETE /v1/tokens/{name}": ADMINS,
    "GET /metrics": ADMINS,
    # oneself
    "GET /account": ANYONE,
    "GET /v1/me": ANYONE,
    "PUT /v1/me/password": ANYONE,
    "POST /logout": ANYONE,
    "GET /openapi.json": ANYONE,
}
OPEN_TO_ALL = frozenset({"GET /login", "POST /login", "GET /healthz", "GET /readyz"})
"""Answered to people who are not logged in."""
HOMES = ((COACHES, "/"), (ADMINS, "/people"), (AGENTS, "/mine"))


def may(visitor: Visitor, method: str, path: str) -> bool:
    """Whether this visitor may ask this at all. The operator may ask anything."""
    if visitor.account is None:
        return True
    roles = _roles(method, path)
    return roles is ANYONE or bool(roles & visitor.roles)


def home_of(visitor: Visitor) -> str:
    """The page they begin with."""
    return next((path for roles, path in HOMES if roles & visitor.roles), "/account")


def _roles(method: str, path: str) -> frozenset[Role]:
    asked = f"{'GET' if method == 'HEAD' else method} {path}"
    # an address in full comes before one with a gap: `history` is no number of a set
    if asked in PERMISSIONS:
        return PERMISSIONS[asked]
    return next((roles for pattern, roles in _patterns() if pattern.fullmatch(asked)), frozenset())


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], frozenset[Role]], ...]:
    return tuple(
        (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route))), roles)
        for route, roles in PERMISSIONS.items()
        if "{" in route
    )
