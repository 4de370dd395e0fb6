"""Word error rate, loops and time of our short grafted windows against plain faster-whisper padded to 30 s, in one run.

    python bench/accuracy.py --json accuracy.json [--clips 60] [--rates 8 16] [--calibration]

Real telephone prompts at 8 kHz, and the same ones recorded at 16 kHz: see `transcribing/telephone_prompts.py`. All run
the same model on the same clips on one thread, one clip at a time, so that only the windows and the beam differ.
faster-whisper is measured with one guess at a time and with five.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing import calibration
from bench.transcribing.systems import Figures, Ours, measure, padded, points_apart
from bench.transcribing.telephone_prompts import Choice, Clip, prompts_of
from qa_monitor.config import load_settings
from streams.model.recipe import Graft, Recipe
from streams.model.whisper import SpeechModel
from streams.model_files.models import ensure_model
from streams.records import Language

Row = dict[str, float]


def main() -> None:
    """Print the figures of every language and rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=60, help="per language, evenly spread over the prompts")
    parser.add_argument("--rates", type=int, nargs="+", choices=(8, 16), default=[8, 16], help="kHz of the recordings")
    parser.add_argument("--positions", type=int, help="room graft with this many positions instead of the usual recipe")
    parser.add_argument("--calibration", action="store_true", help="how often words of each probability are right")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    folder = ensure_model(settings.model, settings.models_dir)
    recipe = Recipe(graft=Graft.ROOM, positions=options.positions) if options.positions else Recipe()
    ours = Ours(model=SpeechModel(folder, workers=1), recipe=recipe)
    results: dict[str, object] = {}
    for language in Language:
        found: dict[str, object] = {}
        for rate in options.rates:
            clips = prompts_of(language, Choice(wideband=rate == 16), options.clips)
            row = compared(ours, folder, clips)
            show(language, rate, row)
            found |= row if rate == 8 else {"wideband": row}
        results[language.value] = found
    if options.calibration:
        results["calibration"] = calibration.table(ours, options.clips)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def compared(ours: Ours, folder: Path, clips: Sequence[Clip]) -> Row:
    """Our figures beside those of the padded passes."""
    mine = measure(ours, clips)
    one, five = (measure(padded(folder, beam), clips) for beam in (1, 5))
    low, high = points_apart(mine, one)
    return {
        "wer": round(mine.wer, 4),
        "wer_padded": round(one.wer, 4),
        "wer_padded_beam_5": round(five.wer, 4),
        "wer_numbered": round(mine.wer_numbered, 4),
        "wer_numbered_padded": round(one.wer_numbered, 4),
        "wer_numbered_padded_beam_5": round(five.wer_numbered, 4),
        "difference_low": round(low, 4),
        "difference_high": round(high, 4),
        "looped_before_retry": round(mine.share(mine.retried), 4),
        "looping": round(mine.share(mine.looping), 4),
        "looping_padded": round(one.share(one.looping), 4),
        "looping_padded_beam_5": round(five.share(five.looping), 4),
        "time_ratio": round(mine.wall_s / one.wall_s, 3),
        "cpu_ratio": round(mine.cpu_s / one.cpu_s, 3),
        "cpu_ratio_beam_5": round(mine.cpu_s / five.cpu_s, 3),
        "clips": len(clips),
        "seconds": round(sum(clip.duration_s for clip in clips), 1),
        **_times("", mine),
        **_times("_padded", one),
        **_times("_padded_beam_5", five),
    }


def show(language: Language, rate: int, row: Row) -> None:
    """One language at one rate, for a reader."""
    print(f"\n{language.value}, {rate} kHz, {row['clips']} clips, {row['seconds']} s of speech")
    print(f"{'':24}{'WER':>8}{'numbers alike':>15}{'looping':>9}{'time':>8}{'CPU':>8}")
    for name, mark in (("ours", ""), ("padded, beam 1", "_padded"), ("padded, beam 5", "_padded_beam_5")):
        print(
            f"{name:24}{row[f'wer{mark}']:8.1%}{row[f'wer_numbered{mark}']:15.1%}{row[f'looping{mark}']:9.1%}"
            f"{row[f'time{mark}_s']:7.1f}s{row[f'cpu{mark}_s']:7.1f}s"
        )
    print(
        f"ours differs from padded beam 1 by {100 * row['difference_low']:+.1f} to {100 * row['difference_high']:+.1f}"
        f" points (95 %), takes {row['time_ratio']:.2f} of its time ({row['cpu_ratio']:.2f} of its CPU time); looped"
        f" before the retry: {row['looped_before_retry']:.1%}"
    )


def _times(mark: str, figures: Figures) -> Row:
    return {f"time{mark}_s": round(figures.wall_s, 2), f"cpu{mark}_s": round(figures.cpu_s, 2)}


if __name__ == "__main__":
    main()
