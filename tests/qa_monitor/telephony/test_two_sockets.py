"""Calls that come by two websockets, over real sockets through the service: one call, counted once, admitted twice."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.simulator.line import Line
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import play
from qa_monitor.telephony.schemas import AnnouncedJson
from streams.consent import Consent, Notice
from streams.records import CallId, Speaker
from tests.qa_monitor.door_service import a_service, arrivals, people, socket_url, telephony
from tests.qa_monitor.service import Running
from tests.qa_monitor.simulator.builders import a_call

FRAME_S = 0.02
ATTEMPTS = 4
APART = (StreamProtocol.ASTERISK, StreamProtocol.VONAGE)
BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Room for one call at a time."""
    with a_service(tmp_path_factory.mktemp("data"), max_calls=1) as running:
        yield running


def named(call_id: str, seconds: float = 1.5) -> PlannedCall:
    found = a_call(round(seconds * 8000), seed=len(call_id))
    return PlannedCall(
        call_id=CallId(call_id),
        agent_id="agent-7",
        channels=BOTH,
        rate_hz=8000,
        samples=found.samples,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
    )


async def ended(service: Running, call_id: str) -> CallDetailJson:
    """Everything kept of a call, once it is over."""
    async with httpx.AsyncClient(headers=people(service), timeout=30) as client:
        async with client.stream("GET", f"{service.url}/v1/calls/{call_id}/stream") as told:
            async for _ in told.aiter_lines():
                pass
        answer = await client.get(f"{service.url}/v1/calls/{call_id}")
    return CallDetailJson.model_validate_json(answer.content)


async def announced(service: Running, call_id: str) -> str:
    """The one-time token of a call."""
    async with httpx.AsyncClient(headers=telephony(service), timeout=10) as client:
        answer = await client.post(f"{service.url}/v1/calls", json={"call_id": call_id, "agent_id": "agent-9"})
    return AnnouncedJson.model_validate_json(answer.content).token


def hello(call_id: str, side: str, *, rate_hz: int = 8000, token: str = "") -> str:
    said = {"call_id": call_id, "side": side, **({"token": token} if token else {})}
    return json.dumps({"event": "websocket:connected", "content-type": f"audio/l16;rate={rate_hz}", **said})


@asynccontextmanager
async def opened(
    service: Running, message: str, headers: Mapping[str, str] | None = None
) -> AsyncIterator[ClientConnection]:
    async with connect(socket_url(service, "pcm/vonage"), additional_headers=headers, compression=None) as socket:
        await socket.send(message)
        yield socket


async def refused(service: Running, message: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """How the service closes a connection that says this."""
    async with opened(service, message, headers) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            async with asyncio.timeout(5):
                await socket.recv()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


@pytest.mark.parametrize("announce", [False, True])
@pytest.mark.parametrize("protocol", APART)
def test_two_sockets_are_one_call(service: Running, protocol: StreamProtocol, announce: bool) -> None:
    """Though there is room for one call only; with one token for all calls, or with the call's own for both sides.

    A busy machine may keep the second connection waiting, and then its side begins later: that is looked at again.
    """
    line = Line(
        url=service.url,
        protocol=protocol,
        two_sockets=True,
        announce=announce,
        token=telephony(service)["Authorization"].removeprefix("Bearer "),
    )
    for attempt in range(ATTEMPTS):
        call = named(f"{protocol}-{announce}-{attempt}")
        (sent,) = asyncio.run(play([call], line))
        assert sent.error is None
        found = asyncio.run(ended(service, call.call_id))
        if sum(gap.duration_s for gap in found.gaps) <= 2 * FRAME_S:
            break

    assert (found.call.channels, found.call.dialect, found.call.agent_id) == (list(BOTH), protocol.value, "agent-7")
    assert found.call.duration_s == pytest.approx(call.duration_s, abs=2 * FRAME_S)
    assert sum(gap.duration_s for gap in found.gaps) <= 2 * FRAME_S
    both = [one for one in arrivals(service) if one.call_id == call.call_id]
    assert [(one.state, one.code) for one in both] == [("ended", 1000), ("ended", 1000)]


def test_each_side_shows_a_token(service: Running) -> None:
    """A live call lets nobody in that its first side did not bring."""

    async def scene() -> tuple[int, str]:
        async with opened(service, hello("guarded", "customer"), telephony(service)) as first:
            await first.send(bytes(320))
            found = await refused(service, hello("guarded", "agent"))
        await ended(service, "guarded")
        return found

    code, reason = asyncio.run(scene())
    assert code == 1008
    assert "not authorised" in reason


def test_a_one_time_token_is_good_once_for_each_side(service: Running) -> None:
    """Shown in the message, where a source can set no header; the facts announced are those of the call.

    Where the second side came later, the call is longer by that much.
    """

    async def scene() -> tuple[float, CallDetailJson]:
        token = await announced(service, "ticketed")
        began = time.monotonic()
        async with (
            opened(service, hello("leg-a", "customer", token=token)) as customer,
            opened(service, hello("leg-b", "agent", token=token)) as agent,
        ):
            await asyncio.gather(customer.send(bytes(3200)), agent.send(bytes(3200)))
        took_s = time.monotonic() - began
        return took_s, await ended(service, "ticketed")

    took_s, found = asyncio.run(scene())
    assert (found.call.channels, found.call.agent_id) == (list(BOTH), "agent-9")
    assert 0.2 - FRAME_S <= found.call.duration_s <= 0.2 + took_s


def test_another_rate_on_the_second_side_is_told_in_words(service: Running) -> None:
    """The call goes on with the first."""

    async def scene() -> tuple[tuple[int, str], CallDetailJson]:
        async with opened(service, hello("rates", "customer"), telephony(service)) as first:
            await first.send(bytes(320))
            found = await refused(service, hello("rates", "agent", rate_hz=16_000), telephony(service))
            await first.send(bytes(320))
        return found, await ended(service, "rates")

    (code, reason), found = asyncio.run(scene())
    assert (code, reason) == (1003, "16000 Hz; the other side of this call has 8000 Hz")
    assert found.call.channels == list(BOTH)


def test_another_call_finds_no_room_while_a_side_is_awaited(service: Running) -> None:
    """The door is ajar for the side that may come; whoever is not it is refused by its start."""

    async def scene() -> tuple[int, str]:
        async with opened(service, hello("only", "customer"), telephony(service)) as first:
            await first.send(bytes(320))
            found = await refused(service, hello("other", "agent"), telephony(service))
        await ended(service, "only")
        return found

    code, reason = asyncio.run(scene())
    assert code == 1008
    assert "no room for another call" in reason
