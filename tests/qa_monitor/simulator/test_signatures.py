"""Requests are signed as the vendors sign them: against answers they published."""

import pytest

from qa_monitor.simulator.signatures import SecretError, Upgrade, spoiled, twilio_signature

KEY = "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh"
SECRET = "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU="
NONCE = "VGhpc0lzQVVuaXF1ZU5vbmNl"
CREATED = 1_641_013_200
ANSWER = "NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4="


def an_upgrade(secret: str | None = SECRET) -> Upgrade:
    return Upgrade(
        target="/api/v1/voicebiometrics/ws",
        authority="audiohook.example.com",
        organization_id="d7934305-0972-4844-938e-9060eef73d05",
        session_id="30b0e395-84d3-4570-ac13-9a62d8f514c0",
        correlation_id="e160e428-53e2-487c-977d-96989bf5c99d",
        key=KEY,
        secret=secret,
    )


def test_audiohook_gives_the_known_answer() -> None:
    """The request of the documentation, at its second, with its nonce."""
    headers = an_upgrade().headers(CREATED, NONCE, expires=3_282_026_430)

    assert headers["Signature"] == f"sig1=:{ANSWER}:"
    assert headers["Signature-Input"] == (
        'sig1=("@request-target" "@authority" "audiohook-organization-id" "audiohook-session-id" '
        f'"audiohook-correlation-id" "x-api-key");keyid="{KEY}";nonce="{NONCE}";alg="hmac-sha256"'
        f";created={CREATED};expires=3282026430"
    )
    assert headers["X-API-KEY"] == KEY


def test_a_signature_lives_for_ten_seconds() -> None:
    """Unless another end is asked for."""
    assert f";created={CREATED};expires={CREATED + 10}" in an_upgrade().headers(CREATED, NONCE)["Signature-Input"]


def test_without_a_secret_nothing_is_signed() -> None:
    """The names are still said."""
    assert set(an_upgrade(None).headers(CREATED, NONCE)) == {
        "Audiohook-Organization-Id",
        "Audiohook-Session-Id",
        "Audiohook-Correlation-Id",
        "X-API-KEY",
    }


def test_a_secret_that_is_no_base64_says_where_it_comes_from() -> None:
    """Not what it was."""
    with pytest.raises(SecretError, match="--secret: the client secret is base64 text"):
        an_upgrade("not base64!").headers(CREATED, NONCE)


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("wss://calls.example.com/telephony/twilio", "TwM5KZXMpQklaxk9G+ff+36M8Is="),
        ("wss://calls.example.com/telephony/twilio/", "aFlWfxrWs9X7vIT7OcZjEVGov6c="),
    ],
)
def test_twilio_gives_the_known_answers(url: str, answer: str) -> None:
    """Of the address alone, since an upgrade has no parameters."""
    assert twilio_signature(url, "12345") == answer


def test_a_spoiled_signature_differs_in_one_letter() -> None:
    """And in nothing else, so that only the comparison can tell."""
    other = spoiled(ANSWER)

    assert len(other) == len(ANSWER)
    assert sum(one != two for one, two in zip(ANSWER, other, strict=True)) == 1
