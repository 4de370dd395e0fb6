"""`qa-monitor emotion`: a line of JSON for each recording, one baseline for each folder."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.qa_monitor.commands.running import run
from tests.sentiment.builders import a_sound

KEYS = ["file", "anger", "distress", "neutral", "happy", "arousal", "valence", "enough"]
WIDE_HZ = 22_050


def recorded(path: Path, *, pitch_hz: float = 120.0, duration_s: float = 2.0) -> str:
    path.parent.mkdir(exist_ok=True)
    soundfile.write(path, a_sound(pitch_hz=pitch_hz, duration_s=duration_s, rate_hz=WIDE_HZ), WIDE_HZ)
    return str(path)


@pytest.mark.model
def test_each_recording_has_its_line_in_the_order_given(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = [
        recorded(tmp_path / "one" / "b.wav"),
        recorded(tmp_path / "other" / "a.flac", pitch_hz=220),
        recorded(tmp_path / "one" / "a.wav", pitch_hz=180),
        recorded(tmp_path / "one" / "scrap.wav", duration_s=0.3),
    ]

    shown = run("emotion", *files, "--telephone", capfd=capfd)

    assert shown.code == 0, shown.err
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [line["file"] for line in lines] == files
    assert all(list(line) == KEYS for line in lines)
    assert [line["enough"] for line in lines] == [True, True, True, False]
    for line in lines:
        assert sum(line[name] for name in KEYS[1:5]) == pytest.approx(1, abs=0.001)
        assert -1 <= line["arousal"] <= 1
        assert -1 <= line["valence"] <= 1


@pytest.mark.model
def test_a_folder_is_one_speaker(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What was heard before in the same folder changes an answer; what was heard in another does not."""
    high = recorded(tmp_path / "one" / "high.wav", pitch_hz=220)
    low = recorded(tmp_path / "one" / "low.wav")
    elsewhere = recorded(tmp_path / "other" / "low.wav")

    alone, together, apart = (
        json.loads(run("emotion", *files, capfd=capfd).out.splitlines()[-1])
        for files in ([high], [low, high], [elsewhere, high])
    )

    assert alone == apart
    assert alone["arousal"] != together["arousal"]


@pytest.mark.model
def test_what_cannot_be_judged_is_named_and_the_others_are_judged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text, call, silent, fine = (tmp_path / name for name in ("text.wav", "call.wav", "silent.wav", "très fin.wav"))
    text.write_text("no sound")
    soundfile.write(call, np.stack([a_sound(), a_sound(pitch_hz=200)], axis=1), 8000)
    soundfile.write(silent, np.zeros(16000), 8000)
    soundfile.write(fine, a_sound(), 8000, subtype="FLOAT")

    shown = run("emotion", *map(str, (text, call, silent, fine, tmp_path / "gone.wav")), capfd=capfd)

    assert shown.code == 2
    assert "Traceback" not in shown.err
    assert all(f"{name}.wav: " in shown.err for name in ("text", "call", "gone"))
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [(line["file"], line["enough"]) for line in lines] == [(str(silent), False), (str(fine), True)]
