"""What a back-test hands over."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alerts.records import FlagId
from streams.records import CallId, Speaker

EXAMPLES = 20
"""Occurrences kept per rule and kind, unless more are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One flag a rule would have told, with what to show and what to play."""

    rule_id: str
    call_id: CallId
    flag_id: FlagId
    start_s: float
    end_s: float
    """The span of what caused it, on the call's audio clock."""
    speaker: Speaker | None
    text: str
    words: tuple[str, ...]
    """The words that hit."""
    phrase: str
    explanation_en: str
    explanation_fr: str
    clip_start_s: float
    clip_end_s: float

    @property
    def clip(self) -> str:
        """Where the seconds around it are served."""
        return f"/v1/calls/{self.call_id}/audio?start_s={self.clip_start_s:.1f}&end_s={self.clip_end_s:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """What came of one rule over some calls."""

    hits: int = 0
    """How often a phrase was found; for rules about something else, how often the condition held."""
    calls_hit: int = 0
    flags: int = 0
    """Told, and not withdrawn."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Not told, per reason."""
    listening_s: float = 0.0
    """Length of the clips of all flags together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutcome:
    """What came of some rules over one call."""

    call_id: CallId
    counts: Mapping[str, RuleCount]
    """Per rule that was met."""
    told: tuple[Occurrence, ...]
    """By start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Flags of one rule: as tested against as in force."""

    only_new: tuple[Occurrence, ...] = ()
    """The first of them, as many as were asked for; likewise below."""
    only_old: tuple[Occurrence, ...] = ()
    new: int = 0
    """How many are only in the new rules."""
    old: int = 0
    both: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much was looked at, and what it took."""

    calls: int = 0
    calls_replayed: int = 0
    """Those in which a rule hits, gone through from beginning to end."""
    call_s: float = 0.0
    """Length of all calls together."""
    utterances: int = 0
    work_s: float = 0.0
    """Processor seconds, of all processes together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What came of some of the calls."""

    amount: Amount = field(default_factory=Amount)
    new: Mapping[str, RuleCount] = field(default_factory=dict)
    old: Mapping[str, RuleCount] = field(default_factory=dict)
    told: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=dict)
    """Per rule the first flags, as many as were asked for."""
    differences: Mapping[str, Difference] = field(default_factory=dict)
    """Per rule; empty where nothing is compared."""
