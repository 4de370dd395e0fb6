"""What customers call about, after one of their calls is deleted."""

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from qa_monitor.store.tables import schema
from qa_monitor.themes.records import REASON, Theme, language_of
from streams.records import CallId

counts, clips = schema.theme_counts, schema.theme_clips


def uncount(connection: Connection, call_id: CallId) -> None:
    """Take a call that is being deleted out of the counts of the terms it is an example of.

    A call stops being an example once forty newer ones have said the term, or the counts of a rare term are dropped. So
    what fewer than forty calls have said goes down with the call; of the rest, and of reasons, the counts stay.
    """
    query = select(clips).where(clips.c.call_id == call_id, clips.c.theme.not_like(f"{REASON}%"))
    own = and_(*(column == bindparam(f"key_{column.name}") for column in counts.primary_key))
    keys = [
        {
            "key_at": row.at,
            "key_tenant": row.tenant,
            "key_team": row.team,
            "key_theme": row.theme,
            "key_language": language_of(Theme(row.theme)),
        }
        for row in connection.execute(query)
    ]
    if keys:
        connection.execute(delete(counts).where(own, counts.c.calls == 1), keys)
        connection.execute(update(counts).where(own).values(calls=counts.c.calls - 1), keys)
