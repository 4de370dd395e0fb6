"""What customers answered, how long they waited, and reports that are delivered by themselves."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from qa_monitor.reports.customers import SurveyKind
from qa_monitor.reports.schedules import RunState
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant

surveys = Table(
    "surveys",
    metadata,
    Column("survey_id", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("value", Integer, nullable=False),
    Column("answered_at", Instant, nullable=False),
    one_of("kind", SurveyKind),
    Index("ix_surveys_call_id", "call_id"),
)

# Customers who waited. Those who gave up have no call.
waits = Table(
    "waits",
    metadata,
    Column("wait_id", String, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), unique=True),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("queue", String, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("waited_s", Float, nullable=False),
    Column("answered", Boolean(name="answered_known", create_constraint=True), nullable=False),
    CheckConstraint("waited_s >= 0", name="waited_counted"),
    Index("ix_waits_began_at", "began_at"),
)

report_schedules = Table(
    "report_schedules",
    metadata,
    Column("schedule_id", String, primary_key=True),
    Column("made_at", Instant, nullable=False),
    # named texts that `reports/schedules.py` reads and checks
    Column("cells", Text, nullable=False),
)

# One row per period, written before anything is sent.
report_runs = Table(
    "report_runs",
    metadata,
    Column("schedule_id", String, ForeignKey("report_schedules.schedule_id", ondelete="CASCADE"), primary_key=True),
    Column("period", String, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("problem", String),
    one_of("state", RunState),
)
