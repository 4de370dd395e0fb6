"""Recordings of many kinds, read bit by bit; what cannot be one is refused in words."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from qa_monitor.bring.recording import OpenRecording
from qa_monitor.bring.records import BringError

SECONDS = 24.0
"""Longer than what is read of a file together."""
TONES_HZ = (440.0, 1_000.0)


def tones(rate_hz: int, channels: int = 2, seconds: float = SECONDS) -> NDArray[np.int16]:
    """Another tone on each channel, as loud as speech on the telephone."""
    at_s = np.arange(round(seconds * rate_hz)) / rate_hz
    waves = [3_000 * np.sin(2 * np.pi * hz * at_s) for hz in TONES_HZ[:channels]]
    return np.stack(waves, axis=1).astype(np.int16)


def pitch_hz(samples: NDArray[np.int16], rate_hz: int) -> float:
    """Of the loudest tone."""
    spectrum = np.abs(np.fft.rfft(samples.astype(np.float64) * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * rate_hz / len(samples)


@pytest.mark.parametrize(
    ("name", "rate_hz", "read_at_hz"),
    [
        ("call.wav", 8_000, 8_000),
        ("call.flac", 44_100, 44_100),
        ("call.ogg", 16_000, 16_000),
        ("call.mp3", 44_100, 44_100),
        ("call.wav", 48_000, 48_000),
        ("call.flac", 96_000, 48_000),
        ("call.wav", 192_000, 48_000),
    ],
)
def test_a_recording_is_read_in_any_pieces(name: str, rate_hz: int, read_at_hz: int, tmp_path: Path) -> None:
    """Forwards, and a little backwards as the channels of a call need it; a high rate is brought down."""
    path = tmp_path / name
    # as floats: libsndfile's own MP3 encoder overdrives stereo that is given as integers
    soundfile.write(path, tones(rate_hz) / 32_768, rate_hz)
    with OpenRecording(path) as recording:
        shape, count = recording.shape, round(SECONDS * recording.shape.rate_hz)
        whole = recording.read(0, count)
    with OpenRecording(path) as recording:
        half = recording.read(0, count // 2)
        again = recording.read(count // 4, count // 2)
        beyond = recording.read(count - 10, 1_000)
        first = recording.read(0, 100)

    assert (shape.channels, shape.rate_hz) == (2, read_at_hz)
    assert shape.duration_s == pytest.approx(SECONDS, abs=0.1)
    assert len(whole) == pytest.approx(count, abs=2)
    middle = whole[count // 4 : count // 2]
    assert [pitch_hz(middle[:, channel], read_at_hz) for channel in range(2)] == pytest.approx(TONES_HZ, abs=3)
    assert np.abs(middle).max() == pytest.approx(3_000, rel=0.1)
    for piece, start in ((half, 0), (again, count // 4), (first, 0)):
        assert np.abs(piece.astype(int) - whole[start : start + len(piece)]).max() <= 2
    assert len(beyond) <= 100


def test_mono_is_one_channel(tmp_path: Path) -> None:
    path = tmp_path / "call.ogg"
    soundfile.write(path, tones(48_000, 1), 48_000)
    with OpenRecording(path) as recording:
        assert recording.shape.channels == 1
        assert recording.read(0, 480).shape == (480, 1)


@pytest.mark.parametrize(
    ("samples", "rate_hz", "says"),
    [
        (tones(6_000), 6_000, "rate: found 6000 Hz; allowed: 8000 to 192000 Hz"),
        (tones(200_000, seconds=0.1), 200_000, "rate: found 200000 Hz"),
        (np.zeros((800, 3), np.int16), 8_000, "channels: found 3; allowed: 1 or 2"),
        (np.zeros((0, 2), np.int16), 8_000, "length: found 0.0 s; allowed: more than 0"),
    ],
)
def test_what_is_no_call_is_refused(samples: NDArray[np.int16], rate_hz: int, says: str, tmp_path: Path) -> None:
    """With what was found and what is allowed."""
    path = tmp_path / "call.wav"
    soundfile.write(path, samples, rate_hz)
    with pytest.raises(BringError) as error:
        OpenRecording(path)

    assert says in str(error.value)


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    """Whatever its name."""
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF nothing of the kind")
    with pytest.raises(BringError, match="found no recording .*; allowed: WAV, FLAC, MP3 or Ogg"):
        OpenRecording(path)
