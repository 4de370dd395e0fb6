"""Posts to a real receiver: what arrives, what each answer means, and where nothing is ever sent."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

import pytest

from qa_monitor.delivery.addresses import Address
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.resolving import resolve
from qa_monitor.delivery.signature import sign
from qa_monitor.delivery.webhook import outcome
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.delivery.posting import LINK, leading_to, post
from tests.qa_monitor.receiving import SECRET, Received, a_receiver, a_target


def answered(answer: str, patience_s: float = 15.0) -> tuple[Outcome, list[Received]]:
    """What is made of this answer, and how many requests that took."""

    async def asked() -> tuple[Outcome, list[Received]]:
        async with a_receiver([answer]) as receiver:
            return await post(a_target(receiver.url), patience_s=patience_s), receiver.received

    return asyncio.run(asked())


def test_what_arrives_is_signed_and_says_which_flag() -> None:
    async def sent() -> tuple[Outcome, Received, int]:
        async with a_receiver() as receiver:
            outcome = await post(a_target(receiver.url))
            return outcome, receiver.received[0], receiver.port

    outcome, received, port = asyncio.run(sent())

    assert outcome == Outcome()
    assert received.line == "POST /hook HTTP/1.1"
    assert received.headers["host"] == f"127.0.0.1:{port}"
    assert received.headers["content-type"] == "application/json; charset=utf-8"
    assert received.key == "abcd-1-crm"
    assert received.headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert received.headers["webhook-signature"] == sign(SECRET, received.key, int(NOON.timestamp()), received.body)
    assert received.said["type"] == "flag.confirmed"
    assert received.said["data"]["flag_id"] == "f1"
    assert received.said["data"]["link"] == f"{LINK}/calls/call-1"
    assert "résilier." not in received.body.decode()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("200 OK", Outcome()),
        ("202 Accepted", Outcome()),
        ("400 Bad Request", Outcome(problem="status 400")),
        ("410 Gone", Outcome(problem="status 410", hopeless=True)),
        ("500 Oh", Outcome(problem="status 500", resting=True)),
        ("429 Slow\r\nretry-after: 7", Outcome(problem="status 429", resting=True, retry_after_s=7.0)),
        ("302 Found\r\nlocation: http://169.254.169.254/", Outcome(problem="status 302")),
    ],
)
def test_only_2xx_is_success_and_no_redirect_is_followed(answer: str, expected: Outcome) -> None:
    got, received = answered(answer)

    assert got == expected
    assert len(received) == 1


def test_a_target_that_says_nothing_costs_a_bounded_time() -> None:
    assert answered("hang", 0.2)[0] == Outcome(problem="no answer within 0.2 s", resting=True)


def test_a_target_that_hangs_up_or_is_not_there_is_tried_again_later() -> None:
    hung_up, _ = answered("drop")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    not_there = asyncio.run(post(a_target(f"http://127.0.0.1:{port}/")))

    assert hung_up.resting
    assert str(hung_up.problem).startswith("no connection: ")
    assert not_there == Outcome(problem="no connection: ConnectionRefusedError", resting=True)


def test_a_date_may_say_until_when_to_wait() -> None:
    later = (NOON + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    assert outcome(503, later, NOON).retry_after_s == 90.0
    assert outcome(503, "Mon, 02 Mar 2020 12:00:00 GMT", NOON).retry_after_s == 0.0
    assert [outcome(503, text, NOON).retry_after_s for text in (None, "soon", "-1", "1e9", "")] == [None] * 5


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"],
)
def test_nothing_goes_inside_the_house_unless_its_network_is_named(host: str) -> None:
    """However the address is written."""

    async def tried() -> tuple[Outcome, int]:
        async with a_receiver() as receiver:
            target = replace(a_target(f"https://{host}:{receiver.port}/"), networks=())
            return await post(target), len(receiver.received)

    assert asyncio.run(tried()) == (Outcome(problem="its address is not allowed", hopeless=True), 0)


def test_a_name_that_leads_inside_is_refused_at_every_attempt() -> None:
    """A name server may answer differently each time: what was checked is what is connected to."""
    answers = iter(["127.0.0.1", "127.0.0.2"])
    asked: list[str] = []

    async def changing(host: str, port: int) -> Sequence[Address]:
        asked.append(host)
        return [ip_address(next(answers))]

    async def tried() -> tuple[list[Outcome], int]:
        async with a_receiver() as receiver:
            target = a_target(f"http://desk.example:{receiver.port}/")
            target = replace(target, networks=(ip_network("127.0.0.1/32"),))
            return [await post(target, changing), await post(target, changing)], len(receiver.received)

    assert asyncio.run(tried()) == ([Outcome(), Outcome(problem="its address is not allowed", hopeless=True)], 1)
    assert asked == ["desk.example"] * 2


def test_the_host_is_named_though_the_address_is_connected_to() -> None:
    """And an address that does not answer gives way to the next."""

    async def tried() -> tuple[Outcome, Received, int]:
        async with a_receiver() as receiver:
            by = leading_to("10.0.0.1", "127.0.0.2", "127.0.0.1")  # the first is not allowed, nobody is at the second
            outcome = await post(a_target(f"http://desk.example:{receiver.port}/a%20b?c=d"), by)
            return outcome, receiver.received[0], receiver.port

    outcome, received, port = asyncio.run(tried())

    assert outcome == Outcome()
    assert received.headers["host"] == f"desk.example:{port}"
    assert received.line == "POST /a%20b?c=d HTTP/1.1"


def test_without_encryption_nothing_leaves_the_house() -> None:
    """Even where the name leads outside, and a private network is allowed."""
    target = a_target("http://desk.example:9/")

    assert asyncio.run(post(target, leading_to("9.9.9.9"))).problem == "its address is not allowed"


def test_the_resolver_of_the_system_gives_addresses() -> None:
    found = asyncio.run(resolve("::1", 80))

    assert found == [IPv6Address("::1")]
