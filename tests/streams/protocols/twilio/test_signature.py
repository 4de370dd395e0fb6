"""`X-Twilio-Signature`: the documented answers, the vendor's own package, and everything that must not verify."""

import random

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from streams.protocols.twilio.signature import sign, variants, verify

TOKEN = "12345"
URL = "wss://calls.example.com/telephony/twilio"
SIGNATURE = "TwM5KZXMpQklaxk9G+ff+36M8Is="
POSTED = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}


def by_the_vendor(url: str, parameters: dict[str, str], token: str = TOKEN) -> str:
    """What the vendor's package computes."""
    return str(RequestValidator(token).compute_signature(url, parameters))


@pytest.mark.parametrize(
    ("url", "parameters", "signature"),
    [
        (URL, {}, SIGNATURE),
        (f"{URL}/", {}, "aFlWfxrWs9X7vIT7OcZjEVGov6c="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", POSTED, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_the_documented_answers_verify(url: str, parameters: dict[str, str], signature: str) -> None:
    assert verify(url, signature, TOKEN, parameters)
    assert by_the_vendor(url, parameters) == signature


def test_a_thousand_signatures_of_the_vendor_verify() -> None:
    """Any address, token and parameters, accents and emoji too."""
    chance = random.Random(5)
    letters = "abcXYZ019-_.~/?=&+%é😀 "

    def text(most: int) -> str:
        return "".join(chance.choice(letters) for _ in range(chance.randrange(1, most)))

    for _ in range(1000):
        url, token = f"wss://{text(20)}/{text(40)}", text(40)
        parameters = {text(8): text(20) for _ in range(chance.randrange(4))}

        assert verify(url, by_the_vendor(url, parameters, token), token, parameters)
        assert sign(url, token, parameters) == by_the_vendor(url, parameters, token)


@pytest.mark.parametrize(
    "url",
    [
        "wss://calls.example.org/telephony/twilio",
        "wss://calls.example.com:8443/telephony/twilio",
        "wss://calls.example.com/telephony/telnyx",
        "https://calls.example.com/telephony/twilio",
        f"{URL}?tenant=other",
    ],
)
def test_row_12_bad_signature_for_another_address_is_refused(url: str) -> None:
    assert not verify(url, SIGNATURE, TOKEN)


@pytest.mark.parametrize("place", range(len(SIGNATURE)))
def test_row_12_bad_signature_of_one_changed_character_is_refused(place: int) -> None:
    changed = "A" if SIGNATURE[place] != "A" else "B"

    assert not verify(URL, SIGNATURE[:place] + changed + SIGNATURE[place + 1 :], TOKEN)


@pytest.mark.parametrize("signature", [None, "", "é", "\ud800", "=" * 10_000, SIGNATURE + "=", f" {SIGNATURE}"])
def test_row_12_bad_signature_that_is_none_is_refused(signature: str | None) -> None:
    assert not verify(URL, signature, TOKEN)


def test_row_12_bad_signature_under_no_or_another_token_is_refused() -> None:
    """A token that was not set must not be taken for an empty one."""
    assert not verify(URL, sign(URL, ""), "")
    assert not verify(URL, SIGNATURE, "12346")


def test_a_changed_parameter_does_not_verify() -> None:
    signature = sign(URL, TOKEN, POSTED)

    assert not verify(URL, signature, TOKEN, POSTED | {"Digits": "1235"})
    assert not verify(URL, signature, TOKEN)


@pytest.mark.parametrize(
    ("public_url", "written"),
    [
        (
            URL,
            (
                URL,
                f"{URL}/",
                "wss://calls.example.com:443/telephony/twilio",
                "wss://calls.example.com:443/telephony/twilio/",
            ),
        ),
        (
            "https://calls.example.com:443/t/",
            (
                "wss://calls.example.com/t/",
                "wss://calls.example.com/t",
                "wss://calls.example.com:443/t/",
                "wss://calls.example.com:443/t",
            ),
        ),
        (
            "wss://calls.example.com:8443/t?x=1",
            ("wss://calls.example.com:8443/t?x=1", "wss://calls.example.com:8443/t/?x=1"),
        ),
        ("ws://127.0.0.1:8080/t", ("ws://127.0.0.1:8080/t", "ws://127.0.0.1:8080/t/")),
    ],
)
def test_the_ways_to_write_an_address_are_few_and_fixed(public_url: str, written: tuple[str, ...]) -> None:
    assert variants(public_url) == written


def test_an_address_signed_in_any_of_these_ways_is_found() -> None:
    for url in variants(URL):
        signature = by_the_vendor(url, {})
        assert [verify(each, signature, TOKEN) for each in variants(URL)].count(True) == 1


@pytest.mark.parametrize("public_url", ["", "calls.example.com/t", "ftp://calls.example.com/t", "wss:///t"])
def test_what_is_no_address_is_refused_in_words(public_url: str) -> None:
    with pytest.raises(ValueError, match="write it as wss://"):
        variants(public_url)
