"""Certificates for receivers of the tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

HOST = "desk.example"


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
