"""The pages, and logging in to them."""

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.requests import Request

from qa_monitor.routes.cookies import address_of, set_session
from qa_monitor.routes.parts import Parts
from qa_monitor.security.entrance import LogInRefused
from qa_monitor.security.sessions import COOKIE

CONSOLE = Path(__file__).parent.parent / "console"
router = APIRouter(include_in_schema=False)


@router.get("/")
async def coach() -> Response:
    """The coach page."""
    return FileResponse(CONSOLE / "coach/coach.html")


@router.get("/wall")
async def wall() -> Response:
    """All agents at a glance."""
    return FileResponse(CONSOLE / "wall/wall.html")


@router.get("/arrivals")
async def arrivals() -> Response:
    """Is my call arriving?"""
    return FileResponse(CONSOLE / "arrivals/arrivals.html")


@router.get("/latency")
async def latency() -> Response:
    """How long flags take to the screen."""
    return FileResponse(CONSOLE / "latency/latency.html")


@router.get("/rules")
async def rules() -> Response:
    """The rule editor."""
    return FileResponse(CONSOLE / "rules/rules.html")


@router.get("/customers")
async def customers() -> Response:
    """What customers call about."""
    return FileResponse(CONSOLE / "customers/customers.html")


@router.get("/people")
async def people() -> Response:
    """Accounts, teams, agents and who stands in for whom."""
    return FileResponse(CONSOLE / "people/people.html")


@router.get("/reports")
async def reports() -> Response:
    """Figures over finished calls."""
    return FileResponse(CONSOLE / "reports/reports.html")


@router.get("/account")
async def account() -> Response:
    """One's own account: who one is, and the password."""
    return FileResponse(CONSOLE / "account/account.html")


@router.get("/reviews")
async def reviews() -> Response:
    """Reviews to do, disputes to decide, calibrations."""
    return FileResponse(CONSOLE / "reviews/reviews.html")


@router.get("/mine")
async def mine() -> Response:
    """An agent's own calls, once they are over."""
    return FileResponse(CONSOLE / "mine/mine.html")


@router.get("/calls")
async def library() -> Response:
    """Kept calls: filtered, searched, sampled."""
    return FileResponse(CONSOLE / "library/library.html")


@router.get("/calls/{call_id}")
async def review(call_id: str) -> Response:
    """The review page of one call; the page itself asks for the call."""
    return FileResponse(CONSOLE / "review/review.html")


@router.get("/calls/{call_id}/replay")
async def replay(call_id: str) -> Response:
    """A call as it was beside the call as it comes out today."""
    return FileResponse(CONSOLE / "replay/replay.html")


@router.get("/login")
async def login_page() -> Response:
    """Where name and password are given, or the access token."""
    return FileResponse(CONSOLE / "account/login.html")


@router.post("/login")
async def login(
    request: Request,
    parts: Parts,
    token: Annotated[str, Form()] = "",
    name: Annotated[str, Form(max_length=1_000)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Exchange name and password, or the access token, for a session cookie."""
    where = next if next.startswith("/") and not next.startswith(("//", "/\\")) else "/"
    address = address_of(request, parts.settings.trusted_proxies)
    try:
        if name or password:
            cookie = await parts.entrance.log_in(name, password, address)
        else:
            cookie = await parts.entrance.log_in_with_token(token, address)
    except LogInRefused as error:
        return RedirectResponse(f"/login?error={error.why}&next={quote(where)}", status_code=303)
    answer = RedirectResponse(where, status_code=303)
    set_session(answer, request, cookie)
    return answer


@router.post("/logout")
async def logout(request: Request, parts: Parts) -> Response:
    """End the session."""
    await parts.entrance.log_out(request.cookies.get(COOKIE))
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer
