"""The query that reads a call with everything kept about it."""

from sqlalchemy import Connection

from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.store.calls.consents import find_consents
from qa_monitor.store.calls.finds import find_call
from qa_monitor.store.calls.stretch_finds import find_gaps, find_holds
from qa_monitor.store.calls.utterance_finds import find_utterances
from qa_monitor.store.flags.finds import find_flags, find_held
from qa_monitor.store.flags.trials import find_trial_verdicts
from qa_monitor.store.tables import schema
from streams.records import CallId

flags, utterances = schema.flags, schema.utterances


def find_record(connection: Connection, call_id: CallId) -> CallRecord | None:
    """A call with everything kept about it."""
    call = find_call(connection, call_id)
    if call is None:
        return None
    return CallRecord(
        call=call,
        utterances=find_utterances(connection, call_id),
        flags=find_flags(connection, flags.c.call_id == call_id, order=(flags.c.raised_s, flags.c.flag_id)),
        held=find_held(connection, call_id),
        gaps=find_gaps(connection, call_id),
        consents=find_consents(connection, call_id),
        holds=find_holds(connection, call_id),
        trial_verdicts=find_trial_verdicts(connection, call_id),
    )
