"""Music and tones on a line, told from speech and noise, through G.711."""

import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from bench.sounds import noises
from bench.sounds.tunes import Style, tune
from streams.activity.listener import ChannelListener
from streams.activity.music import LineSound, MusicBegan, MusicEar, MusicEnded, ToneHeard
from streams.activity.segmenter import SegmentPolicy
from streams.activity.steadiness import Floats, SteadyLines
from streams.activity.vad import CHUNK, RATE_HZ, VoiceActivity, VoiceModel
from streams.records import AudioFrame, CallId, Gap, GapReason, Samples

CALL = CallId("call-1")
LINE_HZ = 8000


def through_g711(samples: Samples) -> Floats:
    """What arrives at 16 kHz of what was sent by mu-law."""
    plain = np.clip(samples / 32768, -1, 1)
    coded = np.round(np.sign(plain) * np.log1p(255 * np.abs(plain)) / np.log1p(255) * 127) / 127
    decoded = np.sign(coded) * (256 ** np.abs(coded) - 1) / 255
    arrived: Floats = soxr.resample(decoded.astype(np.float32), LINE_HZ, RATE_HZ).astype(np.float32)
    return arrived


def quiet(duration_s: float) -> Samples:
    return np.zeros(round(duration_s * LINE_HZ), np.int16)


def heard(*parts: Samples, chance: float = 0.0) -> list[LineSound]:
    """What is told of these sounds, one after the other, where voice activity hears `chance` of speech."""
    audio = through_g711(np.concatenate(parts))
    ear, told = MusicEar(), []
    for number in range(len(audio) // CHUNK):
        step = audio[number * CHUNK : (number + 1) * CHUNK]
        told += list(ear.feed(step, [chance], (number + 1) * CHUNK / RATE_HZ))
    return [*told, *ear.skip()]


def music(told: list[LineSound]) -> list[LineSound]:
    return [sound for sound in told if not isinstance(sound, ToneHeard)]


@pytest.mark.parametrize("style", list(Style))
def test_music_is_told_with_its_beginning_and_its_end(style: Style) -> None:
    """Whatever kind of music, between two stretches of silence."""
    began, ended = music(heard(quiet(4.0), tune(style, 7, 20.0), quiet(6.0)))

    assert isinstance(began, MusicBegan)
    assert isinstance(ended, MusicEnded)
    assert began.at_s == pytest.approx(4.0, abs=0.3)
    assert ended.at_s == pytest.approx(24.0, abs=0.3)


def test_music_is_told_within_seconds() -> None:
    """The console shows it while people wait."""
    audio = through_g711(np.concatenate([quiet(2.0), tune(Style.CHORDS, 3, 10.0)]))
    ear, told_s = MusicEar(), None
    for number in range(len(audio) // CHUNK):
        end_s = (number + 1) * CHUNK / RATE_HZ
        if list(ear.feed(audio[number * CHUNK : (number + 1) * CHUNK], [0.0], end_s)) and told_s is None:
            told_s = end_s

    assert told_s is not None
    assert 3.0 <= told_s <= 5.5


@pytest.mark.parametrize("name", ["silence", "faint hiss", "loud hiss", "440 Hz", "keys", "French ring-back"])
def test_other_sounds_of_a_line_are_no_music(name: str) -> None:
    """A tone that keeps its pitch is none either, however long."""
    assert music(heard(noises.NOISES[name](30.0))) == []


def test_ring_back_is_told_tone_by_tone() -> None:
    """1.5 s of tone, 3.5 s of nothing."""
    tones = [sound for sound in heard(noises.NOISES["French ring-back"](15.0)) if isinstance(sound, ToneHeard)]

    assert [round(tone.start_s) for tone in tones] == [0, 5, 10]
    assert [tone.end_s - tone.start_s for tone in tones] == [pytest.approx(1.5, abs=0.2)] * 3
    assert {round(tone.pitch_hz / 10) * 10 for tone in tones} == {440}


def test_keys_are_no_tones() -> None:
    """People who are asked for a number press them slowly, too."""
    slowly = noises.dtmf(1.0)[: round(0.1 * LINE_HZ)]
    pressed = np.tile(slowly, 5)

    assert heard(pressed, quiet(3.0), pressed, quiet(3.0)) == []


def test_a_gap_ends_the_music() -> None:
    """Nothing is invented in it."""
    told = music(heard(tune(Style.MELODY, 5, 12.0)))

    assert isinstance(told[-1], MusicEnded)
    assert told[-1].at_s == pytest.approx(12.0, abs=0.3)


def test_a_listener_tells_music_on_the_clock_of_the_call() -> None:
    """Whatever the size of the frames, and behind a gap; none of it is taken for speech."""
    listener, told = ChannelListener(VoiceModel(), SegmentPolicy(), LINE_HZ), list[LineSound]()
    noticed = list(listener.gap(Gap(call_id=CALL, channel=0, start_s=0.0, duration_s=20.0, reason=GapReason.LOST)))
    samples = np.concatenate([quiet(2.0), tune(Style.PIANO, 4, 8.0)])
    for start in range(0, len(samples), 1000):
        frame = AudioFrame(
            call_id=CALL,
            channel=0,
            start_s=20.0 + start / LINE_HZ,
            samples=samples[start : start + 1000],
            rate_hz=LINE_HZ,
        )
        noticed += listener.feed(frame)
        told += listener.sounds()

    (began,) = music(told)
    assert isinstance(began, MusicBegan)
    assert began.at_s == pytest.approx(22.0, abs=0.3)
    assert noticed == []


@pytest.mark.data
def test_no_recorded_speech_is_taken_for_music() -> None:
    """Calls and telephone recordings, as voice activity hears them."""
    if "QA_MONITOR_DATA" not in os.environ:
        pytest.skip("QA_MONITOR_DATA names no folder of recordings")
    folder = Path(os.environ["QA_MONITOR_DATA"])
    model, told = VoiceModel(), []
    for path in sorted([*(folder / "calls").glob("*.flac"), *(folder / "telephone").glob("*.wav")]):
        recorded, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
        for channel in recorded.T:
            line = soxr.resample(channel, rate_hz, LINE_HZ)
            audio = through_g711((line * 32767).astype(np.int16))
            ear, activity = MusicEar(), VoiceActivity(model)
            whole = audio[: len(audio) // CHUNK * CHUNK]
            chances = activity.probabilities(whole).tolist()
            for number, chance in enumerate(chances):
                step = whole[number * CHUNK : (number + 1) * CHUNK]
                told += list(ear.feed(step, [chance], (number + 1) * CHUNK / RATE_HZ))

    assert told == []


def test_what_was_looked_into_is_not_kept() -> None:
    """Of sound that comes late, much is looked into at once; only the last tenth of a second is needed after that."""
    lines = SteadyLines()
    lines.feed(np.zeros(CHUNK, np.float32))
    tracemalloc.start()
    try:
        lines.feed(np.zeros(300 * CHUNK, np.float32))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 20_000


@pytest.mark.parametrize("at_once", [1, 3, 8, 9, 40])
def test_lines_are_held_however_the_steps_are_grouped(at_once: int) -> None:
    """Across the edges of what is looked into together, and not across silence."""
    audio = through_g711(np.concatenate([tune(Style.CHORDS, 3, 2.0), quiet(0.5), tune(Style.PIANO, 4, 2.0)]))
    audio = audio[: len(audio) // (120 * CHUNK) * (120 * CHUNK)]
    whole, grouped = SteadyLines().feed(audio), SteadyLines()
    size = at_once * CHUNK
    found = [one for start in range(0, len(audio), size) for one in grouped.feed(audio[start : start + size])]

    assert max(one.steady for one in whole) > 0.9
    assert [one.steady for one in found] == pytest.approx([one.steady for one in whole], abs=1e-4)
    assert [one.level_db for one in found] == pytest.approx([one.level_db for one in whole], abs=1e-4)
