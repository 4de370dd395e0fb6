"""What a rule looks for in the course of a call: how the customer is over many utterances, never one alone."""

from dataclasses import dataclass
from enum import StrEnum


class CourseSign(StrEnum):
    """What can be told of a course."""

    UPSET = "upset"
    RISING = "rising"
    """Not upset yet, and on the way there."""
    RECOVERED = "recovered"
    """Was upset, and has been calm for several utterances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseIs:
    """The customer has been so for a while."""

    sign: CourseSign
    for_s: float = 0.0
    """How long, in seconds of the call; a recovery happens at once."""
    part: int = 0

    def __post_init__(self) -> None:
        if self.sign is CourseSign.RECOVERED and self.for_s:
            raise ValueError("a recovery happens at once: it lasts for no seconds")
