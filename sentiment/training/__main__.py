"""Fit the emotion model: `python -m sentiment.training --data FOLDER`, a folder that holds `emodb` and maybe others.

Takes about ten minutes of one core at first, less when the rows are kept from before.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from sentiment.training.conditions import CONDITIONS
from sentiment.training.corpus import NO_CLASS, Corpus
from sentiment.training.evaluation import Trial, held_out
from sentiment.training.export import export
from sentiment.training.fitting import Fitted, fitted_on_all, of
from sentiment.training.head import Shown, best_temperature
from sentiment.training.material import SEED, Material
from sentiment.training.neutral import false_anger
from sentiment.training.report import details, neutral_line
from streams.model_files.models import ensure_model

WEIGHTS = Path(__file__).parents[1] / "weights"


def main() -> None:
    """Choose how sure to be on what was held out, then fit on all and write the weights."""
    asked = _arguments()
    model = ensure_model(asked.model, user_cache_path("qa-monitor") / "models")
    name = Path(asked.model).name
    material = Material(data=asked.data, model=model, model_name=name, kept=asked.kept)
    corpus = material.corpus()
    corpus = corpus[np.flatnonzero(corpus.emotion != NO_CLASS)]
    size = corpus.features.shape[1]
    heads = {shown: judged_and_fitted(corpus, shown) for shown in (Shown.BOTH, Shown.PROSODY)}
    path = asked.out / f"emotion-{name}.onnx"
    both, prosody = heads[Shown.BOTH], heads[Shown.PROSODY]
    export(both.head, prosody.head.widened(size), both.ear.prior, name, path)
    say([f"wrote {path}, {path.stat().st_size} bytes"])
    for shown, found in heads.items():
        for named, calm in material.neutral():
            say([neutral_line(f"{named}, {shown}", false_anger(of(calm, shown), found.head, found.ear))])


def judged_and_fitted(corpus: Corpus, shown: Shown) -> Fitted:
    """Fitted on everyone, and as sure as was right where speaker, sentence and condition were held out."""
    strict = held_out(corpus, Trial(shown=shown, texts_too=True, apart=True, asked=CONDITIONS, orders=1, seed=SEED))
    temperature = best_temperature(strict.scores, strict.together, strict.truth)
    say([f"{shown}, speaker, half of the sentences and half of the conditions out:"])
    say(details(strict, temperature, SEED))
    return fitted_on_all(corpus, shown, SEED).at(temperature)


def say(lines: Iterable[str]) -> None:
    """Lines for whoever is watching."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sentiment.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds emodb, calls and telephone")
    parser.add_argument("--model", default="base", help="speech model whose encoder states are judged, name or folder")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where emotion-MODEL.onnx goes")
    parser.add_argument("--kept", type=Path, default=Path("var/emotion"), help="where rows that were read are kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
