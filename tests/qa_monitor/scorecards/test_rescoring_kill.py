"""Re-scoring is killed in the middle with the service: taken up again, every call is scored once more, none twice."""

import signal
import sqlite3
import time
from pathlib import Path

import httpx
import pytest

from qa_monitor.seed.run import seed
from qa_monitor.store.database.database import FILE
from tests.qa_monitor.seeding import a_plan
from tests.qa_monitor.service import ServiceProcess, Starting, process

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_800)]

CALLS = 120
PATH = "/v1/scorecards/rescoring"
WITHIN_S = 600.0
Job = dict[str, object]


def until(service: ServiceProcess, done: int) -> Job:
    """So many calls are done, or it is over."""
    give_up_s = time.monotonic() + WITHIN_S
    while True:
        job: Job = httpx.get(service.url + PATH, timeout=30).raise_for_status().json()
        if job["state"] != "running" or int(str(job["done"])) >= done:
            return job
        assert time.monotonic() < give_up_s, job
        time.sleep(0.05)


def begin(service: ServiceProcess) -> Job:
    answer = httpx.post(service.url + PATH, json={"calls": "all"}, timeout=30)
    found: Job = answer.raise_for_status().json()
    return found


def kept(folder: Path) -> tuple[int, int, int]:
    """Calls, scores in force, and the most scores that one call has."""
    connection = sqlite3.connect(folder / FILE)
    found: tuple[int, int, int] = connection.execute(
        "SELECT count(*), sum(in_force), max(times) FROM"
        " (SELECT sum(current) AS in_force, count(*) AS times FROM call_scores GROUP BY call_id, scorecard_id)"
    ).fetchone()
    connection.close()
    return found


def test_every_call_is_scored_once_more_after_the_service_was_killed(tmp_path: Path) -> None:
    """Seeded calls have a score by dice: the first real one stands beside it, and a second one would be seen."""
    folder, log = tmp_path / "data", tmp_path / "log"
    seed(folder, a_plan(CALLS))
    starting = Starting(data_dir=folder)
    with process(starting, log) as service:
        began = begin(service)
        middle = until(service, 25)
        service.process.send_signal(signal.SIGKILL)
        assert service.process.wait(10) == -signal.SIGKILL
    assert middle["state"] == "running", "it was over before it could be killed: seed more calls"
    with process(starting, log) as service:
        left = httpx.get(service.url + PATH, timeout=30).json()
        again = begin(service)
        over = until(service, CALLS + 1)
        assert service.end(signal.SIGTERM) == 0

    assert (left["state"], left["total"]) == ("stopped", CALLS)
    assert int(str(middle["done"])) <= left["done"] < CALLS
    assert (again["job_id"], again["done"]) == (began["job_id"], left["done"])
    assert (over["state"], over["done"]) == ("done", CALLS)
    assert kept(folder) == (CALLS, CALLS, 2)
