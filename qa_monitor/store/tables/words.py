"""The words of each call that is over, by who said them: an index to find calls by.

The text itself stays in `utterances` alone: the index keeps none of it, and is told the old text when it changes.
Triggers do so for whoever writes, deleting of whole calls included; only `INSERT OR REPLACE` on utterances goes past
them. A call is entered once its facts say that it is over (`call_facts.worded`): a live call costs nothing here.
"""

from qa_monitor.store.tables.base import keep_to
from qa_monitor.store.tables.library import call_facts
from qa_monitor.store.tables.speech import utterances

SIDES = {"agent": "= 'agent'", "customer": "= 'customer'", "other": "NOT IN ('agent', 'customer')"}
"""The columns of the index, and whose speech is in each."""
CALL_WORDS = """CREATE VIRTUAL TABLE call_words USING fts5(
    agent, customer, other, content='', tokenize='unicode61 remove_diacritics 2')"""


def said_by(side: str) -> str:
    """What one side said in a call, as one text."""
    return f"""(SELECT group_concat(text, char(10)) FROM (SELECT text FROM utterances
        WHERE call_id = call_facts.call_id AND speaker {SIDES[side]}
        ORDER BY start_s, channel, utterance_id)) AS {side}"""


CALL_SAID = (
    f"CREATE VIEW call_said AS\nSELECT number, call_id, state, worded, {', '.join(map(said_by, SIDES))} FROM call_facts"
)


def enter_words(call_id: str) -> str:
    """Index a call that is over and is not in the index."""
    ready = f"call_id = {call_id} AND worded = 0 AND state != 'live'"
    return f"""
    INSERT INTO call_words (rowid, agent, customer, other) SELECT number, agent, customer, other FROM call_said
    WHERE {ready};
    UPDATE call_facts SET worded = 1 WHERE {ready};"""


def take_words(call_id: str) -> str:
    """Take a call out of the index, before what is said in it changes."""
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


def trigger(name: str) -> str:
    """What makes the trigger of one event."""
    when, what = EVENTS[name]
    return f"CREATE TRIGGER words_{name} {when}\nBEGIN {what}\nEND"


TRIGGERS = tuple(map(trigger, EVENTS))
OF_NEW_UTTERANCES = ("before_insert", "after_insert")
"""Events that find nothing to do where all that is said in a call is written before its facts are."""

call_facts.add_is_dependent_on(utterances)
keep_to(call_facts, CALL_WORDS, CALL_SAID, *TRIGGERS)
