"""What differs by vendor: names, tracks, formats, and what is kept of a start message."""

import base64
import json
import sys
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from streams.consent import Consent, Notice
from streams.protocols.route import Route
from streams.protocols.twilio.dialects import DIALECTS, TELNYX
from streams.protocols.twilio.session import Twilio
from streams.records import AudioFrame, CallStarted, Direction, Dtmf, Language, Speaker
from streams.samples.codec import Encoding, encode
from streams.samples.g722 import G722Decoder, installed
from tests.streams.protocols.twilio.sessions import (
    A_TALKDESK,
    A_TELNYX,
    A_TWILIO,
    AN_EXOTEL,
    ROLES,
    VENDORS,
    Vendor,
    a_tone,
)
from tests.streams.sessions import NOON, everyone, gaps, play, sound

EVERY_VENDOR = pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.dialect.name)


def started(dialect: Twilio, message: str, now: datetime = NOON) -> CallStarted:
    """The record that this start message gives."""
    (call,) = dialect.receive(message, now)
    assert isinstance(call, CallStarted)
    return call


def test_every_vendor_has_its_address() -> None:
    assert {vendor.dialect.name: vendor.dialect for vendor in VENDORS} == DIALECTS


@EVERY_VENDOR
def test_a_start_names_the_dialect_its_roles_and_the_vendor_s_ids(vendor: Vendor) -> None:
    call = started(vendor.open(), vendor.start())

    assert (call.dialect, call.channels, call.call_id) == (vendor.dialect.name, ROLES[vendor.dialect.name], "CA1")
    assert (call.metadata["session_id"], call.metadata["conversation_id"]) == ("MZ1", "CA1")


@EVERY_VENDOR
def test_the_route_stands_in_where_the_start_says_nothing(vendor: Vendor) -> None:
    route = Route(
        tenant="acme",
        team="billing",
        language=Language.FR,
        direction=Direction.OUTBOUND,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
    )
    call = started(vendor.open(route=route), vendor.start())
    other = {"team": "sales", "language": "en", "direction": "inbound", "notice": "contract", "consent": "refused"}
    said = started(vendor.open(route=route), vendor.start(other))

    assert (call.tenant, call.team, call.language, call.direction) == ("acme", "billing", "fr", "outbound")
    assert (call.notice, call.consent) == (Notice.PLAYED, Consent.GRANTED)
    assert (said.tenant, said.team, said.language, said.direction) == ("acme", "sales", "en", "inbound")
    assert (said.notice, said.consent) == (Notice.CONTRACT, Consent.REFUSED)


@EVERY_VENDOR
def test_the_address_s_parameters_rank_between_route_and_message(vendor: Vendor) -> None:
    dialect = Twilio(
        opened_at=NOON,
        admit=everyone,
        route=Route(team="route", tenant="acme"),
        dialect=vendor.dialect,
        query={"team": "address", "agent_id": "a-7", "campaign": "spring", "token": "secret"},
    )

    call = started(dialect, vendor.start({"team": "message"}))

    assert (call.team, call.agent_id, call.tenant) == ("message", "a-7", "acme")
    assert call.metadata["campaign"] == "spring"
    assert "secret" not in call.metadata.values()


@EVERY_VENDOR
def test_the_route_s_roles_rule(vendor: Vendor) -> None:
    """Two for both tracks; one where nothing tells the tracks apart."""
    both = started(vendor.open(route=Route(channels=(Speaker.AGENT, Speaker.CUSTOMER))), vendor.start())
    lone = started(vendor.open(route=Route(channels=(Speaker.CUSTOMER,))), vendor.start(tracks=None))

    assert both.channels == (Speaker.AGENT, Speaker.CUSTOMER)
    assert lone.channels == (Speaker.CUSTOMER,)


@EVERY_VENDOR
def test_only_the_accounts_that_were_set_are_taken(vendor: Vendor) -> None:
    ours = vendor.open(accounts=frozenset({"AC1", "AC2"}))
    strange = vendor.open(accounts=frozenset({"AC2"}))
    silent = vendor.open(accounts=frozenset({"AC2"}))

    assert len(ours.receive(vendor.start(), NOON)) == 1
    assert strange.receive(vendor.start(), NOON) == ()
    silent.receive(vendor.start(**{vendor.dialect.account_id: None}), NOON)

    for dialect in (strange, silent):
        assert dialect.close is not None
        assert dialect.close.code == 1008
        assert "this account" in dialect.close.reason


@EVERY_VENDOR
def test_a_stream_that_changes_its_id_is_refused(vendor: Vendor) -> None:
    dialect = vendor.open()
    dialect.receive(vendor.start(), NOON)

    dialect.receive(vendor.media(1, bytes(vendor.frame)).replace("MZ1", "MZ2"), NOON)

    assert dialect.close is not None
    assert (dialect.close.code, vendor.stream in dialect.close.reason) == (1008, True)


@EVERY_VENDOR
@pytest.mark.parametrize(("encoding", "name"), [("OPUS", "Opus"), ("AMR-WB", "AMR-WB")])
def test_what_is_not_decoded_is_refused_with_what_to_set(vendor: Vendor, encoding: str, name: str) -> None:
    dialect = vendor.open()

    dialect.receive(vendor.start(**vendor.format_of(encoding)), NOON)

    assert dialect.close is not None
    assert dialect.close.code == 1003
    assert dialect.close.reason == f"{name} is not decoded: {vendor.dialect.remedy}"


@EVERY_VENDOR
def test_the_route_s_format_stands_in_for_one_that_is_not_announced(vendor: Vendor) -> None:
    dialect = vendor.open(route=Route(encoding=Encoding.ALAW, rate_hz=8000))
    samples = a_tone(0.02)

    call = started(dialect, vendor.start(**{vendor.format: None}))
    (frame,) = dialect.receive(vendor.media(1, encode(samples, Encoding.ALAW)), NOON)

    assert call.rate_hz == 8000
    assert isinstance(frame, AudioFrame)
    assert abs(frame.samples.astype(int) - samples).max() < 300


@pytest.mark.parametrize("rate_hz", [8000, "16000", 24000])
@pytest.mark.parametrize("vendor", [A_TWILIO, A_TELNYX, AN_EXOTEL], ids=lambda vendor: vendor.dialect.name)
def test_linear_samples_come_at_three_rates(vendor: Vendor, rate_hz: int | str) -> None:
    dialect = vendor.open()
    call = started(dialect, vendor.start(**vendor.format_of("audio/x-l16", rate_hz)))

    (frame,) = dialect.receive(vendor.media(1, b"\x01\x00\xff\x7f"), NOON)

    assert isinstance(frame, AudioFrame)
    assert (call.rate_hz, frame.samples.tolist()) == (int(rate_hz), [1, 32767])


def test_a_vendor_that_sends_rtp_may_send_the_higher_byte_first() -> None:
    dialect = Twilio(opened_at=NOON, admit=everyone, route=Route(), dialect=replace(TELNYX, big_endian=True))
    dialect.receive(A_TELNYX.start(**A_TELNYX.format_of("L16")), NOON)

    (frame,) = dialect.receive(A_TELNYX.media(1, b"\x00\x01\x7f\xff"), NOON)

    assert isinstance(frame, AudioFrame)
    assert frame.samples.tolist() == [1, 32767]
    assert not frame.samples.flags.writeable


def test_telnyx_tells_who_called_whom_and_what_was_attached() -> None:
    call = started(A_TELNYX.open(), A_TELNYX.start({"customer_id": "7"}))

    assert call.metadata == {
        "customer_id": "7",
        "session_id": "MZ1",
        "conversation_id": "CA1",
        "call_sid": "CA1",
        "account_id": "AC1",
        "from": "+33123456789",
        "to": "+33198765432",
        "call_session_id": "ff55a038-6f5d-11ef-9692-02420aeffb1f",
        "tags": "TAG1, TAG2",
        "client_state": "have a nice day =]",
    }


@pytest.mark.parametrize("state", ["!!!!", "gA==", base64.b64encode(b"\0\1").decode(), 7, ["x"], "QUFB" * 1000])
def test_a_client_state_that_is_no_text_is_left_out(state: object) -> None:
    call = started(A_TELNYX.open(), A_TELNYX.start(client_state=state, tags=[7], **{"from": "x" * 999}))

    assert not {"client_state", "tags", "from"} & set(call.metadata)


def test_an_error_that_the_source_reports_is_counted() -> None:
    dialect = A_TELNYX.open()
    error = json.dumps({"event": "error", "stream_id": "MZ1", "payload": {"code": 100003, "title": "malformed_frame"}})

    dialect.receive(error, NOON)
    dialect.receive(A_TELNYX.start(), NOON)
    dialect.receive(error, NOON)

    assert dialect.close is None
    assert dialect.rejected == {"source_error": 2}


def test_telnyx_keys_name_no_track() -> None:
    dialect = A_TELNYX.open()
    call = started(dialect, A_TELNYX.start())

    (event,) = dialect.receive(json.dumps({"event": "dtmf", "stream_id": "MZ1", "dtmf": {"digit": "#"}}), NOON)

    assert event == Dtmf(call_id=call.call_id, channel=None, digit="#", at_s=0.0)


def test_talkdesk_s_interaction_is_the_conversation() -> None:
    custom = {"interaction_id": "i-1", "agent_id": "agent-9", "account_id": "acme", "type": "input"}

    call = started(A_TALKDESK.open(), A_TALKDESK.start(custom))

    assert (call.agent_id, call.metadata["conversation_id"], call.metadata["call_sid"]) == ("agent-9", "i-1", "CA1")
    assert (call.metadata["interaction_id"], call.metadata["type"]) == ("i-1", "input")


def test_talkdesk_has_no_linear_samples() -> None:
    dialect = A_TALKDESK.open()

    dialect.receive(A_TALKDESK.start(**A_TALKDESK.format_of("audio/x-l16")), NOON)

    assert dialect.close is not None
    assert (dialect.close.code, "allowed: PCMU, PCMA" in dialect.close.reason) == (1003, True)


@pytest.mark.parametrize("encoding", ["raw/slin", "audio/L16;rate=16000", "audio/x-raw"])
def test_exotel_s_names_of_linear_samples_are_known(encoding: str) -> None:
    call = started(
        AN_EXOTEL.open(route=Route(rate_hz=16000)),
        AN_EXOTEL.start(media_format={"encoding": encoding, "bit_rate": "16"}),
    )

    assert call.rate_hz == 16000


def test_a_track_named_by_a_source_that_announced_none_is_the_only_one() -> None:
    """The first that is heard; another one would cut it to pieces."""
    first, second = bytes([1]) * 320, bytes([2]) * 320
    messages = [AN_EXOTEL.start(), *(_named(number, track) for number in (1, 2) for track in ("outbound", "inbound"))]
    dialect = AN_EXOTEL.open()

    events = play(dialect, [*messages, AN_EXOTEL.stop()])

    assert sound(events, 0).tobytes() == first + first
    assert second not in sound(events, 0).tobytes()
    assert dialect.rejected == {"unknown_track": 2}


def _named(number: int, track: str) -> str:
    message = json.loads(AN_EXOTEL.media(number, bytes([1 if track == "outbound" else 2]) * 320))
    message["media"]["track"] = track
    return json.dumps(message)


@pytest.mark.skipif(not installed(), reason="needs the extra g722")
@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_g722_is_wideband_in_whatever_order_it_comes(rate_hz: int) -> None:
    """Announced with the 8 kHz that RTP counts it by, or with its own 16; decoded in order, though sent out of it."""
    data = np.random.default_rng(9).integers(0, 256, 1600, dtype=np.uint8).tobytes()
    media = [A_TELNYX.media(number + 1, data[number * 160 : number * 160 + 160]) for number in range(10)]
    media[3], media[5] = media[5], media[3]
    head = A_TELNYX.start(**A_TELNYX.format_of("G722", rate_hz), tracks=["inbound"])

    events = play(A_TELNYX.open(), [head, *media, A_TELNYX.stop()])

    assert isinstance(events[0], CallStarted)
    assert events[0].rate_hz == 16000
    assert sound(events, 0).tolist() == G722Decoder().feed(data).tolist()
    assert gaps(events, 0) == []


def test_g722_without_its_extra_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "G722", None)
    dialect = A_TELNYX.open()

    dialect.receive(A_TELNYX.start(**A_TELNYX.format_of("G722")), NOON)

    assert dialect.close is not None
    assert dialect.close.code == 1003
    assert dialect.close.reason == "G.722 needs the extra `g722`: pip install qa-monitor[g722]"
