"""Signatures: as the specification says, whatever is signed; secrets are told to nobody."""

import base64
import hashlib
import hmac
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.delivery.signature import PREFIX, headers, new_secret, read_secrets, sign
from tests.reference import ROOT

SECRETS = st.binary(min_size=24, max_size=64)
KEYS = st.from_regex(r"[0-9a-f]{8}-[1-9][0-9]{0,9}-[a-z0-9-]{1,40}", fullmatch=True)
SECONDS = st.integers(0, 2**40)
PAGE = ROOT / "docs" / "delivery.md"


def written(secret: bytes) -> str:
    return PREFIX + base64.b64encode(secret).decode()


def example(page: Path) -> str:
    """The verification that the documentation offers."""
    (found,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def verify() -> object:
    names: dict[str, object] = {}
    exec(compile(example(PAGE), "delivery.md", "exec"), names)
    return names["is_genuine"]


def genuine(verify: object, sent: dict[str, str], body: bytes, secret: bytes, now: float) -> bool:
    assert callable(verify)
    return bool(verify(sent, body, written(secret), now))


def test_a_signature_is_the_one_of_the_specification() -> None:
    """Secret, id, time and body from its own libraries' examples."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signature = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b'{"test": 2432232314}')

    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(secret=SECRETS, key=KEYS, at_s=SECONDS, body=st.binary())
def test_the_example_of_the_documentation_accepts_what_is_sent(
    verify: object, secret: bytes, key: str, at_s: int, body: bytes
) -> None:
    sent = dict(headers([secret], key, at_s, body))

    assert genuine(verify, sent, body, secret, at_s + 299)
    assert not genuine(verify, sent, body, secret, at_s + 301)
    assert not genuine(verify, sent, body, secret, at_s - 301)


@given(pair=st.tuples(SECRETS, SECRETS), key=KEYS, at_s=SECONDS, body=st.binary(), place=st.integers(0))
def test_the_example_refuses_whatever_was_changed(
    verify: object, pair: tuple[bytes, bytes], key: str, at_s: int, body: bytes, place: int
) -> None:
    """Body, id, time, or the wrong secret."""
    secret, other = pair
    sent = dict(headers([secret], key, at_s, body))
    changed = bytearray(body or b"x")
    changed[place % len(changed)] ^= 1

    assert not genuine(verify, sent, bytes(changed), secret, at_s)
    assert not genuine(verify, {**sent, "webhook-id": key + "0"}, body, secret, at_s)
    assert not genuine(verify, {**sent, "webhook-timestamp": str(at_s + 1)}, body, secret, at_s)
    assert genuine(verify, sent, body, other, at_s) == (hashlib_key(other) == hashlib_key(secret))


def hashlib_key(secret: bytes) -> bytes:
    """Secrets that differ in zeros at their end alone are one to HMAC."""
    return hmac.digest(secret, b"", hashlib.sha256)


@given(old=SECRETS, new=SECRETS, key=KEYS, body=st.binary())
def test_while_a_secret_is_changed_either_verifies(
    verify: object, old: bytes, new: bytes, key: str, body: bytes
) -> None:
    sent = dict(headers([new, old], key, 1_000, body))

    assert genuine(verify, sent, body, old, 1_000)
    assert genuine(verify, sent, body, new, 1_000)


@given(secrets=st.lists(SECRETS, min_size=1, max_size=3))
def test_secrets_are_read_as_they_are_written(secrets: list[bytes]) -> None:
    assert read_secrets("\n".join(written(secret) for secret in secrets) + "\n") == tuple(secrets)


def test_a_new_secret_can_be_used() -> None:
    (secret,) = read_secrets(new_secret())

    assert len(secret) == 32


@pytest.mark.parametrize("text", ["", "hunter2", "whsec_hunter2", "whsec_" + "QUJD" * 7, "whsec_" + "QUJD" * 22])
def test_a_bad_secret_is_refused_without_telling_it(text: str) -> None:
    if len(text) == len("whsec_") + 28:
        text = text[:-8]  # 15 bytes
    with pytest.raises(ValueError, match="allowed|empty") as caught:
        read_secrets(text)

    assert "hunter2" not in str(caught.value)
    assert "QUJD" not in str(caught.value)
    assert caught.value.__cause__ is None
