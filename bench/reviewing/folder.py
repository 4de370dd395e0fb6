"""The folder of seeded calls that is measured: made on first use, and used again."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qa_monitor.seed.records import SeedPlan
from qa_monitor.seed.run import seed
from qa_monitor.store.database.database import FILE

UNTIL = date(2026, 10, 1)
DAYS = 365
TEN_MINUTES_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What is in it."""

    calls: int
    utterances: int
    bytes: int
    first: datetime
    days: int
    teams: tuple[str, ...]
    agents: tuple[str, ...]
    call_ids: tuple[str, ...]
    ten_minutes: str
    """The call that is nearest to ten minutes."""

    @property
    def bytes_per_call(self) -> int:
        """Of the database with all its indices."""
        return round(self.bytes / self.calls)


def fill(folder: Path, calls: int) -> Filled:
    """So many calls in this folder. Raises `ValueError` where it holds another number of them."""
    if not (folder / FILE).exists():
        plan = SeedPlan(calls=calls, until=UNTIL, days=DAYS)
        done = seed(folder, plan, progress=lambda kept: print(f"\rseeding: {kept}", end="", flush=True))
        print(f"\rseeded {done.calls} calls, {done.utterances} utterances, {done.flags} flags")
    found = _look(folder)
    if found.calls != calls:
        raise ValueError(f"{folder} holds {found.calls} calls, not {calls}: name another folder")
    return found


def _look(folder: Path) -> Filled:
    connection = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT call_id, team, agent_id, duration_s FROM calls ORDER BY call_id").fetchall()
        (utterances,) = connection.execute("SELECT count(*) FROM utterances").fetchone()
    finally:
        connection.close()
    return Filled(
        calls=len(rows),
        utterances=utterances,
        bytes=(folder / FILE).stat().st_size,
        first=datetime.combine(UNTIL, datetime.min.time(), UTC) - timedelta(days=DAYS),
        days=DAYS,
        teams=tuple(sorted({team for _, team, _, _ in rows})),
        agents=tuple(sorted({agent for _, _, agent, _ in rows})),
        call_ids=tuple(call_id for call_id, _, _, _ in rows),
        ten_minutes=min(rows, key=lambda row: abs(row[3] - TEN_MINUTES_S))[0],
    )
