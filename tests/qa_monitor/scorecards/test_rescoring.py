"""The slices of a re-scoring, and where one that was stopped goes on."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from alerts.rulebook import STARTER_RULES
from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import Sight
from qa_monitor.scorecards import worker
from qa_monitor.scorecards.loading import STARTER_SCORECARD
from qa_monitor.scorecards.worker import Line, Task, rescored
from qa_monitor.store.calls.past import SqlitePastCalls
from streams.records import CallId, Speaker
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.past import a_past_call, keep


def a_task(folder: Path, **changes: object) -> Task:
    task = Task(
        data_dir=str(folder),
        rules=(str(STARTER_RULES),),
        scorecards=(str(STARTER_SCORECARD),),
        calls="team:north",
        began_at=NOON + timedelta(days=30),
    )
    return msgspec.structs.replace(task, **changes)


def test_calls_are_told_in_slices_and_one_that_was_stopped_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newest first, those only that had begun; what is told survives being written as text."""
    hello = (1.0, Speaker.AGENT, "Bonjour, service client")
    calls = [a_past_call(f"c{number}", hello, days=number) for number in range(5)]
    asyncio.run(keep(tmp_path, [*calls, a_past_call("s", hello, team="south"), a_past_call("later", hello, days=40)]))
    monkeypatch.setattr(worker, "SLICE", 2)

    lines = list(rescored(a_task(tmp_path), NOON, SqlitePastCalls))
    again = list(rescored(a_task(tmp_path, after=CallId("c3")), NOON, SqlitePastCalls))
    gone = list(rescored(a_task(tmp_path, after=CallId("deleted")), NOON, SqlitePastCalls))

    assert [card.scorecard_id for card in lines[0].scorecards] == ["starter"]
    assert [(line.done, line.total, line.last, line.over) for line in lines[1:]] == [
        (2, 5, "c3", False),
        (4, 5, "c1", False),
        (5, 5, "c0", False),
        (5, 5, None, True),
    ]
    assert [score.call_id for line in lines for score in line.scores] == ["c3", "c4", "c1", "c2", "c0"]
    assert [line.last for line in again[1:]] == ["c1", "c0", None]
    assert gone[1].done == 2
    teams = frozenset({TeamKey(tenant="default", team="north")})
    told = a_task(tmp_path, sight=Sight(teams=teams, known=teams), after=CallId("c3"))
    assert msgspec.json.decode(msgspec.json.encode(told), type=Task) == told
    assert msgspec.json.decode(msgspec.json.encode(lines[1]), type=Line) == lines[1]
