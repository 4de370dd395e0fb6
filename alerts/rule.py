"""One rule, checked and compiled."""

from dataclasses import dataclass

from alerts.conditions import Condition, PhraseAbsent, WordsSaid
from alerts.records import Priority
from keywords.matcher import WordRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to look for, and what a coach should then do by when. Safe to share between calls."""

    rule_id: str
    rule_version: str
    """Changes whenever the rule's content does."""
    name_en: str
    name_fr: str
    priority: Priority
    action_en: str
    action_fr: str
    deadline_s: float
    when: Condition
    inhibits: tuple[str, ...] = ()
    """Rules of lower priority that have nothing to add once this one was told."""
    repeat_after_s: float | None = None
    """How long after one flag the next is news again; None: as the policy says."""

    @property
    def word_rule(self) -> WordRule | None:
        """What the matcher should listen for; None for a rule about something else than words."""
        match self.when:
            case WordsSaid(speaker=speaker, phrases=phrases) | PhraseAbsent(speaker=speaker, phrases=phrases):
                return WordRule(rule_id=self.rule_id, rule_version=self.rule_version, speaker=speaker, phrases=phrases)
            case _:
                return None
