"""What a QA lead waits for, over a year of seeded calls: lists, full text, a call's page, a report, a score.

    python bench/review.py --calls 100000 --data-dir DATA --json review.json

The folder is seeded on first use (minutes) and used again. A service is started on it and asked over HTTP, one question
at a time; scoring is measured in this process.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from bench.reviewing.asking import WARM_UP, Times
from bench.reviewing.folder import Filled, fill
from bench.reviewing.listing import list_times
from bench.reviewing.pages import page_times
from bench.reviewing.reporting import report_s
from bench.reviewing.rescoring import rescored
from bench.reviewing.scoring import score_ms
from bench.reviewing.searching import search_times
from bench.reviewing.service import Serving, serving

LIMITS = {"list_p95_ms": 150, "search_p95_ms": 300, "page_ms": 200, "report_s": 1.0, "score_call_ms": 200}


def main() -> None:
    """Measure and print; write the figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--data-dir", type=Path, help="unset: a folder in build/, named by the number of calls")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rescore", type=int, metavar="CALLS", help="also score so many calls once more (minutes)")
    given = parser.parse_args()
    folder = given.data_dir or Path("build") / f"review-{given.calls}"
    filled = fill(folder, given.calls)
    print(
        f"{filled.calls} calls, {filled.utterances / filled.calls:.0f} utterances, {filled.bytes_per_call} bytes a call"
    )
    print(f"{os.cpu_count()} cores, {platform.machine()}, SQLite {sqlite3.sqlite_version}, {platform.platform()}")
    figures = measured(folder, filled, given.rescore)
    for name, limit in LIMITS.items():
        print(f"{name}: {figures[name]} (at most {limit})")
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measured(folder: Path, filled: Filled, again: int | None = None) -> dict[str, float]:
    """All that is promised; and, only printed, the start, two larger reports and so many calls scored once more."""
    with serving(folder) as service:
        print(f"started within {service.start_s:.1f} s, {service.cpu_s:.1f} s of processor")
        client = service.client
        figures = {
            "list_p95_ms": _p95(service, "list_p95_ms", lambda: list_times(client, filled)),
            "search_p95_ms": _p95(service, "search_p95_ms", lambda: search_times(client, filled)),
            "page_ms": _p95(service, "page_ms", lambda: page_times(client, filled.call_ids)),
            "report_s": round(report_s(service, filled), 3),
        }
        report_s(service, filled, "flags")
        report_s(service, filled, "occupancy", "agent")
        if again is not None:
            found = rescored(service, folder, again)
            print(f"{found.per_s:.1f} calls scored once more a second, {found.cpu_ms:.0f} ms of processor each")
    return figures | {"score_call_ms": round(score_ms(folder, filled), 3)}


def _p95(service: Serving, name: str, asked: Callable[[], Times]) -> float:
    before_s = service.cpu_s
    times = asked()
    cpu_ms = (service.cpu_s - before_s) * 1_000 / (len(times.taken_ms) + WARM_UP)
    print(
        f"{name}: median {times.median_ms:.1f}, p95 {times.p95_ms:.1f}, worst {times.worst_ms:.1f} ms over "
        f"{len(times.taken_ms)} questions, {times.empty} of them without anything found; "
        f"{cpu_ms:.1f} ms of processor each"
    )
    return round(times.p95_ms, 1)


if __name__ == "__main__":
    main()
