"""Wrong codecs and byte orders are noticed within two seconds; sound of any kind is not taken for one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bench.sounds.noises import NOISES, RATE_HZ, hold_music, tone, white_noise
from streams.health.formats import ENOUGH, FormatGuard, Suspicion, suspect
from streams.records import Samples
from streams.samples.codec import Encoding, decode, encode

PROMPTS = Path("/usr/share/asterisk/sounds")
MUSIC = hold_music(4.0)


def reencoded(samples: Samples, encoding: Encoding) -> Samples:
    """As they sound after a line of this encoding."""
    return decode(encode(samples, encoding), encoding)


def misread(samples: Samples, sent: Encoding, announced: Encoding) -> Samples:
    data = encode(samples, sent)
    return decode(data[: len(data) // 2 * 2], announced)


def swapped(samples: Samples) -> Samples:
    return samples.byteswap()


def shifted(samples: Samples) -> Samples:
    """The first byte was lost."""
    return decode(encode(samples, Encoding.PCM16)[1:-1], Encoding.PCM16)


def judged(samples: Samples, rate_hz: int = RATE_HZ, step: int = 160) -> list[Suspicion | None]:
    """What the guard says after each frame."""
    guard = FormatGuard(rate_hz)
    return [guard.feed(samples[begin : begin + step]) for begin in range(0, len(samples), step)]


WRONG: tuple[tuple[str, Callable[[Samples], Samples], Suspicion], ...] = (
    ("bytes swapped", swapped, Suspicion.BYTE_SWAPPED),
    ("a byte lost", shifted, Suspicion.BYTE_SWAPPED),
    (
        "mu-law as L16",
        lambda samples: misread(samples, Encoding.MULAW, Encoding.PCM16),
        Suspicion.WRONG_ENCODING,
    ),
    ("A-law as L16", lambda samples: misread(samples, Encoding.ALAW, Encoding.PCM16), Suspicion.WRONG_ENCODING),
    ("L16 as mu-law", lambda samples: misread(samples, Encoding.PCM16, Encoding.MULAW), Suspicion.WRONG_ENCODING),
    ("L16 as A-law", lambda samples: misread(samples, Encoding.PCM16, Encoding.ALAW), Suspicion.WRONG_ENCODING),
    ("A-law as mu-law", lambda samples: misread(samples, Encoding.ALAW, Encoding.MULAW), Suspicion.WRONG_ENCODING),
    ("mu-law as A-law", lambda samples: misread(samples, Encoding.MULAW, Encoding.ALAW), Suspicion.WRONG_ENCODING),
)
EVERY_FAULT = pytest.mark.parametrize(
    ("wrong", "suspicion"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG]
)


@EVERY_FAULT
def test_a_wrong_reading_is_noticed_within_two_seconds(
    wrong: Callable[[Samples], Samples], suspicion: Suspicion
) -> None:
    verdicts = judged(wrong(MUSIC))

    assert verdicts[49] in (None, suspicion)
    assert verdicts[99] == suspicion


@pytest.mark.parametrize("encoding", list(Encoding))
def test_bytes_of_a_compressed_format_are_noticed(encoding: Encoding) -> None:
    """Opus or AMR read as samples: as even as dice, and no reading is smooth."""
    dice = np.random.default_rng(3).integers(0, 256, RATE_HZ * encoding.width, dtype=np.uint8).tobytes()

    assert suspect(decode(dice, encoding)) is Suspicion.WRONG_ENCODING


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize("name", list(NOISES))
def test_a_line_on_which_nobody_speaks_is_not_suspected(name: str, encoding: Encoding) -> None:
    assert not any(judged(reencoded(NOISES[name](10.0), encoding)))


@pytest.mark.parametrize("encoding", list(Encoding))
def test_tones_and_noise_of_any_level_are_not_suspected(encoding: Encoding) -> None:
    """The other readings of a pure tone may look smooth by chance, and loud noise is as rough as a wrong codec."""
    tones = [tone(1.0, hz=hz, level_db=level) for hz in range(100, 3500, 50) for level in (-40.0, -12.0, -3.0)]
    noises = [white_noise(1.0, level_db=level) for level in (-40.0, -20.0, -10.0, -6.0, -3.0)]

    assert not any(any(judged(reencoded(samples, encoding))) for samples in [*tones, *noises])


def test_samples_of_eight_bits_in_sixteen_are_not_suspected() -> None:
    """Old recordings: swapped, they would be a whisper of themselves, only as smooth."""
    assert not any(judged((MUSIC // 256 * 256).astype(np.int16)))


def test_silence_is_not_judged() -> None:
    """Neither cleared nor suspected: a wrong codec may begin with it."""
    guard = FormatGuard(RATE_HZ)

    assert guard.feed(np.zeros(10 * RATE_HZ, np.int16)) is None
    assert not guard.settled
    assert guard.feed(swapped(MUSIC[:RATE_HZ])) is Suspicion.BYTE_SWAPPED


def test_right_sound_settles_it_and_costs_nothing_more() -> None:
    guard = FormatGuard(RATE_HZ)
    for second in range(ENOUGH):
        assert not guard.settled
        guard.feed(MUSIC[second * RATE_HZ : (second + 1) * RATE_HZ])

    assert guard.settled
    assert guard.feed(swapped(MUSIC)) is None


def test_a_suspicion_stands_until_three_right_seconds() -> None:
    guard = FormatGuard(RATE_HZ)
    guard.feed(swapped(MUSIC[:RATE_HZ]))

    verdicts = [guard.feed(MUSIC[:RATE_HZ]) for _ in range(ENOUGH)]

    assert verdicts == [Suspicion.BYTE_SWAPPED] * (ENOUGH - 1) + [None]


def test_the_length_of_the_frames_does_not_matter() -> None:
    for step in (1, 37, 8000, 16000):
        assert judged(swapped(MUSIC[:16000]), step=step)[-1] is Suspicion.BYTE_SWAPPED


def recordings() -> Iterator[Path]:
    """Every thirtieth prompt in both languages, where Debian's packages are installed."""
    for folder in ("en_US_f_Allison", "fr_CA_f_June"):
        yield from sorted((PROMPTS / folder).rglob("*.wav"))[::30]


def false_alarms(path: Path) -> list[str]:
    """Encodings in which a right recording is suspected, channel by channel."""
    samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
    return [
        f"{path.name} channel {channel} {encoding}"
        for channel in range(samples.shape[1])
        for encoding in Encoding
        if any(judged(reencoded(samples[:, channel], encoding), rate_hz, rate_hz))
    ]


@pytest.mark.skipif(not PROMPTS.is_dir(), reason="needs Debian's asterisk-core-sounds-en-wav and -fr-wav")
def test_real_prompts_are_not_suspected() -> None:
    paths = list(recordings())

    assert [alarm for path in paths for alarm in false_alarms(path)] == []


@pytest.mark.data
@pytest.mark.skipif("QA_MONITOR_DATA" not in os.environ, reason="needs QA_MONITOR_DATA, the folder of recordings")
def test_real_calls_are_not_suspected() -> None:
    folder = Path(os.environ["QA_MONITOR_DATA"])
    paths = [*folder.glob("calls/*.flac"), *folder.glob("telephone/*.wav"), *sorted(folder.glob("emodb/*.flac"))[::20]]

    assert paths
    assert [alarm for path in paths for alarm in false_alarms(path)] == []


@pytest.mark.data
@EVERY_FAULT
@pytest.mark.skipif("QA_MONITOR_DATA" not in os.environ, reason="needs QA_MONITOR_DATA, the folder of recordings")
def test_a_real_call_read_wrongly_is_suspected(wrong: Callable[[Samples], Samples], suspicion: Suspicion) -> None:
    """Its agent speaks within the first seconds."""
    (path,) = Path(os.environ["QA_MONITOR_DATA"]).glob("calls/*.flac")
    samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)

    verdicts = judged(wrong(np.ascontiguousarray(samples[: 20 * rate_hz, 1])), rate_hz)

    assert suspicion in verdicts
