"""Who listened to live calls, as JSON and as a CSV file."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from qa_monitor.people.listening import Ending, Listening
from qa_monitor.schemas.shape import Shape
from qa_monitor.spreadsheets import safe

COLUMNS = (
    *("began_at", "ended_at", "by", "call_id", "call_digest", "tenant", "team", "agent_id", "heard_s", "ending"),
)


class ListeningJson(Shape):
    """One time that somebody listened to a live call."""

    listening_id: int
    call_id: str | None
    """Null: the call was deleted since."""
    call_digest: str
    """SHA-256 of the call's id, as in the proof of its deletion."""
    tenant: str
    team: str
    agent_id: str
    by: str
    """A log-in name; `console` for whoever has the access token."""
    began_at: datetime
    ending: Ending | None
    """Null: they are listening now."""
    ended_at: datetime | None
    """Null with an ending: the service was killed meanwhile, and nobody can tell."""
    heard_s: float
    """Seconds of sound that were sent to them; 0 until it has ended."""


class ListeningsJson(Shape):
    """Newest first."""

    listenings: list[ListeningJson]


def listening_json(one: Listening) -> ListeningJson:
    """One of them."""
    return ListeningJson(
        listening_id=one.listening_id,
        call_id=one.call_id,
        call_digest=one.call_digest,
        tenant=one.tenant,
        team=one.team,
        agent_id=one.agent_id,
        by=one.by,
        began_at=one.began_at,
        ending=one.ending,
        ended_at=one.ended_at,
        heard_s=round(one.heard_s, 1),
    )


def heading() -> str:
    """The first line of the file."""
    return ",".join(COLUMNS) + "\r\n"


def csv_lines(page: Iterable[Listening]) -> str:
    """Without a heading."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for one in page:
        cells = listening_json(one).model_dump(mode="json")
        writer.writerow([safe(cells[name]) for name in COLUMNS])
    return file.getvalue()
