"""What calls are listed and filtered by: one narrow row a call, and one a rule in it. And searches somebody named."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
)

from qa_monitor.records.calls import CallState
from qa_monitor.store.tables.base import metadata, one_of
from qa_monitor.store.tables.calls import call_agents
from qa_monitor.store.tables.columns import Instant
from streams.records import Direction, Language


def count(name: str) -> Column[int]:
    """How often; zero where nothing is known of it."""
    return Column(name, Integer, nullable=False, server_default="0")


# One row a call, for lists and reports: see `store/library/facts.py`, which writes it, for what the columns hold.
call_facts = Table(
    "call_facts",
    metadata,
    # the row of its words in `call_words`; it outlives the compacting of the file, as a nameless row number would not
    Column("number", Integer, primary_key=True),
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("tenant", String, nullable=False),
    Column("team", String, nullable=False),
    Column("agent_id", String, nullable=False),
    count("agents"),
    Column("direction", String, nullable=False),
    Column("language", String),
    Column("state", String, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("duration_s", Float),
    Column("talk_over_s", Float),
    Column("silence_s", Float),
    Column("hold_s", Float),
    Column("agent_share", Float),
    Column("customer_share", Float),
    count("flags_high"),
    count("flags_medium"),
    count("flags_low"),
    count("held"),
    count("useful"),
    count("false_alarm"),
    count("already_known"),
    Column("worded", Boolean(name="worded_known", create_constraint=True), nullable=False, server_default="0"),
    one_of("direction", Direction),
    one_of("language", Language),
    one_of("state", CallState),
    CheckConstraint("duration_s >= 0", name="duration_counted"),
    Index("ix_call_facts_began_at", "began_at"),
    Index("ix_call_facts_duration_s", "duration_s"),
)

# by flags of high priority, then medium, then low. Lists are sorted by the very same words: else it would not serve
GRAVEST: ColumnElement[object] = literal_column("flags_high * 1000000 + flags_medium * 1000 + flags_low", Integer())
Index("ix_call_facts_gravest", GRAVEST, call_facts.c.number)

# What each rule did in a call: flags told and not withdrawn, those held back, and coaches' last words on them.
call_rules = Table(
    "call_rules",
    metadata,
    Column("call_id", String, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("rule_id", String, primary_key=True),
    count("flagged"),
    count("held"),
    count("useful"),
    count("false_alarm"),
    count("already_known"),
    Index("ix_call_rules_rule_id", "rule_id", "call_id"),
)

# A search somebody named. `account_id` is empty for the operator's.
saved_searches = Table(
    "saved_searches",
    metadata,
    Column("search_id", String, primary_key=True),
    Column("account_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("shared", Boolean(name="shared_known", create_constraint=True), nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_saved_searches_account_id", "account_id"),
)

# who has calls, from the person's side
Index("ix_call_agents_team", call_agents.c.team, call_agents.c.call_id)
Index("ix_call_agents_agent_id", call_agents.c.agent_id, call_agents.c.call_id)
