"""At whose desk a flag lies, what was done about it there, and what a coach sends who does something."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from alerts.care import LONGEST_WORD, CareAct, DeskReason, Outcome
from qa_monitor.schemas.shape import Shape


class CareJson(Shape):
    """At whose desk a flag lies, and what was done about it there."""

    desk: str
    """The coach who is asked to act; `everyone`: all of them."""
    asked_at: datetime | None
    """Since when; null while it is held."""
    act_by: datetime | None
    """When somebody should have acted; null where nobody is asked now."""
    held: DeskReason | None
    """Why it is kept in the drawer; null where it is not."""
    delivered_at: datetime | None
    """When a console first showed it."""
    delivered_to: str | None
    snoozed_until: datetime | None
    escalations: int
    """How often nobody had acted in time: 0, 1 or 2."""
    escalated_at: datetime | None
    word: str
    """What was said with the last hand-over."""
    outcome: Outcome | None
    act: CareAct | None
    """What a coach did last, beside acknowledging and judging it."""
    acted_by: str | None
    acted_at: datetime | None


LONGEST_NAME = 100


class SnoozeJson(Shape):
    """Put a flag off."""

    minutes: Annotated[float, Field(gt=0, le=30)]


class HandOverJson(Shape):
    """Ask another coach to act."""

    to: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
    """The coach's name; `everyone`: all coaches."""
    word: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORD)] = ""


class ResolveJson(Shape):
    """Close a flag."""

    outcome: Outcome
