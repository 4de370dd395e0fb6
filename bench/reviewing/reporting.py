"""Reports by week over everything there is."""

from datetime import timedelta

from bench.reviewing.asking import Question, answer
from bench.reviewing.folder import Filled
from bench.reviewing.service import Serving

TIMES = 3


def report_s(serving: Serving, filled: Filled, kind: str = "calls", by: str = "team") -> float:
    """Seconds; the slowest of three. Prints them with the processor time of the service."""
    last = filled.first + timedelta(days=filled.days - 1)
    params = {
        "by": by,
        "every": "week",
        "since": filled.first.date().isoformat(),
        "until": last.date().isoformat(),
        "zone": "Europe/Paris",
    }
    before_s = serving.cpu_s
    asked = Question(path=f"/v1/reports/{kind}", params=params)
    taken = [answer(serving.client, asked).elapsed.total_seconds() for _ in range(TIMES)]
    cpu_s = (serving.cpu_s - before_s) / TIMES
    print(f"report on {kind} by {by} and week: slowest of {TIMES} {max(taken):.2f} s, {cpu_s:.2f} s of processor each")
    return max(taken)
