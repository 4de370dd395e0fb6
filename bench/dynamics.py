"""How well dead air, talk-over and hold are heard: generated calls of two channels with known truth, through G.711.

    python bench/dynamics.py --data DATA --json dynamics.json [--calls 30] [--verbose]

Real speech (telephone prompts of Debian's asterisk-core-sounds-{fr,en}-wav, and DATA/emodb), generated music and
ring-back; every third call, with every third clip, is held out of all tuning. A beginning told more than 0.3 s off
counts as missed and as false. `--false-holds` plays all prompts and all recordings of DATA and counts holds in them.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.flowing.clips import voices
from bench.flowing.cost import ear_share, false_holds
from bench.flowing.hearing import followed, happenings
from bench.flowing.scoring import Score, score
from bench.flowing.script import Happening, Kind, played
from streams.activity.vad import VoiceModel

Heard = tuple[Sequence[Happening], Sequence[Happening]]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--calls", type=int, default=30)
    parser.add_argument("--first", type=int, default=0, help="seed of the first call")
    parser.add_argument("--false-holds", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="print what was told wrong")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    model, speech = VoiceModel(), voices(options.data)
    heard: dict[bool, list[Heard]] = {False: [], True: []}
    for seed in range(options.first, options.first + options.calls):
        held_out = seed % 3 == 2
        channels, truth = played(seed, speech.third(2, inside=held_out))
        found = happenings(followed(channels, model))
        heard[held_out].append((truth, found))
        if options.verbose:
            show(seed, truth, found)
    figures: dict[str, object] = {
        name: {kind.value: asdict(one) for kind, one in scores(heard[held_out]).items()}
        for name, held_out in (("tuned", False), ("held_out", True))
    }
    figures["ear_share_of_core"] = ear_share(played(0, speech)[0])
    if options.false_holds:
        figures["false_holds"] = false_holds(options.data, model)
    print(json.dumps(figures, indent=1))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def scores(heard: Sequence[Heard]) -> dict[Kind, Score]:
    """Of every kind."""
    return {kind: score(kind, heard) for kind in Kind}


def show(seed: int, truth: Sequence[Happening], found: Sequence[Happening]) -> None:
    """What is not where it should be."""
    for kind in Kind:
        wanted = [f"{one.start_s:.2f}-{one.end_s:.2f}" for one in truth if one.kind is kind]
        told = [f"{one.start_s:.2f}-{one.end_s:.2f}" for one in found if one.kind is kind]
        print(f"call {seed} {kind}: happened {wanted}, told {told}", file=sys.stderr)


if __name__ == "__main__":
    main()
