"""Keys typed on a telephone: nothing of them can be read off what is left, and speech stays."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bench.sounds.keys import KEYS, LEAD_S, Typing, decoded
from bench.sounds.noises import NOISES, Wave
from streams.keypad.key_tones import BEHIND_S, UNSETTLED_S, KeyTone, KeyTones
from streams.records import AudioFrame, CallId, Gap, GapReason, Samples
from streams.samples.codec import Encoding, decode, encode

CALL = CallId("call-1")
RATE_HZ = 8000
CARD = "4970101234567890*#"
SOUNDS = sorted((Path(__file__).parents[1] / "sounds").glob("*.flac"))
Mask = NDArray[np.bool_]


def a_frame(samples: Samples, start: int, *, channel: int = 0, rate_hz: int = RATE_HZ) -> AudioFrame:
    return AudioFrame(call_id=CALL, channel=channel, start_s=start / rate_hz, samples=samples, rate_hz=rate_hz)


def silent(tones: Sequence[KeyTone], length: int, rate_hz: int = RATE_HZ) -> Mask:
    """Per sample, whether it is to be silenced."""
    mask = np.zeros(length, bool)
    for tone in tones:
        mask[round(tone.start_s * rate_hz) : round(tone.end_s * rate_hz)] = True
    return mask


def found(*channels: Samples, rate_hz: int = RATE_HZ, frame_s: float = 0.02) -> list[KeyTone]:
    """What is to be silenced of a call, which is looked at once a second."""
    tones, step, heard = KeyTones(len(channels), rate_hz), round(frame_s * rate_hz), []
    for start in range(0, max(map(len, channels)), step):
        for channel, samples in enumerate(channels):
            if start < len(samples):
                tones.feed(a_frame(samples[start : start + step], start, channel=channel, rate_hz=rate_hz))
        if start % rate_hz < step:
            heard += tones.take()
    return [*heard, *tones.finish()]


def left(samples: Samples, rate_hz: int = RATE_HZ) -> Samples:
    """What is kept of one channel."""
    kept = samples.copy()
    kept[silent(found(samples, rate_hz=rate_hz), len(samples), rate_hz)] = 0
    return kept


def coded(samples: Samples, encoding: Encoding | None) -> Samples:
    """As the line brings it."""
    return samples if encoding is None else decode(encode(samples, encoding), encoding)


def a_voice(length: int, level_db: float) -> Samples:
    """People speaking without a pause, 8 kHz."""
    spoken = [soundfile.read(path, dtype="float64") for path in SOUNDS]
    assert {rate for _, rate in spoken} == {RATE_HZ}
    voice: Wave = np.resize(np.concatenate([audio for audio, _ in spoken]), length)
    loud = np.abs(voice) > 0.01
    scaled: Wave = voice / np.sqrt(np.mean(voice[loud] ** 2)) * 10 ** (level_db / 20) * 32768
    return np.round(scaled).astype(np.int16)


@pytest.mark.parametrize("encoding", [None, Encoding.MULAW, Encoding.ALAW])
@pytest.mark.parametrize("noise_db", [None, 20.0, 10.0])
@pytest.mark.parametrize("tone_s", [0.04, 0.07, 0.2])
@pytest.mark.parametrize("level_db", [-6.0, -20.0, -40.0])
def test_no_key_is_left(encoding: Encoding | None, noise_db: float | None, tone_s: float, level_db: float) -> None:
    """Whatever the line, the noise, the level and how long it is pressed: not a sample of any tone."""
    typed = Typing(tone_s=tone_s, level_db=level_db, noise_db=noise_db)
    samples = coded(typed.samples(CARD), encoding)
    assert decoded(samples) == CARD

    kept = left(samples)

    assert decoded(kept) == ""
    assert not any(kept[round(start * RATE_HZ) : round(end * RATE_HZ)].any() for start, end in typed.spans_s(CARD))


@pytest.mark.parametrize("twist_db", [-9.0, -6.0, 4.0, 8.0])
@pytest.mark.parametrize("off", [-0.015, 0.015])
@pytest.mark.parametrize("noise_db", [20.0, 10.0])
def test_no_key_of_a_bad_telephone_is_left(twist_db: float, off: float, noise_db: float) -> None:
    """Tones as unequal and as far off as Q.24 has decoders take them."""
    typed = Typing(tone_s=0.04, twist_db=twist_db, off=off, noise_db=noise_db)

    kept = left(coded(typed.samples(CARD), Encoding.ALAW))

    assert decoded(kept, least_share=0.3) == ""
    assert not any(kept[round(start * RATE_HZ) : round(end * RATE_HZ)].any() for start, end in typed.spans_s(CARD))


@pytest.mark.parametrize("key", "".join(KEYS))
def test_every_key_is_found(key: str) -> None:
    typed = Typing(tone_s=0.05, noise_db=15.0)

    assert decoded(typed.samples(key)) == key
    assert decoded(left(typed.samples(key))) == ""


@pytest.mark.parametrize("rate_hz", [8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_keys_are_found_at_any_rate(rate_hz: int) -> None:
    typed = Typing(tone_s=0.05, noise_db=20.0, rate_hz=rate_hz)
    samples = typed.samples(CARD)
    assert decoded(samples, rate_hz) == CARD

    kept = left(samples, rate_hz)

    assert decoded(kept, rate_hz) == ""
    assert kept[: round(0.4 * rate_hz)].any()


def test_a_tone_that_overdrives_the_line_is_found() -> None:
    """Clipped by 6 dB: its overtones are nobody's voice."""
    samples = np.clip(Typing(level_db=-6.0).samples(CARD).astype(np.int32) * 3, -32768, 32767).astype(np.int16)
    assert decoded(samples) == CARD

    assert decoded(left(samples)) == ""


@pytest.mark.parametrize("piece_s", [0.014, 0.018, 0.025, 0.035])
@pytest.mark.parametrize("place", ["first", "last", "between", "after a gap"])
@pytest.mark.parametrize("key", "258#")
def test_a_piece_of_a_tone_is_found(piece_s: float, place: str, key: str) -> None:
    """The call begins or ends with it, or frames before and behind it were lost."""
    hiss = np.round(np.random.default_rng(3).standard_normal(4000) * 5).astype(np.int16)
    start = round((LEAD_S + 0.02) * RATE_HZ)
    piece = Typing(tone_s=0.1).samples(key)[start : start + round(piece_s * RATE_HZ)]
    lost = 160 if place == "after a gap" else 0
    before, behind = hiss[: 0 if place == "first" else 4000], hiss[: 0 if place == "last" else 4000]
    tones = KeyTones(1, RATE_HZ)
    where = 0
    whole = np.zeros(len(before) + len(piece) + len(behind) + 2 * lost, np.int16)
    for samples in (before, piece, behind):
        if len(samples):
            tones.feed(a_frame(samples, where))
        whole[where : where + len(samples)] = samples
        where += len(samples) + lost

    whole[silent(tones.finish(), len(whole))] = 0

    assert decoded(whole) == ""


@pytest.mark.parametrize("below_db", [6.0, 12.0])
def test_keys_are_found_under_a_voice(below_db: float) -> None:
    """Both on one channel: somebody speaks while the other types."""
    typed = Typing(tone_s=0.1, gap_s=0.1)
    keys = typed.samples(CARD).astype(np.int32)
    both = (keys + a_voice(len(keys), -16.0 - below_db)).clip(-32768, 32767).astype(np.int16)
    assert len(decoded(both)) >= len(CARD)

    assert decoded(left(both)) == ""


def test_what_leaks_into_the_other_channel_goes_too() -> None:
    """Softer, a little later, under the other's voice: too faint to be found there by itself."""
    typed = Typing()
    keys = typed.samples(CARD)
    leak = np.roll(keys // 20, round(0.01 * RATE_HZ))
    leak += np.round(np.random.default_rng(4).standard_normal(len(leak)) * np.std(leak[4000:-4000])).astype(np.int16)
    assert decoded(leak, least_share=0.1) != ""

    mask = silent(found(keys, leak), len(keys))

    assert decoded(np.where(mask, np.int16(0), leak), least_share=0.1) == ""


def test_keys_that_echo_on_the_other_channel_are_found_there() -> None:
    """So much later that silencing the first would not silence them."""
    keys = Typing(gap_s=0.3).samples("159")
    echo = np.roll(keys // 16, round(0.2 * RATE_HZ))
    assert decoded(echo) == "159"

    mask = silent(found(keys, echo), len(keys))

    assert decoded(np.where(mask, np.int16(0), echo)) == ""


@pytest.mark.parametrize("path", SOUNDS, ids=lambda path: path.stem)
def test_a_voice_is_left_alone(path: Path) -> None:
    audio, rate = soundfile.read(path, dtype="int16")

    assert found(audio, rate_hz=rate) == []


@pytest.mark.parametrize("name", sorted(set(NOISES) - {"keys"}))
def test_music_ring_back_and_noise_are_left_alone(name: str) -> None:
    assert found(NOISES[name](20.0)) == []


@pytest.mark.parametrize(
    ("first_hz", "second_hz"), [(697, 0), (0, 1336), (350, 440), (480, 620), (1400, 2060), (659, 1109)]
)
def test_other_tones_are_no_keys(first_hz: int, second_hz: int) -> None:
    """A dial tone, a busy line, a fax, two notes, or one tone of a key by itself."""
    times = np.arange(2 * RATE_HZ) / RATE_HZ
    wave = np.sin(2 * np.pi * first_hz * times) + np.sin(2 * np.pi * second_hz * times)

    assert found(np.round(wave * 4000).astype(np.int16)) == []


def test_what_lies_around_keys_is_left_as_it_was() -> None:
    """A tone takes 50 ms more on either side with it, at most; soon after it a little of a voice may go, no more."""
    typed = Typing(tone_s=0.1, gap_s=1.9)
    keys = typed.samples("481590")
    voice = a_voice(len(keys), -20.0)
    around = np.ones(len(keys), bool)
    for start_s, end_s in typed.spans_s("481590"):
        around[round((start_s - 0.05) * RATE_HZ) : round((end_s + 0.05) * RATE_HZ)] = False

    mask = silent(found(keys + voice * around), len(keys))

    assert mask[around].mean() < 0.05
    assert not silent(found(keys), len(keys))[around].any()


def test_tones_are_counted() -> None:
    """Each once, though it is heard on both channels."""
    tones = KeyTones(2, RATE_HZ)
    keys = Typing(tone_s=0.05).samples(CARD)
    for start in range(0, len(keys), 4000):
        for channel, samples in enumerate((keys, keys // 3)):
            tones.feed(a_frame(samples[start : start + 4000], start, channel=channel))
        tones.take()
    tones.finish()

    assert tones.count == len(CARD)


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=30), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_nothing_is_found_before_what_is_settled(lengths: Sequence[int], seed: int) -> None:
    """However the sound is cut into frames: what was let through is never taken back."""
    samples = replace(Typing(tone_s=0.05), noise_db=12.0).samples(CARD)
    tones, told, settled = KeyTones(1, RATE_HZ), np.zeros(len(samples), bool), [-1.0]
    start = 0
    for length in [*lengths, len(samples)]:
        tones.feed(a_frame(samples[start : start + length], start))
        start = min(start + length, len(samples))
        new = silent(tones.take(), len(samples))
        assert not (new & ~told)[: max(0, round(settled[-1] * RATE_HZ))].any()
        told |= new
        settled.append(tones.settled_s)
    told |= silent(tones.finish(), len(samples))

    assert all(before <= after for before, after in pairwise(settled))
    assert decoded(np.where(told, np.int16(0), samples)) == ""


def test_a_channel_of_which_nothing_comes_is_not_waited_for() -> None:
    tones = KeyTones(2, RATE_HZ)
    hiss = NOISES["faint hiss"](2 * BEHIND_S)
    tones.feed(a_frame(hiss, 0))
    tones.take()

    assert tones.settled_s == pytest.approx(2 * BEHIND_S - UNSETTLED_S)


def test_a_gap_is_not_waited_for() -> None:
    """Nothing comes of a channel that is paused, or keeps quiet on purpose."""
    tones = KeyTones(2, RATE_HZ)
    tones.feed(a_frame(NOISES["faint hiss"](0.8), 0))
    tones.skip(Gap(call_id=CALL, channel=1, start_s=0.0, duration_s=0.8, reason=GapReason.PAUSED))
    tones.take()

    assert tones.settled_s == pytest.approx(0.8 - UNSETTLED_S)
