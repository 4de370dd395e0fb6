"""Encrypted posts: the certificate must be the host's, by an authority that is believed."""

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from qa_monitor.delivery.port import Outcome
from tests.qa_monitor.delivery.certificates import HOST
from tests.qa_monitor.delivery.posting import leading_to, post
from tests.qa_monitor.receiving import a_receiver, a_target


def posted(certificate: Path, host: str, *, believed: bool) -> tuple[Outcome, int]:
    """To a receiver with this certificate, under this name."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)

    async def sent() -> tuple[Outcome, int]:
        async with a_receiver(tls=tls) as receiver:
            target = a_target(f"https://{host}:{receiver.port}/hook")
            target = replace(target, ca_file=certificate if believed else None)
            return await post(target, leading_to("127.0.0.1")), len(receiver.received)

    return asyncio.run(sent())


def test_the_certificate_of_the_name_is_believed_at_the_checked_address(certificate: Path) -> None:
    assert posted(certificate, HOST, believed=True) == (Outcome(), 1)


@pytest.mark.parametrize(("host", "believed"), [("other.example", True), (HOST, False)])
def test_another_name_or_authority_gets_nothing(certificate: Path, host: str, believed: bool) -> None:
    outcome, received = posted(certificate, host, believed=believed)

    assert outcome == Outcome(problem="no connection: SSLCertVerificationError", resting=True)
    assert received == 0
