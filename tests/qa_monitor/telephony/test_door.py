"""Who may open a websocket at all, over real sockets: every address, every log-in, every refusal in its own words."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from qa_monitor.simulator.signatures import spoiled, twilio_signature
from qa_monitor.telephony.schemas import AnnouncedJson, MadeTokenJson
from tests.qa_monitor.door_service import (
    a_service,
    arrivals,
    bearer,
    knocked,
    people,
    secret_of,
    socket_url,
    telephony,
)
from tests.qa_monitor.service import Running
from tests.streams.sessions import preamble

TWILIO_TOKEN = "12345678901234567890123456789012"
CONFIGURED = f"""
public_url = "wss://calls.example.com/in"
[twilio]
auth_token = "{TWILIO_TOKEN}"
[routes.jambonz]
basic_user = "switch"
basic_password = "a long password"
[routes.lca]
bearer = "a-bearer-of-its-own"
[routes.vonage]
peers = ["192.0.2.0/24"]
[routes.exotel]
peers = ["127.0.0.0/8"]
[routes.audio-fork]
subprotocols = ["audio.pbx.example"]
"""
PLAIN = ("telnyx", "talkdesk", "exotel", "pcm", "pcm/audio-fork", "pcm/audio-stream", "pcm/lca", "pcm/asterisk")
"""Addresses without a check of their own."""
SIGNED_URL = "wss://calls.example.com/in/v1/streams/twilio"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Asks who comes."""
    with a_service(tmp_path_factory.mktemp("data"), CONFIGURED) as service:
        yield service


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def a_tenant(service: Running, name: str, **limits: int) -> dict[str, str]:
    """A token made for a tenant of this name."""
    answer = httpx.post(
        f"{service.url}/v1/tokens", json={"name": name, "tenant": name, **limits}, headers=people(service)
    )
    assert answer.status_code == 201, answer.text
    return bearer(MadeTokenJson.model_validate_json(answer.content).token)


@pytest.mark.parametrize("path", PLAIN)
def test_a_wrong_token_is_refused_before_the_connection_is_open(closed: Running, path: str) -> None:
    """In the header or in the address; the right one opens. Without any, the start message may still carry it."""
    for wrong in (
        knocked(closed, path, bearer("guess")),
        knocked(closed, f"{path}?token=guess"),
        knocked(closed, f"{path}?authorization=Bearer%20guess"),
        knocked(closed, path, basic("anyone", "guess")),
        knocked(closed, path, {"Authorization": "guess"}),
        # telephony's business is not a coach's: that token opens pages, not calls
        knocked(closed, path, people(closed)),
    ):
        assert wrong.status == 401
        assert json.loads(wrong.detail) == {"detail": "wrong token, user or password"}
        assert wrong.headers["www-authenticate"] == 'Bearer, Basic realm="telephony"'
    token = secret_of(closed, "ingest-token")

    assert knocked(closed, path, telephony(closed)).status == 101
    assert knocked(closed, path, basic("anyone", token)).status == 101
    assert knocked(closed, f"{path}?token={token}").status == 101
    assert knocked(closed, f"{path}?authorization=Bearer%20{token}").status == 101
    if path != "pcm/lca":
        assert knocked(closed, path).status == 101


def test_an_address_with_a_log_in_asks_for_it(closed: Running) -> None:
    """User and password, or a bearer of its own; a token of the service will do as well."""
    unknown = knocked(closed, "pcm/jambonz")

    assert unknown.status == 401
    assert "user and password" in unknown.detail
    assert knocked(closed, "pcm/jambonz", basic("switch", "a long password")).status == 101
    assert knocked(closed, "pcm/jambonz", basic("switch", "a long passwore")).status == 401
    assert knocked(closed, "pcm/jambonz", basic("switcher", "a long password")).status == 401
    assert knocked(closed, "pcm/jambonz", telephony(closed)).status == 101
    assert knocked(closed, "pcm/lca").status == 401
    assert knocked(closed, "pcm/lca", bearer("a-bearer-of-its-own")).status == 101
    assert knocked(closed, "pcm/lca?authorization=Bearer%20a-bearer-of-its-own").status == 101
    assert knocked(closed, "pcm/audio-stream", bearer("a-bearer-of-its-own")).status == 401


def test_a_revoked_token_opens_nothing(closed: Running) -> None:
    """From the next connection on."""
    token = a_tenant(closed, "gone")
    assert knocked(closed, "pcm", token).status == 101
    assert httpx.delete(f"{closed.url}/v1/tokens/gone", headers=people(closed)).status_code == 200

    assert knocked(closed, "pcm", token).status == 401


def test_a_token_of_one_call_opens_the_door_until_it_is_spent(closed: Running) -> None:
    """Looking at it does not spend it; its call does."""
    answer = httpx.post(f"{closed.url}/v1/calls", json={"call_id": "once-1"}, headers=telephony(closed))
    ticket = bearer(AnnouncedJson.model_validate_json(answer.content).token)
    assert knocked(closed, "pcm", ticket).status == 101
    assert knocked(closed, "pcm", ticket).status == 101

    with connect(socket_url(closed, "pcm"), additional_headers=ticket) as socket:
        socket.send(preamble(call_id="any"))
        socket.send(json.dumps({"event": "end"}))
        assert not list(socket)
        assert socket.close_code == 1000
    assert knocked(closed, "pcm", ticket).status == 401


def test_twilio_is_let_in_by_the_signature_of_its_public_address(closed: Running) -> None:
    """And by nothing else: not by a token alone, not by the address as we see it."""
    right = twilio_signature(SIGNED_URL, TWILIO_TOKEN)

    for url in (SIGNED_URL, f"{SIGNED_URL}/", SIGNED_URL.replace(".com/", ".com:443/")):
        assert knocked(closed, "twilio", {"X-Twilio-Signature": twilio_signature(url, TWILIO_TOKEN)}).status == 101
    for wrong in (
        {},
        telephony(closed),
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": spoiled(right)},
        {"X-Twilio-Signature": twilio_signature(SIGNED_URL, "another token")},
        {"X-Twilio-Signature": twilio_signature(socket_url(closed, "twilio"), TWILIO_TOKEN)},
        {"X-Twilio-Signature": twilio_signature(SIGNED_URL.replace("wss", "ws"), TWILIO_TOKEN)},
        {"X-Twilio-Signature": twilio_signature(SIGNED_URL.replace("twilio", "telnyx"), TWILIO_TOKEN)},
        {"X-Twilio-Signature": twilio_signature(SIGNED_URL.replace(".com", ".com:8443"), TWILIO_TOKEN)},
    ):
        refused = knocked(closed, "twilio", wrong)
        assert (refused.status, "X-Twilio-Signature" in refused.detail) == (403, True)
    assert knocked(closed, "twilio", {**bearer("guess"), "X-Twilio-Signature": right}).status == 401


@pytest.mark.parametrize("path", ["zoom", "audiosocket", "jambonz", "pcm/zoom", "pcm/pcm", "pcm/twilio"])
def test_an_unknown_address_names_the_known_ones(closed: Running, path: str) -> None:
    """Whoever asks."""
    refused = knocked(closed, path, telephony(closed))

    assert refused.status == 404
    assert "audiohook, twilio, telnyx" in refused.detail
    assert arrivals(closed, limit=1)[0].code == 404


def test_an_address_that_cannot_be_shown_is_none(closed: Running) -> None:
    """It gets no further than the gate."""
    refused = knocked(closed, "pcm/%0a", telephony(closed))

    assert refused.status == 400
    assert "cannot be shown" in refused.detail


def test_peers_are_told_by_their_address(closed: Running) -> None:
    """A right token does not help the wrong machine."""
    refused = knocked(closed, "pcm/vonage", telephony(closed))

    assert (refused.status, "peers" in refused.detail) == (403, True)
    assert knocked(closed, "exotel", telephony(closed)).status == 101


def test_nobody_chooses_the_address_to_be_told_by(closed: Running) -> None:
    """Where no proxy is trusted the header says nothing, neither in a stranger's favour nor against anybody."""
    forged = {**telephony(closed), "X-Forwarded-For": "192.0.2.7"}

    assert knocked(closed, "pcm/vonage", forged).status == 403
    assert knocked(closed, "exotel", forged).status == 101


def test_behind_a_trusted_proxy_peers_are_those_it_speaks_for(tmp_path: Path) -> None:
    """The last entry is the proxy's own word; what stands before it came from whoever it speaks for."""
    with a_service(tmp_path, CONFIGURED, trusted_proxies="127.0.0.0/8") as service:
        told = {
            told: knocked(service, path, {**telephony(service), "X-Forwarded-For": told}).status
            for path, told in (
                ("pcm/vonage", "192.0.2.7"),
                ("pcm/vonage", "198.51.100.1"),
                ("pcm/vonage", "192.0.2.7, 198.51.100.1"),
                ("pcm/vonage", "nobody"),
                ("exotel", "198.51.100.2"),
            )
        }
        beside_it = knocked(service, "exotel", telephony(service)).status

    assert list(told.values()) == [101, 403, 403, 403, 403]
    assert beside_it == 101  # nobody is spoken for: the proxy itself, which is among these peers


@pytest.mark.parametrize(
    ("path", "offered", "chosen"),
    [
        ("pcm/asterisk", ["media"], "media"),
        ("pcm/asterisk", ["other", "media"], "media"),
        ("pcm/asterisk", [], None),
        ("pcm/jambonz", ["audio.jambonz.org"], "audio.jambonz.org"),
        ("pcm/audio-fork", ["audio.drachtio.org"], "audio.drachtio.org"),
        ("pcm/audio-fork", ["audiostream.drachtio.org"], "audiostream.drachtio.org"),
        ("pcm/audio-fork", ["audio.pbx.example"], "audio.pbx.example"),
        ("pcm/asterisk", ["audio.pbx.example"], None),
        ("pcm/audio-stream", ["audio.drachtio.org"], None),
        ("pcm", ["media"], None),
        ("telnyx", ["media"], None),
    ],
)
def test_a_sub_protocol_is_chosen_from_those_offered(
    closed: Running, path: str, offered: list[str], chosen: str | None
) -> None:
    """The first that we know, which an operator can add to; never one that was not offered."""
    opened = knocked(closed, path, telephony(closed), offered)

    assert (opened.status, opened.subprotocol) == (101, chosen)


def test_a_tenant_with_all_its_calls_live_is_told_to_come_later(closed: Running) -> None:
    """Before its connection is open; others come in."""
    token = a_tenant(closed, "one-only", max_calls=1)
    with connect(socket_url(closed, "pcm"), additional_headers=token) as socket:
        socket.send(preamble(call_id="only"))
        socket.send(bytes(3200))
        socket.ping().wait(5)
        refused = knocked(closed, "pcm", token)
        other = knocked(closed, "pcm", telephony(closed))
        socket.send(json.dumps({"event": "end"}))
        assert not list(socket)

    assert (refused.status, "1 calls at once" in refused.detail) == (503, True)
    assert other.status == 101
    assert knocked(closed, "pcm", token).status == 101


def test_a_full_service_says_so_on_every_address(closed: Running, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With 503, at once."""
    with a_service(tmp_path_factory.mktemp("full"), open_loopback=True, max_calls=1) as service:
        with connect(socket_url(service, "pcm")) as socket:
            socket.send(preamble(call_id="only"))
            socket.ping().wait(5)
            headers = {"Audiohook-Organization-Id": "o", "Audiohook-Session-Id": "s"}
            for path in ("audiohook", "twilio", "pcm/jambonz", "pcm/vonage", *PLAIN):
                refused = knocked(service, path, headers)
                assert (refused.status, refused.detail) == (503, '{"detail":"no room for another call"}')
        assert {arrival.code for arrival in arrivals(service) if arrival.state == "refused"} == {503}


def test_every_refusal_is_counted_and_shown_with_its_reason(closed: Running) -> None:
    """By status for the metrics, by address for the page; no secret in either."""
    before = _counted(closed, "401")
    knocked(closed, "pcm/asterisk?token=hidden-guess", offered=["media"])
    latest = arrivals(closed, limit=1)[0]

    assert (latest.dialect, latest.peer, latest.state, latest.code) == ("asterisk", "127.0.0.1", "refused", 401)
    assert latest.reason == "wrong token, user or password"
    assert latest.ended_at is not None
    assert _counted(closed, "401") == before + 1
    told = httpx.get(f"{closed.url}/v1/arrivals", headers=people(closed)).text
    assert not any(secret in told for secret in ("hidden-guess", secret_of(closed, "ingest-token"), TWILIO_TOKEN))


def test_behind_a_trusted_proxy_arrivals_show_who_really_connected(tmp_path: Path) -> None:
    """Both those who come in and those who are turned away; what a stranger wrote before it is nothing."""
    with a_service(tmp_path, trusted_proxies="127.0.0.0/8") as service:
        forwarded = {"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}
        assert knocked(service, "pcm", {**telephony(service), **forwarded}).status == 101
        assert knocked(service, "pcm", {**bearer("wrong"), **forwarded}).status == 401
        assert knocked(service, "nowhere", forwarded).status == 404
        shown = arrivals(service, limit=3)

    assert {arrival.peer for arrival in shown} == {"192.0.2.7"}
    assert len(shown) == 3


def _counted(service: Running, reason: str) -> float:
    metrics = httpx.get(f"{service.url}/metrics", headers=people(service)).text
    lines = [line for line in metrics.splitlines() if "refused" in line and f'reason="{reason}"' in line]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if "created" not in line)
