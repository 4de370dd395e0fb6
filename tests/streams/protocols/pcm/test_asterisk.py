"""Asterisk's chan_websocket: plain words and JSON, every format that can be asked for, events about playback."""

import json

import pytest

from streams.protocols.pcm.dialects import PCM_DIALECTS
from streams.protocols.pcm.session import Pcm
from streams.protocols.route import Route
from streams.records import CallEvent, CallStarted, Dtmf, Speaker
from streams.samples.codec import Encoding
from tests.streams.sessions import NOON, after, decoded, everyone, play, some_bytes, sound

PLAIN = "MEDIA_START connection_id:media/1 channel:WebSocket/x:1 channel_id:1758.7 format:ulaw optimal_frame_size:160"
FORMATS = [
    ("ulaw", 8000, 1),
    ("alaw", 8000, 1),
    ("slin", 8000, 2),
    ("slin12", 12000, 2),
    ("slin16", 16000, 2),
    ("slin24", 24000, 2),
    ("slin32", 32000, 2),
    ("slin44", 44100, 2),
    ("slin48", 48000, 2),
]


def opened(route: Route | None = None, **query: str) -> Pcm:
    return Pcm(
        opened_at=NOON,
        admit=everyone,
        route=route or Route(),
        dialect=PCM_DIALECTS["asterisk"],
        query=query,
        call_id="given-1",
    )


def as_json(event: str = "MEDIA_START", **fields: object) -> str:
    return json.dumps({"event": event, "channel_id": "1758.7"} | fields)


def started(dialect: Pcm, message: str) -> CallStarted:
    (call,) = dialect.receive(message, NOON)
    assert isinstance(call, CallStarted)
    return call


def said(text: str) -> tuple[list[CallEvent], Pcm]:
    dialect = opened()
    dialect.receive(PLAIN, NOON)
    return list(dialect.receive(text, after(1))), dialect


def test_the_plain_form_is_split_at_the_first_colon() -> None:
    call = started(opened(), PLAIN)

    assert (call.dialect, call.rate_hz, call.channels) == ("asterisk", 8000, (Speaker.MIXED,))
    assert (call.metadata["session_id"], call.metadata["conversation_id"]) == ("media/1", "1758.7")
    assert call.metadata["channel"] == "WebSocket/x:1"
    assert call.call_id == "given-1"


def test_the_json_form_may_carry_our_facts_as_channel_variables() -> None:
    variables = {"CALL_ID": "crm-7", "AGENT_ID": 1001, "consent": "granted", "TOKEN": "s3cret", "Side": "customer"}

    call = started(opened(), as_json(connection_id="a-1", format="slin16", channel_variables=variables))

    assert (call.call_id, call.agent_id, call.consent) == ("crm-7", "1001", "granted")
    assert (call.rate_hz, call.channels) == (16000, (Speaker.CUSTOMER,))
    assert (call.metadata["session_id"], call.metadata["conversation_id"]) == ("a-1", "1758.7")
    assert "s3cret" not in repr(call)


def test_the_address_may_carry_them_as_well() -> None:
    """The dial option `v(…)`."""
    call = started(opened(call_id="crm-8", side="agent", team="billing"), PLAIN)

    assert (call.call_id, call.team, call.channels) == ("crm-8", "billing", (Speaker.AGENT,))


@pytest.mark.parametrize(("name", "rate_hz", "width"), FORMATS)
@pytest.mark.parametrize("form", ["plain", "json"])
def test_every_format_is_followed(name: str, rate_hz: int, width: int, form: str) -> None:
    message = f"MEDIA_START format:{name}" if form == "plain" else as_json(format=name)
    events = play(opened(), [message, some_bytes(1, 960)])

    assert isinstance(events[0], CallStarted)
    assert events[0].rate_hz == rate_hz
    assert len(sound(events, 0)) == 960 // width


def test_mu_law_is_decoded() -> None:
    data = some_bytes(1, 1600)

    assert sound(play(opened(), [PLAIN, data]), 0).tolist() == decoded(data).tolist()


@pytest.mark.parametrize("name", ["slin96", "slin192", "g722", "opus", "ULAW", "", "g729"])
def test_a_format_that_we_do_not_follow_is_refused_naming_the_dial_option(name: str) -> None:
    dialect = opened(Route(encoding=Encoding.MULAW, rate_hz=8000))

    assert dialect.receive(as_json(format=name), NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == 1003
    assert dialect.close.reason.startswith(f"format: found '{name}'; allowed: ulaw, alaw, slin")


@pytest.mark.parametrize(
    ("route", "rate_hz"),
    [
        (Route(encoding=Encoding.MULAW), 8000),
        (Route(encoding=Encoding.ALAW, rate_hz=16000), 16000),
        (Route(encoding=Encoding.PCM16, rate_hz=16000), 16000),
    ],
)
def test_the_earliest_releases_leave_the_format_to_the_route(route: Route, rate_hz: int) -> None:
    assert started(opened(route), "MEDIA_START connection_id:a-1").rate_hz == rate_hz


@pytest.mark.parametrize("route", [Route(), Route(rate_hz=8000), Route(encoding=Encoding.PCM16)])
def test_a_format_that_nobody_names_is_refused(route: Route) -> None:
    dialect = opened(route)

    assert dialect.receive("MEDIA_START connection_id:a-1", NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == 1003


@pytest.mark.parametrize("text", ["DTMF_END digit:5", '{"event":"DTMF_END","digit":"5"}', " DTMF_END  digit:5 x:y"])
def test_a_key_comes_in_both_forms(text: str) -> None:
    events, _ = said(text)

    assert [event.digit for event in events if isinstance(event, Dtmf)] == ["5"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("MEDIA_XOFF", {}),
        ("MEDIA_XON", {}),
        ('{"event":"QUEUE_DRAINED"}', {}),
        ("STATUS queue_length:0 xon_level:800", {}),
        ("MEDIA_BUFFERING_COMPLETED correlation_id:1", {}),
        ('{"event":"MEDIA_MARK_PROCESSED"}', {}),
        ('{"event":"ERROR","error_text":"no"}', {"source_error": 1}),
        ("ERROR error_text:no", {"source_error": 1}),
        ("DTMF_END", {"bad_dtmf": 1}),
        (PLAIN, {"unknown_event": 1}),
        ("", {"unknown_event": 1}),
        ("{", {"unknown_event": 1}),
        ('{"event":["STATUS"]}', {"unknown_event": 1}),
        ("{}", {"unknown_event": 1}),
    ],
)
def test_other_events_change_nothing(text: str, counted: dict[str, int]) -> None:
    events, dialect = said(text)

    assert events == []
    assert dialect.rejected == counted
    assert dialect.close is None


def test_other_words_before_the_start_are_waited_through() -> None:
    dialect = opened()

    assert play(dialect, ["STATUS a:b", "", '{"event":"STATUS"}']) == []
    assert dialect.rejected == {"before_start": 3}
    assert len(dialect.receive(PLAIN, NOON)) == 1


def test_audio_that_overtakes_the_start_is_kept() -> None:
    """Seen from Asterisk 22.7: a tenth of a second and more."""
    early = some_bytes(1, 160)

    events = play(opened(), [early, early, PLAIN], step_s=0.02)

    assert sound(events, 0).tolist() == decoded(early + early).tolist()
