"""Instants are kept in UTC, also where the calendar ends."""

from datetime import datetime

import pytest
from sqlalchemy.dialects import sqlite

from qa_monitor.store.tables.columns import Instant


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-03-29T02:30:00+01:00", "2026-03-29T01:30:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59.999999"),
    ],
)
def test_an_instant_is_kept_in_utc_and_never_beyond_the_calendar(given: str, kept: str) -> None:
    """Anybody may ask for what began since the year 1, by the clocks of Kiritimati."""
    bound = Instant().process_bind_param(datetime.fromisoformat(given), sqlite.dialect())

    assert bound == datetime.fromisoformat(kept)
