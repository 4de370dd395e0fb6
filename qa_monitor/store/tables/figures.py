"""Figures of finished calls, so that reports over many are quick: worked out from what is kept, and made anew when
that changes. Nothing here is the only copy of anything.
"""

from sqlalchemy import DDL, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, event, text

from qa_monitor.reports.repeats import Repeated
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.columns import Instant
from streams.records import Direction

call_figures = Table(
    "call_figures",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("began_at", Instant, nullable=False),
    Column("tenant", String, nullable=False),
    # with whom it ended
    Column("team", String, nullable=False),
    Column("agent_id", String, nullable=False),
    Column("queue", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("duration_s", Float),
    # nothing where the flow of the conversation is not known
    Column("talk_s", Float),
    Column("hold_s", Float),
    Column("silence_s", Float),
    Column("talk_over_s", Float),
    # whether the customer said they had been in touch before; nothing until it was looked for
    Column("repeated", String),
    one_of("direction", Direction),
    one_of("repeated", Repeated),
    Index("ix_call_figures_began_at", "began_at"),
)
Index("ix_call_figures_unread", call_figures.c.began_at, sqlite_where=text("repeated IS NULL"))

flag_figures = Table(
    "flag_figures",
    metadata,
    Column("call_id", String, ForeignKey("call_figures.call_id", ondelete="CASCADE"), primary_key=True),
    Column("rule_id", String, primary_key=True),
    Column("told", Integer, nullable=False),
    Column("useful", Integer, nullable=False),
    Column("false_alarm", Integer, nullable=False),
    Column("already_known", Integer, nullable=False),
)

# Calls whose figures are to be made, once for every change: a change while they are being made is not lost.
figures_due = Table(
    "figures_due",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    # whether what was said may be other than before
    Column("said", Boolean(name="said_known", create_constraint=True), nullable=False),
    Index("ix_figures_due_call_id", "call_id"),
    sqlite_autoincrement=True,
)

_OF_CALL = """INSERT INTO figures_due (call_id, said) VALUES (NEW.call_id, 1)"""
_OF_FLAG = """INSERT INTO figures_due (call_id, said) SELECT calls.call_id, 0
FROM calls JOIN call_figures USING (call_id) WHERE calls.call_id = NEW.call_id"""
_OF_VERDICT = """INSERT INTO figures_due (call_id, said) SELECT calls.call_id, 0
FROM flags JOIN calls USING (call_id) JOIN call_figures USING (call_id) WHERE flags.flag_id = {row}.flag_id"""
FIGURE_TRIGGERS = (
    f"""CREATE TRIGGER figures_of_new_call AFTER INSERT ON calls WHEN NEW.state <> 'live'
BEGIN {_OF_CALL}; END""",
    f"""CREATE TRIGGER figures_of_call
AFTER UPDATE OF state, duration_s, dynamics, blind, team, agent_id ON calls WHEN NEW.state <> 'live'
BEGIN {_OF_CALL}; END""",
    f"""CREATE TRIGGER figures_of_late_words AFTER INSERT ON utterances
WHEN NEW.late AND EXISTS (SELECT 1 FROM call_figures WHERE call_id = NEW.call_id)
BEGIN {_OF_CALL}; END""",
    f"""CREATE TRIGGER figures_of_new_flag AFTER INSERT ON flags
BEGIN {_OF_FLAG}; END""",
    f"""CREATE TRIGGER figures_of_flag AFTER UPDATE OF state ON flags
BEGIN {_OF_FLAG}; END""",
    f"""CREATE TRIGGER figures_of_new_verdict AFTER INSERT ON verdicts
BEGIN {_OF_VERDICT.format(row="NEW")}; END""",
    f"""CREATE TRIGGER figures_of_verdict AFTER UPDATE ON verdicts
BEGIN {_OF_VERDICT.format(row="NEW")}; END""",
    f"""CREATE TRIGGER figures_of_no_verdict AFTER DELETE ON verdicts
BEGIN {_OF_VERDICT.format(row="OLD")}; END""",
)
for _trigger in FIGURE_TRIGGERS:
    # they look at tables of four files: made once all are there. The library gives DDL no types
    event.listen(metadata, "after_create", DDL(_trigger).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
