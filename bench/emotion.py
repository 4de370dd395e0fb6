"""How good the emotion model is: EmoDB by telephone, speakers held out; false anger on neutral speech; cost.

    python bench/emotion.py --data FOLDER --json emotion.json [--svg reliability.svg] [--quick]

FOLDER holds `emodb`, `calls` and `telephone`. Everything passes through 8 kHz G.711. Each speaker is judged by a model
fitted on the other nine. `emodb_7_uar` and `product_4_uar` hold a voice against the speaker's whole set of recordings
(offline); `online_gap_points` is how much lower the worse of the two is with the online baseline of a live call, the
recordings of a speaker in seeded random orders; `ece` is that of the four classes online, its one temperature chosen on
the other nine speakers. Neutral speech is judged by the model fitted on all of EmoDB. Those six are the file. Printed
beside them: speaker, sentence and condition of the call held out at once; what each condition costs; what states,
prosody, baseline and words are worth (`--quick` leaves that out). What was read is kept in `var/emotion`.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.emotion_cost import ms_per_utterance
from bench.emotions.diagram import reliability_svg
from bench.emotions.tables import by_condition, by_part, uar_of, with_words
from qa_monitor.config import load_settings
from sentiment.training.conditions import CONDITIONS
from sentiment.training.corpus import NO_CLASS, Corpus
from sentiment.training.evaluation import Norm, Numbers, Scored, Trial, held_out
from sentiment.training.figures import calibration_error, reliability
from sentiment.training.fitting import fitted_on_all
from sentiment.training.head import Shown, best_temperature, softmax
from sentiment.training.material import SEED, Material
from sentiment.training.neutral import false_anger
from sentiment.training.report import neutral_line
from streams.model_files.models import ensure_model

ROOT = Path(__file__).parent.parent
SIX, SEVEN = Trial(seed=SEED), Trial(seed=SEED, feelings=True)


def main() -> None:
    """Print every figure; write those that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--svg", type=Path, help="reliability diagram")
    parser.add_argument("--quick", action="store_true", help="only the figures of the JSON file, no tables")
    parser.add_argument("--kept", type=Path, default=ROOT / "var" / "emotion")
    options = parser.parse_args()
    settings = load_settings()
    model = ensure_model("base", settings.models_dir)
    material = Material(data=options.data, model=model, model_name="base", kept=options.kept)
    corpus = material.corpus()
    corpus = corpus[np.flatnonzero(np.char.startswith(corpus.speaker, "emodb/"))]
    product = corpus[np.flatnonzero(corpus.emotion != NO_CLASS)]
    figures = recall_figures(corpus, product, options.svg)
    figures["false_anger_per_hour"] = round(false_anger_per_hour(material, product), 3)
    figures["ms_per_utterance"] = round(ms_per_utterance(), 3)
    print(json.dumps(figures, indent=2), flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if not options.quick:
        tables(product)


def recall_figures(corpus: Corpus, product: Corpus, svg: Path | None) -> dict[str, float]:
    """On speakers who were held out."""
    seven, four = uar(corpus, replace(SEVEN, norm=Norm.OFFLINE)), uar(product, replace(SIX, norm=Norm.OFFLINE))
    online = held_out(product, SIX)
    four_online, seven_online = shown_uar(SIX, online), uar(corpus, SEVEN)
    calibrated = by_others_temperature(online)
    if svg:
        svg.write_text(reliability_svg(reliability(calibrated, online.truth)), encoding="utf-8")
    return {
        "emodb_7_uar": round(seven, 4),
        "product_4_uar": round(four, 4),
        "online_gap_points": round(100 * max(seven - seven_online, four - four_online), 2),
        "ece": round(calibration_error(calibrated, online.truth), 4),
    }


def tables(product: Corpus) -> None:
    """Printed as they are made."""
    strict = held_out(product, replace(SIX, texts_too=True))
    say("angry or neutral, with and without words", with_words(strict, the_temperature(strict)))
    say("what a condition costs, online", by_condition(product, SIX))
    say("what each part is worth, plain line", by_part(product, SIX))


def say(title: str, lines: Iterable[str]) -> None:
    """Lines of a table, under its title."""
    print(f"\n{title}\n", flush=True)
    for line in lines:
        print(line, flush=True)


def uar(corpus: Corpus, trial: Trial) -> float:
    """Mean recall over the classes, printed with its interval."""
    return shown_uar(trial, held_out(corpus, trial))


def shown_uar(trial: Trial, scored: Scored) -> float:
    found = uar_of(scored, SEED)
    print(f"{'7 feelings' if trial.feelings else '4 classes'}, {trial.norm}: {found}", flush=True)
    return found.mean


def the_temperature(scored: Scored) -> float:
    return best_temperature(scored.scores, scored.together, scored.truth)


def by_others_temperature(scored: Scored) -> Numbers:
    """Probabilities of each speaker at the temperature that suits the others."""
    found = np.zeros((len(scored.truth), scored.together.shape[1]))
    for speaker in np.unique(scored.speaker):
        own = scored.speaker == speaker
        found[own] = softmax(scored.scores[own] / the_temperature(scored[~own])) @ scored.together
    return found


def false_anger_per_hour(material: Material, product: Corpus) -> float:
    """Flags of the starter rule in all neutral speech there is, per hour of speech."""
    strict = held_out(product, replace(SIX, texts_too=True, apart=True, asked=CONDITIONS, orders=1))
    print(f"4 classes, speaker, sentence and condition not met: {uar_of(strict, SEED)}", flush=True)
    model = fitted_on_all(product, Shown.BOTH, SEED).at(the_temperature(strict))
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
    print(f"{time.monotonic() - started:.0f} s, {time.process_time():.0f} s of one core")
