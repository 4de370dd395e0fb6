"""On the real service: whoever calibrates a call learns its score nowhere, whatever they ask, until it is closed."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

import httpx
import pytest

from qa_monitor.people.records import Role
from qa_monitor.scorecards.adding import summed
from qa_monitor.scorecards.records import CallScore, Scorecard
from qa_monitor.security.permissions import PERMISSIONS
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.people_service import Staffed, staffed
from tests.qa_monitor.reviewed import CARD, GREETED, NOON, OFFERED, a_score, a_scorecard

WITHIN_S = 60.0
NO_TEXT = ("stream", "listen", "audio", "peaks", "clip")
"""Sound, and streams that never end."""
FILLED = {"{call_id}": "north-call", "{kind}": "scores"}
ASKED = (
    "/v1/library/calls?sort=score",
    "/v1/library/calls?min_score=80&max_score=90",
    "/v1/library/calls?failed=false",
    *(f"/v1/reports/scores?by={by}&every=day" for by in ("all", "partner", "team", "queue", "agent")),
    "/v1/reports/scores?by=agent&agent=agent-7&format=csv",
)
TOLD = re.compile(r"85[.,]7|score: 86")
"""The score of the call, as nothing else is written: six of seven points."""


POINTS: Mapping[str, float] = {GREETED: 1.0, OFFERED: 6.0}


def a_weighted_card() -> Scorecard:
    """One point for the greeting, six for the offer."""
    card = a_scorecard()
    sections = tuple(
        replace(section, questions=tuple(replace(one, points=POINTS[one.question_id]) for one in section.questions))
        for section in card.sections
    )
    return replace(card, sections=sections)


def a_weighted_score(call_id: str) -> CallScore:
    card, made = a_weighted_card(), a_score(call_id)
    answers = tuple(
        replace(one, possible=POINTS[one.question_id], points=POINTS[one.question_id] if one.points else 0.0)
        for one in made.answers
    )
    return summed(made, card, answers)


async def with_weighted_scores(store: SqliteStore) -> None:
    await store.scorecards.save_scorecard(a_weighted_card(), NOON)
    await store.scorecards.save_score(a_weighted_score("north-call"))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("blind"), also=with_weighted_scores) as running:
        yield running


def addresses() -> list[str]:
    """Everything a lead may read, as far as it can be asked for by the name of the call."""
    found = [*ASKED]
    for route, roles in PERMISSIONS.items():
        method, path = route.split(" ", 1)
        for name, value in FILLED.items():
            path = path.replace(name, value)
        if method == "GET" and Role.QA_LEAD in roles and "{" not in path and not path.endswith(NO_TEXT):
            found.append(path)
    return found


def told_by(client: httpx.Client) -> Mapping[str, bool]:
    """Which answers hold the score."""
    answers = {path: client.get(path).text for path in addresses()}
    answers["sample"] = client.post("/v1/library/sample", json={"method": "worst", "size": 5}).text
    return {path: TOLD.search(text) is not None for path, text in answers.items()}


def test_no_address_tells_a_score_to_whoever_calibrates_the_call(house: Staffed) -> None:
    """Every page and list they may ask for; before the calibration, and after it, these tell it."""
    new = {"title": "March", "scorecard_id": CARD, "calls": ["north-call"], "reviewers": ["ann", "dan"]}
    with house.logged_in("dan") as dan, house.logged_in("ann") as ann:
        wait_for_figures(dan)
        before = told_by(dan)
        path = f"/v1/calibrations/{dan.post('/v1/calibrations', json=new).json()['calibration_id']}"
        during = told_by(dan)
        withheld = [one.get("/v1/reports/scores").json()["withheld"] for one in (dan, ann)]
        found = [one.get("/v1/library/calls?min_score=80").json()["count"] for one in (dan, ann)]
        with house.operator() as operator:
            others = told_by(operator)
        dan.post(f"{path}/close", json={})
        after = told_by(dan)

    telling = {path for path, told in before.items() if told}
    assert {*ASKED, "/v1/library/calls", "/v1/calls/north-call/scores", "/v1/reports/scores", "sample"} <= telling
    assert [path for path, told in during.items() if told] == []
    assert (withheld, found) == ([1, 1], [0, 0])
    assert {path for path, told in others.items() if told} >= {*ASKED}
    assert {path for path, told in after.items() if told} >= telling


def wait_for_figures(client: httpx.Client) -> None:
    give_up_s = time.monotonic() + WITHIN_S
    while client.get("/v1/reports/scores").json()["pending"]:
        assert time.monotonic() < give_up_s
        time.sleep(0.2)
