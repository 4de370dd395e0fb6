"""What is wrong with the sound of a call: found when it is, and not found when it is not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from streams.health.call_health import HealthFact
from streams.health.health import HealthWatch
from streams.records import GapReason, Samples, Speaker
from streams.samples.codec import Encoding, encode
from tests.streams.health.sounding import CALL, RATE_HZ, Told, room, silence, two, voice

NEVER_IN_A_GOOD_CALL = {
    HealthFact.NO_AUDIO,
    HealthFact.ONE_WAY,
    HealthFact.IDENTICAL,
    HealthFact.SWAPPED,
    HealthFact.CLIPPED,
    HealthFact.LOSS,
    HealthFact.DRIFT,
    HealthFact.WRONG_FORMAT,
}


def a_dialogue(seconds: float = 40.0) -> NDArray[np.int16]:
    """Both speak in turns of 4 s."""
    turns = int(seconds // 4)
    customer = np.concatenate([voice(4, seed) if seed % 2 else silence(4) for seed in range(turns)])
    agent = np.concatenate([silence(4) if seed % 2 else voice(4, seed) for seed in range(turns)])
    return two(customer, agent)


def test_a_good_call_has_levels_and_no_facts() -> None:
    """Loud when somebody speaks, -100 where nothing is."""
    told = Told()

    assert told.facts(a_dialogue(40)) == set()
    health = told.watch.at(told.now_s, told.wall_s)
    assert health.blind is None
    assert [round(one.spoken_s) for one in health.channels] == [20, 20]
    assert max(one.level_db for one in health.channels) == pytest.approx(-20, abs=3)
    assert [one.lost_share for one in health.channels] == [0.0, 0.0]
    assert Told().after(two(silence(5), voice(5))).channels[0].level_db == -100.0


def test_a_channel_that_carries_nothing_makes_the_call_one_way() -> None:
    """After half a minute, in which the other spoke; not before, and not once it is heard."""
    told = Told()

    assert told.facts(two(silence(29), voice(29))) == set()
    health = told.after(two(silence(3), voice(3)))
    assert (health.facts, health.blind) == ((HealthFact.ONE_WAY,), HealthFact.ONE_WAY)
    assert told.after(two(voice(5, 7), silence(5))).facts == ()


def test_comfort_noise_is_nobody_and_a_room_is_somebody() -> None:
    """Even noise comes from a machine. A quiet listener's room goes up and down, and gets twice the time."""
    even = np.asarray(np.random.default_rng(3).standard_normal(40 * RATE_HZ) * 40, np.int16)

    assert HealthFact.ONE_WAY in Told().facts(two(even, voice(40)))
    assert Told().facts(two(room(40), voice(40))) == set()
    assert HealthFact.ONE_WAY in Told().facts(two(room(65), voice(65)))


def test_a_listener_may_be_silent_through_a_monologue() -> None:
    """Whose line has carried speech before is not lost because silence suppression made it dead for a minute."""
    told = Told()

    assert told.facts(two(np.concatenate([voice(5, 9), silence(80)]), np.concatenate([silence(5), voice(80)]))) == set()
    assert HealthFact.ONE_WAY in told.facts(two(silence(20), voice(20)))


def test_nobody_speaking_at_all_is_no_one_way_call() -> None:
    """On hold, in a queue: silence on both sides."""
    assert Told().facts(two(silence(120), silence(120))) == set()


@pytest.mark.parametrize(
    "other",
    [
        lambda one: one,
        lambda one: np.asarray(one * 0.7, np.int16),
        lambda one: np.concatenate([silence(0.03), one])[: len(one)],
        lambda one: np.negative(one),
    ],
    ids=["the same", "softer", "30 ms later", "inverted"],
)
def test_the_same_sound_on_both_channels(other: Callable[[Samples], Samples]) -> None:
    """Found within seconds; gone when the channels differ."""
    one = voice(8)
    told = Told()
    health = told.after(two(one, other(one)))

    assert (health.facts, health.blind) == ((HealthFact.IDENTICAL,), HealthFact.IDENTICAL)
    assert told.after(two(voice(8, 20), voice(8, 21))).facts == ()


def test_an_echo_is_not_the_same_sound() -> None:
    """A telephone without a hook hears the other side, much softer."""
    one = voice(30)
    echo = np.asarray(np.concatenate([silence(0.04), one])[: len(one)] * 0.1, np.int16)

    assert HealthFact.IDENTICAL not in Told().facts(two(one, echo))


def test_a_level_that_cuts_the_tops_off_is_clipping() -> None:
    """The call can still be judged."""
    told = Told()
    health = told.after(two(voice(10, loud_db=-3), silence(10)))

    assert health.facts == (HealthFact.CLIPPED,)
    assert health.channels[0].clipped_share > 0.005
    assert health.blind is None
    assert told.after(two(voice(12, 5), voice(12, 6))).facts == ()


def test_loss_is_a_fact_from_one_in_twenty_and_blinds_from_three_in_ten() -> None:
    """Over the last half minute, on the worse channel; pauses do not count."""
    told = Told()
    told.after(a_dialogue(28))
    assert told.miss(1.0, GapReason.LOST, 0, 1).facts == ()
    health = told.miss(1.0, GapReason.LOST, 0)
    assert (health.facts, health.blind) == ((HealthFact.LOSS,), None)
    health = told.miss(9.0, GapReason.LOST, 0)
    assert (health.facts, health.blind) == ((HealthFact.LOSS,), HealthFact.LOSS)
    assert health.channels[0].lost_share == pytest.approx(11 / 39)
    assert health.channels[1].lost_share == pytest.approx(1 / 39)

    paused = Told()
    paused.after(a_dialogue(12))
    assert paused.miss(40.0, GapReason.PAUSED, 0, 1).facts == (HealthFact.NO_AUDIO,)
    assert paused.after(a_dialogue(40)).facts == ()


def test_no_audio_is_a_fact_after_fifteen_seconds_unless_paused() -> None:
    """By the clock on the wall: the audio clock may stand still."""
    told = Told()
    told.after(a_dialogue(8))

    assert told.watch.at(8.0, 22.9).facts == ()
    assert told.watch.at(8.0, 23.0).blind is HealthFact.NO_AUDIO
    told.watch.pause(True, 23.0)
    assert told.watch.at(8.0, 600.0).facts == ()
    told.watch.pause(False, 600.0)
    assert told.watch.at(8.0, 614.9).facts == ()
    assert told.watch.at(8.0, 615.0).facts == (HealthFact.NO_AUDIO,)


def test_what_the_words_say_of_the_channels_is_a_fact() -> None:
    """Whoever reads the words sets it, and takes it back."""
    told = Told()
    told.watch.swapped = True
    assert told.after(a_dialogue(8)).blind is HealthFact.SWAPPED
    told.watch.swapped = False
    assert told.after(a_dialogue(8)).blind is None


def test_a_language_nobody_understands_makes_a_call_blind() -> None:
    """Its text means nothing; the next sentence may be understood again."""
    told = Told()
    told.watch.foreign = True
    assert told.after(a_dialogue(8)).blind is HealthFact.FOREIGN
    told.watch.foreign = False
    assert told.after(a_dialogue(8)).blind is None


def test_bytes_read_in_the_wrong_format() -> None:
    """What was announced as 16-bit samples is mu-law: within two seconds."""
    spoken = voice(4, loud_db=-18)
    wrong = np.frombuffer(encode(spoken, Encoding.MULAW), "<i2")
    health = Told().after(two(wrong, silence(2)))

    assert HealthFact.WRONG_FORMAT in health.facts
    assert health.blind is HealthFact.WRONG_FORMAT


def test_one_channel_is_never_one_way_or_identical() -> None:
    """There is no other to set it against."""
    mono = Told(HealthWatch(replace(CALL, channels=(Speaker.MIXED,)), 0.0))

    assert mono.facts(np.concatenate([voice(40), silence(80)])[:, None]) == set()


def test_the_bundled_calls_raise_no_false_alarm(demo_calls: tuple[Path, ...]) -> None:
    """Nor do they come near: 28 s of digital silence on one side are among them."""
    for file in demo_calls:
        samples, rate_hz = soundfile.read(file, dtype="int16", always_2d=True)
        assert rate_hz == RATE_HZ
        assert Told().facts(samples) & NEVER_IN_A_GOOD_CALL == set(), file.stem


def test_the_faults_are_found_in_the_bundled_calls(demo_calls: tuple[Path, ...]) -> None:
    """The same sound on both channels, and one side silent."""
    for file in demo_calls[:4]:
        samples, _ = soundfile.read(file, dtype="int16", always_2d=True)
        mixed = np.repeat(np.clip(samples.astype(np.int32).sum(axis=1), -32_768, 32_767)[:, None], 2, axis=1)
        deaf = samples.copy()
        deaf[:, 1] = 0

        assert HealthFact.IDENTICAL in Told().facts(mixed.astype(np.int16)), file.stem
        assert HealthFact.ONE_WAY in Told().facts(deaf), file.stem


@pytest.mark.data
def test_real_calls_raise_no_false_alarm(recordings: Path) -> None:
    """Whole calls of two channels."""
    files = sorted((recordings / "calls").glob("*.flac"))
    assert files
    for file in files:
        samples, rate_hz = soundfile.read(file, dtype="int16", always_2d=True)
        assert (rate_hz, samples.shape[1]) == (RATE_HZ, 2)
        assert Told().facts(samples) & NEVER_IN_A_GOOD_CALL == set(), file.stem
