"""The query that reads what was said, with its scores."""

from sqlalchemy import Connection, select

from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.store.calls.utterance_rows import stored_utterance
from qa_monitor.store.tables import schema
from streams.records import CallId

utterances, emotions = schema.utterances, schema.emotions
SCORE_COLUMNS = tuple(
    column
    for column in emotions.c
    if column.name not in ("call_id", "utterance_id", "channel_role", "notice", "consent")
)


def find_utterances(connection: Connection, call_id: CallId) -> tuple[StoredUtterance, ...]:
    """By start, then channel, each with its score where there is one."""
    joined = utterances.outerjoin(
        emotions,
        (emotions.c.call_id == utterances.c.call_id) & (emotions.c.utterance_id == utterances.c.utterance_id),
    )
    query = (
        select(utterances, *SCORE_COLUMNS)
        .select_from(joined)
        .where(utterances.c.call_id == call_id)
        .order_by(utterances.c.start_s, utterances.c.channel)
    )
    return tuple(stored_utterance(row) for row in connection.execute(query))
