"""Which past calls are meant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from qa_monitor.backtest.query import CallQuery, QueryError, parse_query
from streams.records import Language


@pytest.mark.parametrize("written", ["", "  ", "all"])
def test_nothing_asked_for_is_every_call(written: str) -> None:
    assert parse_query(written) == CallQuery()


def test_everything_may_be_asked_for() -> None:
    """A day begins at midnight UTC; a time keeps its zone."""
    query = parse_query(
        'since:2026-03-01 until=2026-03-08T08:00+01:00 team:north,"south" team:"key accounts" '
        "language:fr agent:a7 tenant:acme limit:50"
    )

    assert query == CallQuery(
        since=datetime(2026, 3, 1, tzinfo=UTC),
        until=datetime(2026, 3, 8, 8, tzinfo=timezone(timedelta(hours=1))),
        tenants=("acme",),
        teams=("north", '"south"', "key accounts"),
        agents=("a7",),
        languages=(Language.FR,),
        limit=50,
    )


@pytest.mark.parametrize(
    ("written", "name", "says"),
    [
        ("colour:red", "query", "colour:red"),
        ("north", "query", "north"),
        ("since:yesterday", "since", "2026-03-01"),
        ("since:2026-03-01,2026-03-02", "since", "one value"),
        ("language:de", "language", "fr, en"),
        ("limit:0", "limit", "at least 1"),
        ("limit:ten", "limit", "at least 1"),
        ("team:", "team", "a value"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_may_be(written: str, name: str, says: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(written)

    assert refused.value.name == name
    assert says in str(refused.value)
