"""What a console sends when a coach does something with a flag."""

from typing import Annotated

from pydantic import Field, StringConstraints

from alerts.care import LONGEST_WORD, Outcome
from qa_monitor.schemas import Shape

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
