"""What becomes of a flag between a rule and a coach's word: at whose desk it lies, and what was done with it there.

A flag's state says what is known of its cause and whether somebody has taken it on; its care says the rest. The two
move apart: words may be confirmed or taken back while a coach has put the flag off.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.records import CoachId

EVERYONE = CoachId("everyone")
"""The desk that all coaches share: calls that are assigned to nobody belong to it."""
MOST_ESCALATIONS = 2
"""At the deadline, and once more when as much time has passed again; a third time would be noise."""
LONGEST_WORD = 200


class DeskReason(StrEnum):
    """Why a flag lies in a coach's drawer and not on the screen."""

    KNOWN = "known"
    """The coach was shown a flag of the same rule in the same call, and has not acted on it yet."""
    BUDGET = "budget"
    """The coach has been interrupted as often as one can act on."""


class Outcome(StrEnum):
    """What came of a flag, in the word of whoever closed it."""

    STEPPED_IN = "stepped_in"
    """The coach joined or took over the call."""
    HELPED = "helped"
    """The coach helped the agent, who went on alone."""
    FOLLOW_UP = "follow_up"
    """Something remains to be done after the call."""
    NOTHING = "nothing"
    """Nothing had to be done."""


class CareAct(StrEnum):
    """What a coach did last, beside taking a flag on and judging it."""

    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What was done about a flag so far. Moments are wall time."""

    desk: CoachId = EVERYONE
    """Who is asked to act."""
    asked_at: datetime | None = None
    """Since when: the deadline counts from here. None while it is held, and for flags kept by older releases."""
    paid: bool = False
    """It used up one interruption of its desk's budget."""
    held: DeskReason | None = None
    delivered_at: datetime | None = None
    """When a console of this desk first drew it."""
    delivered_to: CoachId | None = None
    snoozed_until: datetime | None = None
    escalations: int = 0
    """How often nobody had acted by the deadline; from the first on it is shown to everyone."""
    escalated_at: datetime | None = None
    word: str = ""
    """What was said with the last hand-over."""
    outcome: Outcome | None = None
    act: CareAct | None = None
    """The last act of a coach; with whose it was, and when."""
    acted_by: CoachId | None = None
    acted_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.held is not None and (self.asked_at or self.snoozed_until or self.escalations):
            raise ValueError("a flag that is held asks nobody: it cannot be put off or escalated")
        if self.snoozed_until is not None and self.escalations:
            raise ValueError("a flag that is put off is not escalated")
        if not 0 <= self.escalations <= MOST_ESCALATIONS:
            raise ValueError(f"a flag is escalated at most {MOST_ESCALATIONS} times, not {self.escalations}")
        if (self.escalated_at is None) != (self.escalations == 0):
            raise ValueError("a flag is escalated at a moment, and only then")
        if len({self.act is None, self.acted_by is None, self.acted_at is None}) > 1:
            raise ValueError("an act has an author and a moment")
        if len(self.word) > LONGEST_WORD:
            raise ValueError(f"a word with a hand-over has at most {LONGEST_WORD} characters, not {len(self.word)}")

    @property
    def quiet(self) -> bool:
        """It interrupts nobody now: held, or put off."""
        return self.held is not None or self.snoozed_until is not None
