"""The web application: routes, pages and the gate in front of them."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from qa_monitor.api_examples import DescribedApp
from qa_monitor.application import Application
from qa_monitor.config import Settings
from qa_monitor.records.errors import StoreError
from qa_monitor.routes import (
    agents,
    arrivals,
    backtest,
    calibrations,
    calls,
    calls_live,
    care,
    cases,
    comments,
    customers,
    deliveries,
    erasures,
    exports,
    flag_disputes,
    flags,
    health,
    imports,
    ingest,
    latency,
    library,
    listen,
    listenings,
    me,
    mine,
    my_reviews,
    pages,
    people,
    replay,
    reports,
    reviews,
    rules,
    schedules,
    score_exports,
    scorecards,
    themes,
    tokens,
    verdicts,
)
from qa_monitor.security.gate import Gate
from qa_monitor.security.visitor import Visitor

TITLE = "qa-monitor"


def build_web(settings: Settings) -> FastAPI:
    """The web application without its parts: enough to describe the interface. `attach` makes it work."""
    app = DescribedApp(
        title=TITLE,
        version=version("qa-monitor"),
        description="Follows every live call of a contact centre and raises red flags while there is time to help.",
        docs_url=None,
        redoc_url=None,
    )
    flagged = (flags, care, verdicts, flag_disputes, latency)
    telephony = (calls_live, listen, tokens, arrivals, ingest)
    about_people = (people, listenings, agents, me, mine, erasures)
    judged = (rules, backtest, scorecards)
    reviewed = (library, reviews, comments, cases, calibrations, my_reviews, themes, replay)
    reported = (reports, customers, schedules, imports, exports, score_exports)
    after = (*judged, *about_people, *reviewed, *reported)
    for module in (*flagged, calls, *telephony, deliveries, *after, health, pages):
        app.include_router(module.router)
    app.add_exception_handler(StoreError, _unavailable)
    app.mount("/static", StaticFiles(directory=pages.CONSOLE), name="static")

    def who(cookie: str | None, token: str | None) -> Visitor | None:
        parts: Application = app.state.application
        return parts.entrance.who(cookie, token)

    def knows_telephony(token: str | None) -> bool:
        parts: Application = app.state.application
        return parts.reception.credentials.of_token(token) is not None

    app.add_middleware(Gate, who=who, knows_telephony=knows_telephony, open_loopback=settings.open_loopback)
    return app


async def _unavailable(_: Request, error: Exception) -> Response:
    """The database fails, or audio cannot be read: why is told, and no more of it is logged than any route does."""
    return JSONResponse({"detail": str(error)}, status_code=503)


def attach(app: FastAPI, parts: Application) -> None:
    """Give the routes the running parts, before the first request."""
    app.state.application = parts
