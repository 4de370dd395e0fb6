"""Which new words of a partial may be believed: how often words of a guess are still there in the final.

    python bench/partials.py [--clips 40] [--json partials.json]

Real prompts of 3 to 14 s, heard at every 0.7 s as an utterance in progress is. Only words of four letters and more are
looked at. Agreed: the guess before had the word at nearly the same second. New: it had not; the word has sound and
another word behind it, and the recogniser finds it so likely (keywords/agreement.py).
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.telephone_prompts import RATE_HZ, Choice, Clip, prompts_of
from keywords.agreement import BEHIND_S, CONTENT_LETTERS, NEAR_S
from qa_monitor.config import load_settings
from streams.activity.segmenter import SegmentPolicy
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Language, Word

LIKELY = (0.0, 0.7, 0.9)


def main() -> None:
    """Print the share of words that stayed, by why one might believe them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=40, help="per language")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    model = SpeechModel(ensure_model(settings.model, settings.models_dir), workers=1)
    figures: dict[str, dict[str, tuple[int, float]]] = {}
    for language in Language:
        seen, stayed = Counter[str](), Counter[str]()
        for clip in prompts_of(language, Choice(shortest_s=3.0), options.clips):
            for why, there in words_of(model, clip):
                seen[why] += 1
                stayed[why] += there
        figures[language.value] = {why: (seen[why], round(stayed[why] / seen[why], 3)) for why in sorted(seen)}
        print(f"\n{language.value}: words, share still there in the final")
        for why, (count, share) in figures[language.value].items():
            print(f"  {why:48}{count:6}{share:8.1%}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def words_of(model: SpeechModel, clip: Clip) -> Iterator[tuple[str, bool]]:
    """Why each word of each guess might be believed, and whether the final has it."""
    final = heard(model, clip, len(clip.audio))
    before: Sequence[Word] = ()
    step = round(SegmentPolicy().partial_every_s * RATE_HZ)
    for stop in range(step, len(clip.audio), step):
        words = heard(model, clip, stop)
        for place, word in enumerate(words):
            if len(_plain(word)) >= CONTENT_LETTERS:
                there = _has(final, word)
                followed = place + 1 < len(words) and stop / RATE_HZ - word.end_s >= BEHIND_S
                for why in reasons(word, agreed=_has(before, word), followed=followed):
                    yield why, there
        before = words


def reasons(word: Word, *, agreed: bool, followed: bool) -> Iterator[str]:
    """A word counts for each."""
    yield "all"
    if agreed:
        yield "agreed"
    else:
        yield "new"
        if followed:
            for least in LIKELY:
                if word.probability >= least:
                    yield f"new, something behind it, likely {least:.1f}"


def heard(model: SpeechModel, clip: Clip, stop: int) -> Sequence[Word]:
    """The words of the clip up to a sample."""
    window = Window(audio=clip.audio[:stop], language=clip.language, languages=(clip.language,))
    (found,) = model.recognise([window])
    return found.words


def _has(words: Sequence[Word], wanted: Word) -> bool:
    return any(_plain(word) == _plain(wanted) and abs(word.start_s - wanted.start_s) <= NEAR_S for word in words)


def _plain(word: Word) -> str:
    return "".join(re.findall(r"\w+", word.text.lower()))


if __name__ == "__main__":
    main()
