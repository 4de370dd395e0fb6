"""Mail to a real mail server, Slack and Teams to a real HTTPS receiver: only to addresses that were checked."""

import asyncio
import ssl
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from qa_monitor.delivery.jobs import Carried, Job
from qa_monitor.delivery.messages import Carrier, Messages
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.targets import Security, Target, TargetKind
from streams.records import Language
from tests.qa_monitor.delivery.certificates import HOST, self_signed
from tests.qa_monitor.delivery.posting import a_delivery, leading_to
from tests.qa_monitor.mailing import LOG_IN, REFUSED, MailServer, a_mail_server, a_mail_target
from tests.qa_monitor.receiving import a_receiver

FLOW = (
    "/workflows/643e69f83c8944438d68119179a10a64/triggers/manual/paths/invoke?api-version=2016-06-01&sig=KODuebWbDGYF"
)
SLACK = "https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx"


async def sent(target: Target, link: str | None = None, patience_s: float = 45.0) -> Outcome:
    """One delivery; names lead to this machine."""
    channel = Messages(target, link, leading_to("127.0.0.1"), patience_s)
    try:
        return await channel.send(a_delivery())
    finally:
        await channel.close()


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate)
    return made


def test_a_mail_says_what_a_coach_needs_and_nothing_that_was_said() -> None:
    """To every recipient, in their language, under the delivery's key."""

    async def mailed() -> tuple[Outcome, MailServer]:
        async with a_mail_server() as server:
            target = replace(a_mail_target(server.port), language=Language.FR)
            return await sent(target, "https://qa.example"), server

    outcome, server = asyncio.run(mailed())

    assert outcome == Outcome()
    assert sorted(address for mail in server.recipients for address in mail) == [
        "floor@example.com",
        "north@example.com",
    ]
    mail = server.mails[0]
    assert mail["subject"] == "Haute : Veut résilier (confirmée)"
    assert mail["from"] == "qa@example.com"
    assert mail["x-qa-monitor-delivery"] == a_delivery().key
    text = mail.get_content().replace("\r\n", "\n")
    assert "À faire : Écoutez l'appel" in text
    assert "https://qa.example/calls/call-1" in text
    assert "résilier mon" not in text


def test_mail_is_encrypted_and_logged_in_where_the_server_asks_for_it(tls: ssl.SSLContext, certificate: Path) -> None:
    """The certificate must be the name's, by an authority that is believed; a wrong password gets nothing through."""
    user, password = LOG_IN

    async def mailed() -> tuple[list[Outcome], MailServer]:
        async with a_mail_server(tls) as server:
            target = a_mail_target(server.port, HOST, security=Security.STARTTLS, user=user, password=password)
            known = replace(target, ca_file=certificate)
            wrong = a_mail_target(server.port, HOST, security=Security.STARTTLS, user=user, password="wrong")
            tried = (target, known, replace(wrong, ca_file=certificate))
            return [await sent(each) for each in tried], server

    outcomes, server = asyncio.run(mailed())

    nothing = Outcome(problem="no connection, or the log-in was refused", resting=True, unsent=True)
    assert outcomes == [nothing, Outcome(), nothing]
    assert len(server.mails) == 2
    assert server.log_ins == [user, user]


def test_a_refused_recipient_is_told_as_what_it_is() -> None:

    async def mailed() -> Outcome:
        async with a_mail_server() as server:
            return await sent(a_mail_target(server.port, to=(REFUSED,)))

    assert asyncio.run(mailed()) == Outcome(problem="a recipient was refused")


@pytest.mark.parametrize("status", ["202 Accepted", "404 Not Found", "410 Gone", "302 Found\r\nlocation: /elsewhere"])
def test_teams_is_told_by_its_workflow(tls: ssl.SSLContext, certificate: Path, status: str) -> None:
    """One post, to the checked address under the checked name; a redirect is not followed."""

    async def posted() -> tuple[Outcome, list[str]]:
        async with a_receiver(usual=status, tls=tls) as receiver:
            url = f"https://{HOST}:{receiver.port}{FLOW}"
            target = Target(
                name="teams",
                kind=TargetKind.TEAMS,
                url=url,
                networks=(ip_network("127.0.0.0/8"),),
                ca_file=certificate,
            )
            outcome = await sent(target)
            return outcome, [each.body.decode() for each in receiver.received]

    outcome, bodies = asyncio.run(posted())

    code = int(status[:3])
    assert outcome == (Outcome() if code == 202 else Outcome(problem=f"status {code}", hopeless=code == 410))
    assert len(bodies) == 1
    assert "Wants to cancel" in bodies[0]


def a_job(port: int, **changes: object) -> Job:
    given: dict[str, object] = {
        "key": "k",
        "host": "hooks.slack.com",
        "port": 443,
        "addresses": [("127.0.0.1", port)],
        "url": SLACK,
        "mail": None,
        "subject": "High: Wants to cancel",
        "text": "agent-7",
    }
    return Job.model_validate(given | changes)


def test_slack_is_told_by_its_incoming_webhook(tmp_path: Path) -> None:
    """Its name stands in a certificate made for this test; the process goes on for the next message."""
    made = self_signed(tmp_path, "hooks.slack.com")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(made)

    async def posted() -> tuple[list[Carried], list[str]]:
        async with a_receiver(usual="404 Not Found", tls=tls) as receiver:
            carrier = Carrier(made)
            answers = [await carrier.carry(a_job(receiver.port)) for _ in range(2)]
            await carrier.close()
            return answers, [f"{each.line} {each.headers['host']}" for each in receiver.received]

    answers, lines = asyncio.run(posted())

    assert answers == [Carried(taken=False, status=404)] * 2
    assert lines == ["POST /services/T00000000/B00000000/abcdefghijklmnopqrstuvwx HTTP/1.1 hooks.slack.com"] * 2


def test_the_process_connects_to_nothing_but_the_addresses_of_the_message() -> None:
    """Whatever the address in the settings says: its host is not the one that was checked."""

    async def posted() -> tuple[Carried, int]:
        async with a_receiver() as receiver:
            carrier = Carrier(None)
            answer = await carrier.carry(a_job(receiver.port, host="other.example"))
            await carrier.close()
            return answer, len(receiver.received)

    answer, received = asyncio.run(posted())

    assert answer == Carried(taken=False, connected=False)
    assert received == 0


def test_private_addresses_hear_nothing_unless_they_are_allowed() -> None:
    """As for webhooks; mail without encryption goes to the house only."""
    inside = a_mail_target(25)
    forbidden = Outcome(problem="its address is not allowed", hopeless=True, unsent=True)

    assert asyncio.run(sent(replace(inside, networks=()))) == forbidden

    async def outside() -> Outcome:
        return await Messages(inside, None, leading_to("8.8.8.8")).send(a_delivery())

    assert asyncio.run(outside()) == forbidden


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    """The process is ended, and its connection with it."""

    async def hanging() -> Outcome:
        async with a_receiver(usual="hang") as receiver:
            return await sent(a_mail_target(receiver.port), patience_s=4.0)

    assert asyncio.run(hanging()) == Outcome(problem="no answer within 4 s", resting=True)


def test_an_idle_process_ends_and_another_is_started() -> None:
    async def twice() -> list[int | None]:
        carrier = Carrier(None, idle_s=0.0)
        pids = []
        for _ in range(2):
            await carrier.carry(a_job(1, url="https://nowhere.example"))
            process = carrier._process
            pids.append(None if process is None else process.pid)
            if process is not None:
                await process.wait()
        await carrier.close()
        return pids

    first, second = asyncio.run(twice())
    assert first is not None
    assert second is not None
    assert first != second
