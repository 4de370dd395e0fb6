"""The acceptance rows of a preamble-then-samples source, each held against every such protocol."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from streams.protocols.pcm.session import Pcm
from streams.protocols.port import LARGEST_MESSAGE
from streams.protocols.route import Route
from streams.records import AudioFrame, CallEnded, CallEvent, CallStarted, Dtmf, EndReason, Gap, GapReason, Speaker
from streams.refusals import NORMAL
from tests.streams.clock.paced import assert_gaps
from tests.streams.protocols.pcm.sources import PAIR, SOURCES, Message, Source, a_source, a_wav_header
from tests.streams.sessions import NOON, after, assert_whole, chunks, gaps, nobody, play, sound

EverySource = pytest.mark.parametrize("source", SOURCES, ids=str)
STEREO = pytest.mark.parametrize("source", [source for source in SOURCES if source.channels == 2], ids=str)


def at_pace(dialect: Pcm, messages: Iterable[Message], begin_s: float = 0.0) -> list[CallEvent]:
    """20 ms apart, the first right away."""
    return play(dialect, messages, step_s=0.02, begin_s=begin_s)


def waited(dialect: Pcm, begin_s: float, seconds: float) -> list[CallEvent]:
    """Nothing comes; the clock ticks."""
    return [event for tenth in range(round(seconds * 10)) for event in dialect.tick(after(begin_s + tenth / 10))]


def hung_up(dialect: Pcm, source: Source, at_s: float) -> list[CallEvent]:
    """As the source does it: by its last word, or by closing."""
    events = [] if source.end is None else list(dialect.receive(source.end, after(at_s)))
    return [*events, *dialect.closed(after(at_s), NORMAL)]


def assert_heard(events: list[CallEvent], source: Source, data: bytes) -> None:
    """Every channel's samples are those that were sent."""
    for channel in range(source.channels):
        assert np.array_equal(sound(events, channel), source.samples(data, channel))


@EverySource
def test_row_01_a_clean_call_comes_out_as_it_went_in(source: Source) -> None:
    """60 s: one start, one end, equal channels, the samples those of the source."""
    data = source.audio(60)
    dialect = source.opened()

    events = at_pace(dialect, [source.hello, *source.frames(data)])
    events += hung_up(dialect, source, 60.04)

    assert_whole(events)
    assert_heard(events, source, data)
    ended = events[-1]
    assert isinstance(ended, CallEnded)
    assert (ended.end_s, ended.reason) == (60.0, EndReason.END)
    assert not any(isinstance(event, Gap) for event in events)


@EverySource
def test_row_02_three_seconds_that_never_come_are_a_gap_where_they_were(source: Source) -> None:
    """Right start and length within 100 ms on every channel; what follows is in its place."""
    dialect = source.opened()
    events = at_pace(dialect, [source.hello, *source.frames(source.audio(5))])
    events += waited(dialect, 5.02, 3)
    events += at_pace(dialect, source.frames(source.audio(5, seed=2)), begin_s=8.02)
    events += hung_up(dialect, source, 13.02)

    assert_whole(events)
    for channel in range(source.channels):
        found = gaps(events, channel)
        assert found[0][0] == pytest.approx(5.0, abs=0.1)
        assert sum(duration_s for _, duration_s in found) == pytest.approx(3.0, abs=0.1)
    ended = events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.end_s == pytest.approx(13.0, abs=0.1)


@EverySource
def test_row_02_one_second_that_never_comes_is_a_gap_where_it_was(source: Source) -> None:
    """Told when the audio is back, not in the middle of what is said then."""
    dialect = source.opened()
    events = at_pace(dialect, [source.hello, *source.frames(source.audio(5))])
    events += waited(dialect, 5.02, 1)
    events += at_pace(dialect, source.frames(source.audio(5, seed=2)), begin_s=6.02)
    events += hung_up(dialect, source, 11.02)

    assert_whole(events)
    for channel in range(source.channels):
        assert_gaps(gaps(events, channel), [(5.0, 1.0)])
    assert dialect.rejected == {}


@EverySource
def test_row_03_a_pause_nobody_announces_is_a_stall_and_ends_no_call(source: Source) -> None:
    """10 s without a word: missing, counted nowhere as quiet, and the call goes on."""
    dialect = source.opened()
    events = at_pace(dialect, [source.hello, *source.frames(source.audio(2))])
    events += waited(dialect, 2.02, 10)
    events += at_pace(dialect, source.frames(source.audio(2)), begin_s=12.02)
    events += hung_up(dialect, source, 14.02)

    assert_whole(events)
    assert sum(duration_s for _, duration_s in gaps(events, 0)) == pytest.approx(10.0, abs=0.1)
    assert dialect.rejected == {}


def test_row_03_an_announced_pause_is_one_pause_one_resume_and_a_gap() -> None:
    """Said twice each, 20 s long: the watchdog is silent, and what follows is in its place."""
    source = a_source("pcm")
    dialect = source.opened()
    events = at_pace(dialect, [source.hello, *source.frames(source.audio(2))])
    events += [*dialect.receive('{"event":"pause"}', after(2)), *dialect.receive('{"event":"pause"}', after(3))]
    events += waited(dialect, 3, 19)
    events += [*dialect.receive('{"event":"resume"}', after(22)), *dialect.receive('{"event":"resume"}', after(22))]
    events += at_pace(dialect, source.frames(source.audio(2, seed=2)), begin_s=22.02)
    events += hung_up(dialect, source, 24.02)

    assert_whole(events)
    assert [type(event).__name__ for event in events if not isinstance(event, AudioFrame)] == [
        *["CallStarted", "Paused", "Gap", "Gap", "Resumed", "CallEnded"]
    ]
    assert [event.reason for event in events if isinstance(event, Gap)] == [GapReason.PAUSED] * 2
    assert gaps(events, 1) == [(2.0, 20.0)]
    assert dialect.rejected == {}


@EverySource
@pytest.mark.parametrize("cut", [0, 1])
def test_row_06_an_abrupt_close_keeps_the_tail(source: Source, cut: int) -> None:
    """Code 1006, also in the middle of a sample: ended at once, with all that was whole."""
    data = source.audio(1)
    dialect = source.opened()

    events = at_pace(dialect, [source.hello, *source.frames(data[: len(data) - cut])])
    events += dialect.closed(after(1.05), 1006)

    assert_whole(events)
    ended = events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.reason is EndReason.ABRUPT
    assert ended.end_s == pytest.approx(1.0, abs=0.001)
    assert dialect.closed(after(2)) == ()


@EverySource
def test_row_07_twice_the_announced_rate_is_flagged_within_seconds(source: Source) -> None:
    """As loud a fault as two channels announced as one: time runs twice as fast. Counted once in ten seconds."""
    dialect = source.opened()

    at_pace(dialect, [source.hello, *source.frames(source.audio(5), 0.04)])

    assert dialect.rejected == {"too_fast": 1}


@pytest.mark.parametrize(
    ("name", "hello"),
    [
        ("pcm", '{"call_id":"c","encoding":"opus","rate_hz":8000,"channels":["mixed"]}'),
        ("jambonz", "[]"),
        ("audio-fork", '{"mixType":"stereo","sampleRate":4000}'),
        ("vonage", '{"event":"websocket:connected","content-type":"audio/opus;rate=48000"}'),
        ("vonage", '{"event":"websocket:connected","content-type":"audio/l16;rate=96000"}'),
        ("lca", '{"callEvent":"START","callId":"c"}'),
        ("asterisk-plain", "MEDIA_START connection_id:a format:g722"),
        ("asterisk-json", '{"event":"MEDIA_START","connection_id":"a","format":"slin192"}'),
        ("asterisk-plain", "MEDIA_START connection_id:a"),
    ],
)
def test_row_07_what_we_cannot_decode_starts_no_call(name: str, hello: str) -> None:
    """1003 (1007 for what is no object at all), and a reason that names the field."""
    dialect = a_source(name).opened()

    assert dialect.receive(hello, NOON) == ()
    assert dialect.close is not None
    assert dialect.close.code == (1007 if hello == "[]" else 1003)
    assert dialect.closed(NOON) == ()


@STEREO
@pytest.mark.parametrize("size", [1, 3, 321, 643])
def test_row_08_frames_of_any_length_swap_no_channels(source: Source, size: int) -> None:
    """Odd lengths split samples and pairs."""
    data = source.audio(0.1)

    events = play(source.opened(), [source.hello, *chunks(data, size)], step_s=0.0)

    assert_heard(events, source, data)


@STEREO
def test_row_08_a_reversed_map_reverses_the_roles(source: Source) -> None:
    """The route decides where the source does not."""
    hello = source.hello.replace('["customer", "agent"]', '["agent", "customer"]')
    dialect = source.opened(route=replace(source.route, channels=(Speaker.AGENT, Speaker.CUSTOMER)))

    (call,) = dialect.receive(hello, NOON)

    assert isinstance(call, CallStarted)
    assert call.channels == (Speaker.AGENT, Speaker.CUSTOMER)


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("jambonz", (Speaker.UNKNOWN, Speaker.UNKNOWN)),
        ("audio-fork", (Speaker.UNKNOWN, Speaker.UNKNOWN)),
        ("vonage", (Speaker.MIXED,)),
        ("lca", PAIR),
        ("asterisk-plain", (Speaker.MIXED,)),
    ],
)
def test_row_08_without_a_map_nobody_is_told_apart(name: str, channels: tuple[Speaker, ...]) -> None:
    """Except where the protocol itself says who is who."""
    (call,) = a_source(name).opened(route=Route()).receive(a_source(name).hello, NOON)

    assert isinstance(call, CallStarted)
    assert call.channels == channels


@EverySource
@pytest.mark.parametrize("size", [7, 44, 640])
@pytest.mark.parametrize("more", [b"", b"LIST\x1a\0\0\0INFOISFT\x0d\0\0\0Lavf60.16.100\0"])
def test_row_09_a_wav_header_never_becomes_audio(source: Source, size: int, more: bytes) -> None:
    """At the start, split over frames, longer than 44 bytes, and again in mid-stream."""
    data, header = source.audio(0.5), a_wav_header(source, more=more)
    again = header + data[:400]
    messages: list[Message] = [source.hello, *chunks(header + data, size), again[:20], again[20:]]

    events = play(source.opened(), messages, step_s=0.0)

    assert_heard(events, source, data + data[:400])


@EverySource
def test_row_09_a_header_that_contradicts_the_preamble_is_refused(source: Source) -> None:
    """Another rate: 1003, and nothing of it was heard."""
    dialect = source.opened()

    events = play(dialect, [source.hello, a_wav_header(source, rate_hz=44100) + source.audio(1)])

    assert_whole(events)
    assert len(events) == 2
    assert dialect.close is not None
    assert dialect.close.code == 1003


@EverySource
@pytest.mark.parametrize("sent", [None, b""])
def test_row_10_no_start_in_five_seconds_is_refused(source: Source, sent: bytes | None) -> None:
    """Silence, or an empty message each second: open until 5 s, then 1008. No call."""
    dialect = source.opened()
    for second in range(5):
        assert dialect.tick(after(second)) == ()
        assert sent is None or dialect.receive(sent, after(second)) == ()
    assert dialect.close is None

    assert dialect.tick(after(5.1)) == ()

    assert dialect.close is not None
    assert dialect.close.code == 1008


@EverySource
def test_row_10_bytes_that_trickle_in_hold_no_connection(source: Source) -> None:
    """One byte a second is no audio to begin a call with, also where a preamble may be missing."""
    dialect = source.opened()

    events = [event for second in range(6) for event in dialect.receive(b"\0", after(second + 0.1))]

    assert events == []
    assert dialect.close is not None
    assert dialect.close.code == 1008


@EverySource
def test_row_11_the_limit_is_accepted_and_one_byte_more_is_not(source: Source) -> None:
    """Binary and text: 1009, also in the middle of a call; the parser gives up at once on what is deep."""
    exact, beyond = bytes(LARGEST_MESSAGE), bytes(LARGEST_MESSAGE + 1)
    sessions: list[tuple[list[Message], int | None]] = [
        ([source.hello, exact], None),
        ([beyond], 1009),
        ([source.hello, beyond], 1009),
        (["x" * (LARGEST_MESSAGE + 1)], 1009),
        ([source.hello, "x" * (LARGEST_MESSAGE + 1)], 1009),
    ]
    for messages, code in sessions:
        dialect = source.opened()
        assert_whole([*play(dialect, messages), *dialect.closed(after(1))])
        assert (dialect.close and dialect.close.code) == code


@EverySource
def test_row_13_a_call_that_is_not_let_in_leaves_nothing(source: Source) -> None:
    """A spent token: 1008, no start, no end, and what was held is gone."""
    dialect = source.opened(admit=nobody)

    events = play(dialect, [source.audio(0.1), source.hello, source.audio(0.1)])

    assert [*events, *dialect.closed(after(1))] == []
    assert dialect.close is not None
    assert dialect.close.code == 1008


@EverySource
def test_row_16_a_second_start_and_words_after_the_end_change_nothing(source: Source) -> None:
    """Counted; one start, one end, whatever follows."""
    data = source.audio(0.1)
    dialect = source.opened()
    hello = source.hello.replace('"c-1"', '"c-2"')

    events = play(dialect, [source.hello, data, hello, hello, source.other], step_s=0.0)
    events += hung_up(dialect, source, 0.1)
    events += play(dialect, [source.hello, data, source.dtmf], begin_s=1)

    assert_whole(events)
    assert_heard(events, source, data)
    assert dialect.rejected == {"unknown_event": 3, "after_end": 3}


@EverySource
def test_row_17_a_little_audio_before_the_preamble_is_kept(source: Source) -> None:
    """100 ms, in frames of 5 ms: the call begins with it, and with its time."""
    data = source.audio(0.3)
    early = source.frames(data[: source.bytes_per_s // 10], 0.005)
    dialect = source.opened()

    events = play(dialect, early, step_s=0.005)
    events += dialect.receive(source.hello, after(0.1))
    events += play(dialect, source.frames(data[source.bytes_per_s // 10 :]), step_s=0.02, begin_s=0.12)
    events += hung_up(dialect, source, 0.4)

    assert_whole(events)
    assert_heard(events, source, data)
    assert isinstance(events[0], CallStarted)
    assert events[0].started_at == NOON
    assert not any(isinstance(event, Gap) for event in events)


@EverySource
def test_row_17_much_audio_before_the_preamble_is_refused(source: Source) -> None:
    """2 s at once: 1008, no call."""
    dialect = source.opened()

    events = play(dialect, [*source.frames(source.audio(2), 0.1), source.hello], step_s=0.0)

    assert events == []
    assert dialect.close is not None
    assert dialect.close.code == 1008


@EverySource
def test_row_18_two_seconds_held_back_and_sent_at_once_are_not_missing(source: Source) -> None:
    """No gap, nothing twice, the times go on."""
    data = source.audio(12)
    frames = source.frames(data)
    dialect = source.opened()

    events = at_pace(dialect, [source.hello, *frames[:250]])
    events += waited(dialect, 5.02, 2)
    events += play(dialect, frames[250:350], step_s=0.0, begin_s=7.02)
    events += at_pace(dialect, frames[350:], begin_s=7.04)
    events += hung_up(dialect, source, 12.06)

    assert_whole(events)
    assert_heard(events, source, data)
    assert not any(isinstance(event, Gap) for event in events)
    assert dialect.rejected == {}


@EverySource
def test_row_19_a_key_is_an_event_and_its_digit_is_counted_nowhere(source: Source) -> None:
    """One key, as this source writes it; several at once may be a card number and are none."""
    dialect = source.live()
    dialect.receive(source.audio(1), NOON)

    (event,) = dialect.receive(source.dtmf, NOON)
    many = dialect.receive(source.dtmf.replace("5", "4970101234567890", 1), NOON)

    assert isinstance(event, Dtmf)
    assert (event.channel, event.digit, event.at_s) == (None, "5", 1.0)
    assert many == ()
    assert "4970" not in repr(dialect.rejected)


@EverySource
def test_row_20_a_monitor_sends_nothing(source: Source) -> None:
    """Not a byte and not a command, whatever comes."""
    dialect = source.opened()
    sent: list[Message] = []
    messages: list[Message] = [source.hello, source.audio(1), source.dtmf, source.other, '{"event":"pause"}']
    for message in messages:
        dialect.receive(message, NOON)
        dialect.tick(NOON)
        sent += dialect.replies()
    dialect.closed(NOON)

    assert [*sent, *dialect.replies()] == []
