"""Made-up calls, one after the other, in the order in which they began. Pure: the same plan gives the same calls."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from qa_monitor.records.calls import CallAgent
from qa_monitor.records.holds import OnHold
from qa_monitor.seed.calendar import Arrival, arrivals
from qa_monitor.seed.coaching import flag_life
from qa_monitor.seed.dialogue import Arc, Matter, arc_of, script
from qa_monitor.seed.grammar import Grammar, grammars
from qa_monitor.seed.judging import Rules, judged, starter_rules
from qa_monitor.seed.records import MadeCall, SeedPlan, Spoken
from qa_monitor.seed.scoring import Card, scored, starter_card, told_flags
from qa_monitor.seed.speaking import spoken
from qa_monitor.seed.teams import Staff, staffed, teams
from qa_monitor.seed.voices import emotions
from sentiment.hold import HoldCause
from streams.consent import Consent, Notice
from streams.records import CallEnded, CallId, CallStarted, Direction, EndReason, Gap, GapReason, Language, Speaker

SAME_CASE = 0.14
"""Calls about something the customer called about before."""
REMEMBERED = 120
"""Cases of a team that somebody may still call about."""
TRANSFERRED = 0.04
CONSENTS = (
    (0.34, Notice.PLAYED, Consent.GRANTED),
    (0.39, Notice.CONTRACT, Consent.GRANTED),
    (0.46, Notice.PLAYED, Consent.REFUSED),
    (0.7, Notice.PLAYED, Consent.UNKNOWN),
    (1.0, Notice.NONE, Consent.UNKNOWN),
)
"""Up to which roll of the dice: what the customer was told, and answered."""
HOLD_TOLD_S = 4.0
"""How long music plays before it is taken for one."""
TRIES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """Who answers, and in what words. Made once."""

    staff: Mapping[str, Staff]
    grammars: Mapping[Language, Grammar]
    rules: Rules
    card: Card


def centre(plan: SeedPlan) -> Centre:
    """The centre that takes the calls of this plan."""
    staff = staffed(teams(), plan.calls / plan.days)
    rules = starter_rules()
    return Centre(
        staff={one.team.team: one for one in staff},
        grammars=grammars(),
        rules=rules,
        card=starter_card(rules.ruleset),
    )


def made_calls(plan: SeedPlan, at: Centre) -> Iterator[MadeCall]:
    """As many as planned."""
    every = tuple(one.team for one in at.staff.values())
    busy = _Busy()
    for arrival in arrivals(plan, every):
        yield _made(at, arrival, busy, Random(f"call/{arrival.name}"))


@dataclass(slots=True)
class _Busy:
    """What calls so far leave to those that come."""

    until: dict[str, datetime] = field(default_factory=dict)
    """When each agent is free again."""
    cases: dict[tuple[str, str], deque[str]] = field(default_factory=dict)
    """Per team and reason, cases that somebody called about."""


def _made(at: Centre, arrival: Arrival, busy: _Busy, dice: Random) -> MadeCall:
    staff = at.staff[arrival.team.team]
    spoken_in = dice.choices(tuple(arrival.team.languages), tuple(arrival.team.languages.values()))[0]
    case, repeated = _case(arrival, busy, dice)
    outbound = dice.random() < (0.3 if arrival.team.queue in ("sales", "retention") else 0.04)
    direction = Direction.OUTBOUND if outbound else Direction.INBOUND
    matter = Matter(reason=arrival.reason, direction=direction, arc=arc_of(arrival.reason, dice), repeated=repeated)
    grammar = at.grammars[spoken_in]
    cues = script(grammar, matter, dice)
    said = spoken(cues, grammar, spoken_in, dice)
    agents = _agents(staff, arrival, said, busy, dice)
    call = _call(arrival, direction, spoken_in, agents[-1], case, dice)
    holds = tuple(_hold(call, span, dice) for span in said.holds)
    scores = emotions(call, said, matter.arc, matter.arc is not Arc.CALM and dice.random() < 0.12, dice)
    judgement = judged(call, said, holds, scores, at.rules)
    ended_at = call.started_at + timedelta(seconds=said.end_cs / 100)
    return MadeCall(
        call=call,
        ended=CallEnded(call_id=call.call_id, end_s=said.end_cs / 100, reason=_end(dice)),
        spoken=said,
        reason=arrival.reason,
        agents=agents,
        holds=holds,
        gaps=_gaps(call, said, dice),
        dynamics=judgement.dynamics,
        emotions=scores,
        course=judgement.course,
        flag_lives=tuple(
            flag_life(states, _agent_at(agents, states[0].start_s), call, ended_at, staff, dice)
            for states in judgement.told
        ),
        held=judgement.held,
        repeated=judgement.repeated,
        score=scored(
            call,
            said,
            told_flags(tuple(states[-1] for states in judgement.told)),
            at.card,
            Random(f"score/{arrival.name}"),
        ),
    )


def _call(
    arrival: Arrival,
    direction: Direction,
    spoken_in: Language,
    agent: CallAgent,
    case: str,
    dice: Random,
) -> CallStarted:
    rolled = dice.random()
    notice, consent = next((notice, consent) for up_to, notice, consent in CONSENTS if rolled < up_to)
    told = {"queue": arrival.team.queue, "case": case, "conversation_id": f"conv-{arrival.name}"}
    if direction is Direction.INBOUND:
        told["wait_s"] = str(round(min(900.0, dice.expovariate(1 / 38)), 1))
    return CallStarted(
        call_id=CallId(f"seed{arrival.name}"),
        tenant=arrival.team.tenant,
        team=agent.team,
        agent_id=agent.agent_id,
        direction=direction,
        language=spoken_in,
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=8_000,
        started_at=arrival.at,
        dialect="pcm",
        notice=notice,
        consent=consent,
        metadata=told,
    )


def _case(arrival: Arrival, busy: _Busy, dice: Random) -> tuple[str, bool]:
    """What the call is filed under, and whether something was before."""
    known = busy.cases.setdefault((arrival.team.team, arrival.reason), deque(maxlen=REMEMBERED))
    if known and dice.random() < SAME_CASE:
        return dice.choice(known), True
    case = f"case-{arrival.name}"
    known.append(case)
    return case, False


def _agents(staff: Staff, arrival: Arrival, said: Spoken, busy: _Busy, dice: Random) -> tuple[CallAgent, ...]:
    """Whoever is free takes it; now and then it is handed on."""
    ends_at = arrival.at + timedelta(seconds=said.end_cs / 100)
    team = arrival.team.team
    first = _free(staff, arrival.at, busy, dice)
    busy.until[first] = ends_at
    agents = [CallAgent(agent_id=first, team=team, from_s=0.0)]
    if said.end_cs > 12_000 and dice.random() < TRANSFERRED:
        from_s = round(said.end_cs / 100 * dice.uniform(0.3, 0.7), 2)
        second = _free(staff, arrival.at, busy, dice)
        if second != first:
            busy.until[second] = ends_at
            agents.append(CallAgent(agent_id=second, team=team, from_s=from_s))
    return tuple(agents)


def _free(staff: Staff, at: datetime, busy: _Busy, dice: Random) -> str:
    for _ in range(TRIES):
        agent = dice.choice(staff.agents)
        if agent not in busy.until or busy.until[agent] <= at:
            return agent
    return min(staff.agents, key=lambda agent: (busy.until.get(agent, at), agent))


def _agent_at(agents: tuple[CallAgent, ...], at_s: float) -> CallAgent:
    return [agent for agent in agents if agent.from_s <= at_s][-1]


def _hold(call: CallStarted, span: tuple[int, int], dice: Random) -> OnHold:
    start_s, end_s = span[0] / 100, span[1] / 100
    music = dice.random() < 0.7
    return OnHold(
        call_id=call.call_id,
        start_s=start_s,
        told_s=round(min(start_s + HOLD_TOLD_S, end_s), 2) if music else start_s,
        cause=HoldCause.MUSIC if music else HoldCause.SIGNALLED,
        channel=1 if music else None,
        end_s=end_s,
        end_told_s=round(end_s + 0.5, 2) if music else end_s,
    )


def _gaps(call: CallStarted, said: Spoken, dice: Random) -> tuple[Gap, ...]:
    """Now and then a little sound is lost."""
    if dice.random() >= 0.03:
        return ()
    start_s = round(dice.uniform(0.1, 0.9) * said.end_cs / 100, 2)
    lost_s = round(dice.uniform(0.1, 0.9), 2)
    channel = dice.randrange(len(call.channels))
    return (Gap(call_id=call.call_id, channel=channel, start_s=start_s, duration_s=lost_s, reason=GapReason.LOST),)


def _end(dice: Random) -> EndReason:
    rolled = dice.random()
    return EndReason.HANGUP if rolled < 0.8 else EndReason.END if rolled < 0.99 else EndReason.ABRUPT
