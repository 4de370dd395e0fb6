"""What each guard against invented text is worth: words it stops where nobody speaks, true words it costs elsewhere.

    PYTHONPATH=. python bench/guards.py [--clips 40] [--json guards.json]

Noise: the lines of `bench/sounds/noises.py`, cut to stretches as if the voice activity model had let them all through
(how many it really lets through is printed too). Speech: real prompts as they are, at -40 dB, under hiss at -35 dB,
and short ones. A guard is counted where it is the reason given for the text.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soxr

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.sounds.noises import NOISES
from bench.sounds.noises import RATE_HZ as NOISE_RATE_HZ
from bench.transcribing.calibration import judged_words
from bench.transcribing.systems import Heard as Text
from bench.transcribing.telephone_prompts import RATE_HZ, Choice, Clip, prompts_of
from bench.transcribing.word_errors import normalised
from qa_monitor.config import load_settings
from streams.activity.listener import ChannelListener
from streams.activity.segmenter import SegmentPolicy, SpeechEnded
from streams.activity.vad import VoiceModel
from streams.model.gates import Distrust, Heard, distrust
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Audio, AudioFrame, CallId, Language
from streams.samples.loudness import level_db, tonality

LENGTHS_S = (0.6, 1.5, 4.0)
HISS_DB = -35.0
QUIET_DB = -40.0
Row = dict[str, str | float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretch:
    """Something the model is asked to transcribe."""

    audio: Audio
    voiced_s: float
    language: Language
    said: str
    """Empty where nobody speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One stretch: what was made of it."""

    why: Distrust | None
    wrong: int
    """Words written that nobody said."""
    right: int


def main() -> None:
    """Print one row for each guard and kind of sound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=40, help="per language and kind of speech")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    model = SpeechModel(ensure_model(settings.model, settings.models_dir), workers=1)
    print(f"voice activity lets {passed_share():.2%} of the seconds of these noises through")
    rows: list[Row] = []
    print(f"{'sound':12}{'guard':12}{'stretches':>10}{'invented words':>16}{'true words':>12}")
    for name, stretches in sounds(options.clips).items():
        rows += table(name, [judge(model, stretch) for stretch in stretches])
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def sounds(count: int) -> dict[str, list[Stretch]]:
    """Every kind of sound."""
    usual = [clip for language in Language for clip in prompts_of(language, Choice(), count)]
    short = Choice(shortest_s=0.4, longest_s=1.5, fewest_words=1)
    brief = [clip for language in Language for clip in prompts_of(language, short, count)]
    hiss = 10 ** (HISS_DB / 20) * np.random.default_rng(5).standard_normal(20 * RATE_HZ).astype(np.float32)
    return {
        "noise": list(noise_stretches()),
        "speech": list(map(spoken, usual)),
        "quiet": [spoken(replace(clip, audio=levelled(clip.audio))) for clip in usual],
        "hiss": [spoken(replace(clip, audio=clip.audio + hiss[: len(clip.audio)])) for clip in usual],
        "short": list(map(spoken, brief)),
    }


def noise_stretches() -> Iterator[Stretch]:
    """Stretches of every noise; the worst case: all of it was taken for speech."""
    for make in NOISES.values():
        audio = soxr.resample(make(30.0).astype(np.float32) / 32768, NOISE_RATE_HZ, RATE_HZ).astype(np.float32)
        for length_s in LENGTHS_S:
            size = round(length_s * RATE_HZ)
            for number, start in enumerate(range(0, len(audio) - size, 4 * RATE_HZ)):
                language = list(Language)[number % len(Language)]
                yield Stretch(audio=audio[start : start + size], voiced_s=length_s, language=language, said="")


def spoken(clip: Clip) -> Stretch:
    """A prompt, all of it voiced."""
    return Stretch(audio=clip.audio, voiced_s=clip.duration_s, language=clip.language, said=clip.text)


def levelled(audio: Audio) -> Audio:
    """The same, quiet."""
    return (audio * np.float32(10 ** ((QUIET_DB - level_db(audio)) / 20))).astype(np.float32)


def judge(model: SpeechModel, stretch: Stretch) -> Judged:
    """Transcribe one stretch and ask the guards."""
    window = Window(audio=stretch.audio, language=stretch.language, languages=(stretch.language,))
    (found,) = model.recognise([window])
    heard = Heard(
        duration_s=len(stretch.audio) / RATE_HZ,
        voiced_s=stretch.voiced_s,
        level_db=level_db(stretch.audio),
        tonality=tonality(stretch.audio),
    )
    why = distrust(
        found.text, confidence=found.confidence, no_speech=found.no_speech, looping=found.looping, heard=heard
    )
    text = Text(text=found.text, retried=found.retried, looping=found.looping, words=found.words)
    judged = [is_right for _, is_right in judged_words(normalised(stretch.said), text)]
    return Judged(why=why, wrong=len(judged) - sum(judged), right=sum(judged))


def table(name: str, judged: Sequence[Judged]) -> list[Row]:
    """One row for each guard: how many stretches it stopped, and which of their words were invented and true."""
    rows: list[Row] = []
    for why in (*Distrust, None):
        some = [one for one in judged if one.why is why]
        row: Row = {
            "sound": name,
            "guard": "believed" if why is None else why.value,
            "stretches": len(some),
            "invented_words": sum(one.wrong for one in some),
            "true_words": sum(one.right for one in some),
        }
        rows.append(row)
        print(
            f"{row['sound']:12}{row['guard']:12}{row['stretches']:10}{row['invented_words']:16}{row['true_words']:12}"
        )
    return rows


def passed_share() -> float:
    """Of the seconds of all noises, how many the real voice activity and segmenter take for utterances."""
    voice, total_s, passed = VoiceModel(), 0.0, Counter[str]()
    for name, make in NOISES.items():
        samples = make(60.0)
        listener = ChannelListener(voice, SegmentPolicy(), NOISE_RATE_HZ)
        frame = AudioFrame(call_id=CallId("noise"), channel=0, start_s=0.0, samples=samples, rate_hz=NOISE_RATE_HZ)
        events = [noticed.event for noticed in (*listener.feed(frame), *listener.finish())]
        passed[name] += round(_spoken_ms(event for event in events if isinstance(event, SpeechEnded)))
        total_s += 60.0
    return sum(passed.values()) / 1000 / total_s


def _spoken_ms(ended: Iterable[SpeechEnded]) -> float:
    return sum(1000 * (event.end_s - event.start_s) for event in ended)


if __name__ == "__main__":
    main()
