"""AudioHook's door, over real sockets: good signatures open it; whatever else comes gets one answer, and no sooner."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from qa_monitor.simulator.signatures import Upgrade
from tests.qa_monitor.door_service import (
    CORRELATION,
    ORGANIZATION,
    SESSION,
    Answer,
    a_service,
    arrivals,
    bearer,
    knock,
    knocked,
    people,
    telephony,
)
from tests.qa_monitor.service import Running

SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU="
OTHER_SECRET = "QW5vdGhlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU="
KEYS = f"""
[audiohook.keys.good-key]
secret = "{SECRET}"
[audiohook.keys.bound-key]
secret = "{SECRET}"
organization = "{ORGANIZATION.upper()}"
[audiohook.keys.other-key]
secret = "{OTHER_SECRET}"
[audiohook.keys.trial-key]
unsigned = true
"""
NOT_AUTHORISED = '{"detail":"not authorised"}'
IDS = {
    "Audiohook-Organization-Id": ORGANIZATION,
    "Audiohook-Session-Id": SESSION,
    "Audiohook-Correlation-Id": CORRELATION,
}


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Genesys connects to it by its own address."""
    with a_service(tmp_path_factory.mktemp("direct"), KEYS) as service:
        yield service


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A proxy stands in front, which takes a prefix off the path."""
    with a_service(tmp_path_factory.mktemp("behind"), f'public_url = "wss://calls.example.com/in"\n{KEYS}') as service:
        yield service


def an_upgrade(service: Running) -> Upgrade:
    return Upgrade(
        target="/v1/streams/audiohook",
        authority=service.url.removeprefix("http://"),
        organization_id=ORGANIZATION,
        session_id=SESSION,
        correlation_id=CORRELATION,
        key="good-key",
        secret=SECRET,
    )


def signed(upgrade: Upgrade, *, age_s: int = 0, nonce: str | None = None, lives_s: int = 10) -> dict[str, str]:
    """The headers of a request signed so long ago."""
    created = int(time.time()) - age_s
    return upgrade.headers(created, nonce or secrets.token_urlsafe(16), created + lives_s)


def without(headers: Mapping[str, str], *names: str) -> dict[str, str]:
    """The headers less some, whatever their case: a server may write `Date` or `date`."""
    unwanted = {name.lower() for name in names}
    return {name: value for name, value in headers.items() if name.lower() not in unwanted}


def spoiled(headers: dict[str, str]) -> dict[str, str]:
    """One letter of the signature changed."""
    proof = headers["Signature"]
    return headers | {"Signature": proof[:10] + ("A" if proof[10] != "A" else "B") + proof[11:]}


Fault = Callable[[Upgrade], dict[str, str]]
FAULTS: Mapping[str, Fault] = {
    "nothing at all": lambda good: dict(IDS),
    "a key and no signature": lambda good: without(signed(good), "Signature", "Signature-Input"),
    "no key": lambda good: without(signed(good), "X-API-KEY"),
    "no proof": lambda good: without(signed(good), "Signature"),
    "no input": lambda good: without(signed(good), "Signature-Input"),
    "a wrong letter": lambda good: spoiled(signed(good)),
    "an unknown key": lambda good: signed(replace(good, key="no-such-key")),
    "another key than signed": lambda good: signed(good) | {"X-API-KEY": "other-key"},
    "the secret of another key": lambda good: signed(replace(good, secret=OTHER_SECRET)),
    "a key without a secret": lambda good: signed(replace(good, key="trial-key")),
    "another path": lambda good: signed(replace(good, target="/v1/streams/twilio")),
    "a query that was not signed": lambda good: signed(replace(good, target="/v1/streams/audiohook?a=b")),
    "another host": lambda good: signed(replace(good, authority="calls.example.com")),
    "another port": lambda good: signed(replace(good, authority="127.0.0.1:1")),
    "another session than signed": lambda good: signed(good) | {"Audiohook-Session-Id": CORRELATION},
    "another organisation than signed": lambda good: signed(good) | {"Audiohook-Organization-Id": CORRELATION},
    "another correlation than signed": lambda good: signed(good) | {"Audiohook-Correlation-Id": SESSION},
    "another organisation than the key's": lambda good: signed(
        replace(good, key="bound-key", organization_id=CORRELATION)
    ),
    "too old": lambda good: signed(good, age_s=12, lives_s=60),
    "of the future": lambda good: signed(good, age_s=-10),
    "expired": lambda good: signed(good, age_s=4, lives_s=2),
    "a short nonce": lambda good: signed(good, nonce="n" * 21),
    "a wrong token instead": lambda good: IDS | bearer("guess"),
}


def test_whatever_is_wrong_gets_one_answer_and_no_sooner(direct: Running) -> None:
    """Half a second, one status, one sentence, the same headers: nothing tells which part was wrong."""

    async def all_of_them() -> list[Answer]:
        good = an_upgrade(direct)
        return await asyncio.gather(*(knock(direct, "audiohook", fault(good)) for fault in FAULTS.values()))

    answers = dict(zip(FAULTS, asyncio.run(all_of_them()), strict=True))

    assert {name: answer.status for name, answer in answers.items()} == dict.fromkeys(FAULTS, 401)
    assert {answer.detail for answer in answers.values()} == {NOT_AUTHORISED}
    assert min(answer.after_s for answer in answers.values()) >= 0.5
    assert len({tuple(without(answer.headers, "date").items()) for answer in answers.values()}) == 1
    assert {each.reason for each in arrivals(direct, limit=len(FAULTS))} == {"not authorised"}


@pytest.mark.parametrize("key", ["good-key", "bound-key"])
def test_a_good_signature_opens_once(direct: Running, key: str) -> None:
    """Its nonce is used up by it, and not by a request that was refused."""
    headers = signed(replace(an_upgrade(direct), key=key))
    assert knocked(direct, "audiohook", spoiled(headers)).status == 401
    opened = knocked(direct, "audiohook", headers)
    again = knocked(direct, "audiohook", headers)

    assert (opened.status, again.status, again.detail) == (101, 401, NOT_AUTHORISED)
    assert opened.after_s < 0.5 <= again.after_s


def test_another_nonce_opens_again(direct: Running) -> None:
    """The same session may come back."""
    assert [knocked(direct, "audiohook", signed(an_upgrade(direct))).status for _ in range(2)] == [101, 101]


def test_a_query_is_part_of_what_is_signed(direct: Running) -> None:
    """As it was sent, escapes and all."""
    target = "/v1/streams/audiohook?team=caf%C3%A9&x=%2F"
    headers = signed(replace(an_upgrade(direct), target=target))

    assert knocked(direct, target.removeprefix("/v1/streams/"), headers).status == 101


def test_without_a_signature_a_key_must_be_marked_or_a_token_be_shown(direct: Running) -> None:
    """For trials, and for sources of one's own."""
    assert knocked(direct, "audiohook", IDS | {"X-API-KEY": "trial-key"}).status == 101
    assert knocked(direct, "audiohook", IDS | telephony(direct)).status == 101
    assert knocked(direct, "audiohook", IDS | people(direct)).status == 401


@pytest.mark.parametrize("missing", ["Audiohook-Session-Id", "Audiohook-Organization-Id"])
def test_a_request_that_is_no_audiohook_names_what_is_missing(direct: Running, missing: str) -> None:
    """At once: there is no secret in that."""
    answer = knocked(direct, "audiohook", without(signed(an_upgrade(direct)), missing))

    assert answer.status == 400
    assert missing.lower() in answer.detail
    assert answer.after_s < 0.5


def test_behind_a_proxy_the_public_address_is_what_is_signed(behind: Running) -> None:
    """With its path; the address as we see it is no longer good."""
    public = replace(an_upgrade(behind), authority="calls.example.com", target="/in/v1/streams/audiohook")

    assert knocked(behind, "audiohook", signed(public)).status == 101
    assert knocked(behind, "audiohook", signed(replace(public, target="/v1/streams/audiohook"))).status == 401
    assert knocked(behind, "audiohook", signed(an_upgrade(behind))).status == 401
