"""Surges of themes: found, changed, acknowledged."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Select, insert, select, update

from qa_monitor.delivery.notices import surged
from qa_monitor.store.deliveries.notices import Tell, tell_nobody
from qa_monitor.store.tables import schema
from qa_monitor.themes.records import Surge, SurgeId, Theme

surges = schema.theme_surges


def find_surges(connection: Connection, query: Select[tuple[object, ...]]) -> Sequence[Surge]:
    """The latest found first."""
    ordered = query.order_by(surges.c.found_at.desc(), surges.c.surge_id.desc())
    return tuple(surge_of(row) for row in connection.execute(ordered))


def find_surge(connection: Connection, surge_id: SurgeId) -> Surge | None:
    """One."""
    row = connection.execute(select(surges).where(surges.c.surge_id == surge_id)).first()
    return None if row is None else surge_of(row)


def surge_of(row: Row[tuple[object, ...]]) -> Surge:
    """One row."""
    cells = row._mapping
    return Surge(
        surge_id=SurgeId(cells["surge_id"]),
        tenant=cells["tenant"],
        themes=tuple(Theme(theme) for theme in cells["themes"].split("\n")),
        began_at=cells["began_at"],
        found_at=cells["found_at"],
        calls=cells["calls"],
        expected=cells["expected"],
        evidence=cells["evidence"],
        ended_at=cells["ended_at"],
        acknowledged_by=cells["acknowledged_by"],
        acknowledged_at=cells["acknowledged_at"],
    )


def save_surge(connection: Connection, surge: Surge, tell: Tell = tell_nobody) -> Surge:
    """New, or changed. Other systems are told of its beginning and its end."""
    before = None if surge.surge_id is None else find_surge(connection, surge.surge_id)
    cells = {
        "tenant": surge.tenant,
        "themes": "\n".join(surge.themes),
        "began_at": surge.began_at,
        "found_at": surge.found_at,
        "calls": surge.calls,
        "expected": surge.expected,
        "evidence": surge.evidence,
        "ended_at": surge.ended_at,
    }
    if surge.surge_id is None:
        number = connection.execute(insert(surges).values(cells).returning(surges.c.surge_id)).scalar_one()
    else:
        number = surge.surge_id
        connection.execute(update(surges).where(surges.c.surge_id == number).values(cells))
    kept = _existing(connection, SurgeId(number))
    notice = surged(before, kept)
    if notice is not None:
        tell(connection, notice)
    return kept


def acknowledge(connection: Connection, surge_id: SurgeId, by: str, at: datetime) -> Surge | None:
    """The first to say so is kept."""
    known = {"acknowledged_by": by, "acknowledged_at": at}
    fresh = surges.c.acknowledged_at.is_(None)
    connection.execute(update(surges).where(surges.c.surge_id == surge_id, fresh).values(known))
    return find_surge(connection, surge_id)


def _existing(connection: Connection, surge_id: SurgeId) -> Surge:
    found = find_surge(connection, surge_id)
    assert found is not None, "it was written in this transaction"
    return found
