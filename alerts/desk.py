"""What one coach is interrupted with, over all their calls. Each stage has a named reason; their order is written once.

The stages of a call (`stages.py`) come before and know nothing of coaches; these know nothing of words. Times are wall
time. A desk is `EVERYONE`'s or one coach's.

What is held is let through as soon as nothing holds it any more, the most pressing first, while it is fresh: until the
deadline its rule sets, and while its call goes on. Alarm practice asks for both. An alarm nobody can act on in time any
more only teaches people to ignore alarms, so a stale one is not shown late; and one that can still be acted on must not
be lost to the chance of having come a minute too early. Either way it stays in the drawer, with its reason, for whoever
asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from alerts.care import EVERYONE, Care, DeskReason
from alerts.records import CoachId, Priority, RedFlag
from streams.records import CallId

_WHOLE = 1 - 1e-9
"""A token filled in many small parts may lack a hair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPolicy:
    """How often one coach may be interrupted. The defaults are those of alarm practice (ISA-18.2, EEMUA 191)."""

    every: timedelta = timedelta(minutes=10)
    """One interruption in so long can be sustained."""
    burst: int = 3
    """So many may come at once after a quiet time; 0: there is no budget."""
    sharing: int = 1
    """How many coaches share the desk of everyone: what one acts on, the others need not."""

    def __post_init__(self) -> None:
        if self.every <= timedelta() or self.burst < 0 or self.sharing < 1:
            raise ValueError("a budget needs a positive time, a burst of 0 or more and at least one coach")

    def coaches(self, desk: CoachId) -> int:
        """How many people act at this desk."""
        return self.sharing if desk == EVERYONE else 1


NO_BUDGET = DeskPolicy(burst=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is known of one desk at one moment."""

    coach: CoachId
    tokens: float
    """Interruptions left."""
    filled_at: datetime
    """When they were last counted."""
    shown: frozenset[tuple[CallId, str]] = frozenset()
    """Call and rule of the flags that were drawn here and not acted on: the memory, which grows after delivery."""

    @classmethod
    def fresh(cls, coach: CoachId, policy: DeskPolicy, now: datetime) -> "Desk":
        """Nobody was interrupted here yet."""
        return cls(coach=coach, tokens=float(policy.burst * policy.coaches(coach)), filled_at=now)

    def filled(self, policy: DeskPolicy, now: datetime) -> "Desk":
        """The budget as it has grown since it was last counted; a clock set back adds nothing and takes nothing."""
        passed = max(timedelta(), now - self.filled_at)
        coaches = policy.coaches(self.coach)
        tokens = min(float(policy.burst * coaches), self.tokens + coaches * (passed / policy.every))
        return replace(self, tokens=tokens, filled_at=max(now, self.filled_at))

    def charged(self) -> "Desk":
        """One interruption less; never below none."""
        return replace(self, tokens=max(0.0, self.tokens - 1))

    def refunded(self, policy: DeskPolicy) -> "Desk":
        """An interruption that never was: its flag was withdrawn before anybody saw it."""
        return replace(self, tokens=min(float(policy.burst * policy.coaches(self.coach)), self.tokens + 1))


class DeskStage(Protocol):
    """One reason to hold a flag at a desk."""

    reason: ClassVar[DeskReason]

    def holds(self, flag: RedFlag, desk: Desk) -> bool:
        """Whether it is held."""
        ...


@dataclass(frozen=True, slots=True)
class DropKnown:
    """This coach already knows, and has not acted yet: a second card would say nothing new."""

    reason: ClassVar[DeskReason] = DeskReason.KNOWN

    def holds(self, flag: RedFlag, desk: Desk) -> bool:
        """Whether one of the same rule and call is on the screen."""
        return flag.priority is not Priority.HIGH and (flag.call_id, flag.rule_id) in desk.shown


@dataclass(frozen=True, slots=True)
class FitBudget:
    """Keep routine interruptions within what one coach can act on. High priority is never held."""

    reason: ClassVar[DeskReason] = DeskReason.BUDGET

    def holds(self, flag: RedFlag, desk: Desk) -> bool:
        """Whether there is no room for it."""
        return flag.priority is not Priority.HIGH and desk.tokens < _WHOLE


def desk_stages(policy: DeskPolicy) -> Sequence[DeskStage]:
    """The stages in the order every flag goes through them, after those of its call."""
    known = DropKnown()  # a card on the screen says it already
    return (known, FitBudget()) if policy.burst else (known,)  # last: what is held before costs nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What became of a flag at a desk, and the desk after it."""

    desk: Desk
    care: Care


def offered(flag: RedFlag, desk: Desk, policy: DeskPolicy, now: datetime) -> Offered:
    """A flag comes to a desk: it asks its coach from now on, or is held for the first reason that applies."""
    filled = desk.filled(policy, now)
    for stage in desk_stages(policy):
        if stage.holds(flag, filled):
            return Offered(desk=filled, care=Care(desk=desk.coach, held=stage.reason))
    paid = filled.tokens >= _WHOLE
    care = Care(desk=desk.coach, asked_at=now, paid=paid)
    return Offered(desk=filled.charged() if paid else filled, care=care)


def may_refund(care: Care) -> bool:
    """Whether a flag that is withdrawn now interrupted nobody: no console has drawn it."""
    return care.paid and care.delivered_at is None
