"""Word errors on the calls of `bench/calls.py` of plain faster-whisper, padded to 30 s, told where each utterance lies.

    python bench/padded_calls.py [--calls 24] [--seconds 45] [--beam 1] [--json padded.json]

The same scripted calls for the same seed, composed of telephone prompts. Each utterance is cut out where it was put,
with a quarter of a second more at both ends, and transcribed in its language: nothing is lost at an endpoint, and
nothing waits. So it says how well these calls can be understood by that model in the usual way; `wer` of
`bench/calls.py` says how well live calls were. Words are paired and counted by the same code.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import soxr

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.systems import padded
from bench.transcribing.telephone_prompts import Clip
from qa_monitor.bench.job import BenchCall, Material, calls_of, prompts_for
from qa_monitor.bench.matching import Came, Matched, Said, match
from qa_monitor.bench.plan import calls_at_once
from qa_monitor.bench.records import Source, Spoken
from qa_monitor.config import load_settings
from streams.model.encoder import RATE_HZ
from streams.model_files.models import ensure_model
from streams.records import Audio, Language

MARGIN_S = 0.25


def main() -> None:
    """Print the share of wrong words, for each language and all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=24)
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--beam", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recordings", type=int, default=1, help="0: none of the calls is a recording")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    system = padded(ensure_model(settings.model, settings.models_dir), options.beam)
    # a recording has no text to compare with; which calls are recordings decides the language of the others
    plans = calls_at_once(options.calls, options.seconds, (Path("recording"),) * options.recordings, options.seed)
    scripts = [plan for plan in plans if plan.source is Source.SCRIPT]
    matched: dict[Language, list[Matched]] = defaultdict(list)
    for number, call in enumerate(calls_of(scripts, prompts_for(Material.PROMPTS, options.seconds)), 1):
        language = call.plan.language or Language.EN
        for channel in (0, 1):
            spoken = [one for one in call.conversation.spoken if one.channel == channel]
            heard = system.transcribe([_clip(call, one, language) for one in spoken])
            matched[language].append(_matched(spoken, [one.text for one in heard]))
        print(f"{number} of {len(scripts)} calls", flush=True)
    every = [one for channels in matched.values() for one in channels]
    found = {
        "calls": len(scripts),
        "utterances": sum(len(one.utterances) for one in every),
        "beam": options.beam,
        "wer": _share(every),
        **{f"wer_{language}": _share(channels) for language, channels in matched.items()},
    }
    print(json.dumps(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _clip(call: BenchCall, spoken: Spoken, language: Language) -> Clip:
    first = max(0, round((spoken.start_s - MARGIN_S) * call.rate_hz))
    last = round((spoken.end_s + MARGIN_S) * call.rate_hz)
    sound = call.conversation.samples[first:last, spoken.channel] / np.float32(32768)
    audio: Audio = soxr.resample(sound, call.rate_hz, RATE_HZ).astype(np.float32)
    return Clip(name=spoken.key, language=language, text=spoken.text, audio=audio)


def _matched(spoken: list[Spoken], texts: list[str]) -> Matched:
    said = [Said(key=one.key, text=one.text, begun_at_s=one.start_s, ended_at_s=one.end_s) for one in spoken]
    came = [Came(text=text, at_s=one.end_s) for one, text in zip(spoken, texts, strict=True)]
    return match(said, came)


def _share(channels: list[Matched]) -> float:
    return round(sum(one.errors for one in channels) / sum(one.words for one in channels), 4)


if __name__ == "__main__":
    main()
