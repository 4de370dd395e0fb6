"""Encrypted posts: the certificate must be the host's, by an authority that is believed."""

import asyncio
import shutil
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from qa_monitor.delivery.port import Outcome
from tests.qa_monitor.delivery.test_webhook import leading_to, post
from tests.qa_monitor.receiving import a_receiver, a_target

HOST = "desk.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signed by itself, for `HOST`; key and certificate in one file."""
    return self_signed(tmp_path_factory.mktemp("tls"), HOST)


def self_signed(folder: Path, host: str) -> Path:
    """A certificate for a name, with its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl, to make a certificate")
    key, made, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    words += ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    subprocess.run([openssl, *words, "-keyout", key, "-out", made], check=True, capture_output=True)
    both.write_text(key.read_text() + made.read_text())
    return both


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
