"""mod_audio_fork and mod_audio_stream: whatever the dialplan writes, or nothing."""

import json

import pytest

from streams.protocols.pcm.dialects import PCM_DIALECTS
from streams.protocols.pcm.session import Pcm
from streams.protocols.route import Route
from streams.records import AudioFrame, CallEvent, CallStarted, Direction, Dtmf, Language, LanguageChanged, Speaker
from tests.streams.protocols.pcm.sources import PAIR
from tests.streams.sessions import NOON, after, assert_whole, everyone, play, some_bytes, sound

KNOWN = Route(rate_hz=8000, channels=PAIR, team="sales")
Both = pytest.mark.parametrize("name", ["audio-fork", "audio-stream"])


def opened(name: str, route: Route = KNOWN, call_id: str = "given-1", **query: str) -> Pcm:
    return Pcm(
        opened_at=NOON,
        admit=everyone,
        route=route,
        dialect=PCM_DIALECTS[name],
        query=query,
        call_id=call_id,
    )


def started(events: list[CallEvent]) -> CallStarted:
    assert isinstance(events[0], CallStarted)
    return events[0]


@Both
def test_metadata_in_json_may_say_all_there_is(name: str) -> None:
    said = {"uuid": "fs-1", "conversation_id": "conv-1", "rate": "16k", "mixType": "mono", "direction": "outbound"}

    call = started(play(opened(name), [json.dumps(said | {"channels": ["agent"], "agent_id": 1001})]))

    assert (call.call_id, call.dialect, call.agent_id, call.team) == ("fs-1", name, "1001", "sales")
    assert (call.rate_hz, call.channels, call.direction) == (16000, (Speaker.AGENT,), Direction.OUTBOUND)
    assert (call.metadata["session_id"], call.metadata["conversation_id"]) == ("fs-1", "conv-1")


@Both
@pytest.mark.parametrize(
    ("said", "channels"),
    [
        ({"channels": 1}, (Speaker.UNKNOWN,)),
        ({"channels": "2"}, PAIR),
        ({"channels": "agent,customer"}, (Speaker.AGENT, Speaker.CUSTOMER)),
        ({"mix_type": "mixed"}, (Speaker.MIXED,)),
        ({"mix": "stereo"}, PAIR),
        ({"channels": 3}, PAIR),
        ({"channels": True}, PAIR),
        ({}, PAIR),
    ],
)
def test_the_number_of_channels_may_be_written_in_many_ways(
    name: str, said: dict[str, object], channels: tuple[Speaker, ...]
) -> None:
    assert started(play(opened(name), [json.dumps(said)])).channels == channels


@Both
@pytest.mark.parametrize("text", ["client VIP, file 3", "<xml/>", "{", "[1, 2]", "7", "é" * 2000])
def test_free_text_is_kept_as_a_note(name: str, text: str) -> None:
    """The call is then named by whoever knows the address."""
    call = started(play(opened(name), [text]))

    assert call.call_id == "given-1"
    assert call.metadata == {"note": text[:512]}


@Both
def test_the_address_names_the_call_and_its_rate(name: str) -> None:
    dialect = opened(name, Route(), call_id="", call_id_="", rate_hz="16000", channels="2", uuid="fs-9")

    call = started(play(dialect, ["note"]))

    assert (call.call_id, call.rate_hz, call.channels) == ("fs-9", 16000, (Speaker.UNKNOWN, Speaker.UNKNOWN))


@Both
@pytest.mark.parametrize(
    ("route", "call_id", "code", "reason"),
    [
        (
            Route(channels=PAIR),
            "c",
            1003,
            "rate_hz: found nothing; allowed: 8000 to 64000; or set rate_hz in the route",
        ),
        (
            Route(rate_hz=8000),
            "c",
            1003,
            "mixType: found nothing; allowed: mono, mixed, stereo; or set channels in the",
        ),
        (KNOWN, "", 1008, "call_id: found nothing"),
    ],
)
def test_what_nobody_knows_is_refused_in_words(name: str, route: Route, call_id: str, code: int, reason: str) -> None:
    """A wrong guess would halve the time or mix the people."""
    dialect = opened(name, route, call_id)

    assert dialect.receive("{}", NOON) == ()
    assert dialect.close is not None
    assert (dialect.close.code, dialect.close.reason[: len(reason)]) == (code, reason)


def test_mod_audio_stream_may_send_audio_alone() -> None:
    """The call begins after a second of it, with the first sample at second 0."""
    data = some_bytes(1, 64_000)

    events = play(opened("audio-stream"), [data[at : at + 640] for at in range(0, 64_000, 640)], step_s=0.02)
    events += opened("audio-stream").closed(NOON)

    assert started(events).started_at == NOON
    first = next(event for event in events if isinstance(event, AudioFrame))
    assert first.start_s == 0.0
    assert sound(events, 0).tolist() == sound(play(opened("audio-stream"), ["x", data]), 0).tolist()


def test_audio_alone_that_nobody_describes_is_refused() -> None:
    dialect = opened("audio-stream", Route())

    assert play(dialect, [bytes(640)] * 60, step_s=0.02) == []
    assert dialect.close is not None
    assert dialect.close.code == 1008
    assert dialect.close.reason.startswith("more than 1 s of audio before the preamble; mixType: found nothing")


def test_mod_audio_fork_must_send_its_metadata() -> None:
    dialect = opened("audio-fork")

    assert play(dialect, [bytes(640)] * 60, step_s=0.02) == []
    assert dialect.close is not None
    assert (dialect.close.code, dialect.close.reason) == (1008, "more than 1 s of audio before the preamble")


@Both
def test_text_in_mid_stream_is_a_key_one_of_our_events_or_counted(name: str) -> None:
    """`send_text` is the only way of a dialplan to say that the call is paused."""
    dialect = opened(name)
    events = play(dialect, ["{}", bytes(32_000)])
    texts = [" # ", "a", '{"event":"language","language":"en"}', '{"event":"dtmf","digit":"7"}', "bye", "55", "5.0"]

    for text in texts:
        events += dialect.receive(text, after(1))

    keys = [event.digit for event in events if isinstance(event, Dtmf)]
    assert keys == ["#", "A", "7"]
    assert [event.language for event in events if isinstance(event, LanguageChanged)] == [Language.EN]
    assert dialect.rejected == {"unknown_event": 3}


@Both
def test_a_last_text_at_the_stop_changes_nothing(name: str) -> None:
    dialect = opened(name)

    events = [*play(dialect, ["{}", bytes(32_000), "goodbye"]), *dialect.closed(after(1), 1000)]

    assert_whole(events)
    assert dialect.close is None
