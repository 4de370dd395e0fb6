"""The facts of each call, what rules did in it, the index of its words, and saved searches; for kept calls too."""

import sqlalchemy as sa
from alembic import op

from qa_monitor.store.tables.columns import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNTS = ("flags_high", "flags_medium", "flags_low", "held", "useful", "false_alarm", "already_known")
DIRECTIONS = "direction IN ('inbound', 'outbound', 'unknown')"
SIDES = {"agent": "= 'agent'", "customer": "= 'customer'", "other": "NOT IN ('agent', 'customer')"}
CALL_WORDS = """CREATE VIRTUAL TABLE call_words USING fts5(
    agent, customer, other, content='', tokenize='unicode61 remove_diacritics 2')"""


def said_by(side: str) -> str:
    return f"""(SELECT group_concat(text, char(10)) FROM (SELECT text FROM utterances
        WHERE call_id = call_facts.call_id AND speaker {SIDES[side]}
        ORDER BY start_s, channel, utterance_id)) AS {side}"""


CALL_SAID = (
    f"CREATE VIEW call_said AS\nSELECT number, call_id, state, worded, {', '.join(map(said_by, SIDES))} FROM call_facts"
)


def enter_words(call_id: str) -> str:
    ready = f"call_id = {call_id} AND worded = 0 AND state != 'live'"
    return f"""
    INSERT INTO call_words (rowid, agent, customer, other) SELECT number, agent, customer, other FROM call_said
    WHERE {ready};
    UPDATE call_facts SET worded = 1 WHERE {ready};"""


def take_words(call_id: str) -> str:
    entered = f"call_id = {call_id} AND worded = 1"
    return f"""
    INSERT INTO call_words (call_words, rowid, agent, customer, other)
    SELECT 'delete', number, agent, customer, other FROM call_said WHERE {entered};
    UPDATE call_facts SET worded = 0 WHERE {entered};"""


# an insert that will turn into an update, or into nothing, is no new utterance
NEW = "WHEN NOT EXISTS (SELECT 1 FROM utterances WHERE call_id = NEW.call_id AND utterance_id = NEW.utterance_id)"
# an utterance that goes with its whole call leaves nothing to be indexed
KEPT = "WHEN EXISTS (SELECT 1 FROM calls WHERE call_id = OLD.call_id)"
CHANGE = "UPDATE OF call_id, speaker, channel, start_s, text"
EVENTS = {
    "before_insert": (f"BEFORE INSERT ON utterances {NEW}", take_words("NEW.call_id")),
    "after_insert": ("AFTER INSERT ON utterances", enter_words("NEW.call_id")),
    "before_update": (f"BEFORE {CHANGE} ON utterances", take_words("OLD.call_id")),
    "after_update": (f"AFTER {CHANGE} ON utterances", enter_words("NEW.call_id")),
    "before_delete": ("BEFORE DELETE ON utterances", take_words("OLD.call_id")),
    "after_delete": (f"AFTER DELETE ON utterances {KEPT}", enter_words("OLD.call_id")),
    "with_facts": ("AFTER INSERT ON call_facts", enter_words("NEW.call_id")),
    "at_the_end": ("AFTER UPDATE OF state ON call_facts", enter_words("NEW.call_id")),
    "without_facts": ("BEFORE DELETE ON call_facts", take_words("OLD.call_id")),
    "without_call": ("BEFORE DELETE ON calls", take_words("OLD.call_id")),
}
TRIGGERS = tuple(f"CREATE TRIGGER words_{name} {when}\nBEGIN {what}\nEND" for name, (when, what) in EVENTS.items())


def count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def create_facts() -> None:
    op.create_table(
        "call_facts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("agent_id", sa.String(), nullable=False),
        count("agents"),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("talk_over_s", sa.Float(), nullable=True),
        sa.Column("silence_s", sa.Float(), nullable=True),
        sa.Column("hold_s", sa.Float(), nullable=True),
        sa.Column("agent_share", sa.Float(), nullable=True),
        sa.Column("customer_share", sa.Float(), nullable=True),
        *(count(name) for name in COUNTS),
        sa.Column("worded", sa.Boolean(), nullable=False, server_default="0"),
        sa.CheckConstraint("worded IN (0, 1)", name=op.f("ck_call_facts_worded_known")),
        sa.CheckConstraint(DIRECTIONS, name=op.f("ck_call_facts_direction_known")),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_call_facts_language_known")),
        sa.CheckConstraint("state IN ('live', 'ended', 'interrupted')", name=op.f("ck_call_facts_state_known")),
        sa.CheckConstraint("duration_s >= 0", name=op.f("ck_call_facts_duration_counted")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_call_facts_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_call_facts")),
        sa.UniqueConstraint("call_id", name=op.f("uq_call_facts_call_id")),
    )
    op.create_index("ix_call_facts_began_at", "call_facts", ["began_at"])
    op.create_index("ix_call_facts_duration_s", "call_facts", ["duration_s"])
    op.create_index("ix_call_agents_team", "call_agents", ["team", "call_id"])
    op.create_index("ix_call_agents_agent_id", "call_agents", ["agent_id", "call_id"])


def create_rules() -> None:
    op.create_table(
        "call_rules",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        *(count(name) for name in ("flagged", *COUNTS[3:])),
        sa.ForeignKeyConstraint(["call_id"], ["calls.call_id"], name=op.f("fk_call_rules_call_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "rule_id", name=op.f("pk_call_rules")),
    )
    op.create_index("ix_call_rules_rule_id", "call_rules", ["rule_id", "call_id"])


def create_searches() -> None:
    op.create_table(
        "saved_searches",
        sa.Column("search_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.CheckConstraint("shared IN (0, 1)", name=op.f("ck_saved_searches_shared_known")),
        sa.PrimaryKeyConstraint("search_id", name=op.f("pk_saved_searches")),
    )
    op.create_index("ix_saved_searches_account_id", "saved_searches", ["account_id"])


def fill() -> None:
    """For the calls that are kept; their words last, in one go, before triggers watch them."""
    last_word = '(SELECT kind FROM verdicts v WHERE v.flag_id = f.flag_id ORDER BY v.at DESC, v."by" LIMIT 1)'
    told = "(SELECT count(*) FROM flags f WHERE f.call_id = c.call_id AND f.state != 'withdrawn' AND"
    priorities = ", ".join(f"{told} f.priority = {value})" for value in (3, 2, 1))
    words = ", ".join(f"{told} {last_word} = '{kind}')" for kind in COUNTS[4:])
    totals = ", ".join(f"json_extract(c.dynamics, '$.{name}_total_s')" for name in ("talk_over", "silence", "hold"))
    shares = ", ".join(
        "CASE WHEN coalesce(json_extract(c.dynamics, '$.speakers_known'), 1) = 1"
        f" THEN json_extract(c.dynamics, '$.talk_share.{side}') END"
        for side in ("agent", "customer")
    )
    op.execute(f"""INSERT INTO call_facts (call_id, tenant, team, agent_id, agents, direction, language, state,
    began_at, ended_at, duration_s, talk_over_s, silence_s, hold_s, agent_share, customer_share, {", ".join(COUNTS)})
SELECT call_id, tenant, team, agent_id, (SELECT count(*) FROM call_agents a WHERE a.call_id = c.call_id), direction,
    coalesce(language, (SELECT u.language FROM utterances u WHERE u.call_id = c.call_id
        GROUP BY u.language ORDER BY count(*) DESC, u.language LIMIT 1)),
    state, started_at, ended_at, duration_s, {totals}, {shares}, {priorities},
    (SELECT count(*) FROM held_flags h WHERE h.call_id = c.call_id), {words}
FROM calls c ORDER BY started_at, call_id""")
    kinds = ", ".join(f"coalesce({last_word} = '{kind}', 0) AS {kind}" for kind in COUNTS[4:])
    op.execute(f"""INSERT INTO call_rules (call_id, rule_id, flagged, held, useful, false_alarm, already_known)
SELECT call_id, rule_id, sum(flagged), sum(held), sum(useful), sum(false_alarm), sum(already_known) FROM (
    SELECT call_id, rule_id, 1 AS flagged, 0 AS held, {kinds}
    FROM flags f WHERE state != 'withdrawn'
    UNION ALL SELECT call_id, json_extract(body, '$.rule_id'), 0, 1, 0, 0, 0 FROM held_flags
) WHERE rule_id IS NOT NULL GROUP BY call_id, rule_id""")
    op.execute(
        "INSERT INTO call_words (rowid, agent, customer, other)"
        " SELECT number, agent, customer, other FROM call_said WHERE state != 'live'"
    )
    op.execute("UPDATE call_facts SET worded = 1 WHERE state != 'live'")


def upgrade() -> None:
    create_facts()
    create_rules()
    create_searches()
    op.execute(CALL_WORDS)
    op.execute(CALL_SAID)
    fill()
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    raise NotImplementedError("going back needs a backup: older releases do not keep this up to date")
