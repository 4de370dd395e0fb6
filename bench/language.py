"""Whether utterances are transcribed in the language they are in, and how soon a change of language is followed.

    python bench/language.py --json language.json

Calls are put together from telephone prompts (`transcribing/telephone_prompts.py`), one utterance per prompt, one voice
a language. German, which nobody expects, is EmoDB (`emodb/` of the folder of real recordings: `--data` or
`QA_MONITOR_DATA`) at 8 kHz. `attentive` asks the detector about every long utterance; otherwise, where the language was
announced, about none until it is understood badly.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import soxr

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.telephone_prompts import Choice, Clip, prompts_of
from qa_monitor.config import load_settings
from streams.activity.listener import Noticed
from streams.activity.segmenter import SpeechBegan, SpeechEnded
from streams.engine.engine import SpeechEngine
from streams.model.language_chances import FEWEST_S
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Audio, CallId, Language, Speaker
from streams.utterances.language import ChannelLanguage
from streams.utterances.transcriber import ChannelFacts, ChannelTranscriber

EXPECTED = tuple(Language)
LENGTHS_S = (0.0, 1.5, 2.0, 4.0, 30.0)
BEFORE = 5
"""Utterances in the first language of a call that changes."""
AFTER = 6
WAIT_S = 60.0
Said = tuple[Language, Audio]


@dataclass(slots=True)
class Tally:
    """Of many calls, how the language was followed."""

    said: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong_switches: int = 0
    followed_after: Counter[str] = field(default_factory=Counter)
    """Of the new language, which utterance of at least 1.5 s was the first to be transcribed in it: how often."""

    def as_data(self) -> dict[str, object]:
        """For people and for JSON."""
        return {
            "right": {length: f"{self.right[length]} of {count}" for length, count in sorted(self.said.items())},
            "wrong_switches": self.wrong_switches,
            "followed_after": dict(sorted(self.followed_after.items())),
        }


class Channel:
    """One channel that says whole utterances, one after the other."""

    def __init__(self, engine: SpeechEngine, announced: Language | None, *, attentive: bool) -> None:
        self.language = ChannelLanguage(announced, EXPECTED)
        self.language.attentive = attentive
        facts = ChannelFacts(
            call_id=CallId("call"), channel=0, speaker=Speaker.CUSTOMER, languages=EXPECTED, wants_embedding=False
        )
        self._transcriber = ChannelTranscriber(facts, engine, self.language, lambda: None)
        self._at_s = 0.0

    def say(self, audio: Audio) -> Language:
        """The language it was transcribed in."""
        start_s, end_s = self._at_s, self._at_s + len(audio) / 16_000
        self._at_s = end_s + 1.0
        ended = SpeechEnded(
            start_s=start_s,
            end_s=end_s,
            last_speech_s=end_s,
            voiced_s=end_s - start_s,
            decided_s=end_s + 0.5,
            forced=False,
        )
        self._transcriber.notice(Noticed(event=SpeechBegan(start_s=start_s, first_speech_s=start_s), audio=None))
        self._transcriber.notice(Noticed(event=ended, audio=audio))
        gives_up = time.monotonic() + WAIT_S
        while time.monotonic() < gives_up:
            for one in self._transcriber.collect():
                if one.lost:
                    raise SystemExit("the engine gave an utterance up: too much else runs on this machine")
                return one.utterance.language
            time.sleep(0.002)
        raise SystemExit(f"no text after {WAIT_S:.0f} s")


def main() -> None:
    """Print and write the tallies, the cost of detection, and when a foreign language is told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("QA_MONITOR_DATA"))
    parser.add_argument("--clips", type=int, default=40, help="prompts per language")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    model = SpeechModel(ensure_model(settings.model, settings.models_dir), workers=1)
    clips = {one: prompts_of(one, Choice(shortest_s=0.8), options.clips) for one in Language}
    results: dict[str, object] = {"cost_of_detection": round(cost_of_detection(model, clips[Language.EN]), 3)}
    engine = SpeechEngine(model, workers=1)
    for attentive in (True, False):
        for announced in (True, False):
            name = f"{'attentive' if attentive else 'at ease'}, {'announced' if announced else 'not announced'}"
            results[name] = followed(engine, clips, announced=announced, attentive=attentive).as_data()
            print(f"{name}: {results[name]}", flush=True)
    if options.data:
        results["foreign_told_after"] = told_after(engine, german(options.data))
    engine.close()
    print({name: results[name] for name in ("cost_of_detection", "foreign_told_after") if name in results})
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


def followed(engine: SpeechEngine, clips: dict[Language, list[Clip]], *, announced: bool, attentive: bool) -> Tally:
    """A call in each language alone, and calls that change once."""
    tally = Tally()
    for language, other in (EXPECTED, EXPECTED[::-1]):
        told = language if announced else None
        channel = Channel(engine, told, attentive=attentive)
        for clip in clips[language]:
            tell(tally, clip, channel.say(clip.audio))
            tally.wrong_switches += channel.language.current not in (language, None)
        before, after = long_ones(clips[language]), long_ones(clips[other])
        for start in range(0, min(len(before), len(after)) - AFTER + 1, AFTER):
            channel = Channel(engine, told, attentive=attentive)
            for clip in before[start : start + BEFORE]:
                channel.say(clip.audio)
            tally.followed_after[change(channel, after[start : start + AFTER])] += 1
    return tally


def long_ones(clips: Sequence[Clip]) -> list[Clip]:
    """Those that may change what is believed."""
    return [clip for clip in clips if clip.duration_s >= FEWEST_S]


def change(channel: Channel, clips: Sequence[Clip]) -> str:
    """The number of the first utterance of the new language that was transcribed in it."""
    for number, clip in enumerate(clips, 1):
        if channel.say(clip.audio) is clip.language:
            return str(number)
    return f"not in {len(clips)}"


def tell(tally: Tally, clip: Clip, language: Language) -> None:
    """Count an utterance by its length."""
    least_s = max(length_s for length_s in LENGTHS_S if length_s <= clip.duration_s)
    tally.said[f"from {least_s} s"] += 1
    tally.right[f"from {least_s} s"] += language is clip.language


def told_after(engine: SpeechEngine, clips: Sequence[Audio]) -> str:
    """After how many utterances in German, on a channel announced in French."""
    channel = Channel(engine, Language.FR, attentive=True)
    for number, audio in enumerate(clips, 1):
        channel.say(audio)
        if channel.language.foreign is not None:
            return f"{number} utterances: {channel.language.foreign}"
    return f"not in {len(clips)}"


def german(data: Path) -> list[Audio]:
    """A few sentences of several actors, at telephone bandwidth."""
    clips = []
    for path in sorted((data / "emodb").glob("*N?.flac"))[::8]:
        audio, rate_hz = soundfile.read(path, dtype="float32")
        narrow = soxr.resample(audio, rate_hz, 8000)
        clips.append(np.asarray(soxr.resample(narrow, 8000, 16_000), np.float32))
    return clips


def cost_of_detection(model: SpeechModel, clips: Sequence[Clip]) -> float:
    """CPU time of a final whose language is asked for, over that of one whose language is known, less 1."""
    spent_s = {True: 0.0, False: 0.0}
    for round_number in range(2):
        for clip in clips:
            for asked in (True, False):
                window = Window(audio=clip.audio, language=None if asked else clip.language, languages=EXPECTED)
                began_s = time.process_time()
                model.recognise([window])
                spent_s[asked] += time.process_time() - began_s if round_number else 0.0
    return spent_s[True] / spent_s[False] - 1


if __name__ == "__main__":
    main()
