"""Stored calls scored once more by the service: how many a second, stopped on the way and taken up again."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from bench.reviewing.service import Serving
from qa_monitor.store.database.database import FILE

PATH = "/v1/scorecards/rescoring"
LOOK_S = 1.0
Job = dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """Over both runs."""

    per_s: float
    """Calls a second by the clock."""
    cpu_ms: float
    """Processor time of a call, the worker's and the service's; what they took in their last second is not seen."""


def rescored(service: Serving, folder: Path, calls: int) -> Rescored:
    """The newest so many. Raises `RuntimeError` where what was done is lost, or a call is scored twice."""
    before = _scores(folder)
    asked = {"calls": f"limit:{calls}", "resume": False}
    first = _run(service, asked, calls // 4)
    stopped = service.client.delete(PATH).raise_for_status().json()
    print(f"\nstopped after {stopped['done']} of {stopped['total']} calls ({stopped['state']})")
    second = _run(service, asked | {"resume": True}, calls)
    ended: Job = service.client.get(PATH).raise_for_status().json()
    added = _scores(folder) - before
    print(f"\n{ended['state']}: {ended['done']} of {ended['total']} calls, {ended['changed']} scores changed")
    print(f"{added} scores were added: a call that comes out the same gets none, and none gets two")
    if ended["state"] != "done" or ended["done"] != ended["total"] or added != ended["changed"]:
        raise RuntimeError(f"re-scoring ended otherwise: {ended}, {added} scores added")
    done = int(ended["done"])
    taken_s, cpu_s = first[0] + second[0], first[1] + second[1]
    return Rescored(per_s=done / taken_s, cpu_ms=1_000 * cpu_s / done)


def _run(service: Serving, asked: dict[str, object], until: int) -> tuple[float, float]:
    """Begin and wait until so many calls are done, or the work is over: seconds by the clock and of processor."""
    began_s, before_s = time.monotonic(), service.all_cpu_s
    service.client.post(PATH, json=asked).raise_for_status()
    cpu_s = 0.0
    while True:
        job: Job = service.client.get(PATH).raise_for_status().json()
        # once the worker is gone, nobody knows any more what it took
        cpu_s = max(cpu_s, service.all_cpu_s - before_s)
        rate = job["rate_per_s"] or 0
        print(f"\rscored once more: {job['done']} of {job['total']}, {rate} a second", end="", flush=True)
        if job["state"] != "running" or until <= int(job["done"]) < int(job["total"]):
            return time.monotonic() - began_s, cpu_s
        time.sleep(LOOK_S)


def _scores(folder: Path) -> int:
    """All that are kept, also those that later ones replaced."""
    connection = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    try:
        (found,) = connection.execute("SELECT count(*) FROM call_scores").fetchone()
    finally:
        connection.close()
    return int(found)
