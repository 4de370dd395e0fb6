"""What was made of a customer's voice: the lawful line, kept by the database itself."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
)
from sqlalchemy.sql.elements import ColumnClause

from qa_monitor.store.tables.base import keep_to, metadata

# The lawful line, kept by the database itself: a row exists only for an utterance of a channel announced as the
# customer's, on a call with notice given and consent granted; nor can speaker or consent be changed while it exists.
# SQLite's shell starts with foreign keys off: the triggers below hold even there.
emotions = Table(
    "emotions",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("utterance_id", String, primary_key=True),
    Column("channel_role", String, nullable=False),
    Column("notice", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("anger", Float, nullable=False),
    Column("distress", Float, nullable=False),
    Column("neutral", Float, nullable=False),
    Column("happy", Float, nullable=False),
    Column("arousal", Float, nullable=False),
    Column("valence", Float, nullable=False),
    Column("certainty", Float, nullable=False),
    Column("enough", Boolean(name="enough_known", create_constraint=True), nullable=False),
    Column("prosody", Text, nullable=False),
    Column("explanation_en", Text, nullable=False),
    Column("explanation_fr", Text, nullable=False),
    CheckConstraint("channel_role = 'customer'", name="customer_only"),
    CheckConstraint("consent = 'granted' AND notice IN ('played', 'contract')", name="consent_given"),
    ForeignKeyConstraint(
        ["call_id", "utterance_id", "channel_role"],
        ["utterances.call_id", "utterances.utterance_id", "utterances.speaker"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["call_id", "notice", "consent"], ["calls.call_id", "calls.notice", "calls.consent"], ondelete="CASCADE"
    ),
)

EMOTION_TRIGGERS = tuple(
    f"""CREATE TRIGGER emotions_customer_only_{when.lower()} BEFORE {when} ON emotions
WHEN NOT EXISTS (
    SELECT 1 FROM utterances JOIN call_channels USING (call_id, channel) JOIN calls USING (call_id)
    WHERE utterances.call_id = NEW.call_id AND utterances.utterance_id = NEW.utterance_id
    AND utterances.speaker = 'customer' AND call_channels.speaker = 'customer'
    AND calls.consent = 'granted' AND calls.notice IN ('played', 'contract')
)
BEGIN SELECT RAISE(ABORT, 'emotion is kept for customers with notice and consent only'); END"""
    for when in ("INSERT", "UPDATE")
)
keep_to(emotions, *EMOTION_TRIGGERS)


def of_course(name: str, body: str = "courses.body") -> ColumnClause[str]:
    """One word of a kept course, written as in the index below: with the name as a parameter it would not serve."""
    return literal_column(f"json_extract({body}, '$.{name}')", String())


# How the customer went through the call: made of scores, and kept on the same terms.
courses = Table(
    "courses",
    metadata,
    Column("call_id", String, primary_key=True),
    Column("channel", Integer, nullable=False),
    Column("channel_role", String, nullable=False),
    Column("notice", String, nullable=False),
    Column("consent", String, nullable=False),
    Column("body", Text, nullable=False),
    CheckConstraint("channel_role = 'customer'", name="customer_only"),
    CheckConstraint("consent = 'granted' AND notice IN ('played', 'contract')", name="consent_given"),
    ForeignKeyConstraint(
        ["call_id", "channel", "channel_role"],
        ["call_channels.call_id", "call_channels.channel", "call_channels.speaker"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["call_id", "notice", "consent"], ["calls.call_id", "calls.notice", "calls.consent"], ondelete="CASCADE"
    ),
)
# calls are searched by these words; they are kept nowhere else, and go with the row
Index("ix_courses_felt", *(of_course(name, "body") for name in ("state", "trend")), courses.c.call_id)

COURSE_TRIGGERS = tuple(
    f"""CREATE TRIGGER courses_customer_only_{when.lower()} BEFORE {when} ON courses
WHEN NOT EXISTS (
    SELECT 1 FROM call_channels JOIN calls USING (call_id)
    WHERE call_channels.call_id = NEW.call_id AND call_channels.channel = NEW.channel
    AND call_channels.speaker = 'customer'
    AND calls.consent = 'granted' AND calls.notice IN ('played', 'contract')
)
BEGIN SELECT RAISE(ABORT, 'a course is kept for customers with notice and consent only'); END"""
    for when in ("INSERT", "UPDATE")
)

keep_to(courses, *COURSE_TRIGGERS)
