"""The queries about what the customer was told and answered, and about all that was made of their voice.

Each is called inside an open transaction: what a customer does not want is gone with the same commit that says so.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.records import RedFlag
from alerts.voiced import tells_of_voice, without_voice
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.consents import StoredConsent
from qa_monitor.records.errors import NotKept
from qa_monitor.records.flags import StoredFlag
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.shared.cells import AnyRow, Cells
from qa_monitor.store.shared.codec import from_text, to_text
from qa_monitor.store.tables import schema
from sentiment.policy import emotion_allowed
from sentiment.profile import CONSENT_BY
from sentiment.records import Course
from streams.consent import Consent, ConsentSource, Notice
from streams.records import CallId, CallStarted, ConsentChanged, Speaker

calls, consents, courses = schema.calls, schema.consents, schema.courses
REFERENCE = "consent_source"
"""Where a call's metadata says how the consent that came with it is recorded."""


def announced_cells(call: CallStarted) -> Cells:
    """What was known of the customer's consent when the call began."""
    named = call.metadata.get(CONSENT_BY)
    source = ConsentSource(named) if named in tuple(ConsentSource) else ConsentSource.ANNOUNCED
    return {
        "call_id": call.call_id,
        "at": call.started_at,
        "at_s": 0.0,
        "notice": call.notice.value,
        "consent": call.consent.value,
        "source": source.value,
        "by": "",
        "reference": call.metadata.get(REFERENCE, ""),
    }


def save_consent(connection: Connection, change: ConsentChanged, call: CallStarted, at: datetime) -> None:
    """Keep what the customer was told and answered, and delete what may no longer be kept.

    `call`: with the change in it.
    """
    if not emotion_allowed(call):
        forget_voice(connection, call.call_id)
    cells = {"notice": call.notice.value, "consent": call.consent.value, "metadata": to_text(dict(call.metadata))}
    if not connection.execute(update(calls).where(calls.c.call_id == call.call_id).values(cells)).rowcount:
        raise NotKept("call", call.call_id)
    entry = {
        "call_id": call.call_id,
        "at": at,
        "at_s": change.at_s,
        "notice": change.notice.value,
        "consent": change.consent.value,
        "source": change.source.value,
        "by": change.by,
        "reference": change.reference,
    }
    connection.execute(insert(consents).values(entry))


def find_consents(connection: Connection, call_id: CallId) -> tuple[StoredConsent, ...]:
    """In the order in which they were said."""
    query = select(consents).where(consents.c.call_id == call_id).order_by(consents.c.id)
    return tuple(_consent(row) for row in connection.execute(query))


def _consent(row: AnyRow) -> StoredConsent:
    return StoredConsent(
        at=row.at,
        at_s=row.at_s,
        notice=Notice(row.notice),
        consent=Consent(row.consent),
        source=ConsentSource(row.source),
        by=row.by,
        reference=row.reference,
    )


def save_course(connection: Connection, stored: StoredCall, course: Course) -> None:
    """Keep how the customer went through the call so far; it replaces what was kept before.

    The database refuses it where no channel is the customer's, or notice and consent were not given.
    """
    call = stored.call
    channel = call.channels.index(Speaker.CUSTOMER) if Speaker.CUSTOMER in call.channels else 0
    cells = {
        "call_id": call.call_id,
        "channel": channel,
        "channel_role": call.channels[channel].value,
        "notice": call.notice.value,
        "consent": call.consent.value,
        "body": to_text(course),
    }
    connection.execute(upsert(courses).values(cells).on_conflict_do_update(index_elements=["call_id"], set_=cells))


def forget_voice(connection: Connection, call_id: CallId) -> None:
    """Delete all that was made of the voice in a call: scores, course, and what flags say of them."""
    connection.execute(schema.emotions.delete().where(schema.emotions.c.call_id == call_id))
    connection.execute(courses.delete().where(courses.c.call_id == call_id))
    _forget_in_flags(connection, call_id)
    held, trials = schema.held_flags, schema.trial_verdicts
    of_call = select(held.c.id, held.c.flag_id, held.c.body).where(held.c.call_id == call_id)
    for row in connection.execute(of_call).all():
        if tells_of_voice(from_text(row.body, RedFlag).evidence):
            # nobody was told of it, so that nobody misses it; what was said of it on trial tells of the voice, too
            connection.execute(held.delete().where(held.c.id == row.id))
            connection.execute(trials.delete().where(trials.c.flag_id == row.flag_id))
    keep_facts(connection, [call_id], over_only=True)


def _forget_in_flags(connection: Connection, call_id: CallId) -> None:
    flags, events = schema.flags, schema.flag_events
    for row in connection.execute(select(flags.c.flag_id, flags.c.body).where(flags.c.call_id == call_id)).all():
        flag = from_text(row.body, RedFlag)
        if not tells_of_voice(flag.evidence):
            continue
        cells = {"body": to_text(without_voice(flag))}
        connection.execute(update(flags).where(flags.c.flag_id == row.flag_id).values(cells))
        told = select(events.c.sequence, events.c.body).where(events.c.flag_id == row.flag_id)
        for one in connection.execute(told).all():
            body = to_text(_without_voice_told(from_text(one.body, StoredFlag)))
            connection.execute(update(events).where(events.c.sequence == one.sequence).values(body=body))


def _without_voice_told(stored: StoredFlag) -> StoredFlag:
    """The flag as it was told, without what tells of the voice."""
    return replace(stored, flag=without_voice(stored.flag))
