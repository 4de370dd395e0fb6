"""How good the emotion model is: EmoDB by telephone, speakers held out; false anger on neutral speech; cost.

    python bench/emotion.py --data FOLDER --json emotion.json [--svg reliability.svg] [--quick]

FOLDER holds `emodb`, `calls` and `telephone`. Everything passes through 8 kHz G.711. Each speaker is judged by a model
fitted on the other nine. `emodb_7_uar` and `product_4_uar` hold a voice against the speaker's whole set of recordings
(offline); `online_gap_points` is how much lower the worse of the two is with the online baseline of a live call, the
recordings of a speaker in seeded random orders; `ece` is that of the four classes online, its one temperature chosen on
the other nine speakers. Neutral speech is judged by the model fitted on all of EmoDB. What was read is kept in
`var/emotion`.
"""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from emotion_cost import ms_per_utterance
from emotion_diagram import reliability_svg

from qa_monitor.config import load_settings
from sentiment.training.corpus import NO_CLASS, Corpus
from sentiment.training.evaluation import Norm, Numbers, Scored, Trial, held_out
from sentiment.training.figures import calibration_error, recall_interval, recalls, reliability
from sentiment.training.fitting import fitted
from sentiment.training.head import Shown, best_temperature, softmax
from sentiment.training.material import SEED, Material
from sentiment.training.neutral import false_anger
from sentiment.training.report import neutral_line, probabilities_of
from streams.models import ensure_model

ROOT = Path(__file__).parent.parent
SIX, SEVEN = Trial(seed=SEED), Trial(seed=SEED, feelings=True)


def main() -> None:
    """Print every figure; write those that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--svg", type=Path, help="reliability diagram")
    parser.add_argument("--quick", action="store_true", help="only the figures of the JSON file, no ablations")
    parser.add_argument("--kept", type=Path, default=ROOT / "var" / "emotion")
    options = parser.parse_args()
    settings = load_settings()
    model = ensure_model("base", settings.models_dir)
    material = Material(data=options.data, model=model, model_name="base", kept=options.kept)
    corpus = material.corpus()
    corpus = corpus[np.flatnonzero(np.char.startswith(corpus.speaker, "emodb/"))]
    figures = recall_figures(corpus, options.svg)
    if not options.quick:
        ablations(corpus)
    figures["false_anger_per_hour"] = round(false_anger_per_hour(material, corpus), 3)
    figures["ms_per_utterance"] = round(ms_per_utterance(), 3)
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def recall_figures(corpus: Corpus, svg: Path | None) -> dict[str, float]:
    """On speakers who were held out."""
    seven, four = uar(corpus, replace(SEVEN, norm=Norm.OFFLINE)), uar(corpus, replace(SIX, norm=Norm.OFFLINE))
    online = held_out(corpus, SIX)
    four_online, seven_online = shown_uar(SIX, online), uar(corpus, SEVEN)
    calibrated = by_others_temperature(online)
    if svg:
        svg.write_text(reliability_svg(reliability(calibrated, online.truth)), encoding="utf-8")
    return {
        "emodb_7_uar": round(seven, 4),
        "product_4_uar": round(four, 4),
        "online_gap_points": round(100 * max(seven - seven_online, four - four_online), 2),
        "ece": round(calibration_error(calibrated, online.truth), 4),
        "emodb_7_uar_online": round(seven_online, 4),
        "product_4_uar_online": round(four_online, 4),
        "product_4_uar_online_unseen_sentences": round(uar(corpus, replace(SIX, texts_too=True)), 4),
    }


def ablations(corpus: Corpus) -> None:
    """What each part is worth: states or prosody, with and without a baseline, sentences met or not."""
    for trial in (SIX, replace(SIX, texts_too=True)):
        for shown in Shown:
            for norm in Norm:
                uar(corpus, replace(trial, shown=shown, norm=norm))
    uar(corpus, replace(SEVEN, texts_too=True))


def uar(corpus: Corpus, trial: Trial) -> float:
    """Mean recall over the classes, printed with its interval."""
    return shown_uar(trial, held_out(corpus, trial))


def shown_uar(trial: Trial, scored: Scored) -> float:
    probabilities = probabilities_of(scored)
    mean = float(recalls(probabilities, scored.truth).mean())
    low, high = recall_interval(probabilities, scored.truth, scored.speaker, SEED)
    classes, texts = ("7 feelings" if trial.feelings else "4 classes"), "not met" if trial.texts_too else "met"
    print(
        f"{classes}, {trial.shown}, {trial.norm}, sentences {texts}: {mean:.1%} ({low:.1%} to {high:.1%})", flush=True
    )
    return mean


def by_others_temperature(scored: Scored) -> Numbers:
    """Probabilities of each speaker at the temperature that suits the others."""
    found = np.zeros((len(scored.truth), scored.together.shape[1]))
    for speaker in np.unique(scored.speaker):
        own = scored.speaker == speaker
        temperature = best_temperature(scored.scores[~own], scored.together, scored.truth[~own])
        found[own] = softmax(scored.scores[own] / temperature) @ scored.together
    return found


def false_anger_per_hour(material: Material, corpus: Corpus) -> float:
    """Flags of the starter rule in all neutral speech there is, per hour of speech."""
    product = corpus[np.flatnonzero(corpus.emotion != NO_CLASS)]
    strict = held_out(product, replace(SIX, texts_too=True))
    temperature = best_temperature(strict.scores, strict.together, strict.truth)
    rng = np.random.default_rng(SEED)
    model = fitted(product, np.arange(len(product.emotion)), rng, 3).at(temperature)
    flags, hours = 0, 0.0
    for name, calm in material.neutral():
        found = false_anger(calm, model.head, model.ear)
        print(neutral_line(name, found), flush=True)
        flags, hours = flags + found.flags, hours + found.hours
    if not hours:
        raise SystemExit("no neutral speech: install asterisk-core-sounds-fr-wav and asterisk-core-sounds-en-wav")
    return flags / hours


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"{time.monotonic() - started:.0f} s")
