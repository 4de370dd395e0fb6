"""The command of `bench/keywords.py`: listen, match, print, write."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from alerts.rulebook import STARTER_RULES
from bench.spoken.drawing import drawing
from bench.spoken.figures import Figures, curve, of_language, point, stages, table
from bench.spoken.judging import Case, is_right
from bench.spoken.runs import Run, Told
from bench.spoken.scoring import scoring_figures
from bench.spoken.speaking import usual_tool
from qa_monitor.shedding.care import BEAM
from streams.records import Language

FOLDER = Path(__file__).parent.parent.parent / "var" / "bench" / "keywords"
EVERYTHING = 1_000_000
GUESSES = "guesses at once, as live while the speech workers have time; 1: as on a busy machine"
ROUNDS = "so many clips of each sentence at most; voices and noise rotate, so that any number is balanced"


def main(description: str | None) -> None:
    """Run it."""
    options = _options(description)
    run = Run(options)
    told = {language: run.language(language) for language in options.languages}
    recordings = run.recordings()
    scoring = {language.value: scoring_figures(one.cases, one.heard, run.books) for language, one in told.items()}
    _show(told, misses=options.misses)
    print("\n".join(f"{language}, by gain needed: {json.dumps(figures)}" for language, figures in scoring.items()))
    for one in recordings:
        print(f"{one['recording']} channel {one['channel']}, {one['duration_s']} s, to be judged: {one['hits']}")
    if options.json:
        results = {
            "model": run.model_name,
            "beam": options.beam,
            **_results(told),
            "scoring": scoring,
            "recordings": recordings,
        }
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.plot:
        curves = {language: curve(one.cases) for language, one in told.items()}
        options.plot.write_text(drawing(curves), encoding="utf-8")


def _options(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--say", type=Path, default=usual_tool(), help="path of the speaking tool, say.py")
    parser.add_argument("--languages", type=Language, nargs="+", default=list(Language))
    parser.add_argument("--snr", type=float, nargs="+", default=[10.0, 20.0], help="dB of speech above noise")
    parser.add_argument("--rounds", type=int, default=EVERYTHING, help=ROUNDS)
    parser.add_argument("--clips", type=int, default=EVERYTHING, help="so many clips a language, drawn by lot")
    parser.add_argument("--prompts", type=int, default=EVERYTHING, help="so many prompts a language at most")
    parser.add_argument("--rules", type=Path, nargs="+", default=[STARTER_RULES], help="counted for false hits too")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1, help="clips at a time, a core each")
    parser.add_argument("--beam", type=int, default=BEAM, help=GUESSES)
    parser.add_argument("--at-most", type=int, default=EVERYTHING, help="new clips to listen to in this run")
    parser.add_argument("--listen-only", action="store_true", help="only clips all of which was spoken before")
    parser.add_argument("--match-only", action="store_true", help="listen to nothing new")
    parser.add_argument("--misses", action="store_true", help="print what was missed, but for what is held out")
    parser.add_argument("--kept", type=Path, default=FOLDER, help="what was spoken and heard before")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path, help="an SVG of recall and false hits over certainty")
    return parser.parse_args()


def _results(told: Mapping[Language, Told]) -> Figures:
    results: Figures = {language.value: of_language(one.cases) for language, one in told.items()}
    results["stages"] = {language.value: stages(one.cases) for language, one in told.items()}
    results["curve"] = {
        language.value: [
            {"certainty": floor, "recall": at.recall, "false_per_hour": at.false_per_hour}
            for floor, at in curve(one.cases)
        ]
        for language, one in told.items()
    }
    return results


def _show(told: Mapping[Language, Told], *, misses: bool) -> None:
    for language, one in told.items():
        _show_language(language, one.cases, misses=misses)
    print("\n".join(table({language: one.cases for language, one in told.items()})))


def _show_language(language: Language, cases: Sequence[Case], *, misses: bool) -> None:
    every, tuned, held = (
        point([case for case in cases if case.held in wanted]) for wanted in ((True, False), (False,), (True,))
    )
    count = sum(case.wanted is not None for case in cases)
    print(
        f"{language.value}: {count} clips, recall {every.recall:.1%}"
        f" ({every.recall_interval.low:.1%} to {every.recall_interval.high:.1%}),"
        f" {every.false_per_hour:.2f} false per hour;"
        f" tuned {tuned.recall:.1%}, {tuned.false_per_hour:.2f}; held out {held.recall:.1%},"
        f" {held.false_per_hour:.2f}"
    )
    for case in cases:
        if misses and not case.held and case.wanted is not None and not is_right(case):
            print(f"    {case.wanted.rule_id} missed\n      said  {case.said}\n      heard {case.heard}")
