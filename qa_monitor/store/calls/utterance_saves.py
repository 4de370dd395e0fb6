"""The query that writes what was said. Called inside an open transaction."""

from sqlalchemy import Connection, insert
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.store.calls.saves import existing_call
from qa_monitor.store.calls.utterance_rows import emotion_cells, utterance_cells
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.tables import schema
from sentiment.records import EmotionScore
from streams.records import Utterance

emotions = schema.emotions


def save_utterance(
    connection: Connection, utterance: Utterance, emotion: EmotionScore | None, *, late: bool = False
) -> None:
    """Keep a final utterance and its score; both replace earlier ones of the same id."""
    if not utterance.final:
        raise ValueError(f"utterance {utterance.utterance_id} is partial: only finals are kept")
    key = ["call_id", "utterance_id"]
    same = (emotions.c.call_id == utterance.call_id) & (emotions.c.utterance_id == utterance.utterance_id)
    connection.execute(emotions.delete().where(same))
    cells = utterance_cells(utterance, late=late)
    connection.execute(upsert(schema.utterances).values(cells).on_conflict_do_update(index_elements=key, set_=cells))
    if emotion is not None:
        if (emotion.call_id, emotion.utterance_id) != (utterance.call_id, utterance.utterance_id):
            raise ValueError(f"emotion of {emotion.utterance_id} is not about utterance {utterance.utterance_id}")
        connection.execute(
            insert(emotions).values(
                emotion_cells(emotion, utterance.speaker, existing_call(connection, utterance.call_id))
            )
        )
    if late:
        keep_facts(connection, [utterance.call_id], over_only=True)
