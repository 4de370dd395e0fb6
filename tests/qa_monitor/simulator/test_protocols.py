"""Whatever is planned carries exactly the sound of the call, in the shape its vendor describes."""

import base64
import json
from collections.abc import Callable, Mapping
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.simulator.audiohook.opening import Medium
from qa_monitor.simulator.carriage import carriage, nearest_rate_hz
from qa_monitor.simulator.fitting import encoding_for, fitted
from qa_monitor.simulator.openings import sound
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol, Wire
from qa_monitor.simulator.protocols.audiosocket import frame, leg, sounds_in
from qa_monitor.simulator.protocols.preamble import description, query_of
from qa_monitor.simulator.scenario import messages
from streams.records import Direction, Samples, Speaker
from streams.samples.codec import Encoding, encode
from tests.qa_monitor.simulator.builders import a_call, unframed

ONE_WAY = [one for one in StreamProtocol if one not in (StreamProtocol.AUDIOHOOK, StreamProtocol.AUDIOSOCKET)]
TWILIO_LIKE = [StreamProtocol.TWILIO, StreamProtocol.TELNYX, StreamProtocol.TALKDESK, StreamProtocol.EXOTEL]
IDENTITY = UUID(int=7)


def heard_in(protocol: StreamProtocol, call: PlannedCall, wire: Wire) -> list[bytes]:
    """The bytes of each channel, taken out of a plan by the vendor's rules."""
    planned = list(messages(call, protocol, wire=wire))
    if protocol in TWILIO_LIKE:
        media = [json.loads(one.data)["media"] for one in planned if one.audio]
        tracks = dict.fromkeys(piece.get("track", "") for piece in media)
        return [
            b"".join(base64.b64decode(piece["payload"]) for piece in media if piece.get("track", "") == track)
            for track in tracks
        ]
    whole = b"".join(one.data for one in planned if isinstance(one.data, bytes))
    return apart(whole, wire.announced, len(call.channels))


def apart(whole: bytes, encoding: Encoding, channels: int) -> list[bytes]:
    """Interleaved bytes to the bytes of each channel."""
    groups = np.frombuffer(whole, np.dtype((np.void, encoding.width))).reshape(-1, channels)
    return [groups[:, channel].tobytes() for channel in range(channels)]


def columns(samples: Samples, encoding: Encoding) -> list[bytes]:
    return [encode(samples[:, channel], encoding) for channel in range(samples.shape[1])]


@settings(max_examples=60, deadline=None)
@given(protocol=st.sampled_from(ONE_WAY), frames=st.integers(1, 3000), data=st.data())
def test_all_sound_of_a_plan_is_the_encoded_source(protocol: StreamProtocol, frames: int, data: st.DataObject) -> None:
    """By every protocol, in every encoding and number of channels it carries, not a sample more or less."""
    limits = carriage(protocol)
    encoding = data.draw(st.sampled_from(limits.encodings))
    channels = data.draw(st.sampled_from(range(limits.fewest, limits.channels + 1)))
    rate_hz = nearest_rate_hz(protocol, encoding, data.draw(st.sampled_from(limits.rates_hz)))
    call = a_call(frames, channels=channels, rate_hz=rate_hz)

    assert heard_in(protocol, call, Wire(announced=encoding)) == columns(call.samples, encoding)


@pytest.mark.parametrize("protocol", ONE_WAY)
def test_messages_leave_in_order_when_their_sound_has_been_spoken(protocol: StreamProtocol) -> None:
    """Nothing is sent before it was said, and the end follows the last sound."""
    call = fitted(a_call(9999), protocol, encoding_for(protocol, None))
    planned = list(messages(call, protocol))
    times = [one.at_s for one in planned]

    assert times == sorted(times)
    assert not planned[0].audio
    assert planned[-1].at_s == pytest.approx(call.duration_s)


@pytest.mark.parametrize("encoding", [Encoding.MULAW, Encoding.PCM16])
@pytest.mark.parametrize("sides", [("external", "internal"), ("internal", "external"), ("external",), ("internal",)])
def test_audiohook_sends_the_people_of_the_chosen_medium(encoding: Encoding, sides: tuple[str, ...]) -> None:
    """In the order of its channels, 200 ms at a time."""
    call = a_call(4000)
    medium = Medium(encoding=encoding, channels=sides)

    planned = list(sound(call, medium, Wire(announced=encoding)))
    whole = b"".join(one.data for one in planned if isinstance(one.data, bytes))

    wanted = [0 if side == "external" else 1 for side in sides]
    assert apart(whole, encoding, len(sides)) == [encode(call.samples[:, channel], encoding) for channel in wanted]
    assert [one.at_s for one in planned] == pytest.approx([0.2, 0.4, 0.5])


@pytest.mark.parametrize(("rate_hz", "kind"), [(8000, 0x10), (16_000, 0x12), (48_000, 0x16)])
def test_audiosocket_frames_the_sound_of_one_person(rate_hz: int, kind: int) -> None:
    """The id first, then 20 ms of the kind that says the rate, the hang-up last."""
    call = a_call(5000, rate_hz=rate_hz)
    stream = b"".join(bytes(one.data) for one in leg(call, 1, IDENTITY, Wire()) if isinstance(one.data, bytes))
    frames = unframed(stream)

    assert frames[0] == (0x01, IDENTITY.bytes)
    assert frames[-1] == (0x00, b"")
    assert {found for found, _ in frames[1:-1]} == {kind}
    assert len(frames[1][1]) == rate_hz // 50 * 2
    assert b"".join(payload for _, payload in frames[1:-1]) == call.samples[:, 1].astype("<i2").tobytes()


@pytest.mark.parametrize(
    ("received", "sounds"),
    [
        (b"", False),
        (frame(0x10, bytes(320)), False),
        (frame(0x10, bytes(319) + b"\1"), True),
        (frame(0x00, b""), True),
        (b"\x10\x01", True),
    ],
)
def test_only_silence_may_come_back(received: bytes, sounds: bool) -> None:
    """A hang-up or a sound from a service that only listens would reach the caller."""
    assert sounds_in(received) is sounds


STARTS: dict[StreamProtocol, Mapping[str, object]] = {
    StreamProtocol.TWILIO: {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
    StreamProtocol.TALKDESK: {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
    StreamProtocol.TELNYX: {"encoding": "PCMU", "sample_rate": 8000, "channels": 1},
    StreamProtocol.EXOTEL: {"encoding": "audio/x-raw", "sample_rate": "8000", "bit_rate": "16"},
}


@pytest.mark.parametrize("protocol", TWILIO_LIKE)
def test_each_of_the_family_names_things_as_its_vendor_does(protocol: StreamProtocol) -> None:
    """One sequence of numbers in strings, the stream's id everywhere, our facts among the vendor's parameters."""
    snake = protocol in (StreamProtocol.TELNYX, StreamProtocol.EXOTEL)
    number, stream, custom, form = (
        ("sequence_number", "stream_id", "custom_parameters", "media_format")
        if snake
        else ("sequenceNumber", "streamSid", "customParameters", "mediaFormat")
    )
    stream = "stream_sid" if protocol is StreamProtocol.EXOTEL else stream
    events = [json.loads(one.data) for one in messages(a_call(), protocol, "secret")]
    start = events[1]["start"]

    assert [events[0]["event"], events[1]["event"], events[-1]["event"]] == ["connected", "start", "stop"]
    assert [event[number] for event in events[1:]] == [str(count) for count in range(1, len(events))]
    assert len({event[stream] for event in events[1:]}) == 1
    assert start[custom]["token"] == "secret"
    assert start[custom]["call_id"] == "call-1"
    assert start[form] == STARTS[protocol]


def test_talkdesk_has_its_own_parameters_too() -> None:
    """As it adds them to every stream."""
    start = json.loads(list(messages(a_call(), StreamProtocol.TALKDESK))[1].data)["start"]

    assert {"interaction_id", "agent_id", "account_id", "type"} <= set(start["customParameters"])


DESCRIBED: dict[StreamProtocol, Mapping[str, object]] = {
    StreamProtocol.JAMBONZ: {"sampleRate": 8000, "mixType": "stereo", "callSid": "call-1", "token": "secret"},
    StreamProtocol.AUDIO_FORK: {"sampleRate": 8000, "mixType": "stereo", "call_id": "call-1", "token": "secret"},
    StreamProtocol.AUDIO_STREAM: {"sampleRate": 8000, "mixType": "stereo", "channels": "customer,agent"},
    StreamProtocol.VONAGE: {"event": "websocket:connected", "content-type": "audio/l16;rate=8000", "token": "secret"},
    StreamProtocol.LCA: {"callEvent": "START", "callId": "call-1", "samplingRate": 8000, "agentId": "agent-1"},
    StreamProtocol.ASTERISK: {"event": "MEDIA_START", "format": "slin", "optimal_frame_size": 320, "ptime": 20},
}


@pytest.mark.parametrize("protocol", list(DESCRIBED))
def test_each_description_says_what_its_vendor_says(protocol: StreamProtocol) -> None:
    """And no more of ours than its operator could add."""
    said = json.loads(description(a_call(), protocol, Wire(), "secret"))

    assert DESCRIBED[protocol].items() <= said.items()


def test_asterisk_has_a_plain_form_too() -> None:
    """Key and value with a colon between, as older releases write it."""
    said = description(a_call(), StreamProtocol.ASTERISK, Wire(announced=Encoding.MULAW, json_control=False), None)

    assert said == (
        "MEDIA_START connection_id:media-call-1 channel:WebSocket/call-1 channel_id:channel-call-1 "
        "format:ulaw optimal_frame_size:160 ptime:20"
    )


def test_what_has_no_place_in_a_description_travels_in_the_address() -> None:
    """Asterisk's and LCA's."""
    asked = query_of(a_call(), StreamProtocol.ASTERISK, "secret")

    assert asked.startswith("?call_id=call-1&")
    assert asked.endswith("&channels=customer%2Cagent&token=secret")
    assert query_of(a_call(), StreamProtocol.JAMBONZ, "secret") == ""


@pytest.mark.parametrize(
    ("protocol", "rate_hz", "channels", "wanted"),
    [
        (StreamProtocol.TWILIO, 44_100, 2, (8000, 2)),
        (StreamProtocol.JAMBONZ, 22_050, 2, (16_000, 2)),
        (StreamProtocol.VONAGE, 48_000, 2, (24_000, 1)),
        (StreamProtocol.PCM, 11_025, 2, (11_025, 2)),
        (StreamProtocol.LCA, 11_025, 2, (11_025, 2)),
        (StreamProtocol.AUDIOSOCKET, 22_050, 1, (16_000, 1)),
    ],
)
def test_a_recording_is_brought_to_what_the_protocol_carries(
    protocol: StreamProtocol, rate_hz: int, channels: int, wanted: tuple[int, int]
) -> None:
    """The highest rate it has that is not above the recording's own; one channel where it has but one."""
    call = fitted(a_call(rate_hz, channels=channels, rate_hz=rate_hz), protocol, encoding_for(protocol, None))

    assert (call.rate_hz, len(call.channels)) == wanted
    assert call.duration_s == pytest.approx(1.0, abs=0.001)


def test_two_people_in_one_channel_are_both_there() -> None:
    """At half the level each, as nobody in particular."""
    call = fitted(a_call(), StreamProtocol.VONAGE, Encoding.PCM16)

    assert call.channels == (Speaker.MIXED,)
    assert np.abs(call.samples[:, 0] - a_call().samples.mean(axis=1)).max() <= 0.5


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: encoding_for(StreamProtocol.TWILIO, Encoding.PCM16), "twilio carries mulaw, not pcm16"),
    (lambda: fitted(a_call(channels=1), StreamProtocol.LCA, Encoding.PCM16), "lca carries two people apart"),
    (lambda: messages(a_call(), StreamProtocol.VONAGE), "vonage carries one channel, not 2"),
    (lambda: messages(a_call(rate_hz=11_025), StreamProtocol.JAMBONZ), "not 11025"),
    (lambda: messages(a_call(), StreamProtocol.AUDIOHOOK), "audiohook is a conversation"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_cannot_be_carried_is_refused_in_words(make: Callable[[], object], message: str) -> None:
    """What it carries, and what it was given."""
    with pytest.raises(ValueError, match=message):
        make()


def test_an_outbound_call_has_the_agent_on_the_inbound_track() -> None:
    """The leg that streams is the agent's."""
    call = a_call()
    outbound = PlannedCall(
        call_id=call.call_id,
        channels=call.channels,
        rate_hz=8000,
        samples=call.samples,
        direction=Direction.OUTBOUND,
    )
    media = [json.loads(one.data)["media"] for one in messages(outbound, StreamProtocol.TELNYX) if one.audio]

    assert [piece["track"] for piece in media[:2]] == ["outbound", "inbound"]
