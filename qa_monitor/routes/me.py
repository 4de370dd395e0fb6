"""Oneself: who is logged in, what they may do, and their password."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from starlette.requests import Request

from qa_monitor.people.schemas import MeJson, NewPasswordJson
from qa_monitor.records.errors import StoreError
from qa_monitor.routes.cookies import address_of, set_session
from qa_monitor.routes.parts import Parts
from qa_monitor.routes.visitors import Who
from qa_monitor.security.entrance import LogInRefused, Refusal
from qa_monitor.security.gate import PAGES
from qa_monitor.security.passwords import PasswordRefused
from qa_monitor.security.permissions import may

router = APIRouter(prefix="/v1/me", tags=["people"])


@router.get("")
async def me(who: Who) -> MeJson:
    """Who is logged in, and which pages are theirs."""
    account = who.account
    pages = sorted(path for path in PAGES if may(who, "GET", path))
    return MeJson(
        name=who.name if account is None else account.name or account.account_id,
        account=None if account is None else account.account_id,
        roles=sorted(who.roles),
        teams=[] if account is None else [str(team) for team in sorted(account.teams)],
        every_team=account is None or account.every_team,
        must_change=who.must_change,
        pages=pages,
    )


@router.put("/password", status_code=204, responses={403: {}, 409: {}, 422: {}, 429: {}, 503: {}})
async def change_password(body: NewPasswordJson, request: Request, parts: Parts, who: Who) -> Response:
    """Choose another password: at least 12 characters, whichever. Every other session of the account ends."""
    if who.account is None:
        raise HTTPException(409, "the access token has no password: it is in its file")
    try:
        cookie = await parts.entrance.change_password(
            who.account, old=body.old, new=body.new, address=address_of(request, parts.settings.trusted_proxies)
        )
    except LogInRefused as error:
        slow = error.why is Refusal.SLOW
        raise HTTPException(429 if slow else 403, "wait a minute" if slow else "the old password is wrong") from error
    except PasswordRefused as error:
        raise HTTPException(422, str(error)) from error
    except StoreError as error:
        raise HTTPException(503, str(error)) from error
    answer = Response(status_code=204)
    set_session(answer, request, cookie)
    return answer
