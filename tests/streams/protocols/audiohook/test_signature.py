"""The signature of an upgrade request: the vendor's known answer, an independent signer, and every way to be wrong."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.protocols.audiohook.nonces import KEEP, Nonces
from streams.protocols.audiohook.signature import Key, SignedRequest, Verdict, verify
from tests.streams.protocols.audiohook.signing import (
    COMPONENTS,
    HEADERS,
    KEYS,
    NOW,
    SECRET,
    TARGET,
    Signer,
    judged,
    request,
)

KNOWN_ANSWER = "NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4="


def signed(**changes: str) -> Verdict:
    """What becomes of a request signed with these differences."""
    return judged(replace(Signer(), **changes).headers())  # type: ignore[arg-type]


def without(name: str) -> dict[str, str]:
    return {found: value for found, value in Signer().headers().items() if found != name}


def test_the_vendor_s_known_answer_is_accepted() -> None:
    assert Signer().proof() == KNOWN_ANSWER
    assert judged(Signer().headers()) is Verdict.SIGNED


def test_any_order_of_parts_and_any_label_is_accepted() -> None:
    reordered = replace(Signer(), components=tuple(reversed(COMPONENTS)), more=";x=1").headers()
    assert judged(reordered) is Verdict.MALFORMED

    reordered = replace(Signer(), components=tuple(reversed(COMPONENTS))).headers()
    relabelled = {name: value.replace("sig1=", "hook-2.x=") for name, value in reordered.items()}
    assert judged(reordered) is Verdict.SIGNED
    assert judged(relabelled) is Verdict.SIGNED


def test_a_header_of_the_signer_s_choice_may_be_covered_too() -> None:
    assert judged(replace(Signer(), components=(*COMPONENTS, "host")).headers()) is Verdict.SIGNED


@pytest.mark.parametrize(
    ("host", "signed_as", "secure"),
    [
        ("audiohook.example.com:443", "audiohook.example.com", True),
        ("audiohook.example.com:80", "audiohook.example.com", False),
        ("AudioHook.example.com:8443", "audiohook.example.com:8443", True),
        ("audiohook.example.com:80", "audiohook.example.com:80", True),
    ],
)
def test_the_port_that_goes_without_saying_is_not_signed(host: str, signed_as: str, secure: bool) -> None:
    headers = replace(Signer(), authority=signed_as).headers() | {"host": host}

    assert verify(request(headers, secure=secure), KEYS.get, NOW, Nonces()) is Verdict.SIGNED


def test_behind_a_proxy_the_public_origin_counts() -> None:
    behind = replace(request(Signer().headers() | {"host": "10.0.0.7:8000"}), authority="audiohook.example.com")

    assert verify(behind, KEYS.get, NOW, Nonces()) is Verdict.SIGNED


def test_headers_are_trimmed_and_repeats_joined() -> None:
    headers = {**HEADERS, "audiohook-session-id": "a, b"}
    signer = Signer()
    base = "\n".join(
        [
            *(
                f'"{name}": {({"@request-target": TARGET, "@authority": HEADERS["host"]} | headers)[name]}'
                for name in COMPONENTS
            ),
            f'"@signature-params": {signer.parameters()}',
        ]
    )
    proof = base64.b64encode(hmac.new(SECRET, base.encode(), hashlib.sha256).digest()).decode()
    given_headers = [
        *((name, f" {value}\t") for name, value in HEADERS.items() if name != "audiohook-session-id"),
        ("audiohook-session-id", "a "),
        ("audiohook-session-id", " b"),
        ("signature-input", f"sig1={signer.parameters()}"),
        ("signature", f"sig1=:{proof}:"),
    ]
    asked = SignedRequest(target=TARGET, headers=given_headers)

    assert verify(asked, KEYS.get, NOW, Nonces()) is Verdict.SIGNED


@pytest.mark.parametrize("name", [name for name in HEADERS if name != "x-api-key"])
def test_one_bit_changed_in_a_signed_header_is_refused(name: str) -> None:
    headers = Signer().headers()
    headers[name] = headers[name][:-1] + chr(ord(headers[name][-1]) ^ 1)

    assert judged(headers) is Verdict.WRONG


@pytest.mark.parametrize("target", [TARGET + "?", TARGET + "/", TARGET.upper(), "/", TARGET + "?x=1"])
def test_another_address_is_refused(target: str) -> None:
    assert judged(Signer().headers(), target=target) is Verdict.WRONG


@pytest.mark.parametrize("bit", range(8))
def test_one_bit_changed_in_the_signature_is_refused(bit: int) -> None:
    proof = bytearray(base64.b64decode(Signer().proof()))
    proof[bit * 4] ^= 1 << bit
    headers = Signer().headers() | {"signature": f"sig1=:{base64.b64encode(bytes(proof)).decode()}:"}

    assert judged(headers) is Verdict.WRONG


@pytest.mark.parametrize("missing", COMPONENTS)
def test_every_part_must_be_covered(missing: str) -> None:
    left = tuple(name for name in COMPONENTS if name != missing)

    assert judged(replace(Signer(), components=left).headers()) is Verdict.NOT_COVERED


@pytest.mark.parametrize("name", ["host", "audiohook-organization-id", "audiohook-correlation-id"])
def test_what_is_covered_must_be_there(name: str) -> None:
    assert judged(without(name)) is Verdict.MISSING_PART
    assert judged(Signer().headers() | {name: ""}) is Verdict.MISSING_PART


@pytest.mark.parametrize(
    ("age_s", "verdict"),
    [
        (0, Verdict.SIGNED),
        (10, Verdict.SIGNED),
        (10.1, Verdict.TOO_OLD),
        (3600, Verdict.TOO_OLD),
        (-3, Verdict.SIGNED),
        (-3.1, Verdict.NOT_YET),
        (-60, Verdict.NOT_YET),
    ],
)
def test_a_signature_is_good_for_ten_seconds(age_s: float, verdict: Verdict) -> None:
    assert judged(Signer().headers(), now=NOW + timedelta(seconds=age_s)) is verdict


def test_times_must_be_said_and_not_be_over() -> None:
    assert signed(created="") is Verdict.TOO_OLD
    assert signed(expires="1641013199") is Verdict.TOO_OLD
    assert signed(expires="") is Verdict.SIGNED


@pytest.mark.parametrize(
    "changes",
    [
        {"created": '"1641013200"'},
        {"created": "1641013200.5"},
        {"created": "-1"},
        {"expires": "?1"},
        {"nonce": "22"},
        {"nonce": ":AAAA:"},
        {"keyid": "token"},
        {"alg": '"hmac-sha512"'},
        {"alg": '"none"'},
        {"more": ';tag="x"'},
        {"more": ";created=1641013200"},
        {"more": ";sf"},
    ],
)
def test_parameters_are_the_known_ones_of_the_known_kinds(changes: dict[str, str]) -> None:
    assert signed(**changes) is Verdict.MALFORMED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"x-api-key")', '"x-api-key" "x-api-key")'),
        ('"x-api-key")', '"x-api-key";sf)'),
        ('"x-api-key")', '"x-api-key";key="a")'),
        ('"x-api-key")', '"x-api-key"'),
        ('"x-api-key")', "x-api-key)"),
        ("sig1=", "sig2="),
        ("sig1=", "SIG1="),
        ("sig1=", ""),
        ("sig1=", 'sig0=("@authority"), sig1='),
    ],
)
def test_a_field_that_is_not_what_it_must_be_is_refused(old: str, new: str) -> None:
    headers = Signer().headers()
    headers["signature-input"] = headers["signature-input"].replace(old, new)

    assert judged(headers) is Verdict.MALFORMED


@pytest.mark.parametrize("proof", ["", "sig1=", "sig1=:", "sig1=:!:", "sig1=:AAA:", 'sig1="x"', "sig1=:AAAA:;a=1"])
def test_a_signature_that_is_no_byte_sequence_is_refused(proof: str) -> None:
    assert judged(Signer().headers() | {"signature": proof}) is Verdict.MALFORMED


def test_a_short_signature_is_wrong() -> None:
    assert judged(Signer().headers() | {"signature": "sig1=:AAAA:"}) is Verdict.WRONG


def test_only_one_of_the_two_fields_is_not_a_signature() -> None:
    assert judged(without("signature")) is Verdict.MALFORMED
    assert judged(without("signature-input")) is Verdict.MALFORMED


def test_the_key_named_must_be_the_key_shown() -> None:
    assert signed(keyid='"another"') is Verdict.KEY_DIFFERS
    assert signed(keyid="") is Verdict.KEY_DIFFERS
    assert judged(without("x-api-key")) is Verdict.NO_KEY


def test_an_unknown_key_looks_like_a_wrong_secret() -> None:
    nobodys: dict[str, Key] = {}
    stranger = verify(request(Signer().headers()), nobodys.get, NOW, Nonces())

    assert stranger is Verdict.WRONG
    assert judged(replace(Signer(), secret=b"guess").headers()) is Verdict.WRONG


def test_a_key_without_a_secret_signs_nothing() -> None:
    def keyless(key_id: str) -> Key:
        return Key(secret=b"", unsigned=True)

    headers = replace(Signer(), secret=b"").headers()

    assert verify(request(headers), keyless, NOW, Nonces()) is Verdict.WRONG


def test_unsigned_requests_need_a_key_marked_so() -> None:
    assert judged(HEADERS) is Verdict.NO_SIGNATURE
    assert judged(HEADERS | {"x-api-key": "nobody's"}) is Verdict.NO_SIGNATURE
    assert judged(HEADERS | {"x-api-key": "open-door"}) is Verdict.UNSIGNED
    assert [verdict for verdict in Verdict if verdict.accepted] == [Verdict.SIGNED, Verdict.UNSIGNED]


def test_a_nonce_has_22_characters() -> None:
    assert signed(nonce=f'"{"n" * 21}"') is Verdict.SHORT_NONCE
    assert signed(nonce=f'"{"n" * 22}"') is Verdict.SIGNED
    assert signed(nonce="") is Verdict.SHORT_NONCE


def test_a_nonce_is_good_once_and_only_success_burns_it() -> None:
    nonces = Nonces()
    forged = replace(Signer(), secret=b"guess").headers()

    assert judged(forged, nonces=nonces) is Verdict.WRONG
    assert judged(Signer().headers(), nonces=nonces) is Verdict.SIGNED
    assert judged(Signer().headers(), nonces=nonces) is Verdict.REPLAYED
    assert judged(Signer().headers(), nonces=nonces, now=NOW + timedelta(seconds=9)) is Verdict.REPLAYED


def test_nonces_are_kept_a_minute_and_bounded() -> None:
    nonces = Nonces(most=3)

    assert all(nonces.burn("key", f"nonce-{number}", NOW) for number in range(3))
    assert not nonces.burn("key", "one too many", NOW)
    assert not nonces.burn("key", "nonce-0", NOW + KEEP)
    assert nonces.burn("key", "nonce-0", NOW + KEEP + timedelta(seconds=1))
    assert nonces.held == 1


def test_two_keys_may_draw_the_same_nonce() -> None:
    nonces = Nonces()

    assert nonces.burn("a", "bc", NOW)
    assert nonces.burn("ab", "c", NOW)


def _mutated(data: st.DataObject, text: str) -> str:
    at = data.draw(st.integers(0, len(text) - 1))
    mutate: Callable[[str], str] = data.draw(
        st.sampled_from(
            [
                lambda piece: text[:at] + text[at + 1 :],
                lambda piece: text[:at] + piece + text[at:],
                lambda piece: text[:at] + piece + text[at + 1 :],
            ]
        )
    )
    return mutate(data.draw(st.sampled_from(list(' ();:=",\\\t\0aé0?*-') + ["\udcff", "\U0001f600", " " * 5000])))


@given(data=st.data())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_no_mutation_of_the_fields_is_signed_for(data: st.DataObject) -> None:
    """Only spaces that structured fields allow may change."""
    headers = Signer().headers()
    name = data.draw(st.sampled_from(["signature-input", "signature"]))
    headers[name] = _mutated(data, headers[name])

    verdict = judged(headers)

    same = headers[name].replace(" ", "") == Signer().headers()[name].replace(" ", "")
    assert same or not verdict.accepted
