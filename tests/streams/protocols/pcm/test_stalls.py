"""A source that sends nothing for a while: what comes then is held for a moment, and never kept back or lost."""

import json

import numpy as np
import pytest

from streams.protocols.pcm.session import Pcm
from streams.records import AudioFrame, CallEnded, CallEvent, EndReason, Gap, GapReason, Paused
from tests.streams.clock.paced import assert_gaps
from tests.streams.protocols.pcm.sources import Source, a_source
from tests.streams.sessions import after, assert_whole, gaps, play, sound

SOURCE = a_source("pcm")
DATA = SOURCE.audio(5)
FRAMES = SOURCE.frames(DATA)
RESUMED_S = 3.5


def stalled(source: Source = SOURCE, *, frames: int = 5) -> tuple[Pcm, list[CallEvent]]:
    """2 s of audio, nothing for 1.5 s, and the first few frames after it, at pace: still held."""
    dialect = source.opened()
    every = source.frames(source.audio(5))
    events = play(dialect, [source.hello, *every[:100]], step_s=0.02)
    events += [event for tenth in range(21, 35) for event in dialect.tick(after(tenth / 10))]
    events += play(dialect, every[100 : 100 + frames], step_s=0.02, begin_s=RESUMED_S)
    return dialect, events


def kinds(events: list[CallEvent]) -> list[str]:
    """The events but for frames, each once for both channels."""
    return [type(event).__name__ for event in events if not isinstance(event, AudioFrame | Gap) or event.channel == 0]


def assert_in_place(events: list[CallEvent], frames: int) -> None:
    """One gap, where the stall was, and all audio."""
    assert gaps(events, 0) == gaps(events, 1)
    assert_gaps(gaps(events, 0), [(2.0, 1.5)])
    assert np.array_equal(sound(events, 0), SOURCE.samples(b"".join(FRAMES[: 100 + frames]), 0))


def test_a_moment_after_a_stall_its_gap_and_what_was_held_are_told() -> None:
    dialect, events = stalled()
    assert not any(isinstance(event, Gap) for event in events)

    told = play(dialect, FRAMES[105:110], step_s=0.02, begin_s=RESUMED_S + 0.1)

    assert kinds(told) == ["Gap"] + 9 * ["AudioFrame"] + ["AudioFrame"]
    assert_in_place([*events, *told], 10)
    assert dialect.rejected == {}


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_where_nothing_more_comes_the_clock_gives_out_what_was_held(frames: int) -> None:
    """A quarter of a second after it came, and never twice."""
    dialect, events = stalled(frames=frames)

    told = [event for hundredth in range(10, 26) for event in dialect.tick(after(RESUMED_S + hundredth / 100))]

    assert kinds(told) == ["Gap"] + frames * ["AudioFrame"]
    assert_in_place([*events, *told], frames)


@pytest.mark.parametrize("code", [1000, 1006])
def test_a_call_that_ends_in_that_moment_ends_with_all_it_was_sent(code: int) -> None:
    dialect, events = stalled()

    events += dialect.closed(after(RESUMED_S + 0.1), code)

    assert_whole(events)
    assert_in_place(events, 5)
    ended = events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.end_s == pytest.approx(3.6, abs=0.05)


def test_a_source_that_says_goodbye_in_that_moment_is_heard_out() -> None:
    dialect, events = stalled()

    events += dialect.receive('{"event":"end"}', after(RESUMED_S + 0.1))

    assert_whole(events)
    assert_in_place(events, 5)


def test_a_source_that_breaks_the_protocol_in_that_moment_is_heard_up_to_there() -> None:
    dialect, events = stalled()

    events += dialect.receive("nonsense", after(RESUMED_S + 0.1))

    assert_whole(events)
    assert_in_place(events, 5)
    ended = events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.reason is EndReason.ERROR


def test_a_pause_in_that_moment_begins_behind_what_was_held() -> None:
    """Gap, audio, pause; and nothing of it comes again after the pause."""
    dialect, events = stalled()

    paused = [*dialect.receive('{"event":"pause"}', after(3.6)), *dialect.receive('{"event":"resume"}', after(8.6))]
    events += [*paused, *play(dialect, FRAMES[105:150], step_s=0.02, begin_s=8.62), *dialect.closed(after(9.52))]

    assert kinds(paused) == ["Gap", *5 * ["AudioFrame"], "Paused", "Gap", "Resumed"]
    began = next(event for event in paused if isinstance(event, Paused))
    assert began.at_s == pytest.approx(3.6, abs=0.05)
    assert_whole(events)
    assert [event.reason for event in events if isinstance(event, Gap)] == 2 * [GapReason.LOST] + 2 * [GapReason.PAUSED]
    assert np.array_equal(sound(events, 0), SOURCE.samples(b"".join(FRAMES[:150]), 0))


def test_a_stall_that_a_pause_follows_is_told_when_audio_is_back() -> None:
    """Nothing for a second, then the pause: what was missing before it is not forgotten."""
    dialect = SOURCE.opened()
    events = play(dialect, [SOURCE.hello, *FRAMES[:100]], step_s=0.02)
    events += [event for tenth in range(21, 31) for event in dialect.tick(after(tenth / 10))]
    events += [*dialect.receive('{"event":"pause"}', after(3)), *dialect.receive('{"event":"resume"}', after(5))]
    events += [*dialect.tick(after(5.01)), *play(dialect, FRAMES[100:150], step_s=0.02, begin_s=5.02)]

    assert [duration_s for _, duration_s in gaps(events, 0)] == [2.0, pytest.approx(1.0, abs=0.05)]
    assert {event.duration_s for event in events if isinstance(event, Gap) and event.reason is GapReason.PAUSED} == {
        2.0
    }


def test_a_burst_that_the_network_spreads_is_not_missing() -> None:
    """1.5 s held back, then sent within a tenth of a second: given out as soon as it has caught up."""
    dialect, events = stalled(frames=0)

    burst = play(dialect, FRAMES[100:175], step_s=0.1 / 75, begin_s=RESUMED_S)
    events += [*burst, *play(dialect, FRAMES[175:200], step_s=0.02, begin_s=RESUMED_S + 0.12)]

    assert gaps(events, 0) == []
    assert np.array_equal(sound(events, 0), SOURCE.samples(b"".join(FRAMES[:200]), 0))
    assert dialect.rejected == {}


def test_audio_that_comes_now_and_then_keeps_the_call_alive() -> None:
    """A frame every other second for two minutes: each is held for a moment, and each counts as heard."""
    dialect = SOURCE.opened()
    events = play(dialect, [SOURCE.hello, *FRAMES[:50]], step_s=0.02)
    for tenth in range(11, 1211):
        if tenth % 20 == 0:
            events += dialect.receive(FRAMES[0], after(tenth / 10))
        events += dialect.tick(after(tenth / 10))
    events += dialect.closed(after(121))

    assert_whole(events)
    assert dialect.rejected == {}
    assert len(sound(events, 0)) == round((1 + 60 * 0.02) * SOURCE.rate_hz)
    ended = events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.end_s == pytest.approx(121, abs=1.1)


def test_a_call_whose_clock_nobody_tells_holds_nothing() -> None:
    """Two connections of one call are aligned elsewhere, by the arrival of each frame."""
    dialect = SOURCE.opened()
    dialect.receive(SOURCE.hello, after(0))
    dialect.receive(FRAMES[0], after(0.02))

    (*told,) = dialect.receive(FRAMES[1], after(10))

    assert kinds(told) == ["AudioFrame"]


def test_a_word_in_that_moment_is_told_at_once() -> None:
    """Its second is that of the audio given out so far: time never goes back."""
    dialect, events = stalled()

    events += dialect.receive(json.dumps({"event": "dtmf", "digit": "5"}), after(RESUMED_S + 0.1))
    events += dialect.closed(after(RESUMED_S + 0.12))

    assert_whole(events)
    assert kinds(events).count("Dtmf") == 1
