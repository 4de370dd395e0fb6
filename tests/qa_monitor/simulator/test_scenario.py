"""A recorded call becomes the right messages at the right times."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from qa_monitor.simulator.rate import to_rate
from qa_monitor.simulator.recording import RecordingError, read_recording
from qa_monitor.simulator.run import SimulationOptions, plan_calls
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol, messages
from qa_monitor.simulator.sender import SimulationError
from streams.consent import Consent, Notice
from streams.records import CallId, Direction, Language, Speaker
from streams.samples.codec import Encoding, decode, encode

RNG_SEED = 7


def a_planned_call(
    *,
    channels: tuple[Speaker, ...] = (Speaker.CUSTOMER, Speaker.AGENT),
    frames: int = 400,
    direction: Direction = Direction.INBOUND,
) -> PlannedCall:
    """A call of noise at 8 kHz, 50 ms long unless told."""
    noise = np.random.default_rng(RNG_SEED).integers(-20_000, 20_000, (frames, len(channels)), dtype=np.int16)
    return PlannedCall(
        call_id=CallId("call-1"),
        agent_id="agent-1",
        team="support",
        direction=direction,
        language=Language.FR,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
        channels=channels,
        rate_hz=8000,
        samples=noise,
    )


def test_pcm_audio_is_sent_when_it_has_been_spoken() -> None:
    """Each 20 ms leave when they end; the last piece may be shorter; the end follows at once."""
    sent = list(messages(a_planned_call(), StreamProtocol.PCM))

    assert [message.at_s for message in sent] == [0.0, 0.02, 0.04, 0.05, 0.05]
    assert json.loads(sent[-1].data) == {"event": "end"}


def test_pcm_carries_every_sample_unchanged() -> None:
    """Both channels interleaved, byte for byte."""
    call = a_planned_call()

    audio = b"".join(message.data for message in messages(call, StreamProtocol.PCM) if isinstance(message.data, bytes))

    assert audio == call.samples.astype("<i2").tobytes()


def test_pcm_announces_the_facts() -> None:
    """Who, in which language, with which notice and consent, and what the bytes mean."""
    first = next(iter(messages(a_planned_call(), StreamProtocol.PCM)))

    assert json.loads(first.data) == {
        "call_id": "call-1",
        "agent_id": "agent-1",
        "team": "support",
        "tenant": "default",
        "direction": "inbound",
        "language": "fr",
        "notice": "played",
        "consent": "granted",
        "rate_hz": 8000,
        "encoding": "pcm16",
        "channels": ["customer", "agent"],
    }


def test_twilio_carries_mulaw_of_both_tracks() -> None:
    """Inbound is the customer, outbound the agent; numbers count per track; times are the track's own."""
    call = a_planned_call()
    events = [json.loads(message.data) for message in messages(call, StreamProtocol.TWILIO)]
    media = [event["media"] for event in events if event["event"] == "media"]

    for track, channel in (("inbound", 0), ("outbound", 1)):
        own = [piece for piece in media if piece["track"] == track]
        audio = b"".join(base64.b64decode(piece["payload"]) for piece in own)
        assert audio == encode(call.samples[:, channel], Encoding.MULAW)
        assert [(piece["chunk"], piece["timestamp"]) for piece in own] == [("1", "0"), ("2", "20"), ("3", "40")]


def test_twilio_starts_and_stops_as_the_provider_does() -> None:
    """Connected, start, media, stop, in one sequence of numbers."""
    sent = list(messages(a_planned_call(), StreamProtocol.TWILIO, token="secret"))
    events = [json.loads(message.data) for message in sent]
    kinds = [event["event"] for event in events]

    assert kinds == ["connected", "start", *["media"] * 6, "stop"]
    assert [event["sequenceNumber"] for event in events[1:]] == [str(number) for number in range(1, 9)]
    assert events[1]["start"]["tracks"] == ["inbound", "outbound"]
    assert events[1]["start"]["customParameters"]["consent"] == "granted"
    assert events[1]["start"]["customParameters"]["token"] == "secret"
    assert [message.at_s for message in sent] == [0.0, 0.0, 0.02, 0.02, 0.04, 0.04, 0.05, 0.05, 0.05]


def test_twilio_outbound_puts_the_agent_on_the_inbound_track() -> None:
    """Where the centre called, the leg that streams is the agent's."""
    call = a_planned_call(direction=Direction.OUTBOUND)
    media = [json.loads(message.data) for message in messages(call, StreamProtocol.TWILIO)][2]["media"]

    assert media["track"] == "outbound"
    assert base64.b64decode(media["payload"]) == encode(call.samples[:160, 0], Encoding.MULAW)


def test_twilio_leaves_a_mixed_channel_without_a_track() -> None:
    """Nothing may make it look like the customer's voice."""
    events = [
        json.loads(message.data)
        for message in messages(a_planned_call(channels=(Speaker.MIXED,)), StreamProtocol.TWILIO)
    ]

    assert events[1]["start"]["tracks"] == []
    assert "track" not in events[2]["media"]


def test_twilio_refuses_another_rate() -> None:
    """Resampling is the planner's task."""
    call = PlannedCall(
        call_id=CallId("c"), channels=(Speaker.MIXED,), rate_hz=16_000, samples=np.zeros((10, 1), np.int16)
    )

    with pytest.raises(ValueError, match="8000 Hz, not 16000"):
        messages(call, StreamProtocol.TWILIO)


def test_samples_must_have_a_column_per_channel() -> None:
    """A call that contradicts itself is not planned."""
    with pytest.raises(ValueError, match="2 channels"):
        PlannedCall(
            call_id=CallId("c"),
            channels=(Speaker.CUSTOMER, Speaker.AGENT),
            rate_hz=8000,
            samples=np.zeros((10, 1), np.int16),
        )


def a_file(folder: Path, name: str = "call.wav", *, channels: int = 2, rate_hz: int = 8000, frames: int = 800) -> Path:
    """A quiet recording."""
    path = folder / name
    soundfile.write(path, np.zeros((frames, channels), np.int16), rate_hz, subtype="PCM_16")
    return path


def test_files_become_calls_with_copies_one_after_the_other(tmp_path: Path) -> None:
    """Every copy is a call of its own, a little later."""
    options = SimulationOptions(files=[a_file(tmp_path), a_file(tmp_path, "été 2.flac")], copies=2, stagger_s=1.5)

    calls = plan_calls(options, run_id="run")

    assert [(call.call_id, call.starts_after_s) for call in calls] == [
        ("call-run", 0.0),
        ("-t--2-run", 0.0),
        ("call-run-1", 1.5),
        ("-t--2-run-1", 1.5),
    ]


def test_a_file_with_one_channel_is_heard_as_mixed(tmp_path: Path) -> None:
    """Nobody knows who speaks, so nobody's voice is scored."""
    (call,) = plan_calls(SimulationOptions(files=[a_file(tmp_path, channels=1)]), run_id="run")

    assert call.channels == (Speaker.MIXED,)


def test_twilio_calls_are_brought_to_telephone_rate(tmp_path: Path) -> None:
    """A studio recording goes down the same line."""
    options = SimulationOptions(files=[a_file(tmp_path, rate_hz=48_000, frames=48_000)], protocol=StreamProtocol.TWILIO)

    (call,) = plan_calls(options, run_id="run")

    assert (call.rate_hz, call.samples.shape) == (8000, (8000, 2))


def test_resampling_keeps_a_tone() -> None:
    """The same pitch, the same level."""
    tone = (10_000 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000)).astype(np.int16)[:, None]

    changed = to_rate(tone, 48_000, 8_000)

    wanted = (10_000 * np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000))[:, None]
    assert np.abs(changed[200:-200] - wanted[200:-200]).max() < 100


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda folder: folder / "nowhere.wav", "no such file"),
        (lambda folder: a_file(folder, channels=3), "3 channels"),
        (lambda folder: a_file(folder, rate_hz=4000), "4000 Hz"),
        (lambda folder: a_file(folder, frames=0), "no audio"),
    ],
)
def test_a_file_that_cannot_be_played_is_named(make: Callable[[Path], Path], found: str, tmp_path: Path) -> None:
    """File, what was found, what is allowed."""
    path = make(tmp_path)

    with pytest.raises(RecordingError) as caught:
        read_recording(path)

    assert str(caught.value) == f"{path}: {found}; allowed: WAV or FLAC with one or two channels, 8000 to 48000 Hz"


def test_a_file_that_is_no_audio_is_named(tmp_path: Path) -> None:
    """A text file with the name of a recording."""
    path = tmp_path / "call.wav"
    path.write_text("not audio")

    with pytest.raises(RecordingError, match=r"call\.wav: not readable as audio \(.*\); allowed: WAV or FLAC"):
        read_recording(path)


def test_copies_below_one_are_refused(tmp_path: Path) -> None:
    """The message names the field."""
    with pytest.raises(SimulationError, match="copies: at least 1, found 0"):
        plan_calls(SimulationOptions(files=[a_file(tmp_path)], copies=0), run_id="run")


def test_mulaw_survives_the_line() -> None:
    """What is sent as mu-law decodes to what a telephone would have delivered."""
    call = a_planned_call()

    once = decode(encode(call.samples[:, 0], Encoding.MULAW), Encoding.MULAW)

    assert encode(once, Encoding.MULAW) == encode(call.samples[:, 0], Encoding.MULAW)
