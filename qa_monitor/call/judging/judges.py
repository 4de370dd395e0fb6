"""What the judges of all calls share: the rules in force, the emotion model, what is masked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alerts.policy import AlertPolicy
from keywords.matcher import Matcher
from keywords.openings import opening_matcher
from keywords.records import RedactionKind
from keywords.redaction.screen import ALL_KINDS
from qa_monitor.rules.ruleset import RulesInForce
from sentiment.profile import EmotionProfile
from sentiment.voice import VoiceModel
from streams.records import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """What all calls share: the rules in force and the emotion model (none: no emotion anywhere)."""

    rules: RulesInForce
    policy: AlertPolicy
    voice: VoiceModel | None
    openings: Mapping[Direction, Matcher] = field(
        default_factory=lambda: {direction: opening_matcher(direction) for direction in Direction}
    )
    """How agents open calls."""
    redacted: frozenset[RedactionKind] = ALL_KINDS
    """What is masked and silenced."""
    profile: EmotionProfile = EmotionProfile.CUSTOMER_AFTER_CONSENT
    """In which calls the customer's voice is judged."""
