"""Whom a flag goes to: the coach on shift, whoever stands in for them, the free one when one is flooded. Pure.

Routing decides whose console a flag interrupts; who may look at a call is decided by `sight.py`. A flag is never
routed to nobody: where no coach is on shift it goes to everyone who may see it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.records import CoachId
from qa_monitor.people.records import Account, AgentKey, Directory, TeamKey


class Why(StrEnum):
    """Why a flag goes where it goes."""

    OWN_COACH = "own_coach"
    ON_SHIFT = "on_shift"
    COVERED = "covered"
    FREE = "free"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose call a flag is about."""

    tenant: str
    team: str
    agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Who is told. Nobody named: everyone who may see the call."""

    coaches: frozenset[CoachId]
    why: Why

    def reaches(self, coach: CoachId) -> bool:
        """Whether this coach is told."""
        return not self.coaches or coach in self.coaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What coaches are doing at this moment."""

    flooded: Collection[CoachId] = frozenset()
    """More came for them than they can act on."""
    present: Collection[CoachId] | None = None
    """Those with a console open; none: not known, everybody on shift counts."""


def route(place: Place, directory: Directory, now: datetime, standing: Standing) -> Routed:
    """Whom a flag of this call goes to now."""
    own = _own_coach(place, directory, now)
    team = _on_duty(directory.coaches_of(TeamKey(place.tenant, place.team)), directory, now)
    for found, why in ((own, Why.OWN_COACH), (team, Why.ON_SHIFT)):
        there = {coach: covers for coach, covers in found.items() if _here(coach, standing)}
        if not there:
            continue
        free = [coach for coach in there if coach not in standing.flooded]
        if len(free) == len(there):
            return Routed(coaches=frozenset(there), why=Why.COVERED if all(there.values()) else why)
        helpers = free or [each for each in team if _here(each, standing) and each not in standing.flooded]
        # with everybody flooded the flag stays where it belongs
        return Routed(coaches=frozenset(helpers or there), why=Why.FREE if helpers else why)
    return Routed(coaches=frozenset(), why=Why.NOBODY)


def _own_coach(place: Place, directory: Directory, now: datetime) -> dict[CoachId, bool]:
    agent = directory.agents.get(AgentKey(place.tenant, place.agent_id))
    coach = None if agent is None or agent.coach is None else directory.accounts.get(agent.coach)
    if coach is None or not coach.coaches:
        return {}
    team = TeamKey(place.tenant, place.team)
    # a call of a team that this coach may not see is none of theirs, whoever the agent is
    sees = coach.every_team or team in coach.teams or team not in directory.teams
    return _on_duty([coach], directory, now) if sees else {}


def _on_duty(coaches: Iterable[Account], directory: Directory, now: datetime) -> dict[CoachId, bool]:
    """Who works now in place of these coaches, and whether they stand in for someone."""
    found: dict[CoachId, bool] = {}
    for coach in coaches:
        if not works(coach, now):
            continue
        away = [cover for cover in directory.covers.values() if cover.absent == coach.account_id and cover.holds(now)]
        if not away:
            found[coach.coach_id] = False
        for cover in away:
            stands_in = None if cover.covering is None else directory.accounts.get(cover.covering)
            if stands_in is not None and stands_in.coaches and not is_away(stands_in, directory, now):
                found.setdefault(stands_in.coach_id, True)
    return found


def works(coach: Account, now: datetime) -> bool:
    """Whether a shift of this coach holds now, absences aside. Without any shift they always work."""
    return not coach.shifts or any(shift.holds(now) for shift in coach.shifts)


def is_away(coach: Account, directory: Directory, now: datetime) -> bool:
    """Whether this coach is away now."""
    return any(cover.absent == coach.account_id and cover.holds(now) for cover in directory.covers.values())


def _here(coach: CoachId, standing: Standing) -> bool:
    return standing.present is None or coach in standing.present
