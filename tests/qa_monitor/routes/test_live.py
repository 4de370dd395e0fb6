"""Announcing calls and acting on them, over real sockets: for people, for telephony, and for nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect

from qa_monitor.telephony.schemas import AnnouncedJson, MadeTokenJson, TokensJson
from streams.records import Language, Speaker
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import detail
from tests.qa_monitor.service import Running, running, settings_for
from tests.streams.sessions import preamble

VERBS = ["pause", "resume", "off-record"]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service that asks who comes; nobody speaks in its calls."""
    nobody = Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR)
    settings = settings_for(tmp_path_factory.mktemp("data"), open_loopback=False, audiosocket_port="off")
    with running(settings, lambda _: nobody.engine()) as service:
        yield service


def token_of(service: Running, name: str) -> str:
    return (service.settings.data_dir / name).read_text().strip()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def people(service: Running) -> dict[str, str]:
    return bearer(token_of(service, "access-token"))


def a_tenant(service: Running, tenant: str, **limits: int) -> dict[str, str]:
    """A token made for this tenant."""
    body = {"name": f"{tenant}-{uuid4().hex[:6]}", "tenant": tenant, **limits}
    answer = httpx.post(f"{service.url}/v1/tokens", json=body, headers=people(service))
    assert answer.status_code == 201, answer.text
    return bearer(MadeTokenJson.model_validate_json(answer.content).token)


def announce(service: Running, headers: Mapping[str, str], **body: object) -> httpx.Response:
    return httpx.post(f"{service.url}/v1/calls", json=body, headers=headers)


def announced(service: Running, headers: Mapping[str, str], **body: object) -> AnnouncedJson:
    answer = announce(service, headers, **body)
    assert answer.status_code == 201, answer.text
    return AnnouncedJson.model_validate_json(answer.content)


def act(service: Running, headers: Mapping[str, str], call_id: str, verb: str, body: object = None) -> int:
    return httpx.post(f"{service.url}/v1/calls/{call_id}/{verb}", json=body, headers=headers).status_code


def pcm(service: Running, **headers: str) -> connect:
    return connect(f"{service.url.replace('http', 'ws')}/v1/streams/pcm", additional_headers=headers)


@asynccontextmanager
async def live_call(service: Running, known_as: str, **message: object) -> AsyncIterator[ClientConnection]:
    """A call over the plain protocol, until the block ends; `known_as`: its id at the service."""
    async with pcm(service) as socket:
        await socket.send(preamble(**message))
        async with console(service.url, token=people(service)["Authorization"]) as listener:
            await listener.until(lambda told: known_as in json.dumps(told.data) and "live" in json.dumps(told.data))
        yield socket
        await socket.send(json.dumps({"event": "end"}))
        await socket.wait_closed()


async def turned_away(service: Running, **message: object) -> tuple[int | None, str | None]:
    """The code and reason with which a start is refused."""
    async with pcm(service) as socket, asyncio.timeout(10):
        await socket.send(preamble(**message))
        await socket.wait_closed()
    return socket.close_code, socket.close_reason


def test_people_and_telephony_may_announce_and_nobody_else(closed: Running) -> None:
    """The access token, the installation's ingest token, a tenant's token."""
    for headers in (people(closed), bearer(token_of(closed, "ingest-token")), a_tenant(closed, "acme")):
        found = announced(closed, headers)
        assert found.call_id.startswith("call-")
        assert len(found.token) >= 32
        assert found.audiosocket is None
        assert 290 < (found.expires_at - datetime.now(UTC)).total_seconds() <= 301
    for nobody in ({}, bearer("guess"), bearer(announced(closed, people(closed)).token)):
        assert announce(closed, nobody).status_code == 401


def test_a_tenant_s_token_reads_nothing_and_makes_no_tokens(closed: Running) -> None:
    """Telephony has no business with transcripts."""
    headers = a_tenant(closed, "acme")

    for path in ("/v1/calls", "/v1/flags", "/v1/tokens", "/metrics", "/v1/calls/x", "/v1/calls/x/pause"):
        assert httpx.get(f"{closed.url}{path}", headers=headers).status_code == 401
    assert httpx.post(f"{closed.url}/v1/tokens", json={"name": "x"}, headers=headers).status_code == 401
    assert httpx.delete(f"{closed.url}/v1/tokens/x", headers=headers).status_code == 401
    assert httpx.post(f"{closed.url}/v1/flags/f/acknowledge", headers=headers).status_code == 401


def test_a_tenant_s_token_announces_for_its_tenant_only(closed: Running) -> None:
    """Unless it says so itself, the call is its tenant's."""
    refused = announce(closed, a_tenant(closed, "acme"), tenant="other")

    assert refused.status_code == 403
    assert "'other'" in refused.json()["detail"]
    assert announce(closed, a_tenant(closed, "acme"), tenant="acme").status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"call_id": "a b"}, "call_id"),
        ({"call_id": ""}, "call_id"),
        ({"language": "de"}, "language"),
        ({"direction": "sideways"}, "direction"),
        ({"channels": ["agent", "agent"]}, "channels"),
        ({"channels": []}, "channels"),
        ({"notice": "shouted"}, "notice"),
        ({"consent": 1}, "consent"),
        ({"expires_in_s": 0}, "expires_in_s"),
        ({"expires_in_s": 3601}, "expires_in_s"),
        ({"agent_id": "a\nb"}, "agent_id"),
        ({"team": "x" * 129}, "team"),
        ({"metadata": {"session_id": "x"}}, "metadata"),
        ({"metadata": {f"k{number}": "v" for number in range(33)}}, "metadata"),
        ({"metadata": {"k": "v" * 513}}, "metadata"),
        ({"audiosocket": True, "channels": ["unknown", "unknown"]}, "channels"),
        ({"agent": "misspelt"}, "agent"),
    ],
)
def test_a_bad_field_is_named(closed: Running, body: dict[str, object], field: str) -> None:
    """With what was found and what is allowed."""
    answer = announce(closed, people(closed), **body)

    assert answer.status_code == 422
    assert field in answer.text
    assert all({"loc", "msg", "input"} <= set(problem) for problem in answer.json()["detail"])


def test_what_was_announced_is_known_of_the_call(closed: Running) -> None:
    """Its one-time token opens it once; afterwards its id is taken."""
    headers = a_tenant(closed, "acme")
    ticket = announced(
        closed,
        headers,
        call_id="told-1",
        agent_id="agent-9",
        team="south",
        language="en-GB",
        direction="outbound",
        notice="played",
        consent="granted",
        consent_source="IVR menu 3",
        metadata={"queue": "vip"},
    )
    assert announce(closed, headers, call_id="told-1").status_code == 409

    async def test() -> tuple[int | None, str | None]:
        async with live_call(closed, "told-1", call_id="from-the-start", token=ticket.token):
            assert announce(closed, headers, call_id="told-1").status_code == 409
            return await turned_away(closed, call_id="again", token=ticket.token)

    code, reason = asyncio.run(test())
    assert code == 1008
    assert "spent" in str(reason)
    call = detail(closed.url, "told-1", token_of(closed, "access-token")).call
    assert (call.tenant, call.agent_id, call.team, call.language) == ("acme", "agent-9", "south", "en")
    assert (call.direction, call.notice, call.consent) == ("outbound", "played", "granted")
    assert announce(closed, headers, call_id="told-1").status_code == 409


def test_telephony_says_what_the_customer_answered_and_nobody_else(closed: Running) -> None:
    """For its own calls, while they go on; an objection is taken afterwards, too, a consent is not."""
    mine, other = a_tenant(closed, "acme"), a_tenant(closed, "other")
    ticket = announced(closed, mine, call_id="asked-1")
    no: dict[str, object] = {"consent": "refused", "source": "ivr", "by": "menu 3", "reference": "v2"}
    yes: dict[str, object] = {"consent": "granted", "source": "agent"}

    async def test() -> list[int]:
        async with live_call(closed, "asked-1", call_id="from-the-start", token=ticket.token):
            told = [act(closed, headers, "asked-1", "consent", no) for headers in ({}, other, mine, people(closed))]
            bad = [
                act(closed, mine, "asked-1", "consent", body)
                for body in (yes, yes | {"notice": "played"}, no | {"source": "me"})
            ]
            return [*told, *bad]

    assert asyncio.run(test()) == [401, 404, 200, 200, 409, 409, 422]
    kept = detail(closed.url, "asked-1", token_of(closed, "access-token"))
    assert [(one.consent, one.source, one.by) for one in kept.consents] == [
        ("granted", "announced", ""),
        ("refused", "ivr", "menu 3"),
        ("refused", "ivr", "menu 3"),
    ]
    after = [act(closed, headers, "asked-1", "consent", no) for headers in (other, mine)]
    assert after == [404, 200]
    assert act(closed, mine, "asked-1", "consent", yes | {"notice": "played"}) == 409
    assert act(closed, mine, "no-such-call", "consent", no) == 404


def test_a_call_announced_as_not_to_be_followed_is_closed_as_normal(closed: Running) -> None:
    """And nothing is kept of it."""
    ticket = announced(closed, people(closed), call_id="private", followed=False, reason="sampling")

    assert asyncio.run(turned_away(closed, call_id="x", token=ticket.token)) == (
        1000,
        "this call was announced as not to be followed",
    )
    kept = httpx.get(f"{closed.url}/v1/calls/private", headers=people(closed))
    assert kept.status_code == 404


def test_audiosocket_ids_are_given_per_side_for_a_minute(closed: Running) -> None:
    """Customer and agent, unless one side alone was announced."""
    both = announced(closed, people(closed), audiosocket=True, expires_in_s=3600)
    one = announced(closed, people(closed), audiosocket=True, channels=["customer"])

    assert both.audiosocket is not None
    assert set(both.audiosocket) == {Speaker.CUSTOMER, Speaker.AGENT}
    assert all(isinstance(leg, UUID) for leg in both.audiosocket.values())
    assert (both.expires_at - datetime.now(UTC)).total_seconds() <= 61
    assert one.audiosocket is not None
    assert set(one.audiosocket) == {Speaker.CUSTOMER}


@pytest.mark.parametrize("verb", VERBS)
def test_a_live_call_is_acted_on_by_people_and_by_its_own_tenant(closed: Running, verb: str) -> None:
    """To another tenant it is not there; nor is a call that is over, or was only announced."""
    ours, theirs = a_tenant(closed, "acme"), a_tenant(closed, "other")
    name = f"live-{verb}"
    ticket = announced(closed, ours, call_id=name)
    assert act(closed, ours, name, verb) == 404

    async def test() -> None:
        async with live_call(closed, name, call_id="x", token=ticket.token):
            for headers in (ours, people(closed), bearer(token_of(closed, "ingest-token"))):
                assert await asyncio.to_thread(act, closed, headers, name, verb) == 204
            assert await asyncio.to_thread(act, closed, theirs, name, verb) == 404
            assert await asyncio.to_thread(act, closed, {}, name, verb) == 401

    asyncio.run(test())
    assert act(closed, people(closed), "no-such-call", verb) == 404


def test_a_transfer_names_the_next_agent(closed: Running) -> None:
    """Without one it is refused; the call shows who has it now."""
    ours = a_tenant(closed, "acme")
    ticket = announced(closed, ours, call_id="handed-on", agent_id="first")

    async def test() -> None:
        async with live_call(closed, "handed-on", call_id="x", token=ticket.token):
            hand_on = {"agent_id": "second", "team": "west"}
            assert await asyncio.to_thread(act, closed, ours, "handed-on", "transfer", {"agent_id": ""}) == 422
            assert await asyncio.to_thread(act, closed, a_tenant(closed, "b"), "handed-on", "transfer", hand_on) == 404
            assert await asyncio.to_thread(act, closed, ours, "handed-on", "transfer", hand_on) == 204
            async with console(closed.url, token=people(closed)["Authorization"]) as listener:
                await listener.until(lambda told: '"second"' in json.dumps(told.data))

    asyncio.run(test())
    call = detail(closed.url, "handed-on", token_of(closed, "access-token")).call
    assert (call.agent_id, call.team) == ("second", "west")


def test_tokens_are_made_listed_and_revoked(closed: Running) -> None:
    """Shown once; a revoked one opens nothing from then on."""
    made = httpx.post(f"{closed.url}/v1/tokens", json={"name": "once", "tenant": "acme"}, headers=people(closed))
    token = MadeTokenJson.model_validate_json(made.content)
    again = httpx.post(f"{closed.url}/v1/tokens", json={"name": "once"}, headers=people(closed))
    listed = httpx.get(f"{closed.url}/v1/tokens", headers=people(closed))

    assert (made.status_code, again.status_code) == (201, 409)
    assert "once" in {each.name for each in TokensJson.model_validate_json(listed.content).tokens}
    assert token.token not in listed.text
    assert "sha256" not in made.text + listed.text
    assert announce(closed, bearer(token.token)).status_code == 201
    revoked = httpx.delete(f"{closed.url}/v1/tokens/once", headers=people(closed))
    assert revoked.json()["revoked"]
    assert announce(closed, bearer(token.token)).status_code == 401
    assert httpx.delete(f"{closed.url}/v1/tokens/never-made", headers=people(closed)).status_code == 404
    bad = httpx.post(f"{closed.url}/v1/tokens", json={"name": "x", "max_calls": 0}, headers=people(closed))
    assert bad.status_code == 422


def test_a_tenant_s_token_opens_calls_up_to_its_limit(closed: Running) -> None:
    """The one too many is told why; its place is free when a call is over."""
    token = a_tenant(closed, "acme", max_calls=1)["Authorization"].split()[1]

    async def test() -> tuple[int | None, str | None]:
        async with live_call(closed, "full-1", call_id="full-1", token=token):
            refused = await turned_away(closed, call_id="full-2", token=token)
        async with live_call(closed, "full-3", call_id="full-3", token=token):
            return refused

    code, reason = asyncio.run(test())
    assert code == 1008
    assert "may have 1 calls at once" in str(reason)
    assert detail(closed.url, "full-3", token_of(closed, "access-token")).call.tenant == "acme"


def test_other_sites_cannot_announce(closed: Running) -> None:
    """Not even with the right token."""
    headers = {**people(closed), "Origin": "https://evil.example"}

    assert announce(closed, headers).status_code == 403
