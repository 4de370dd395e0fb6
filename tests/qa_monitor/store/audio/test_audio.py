"""Audio on real files."""

import os
import shutil
import wave
from pathlib import Path

import numpy as np
import pytest

from qa_monitor.records.errors import StoreError
from qa_monitor.store.audio.files import AudioFiles
from qa_monitor.store.audio.wav import HEADER_BYTES, Shape, header, parse
from qa_monitor.store.port import Blocks
from streams.records import CallId, Speaker
from tests.qa_monitor.builders import a_call

CALL = CallId("call-1")


def some_audio(samples: int, channels: int = 2, seed: int = 3) -> Blocks:
    """Noise of full range."""
    return np.random.default_rng(seed).integers(-32_768, 32_768, (samples, channels), dtype=np.int16)


def the_file(folder: Path, suffix: str = ".wav") -> Path:
    """The one file of this kind."""
    (found,) = folder.rglob(f"*{suffix}")
    return found


@pytest.fixture
def files(tmp_path: Path) -> AudioFiles:
    return AudioFiles(tmp_path / "audio", floor_bytes=0)


def test_what_is_appended_is_read_back(files: AudioFiles) -> None:
    """Sample by sample, whole or by seconds, while it is written and after."""
    audio = some_audio(24_000)
    files.open(a_call())
    files.append(CALL, 0.0, audio[:8_000])
    files.append(CALL, 1.0, audio[8_000:])
    live = files.read(CALL, 0.5, 2.5)
    files.close(CALL)
    whole, beyond = files.read(CALL, 0.0, 3.0), files.read(CALL, 2.0, 99.0)

    assert live is not None
    assert whole is not None
    assert beyond is not None
    assert np.array_equal(live, audio[4_000:20_000])
    assert np.array_equal(whole, audio)
    assert np.array_equal(beyond, audio[16_000:])
    assert files.duration_s(CALL) == 3.0
    assert files.rate_hz(CALL) == 8_000


def test_a_hole_between_two_blocks_is_silence(files: AudioFiles) -> None:
    """The audio clock of the call is the clock of the file."""
    files.open(a_call())
    files.append(CALL, 2.5, some_audio(80))
    files.close(CALL)
    before = files.read(CALL, 0.0, 2.5)

    assert before is not None
    assert len(before) == 20_000
    assert not before.any()
    assert files.duration_s(CALL) == 2.51


def test_the_file_plays_at_any_moment(files: AudioFiles, tmp_path: Path) -> None:
    """Another program can read it while the call is still going on."""
    files.open(a_call())
    audio = some_audio(4_000)
    files.append(CALL, 0.0, audio)

    with wave.open(str(files.wav(CALL)), "rb") as played:
        shape = (played.getnchannels(), played.getframerate(), played.getsampwidth(), played.getnframes())
        data = played.readframes(4_000)
    files.close(CALL)

    assert shape == (2, 8_000, 2, 4_000)
    assert data == audio.astype("<i2").tobytes()


def test_a_file_cut_by_a_crash_is_whole_again(files: AudioFiles, tmp_path: Path) -> None:
    """The process died between samples and header, in the middle of a sample, before the outline was written."""
    audio = some_audio(8_000)
    files.open(a_call())
    files.append(CALL, 0.0, audio[:4_000])
    left = tmp_path / "left"
    shutil.copytree(tmp_path / "audio", left)
    files.close(CALL)
    with the_file(left).open("ab") as file:
        file.write(audio[4_000:].tobytes() + b"\x01\x02\x03")
    the_file(left, ".peaks").write_bytes(b"\x00\x01\x02")
    after = AudioFiles(left)
    peaks, path = after.peaks(CALL), after.wav(CALL)

    assert after.duration_s(CALL) == 1.0
    with wave.open(str(path), "rb") as played:
        assert played.getnframes() == 8_000
        assert played.readframes(8_000) == audio.tobytes()
    assert peaks is not None
    assert [len(channel) for channel in peaks.channels] == [100, 100]
    assert peaks.channels[0][0] == audio[:160, 0].min() >> 8


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 44_100, 48_000])
def test_peaks_are_the_lowest_and_highest_of_each_fiftieth_of_a_second(tmp_path: Path, rate_hz: int) -> None:
    """However the samples were cut into blocks, and at rates that are no multiple of 50."""
    files = AudioFiles(tmp_path, floor_bytes=0)
    audio = some_audio(rate_hz + 37)
    files.open(a_call(rate_hz=rate_hz))
    start = 0
    for size in (1, 50, 441, 3_000, len(audio)):
        files.append(CALL, start / rate_hz, audio[start : start + size])
        start += size
        live = files.peaks(CALL)
    files.close(CALL)
    peaks = files.peaks(CALL)

    edges = [-(-number * rate_hz // 50) for number in range(51)] + [len(audio)]
    expected = [
        int(value) >> 8
        for begin, end in zip(edges, edges[1:], strict=False)
        for value in (audio[begin:end, 1].min(), audio[begin:end, 1].max())
    ]
    assert peaks is not None
    assert live is not None
    assert peaks.per_second == 50
    assert list(peaks.channels[1]) == expected
    assert live.channels[1] == peaks.channels[1][:100]


@pytest.mark.parametrize(
    "call_id",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "",
        "a/b",
        "a\x00b",
        "é" * 300,
        "con",
        "\udcff",
        "x" * 5_000,
        "a\nb",
    ],
)
def test_a_hostile_call_id_stays_inside_the_folder(tmp_path: Path, call_id: str) -> None:
    """Ids come from outside; the name on disk is a digest."""
    folder = tmp_path / "deep" / "audio"
    files = AudioFiles(folder, floor_bytes=0)
    files.open(a_call(call_id))
    files.append(CallId(call_id), 0.0, some_audio(80))
    files.close(CallId(call_id))
    inside = {path for path in folder.rglob("*") if path.is_file()}

    assert {path for path in tmp_path.rglob("*") if path.is_file()} == inside
    assert len(inside) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in inside)
    assert files.duration_s(CallId(call_id)) == 0.01


def test_a_call_without_audio_has_none(files: AudioFiles) -> None:
    """No file, no error."""
    assert files.read(CALL, 0, 1) is None
    assert files.peaks(CALL) is None
    assert files.wav(CALL) is None
    assert files.rate_hz(CALL) is None
    assert files.duration_s(CALL) == 0.0
    files.close(CALL)


def test_audio_is_written_once_and_forwards(files: AudioFiles) -> None:
    """Never over what is there: not by a second call of the same id, not by an earlier second."""
    files.open(a_call())
    files.append(CALL, 0.0, some_audio(8_000))

    with pytest.raises(StoreError, match="already kept"):
        files.open(a_call())
    with pytest.raises(StoreError, match="beyond 0.5 s already"):
        files.append(CALL, 0.5, some_audio(80))
    with pytest.raises(ValueError, match="for 2 channels"):
        files.append(CALL, 1.0, some_audio(80, channels=1))
    files.close(CALL)
    with pytest.raises(StoreError, match="not open"):
        files.append(CALL, 1.0, some_audio(80))
    assert files.duration_s(CALL) == 1.0


def test_audio_stops_before_the_disk_is_full(tmp_path: Path) -> None:
    """What is left belongs to the flags; and a far-off second does not fill the disk with silence."""
    greedy = AudioFiles(tmp_path / "a", floor_bytes=1 << 60)
    greedy.open(a_call())
    with pytest.raises(StoreError, match="audio is not kept while less than"):
        greedy.append(CALL, 0.0, some_audio(80))
    greedy.close(CALL)
    modest = AudioFiles(tmp_path / "b", floor_bytes=0)
    modest.open(a_call())
    with pytest.raises(StoreError, match="audio is not kept"):
        modest.append(CALL, 1e12, some_audio(80))
    modest.append(CALL, 1.0, some_audio(80))
    modest.close(CALL)

    assert greedy.duration_s(CALL) == 0.0
    assert modest.duration_s(CALL) == 1.01


def test_a_disk_that_refuses_leaves_whole_samples(files: AudioFiles, tmp_path: Path) -> None:
    """The write fails half-way: what was there before stays, and later audio finds its place."""
    files.open(a_call())
    files.append(CALL, 0.0, some_audio(8_000))
    outline = the_file(tmp_path, ".peaks")
    outline.unlink()
    outline.mkdir()
    with pytest.raises(StoreError, match="audio cannot be kept"):
        files.append(CALL, 1.0, some_audio(8_000))
    outline.rmdir()
    files.append(CALL, 3.0, some_audio(8_000))
    files.close(CALL)
    peaks = files.peaks(CALL)

    assert files.duration_s(CALL) == 4.0
    assert peaks is not None
    assert len(peaks.channels[0]) == 400


def test_a_file_that_is_not_ours_is_refused_in_words(files: AudioFiles, tmp_path: Path) -> None:
    """Nothing is guessed from a damaged header."""
    files.open(a_call())
    files.close(CALL)
    the_file(tmp_path).write_bytes(bytes(HEADER_BYTES))

    with pytest.raises(StoreError, match="restore it from a backup"):
        files.read(CALL, 0, 1)


def test_a_file_cut_before_its_header_is_no_audio(files: AudioFiles, tmp_path: Path) -> None:
    """The crash came the moment the call began."""
    files.open(a_call())
    files.close(CALL)
    os.truncate(the_file(tmp_path), HEADER_BYTES - 1)

    assert files.read(CALL, 0, 1) is None
    assert files.duration_s(CALL) == 0.0


def test_a_mixed_call_has_one_channel(files: AudioFiles) -> None:
    """As many as were announced."""
    files.open(a_call(channels=(Speaker.MIXED,)))
    files.append(CALL, 0.0, some_audio(80, channels=1))
    files.close(CALL)
    peaks = files.peaks(CALL)

    assert peaks is not None
    assert len(peaks.channels) == 1


def test_a_header_says_what_it_was_made_of() -> None:
    shape = Shape(channels=2, rate_hz=8_000)

    assert parse(header(shape, 10)) == shape
    assert len(header(shape, 1 << 40)) == HEADER_BYTES
    with pytest.raises(ValueError, match="not a WAV file"):
        parse(b"x" * HEADER_BYTES)
