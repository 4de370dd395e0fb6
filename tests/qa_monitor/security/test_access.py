"""Who gets in over real sockets: people, programs, telephony; and who does not."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from qa_monitor.security.sessions import COOKIE
from qa_monitor.security.throttle import FAILURES
from qa_monitor.simulator.scenario import StreamProtocol
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import BOTH, a_planned_call, detail, dictated
from tests.qa_monitor.service import Running, running, settings_for
from tests.streams.sessions import preamble, start

NAME = "en-2-charged-twice"
PROTOCOLS = BOTH
QUIET = a_planned_call(NAME, until_s=0.4)
Closed = tuple[int | None, str | None]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service that asks who comes."""
    folder = tmp_path_factory.mktemp("closed")
    with running(settings_for(folder, open_loopback=False, max_calls=2), dictated(NAME, QUIET)) as service:
        yield service


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def access(service: Running) -> str:
    return (service.settings.data_dir / "access-token").read_text().strip()


def ingest(service: Running) -> str:
    return (service.settings.data_dir / "ingest-token").read_text().strip()


def streams(service: Running, protocol: StreamProtocol) -> str:
    return f"{service.url.replace('http', 'ws')}/v1/streams/{protocol}"


def opening(protocol: StreamProtocol, call_id: str, token: object = None) -> str:
    """The first message of a call."""
    if protocol is StreamProtocol.PCM:
        return preamble(call_id=call_id, token=token)
    return start({"call_id": call_id, **({} if token is None else {"token": token})})


async def how_it_closes(socket: ClientConnection) -> Closed:
    async with asyncio.timeout(10):
        await socket.wait_closed()
    return socket.close_code, socket.close_reason


async def live(service: Running, call_id: str) -> None:
    """Until the service says that this call is live."""
    async with console(service.url, token=f"Bearer {access(service)}") as listener:
        await listener.until(lambda told: call_id in json.dumps(told.data) and "live" in json.dumps(told.data))


async def refused(service: Running, protocol: StreamProtocol, headers: Mapping[str, str]) -> int:
    """The status that answers the upgrade."""
    with pytest.raises(InvalidStatus) as caught:
        async with connect(streams(service, protocol), additional_headers=headers):
            pass
    return caught.value.response.status_code


def test_strangers_see_the_log_in_page_and_nothing_else(closed: Running) -> None:
    """401 for programs, a redirect for pages."""
    with httpx.Client(base_url=closed.url) as client:
        assert {
            client.get(path).status_code for path in ("/v1/calls", "/v1/flags/stream", "/metrics", "/openapi.json")
        } == {401}
        assert client.get("/").headers["location"] == "/login?next=/"
        assert client.get("/login").status_code == 200
        assert client.get("/healthz").status_code == 200
        assert client.post("/v1/flags/f/acknowledge").status_code == 401


def test_the_access_token_lets_programs_in_and_the_ingest_token_does_not(closed: Running) -> None:
    """Telephony has no business with transcripts."""
    assert httpx.get(f"{closed.url}/v1/calls", headers=bearer(access(closed))).status_code == 200
    assert httpx.get(f"{closed.url}/openapi.json", headers=bearer(access(closed))).json()["paths"]
    assert httpx.get(f"{closed.url}/v1/calls", headers=bearer(ingest(closed))).status_code == 401


def test_the_log_in_page_exchanges_the_token_for_a_cookie(closed: Running) -> None:
    """Which scripts cannot read and other sites cannot send; logging out ends it."""
    with httpx.Client(base_url=closed.url) as client:
        answer = client.post("/login", data={"token": f" {access(closed)} ", "next": "/calls/c-1"})
        cookie = answer.headers["set-cookie"].lower()

        assert (answer.status_code, answer.headers["location"]) == (303, "/calls/c-1")
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert client.get("/v1/calls").status_code == 200
        with client.stream("GET", "/v1/flags/stream") as stream:
            assert stream.status_code == 200
        value = client.cookies[COOKIE]
        assert client.post("/logout").headers["location"] == "/login"
        assert httpx.get(f"{closed.url}/v1/calls", headers={"cookie": f"{COOKIE}={value}"}).status_code == 401


@pytest.mark.parametrize(
    "where", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_the_log_in_page_never_sends_anyone_elsewhere(closed: Running, where: str) -> None:
    """Whatever `next` says."""
    answer = httpx.post(f"{closed.url}/login", data={"token": access(closed), "next": where})

    assert answer.headers["location"] == "/"


def test_other_sites_cannot_act(closed: Running) -> None:
    """Neither post with the right token, nor open a stream of telephony."""
    headers = {**bearer(access(closed)), "Origin": "https://evil.example"}

    assert httpx.post(f"{closed.url}/v1/flags/f/acknowledge", headers=headers).status_code == 403
    for protocol in PROTOCOLS:
        assert (
            asyncio.run(refused(closed, protocol, {**bearer(ingest(closed)), "Origin": "https://evil.example"})) == 403
        )


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_wrong_ingest_token_does_not_even_get_a_websocket(closed: Running, protocol: StreamProtocol) -> None:
    """401 on the upgrade; the access token is wrong here."""
    for wrong in ("guess", access(closed)):
        assert asyncio.run(refused(closed, protocol, bearer(wrong))) == 401


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("token", [None, "guess", "", "\ud800", 7, ["x"]])
def test_a_call_without_the_right_token_is_refused(closed: Running, protocol: StreamProtocol, token: object) -> None:
    """1008 after its first message; nothing is kept of it."""

    async def test() -> Closed:
        async with connect(streams(closed, protocol)) as socket:
            await socket.send(opening(protocol, "no-token", token))
            return await how_it_closes(socket)

    code, _ = asyncio.run(test())
    assert code in (1007, 1008)
    assert httpx.get(f"{closed.url}/v1/calls/no-token", headers=bearer(access(closed))).status_code == 404


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("place", ["header", "message"])
def test_the_ingest_token_opens_a_call(closed: Running, protocol: StreamProtocol, place: str) -> None:
    """In the header of the upgrade, or in the first message, for those that can set no header."""
    call_id = f"token-{protocol}-{place}"
    token = ingest(closed)

    async def test() -> Closed:
        headers = bearer(token) if place == "header" else {}
        async with connect(streams(closed, protocol), additional_headers=headers) as socket:
            await socket.send(opening(protocol, call_id, token if place == "message" else None))
            await live(closed, call_id)
            ending = {"event": "end"} if protocol is StreamProtocol.PCM else {"event": "stop", "streamSid": "MZ1"}
            await socket.send(json.dumps(ending))
            return await how_it_closes(socket)

    assert asyncio.run(test())[0] == 1000
    assert detail(closed.url, call_id, access(closed)).call.call_id == call_id


def test_a_live_id_and_a_call_too_many_are_refused_and_an_ended_id_comes_again(closed: Running) -> None:
    """1008 for the twin; 503 on the upgrade when no call more may begin; `~2` afterwards."""
    headers = bearer(ingest(closed))
    address = streams(closed, StreamProtocol.PCM)

    async def test() -> None:
        async with console(closed.url, token=f"Bearer {access(closed)}") as listener:
            # calls of tests before end shortly after their connections
            await listener.until(lambda told: told.event == "heartbeat" and told.data["calls_live"] == 0)
        async with connect(address, additional_headers=headers) as first:
            await first.send(preamble(call_id="twin"))
            await live(closed, "twin")
            async with connect(address, additional_headers=headers) as second:
                await second.send(preamble(call_id="twin"))
                assert (await how_it_closes(second))[0] == 1008
            async with connect(address, additional_headers=headers) as third:
                await third.send(preamble(call_id="other"))
                await live(closed, "other")
                assert await refused(closed, StreamProtocol.PCM, headers) == 503
                assert await refused(closed, StreamProtocol.TWILIO, headers) == 503
                await third.send(json.dumps({"event": "end"}))
                await how_it_closes(third)
            await first.send(json.dumps({"event": "end"}))
            await how_it_closes(first)
        async with console(closed.url, token=f"Bearer {access(closed)}") as listener:
            # the calls end shortly after their connections
            await listener.until(lambda told: told.event == "heartbeat" and told.data["calls_live"] == 0)
        async with connect(address, additional_headers=headers) as again:
            await again.send(preamble(call_id="twin"))
            await live(closed, "twin~2")
            await again.send(json.dumps({"event": "end"}))
            await how_it_closes(again)

    asyncio.run(test())
    assert detail(closed.url, "twin~2", access(closed)).call.state in ("live", "ended")


def test_guessing_the_access_token_is_slowed_down(tmp_path: Path) -> None:
    """After ten wrong ones not even the right one is looked at for a minute; who is in stays in."""
    with (
        running(settings_for(tmp_path, open_loopback=False), dictated(NAME, QUIET)) as service,
        httpx.Client(base_url=service.url) as inside,
    ):
        inside.post("/login", data={"token": access(service)})
        answers = [httpx.post(f"{service.url}/login", data={"token": f"guess-{n}"}) for n in range(FAILURES + 1)]
        right = httpx.post(f"{service.url}/login", data={"token": access(service)})

        assert [answer.headers["location"] for answer in answers] == [
            *["/login?error=wrong&next=/"] * FAILURES,
            "/login?error=slow&next=/",
        ]
        assert right.headers["location"].startswith("/login?error=slow")
        assert "set-cookie" not in right.headers
        assert inside.get("/v1/calls").status_code == 200


def test_in_open_loopback_other_names_for_this_machine_are_refused(tmp_path: Path) -> None:
    """A page elsewhere that points its name here gets nothing; telephony tools on this machine come in."""
    with running(settings_for(tmp_path), dictated(NAME, QUIET)) as service:
        other = {"Host": "evil.example"}
        assert httpx.get(f"{service.url}/v1/calls", headers=other).status_code == 403
        assert httpx.get(f"{service.url}/v1/calls").status_code == 200
        assert asyncio.run(refused(service, StreamProtocol.PCM, {"Origin": "https://evil.example"})) == 403
