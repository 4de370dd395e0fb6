"""Fragments in conversation: word errors of what is said in under 1.5 s, alone and with company.

    python bench/conversation.py [--fragments 60] [--data FOLDER] [--json conversation.json]

Composed: real prompts in a row, one voice per language, a sentence and then a short one, with pauses and a little hiss,
through the real voice activity and segmenter. Real (with --data, the folder of real recordings): calls without a
transcript; judged by the words that differ from a stronger pass, faster-whisper with beam 5 over the whole channel with
its context, where two such passes, one told what was said before and one not, agree word by word.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import faster_whisper

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.channels import Said, composed, real
from bench.transcribing.systems import Padded
from bench.transcribing.telephone_prompts import Clip
from bench.transcribing.word_errors import errors, numbered
from qa_monitor.config import load_settings
from streams.model.company import Company, CompanyPolicy
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Language

FRAGMENT_S = CompanyPolicy().fragment_s
BELIEVED = 0.3
"""Confidence from which an utterance is company for the next one, as in streams/model/gates.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to transcribe an utterance."""

    recipe: Recipe = USUAL
    company: CompanyPolicy | None = None


WAYS = {
    "alone": Way(),
    "alone, beam 5": Way(recipe=replace(USUAL, beam=5)),
    "company of 3 s": Way(company=CompanyPolicy(longest_s=3.0)),
    "company of 6 s": Way(company=CompanyPolicy(longest_s=6.0)),
    "company of 10 s": Way(company=CompanyPolicy(longest_s=10.0)),
    "company of 6 s, beam 5": Way(recipe=replace(USUAL, beam=5), company=CompanyPolicy(longest_s=6.0)),
}


def main() -> None:
    """Print the word errors of fragments and of longer utterances, each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fragments", type=int, default=60, help="per language")
    parser.add_argument("--data", type=Path, help="the folder of real recordings")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    folder = ensure_model(settings.model, settings.models_dir)
    model = SpeechModel(folder, workers=1)
    strong = faster_whisper.WhisperModel(str(folder), compute_type="int8", cpu_threads=1)
    results: dict[str, dict[str, float]] = {}
    for language in Language:
        said = list(composed(language, options.fragments))
        results[f"{language.value}, composed"] = rates(model, [said], language)
        results[f"{language.value}, composed"] |= padded_rates(strong, said, language)
    if options.data:
        channels = list(real(options.data / "calls" / "auto-repairs-en.flac", Language.EN, strong))
        results["en, real call"] = rates(model, channels, Language.EN)
    for name, row in results.items():
        print(f"\n{name}")
        for way, rate in row.items():
            print(f"  {way:44}{rate:8.1%}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def rates(model: SpeechModel, channels: Sequence[Sequence[Said]], language: Language) -> dict[str, float]:
    """Word error rate of each way, of fragments and of the rest; numbers count alike in words and in figures."""
    found: dict[str, float] = {}
    for name, way in WAYS.items():
        wrong, words = defaultdict[str, int](int), defaultdict[str, int](int)
        for said in channels:
            for one, text in zip(said, transcribed(model, said, language, way), strict=True):
                kind = "fragments" if one.duration_s <= FRAGMENT_S else "longer"
                if one.sure:
                    wrong[kind] += errors(numbered(one.text, language), numbered(text, language))
                    words[kind] += len(numbered(one.text, language))
        found |= {f"{kind}, {name}": round(wrong[kind] / words[kind], 4) for kind in sorted(words) if words[kind]}
    return found


def transcribed(model: SpeechModel, said: Sequence[Said], language: Language, way: Way) -> Iterator[str]:
    """The texts of one channel, in order: what was understood is company for what follows."""
    company = Company(way.company) if way.company else None
    for one in said:
        before = company.before(one.start_s, one.duration_s, language) if company else None
        window = Window(audio=one.audio, language=language, languages=(language,), before=before)
        (found,) = model.recognise([window], way.recipe)
        if company and found.text and found.confidence >= BELIEVED:
            company.heard(one.audio, found.words, language, one.end_s)
        yield found.text


def padded_rates(model: faster_whisper.WhisperModel, said: Sequence[Said], language: Language) -> dict[str, float]:
    """The fragments alone, padded to 30 s."""
    fragments = [one for one in said if one.duration_s <= FRAGMENT_S]
    clips = [Clip(name="", audio=one.audio, text=one.text, language=language) for one in fragments]
    words = sum(len(numbered(clip.text, language)) for clip in clips)
    found = {}
    for beam in (1, 5):
        heard = Padded(model=model, beam=beam).transcribe(clips)
        wrong = sum(
            errors(numbered(clip.text, language), numbered(one.text, language))
            for clip, one in zip(clips, heard, strict=True)
        )
        found[f"fragments, alone, padded, beam {beam}"] = round(wrong / words, 4)
    return found


if __name__ == "__main__":
    main()
