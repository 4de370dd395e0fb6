"""What a vocabulary of names does to finals, and what it spoils: the same clips without and with it, in one run.

    python bench/vocabulary.py --json vocabulary.json

Effect: sentences with a name each (`transcribing/vocabulary.yaml`), spoken by synthetic voices over G.711. Harm: real
telephone prompts that hold none of the names. Every vocabulary holds the names of the sentences, filled up with names
of places to the sizes asked for. Needs what `voices.py` and `telephone_prompts.py` in `transcribing/` need. Times are
of one core's work.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.vocabulary_clips import Named, other_names, spoken, terms_of, without_names
from bench.transcribing.word_errors import errors, normalised
from qa_monitor.config import load_settings
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.model_files.models import ensure_model
from streams.records import Language
from streams.vocabulary.spelling import bare
from streams.vocabulary.terms import Term, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of some clips with one vocabulary, or with none."""

    texts: Sequence[str]
    cpu_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Clips of one language, without and with a vocabulary."""

    what: str
    language: str
    terms: int
    clips: int
    recall: float | None
    recall_with: float | None
    """Of the names said, how many are written; none where none is said."""
    wer: float
    wer_with: float
    invented: int
    """Names written with the vocabulary that were not said."""
    changed: int
    """Clips whose text differs."""
    cpu_ms: float
    cpu_ms_with: float
    """Per final."""


def main() -> None:
    """Print one row per kind of clip, language and size of the vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("held", "tune"), default="held")
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 400], help="terms of the vocabularies")
    parser.add_argument("--prompts", type=int, default=60, help="per language")
    parser.add_argument("--voices", type=Path, help="folder in which spoken sentences are kept from run to run")
    parser.add_argument("--show", action="store_true", help="print every text that changed")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    model = SpeechModel(ensure_model(settings.model, settings.models_dir), workers=1)
    named, plain = spoken(options.part, options.voices), without_names(options.prompts, options.part)
    own = terms_of(options.part)
    rows = []
    for what, clips in (("names", named), ("prompts", plain)):
        before = {language: run(model, of(clips, language), None) for language in Language}
        for size in options.sizes:
            terms = [*own, *other_names(size - len(own), [*named, *plain])]
            vocabulary = Vocabulary(terms=tuple(Term(text=text) for text in terms))
            for language in Language:
                chosen = of(clips, language)
                after = run(model, chosen, vocabulary)
                rows.append(compare((what, language.value), chosen, terms, before[language], after))
                print(table_row(rows[-1]), flush=True)
                if options.show:
                    show(chosen, before[language], after)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def of(clips: Sequence[Named], language: Language) -> list[Named]:
    """The clips in a language."""
    return [clip for clip in clips if clip.language is language]


def run(model: SpeechModel, clips: Sequence[Named], vocabulary: Vocabulary | None) -> Run:
    """Transcribe one at a time, as finals are."""
    windows = [
        Window(audio=clip.audio, language=clip.language, languages=(clip.language,), vocabulary=vocabulary)
        for clip in clips
    ]
    model.recognise([replace(windows[0], vocabulary=None)])
    began_s = time.process_time()
    texts = [model.recognise([window])[0].text for window in windows]
    return Run(texts=texts, cpu_s=time.process_time() - began_s)


def compare(what: tuple[str, str], clips: Sequence[Named], terms: Sequence[str], before: Run, after: Run) -> Row:
    """The figures of the same clips without and with the terms."""
    return Row(
        what=what[0],
        language=what[1],
        terms=len(terms),
        clips=len(clips),
        recall=recall(clips, before.texts),
        recall_with=recall(clips, after.texts),
        wer=wer(clips, before.texts),
        wer_with=wer(clips, after.texts),
        invented=sum(invented(clip, text, terms) for clip, text in zip(clips, after.texts, strict=True)),
        changed=sum(text != then for text, then in zip(before.texts, after.texts, strict=True)),
        cpu_ms=round(1000 * before.cpu_s / len(clips), 1),
        cpu_ms_with=round(1000 * after.cpu_s / len(clips), 1),
    )


def recall(clips: Sequence[Named], texts: Sequence[str]) -> float | None:
    """Of the names said, the share that is written."""
    right = [bare(clip.term) in bare(text) for clip, text in zip(clips, texts, strict=True) if clip.term is not None]
    return round(sum(right) / len(right), 4) if right else None


def wer(clips: Sequence[Named], texts: Sequence[str]) -> float:
    """Word error rate over all clips."""
    wrong = sum(errors(normalised(clip.text), normalised(text)) for clip, text in zip(clips, texts, strict=True))
    return round(wrong / sum(len(normalised(clip.text)) for clip in clips), 4)


def invented(clip: Named, text: str, terms: Sequence[str]) -> int:
    """Terms in the text, as whole words, that were not said."""
    written, said = f" {' '.join(normalised(text))} ", f" {' '.join(normalised(clip.text))} "
    wanted = [f" {' '.join(normalised(term))} " for term in terms]
    return sum(term in written and term not in said for term in wanted)


def table_row(row: Row) -> str:
    """One line of the table."""
    found = "" if row.recall is None else f"names {row.recall:.0%} -> {row.recall_with:.0%}, "
    return (
        f"{row.what} {row.language}, {row.terms} terms, {row.clips} clips: {found}"
        f"word errors {row.wer:.1%} -> {row.wer_with:.1%}, invented {row.invented}, changed {row.changed}, "
        f"CPU per final {row.cpu_ms:.0f} -> {row.cpu_ms_with:.0f} ms"
    )


def show(clips: Sequence[Named], before: Run, after: Run) -> None:
    """What changed, with what was said."""
    for clip, then, now in zip(clips, before.texts, after.texts, strict=True):
        if then != now:
            print(f"    said  {clip.text}\n    heard {then}\n    now   {now}")


if __name__ == "__main__":
    main()
