"""The web application: routes, pages and the gate in front of them."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from qa_monitor.app import Application
from qa_monitor.config import Settings
from qa_monitor.routes import (
    arrivals,
    backtest,
    calls,
    calls_live,
    deliveries,
    flags,
    health,
    ingest,
    pages,
    rules,
    tokens,
    verdicts,
)
from qa_monitor.security.gate import Gate

TITLE = "qa-monitor"


def build_web(settings: Settings) -> FastAPI:
    """The web application without its parts: enough to describe the interface. `attach` makes it work."""
    app = FastAPI(
        title=TITLE,
        version=version("qa-monitor"),
        description="Follows every live call of a contact centre and raises red flags while there is time to help.",
        docs_url=None,
        redoc_url=None,
    )
    routed = (flags, verdicts, calls, calls_live, deliveries, rules, backtest, tokens, arrivals, health, ingest, pages)
    for module in routed:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=pages.CONSOLE), name="static")

    def knows(cookie: str | None, token: str | None) -> bool:
        parts: Application = app.state.application
        return parts.sessions.knows(cookie) or parts.tokens.allows_people(token)

    def knows_telephony(token: str | None) -> bool:
        parts: Application = app.state.application
        return parts.reception.credentials.of_token(token) is not None

    app.add_middleware(Gate, knows=knows, knows_telephony=knows_telephony, open_loopback=settings.open_loopback)
    return app


def attach(app: FastAPI, parts: Application) -> None:
    """Give the routes the running parts, before the first request."""
    app.state.application = parts
