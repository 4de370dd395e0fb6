"""How much audio a pass should hold: the product's own queue and turns, played through with calls that are made up.

    python bench/passes.py --calls 10,20,30,40 --audio 4,8,16,inf

Nothing is transcribed: a pass takes as long as its audio says, by two figures measured on one core with the model
`base` (int8, word times on): `PER_S` for each second of audio, to encode and align it, and `PER_LONGEST_S` for each
second of the longest window, to decode them together. Both cores also do everything else, so workers have a share of
them. What is said, and every pause, is drawn with a fixed seed; partials stop, as they would, while finals are late.
"""

import argparse
import heapq
import json
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from math import inf
from pathlib import Path
from random import Random

import numpy as np

from streams.engine.batching import Kind, PassLimits
from streams.engine.job_queue import EngineFull, Job, JobQueue, Pass, a_job
from streams.engine.load import SPAN_S
from streams.model.encoder import RATE_HZ
from streams.model.window import Window
from streams.records import Audio

PER_S = 0.030
PER_LONGEST_S = 0.009
SHARE_OF_CORE = 0.8
SPECULATE_S, ENDPOINT_S, PARTIAL_EVERY_S, ROOM_S = 0.2, 0.5, 0.7, 0.6
LATE_S = 0.4
"""No partials while the 95th percentile of waiting finals is above."""
Done = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One way of cutting passes."""

    calls: int
    audio_s: float
    windows: int
    workers: int
    seconds: float


class Play:
    """One run, event by event."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._random = plan, Random(1)
        self._events: list[tuple[float, int, Done]] = []
        self._number = count()
        self._queue = JobQueue(256)
        self._told: dict[Future[Pass], Done] = {}
        self._in_work = dict.fromkeys(Kind, 0)
        self._ages: list[tuple[float, float]] = []
        self.latencies: list[float] = []
        self.partials = 0
        self.work_s = 0.0
        self._audio: Audio = np.zeros(30 * RATE_HZ, np.float32)

    def run(self) -> None:
        """Until everything said in the time has been answered."""
        for call in range(self._plan.calls):
            at_s = self._random.uniform(0, 6)
            while at_s < self._plan.seconds:
                length_s = min(15.0, max(0.5, self._random.lognormvariate(0.95, 0.7)))
                Spoken(self, call, at_s, length_s).plan(self._random)
                at_s += length_s + max(0.1, self._random.gauss(0.95, 0.5))
        while self._events:
            now_s, _, event = heapq.heappop(self._events)
            event(now_s)

    def at(self, when_s: float, event: Done) -> None:
        """Something will happen."""
        heapq.heappush(self._events, (when_s, next(self._number), event))

    def submit(self, now_s: float, length_s: float, kind: Kind, call: int, done: Done) -> Job | None:
        """As the engine does; none where there is no room."""
        audio = self._audio[: round(length_s * RATE_HZ)]
        job = a_job(Window(audio=audio, language=None, languages=()), kind, now_s=now_s, deadline_s=inf, source=call)
        try:
            self._queue.add(job)
        except EngineFull:
            return None
        self._told[job.future] = done
        self.at(now_s, self._take)
        return job

    def promote(self, now_s: float, job: Job) -> None:
        """Its endpoint has come."""
        self._queue.promote(job.future, now_s=now_s, deadline_s=inf)

    def is_late(self, now_s: float) -> bool:
        """Whether finals have waited too long lately."""
        ages = [age_s for at_s, age_s in self._ages[-300:] if at_s > now_s - SPAN_S]
        return bool(ages) and float(np.percentile(ages, 95)) > LATE_S

    def _take(self, now_s: float) -> None:
        if sum(self._in_work.values()) >= self._plan.workers:
            return
        most = max(1, self._plan.workers - 1)
        kinds = [kind for kind in Kind if kind <= Kind.EARLY or self._in_work[kind] < most]
        plan = self._plan
        limits = PassLimits(windows=plan.windows, audio_s=plan.audio_s, workers=plan.workers, kinds=kinds)
        batch = [job for job in self._queue.take(now_s, limits).jobs if job.future.set_running_or_notify_cancel()]
        if not batch:
            return
        kind, lengths_s = batch[0].waiting.kind, [job.waiting.duration_s for job in batch]
        if kind <= Kind.EARLY:
            self._ages += [(now_s, job.age_s(now_s)) for job in batch]
        self._in_work[kind] += 1
        takes_s = (PER_S * sum(lengths_s) + PER_LONGEST_S * max(lengths_s)) / SHARE_OF_CORE
        self.work_s += takes_s

        def ended(then_s: float) -> None:
            self._in_work[kind] -= 1
            for job in batch:
                self._told.pop(job.future)(then_s)
            for _ in range(self._plan.workers):
                self._take(then_s)

        self.at(now_s + takes_s, ended)


class Spoken:
    """One utterance: partials while it lasts, a try in every pause, its final."""

    def __init__(self, play: Play, call: int, start_s: float, length_s: float) -> None:
        self._play, self._call, self._start_s, self._length_s = play, call, start_s, length_s
        self._partial: Job | None = None
        self._early: Job | None = None
        self._done_s: float | None = None
        self._over = False

    def plan(self, random: Random) -> None:
        """Everything that will happen in it."""
        for due_s in np.arange(PARTIAL_EVERY_S, self._length_s, PARTIAL_EVERY_S):
            self._play.at(self._start_s + float(due_s), self._show)
        for pause_s in np.arange(0.8, self._length_s - 0.5, 0.1):
            if random.random() < 0.022:
                self._pause(float(pause_s), random.uniform(0.03, ENDPOINT_S - SPECULATE_S))
        end_s = self._start_s + self._length_s
        self._play.at(end_s + SPECULATE_S, self._try)
        self._play.at(end_s + ENDPOINT_S, self._end)

    def _show(self, now_s: float) -> None:
        if self._partial is None and not self._play.is_late(now_s):
            length_s = now_s - self._start_s + ROOM_S
            self._partial = self._play.submit(now_s, length_s, Kind.PARTIAL, self._call, self._shown)

    def _shown(self, now_s: float) -> None:
        self._partial = None
        self._play.partials += 1

    def _pause(self, after_s: float, goes_on_s: float) -> None:
        def tries(now_s: float) -> None:
            early = self._play.submit(now_s, after_s + ROOM_S, Kind.EARLY, self._call, lambda _: None)
            if early is not None:
                self._play.at(now_s + goes_on_s, lambda _: _take_back(early))

        self._play.at(self._start_s + after_s + SPECULATE_S, tries)

    def _try(self, now_s: float) -> None:
        self._early = self._play.submit(now_s, self._length_s + ROOM_S, Kind.EARLY, self._call, self._heard)

    def _end(self, now_s: float) -> None:
        self._over = True
        if self._partial is not None:
            self._partial.future.cancel()
        if self._done_s is not None:
            self._heard(now_s)
        elif self._early is None:
            self._play.submit(now_s, self._length_s + ROOM_S, Kind.FINAL, self._call, self._heard)
        else:
            self._play.promote(now_s, self._early)

    def _heard(self, now_s: float) -> None:
        self._done_s = now_s
        if self._over:
            self._play.latencies.append(now_s - self._start_s - self._length_s)


def _take_back(job: Job) -> None:
    job.future.cancel()


def main() -> None:
    """Print how late finals are, by calls and by audio in a pass."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", default="10,20,30,40")
    parser.add_argument("--audio", default="4,8,16,inf", help="seconds of audio in a pass")
    parser.add_argument("--windows", type=int, default=8, help="most windows in a pass")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = []
    print("calls  audio  final p50  p95    max    partials  busy")
    for calls in map(int, options.calls.split(",")):
        for audio_s in map(float, options.audio.split(",")):
            plan = Plan(
                calls=calls,
                audio_s=audio_s,
                windows=options.windows,
                workers=options.workers,
                seconds=options.seconds,
            )
            play = Play(plan)
            play.run()
            middle, high, most = (float(np.percentile(play.latencies, share)) for share in (50, 95, 100))
            busy = play.work_s / options.seconds / options.workers
            rows.append(
                {
                    "calls": calls,
                    "audio_s": None if audio_s == inf else audio_s,
                    "p50_s": middle,
                    "p95_s": high,
                    "busy": busy,
                }
            )
            print(
                f"{calls:5}  {audio_s:5.0f}  {middle:7.2f} s  {high:.2f} s {most:.2f} s {play.partials:7}  {busy:.2f}"
            )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
