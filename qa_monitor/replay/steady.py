"""The looks at a call of which no pace was kept: evenly, and every text is known at once. Pure."""

from collections.abc import Iterator, Sequence

from qa_monitor.call.pace.pace import Sound, Standing, Step
from qa_monitor.records.calls import CallAgent
from qa_monitor.shedding.care import Care
from streams.records import AgentChanged, CallEnded, CallEvent, CallStarted, EndReason, Gap

LOOK_S = 0.1


def unhurried(care: Care) -> Standing:
    """Nobody reads while it is said: finals alone, each with the same care whatever the load."""
    return Standing(level=1, company=care.company, beam=care.beam, twice=care.twice)


def steady_steps(
    call: CallStarted,
    duration_s: float,
    care: Care,
    gaps: Sequence[Gap] = (),
    agents: Sequence[CallAgent] = (),
) -> Iterator[Step]:
    """The same sound leads to the same steps. `care`: what its finals get."""
    standing = unhurried(care)
    total, look = round(duration_s * call.rate_hz), round(LOOK_S * call.rate_hz)
    changes = [
        AgentChanged(call_id=call.call_id, at_s=agent.from_s, agent_id=agent.agent_id, team=agent.team)
        for agent in agents
        if agent.from_s > 0
    ]
    for first in range(0, total, look):
        last = min(first + look, total)
        came: list[Sound | CallEvent] = []
        came.extend(one for one in changes if first <= round(one.at_s * call.rate_hz) < last)
        for channel in range(len(call.channels)):
            came.extend(_heard(call, channel, first, last, gaps))
        yield Step(standing=standing, came=came)
    ended = CallEnded(call_id=call.call_id, end_s=total / call.rate_hz, reason=EndReason.END)
    yield Step(standing=standing, came=[ended])


def _heard(call: CallStarted, channel: int, first: int, last: int, gaps: Sequence[Gap]) -> Iterator[Sound | CallEvent]:
    """The sound of one channel between two samples, and where it is known to be missing."""
    rate_hz, at = call.rate_hz, first
    for gap in sorted((gap for gap in gaps if gap.channel == channel), key=lambda gap: gap.start_s):
        start = max(round(gap.start_s * rate_hz), at)
        end = min(round((gap.start_s + gap.duration_s) * rate_hz), last)
        if start >= end:
            continue
        if start > at:
            yield Sound(channel=channel, start_s=at / rate_hz, samples=start - at)
        yield Gap(
            call_id=call.call_id,
            channel=channel,
            start_s=start / rate_hz,
            duration_s=(end - start) / rate_hz,
            reason=gap.reason,
        )
        at = end
    if at < last:
        yield Sound(channel=channel, start_s=at / rate_hz, samples=last - at)
