"""What is answered while the database fails: 503 and why, on every route that reads it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx

from qa_monitor.store.database.database import FILE
from tests.qa_monitor.playing import a_planned_call, dictated
from tests.qa_monitor.service import running, settings_for

NAME = "en-2-charged-twice"
READING = (
    "/v1/calls",
    "/v1/calls/c-1",
    "/v1/calls/c-1/stream",
    "/v1/calls/c-1/export",
    "/v1/exports/calls?limit=10",
    "/v1/flags",
)


def test_a_database_that_fails_is_said_in_words(tmp_path: Path) -> None:
    """Not as a fault of ours: what to do is in the answer."""
    quiet = dictated(NAME, a_planned_call(NAME, until_s=0.4))
    with running(settings_for(tmp_path), quiet) as service:
        with closing(sqlite3.connect(tmp_path / FILE)) as other:
            other.execute("ALTER TABLE calls RENAME TO elsewhere")
        answers = {path: httpx.get(f"{service.url}{path}", timeout=30) for path in READING}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(READING, 503)
    assert all("qa-monitor.db" in answer.json()["detail"] for answer in answers.values())
