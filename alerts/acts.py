"""What coaches and time do to a flag's care: which change is allowed, and what follows from it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.care import MOST_ESCALATIONS, Care, CareAct, Outcome
from alerts.lifecycle import OPEN, changed
from alerts.records import CoachId, FlagId, FlagState, Priority, RedFlag

LONGEST_SNOOZE = timedelta(minutes=30)
LONGEST_SNOOZE_HIGH = timedelta(minutes=5)
"""A shelved alarm comes back by itself, and the most pressing ones soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A console has drawn it: its coach is told from here on, not before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Put it off: it comes back then by itself."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Another coach is asked to act, with a word."""

    to: CoachId
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """It is dealt with."""

    outcome: Outcome


Act = Draw | Snooze | HandOver | Resolve


class WrongAct(Exception):
    """This cannot be done to the flag as it stands. The message says why, and what can."""

    def __init__(self, flag_id: FlagId, why: str) -> None:
        super().__init__(flag_id, why)
        self.flag_id = flag_id
        self.why = why

    def __str__(self) -> str:
        return f"flag {self.flag_id} {self.why}"


def acted(flag: RedFlag, care: Care, act: Act, by: CoachId, at: datetime) -> tuple[RedFlag, Care]:
    """The flag and its care once this coach has done that. The same objects where it changes nothing.

    Raises `WrongAct` or `lifecycle.WrongTransition` for what cannot be. A flag that somebody has taken on is handed
    over once it is open again: see `lifecycle.reopened`.
    """
    match act:
        case Draw():
            return flag, drawn(flag, care, by, at)
        case Snooze(until=until):
            return flag, _signed(snoozed(flag, care, until, at), CareAct.SNOOZED, by, at)
        case HandOver():
            return flag, _signed(handed_over(flag, care, act, at), CareAct.HANDED_OVER, by, at)
        case Resolve(outcome=outcome):
            resolved = replace(taken_on(care), outcome=outcome)
            return changed(flag, FlagState.RESOLVED), _signed(resolved, CareAct.RESOLVED, by, at)


def drawn(flag: RedFlag, care: Care, by: CoachId, at: datetime) -> Care:
    """Delivered, once; what asks nobody now cannot be."""
    if flag.state not in OPEN or care.quiet or care.delivered_at is not None:
        return care
    return replace(care, delivered_at=at, delivered_to=by)


def snoozed(flag: RedFlag, care: Care, until: datetime, at: datetime) -> Care:
    """Put off. Raises `WrongAct`."""
    if flag.state not in OPEN:
        raise WrongAct(flag.flag_id, f"is {flag.state}: only an open one can be put off")
    if care.held is not None:
        raise WrongAct(flag.flag_id, "is held back and asks nobody: there is nothing to put off")
    longest = LONGEST_SNOOZE_HIGH if flag.priority is Priority.HIGH else LONGEST_SNOOZE
    if not timedelta() < until - at <= longest:
        minutes = longest // timedelta(minutes=1)
        raise WrongAct(flag.flag_id, f"of {flag.priority.label} priority can be put off for at most {minutes} minutes")
    return replace(care, snoozed_until=until, escalations=0, escalated_at=None)


def handed_over(flag: RedFlag, care: Care, act: HandOver, at: datetime) -> Care:
    """At another desk, whose coach has the whole deadline; a person asks, so no budget holds it. Raises `WrongAct`."""
    if flag.state not in OPEN:
        raise WrongAct(flag.flag_id, f"is {flag.state}: only an open or acknowledged one can be handed over")
    if act.to == care.desk:
        raise WrongAct(flag.flag_id, f"is with {act.to} already: name another coach")
    # a new desk: nothing of the old one holds, and the old one paid
    return Care(desk=act.to, word=act.word, asked_at=at)


def taken_on(care: Care) -> Care:
    """Somebody acts: what was put off needs not come back."""
    return replace(care, snoozed_until=None)


def undone(now: Care, before: Care) -> Care:
    """The care as it was before a coach's last act. What a console has drawn meanwhile stays drawn."""
    if now.desk != before.desk or before.delivered_at is not None:
        return before
    return replace(before, delivered_at=now.delivered_at, delivered_to=now.delivered_to)


def turned(flag: RedFlag, care: Care, now: datetime) -> Care:
    """What time alone has changed: back from being put off, or escalated. The same object where that is nothing.

    What is held is left to its desk: nobody was told of it, so nobody has failed to act.
    """
    due = due_at(flag, care)
    if care.held is not None or due is None or now < due:
        return care
    if care.snoozed_until is not None:
        # the coach asked for it, so it needs no budget; the deadline begins anew
        return replace(care, snoozed_until=None, asked_at=now)
    return replace(care, escalations=care.escalations + 1, escalated_at=now)


def act_by(flag: RedFlag, care: Care) -> datetime | None:
    """When somebody should have acted; none for a flag that asks nobody."""
    asked_at = care.asked_at or flag.raised_at
    if flag.state not in OPEN or care.quiet or asked_at is None:
        return None
    return asked_at + timedelta(seconds=flag.deadline_s)


def due_at(flag: RedFlag, care: Care) -> datetime | None:
    """When time will change something, if nobody does: see `turned`. For a held flag: until when it is fresh."""
    if flag.state not in OPEN:
        return None
    if care.held is not None:
        return fresh_until(flag)
    if care.snoozed_until is not None:
        return care.snoozed_until
    deadline = act_by(flag, care)
    if deadline is None or care.escalations == MOST_ESCALATIONS:
        return None
    return deadline + care.escalations * timedelta(seconds=flag.deadline_s)


def fresh_until(flag: RedFlag) -> datetime | None:
    """Later than this, what the rule asks for cannot be done in time any more."""
    return None if flag.raised_at is None else flag.raised_at + timedelta(seconds=flag.deadline_s)


def _signed(care: Care, act: CareAct, by: CoachId, at: datetime) -> Care:
    return replace(care, act=act, acted_by=by, acted_at=at)
