"""How alerts behave beside the rules themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPolicy:
    """Thresholds and times that hold for every rule. All times are seconds of audio."""

    min_certainty: float = 0.5
    """Words matched with less are held as unconfirmed."""
    inhibit_for_s: float = 30.0
    """How close to a more pressing flag a lesser one adds nothing."""
    repeat_after_s: float = 60.0
    """How long after one flag of a rule the next is news again, unless the rule says otherwise."""
    absence_grace_s: float = 6.0
    """How long the finals of a window may be on their way before a phrase counts as absent."""
    longest_utterance_s: float = 15.0
    """Where utterances are cut: one that began in the window is waited for this much longer."""
    calm_utterances: int = 2
    """How many calm utterances in a row end an episode of emotion."""
    clip_before_s: float = 10.0
    clip_after_s: float = 5.0
