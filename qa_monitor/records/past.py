"""Calls that are over, as they are read in bulk to be judged once more."""

from dataclasses import dataclass

from qa_monitor.records.calls import StoredCall
from qa_monitor.records.holds import OnHold
from qa_monitor.records.utterances import StoredUtterance
from streams.records import CallId, Gap, Language, Sought, Speaker, UtteranceId


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCall:
    """A call that is over, by name only."""

    call_id: CallId
    tenant: str
    team: str
    """As it ended."""
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidText:
    """The text of one final utterance, without its words."""

    call_id: CallId
    utterance_id: UtteranceId
    speaker: Speaker
    language: Language
    trusted: bool
    text: str
    sought: tuple[Sought, ...] = ()
    """Phrases that may have been said where other words were recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRecord:
    """What is needed to judge a call that is over once more."""

    call: StoredCall
    utterances: tuple[StoredUtterance, ...]
    """By start, then channel."""
    gaps: tuple[Gap, ...]
    holds: tuple[OnHold, ...] = ()
    """By start."""
