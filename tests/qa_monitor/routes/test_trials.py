"""Who judges flags of rules on trial: whoever may give verdicts and sees the call, on the real service."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.records import HeldFlag, HoldReason
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import a_flag
from tests.qa_monitor.people_service import TEAMS, Staffed, staffed
from tests.qa_monitor.staff import ANN


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """A flag on trial in a call of each team, beside the flag that was told and the one that was a repeat."""

    async def on_trial(store: SqliteStore) -> None:
        for team in TEAMS:
            flag = replace(a_flag(f"{team}-trial", call_id=f"{team}-call"), raised_at=datetime.now(UTC))
            await store.save_held(HeldFlag(flag=flag, reason=HoldReason.SHADOW))

    with staffed(tmp_path_factory.mktemp("data"), on_trial) as started:
        yield started


def test_who_sees_the_call_judges_its_flags_on_trial(house: Staffed) -> None:
    """For everybody else they are not there, and for agents there are no verdicts."""
    asked = [("ann", "north-trial"), ("ann", "south-trial"), ("cleo", "south-trial"), ("ann", "north-held")]
    asked += [("dan", "south-trial"), ("eve", "north-trial"), ("fay", "north-trial")]
    answers = []
    for name, flag_id in asked:
        with house.logged_in(name) as client:
            answers.append(client.post(f"/v1/flags/{flag_id}/verdict", json={"verdict": "useful"}))

    assert [answer.status_code for answer in answers] == [200, 404, 200, 404, 200, 403, 403]
    assert answers[1].json()["detail"] == "no flag south-trial is kept"
    assert answers[0].json()["verdict_by"] == ANN


def test_nobody_is_told_of_what_was_said_of_a_flag_on_trial(house: Staffed) -> None:
    """It stands on the page of its call; in the lists of flags it is not."""
    with house.logged_in("dan") as client:
        client.post("/v1/flags/north-trial/verdict", json={"verdict": "false_alarm"})
        listed = client.get("/v1/flags", params={"open": "false"}).json()["flags"]
        held = client.get("/v1/calls/north-call").json()["held"]

    assert {flag["flag_id"] for flag in listed} == {"north-flag", "south-flag"}
    assert {(one["reason"], one["flag"]["verdict"]) for one in held} == {("repeat", None), ("shadow", "false_alarm")}
