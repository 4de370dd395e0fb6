"""What coaches are made to do about flags: take them on, judge them, close them, or leave them. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from alerts.acts import Resolve, acted, drawn, taken_on
from alerts.care import Care, Outcome
from alerts.lifecycle import changed
from alerts.records import CoachId, FlagState, Priority, RedFlag
from qa_monitor.records.calls import CallAgent
from qa_monitor.records.flags import OPEN_STATES, StoredFlag
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.seed.teams import Staff
from streams.records import CallStarted

LIFE = timedelta(hours=1)
"""How long an open flag outlives its call."""
SEEN = 0.97
TAKEN_ON = {Priority.HIGH: 0.86, Priority.MEDIUM: 0.68, Priority.LOW: 0.42}
RESOLVED = 0.55
JUDGED = 0.5
VERDICTS = {VerdictKind.USEFUL: 0.68, VerdictKind.ALREADY_KNOWN: 0.14, VerdictKind.FALSE_ALARM: 0.18}

Life = tuple[tuple[datetime, StoredFlag], ...]


def flag_life(
    states: tuple[RedFlag, ...],
    agent: CallAgent,
    call: CallStarted,
    ended_at: datetime,
    staff: Staff,
    dice: Random,
) -> Life:
    """Every change of a flag, from the moment it was raised to its end; the last is how it stands."""
    raised_at = call.started_at + timedelta(seconds=round(states[0].raised_s, 3))
    coach = staff.coaches[staff.agents.index(agent.agent_id) % len(staff.coaches)]
    told = [replace(state, raised_at=raised_at) for state in states]
    stored = StoredFlag(
        flag=told[0],
        agent_id=agent.agent_id,
        team=agent.team,
        language=call.language,
        tenant=call.tenant,
        care=Care(desk=coach, asked_at=raised_at),
    )
    life = [(raised_at, stored)]
    for state in told[1:]:
        stored = replace(stored, flag=state)
        life.append((call.started_at + timedelta(seconds=round(state.raised_s + 1.0, 3)), stored))
    if stored.flag.state in OPEN_STATES:
        life += _cared_for(stored, max(at for at, _ in life), ended_at, coach, dice)
    return tuple(life)


def _cared_for(
    stored: StoredFlag, since: datetime, ended_at: datetime, coach: CoachId, dice: Random
) -> list[tuple[datetime, StoredFlag]]:
    """What is done about an open flag, or that nobody did anything."""
    life = []
    at = since + timedelta(milliseconds=dice.randint(180, 1_400))
    if dice.random() < SEEN:
        stored = replace(stored, care=drawn(stored.flag, stored.care, coach, at))
        life.append((at, stored))
    if dice.random() >= TAKEN_ON[stored.flag.priority]:
        expired = replace(stored, flag=changed(stored.flag, FlagState.EXPIRED))
        return [*life, (max(ended_at, at) + LIFE, expired)]
    at += timedelta(milliseconds=int(1_000 * min(240.0, 2 + dice.expovariate(1 / 25))))
    stored = replace(
        stored,
        flag=changed(stored.flag, FlagState.ACKNOWLEDGED),
        care=taken_on(stored.care),
        acknowledged_by=coach,
        acknowledged_at=at,
    )
    life.append((at, stored))
    if dice.random() < JUDGED:
        at += timedelta(milliseconds=dice.randint(5_000, 600_000))
        kind = dice.choices(tuple(VERDICTS), tuple(VERDICTS.values()))[0]
        stored = replace(stored, verdict=kind, verdict_by=coach, verdict_at=at)
        life.append((at, stored))
    if dice.random() < RESOLVED:
        at += timedelta(milliseconds=dice.randint(3_000, 900_000))
        act = Resolve(outcome=dice.choice(tuple(Outcome)))
        flag, care = acted(stored.flag, stored.care, act, coach, at)
        life.append((at, replace(stored, flag=flag, care=care)))
    return life
