"""What each choice in the recipe is worth: one table over the same clips, in one run per group of choices.

    python bench/ablations.py --json ablations.json --markdown ablations.md [--only window,tail] [--clips 40]

Rows already in the JSON file are kept and not measured again, so a run can be cut off and taken up later; give another
file to start afresh. Times are compared with padded faster-whisper, beam 1, measured in the same run.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.transcribing.systems import Figures, Ours, System, measure, padded
from bench.transcribing.telephone_prompts import Choice, Clip, prompts_of
from qa_monitor.config import load_settings
from streams.model.recipe import Graft, Recipe, Tail
from streams.model.whisper import SpeechModel
from streams.model_files.models import ensure_model
from streams.records import Language

RECIPES = {
    "window": {
        f"room to {positions} positions": Recipe(graft=Graft.ROOM, positions=positions)
        for positions in (400, 500, 600, 750, 1000, 1500)
    }
    | {
        f"spread, {near} near and {far} far": Recipe(near=near, far=far)
        for near, far in ((50, 25), (100, 25), (100, 100), (200, 50), (250, 0))
    },
    "tail": {
        f"{frames / 100:g} s, {tail.value}": Recipe(tail=tail, tail_frames=frames)
        for tail in Tail
        for frames in (20, 50, 100, 200)
        if (tail, frames) != (Recipe().tail, Recipe().tail_frames)
    },
    "graft": {
        f"none, {frames / 100:g} s tail": Recipe(graft=Graft.NONE, tail_frames=frames) for frames in (100, 200, 300)
    },
    "retry": {
        "no retry": Recipe(retry=False),
        "no retry, no graft": Recipe(retry=False, graft=Graft.NONE),
    },
    "beam": {f"beam {beam}": Recipe(beam=beam) for beam in (2, 5)},
    "cap": {f"{cap} tokens per second": Recipe(tokens_per_s=cap) for cap in (6, 12)},
}
Row = dict[str, float | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One row: a recipe, or none for the padded pass."""

    group: str
    name: str
    recipe: Recipe | None = None
    beam: int = 1
    """Of the padded pass."""
    batch: int = 1
    threads: int = 1
    workers: int = 1


def variants() -> Iterator[Variant]:
    """Every row, group by group; each changes one thing in the usual recipe."""
    yield Variant(group="padded", name="30 s, beam 1")
    yield Variant(group="padded", name="30 s, beam 5", beam=5)
    yield Variant(group="usual", name="usual recipe", recipe=Recipe())
    for group, recipes in RECIPES.items():
        yield from (Variant(group=group, name=name, recipe=recipe) for name, recipe in recipes.items())
    for batch in (4, 8, 16):
        name = f"batches of {batch}"
        yield Variant(group="batch", name=name, recipe=Recipe(), batch=batch)
        yield Variant(group="batch", name=f"{name}, encoded together", recipe=Recipe(encode_together=True), batch=batch)
    for threads, workers, batch in ((1, 2, 1), (2, 1, 1), (1, 2, 8), (2, 1, 8)):
        name = f"{workers} workers of {threads} threads, batches of {batch}"
        yield Variant(group="threads", name=name, recipe=Recipe(), batch=batch, threads=threads, workers=workers)


def main() -> None:
    """Measure what is not measured yet, print the table, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    groups = list(dict.fromkeys(variant.group for variant in variants()))
    parser.add_argument("--only", help=f"groups, separated by commas: {','.join(groups)}")
    parser.add_argument("--clips", type=int, default=40, help="per language, evenly spread over the prompts")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else groups
    if unknown := sorted(set(wanted) - set(groups)):
        parser.error(f"no such group: {', '.join(unknown)}; there are {', '.join(groups)}")
    clips = {language: prompts_of(language, Choice(), options.clips) for language in Language}
    rows: list[Row] = json.loads(options.json.read_text("utf-8")) if options.json and options.json.exists() else []
    for variant in variants():
        if variant.group not in wanted or any(_is(row, variant, options.clips) for row in rows):
            continue
        rows.append(measured(variant, clips, options.clips))
        print(line(rows[-1], rows), flush=True)
        if options.json:
            options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(markdown(rows), encoding="utf-8")


def measured(variant: Variant, clips: dict[Language, list[Clip]], count: int) -> Row:
    """One row, both languages."""
    system = build(variant)
    row: Row = {"group": variant.group, "name": variant.name, "clips": count}
    for language, some in clips.items():
        row |= {f"{name}_{language.value}": value for name, value in _figures(measure(system, some)).items()}
    return row


def build(variant: Variant) -> System:
    """The system of a row, on a model of its own."""
    settings = load_settings()
    folder = ensure_model(settings.model, settings.models_dir)
    if variant.recipe is None:
        return padded(folder, variant.beam)
    model = SpeechModel(folder, workers=variant.workers, threads=variant.threads)
    return Ours(model=model, recipe=variant.recipe, batch=variant.batch, workers=variant.workers)


def line(row: Row, rows: Sequence[Row]) -> str:
    """One row as text; times are shares of the padded pass where it was measured."""
    cells = [f"{row['group']:8}{row['name']:36}"]
    for language in Language:
        mark = language.value
        cells.append(
            f"{mark} {row[f'wer_{mark}']:6.1%} looped {row[f'retried_{mark}']:6.1%} still {row[f'looping_{mark}']:6.1%}"
        )
    return "  ".join([*cells, f"time {_ratio(row, rows, 'wall_s')}", f"CPU {_ratio(row, rows, 'cpu_s')}"])


def markdown(rows: Sequence[Row]) -> str:
    """The table for the page about performance."""
    lines = [
        "| choice | variant | WER fr | WER en | looped first | still looping | time | CPU time |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        looped, looping = (_mean(row, name) for name in ("retried", "looping"))
        lines.append(
            f"| {row['group']} | {row['name']} | {row['wer_fr']:.1%} | {row['wer_en']:.1%} | {looped:.1%} "
            f"| {looping:.1%} | {_ratio(row, rows, 'wall_s')} | {_ratio(row, rows, 'cpu_s')} |"
        )
    return "\n".join(lines) + "\n"


def _figures(figures: Figures) -> dict[str, float]:
    return {
        "wer": round(figures.wer, 4),
        "wer_numbered": round(figures.wer_numbered, 4),
        "retried": round(figures.share(figures.retried), 4),
        "looping": round(figures.share(figures.looping), 4),
        "wall_s": round(figures.wall_s, 2),
        "cpu_s": round(figures.cpu_s, 2),
    }


def _is(row: Row, variant: Variant, count: int) -> bool:
    return (row["group"], row["name"], row["clips"]) == (variant.group, variant.name, count)


def _sum(row: Row, name: str) -> float:
    return sum(float(row[f"{name}_{language.value}"]) for language in Language)


def _mean(row: Row, name: str) -> float:
    return _sum(row, name) / len(Language)


def _ratio(row: Row, rows: Sequence[Row], name: str) -> str:
    """Beside the padded pass over the same clips."""
    base = next((other for other in rows if other["group"] == "padded" and other["clips"] == row["clips"]), None)
    return "?" if base is None else f"{_sum(row, name) / _sum(base, name):.2f}"


if __name__ == "__main__":
    main()
