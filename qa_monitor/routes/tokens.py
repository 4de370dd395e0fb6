"""Ingest tokens of tenants. For people only."""

from dataclasses import asdict

from fastapi import APIRouter, HTTPException

from qa_monitor.routes.parts import Parts
from qa_monitor.telephony.schemas import MadeTokenJson, NewTokenJson, TokenJson, TokensJson
from qa_monitor.telephony.tokens import IngestToken, NameTaken, NoSuchToken, TokenError, TokenWish

router = APIRouter(prefix="/v1/tokens", tags=["tokens"])
# plain functions: they run in a thread, since they wait for the disk


@router.get("", responses={503: {}})
def tokens(parts: Parts) -> TokensJson:
    """Names, limits and first characters; the tokens themselves are kept nowhere."""
    try:
        return TokensJson(tokens=[TokenJson.model_validate(_kept(each)) for each in parts.reception.tokens.all()])
    except TokenError as error:
        raise HTTPException(503, str(error)) from error


@router.post("", status_code=201, responses={409: {}, 503: {}})
def make(body: NewTokenJson, parts: Parts) -> MadeTokenJson:
    """Make a token; the answer is the only place where it is ever shown."""
    try:
        made, token = parts.reception.tokens.add(TokenWish(**body.model_dump()), parts.clock())
    except NameTaken as error:
        raise HTTPException(409, str(error)) from error
    except TokenError as error:
        raise HTTPException(503, str(error)) from error
    return MadeTokenJson.model_validate({**_kept(made), "token": token})


@router.delete("/{name}", responses={404: {}, 503: {}})
def revoke(name: str, parts: Parts) -> TokenJson:
    """From now on it opens nothing; calls that run go on."""
    try:
        return TokenJson.model_validate(_kept(parts.reception.tokens.revoke(name)))
    except NoSuchToken as error:
        raise HTTPException(404, str(error)) from error
    except TokenError as error:
        raise HTTPException(503, str(error)) from error


def _kept(token: IngestToken) -> dict[str, object]:
    return {name: value for name, value in asdict(token).items() if name != "sha256"}
