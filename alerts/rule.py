"""One rule, checked and compiled."""

from collections.abc import Iterator
from dataclasses import dataclass

from alerts.combined import Condition, leaves
from alerts.conditions import AbsentAfter, AbsentAtEnd, PhraseAbsent, Verbal, WordsSaid
from alerts.records import Priority
from alerts.windows import AfterRule
from keywords.matcher import WordRule
from keywords.phrases.phrase import PhraseSet
from keywords.polarity.cues import cue_phrases
from keywords.records import CueKind


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
    description_en: str = ""
    description_fr: str = ""
    floor: float | None = None
    """Share of its flags that must be useful, 0 to 1; None: none is asked."""
    shadow: bool = False
    """It is being tried out: it runs on live calls and tells nobody."""
    good_news: bool = False
    """Its flags are green notes on the call's timeline: nobody is asked to act."""

    @property
    def word_rules(self) -> tuple[WordRule, ...]:
        """What the matcher should listen for, one for each part about words; none for a rule about something else."""
        return tuple(
            WordRule(
                rule_id=self.rule_id,
                rule_version=self.rule_version,
                speaker=leaf.speaker,
                phrases=phrases,
                part=leaf.part,
                cue=cue,
            )
            for leaf in leaves(self.when)
            if isinstance(leaf, WordsSaid | PhraseAbsent | AbsentAfter | AbsentAtEnd)
            for phrases, cue in _listened_for(leaf)
        )

    @property
    def waits_for(self) -> frozenset[str]:
        """The rules that must have come true before this one can."""
        found = set()
        for leaf in leaves(self.when):
            match leaf:
                case AbsentAfter(after=rule_id) | WordsSaid(window=AfterRule(rule_id=rule_id)):
                    found.add(rule_id)
        return frozenset(found)


def _listened_for(leaf: Verbal) -> Iterator[tuple[PhraseSet, CueKind | None]]:
    """The phrases of a condition, and what they tell of the customer."""
    if isinstance(leaf, WordsSaid) and leaf.cues:
        for cue in leaf.cues:
            yield cue_phrases(cue), cue
    else:
        yield leaf.phrases, None
