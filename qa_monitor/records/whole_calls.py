"""A call with what is kept about it: for whoever looks at it, and for the agent who took it."""

from dataclasses import dataclass

from alerts.records import HeldFlag
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.consents import StoredConsent
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.holds import OnHold
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.verdicts import Verdict
from streams.records import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One call with everything kept about it, as of one instant."""

    call: StoredCall
    utterances: tuple[StoredUtterance, ...]
    """By start, then channel."""
    flags: tuple[StoredFlag, ...]
    """By the audio second they were raised."""
    held: tuple[HeldFlag, ...]
    gaps: tuple[Gap, ...]
    consents: tuple[StoredConsent, ...] = ()
    """In the order in which they were said."""
    holds: tuple[OnHold, ...] = ()
    """By start."""
    trial_verdicts: tuple[Verdict, ...] = ()
    """The latest word on each held flag of a rule on trial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCall:
    """A call that is over, as the agent who took it looks back at it."""

    call: StoredCall
    flags: tuple[StoredFlag, ...]
    """Told about their part of it and not withdrawn, by the second they were raised."""
