"""Fit the emotion model on a folder of EmoDB: `python -m sentiment.training --data FOLDER`. Takes about ten minutes."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from sentiment.training.calls import heard_in_calls, population
from sentiment.training.corpus import Corpus, Reader
from sentiment.training.emodb import recordings
from sentiment.training.encoder import Encoder
from sentiment.training.evaluation import Norm, held_out
from sentiment.training.head import best_temperature, export, fit
from sentiment.training.neutral import false_anger, neutral_corpus
from sentiment.training.report import details, neutral_line, summary
from streams.models import ensure_model

SEED = 20
LINES = 4
CALLS = 3
NEUTRAL_LIMIT = 300
PROMPTS = Path("/usr/share/asterisk/sounds")
WEIGHTS = Path(__file__).parents[1] / "weights"


def main() -> None:
    """Measure on held-out speakers, then fit on all of them and write the weights."""
    asked = _arguments()
    model = ensure_model(asked.model, user_cache_path("qa-monitor") / "models")
    reader = Reader(Encoder(model, threads=1))
    corpus = _corpus(asked.data, asked.features, reader)
    for norm in Norm:
        say([summary(f"one speaker out, {norm}", held_out(corpus, norm, texts_too=False, calls=1, seed=SEED))])
    strict = held_out(corpus, Norm.ONLINE, texts_too=True, calls=CALLS, seed=SEED)
    temperature = best_temperature(strict.scores, strict.emotion)
    say([f"one speaker and half of the sentences out, {Norm.ONLINE}:", *details(strict, temperature, SEED)])
    everyone = np.arange(len(corpus.emotion))
    prior = population(corpus, everyone)
    heard = heard_in_calls(corpus, everyone, prior, np.random.default_rng(SEED), CALLS)
    head = fit(heard.standardised, corpus.emotion[heard.rows]).at(temperature)
    export(head, prior, model.name if asked.model != "base" else "base", asked.out / "emotion.onnx")
    say([f"wrote {asked.out / 'emotion.onnx'}, {(asked.out / 'emotion.onnx').stat().st_size} bytes"])
    for name in asked.neutral:
        folder = PROMPTS / name
        if folder.is_dir():
            prompts = neutral_corpus(folder, reader, NEUTRAL_LIMIT, SEED)
            say([neutral_line(name, false_anger(prompts, head, prior))])
        else:
            say([f"neutral speech {name}: {folder} is not there, not measured"])


def say(lines: Iterable[str]) -> None:
    """Lines for whoever is watching."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _corpus(data: Path, kept: Path | None, reader: Reader) -> Corpus:
    if kept is not None and kept.is_file():
        return Corpus.load(kept)
    corpus = reader.corpus(recordings(data), LINES, SEED)
    if kept is not None:
        corpus.save(kept)
    return corpus


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sentiment.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of EmoDB, FLAC files named SSTTTEv")
    parser.add_argument("--model", default="base", help="speech model, by name or folder")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where emotion.onnx goes")
    parser.add_argument(
        "--features", type=Path, help="NPZ file to keep the encoded recordings in, or to take them from"
    )
    parser.add_argument(
        "--neutral", nargs="*", default=["fr", "en"], help="folders of neutral prompts below /usr/share/asterisk/sounds"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
