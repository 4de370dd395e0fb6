"""When in a call words count. One record per kind of window, and what each lets through. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Stretch: TypeAlias = tuple[float, float]
"""From and until, in seconds of the call; the end is infinite while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeconds:
    """Words that begin at most so long after the call did."""

    first_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeconds:
    """Words that begin at most so long before the end of the call: known only then."""

    last_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterRule:
    """Words that begin after another rule came true."""

    rule_id: str
    within_s: float | None
    """At most so long after; None: any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuringHold:
    """Words said while the customer is on hold."""


Window: TypeAlias = FirstSeconds | LastSeconds | AfterRule | DuringHold


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """What windows are measured by, as far as a call has come."""

    came_true: Sequence[Stretch] = ()
    """When the rule that an `AfterRule` names came true."""
    holds: Sequence[Stretch] = ()


def admits(window: Window | None, said: Stretch, moments: Moments) -> bool:
    """Whether words said then lie in the window. `LastSeconds` lets all wait until the end of the call."""
    match window:
        case FirstSeconds(first_s=first_s):
            return said[0] <= first_s
        case AfterRule(within_s=within_s):
            waits = [said[0] - end_s for _, end_s in moments.came_true]
            return any(wait_s >= 0 and (within_s is None or wait_s <= within_s) for wait_s in waits)
        case DuringHold():
            return any(start_s <= said[1] and said[0] <= end_s for start_s, end_s in moments.holds)
        case _:
            return True
