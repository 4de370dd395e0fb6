"""Are surges found within the hour, and how often is there a false alarm? Simulated weeks of calls, 20 seeds.

    python bench/voice_of_customer.py --json OUT [--seeds 20] [--first-seed 0] [--curve] [--own-hours 0] [--at-once]

Each seed: four weeks of calls with an hour-of-week pattern, days that differ, and matters of their own shares; what the
customers say goes, with a recogniser's errors, through the product's own extraction, learning and search for surges. In
the last week surges are planted: one matter comes 2 to 3 times as often for three hours. The product does not know the
generator's words. `found` and `planted` are of surges whose ambient rate is in `HEADLINE` (`surging/planting.py`);
`--curve` plants at every rate and prints what share is found by rate and size. `--own-hours 0.2` gives each matter
hours of the week of its own, in which it comes up by so much more or less often (a standard deviation) than in others,
as in the other weeks. `--at-once` plants a second surge, of another matter, within the hour after each: are both told?
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.surging.outcome import figures
from bench.surging.simulation import Simulation


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--own-hours", type=float, default=0.0)
    parser.add_argument("--at-once", action="store_true")
    given = parser.parse_args()
    outcomes = []
    for seed in range(given.first_seed, given.first_seed + given.seeds):
        outcomes.append(Simulation(seed, given.curve, given.own_hours, at_once=given.at_once).run())
        print(f"seed {seed}: {json.dumps(figures(outcomes[-1:]))}", flush=True)
    found = figures(outcomes)
    print(json.dumps(found, indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
