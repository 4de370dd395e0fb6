"""How busy the speech engine is, and how late: counts, and what happened in the last seconds. Pure."""

from collections import Counter, deque
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from streams.engine.batching import Kind

SPAN_S = 10.0
"""What "lately" means for the workers' time."""
AGES_S = 5.0
"""And for how long finals waited: what waited before something was left out says nothing about what waits now."""
_MOST_AGES = 2000
"""Ages kept, whatever happens in that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLoad:
    """How busy the engine is."""

    waiting: int
    oldest_s: float
    """Age of the oldest window waiting to be transcribed live, wall seconds."""
    passes: int
    windows: int
    audio_s: float
    """Audio transcribed so far."""
    busy_s: float
    """Worker seconds spent so far."""
    dropped_partials: int
    refused_finals: int
    failed: int
    """Windows the model could not transcribe, each tried twice."""
    last_error: str | None
    """What went wrong last, without any content of a call."""
    age_p95_s: float = 0.0
    """95th percentile of how long finals waited beyond their endpoint: those begun, or given up, in the last 5 s, and
    those that wait. One begun before its endpoint has not waited."""
    utilisation: float = 0.0
    """0 to 1: of the workers' last 10 s, how much went into live windows."""
    finals_utilisation: float = 0.0
    """The same, of passes of finals and early windows alone: partials take what is left, and give it back."""
    late: int = 0
    """Finals given up as too late."""
    workers: int = 1
    dropped_earlies: int = 0
    """Early windows refused or pushed out; each final was asked for again at its endpoint."""
    oldest_final_s: float = 0.0
    """How long the final has waited beyond its endpoint that waits longest now."""
    finals_asked_s: float = 0.0
    """Audio of the finals and early windows asked for so far, but for those given up by who asked; without company."""
    finals_heard_s: float = 0.0
    """Audio of finals and early windows that the model was shown, with their company."""
    finals_busy_s: float = 0.0
    """Worker seconds that took."""


class LoadMeter:
    """Told what happens; adds it up. Not safe to share between threads without a lock."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._counts: Counter[str] = Counter()
        self._refused: Counter[Kind] = Counter()
        self._last_error: str | None = None
        self._audio_s = self._busy_s = 0.0
        self._begun_s = self._given_up_s = self._finals_s = self._finals_busy_s = 0.0
        self._ages: deque[tuple[float, float]] = deque(maxlen=_MOST_AGES)
        self._spans: deque[tuple[float, float, bool]] = deque()
        """Live passes that are over: from when to when, and whether of finals or early windows."""
        self._running: Counter[tuple[float, bool]] = Counter()
        """Those that are not: since when, and of which."""

    def refused(self, kind: Kind) -> None:
        """One had no place, or made room."""
        self._refused[kind] += 1

    def late(self, now_s: float, age_s: float, duration_s: float) -> None:
        """A final of this length was given up."""
        self._counts["late"] += 1
        self._given_up_s += duration_s
        self._ages.append((now_s, age_s))

    def began(self, now_s: float, ages_s: Iterable[float], *, live: bool, finals_s: float, again: bool = False) -> None:
        """A pass begins, with finals (and early ones) that waited so long and are so long together; or begins again."""
        self._begun_s += 0.0 if again else finals_s
        self._ages.extend((now_s, age_s) for age_s in ages_s)
        if live:
            self._running[now_s, finals_s > 0] += 1

    def ended(
        self,
        began_s: float,
        now_s: float,
        durations_s: Sequence[float],
        *,
        live: bool,
        finals_s: float,
        again_s: float = 0.0,
    ) -> None:
        """That pass is over, and audio of these lengths was transcribed in it: none where it failed.

        `finals_s`: what the model was shown of finals and early windows, with their company. `again_s`: how long it
        took to hear some of it again, which is no part of what a final costs: a busy machine does without.
        """
        if finals_s and durations_s:
            self._finals_s += finals_s
            self._finals_busy_s += max(0.0, now_s - began_s - again_s)
        self._counts["passes"] += 1
        self._counts["windows"] += len(durations_s)
        self._audio_s += sum(durations_s)
        self._busy_s += now_s - began_s
        if live:
            self._running[began_s, finals_s > 0] -= 1
            self._running += Counter()  # forgets what is zero
            self._spans.append((began_s, now_s, finals_s > 0))
            self._forget(now_s)

    def failed(self, error: Exception) -> None:
        """A window could not be transcribed, alone either."""
        self._counts["failed"] += 1
        self._last_error = type(error).__name__

    def load(
        self, now_s: float, live_since_s: Sequence[float], ages_s: Sequence[float], waiting: int, waiting_s: float
    ) -> EngineLoad:
        """All of it. Given: since when live windows wait, how late the finals among them are, how many wait.

        `waiting_s`: the audio of the finals and early windows that wait.
        """
        self._forget(now_s)
        return EngineLoad(
            waiting=waiting,
            oldest_s=max((now_s - since_s for since_s in live_since_s), default=0.0),
            passes=self._counts["passes"],
            windows=self._counts["windows"],
            audio_s=self._audio_s,
            busy_s=self._busy_s,
            dropped_partials=self._refused[Kind.PARTIAL],
            refused_finals=self._refused[Kind.FINAL],
            failed=self._counts["failed"],
            last_error=self._last_error,
            age_p95_s=_p95([*(age_s for _, age_s in self._ages), *ages_s]),
            utilisation=self._utilisation(now_s, (True, False)),
            finals_utilisation=self._utilisation(now_s, (True,)),
            late=self._counts["late"],
            workers=self._workers,
            dropped_earlies=self._refused[Kind.EARLY],
            oldest_final_s=max(ages_s, default=0.0),
            finals_asked_s=self._begun_s + self._given_up_s + waiting_s,
            finals_heard_s=self._finals_s,
            finals_busy_s=self._finals_busy_s,
        )

    def _utilisation(self, now_s: float, finals: Container[bool]) -> float:
        since_s = now_s - SPAN_S
        used_s = sum(end_s - max(begin_s, since_s) for begin_s, end_s, of_finals in self._spans if of_finals in finals)
        used_s += sum(
            count * (now_s - max(begin_s, since_s))
            for (begin_s, of_finals), count in self._running.items()
            if of_finals in finals
        )
        return min(1.0, max(0.0, used_s / (SPAN_S * self._workers)))

    def _forget(self, now_s: float) -> None:
        while self._ages and self._ages[0][0] < now_s - AGES_S:
            self._ages.popleft()
        while self._spans and self._spans[0][1] < now_s - SPAN_S:
            self._spans.popleft()


def _p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % do not exceed; 0 where there is none."""
    return sorted(values)[ceil(0.95 * len(values)) - 1] if values else 0.0
