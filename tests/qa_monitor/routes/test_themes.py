"""What customers call about, asked of a running service: by leads, each of their own teams."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.themes.counting import slot_of
from qa_monitor.themes.records import Counted, Place, Surge, Theme
from streams.records import CallEnded, CallId, EndReason, Language
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.people_service import Staffed, staffed
from tests.qa_monitor.staff import ANN, DAN

BOX = Theme("fr:box")
BLINKING = Theme("fr:clignot")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    folder = tmp_path_factory.mktemp("themes")
    asyncio.run(fill(folder))
    with staffed(folder) as running:
        yield running


async def fill(folder: Path) -> None:
    now = datetime.now(UTC)
    store = await SqliteStore.open(folder)
    try:
        for team, box in (("north", 12), ("south", 3)):
            for number in range(20):
                await one_call(store, f"{team}-{number}", team, now - timedelta(hours=1), number < box)
                await one_call(store, f"{team}-before-{number}", team, now - timedelta(days=9), number < 1)
        await store.themes.save_surge(
            Surge(
                surge_id=None,
                tenant="default",
                themes=(BOX,),
                began_at=now - timedelta(hours=2),
                found_at=now,
                calls=15,
                expected=1.5,
                evidence=20.0,
            )
        )
    finally:
        await store.close()


async def one_call(store: SqliteStore, name: str, team: str, at: datetime, box: bool) -> None:
    call = replace(a_call(name, started_at=at), team=team)
    await store.save_call(call)
    await store.end_call(CallEnded(call_id=CallId(name), end_s=60.0, reason=EndReason.END), at + timedelta(minutes=1))
    counted = Counted(
        call_id=CallId(name),
        tenant="default",
        team=team,
        at=slot_of(at),
        language=Language.FR,
        themes={
            BOX: Place(shown="ma box", start_s=3.0, end_s=4.0),
            BLINKING: Place(shown="clignote", start_s=5.0, end_s=6.0),
        }
        if box
        else {},
    )
    await store.themes.count([counted], at)


def test_terms_that_grew_are_told_with_examples(service: Staffed) -> None:
    with service.operator() as client:
        told = client.get("/v1/themes").json()

    (term,) = told["terms"]
    assert (term["shown"], term["calls"], term["language"]) == ("ma box", 15, "fr")
    assert term["along"] == ["clignote"]  # said in the same calls: one line
    assert term["low"] > 1
    assert term["examples"][0]["clip"].endswith("/audio?start_s=2.00&end_s=5.00")
    assert told["teams"] == ["north", "south"]
    assert [len(reason["weeks"]) for reason in told["reasons"]] == [5] * len(told["reasons"])


def test_a_team_s_choice_narrows_it_and_fewer_than_five_calls_are_never_told(service: Staffed) -> None:
    with service.operator() as client:
        north = client.get("/v1/themes", params={"team": "north"}).json()
        south = client.get("/v1/themes", params={"team": "south"}).json()

    assert [term["calls"] for term in north["terms"]] == [12]
    assert south["terms"] == []


def test_a_surge_is_told_and_muted_by_the_first_who_knows(service: Staffed) -> None:
    with service.operator() as client:
        (surge,) = client.get("/v1/themes/surges").json()["surges"]
        known = client.post(f"/v1/themes/surges/{surge['surge_id']}/acknowledge").json()
        missing = client.post("/v1/themes/surges/999/acknowledge")

    assert (surge["shown"], surge["calls"], surge["times"]) == (["ma box"], 15, 10.0)
    assert surge["acknowledged_by"] is None
    assert known["acknowledged_by"]
    assert missing.status_code == 404


def test_leads_see_their_teams_and_nobody_else_sees_any(service: Staffed) -> None:
    with service.logged_in(DAN) as client:
        assert client.get("/v1/themes").json()["calls"] >= 40
        assert len(client.get("/v1/themes/surges").json()["surges"]) == 1
        assert client.get("/customers").status_code == 200
    with service.logged_in(ANN) as client:
        assert client.get("/v1/themes").status_code == 403
        assert client.post("/v1/themes/surges/1/acknowledge").status_code == 403
