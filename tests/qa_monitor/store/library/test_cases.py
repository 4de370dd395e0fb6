"""Earlier calls of the same case, on a real file."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import EVERYTHING, Sight
from streams.records import CallId
from tests.qa_monitor.builders import NOON, a_call
from tests.qa_monitor.storing import a_store

NORTH = TeamKey("default", "north")
CALLS = (
    ("today", 0, "north", "default", "A 7"),
    ("week", 7, "north", "default", "A 7"),
    ("month", 30, "south", "default", "A 7"),
    ("long", 91, "north", "default", "A 7"),
    ("other", 1, "north", "default", "A 8"),
    ("client", 1, "north", "acme", "A 7"),
    ("none", 1, "north", "default", ""),
)
"""Name, days ago, team, tenant, case."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cases")

    async def fill() -> None:
        async with a_store(made) as store:
            for name, days, team, tenant, case in CALLS:
                call = a_call(name, started_at=NOON - timedelta(days=days))
                await store.save_call(replace(call, team=team, tenant=tenant, metadata={"case": case} if case else {}))

    asyncio.run(fill())
    return made


def case_of(folder: Path, call_id: str, sight: Sight = EVERYTHING) -> tuple[str, Sequence[str]]:
    async def read() -> tuple[str, Sequence[str]]:
        async with a_store(folder) as store:
            found = await store.library.case(CallId(call_id), sight)
            return found.name, [str(one.facts.call_id) for one in found.calls]

    return asyncio.run(read())


def test_calls_of_a_case_are_those_before_it_of_the_same_customer_system(folder: Path) -> None:
    """Of one tenant, of the ninety days before, the newest first."""
    assert case_of(folder, "today") == ("A 7", ["week", "month"])
    assert case_of(folder, "week") == ("A 7", ["month", "long"])
    assert case_of(folder, "other") == ("A 8", [])
    assert case_of(folder, "none") == case_of(folder, "nobody") == ("", [])


def test_calls_of_other_teams_stay_out_of_a_case(folder: Path) -> None:
    """Only what one may see."""
    north = Sight(teams=frozenset({NORTH}), known=frozenset({NORTH, TeamKey("default", "south")}))

    assert case_of(folder, "today", north) == ("A 7", ["week"])
