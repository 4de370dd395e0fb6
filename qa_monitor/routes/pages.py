"""The pages, and logging in to them."""

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.requests import Request

from qa_monitor.routes.parts import Parts
from qa_monitor.security.sessions import COOKIE, LIFE

CONSOLE = Path(__file__).parent.parent / "console"
router = APIRouter(include_in_schema=False)


@router.get("/")
async def coach() -> Response:
    """The coach page."""
    return FileResponse(CONSOLE / "console.html")


@router.get("/arrivals")
async def arrivals() -> Response:
    """Is my call arriving?"""
    return FileResponse(CONSOLE / "arrivals.html")


@router.get("/rules")
async def rules() -> Response:
    """The rule editor."""
    return FileResponse(CONSOLE / "rules.html")


@router.get("/calls/{call_id}")
async def review(call_id: str) -> Response:
    """The review page of one call; the page itself asks for the call."""
    return FileResponse(CONSOLE / "review.html")


@router.get("/login")
async def login_page() -> Response:
    """Where the access token is given."""
    return FileResponse(CONSOLE / "login.html")


@router.post("/login")
async def login(
    request: Request, parts: Parts, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Exchange the access token for a session cookie."""
    where = next if next.startswith("/") and not next.startswith(("//", "/\\")) else "/"
    problem = _problem(parts.sessions.throttled, token, right=parts.tokens.allows_people(token.strip()))
    if problem is not None:
        if problem == "wrong":
            parts.sessions.failed()
        return RedirectResponse(f"/login?error={problem}&next={quote(where)}", status_code=303)
    answer = RedirectResponse(where, status_code=303)
    answer.set_cookie(
        COOKIE,
        parts.sessions.begin(),
        max_age=int(LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
async def logout(request: Request, parts: Parts) -> Response:
    """End the session."""
    parts.sessions.end(request.cookies.get(COOKIE))
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def _problem(throttled: bool, token: str, *, right: bool) -> str | None:
    if throttled:
        return "slow"
    if not token.strip():
        return "missing"
    return None if right else "wrong"
