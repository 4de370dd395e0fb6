"""The gate lets telephony's tokens in to where calls are announced and acted on, and nowhere else."""

import asyncio

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from qa_monitor.security.gate import Gate

TOKEN = "telephony-1"


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def ask(method: str, path: str, token: str = TOKEN, **headers: str) -> int:
    gate = Gate(
        inside, who=lambda cookie, token: None, knows_telephony=lambda token: token == TOKEN, open_loopback=False
    )

    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(gate)
        async with httpx.AsyncClient(transport=transport, base_url="http://monitor.example") as client:
            return await client.request(method, path, headers={"authorization": f"Bearer {token}", **headers})

    return asyncio.run(asking()).status_code


@pytest.mark.parametrize("verb", ["", "/c-1/pause", "/c-1/resume", "/c-1/off-record", "/c-1/transfer", "/c-1/consent"])
def test_calls_are_announced_and_acted_on_with_telephony_s_token(verb: str) -> None:
    """With the right one, by posting."""
    path = f"/v1/calls{verb}"

    assert ask("POST", path) == 200
    assert ask("POST", path, token="guess") == 401
    assert ask("POST", path, origin="https://evil.example") == 403
    assert ask("GET", path) == ask("PUT", path) == ask("DELETE", path) == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v1/calls/",
        "/v1/calls/c-1",
        "/v1/calls/c-1/audio",
        "/v1/calls/c-1/pause/more",
        "/v1/calls/c-1/x/pause",
        "/v1/calls/pause",
        "/v1/calls/c-1/paused",
        "/v1/flags/f/acknowledge",
        "/v1/tokens",
        "/v1/callsx",
        "/x/v1/calls",
        "/logout",
    ],
)
def test_everything_else_stays_closed_to_it(path: str) -> None:
    """Transcripts, flags and tokens are for people."""
    assert ask("POST", path) == 401


def test_an_address_that_cannot_be_shown_is_none() -> None:
    """Whoever asks, and whatever they show."""
    assert ask("POST", "/v1/calls%0a") == 400
