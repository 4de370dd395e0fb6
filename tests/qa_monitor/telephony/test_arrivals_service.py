"""Is my call arriving? What the page is told of every connection, over real sockets: websockets and AudioSocket."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import httpx
import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect

from qa_monitor.routes.arrivals import ArrivalJson, ArrivalsJson
from qa_monitor.telephony.schemas import AnnouncedJson
from streams.records import Samples, Speaker
from tests.qa_monitor.door_service import (
    ORGANIZATION,
    SESSION,
    a_service,
    arrivals,
    knock,
    people,
    socket_url,
    telephony,
)
from tests.qa_monitor.listening import console
from tests.qa_monitor.service import Running
from tests.streams.protocols.audiohook.client import NOBODY, Client
from tests.streams.protocols.audiosocket_sessions import HANGUP, SLIN, frame, hello
from tests.streams.sessions import END, media, preamble, start

IDS = {"Audiohook-Organization-Id": ORGANIZATION, "Audiohook-Session-Id": SESSION}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Asks who comes; takes AudioSocket on a free port."""
    with a_service(tmp_path_factory.mktemp("data"), audiosocket_port=0) as service:
        yield service


def a_tone(seconds: float, level_db: float) -> Samples:
    """So loud a tone at 8 kHz."""
    peak = 32_768 * 10 ** (level_db / 20) * np.sqrt(2)
    return np.asarray(peak * np.sin(2 * np.pi * 450 * np.arange(round(seconds * 8_000)) / 8_000), np.int16)


async def shown(service: Running, met: Callable[[Sequence[ArrivalJson]], bool]) -> Sequence[ArrivalJson]:
    """The first list on the stream, as a page follows it, for which `met` is true."""
    found: list[Sequence[ArrivalJson]] = []
    async with console(service.url, "/v1/arrivals/stream", token=people(service)["Authorization"]) as listener:

        def looked_at(data: dict[str, object]) -> bool:
            found.append(ArrivalsJson.model_validate(data).arrivals)
            return met(found[-1])

        await listener.until(lambda told: told.event == "arrivals" and looked_at(told.data), within_s=10)
    return found[-1]


async def newest(service: Running, met: Callable[[ArrivalJson], bool]) -> ArrivalJson:
    """The newest connection, once it is as `met` says."""
    return (await shown(service, lambda found: bool(found) and met(found[0])))[0]


@asynccontextmanager
async def connected(service: Running, path: str = "pcm") -> AsyncIterator[ClientConnection]:
    async with connect(socket_url(service, path), additional_headers=IDS | telephony(service)) as socket:
        yield socket


def heard(arrival: ArrivalJson) -> bool:
    """Whether something is heard on both channels by now."""
    return [channel.level_db > -90 for channel in arrival.channels] == [True, True]


def announced(service: Running, call_id: str) -> dict[Speaker, UUID]:
    """A call that will come by AudioSocket: the id of each side."""
    body = {"call_id": call_id, "agent_id": "agent-9", "audiosocket": True}
    answer = httpx.post(f"{service.url}/v1/calls", json=body, headers=telephony(service))
    legs = AnnouncedJson.model_validate_json(answer.content).audiosocket
    assert legs is not None
    return legs


@asynccontextmanager
async def a_leg(
    service: Running, said: bytes, peer: str = "127.0.0.1"
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """One connection to AudioSocket, from one of this machine's addresses."""
    reader, writer = await asyncio.open_connection("127.0.0.1", service.parts.audiosocket_port, local_addr=(peer, 0))
    try:
        writer.write(said)
        yield reader, writer
    finally:
        writer.close()


def test_a_connection_is_shown_waiting_then_live_with_its_levels_then_ended(closed: Running) -> None:
    """On the page's stream and in the list alike."""

    async def test() -> tuple[ArrivalJson, ArrivalJson, ArrivalJson]:
        async with connected(closed) as socket:
            waiting = await newest(closed, lambda arrival: arrival.state == "waiting")
            await socket.send(preamble(call_id="shown-1", agent_id="agent-9"))
            both = np.stack([a_tone(2, -20.0), np.zeros(16_000, np.int16)], axis=1).tobytes()
            for begin in range(0, len(both), 6_400):
                await socket.send(both[begin : begin + 6_400])
            live = await newest(closed, lambda arrival: bool(arrival.channels))
            await socket.send(END)
            await socket.wait_closed()
        ended = await newest(closed, lambda arrival: arrival.state == "ended")
        return waiting, live, ended

    waiting, live, ended = asyncio.run(test())

    assert (waiting.dialect, waiting.peer, waiting.call_id, waiting.channels) == ("pcm", "127.0.0.1", None, [])
    assert (live.state, live.number, live.call_id, live.agent_id) == ("live", waiting.number, "shown-1", "agent-9")
    assert [channel.speaker for channel in live.channels] == [Speaker.CUSTOMER, Speaker.AGENT]
    assert live.channels[0].level_db == pytest.approx(-20, abs=1)
    assert live.channels[1].level_db < -60
    assert (ended.number, ended.code, ended.call_id) == (waiting.number, 1000, "shown-1")
    assert ended.ended_at is not None
    assert ended == arrivals(closed, limit=1)[0]


def test_one_that_begins_no_call_is_refused_with_the_reason_it_was_told(closed: Running) -> None:
    """Whatever was wrong with its start, or with its log-in."""

    async def told(message: str) -> tuple[int | None, str | None]:
        async with connected(closed) as socket:
            await socket.send(message)
            await socket.wait_closed()
            return socket.close_code, socket.close_reason

    for message in (preamble(rate_hz=7), preamble(languige="fr"), "{", json.dumps({"event": "end"})):
        code, reason = asyncio.run(told(message))
        latest = asyncio.run(newest(closed, lambda arrival: arrival.state == "refused"))
        assert (latest.code, latest.reason) == (code, reason)
        assert code in (1003, 1007, 1008)
    asyncio.run(knock(closed, "pcm?token=guess"))

    assert (arrivals(closed, limit=1)[0].state, arrivals(closed, limit=1)[0].code) == ("refused", 401)


def test_one_that_goes_away_tells_how(closed: Running) -> None:
    """With a close frame, or without a word."""

    async def goes(path: str, *, politely: bool) -> ArrivalJson:
        async with connected(closed, path) as socket:
            waiting = await newest(closed, lambda arrival: arrival.state == "waiting")
            if politely:
                await socket.close(1001)
            else:
                socket.transport.abort()
        return await newest(closed, lambda arrival: arrival.number == waiting.number and arrival.code is not None)

    polite = asyncio.run(goes("telnyx", politely=True))
    abrupt = asyncio.run(goes("pcm/asterisk", politely=False))

    assert (polite.dialect, polite.code, polite.reason) == ("telnyx", 1001, "the other side closed")
    assert (abrupt.dialect, abrupt.code, abrupt.reason) == ("asterisk", 1006, "the other side went away")


def test_what_is_left_out_is_counted_while_the_call_lives(closed: Running) -> None:
    """Not only at its end."""

    async def test() -> ArrivalJson:
        async with connected(closed, "talkdesk") as socket:
            await socket.send(start(streamSid="MZ1", callSid="CA9", tracks=["inbound"]))
            for _ in range(3):
                await socket.send(media(1, bytes(160)))
            return await newest(closed, lambda arrival: bool(arrival.rejected))

    live = asyncio.run(test())

    assert live.state == "live"
    assert sum(live.rejected.values()) == 2


def test_the_provider_s_connection_test_is_shown_as_answered(closed: Running) -> None:
    """It makes no call and nothing is wrong with it."""

    async def test() -> ArrivalJson:
        client = Client()
        nobody = {"id": NOBODY, "ani": "", "aniName": "", "dnis": ""}
        async with connected(closed, "audiohook") as socket:
            await socket.send(client.open(conversationId=NOBODY, participant=nobody))
            client.take(await socket.recv())
            await socket.send(client.close())
            client.take(await socket.recv())
        return await newest(closed, lambda arrival: arrival.state not in ("waiting", "live"))

    probe = asyncio.run(test())

    assert (probe.dialect, probe.state, probe.code, probe.call_id) == ("audiohook", "ended", 1000, None)
    assert "test" in probe.reason


def test_both_sides_of_an_audiosocket_call_are_shown(closed: Running) -> None:
    """Each with its own connection, the same call, and the levels of both."""
    legs = announced(closed, "paired-1")
    loud, quiet = (frame(SLIN, a_tone(0.02, level_db).tobytes()) * 100 for level_db in (-15.0, -35.0))

    async def test() -> tuple[Sequence[ArrivalJson], Sequence[ArrivalJson]]:
        async with (
            a_leg(closed, hello(legs[Speaker.CUSTOMER])) as (_, customer),
            a_leg(closed, hello(legs[Speaker.AGENT])) as (_, agent),
        ):
            customer.write(loud)
            agent.write(quiet)
            live = await shown(closed, lambda found: len(found) > 1 and all(map(heard, found[:2])))
            customer.write(HANGUP)
            agent.write(HANGUP)
            ended = await shown(closed, lambda found: all(each.state == "ended" for each in found[:2]))
        return live[:2], ended[:2]

    live, ended = asyncio.run(test())

    assert {(each.dialect, each.state, each.call_id, each.agent_id) for each in live} == {
        ("audiosocket", "live", "paired-1", "agent-9")
    }
    assert [channel.speaker for channel in live[0].channels] == [Speaker.CUSTOMER, Speaker.AGENT]
    assert [channel.level_db for channel in live[0].channels] == [pytest.approx(-15, abs=2), pytest.approx(-35, abs=2)]
    assert {each.number for each in ended} == {each.number for each in live}
    assert {each.code for each in ended} == {1000}


def test_audiosocket_connections_that_are_refused_say_why(closed: Running) -> None:
    """An id nobody announced, one used before, another machine, no id at all."""
    legs = announced(closed, "once-only")

    async def refused(said: bytes, peer: str = "127.0.0.1") -> ArrivalJson:
        seen = max((arrival.number for arrival in arrivals(closed)), default=0)
        async with a_leg(closed, said, peer) as (reader, _):
            with contextlib.suppress(ConnectionResetError):  # how one ends that was not even looked at
                assert await asyncio.wait_for(reader.read(), 10) == b""
        found = await shown(closed, lambda found: any(each.number > seen and each.code for each in found))
        return next(each for each in found if each.number > seen)

    async def test() -> dict[str, ArrivalJson]:
        found = {"unknown": await refused(hello(uuid4()))}
        async with a_leg(closed, hello(legs[Speaker.CUSTOMER]) + frame(SLIN, bytes(320))):
            await newest(closed, lambda arrival: arrival.state == "live")
            found["used"] = await refused(hello(legs[Speaker.CUSTOMER]))
        found["peer"] = await refused(hello(uuid4()), "127.0.0.2")
        found["no id"] = await refused(frame(SLIN, bytes(320)))
        return found

    found = asyncio.run(test())

    assert {(each.dialect, each.state, each.code, each.call_id) for each in found.values()} == {
        ("audiosocket", "refused", 1008, None)
    }
    assert (found["peer"].peer, found["unknown"].peer) == ("127.0.0.2", "127.0.0.1")
    assert "address" in found["peer"].reason
    assert all(each.reason for each in found.values())
    assert found["unknown"].reason == found["used"].reason


def test_the_living_come_first_then_the_newest_and_no_more_than_asked_for(closed: Running) -> None:
    """However many were refused meanwhile."""

    async def test() -> Sequence[ArrivalJson]:
        async with connected(closed):
            waiting = await newest(closed, lambda arrival: arrival.state == "waiting")
            for _ in range(3):
                await knock(closed, "pcm?token=guess")
            found = await asyncio.to_thread(arrivals, closed, 3)
            assert found[0].number == waiting.number
            return found[1:]

    refused = asyncio.run(test())

    assert [each.code for each in refused] == [401, 401]
    assert refused[0].number == refused[1].number + 1
    for limit in (0, 1001, "x"):
        answer = httpx.get(f"{closed.url}/v1/arrivals", params={"limit": limit}, headers=people(closed))
        assert answer.status_code == 422


def test_only_people_see_who_connects(closed: Running) -> None:
    """Telephony's token opens calls, not pages."""
    for path in ("/v1/arrivals", "/v1/arrivals/stream"):
        assert httpx.get(f"{closed.url}{path}").status_code == 401
        assert httpx.get(f"{closed.url}{path}", headers=telephony(closed)).status_code == 401
