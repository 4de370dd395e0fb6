"""What is counted across calls, and what is told of it. A theme is a reason for calling, or a term of 1 to 3 words.

A theme is named by a key: `fr:panne réseau` for a term of a language, `reason:billing` for a reason of the list, `*`
for the calls themselves. One call counts once for a theme, however often it was said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from streams.records import CallId, Language

Theme = NewType("Theme", str)
SurgeId = NewType("SurgeId", int)

EVERY = Theme("*")
"""Stands for the calls themselves: how many there were."""
REASON = "reason:"
FEWEST_CALLS = 5
"""A theme is told of only where so many different calls named it: fewer might tell who called."""


def is_reason(theme: Theme) -> bool:
    """Whether it is a reason of the list, and no term."""
    return theme.startswith(REASON)


def language_of(theme: Theme) -> str:
    """The language of a term; `*` for reasons, which are counted over all languages."""
    head = theme.partition(":")[0]
    return head if head in (Language.FR, Language.EN) else EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing the customer said, as kept: redacted."""

    start_s: float
    end_s: float
    text: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a call a theme was first named."""

    shown: str
    """The words as they were said, in lower case."""
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A call that is over and not counted yet."""

    call_id: CallId
    tenant: str
    team: str
    started_at: datetime
    said: Sequence[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one call adds to the counts."""

    call_id: CallId
    tenant: str
    team: str
    at: datetime
    """The start of the stretch of time it counts in."""
    language: Language | None
    """The one most of the customer's words were in; none where the customer said nothing."""
    themes: Mapping[Theme, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """An example: a call, and the seconds in which the theme was named."""

    call_id: CallId
    at: datetime
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """A theme, with what goes with it, that comes up far more often than at this hour of other weeks."""

    surge_id: SurgeId | None
    """None before it is kept."""
    tenant: str
    themes: tuple[Theme, ...]
    """The strongest first."""
    began_at: datetime
    """As well as can be told."""
    found_at: datetime
    calls: int
    """That named it between these two."""
    expected: float
    """How many of the calls of that time would have, at the usual rate."""
    evidence: float
    """How much likelier the counts are in a surge than as usual, in natural logarithms."""
    ended_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None

    @property
    def open(self) -> bool:
        """It goes on."""
        return self.ended_at is None
